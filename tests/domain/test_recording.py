"""How a booking is recorded."""

from dataclasses import replace

import pytest

from desktop.domain.account import AccountKind, Capabilities
from desktop.domain.booking import draft_from_event, event_from_draft, problems, record_kind
from desktop.domain.event import Attendee, EventKind, Participation, Recording
from desktop.domain.ids import AccountId, DealId, DraftId, EventId, RecordKind, UserId
from desktop.domain.recording import recording_of, way_of, ways
from desktop.domain.recurrence import Frequency, RecurrenceRule
from tests.builders import (
    NOW,
    make_account,
    make_calendar,
    make_contact,
    make_days,
    make_draft,
    make_event,
)

ALEX = make_contact("alex", "Alex Vronsky", phone="+49 30 123456")
SILENT = make_contact("silent", "Silent Sam")
CALENDAR = make_calendar()
ALL = make_account(capabilities=Capabilities(recordings=tuple(Recording)))


def draft(**more):
    return make_draft(title="Demo", contacts=(ALEX.id,), **more)


def test_the_first_way_is_taken_until_the_user_chooses():
    assert way_of(ALL) is Recording.ACTIVITY
    assert way_of(replace(ALL, recording=Recording.CARD)) is Recording.CARD


def test_a_way_that_the_account_lost_is_not_taken():
    few = Capabilities(recordings=(Recording.TODO, Recording.EVENT))

    assert way_of(make_account(capabilities=few, recording=Recording.CARD)) is Recording.TODO


def test_an_account_that_was_never_asked_books_as_ever():
    assert ways(make_account()) == (Recording.ACTIVITY, Recording.EVENT)


def test_this_computer_has_no_crm():
    local = make_account("home", AccountKind.LOCAL)

    assert ways(local) == ()
    assert way_of(local) is None
    assert recording_of(draft(), ALEX, local) is None


@pytest.mark.parametrize(
    "more",
    [
        {"when": make_days()},
        {"recurrence": RecurrenceRule(Frequency.WEEKLY)},
        {"attendees": (UserId("12"),)},
        {"busy": False},
        {"away": True},
        {"private": True},
        {"kind": EventKind.EVENT},
        {"without_communication": True},
    ],
)
def test_what_only_a_calendar_event_keeps_makes_it_one(more):
    account = replace(ALL, recording=Recording.TODO)

    assert recording_of(draft(**more), ALEX, account) is Recording.EVENT
    assert record_kind(draft(**more), (ALEX,), account) is RecordKind.EVENT
    assert recording_of(draft(), ALEX, account) is Recording.TODO


def test_nobodys_meeting_is_recorded_nowhere():
    assert recording_of(draft(), None, ALL) is None


def test_a_way_without_communication_asks_for_none():
    silent = make_draft(title="Demo", contacts=(SILENT.id,))
    for way in (Recording.TODO, Recording.CARD, Recording.EVENT):
        assert problems(silent, (SILENT,), replace(ALL, recording=way), (CALENDAR,)) == ()
    assert problems(silent, (SILENT,), ALL, (CALENDAR,)) != ()


def test_the_event_says_how_it_is_recorded_and_what_it_is_about():
    account = replace(ALL, recording=Recording.TODO)
    wish = draft(deal=DealId("18"))
    event = event_from_draft(
        wish, event_id=EventId("e"), calendar=CALENDAR, contacts=(ALEX,), account=account
    )

    assert (event.recorded_as, event.record) == (Recording.TODO, RecordKind.ACTIVITY)
    assert event.deal == "18"
    assert draft_from_event(event, draft_id=DraftId("d"), now=NOW).deal == "18"


def test_an_edited_booking_stays_what_it_is():
    before = make_event(
        "e", account=AccountId("a1"), record=RecordKind.ACTIVITY, recorded_as=Recording.CARD
    )
    after = event_from_draft(
        draft(event_id=EventId("e")),
        event_id=EventId("e"),
        calendar=CALENDAR,
        contacts=(ALEX,),
        account=ALL,
        edited=before,
    )

    assert (after.recorded_as, after.record) == (Recording.CARD, RecordKind.ACTIVITY)


def test_answers_stay_and_so_do_those_who_are_no_colleagues():
    host = Attendee(UserId("a1:7"), participation=Participation.ORGANIZER)
    said_yes = Attendee(UserId("12"), participation=Participation.ACCEPTED)
    guest = Attendee(email="guest@example.com")
    before = make_event(
        "e",
        attendees=(host, said_yes, guest),
        organizer=host.user,
        participation=Participation.ORGANIZER,
        busy=False,
        private=True,
    )
    opened = draft_from_event(before, draft_id=DraftId("d"), now=NOW)

    assert opened.attendees == (UserId("12"),)
    assert (opened.busy, opened.private) == (False, True)
    after = event_from_draft(
        replace(opened, attendees=(UserId("12"), UserId("19"))),
        event_id=before.id,
        calendar=CALENDAR,
        contacts=(),
        account=ALL,
        edited=before,
    )
    assert after.attendees == (host, guest, said_yes, Attendee(UserId("19")))
    assert (after.busy, after.private) == (False, True)
