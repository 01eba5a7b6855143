"""Whatever is booked is sent, stored as the portal stores it, and read back the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import Event, EventKind, Priority, Recording, Reminder
from desktop.domain.ids import AccountId, CalendarId, ContactId, OpId, RecordKind, UserId
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.activities.meetings_write import differences, new_fields
from desktop.services.api.bitrix24.activities.todos_write import whole
from desktop.services.api.bitrix24.activities.wire_activity import (
    ACTIVITIES,
    ACTIVITY_SELECT,
    CARD_PROVIDER,
    TODO_PROVIDER,
    ActivityContext,
    ActivityDetails,
    activity_record,
)
from desktop.services.api.bitrix24.contacts.crm_person import CrmPerson
from desktop.services.api.bitrix24.markers import marker_line
from desktop.services.api.bitrix24.wire import each
from tests.builders import make_event
from tests.services.api.bitrix24.hostile import ANY, rows
from tests.services.api.bitrix24.samples import raw

CONTEXT = ActivityContext(AccountId("b1"), UserId("7"), "Europe/Berlin", CalendarId("b1:41"))
ALEX = CrmPerson("43", "+49 30 123", UserId("7"))
OP = OpId("0b8f2f0e-6d1c-4b0e-9c1b-3f7f4f6f7a11")
ZONES = (
    "Europe/Moscow",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Pacific/Chatham",
    "America/St_Johns",
    "UTC",
)

_printable = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
_lines = st.lists(_printable.map(str.strip), max_size=3).map("\n".join).map(str.strip)
_starts = st.integers(0, 15 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
_reminders = st.lists(st.integers(0, 40_000).map(Reminder), max_size=3, unique=True)


@st.composite
def events(draw: st.DrawFn) -> Event:
    start = draw(_starts)
    return make_event(
        "e1",
        " ".join(draw(_printable).split())[:255].strip() or "Demo",
        TimeSpan(start, start + timedelta(minutes=draw(st.integers(1, 3000)))),
        account="b1",
        calendar="b1:41",
        record=RecordKind.ACTIVITY,
        kind=draw(st.sampled_from([EventKind.MEETING, EventKind.CALL])),
        time_zone=draw(st.sampled_from(ZONES)),
        location=" ".join(draw(_printable).split()),
        description=draw(_lines),
        reminders=tuple(sorted(draw(_reminders), key=lambda one: one.minutes_before)),
        priority=draw(st.sampled_from(Priority)),
        contacts=(ContactId("b1:contact:43"),),
        responsible=UserId("7"),
        completed=draw(st.booleans()),
    )


def stored(fields: dict[str, object], zone: str = "Europe/Berlin") -> dict[str, Any]:
    """What the portal answers: every number as text, instants in its own zone."""
    row: dict[str, Any] = {"ID": "999", "AUTHOR_ID": "7", "LAST_UPDATED": "x"}
    for name, value in fields.items():
        if name.endswith("_TIME") or name == "DEADLINE":
            moment = datetime.fromisoformat(str(value))
            row[name] = moment.astimezone(ZoneInfo(zone)).isoformat()
        elif isinstance(value, list):
            row[name] = value
        else:
            row[name] = str(value)
    return row


def read(row: dict[str, Any], details: ActivityDetails | None = None) -> Event:
    told = ACTIVITIES.row(raw(row))
    assert told is not None
    record = activity_record(told, CONTEXT, details or ActivityDetails())
    assert record is not None
    assert isinstance(record.record, Event)
    return record.record


def content(event: Event) -> tuple[object, ...]:
    """What the user sees of an event."""
    when = event.when.in_zone(UTC) if isinstance(event.when, TimeSpan) else event.when
    return (
        event.summary,
        when,
        event.kind,
        event.location,
        event.description,
        event.reminders,
        event.priority,
        event.contacts,
        event.responsible,
        event.completed,
    )


@given(events())
def test_a_meeting_comes_back_as_it_was_sent(event):
    event = replace(event, reminders=event.reminders[:1])

    assert content(read(stored(new_fields(event, OP, ALEX, 7)))) == content(event)


@given(events())
def test_a_to_do_comes_back_as_it_was_sent(event):
    params = whole(event, marker_line(OP))
    row = stored(
        {
            "TYPE_ID": 6,
            "PROVIDER_ID": TODO_PROVIDER,
            "OWNER_TYPE_ID": 3,
            "OWNER_ID": 43,
            "SUBJECT": params["title"],
            "DESCRIPTION": params["description"],
            "DESCRIPTION_TYPE": 1,
            "DEADLINE": params["deadline"],
            "RESPONSIBLE_ID": 7,
            "COMPLETED": "Y" if event.completed else "N",
        }
    )
    told = read(row)

    assert told.recorded_as is Recording.TODO
    assert content(told) == content(event)


@given(events(), events())
def test_only_what_differs_is_sent_and_it_is_all_of_it(base, wish):
    wish = replace(wish, kind=base.kind, reminders=wish.reminders[:1])
    base = replace(base, reminders=base.reminders[:1])
    before = stored(new_fields(base, OP, ALEX, 7))

    after = read({**before, **stored(differences(wish, base))})

    assert content(after) == content(wish)
    assert differences(wish, wish) == {}


@given(events(), st.sampled_from(ZONES))
def test_the_zone_of_the_portal_does_not_matter(event, zone):
    fields = new_fields(replace(event, reminders=event.reminders[:1]), OP, ALEX, 7)

    assert read(stored(fields, zone)).when == read(stored(fields)).when


@given(
    rows(*ACTIVITY_SELECT[1:]),
    st.sampled_from(["1", "2", "6", 6, "5"]),
    st.sampled_from([TODO_PROVIDER, CARD_PROVIDER, "REST_APP", None, 7]),
    st.sampled_from([None, "2026-11-17T12:00:00+01:00", "9999-12-31T00:00:00+01:00", ""]) | ANY,
)
@pytest.mark.expects_log
def test_no_row_is_too_odd_whoever_provides_it(row, kind, provider, deadline):
    told, _count = ACTIVITIES.counted(
        raw([{**row, "TYPE_ID": kind, "PROVIDER_ID": provider, "DEADLINE": deadline}])
    )
    for record in each(told, lambda one: activity_record(one, CONTEXT), "activity"):
        assert isinstance(record.record, Event)
        assert isinstance(record.record.when, TimeSpan)
        assert record.record.read_only or record.record.recorded_as is not None
