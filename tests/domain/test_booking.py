"""From a draft to an event and back, and what stands between them."""

from dataclasses import replace
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.account import AccountKind, Capabilities
from desktop.domain.booking import (
    Problem,
    draft_from_event,
    event_from_draft,
    main_contact,
    problems,
    record_kind,
)
from desktop.domain.errors import Field
from desktop.domain.event import Attendee, EventKind, Priority, Reminder
from desktop.domain.ids import AccountId, CalendarId, ContactId, DraftId, EventId, RecordKind
from desktop.domain.timespan import TimeSpan
from tests.builders import (
    FRIDAY,
    MOSCOW,
    NOW,
    make_account,
    make_calendar,
    make_contact,
    make_days,
    make_draft,
    make_event,
    make_span,
)

CRM = make_account()
LOCAL = make_account("a1", AccountKind.LOCAL)
CALENDAR = make_calendar()
ALEX = make_contact("alex", "Alex Vronsky", phone="+49 30 123456")
SILENT = make_contact("silent", "Silent Sam")
LETTERS = make_contact("letters", "Lea Letters", email="lea@example.com")
STRANGER = make_contact("stranger", "Sue Stranger", account="a2", phone="+49 30 123456")


def _draft(**facts):
    return make_draft(title="Demo", **facts)


def _found(draft, *contacts, account=CRM, calendars=(CALENDAR,)):
    return problems(draft, contacts, account, calendars)


def test_a_complete_draft_has_no_problems():
    assert _found(_draft(contacts=(ALEX.id,)), ALEX) == ()


@pytest.mark.parametrize(
    ("title", "code"), [("", "empty"), (" \n ", "empty"), ("x" * 256, "too long")]
)
def test_a_title_is_wanted_and_has_an_end(title, code):
    assert _found(make_draft(title=title)) == (Problem(Field.TITLE, code),)


def test_a_contact_that_cannot_be_reached_is_told_before_the_server_says_so():
    unreachable = (Problem(Field.CONTACT, "unreachable"),)

    assert _found(_draft(contacts=(SILENT.id,)), SILENT) == unreachable


def test_a_number_typed_for_the_contact_mends_it():
    assert _found(_draft(contacts=(SILENT.id,), new_phone="+49 30 98765"), SILENT) == ()


def test_what_is_no_number_does_not():
    draft = _draft(contacts=(SILENT.id,), new_phone="soon")

    assert _found(draft, SILENT) == (Problem(Field.PHONE, "not a number"),)


def test_a_plain_event_needs_no_number():
    assert _found(_draft(contacts=(SILENT.id,), without_communication=True), SILENT) == ()


def test_this_computer_asks_for_no_number():
    assert _found(_draft(contacts=(SILENT.id,)), SILENT, account=LOCAL) == ()


def test_a_letter_is_enough_for_a_meeting_but_not_for_a_call():
    meeting = _draft(contacts=(LETTERS.id,))

    assert _found(meeting, LETTERS) == ()
    call = replace(meeting, kind=EventKind.CALL)
    assert _found(call, LETTERS) == (Problem(Field.CONTACT, "no phone"),)


def test_only_the_first_contact_that_the_account_knows_must_be_reachable():
    draft = _draft(contacts=(STRANGER.id, ALEX.id, SILENT.id))

    assert main_contact(draft, (STRANGER, ALEX, SILENT), CRM.id) == ALEX
    assert _found(draft, STRANGER, ALEX, SILENT) == ()


def test_a_calendar_must_exist_and_be_writable():
    missing = (Problem(Field.CALENDAR, "missing"),)
    read_only = (Problem(Field.CALENDAR, "read only"),)

    assert _found(_draft(calendar_id=None)) == missing
    assert _found(_draft(calendar_id=CalendarId("gone"))) == missing
    assert _found(_draft(), account=None) == missing
    assert _found(_draft(), calendars=(make_calendar(writable=False),)) == read_only
    nobody = make_account(capabilities=Capabilities(create_events=False))
    assert _found(_draft(), account=nobody) == read_only


def test_where_no_calendar_can_be_written_none_is_asked_for():
    none = (Problem(Field.CALENDAR, "none"),)

    assert _found(_draft(calendar_id=None), calendars=()) == none
    assert _found(_draft(calendar_id=None), calendars=(make_calendar(writable=False),)) == none


def test_what_an_account_cannot_store_is_a_problem():
    poor = make_account(capabilities=Capabilities(calls=False, all_day=False))

    assert _found(_draft(kind=EventKind.CALL), account=poor) == (
        Problem(Field.CALENDAR, "no calls"),
    )
    assert _found(_draft(when=make_days()), account=poor) == (
        Problem(Field.START, "no all-day events"),
    )


