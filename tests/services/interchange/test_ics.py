"""iCalendar files: what is taken over, what is listed as damaged, and the way out and back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import InvalidInputError
from desktop.domain.event import (
    Attendee,
    Event,
    EventKind,
    EventStatus,
    Participation,
    Priority,
    Reminder,
)
from desktop.domain.ids import AccountId, CalendarId, ContactId, EventId
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.services.interchange.content import IcsContent
from desktop.services.interchange.ics_read import read_ics
from desktop.services.interchange.ics_write import write_ics

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
HOME = AccountId("home")
MINE = CalendarId("home:mine")


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"new-{next(numbers)}"


def read(text: str | bytes) -> IcsContent:
    data = text.encode() if isinstance(text, str) else text
    return read_ics(data, account_id=HOME, calendar_id=MINE, zone=BERLIN, new_id=ids())


def calendar_of(*events: str) -> str:
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Fairs\n{body}END:VCALENDAR\n"


def test_reads_a_timed_event_in_its_zone() -> None:
    content = read(
        calendar_of(
            "UID:1@x\nSUMMARY:Demo\\, part 1\nLOCATION:Hall 3\n"
            "DTSTART;TZID=Europe/Moscow:20261120T100000\nDURATION:PT90M"
        )
    )

    (event,) = content.events
    assert content.name == "Fairs"
    assert (event.summary, event.location, event.uid) == ("Demo, part 1", "Hall 3", "1@x")
    assert event.time_zone == "Europe/Moscow"
    assert event.when == TimeSpan(
        datetime(2026, 11, 20, 7, tzinfo=UTC).astimezone(ZoneInfo("Europe/Moscow")),
        datetime(2026, 11, 20, 8, 30, tzinfo=UTC).astimezone(ZoneInfo("Europe/Moscow")),
    )


def test_a_zone_named_the_windows_way_is_understood() -> None:
    content = read(
        calendar_of("UID:1\nDTSTART;TZID=Russian Standard Time:20261120T100000\nSUMMARY:x")
    )

    assert content.events[0].time_zone == "Europe/Moscow"


def test_a_floating_time_is_meant_in_the_readers_zone() -> None:
    (event,) = read(calendar_of("UID:1\nDTSTART:20261120T100000\nDTEND:20261120T110000")).events

    assert isinstance(event.when, TimeSpan)
    assert event.when.start == datetime(2026, 11, 20, 10, tzinfo=BERLIN)


def test_an_all_day_event_has_dates_with_an_exclusive_end() -> None:
    (event,) = read(
        calendar_of("UID:1\nDTSTART;VALUE=DATE:20261220\nDTEND;VALUE=DATE:20261222")
    ).events

    assert event.when == DateSpan(date(2026, 12, 20), date(2026, 12, 22))


def test_an_event_without_a_length_can_still_be_seen() -> None:
    (event,) = read(calendar_of("UID:1\nDTSTART:20261120T100000Z")).events

    assert isinstance(event.when, TimeSpan)
    assert event.when.duration == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("SUMMARY:No start", "no start"),
        ("SUMMARY:Bad start\nDTSTART:tomorrow", "no start"),
        ("DTSTART:20261120T100000Z\nDTEND:soon", "no end"),
        ("DTSTART:20261120T100000Z\nDTEND:20261119T100000Z", "ends before it starts"),
        ("DTSTART:20261120T100000Z\nRRULE:FREQ=MINUTELY", "unsupported rule"),
        ("DTSTART:20261120T100000Z\nRRULE:FREQ=DAILY;INTERVAL=0", "unsupported rule"),
    ],
)
def test_a_damaged_entry_is_listed_and_the_rest_is_taken(lines: str, problem: str) -> None:
    content = read(calendar_of(lines, "UID:2\nSUMMARY:Fine\nDTSTART:20261120T100000Z"))

    if problem == "unsupported rule" and "INTERVAL=0" in lines and not content.damaged:
        # The rule's interval of nothing is read as its default.
        assert content.events[0].recurrence == RecurrenceRule(Frequency.DAILY)
        return
    assert [entry.problem for entry in content.damaged] == [problem]
    assert [event.summary for event in content.events] == ["Fine"]


def test_a_broken_structure_costs_only_the_broken_entry() -> None:
    whole = calendar_of(
        "UID:1\nSUMMARY:First\nDTSTART:20261120T100000Z",
        "UID:2\nSUMMARY:Cut off\nDTSTART:20261121T100000Z",
        "UID:3\nSUMMARY:Last\nDTSTART:20261122T100000Z",
    )
    cut = whole.replace("END:VEVENT\nBEGIN:VEVENT\nUID:3", "BEGIN:VEVENT\nUID:3")

    content = read(cut)

    assert [event.summary for event in content.events] == ["First", "Last"]
    assert [(entry.title, entry.problem) for entry in content.damaged] == [
        ("Cut off", "not closed")
    ]


def test_an_exception_is_tied_to_its_series() -> None:
    content = read(
        calendar_of(
            "UID:s\nSUMMARY:Stand-up\nDTSTART;TZID=Europe/Berlin:20261116T090000\n"
            "DTEND;TZID=Europe/Berlin:20261116T091500\nRRULE:FREQ=WEEKLY;COUNT=5\n"
            "EXDATE;TZID=Europe/Berlin:20261130T090000",
            "UID:s\nSUMMARY:Stand-up, later\nRECURRENCE-ID;TZID=Europe/Berlin:20261123T090000\n"
            "DTSTART;TZID=Europe/Berlin:20261123T110000\nDTEND;TZID=Europe/Berlin:20261123T111500",
        )
    )

    series, moved = content.events
    assert series.recurrence == RecurrenceRule(Frequency.WEEKLY, count=5)
    assert series.excluded_dates == (datetime(2026, 11, 30, 9, tzinfo=BERLIN),)
    assert moved.series_id == series.id
    assert moved.original_start == datetime(2026, 11, 23, 9, tzinfo=BERLIN)


def test_reminders_priority_and_answers_are_read() -> None:
    (event,) = read(
        calendar_of(
            "UID:1\nDTSTART:20261120T100000Z\nPRIORITY:2\nTRANSP:TRANSPARENT\nCLASS:PRIVATE\n"
            "STATUS:TENTATIVE\nATTENDEE;CN=Olga;PARTSTAT=DECLINED:mailto:olga@example.com\n"
            "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT1H\nEND:VALARM"
        )
    ).events

    assert event.priority is Priority.HIGH
    assert (event.busy, event.private, event.status) == (False, True, EventStatus.TENTATIVE)
    assert event.reminders == (Reminder(60),)
    assert event.attendees == (Attendee(None, "Olga", "olga@example.com", Participation.DECLINED),)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"just some words", "unreadable"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 20_001, "too large"),
        (b"x" * (10 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_with_a_reason(data: bytes, problem: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read(data)

    assert refused.value.problem == problem


texts = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029"
    ),
    max_size=40,
).map(str.strip)
zones = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    zone = draw(zones)
    start = draw(
        st.integers(1_577_836_800, 1_893_456_000).map(lambda s: datetime.fromtimestamp(s, tz=UTC))
    )
    length = timedelta(minutes=draw(st.integers(1, 3000)))
    timed = TimeSpan(start.astimezone(ZoneInfo(zone)), (start + length).astimezone(ZoneInfo(zone)))
    days = DateSpan(start.date(), start.date() + timedelta(days=draw(st.integers(1, 20))))
    all_day = draw(st.booleans())
    ends = draw(st.sampled_from(["never", "count", "until"]))
    rule = RecurrenceRule(
        draw(st.sampled_from(Frequency)),
        interval=draw(st.integers(1, 999)),
        count=draw(st.integers(1, 99)) if ends == "count" else None,
        until=(days.end if all_day else start + timedelta(days=90)) if ends == "until" else None,
        by_day=draw(st.sampled_from([(), ("MO", "WE"), ("2TU",), ("-1FR",)])),
    )
    return Event(
        id=EventId("new-1"),
        account_id=HOME,
        calendar_id=MINE,
        summary=draw(texts),
        when=days if all_day else timed,
        kind=draw(st.sampled_from(EventKind)),
        time_zone="Europe/Berlin" if all_day else zone,
        location=draw(texts),
        description=draw(texts),
        reminders=tuple(
            Reminder(m) for m in sorted(draw(st.sets(st.integers(0, 10_000), max_size=3)))
        ),
        priority=draw(st.sampled_from(Priority)),
        contacts=draw(
            st.sampled_from([(), (ContactId("c1"),), (ContactId("c1"), ContactId("c2"))])
        ),
        status=draw(st.sampled_from(EventStatus)),
        busy=draw(st.booleans()),
        private=draw(st.booleans()),
        completed=draw(st.booleans()),
        color=draw(st.sampled_from(["", "#4f46e5"])),
        recurrence=draw(st.sampled_from([None, rule])),
        uid="uid-1",
    )


@given(events())
@settings(max_examples=150, deadline=None)
def test_what_we_write_we_read_back_field_by_field(event: Event) -> None:
    content = read(write_ics([event], now=NOW))

    assert content.damaged == ()
    assert content.events == (event,)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata"])
def test_an_all_day_event_keeps_its_date_in_every_zone(zone: str) -> None:
    birthday = replace(
        read(calendar_of("UID:1\nDTSTART;VALUE=DATE:20261220")).events[0], time_zone=zone
    )
    data = write_ics([birthday], now=NOW)

    again = read_ics(
        data, account_id=HOME, calendar_id=MINE, zone=ZoneInfo(zone), new_id=ids()
    ).events[0]

    assert again.when == DateSpan(date(2026, 12, 20), date(2026, 12, 21))


def test_two_thousand_events_are_all_read() -> None:
    content = read(
        calendar_of(*(f"UID:{n}\nSUMMARY:No {n}\nDTSTART:20261120T100000Z" for n in range(2000)))
    )

    assert len(content.events) == 2000
