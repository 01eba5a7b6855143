"""Who is invited, on the wire: nobody is lost or added by a change of something else."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import Attendee
from desktop.domain.ids import UserId
from desktop.services.api.bitrix24.calendar.calendar_rows import EVENTS, EventRow
from desktop.services.api.bitrix24.calendar.invited import (
    answers_mark,
    attendee_numbers,
    invited_fields,
    kept_invited_fields,
    letter_of,
    own_copy,
)
from tests.builders import make_event
from tests.services.api.bitrix24.hostile import rows
from tests.services.api.bitrix24.samples import raw

NUMBERS = st.sets(st.integers(2, 40), max_size=6)
HOST = 1


def meeting(people: set[int], **more: Any) -> EventRow:
    listed = [
        {"id": one, "entryId": str(900 + one), "status": "H" if one == HOST else "Q"}
        for one in (HOST, *sorted(people))
    ]
    told = {
        "ID": "50",
        "PARENT_ID": "50",
        "OWNER_ID": str(HOST),
        "IS_MEETING": True,
        "MEETING_HOST": str(HOST),
        "MEETING": {"NOTIFY": False, "HIDE_GUESTS": True},
        "ATTENDEE_LIST": listed,
        **more,
    }
    row = EVENTS.row(raw(told))
    assert row is not None
    return row


def event_of(people: set[int]) -> Any:
    return replace(
        make_event(), attendees=tuple(Attendee(UserId(str(one))) for one in sorted(people))
    )


@given(NUMBERS, NUMBERS, NUMBERS)
def test_the_list_is_the_portals_with_our_adds_and_removes_and_always_its_host(there, base, wish):
    fields: Any = kept_invited_fields(meeting(there), event_of(wish), event_of(base))

    expected = {HOST} | (there - (base - wish)) | (wish - base)
    assert set(fields["attendees"]) == expected
    assert len(fields["attendees"]) == len(expected)
    assert (fields["is_meeting"], fields["host"]) == ("Y", HOST)


@given(NUMBERS)
def test_the_meetings_options_are_sent_as_they_are(people):
    fields: Any = kept_invited_fields(meeting(people), event_of(people), event_of(people))

    assert fields["meeting"] == {
        "notify": False,
        "reinvite": False,
        "allow_invite": False,
        "hide_guests": True,
    }


@given(NUMBERS)
def test_a_list_that_is_not_told_is_not_sent_so_that_it_stays(people):
    row = meeting(people, ATTENDEE_LIST=None)

    fields = kept_invited_fields(row, event_of(people), event_of(people))

    assert fields == {"host": HOST}


@given(NUMBERS)
def test_codes_tell_who_is_invited_where_the_list_does_not(people):
    codes = ["DR12", *(f"U{one}" for one in sorted(people))]

    row = meeting(people, ATTENDEE_LIST=None, ATTENDEES_CODES=codes)

    assert set(attendee_numbers(row)) == people


@given(NUMBERS)
def test_a_new_event_invites_its_owner_too_and_nobody_makes_no_meeting(people):
    fields: Any = invited_fields(event_of(people), "7")

    others = people - {7}
    assert fields == {} if not others else set(fields["attendees"]) == {7, *others}


@given(rows("IS_MEETING", "MEETING_STATUS", "ATTENDEE_LIST", "ATTENDEES_CODES", "OWNER_ID"))
def test_no_answer_of_a_portal_breaks_the_reading(told):
    row = EVENTS.row(raw(told))
    if row is None:
        return
    assert all(isinstance(one, int) for one in attendee_numbers(row))
    assert isinstance(own_copy(row, "7"), str)
    assert isinstance(answers_mark(row), str)


def test_everybody_answers_with_the_copy_of_their_own():
    row = meeting({7, 12})

    assert (own_copy(row, "7"), own_copy(row, "12")) == ("907", "912")
    assert own_copy(row, "33") == ""
    assert own_copy(meeting(set(), ATTENDEE_LIST=None), "1") == "50"


def test_nobody_tells_a_portal_that_they_are_the_organizer():
    assert letter_of(None) is None
    assert letter_of(make_event().participation) is None