def test_an_unknown_zone_is_a_problem():
    assert _found(_draft(time_zone="Mars/Olympus")) == (Problem(Field.TIME_ZONE, "unknown"),)


@pytest.mark.parametrize(
    ("facts", "account", "expected"),
    [
        ({}, CRM, RecordKind.ACTIVITY),
        ({"kind": EventKind.CALL}, CRM, RecordKind.ACTIVITY),
        ({"kind": EventKind.EVENT}, CRM, RecordKind.EVENT),
        ({"without_communication": True}, CRM, RecordKind.EVENT),
        ({"when": make_days()}, CRM, RecordKind.EVENT),
        ({"contacts": ()}, CRM, RecordKind.EVENT),
        ({"contacts": (STRANGER.id,)}, CRM, RecordKind.EVENT),
        ({}, LOCAL, RecordKind.EVENT),
    ],
)
def test_what_a_draft_becomes(facts, account, expected):
    draft = _draft(**{"contacts": (ALEX.id,), **facts})

    assert record_kind(draft, (ALEX, STRANGER), account) is expected


def test_the_event_is_what_was_typed():
    draft = make_draft(
        title="  Demo \n of it ",
        when=make_span(hours=(10, 11), zone=MOSCOW),
        time_zone="Europe/Moscow",
        contacts=(STRANGER.id, ALEX.id),
        location=" Hall 3 ",
        description="Bring the plan\n",
        reminders=(Reminder(5),),
        priority=Priority.HIGH,
        responsible="a1:9",
    )

    event = event_from_draft(
        draft,
        event_id=EventId("new"),
        calendar=CALENDAR,
        contacts=(ALEX, STRANGER),
        account=CRM,
    )

    assert (event.id, event.summary, event.record) == ("new", "Demo of it", RecordKind.ACTIVITY)
    assert isinstance(event.when, TimeSpan)
    assert (event.when.start.tzinfo, event.when.start.hour) == (UTC, 7)
    assert event.time_zone == "Europe/Moscow"
    assert event.contacts == (ALEX.id, STRANGER.id)
    assert (event.location, event.description) == ("Hall 3", "Bring the plan")
    assert (event.reminders, event.priority) == ((Reminder(5),), Priority.HIGH)
    assert (event.account_id, event.calendar_id) == (AccountId("a1"), CALENDAR.id)
    assert event.responsible == "a1:9"


def test_editing_keeps_what_the_form_does_not_show():
    event = make_event(
        attendees=(Attendee(name="Boris"),), color="#112233", private=True, uid="u@x", busy=False
    )
    draft = draft_from_event(event, draft_id=DraftId("d"), now=NOW)

    edited = event_from_draft(
        replace(draft, title="Other"),
        event_id=event.id,
        calendar=CALENDAR,
        contacts=(),
        account=CRM,
        edited=event,
    )

    assert edited == replace(event, summary="Other")


def test_an_event_opens_as_a_draft_of_itself_on_its_own_wall_clock():
    event = make_event(time_zone="Europe/Moscow", contacts=(ContactId("alex"),))

    draft = draft_from_event(event, draft_id=DraftId("d"), now=NOW)

    assert draft.event_id == event.id
    assert isinstance(draft.when, TimeSpan)
    assert draft.when.start.tzinfo == ZoneInfo("Europe/Moscow")
    assert draft.when == event.when
    assert draft.title_edited
    assert not draft.touched


def test_an_occurrence_opens_at_its_own_time():
    event, later = make_event(), make_span(FRIDAY)

    assert draft_from_event(event, draft_id=DraftId("d"), when=later, now=NOW).when == later


def test_an_activity_keeps_its_kind_of_record_when_it_is_edited():
    event = make_event(record=RecordKind.ACTIVITY, contacts=(ALEX.id,))
    draft = replace(draft_from_event(event, draft_id=DraftId("d"), now=NOW), contacts=())

    edited = event_from_draft(
        draft, event_id=event.id, calendar=CALENDAR, contacts=(), account=CRM, edited=event
    )

    assert edited.record is RecordKind.ACTIVITY


def test_a_number_that_cannot_be_stored_with_its_contact_is_told():
    locked = replace(SILENT, read_only=True)
    draft = _draft(contacts=(SILENT.id,), new_phone="+49 30 98765")
    rights = make_account(capabilities=Capabilities(edit_contacts=False))

    assert _found(draft, locked) == (Problem(Field.CONTACT, "read only"),)
    assert _found(draft, SILENT, account=rights) == (Problem(Field.CONTACT, "read only"),)
