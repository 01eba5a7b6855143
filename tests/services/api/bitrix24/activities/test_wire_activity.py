"""Activities of the timeline as events of ours."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import Event, EventKind, Priority, Recording, Reminder
from desktop.domain.ids import AccountId, CalendarId, ContactId, EventId, RecordKind, UserId
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.activities.wire_activity import (
    ACTIVITIES,
    ACTIVITY_SELECT,
    ActivityContext,
    ActivityRow,
    activity_record,
    contacts_of,
    owner_token,
    reminder_fields,
)
from desktop.services.api.bitrix24.wire import each
from tests.services.api.bitrix24.hostile import rows
from tests.services.api.bitrix24.samples import SAMPLES, raw, result

CONTEXT = ActivityContext(AccountId("b1"), UserId("7"), "Europe/Berlin", CalendarId("b1:41"))


def read(**changes: object) -> Any:
    row = ACTIVITIES.row(raw({**SAMPLES["S15"][0]["result"], **changes}))
    assert row is not None
    record = activity_record(row, CONTEXT)
    return None if record is None else record.record


def test_the_sample_meeting_is_read_wholly():
    (row,) = ACTIVITIES.rows(raw([SAMPLES["S15"][0]["result"]]))
    record: Any = activity_record(row, CONTEXT)

    assert (record.kind, record.remote_id) == (RecordKind.ACTIVITY, "999")
    assert record.marker == "0b8f2f0e-6d1c-4b0e-9c1b-3f7f4f6f7a11"
    assert record.revision.startswith("2026-08-20T11:52:22+02:00|")
    assert record.record == Event(
        id=EventId("b1:activity:999"),
        account_id=AccountId("b1"),
        calendar_id=CalendarId("b1:41"),
        summary="Meeting with Alex Vronsky",
        when=TimeSpan(
            datetime(2026, 11, 17, 11, tzinfo=UTC), datetime(2026, 11, 17, 12, tzinfo=UTC)
        ),
        kind=EventKind.MEETING,
        record=RecordKind.ACTIVITY,
        time_zone="Europe/Berlin",
        location="Office, room 3",
        description="Bring the revised offer",
        reminders=(Reminder(15),),
        priority=Priority.NORMAL,
        contacts=(ContactId("b1:contact:43"),),
        organizer=UserId("7"),
        responsible=UserId("7"),
        recorded_as=Recording.ACTIVITY,
    )


def test_the_sample_list_has_a_to_do_without_a_deadline_to_stand_at():
    first, todo = ACTIVITIES.rows(result("S16"))

    assert contacts_of(first) == ("43",)
    assert activity_record(todo, CONTEXT) is None


@pytest.mark.parametrize(
    ("changes", "calendar"),
    [
        ({}, "b1:41"),
        ({"TYPE_ID": "2"}, "b1:calls"),
        ({"RESPONSIBLE_ID": "12"}, "b1:others"),
        ({"TYPE_ID": "2", "RESPONSIBLE_ID": "12"}, "b1:others"),
    ],
)
def test_calls_and_what_was_booked_for_others_stand_in_calendars_of_their_own(changes, calendar):
    assert read(**changes).calendar_id == calendar


@pytest.mark.parametrize(
    ("kind", "value", "reminders"),
    [
        ("1", "15", (Reminder(15),)),
        ("2", "2", (Reminder(120),)),
        ("3", "1", (Reminder(1440),)),
        ("0", "0", ()),
        ("1", "0", (Reminder(0),)),
        ("9", "5", ()),
        ("1", "-5", ()),
        ("3", "99999", ()),
    ],
)
def test_reminders_have_units(kind, value, reminders):
    assert read(NOTIFY_TYPE=kind, NOTIFY_VALUE=value).reminders == reminders


@pytest.mark.parametrize(
    ("written", "text", "plain"),
    [
        ("1", "a [b]c[/b] <i>d</i>", "a [b]c[/b] <i>d</i>"),
        ("2", "a [b]c[/b]", "a c"),
        ("3", "a<br><b>c</b>", "a\nc"),
        ("0", "x\r\ny", "x\ny"),
    ],
)
def test_descriptions_become_plain_text_by_their_type(written, text, plain):
    assert read(DESCRIPTION=text, DESCRIPTION_TYPE=written).description == plain


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-17T12:00:00+01:00", "2026-11-17T12:00:00+01:00", 15),
        ("2026-11-17T12:00:00+01:00", "2026-11-17T11:00:00+01:00", 15),
        ("2026-11-17T12:00:00+01:00", "", 15),
        ("", "2026-11-17T12:00:00+01:00", 15),
        ("2026-10-25T00:30:00+02:00", "2026-10-25T03:30:00+01:00", 240),
    ],
)
def test_an_activity_always_takes_some_time(start, end, minutes):
    assert read(START_TIME=start, END_TIME=end).when.duration == timedelta(minutes=minutes)


@pytest.mark.parametrize("start", ["", "9999-12-31T00:00:00+01:00", "soon", None, []])
def test_an_activity_without_a_time_is_not_in_a_calendar(start):
    assert read(START_TIME=start, END_TIME=start) is None


@pytest.mark.parametrize(
    ("kind", "token"), [("3", "C_43"), ("2", "D_43"), ("4", "CO_43"), ("1", "L_43"), ("177", "")]
)
def test_owners_are_named_as_calendar_events_name_them(kind, token):
    assert owner_token(ActivityRow(owner_type_id=kind, owner_id="43")) == token


def test_the_contact_of_a_deals_meeting_comes_from_the_communication():
    row = ActivityRow(
        owner_type_id="2",
        owner_id="18",
        communications=[{"ENTITY_TYPE_ID": "3", "ENTITY_ID": "15"}, "hostile", {"ENTITY_ID": []}],
    )

    assert contacts_of(row) == ("15",)


def test_a_reminder_that_was_taken_away_is_sent_as_none():
    assert reminder_fields(()) == {"NOTIFY_TYPE": 0, "NOTIFY_VALUE": 0}
    assert reminder_fields((Reminder(90), Reminder(5))) == {"NOTIFY_TYPE": 1, "NOTIFY_VALUE": 90}


@given(st.lists(rows(*ACTIVITY_SELECT[1:]), max_size=4))
@pytest.mark.expects_log
def test_no_value_of_any_type_breaks_a_page(page):
    found, _count = ACTIVITIES.counted(raw(page))
    for record in each(found, lambda row: activity_record(row, CONTEXT), "activity"):
        assert record.remote_id.isdigit()
        assert isinstance(record.record, Event)
        assert record.record.when.in_zone(UTC).duration > timedelta()


@pytest.mark.parametrize(("told", "incoming"), [("1", True), (1, True), ("2", False), ("0", False)])
def test_whether_the_other_side_called_is_read(told, incoming):
    assert read(TYPE_ID="2", DIRECTION=told).incoming is incoming


def test_a_meeting_has_no_direction():
    assert not read(DIRECTION="1").incoming
