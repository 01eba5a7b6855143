"""When calendar events are, whatever the portal's reading, culture and zone; and what they say."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import Event, EventKind, Participation, Priority, Reminder
from desktop.domain.ids import AccountId, UserId
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.sync import RemoteRecord
from desktop.domain.timespan import DateSpan, TimeSpan, resolve_wall_time
from desktop.services.api.bitrix24.calendar.calendar_rows import EVENTS, SECTIONS, USERS, EventRow
from desktop.services.api.bitrix24.calendar.calendar_times import TimeReader, culture_of, is_series
from desktop.services.api.bitrix24.calendar.wire_calendar import (
    CalendarContext,
    calendar_of,
    default_section,
    event_record,
    occurrence_of,
    revision_of,
    user_of,
)
from desktop.services.api.bitrix24.culture import (
    CULTURES,
    Culture,
    calibrated,
    read_formatted,
    zone_of,
)
from desktop.services.api.bitrix24.wire import each
from tests.services.api.bitrix24.hostile import rows
from tests.services.api.bitrix24.samples import SAMPLES, raw, result

RIGA = ZoneInfo("Europe/Riga")
BERLIN = ZoneInfo("Europe/Berlin")
US = Culture("MDY", "/")


def context(culture: Culture | None = US, user: str = "7") -> CalendarContext:
    return CalendarContext(
        AccountId("b1"), UserId(user), TimeReader(BERLIN, culture), "Europe/Berlin"
    )


def sample(name: str, position: int = 0, **changes: object) -> EventRow:
    row = EVENTS.row(raw({**SAMPLES[name][0]["result"][position], **changes}))
    assert row is not None
    return row


def without(name: str, *keys: str, **changes: object) -> EventRow:
    told = {**SAMPLES[name][0]["result"][0], **changes}
    row = EVENTS.row(raw({key: value for key, value in told.items() if key not in keys}))
    assert row is not None
    return row


def read(row: EventRow, **more: Any) -> Any:
    record = event_record(row, context(**more))
    assert isinstance(record, RemoteRecord)
    assert isinstance(record.record, Event)
    return record.record


def riga(year: int, month: int, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=RIGA)


def test_the_sample_of_a_timed_event_is_read_wholly():
    event = read(sample("S5"))

    assert event.when == TimeSpan(riga(2024, 12, 11, 17, 59), riga(2024, 12, 11, 18, 59))
    assert event.when.start.astimezone(UTC).hour == 15
    assert event.summary == 'Call "Acme"'
    assert (event.time_zone, event.calendar_id) == ("Europe/Riga", "b1:41")
    assert event.contacts == ("b1:contact:43",)
    assert event.kind is EventKind.MEETING
    assert event.reminders == (Reminder(15),)
    assert event.color == "#9dcf00"
    assert event.uid.startswith("20241211T155900Z")
    assert event.description == "Bring the offer"
    assert not event.read_only
    assert revision_of(sample("S5")) == "1|12/05/2024 01:48:41 pm"


def test_the_sample_of_an_all_day_event_has_days_with_an_open_end():
    event = read(sample("S6"), culture=None)

    assert event.when == DateSpan(date(2024, 12, 20), date(2024, 12, 22))
    assert event.kind is EventKind.EVENT
    assert event.busy


@pytest.mark.parametrize(
    "ts",
    [
        {},
        {"DATE_TO_TS_UTC": "1732519800"},
        {"DATE_FROM_TS_UTC": "1733727600", "DATE_TO_TS_UTC": "1733729400"},
        {"DATE_FROM_TS_UTC": "", "DATE_TO_TS_UTC": None},
    ],
)
def test_occurrences_are_the_same_under_every_reading_of_the_instants(ts):
    found: list[Any] = [occurrence_of(sample("S7", n, **ts), context()) for n in (0, 1)]

    assert [(one.start, one.end, one.original_start) for one in found] == [
        (riga(2024, 12, 9, 9), riga(2024, 12, 9, 9, 30), "2024-12-09"),
        (riga(2024, 12, 16, 9), riga(2024, 12, 16, 9, 30), "2024-12-16"),
    ]


def test_a_series_is_its_master_with_its_rule_and_what_was_taken_out():
    event = read(sample("S7"))

    assert event.when == TimeSpan(riga(2024, 11, 25, 9), riga(2024, 11, 25, 9, 30))
    assert event.recurrence == RecurrenceRule(
        Frequency.WEEKLY,
        until=riga(2024, 12, 24, 23, 59, 59).astimezone(UTC),
        by_day=("MO", "WE"),
    )
    assert event.excluded_dates == (riga(2024, 12, 11, 9).astimezone(UTC),)
    assert not event.read_only


def test_a_series_begins_where_it_is_seen_while_the_portals_dates_cannot_be_read():
    event = read(sample("S7"), culture=None)

    assert event.when.start == riga(2024, 12, 9, 9)
    assert event.excluded_dates == ()


@pytest.mark.parametrize(
    ("changes", "until", "count"),
    [
        ({"~UNTIL": "", "UNTIL": "01/01/2038", "UNTIL_TS": 2145916800}, None, None),
        ({"COUNT": "10"}, None, 10),
        ({"COUNT": 0}, "told", None),
        ({"UNTIL_TS": 0}, "told", None),
    ],
)
def test_a_series_may_be_endless_or_counted(changes, until, count):
    rule = {**SAMPLES["S7"][0]["result"][0]["RRULE"], **changes}
    event = read(sample("S7", RRULE=rule))

    assert event.recurrence.count == count
    assert (event.recurrence.until is None) == (until is None)


def test_an_edited_occurrence_knows_its_series_and_the_day_that_it_replaces():
    event = read(sample("S8"), user="12")

    assert event.series_id == "b1:event:1271"
    assert event.original_start == date(2024, 12, 11)
    assert event.participation is Participation.NEEDS_ACTION
    assert [one.user for one in event.attendees] == ["7", "12"]
    assert event.location == "", "a room's code says nothing to people"
    assert event.contacts == ("b1:contact:43",)
    assert event.organizer == "7"
    assert event.read_only


def test_a_colleagues_private_event_cannot_be_changed():
    event = read(sample("S8b"), user="12")

    assert event.read_only
    assert event.private
    assert event.contacts == ()


@pytest.mark.parametrize("missing", ["DATE_FROM_FORMATTED", "DATE_TO_FORMATTED"])
def test_without_the_formatted_time_the_instant_of_a_single_event_counts(missing):
    assert read(without("S5", missing), culture=None).when == read(sample("S5")).when


def test_without_both_the_portals_culture_helps_a_series():
    keys = ("DATE_FROM_FORMATTED", "DATE_TO_FORMATTED")

    assert TimeReader(BERLIN, US).when(without("S7", *keys)) == TimeSpan(
        riga(2024, 12, 9, 9), riga(2024, 12, 9, 9, 30)
    )
    assert TimeReader(BERLIN).when(without("S7", *keys)) is None


def test_without_both_an_all_day_event_is_on_the_utc_date():
    row = without("S6", "DATE_FROM_FORMATTED", "DATE_TO_FORMATTED")

    assert TimeReader(BERLIN).when(row) == DateSpan(date(2024, 12, 20), date(2024, 12, 22))


def test_where_wall_clock_and_instant_differ_the_instant_of_a_single_event_counts():
    event = read(sample("S5", DATE_FROM_TS_UTC="1733929140", DATE_TO_TS_UTC="1733932740"))

    assert event.when.start == datetime(2024, 12, 11, 14, 59, tzinfo=UTC)


def test_the_doubled_hour_of_a_single_event_is_the_one_of_its_instant():
    second = datetime(2024, 10, 27, 1, 30, tzinfo=UTC)  # 03:30 in Riga for the second time
    row = sample(
        "S5",
        DATE_FROM_FORMATTED="Sun Oct 27 2024 03:30:00",
        DATE_TO_FORMATTED="Sun Oct 27 2024 04:30:00",
        DATE_FROM_TS_UTC=str(int(second.timestamp())),
        DATE_TO_TS_UTC=str(int(second.timestamp()) + 3600),
    )

    assert read(row).when.start.astimezone(UTC) == second
    assert read(row).when.duration == timedelta(hours=1)


def test_an_unknown_zone_is_told_by_its_offset_and_a_missing_one_is_the_users():
    assert zone_of("Mars/Olympus", "7200", BERLIN).utcoffset(None) == timedelta(hours=2)
    assert zone_of("", None, BERLIN) is BERLIN
    assert zone_of("../../etc/passwd", "x", BERLIN) is BERLIN
    assert zone_of("Europe/Riga", "0", BERLIN) == RIGA


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"ACCESSIBILITY": "free"}, "busy", False),
        ({"ACCESSIBILITY": "absent"}, "busy", True),
        ({"IMPORTANCE": "high"}, "priority", Priority.HIGH),
        ({"IMPORTANCE": ""}, "priority", Priority.NORMAL),
        ({"PRIVATE_EVENT": "1"}, "private", True),
        ({"PRIVATE_EVENT": "Y"}, "private", True),
        ({"PRIVATE_EVENT": "0"}, "private", False),
        ({"COLOR": "red"}, "color", ""),
        ({"UF_CRM_CAL_EVENT": False}, "contacts", ()),
        ({"UF_CRM_CAL_EVENT": ["CO_3", "C_x", "C_0012"]}, "contacts", ("b1:contact:12",)),
        (
            {"REMIND": [{"type": "date", "value": "x"}, {"type": "hour", "count": "2"}]},
            "reminders",
            (Reminder(120),),
        ),
        ({"DESCRIPTION": "x", "~DESCRIPTION": "[b]y[/b]\nRef. P-3F7F4F6F0KXA"}, "description", "y"),
        ({"NAME": "  a\n b "}, "summary", "a b"),
        ({"PARENT_ID": "9"}, "read_only", True),
        ({"IS_MEETING": "Y", "MEETING_HOST": "12"}, "read_only", True),
        ({"IS_MEETING": True, "MEETING_HOST": "7"}, "read_only", False),
        (
            {
                "DT_LENGTH": "x",
                "DATE_TO_FORMATTED": "Wed Dec 11 2024 17:59:00",
                "DATE_TO_TS_UTC": "1733932740",
            },
            "when",
            TimeSpan(riga(2024, 12, 11, 17, 59), riga(2024, 12, 11, 18, 14)),
        ),
    ],
)
def test_odd_values_are_read_as_the_reference_says(changes, field, value):
    assert getattr(read(sample("S5", **changes)), field) == value


def test_events_of_a_calendar_without_the_right_to_change_are_read_only():
    own = CalendarContext(
        AccountId("b1"), UserId("7"), TimeReader(BERLIN), "Europe/Berlin", {"41": False}
    )

    record: Any = event_record(sample("S5"), own)
    assert record.record.read_only


def test_the_sample_calendars_are_read():
    first: Any
    second: Any
    first, second = (calendar_of(row, AccountId("b1"), "41") for row in SECTIONS.rows(result("S4")))

    assert (first.id, first.name, first.color) == ("b1:41", "My calendar", "#9cbeee")
    assert (first.writable, first.is_default) == (True, True)
    assert (second.writable, second.is_default) == (False, False)


@pytest.mark.parametrize(
    ("settings", "own", "default"),
    [
        (SAMPLES["S22"][0]["result"], ["41", "57"], "41"),
        ({"crmSection": "9", "defaultSections": {"user7": "57"}}, ["41", "57"], "57"),
        ({"lastUsedSection": "false"}, ["57", "41"], "57"),
        ({"lastUsedSection": "41", "defaultSections": []}, ["57", "41"], "41"),
        ({}, [], ""),
    ],
)
def test_new_meetings_land_in_the_crm_calendar_else_in_the_usual_one(settings, own, default):
    assert default_section(settings, "7", own) == default


def test_colleagues_are_called_by_name_else_by_address():
    rows_ = [*USERS.rows(result("S31")), *USERS.rows(raw([{"ID": "5", "EMAIL": "x@y.example"}]))]
    john: Any
    nameless: Any
    john, nameless = (user_of(row, AccountId("b1")) for row in rows_)

    assert (john.id, john.name) == ("12", "John Smith")
    assert nameless.name == "x@y.example"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Wed Dec 11 2024 17:59:00", (date(2024, 12, 11), "17:59:00")),
        ("Fri Dec 20 2024", (date(2024, 12, 20), None)),
        ("Fri Dez 20 2024", None),
        ("Fri Feb 30 2024", None),
        ("Wed Dec 11 2024 25:00:00", None),
        ("12/11/2024 05:59:00 pm", None),
        (None, None),
    ],
)
def test_formatted_times_are_english_whatever_the_locale(text, told):
    found = read_formatted(text)

    assert (found and (found[0], found[1] and str(found[1]))) == told


FORMATS = {
    Culture("MDY", "/"): "%m/%d/%Y %I:%M:%S %p",
    Culture("DMY", "."): "%d.%m.%Y %H:%M:%S",
    Culture("YMD", "-"): "%Y-%m-%d %H:%M:%S",
    Culture("DMY", "/"): "%d/%m/%Y %I:%M:%S %p",
    Culture("YMD", "/"): "%Y/%m/%d %H:%M:%S",
}


@given(
    st.sampled_from(list(FORMATS)),
    st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1)), min_size=1, max_size=6),  # noqa: DTZ001
    st.sampled_from([str.lower, str.upper]),
)
def test_the_portals_way_to_write_dates_is_found_out(culture, walls, case):
    walls.append(datetime(2024, 12, 31, 18, 5, 9))  # noqa: DTZ001 (a day that fits one order only)
    samples = []
    for wall in walls:
        moment = resolve_wall_time(wall.replace(microsecond=0), RIGA)
        text = case(moment.strftime(FORMATS[culture]))
        samples.append((text, moment.astimezone(UTC), RIGA))

    assert calibrated(samples) == culture


def test_the_culture_comes_from_whatever_tells_its_date_twice():
    rows_ = [sample("S7"), sample("S6"), sample("S5")]

    assert culture_of(rows_, BERLIN) == US
    assert is_series(rows_[0])
    assert culture_of(rows_[:1], BERLIN) == US, "a series by its date in English"
    for row in rows_[:2]:
        row.date_from_formatted = None
    assert culture_of(rows_[:2], BERLIN) is None, "the instant of a series means nothing"
    assert culture_of(rows_[:2], BERLIN, CULTURES[1]) == CULTURES[1]


NAMES = (
    "PARENT_ID", "NAME", "DATE_FROM", "DATE_TO", "DATE_FROM_FORMATTED", "DATE_TO_FORMATTED",
    "DATE_FROM_TS_UTC", "DATE_TO_TS_UTC", "ORIGINAL_DATE_FROM", "TZ_FROM", "TZ_TO",
    "TZ_OFFSET_FROM", "TZ_OFFSET_TO", "DT_SKIP_TIME", "DT_LENGTH", "VERSION", "DESCRIPTION",
    "~DESCRIPTION", "~DATE_FROM", "PRIVATE_EVENT", "ACCESSIBILITY", "IMPORTANCE", "IS_MEETING",
    "MEETING_STATUS", "MEETING_HOST", "LOCATION", "REMIND", "COLOR", "RRULE", "EXDATE",
    "RECURRENCE_ID", "RELATIONS", "ATTENDEE_LIST", "SECTION_ID", "UF_CRM_CAL_EVENT",
)  # fmt: skip


@given(st.lists(rows(*NAMES), max_size=4), st.sampled_from([None, *CULTURES]))
@pytest.mark.expects_log
def test_no_value_of_any_type_breaks_a_window(page, culture):
    found, _count = EVENTS.counted(raw(page))
    where = context(culture_of(found, BERLIN, culture))
    each(found, lambda row: occurrence_of(row, where), "occurrence")
    for record in each(found, lambda row: event_record(row, where), "event"):
        assert record.remote_id.isdigit()
        assert isinstance(record.record, Event)
        assert record.record.when.in_zone(UTC).duration > timedelta()


@given(
    st.sampled_from(["Europe/Riga", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]),
    st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1)),  # noqa: DTZ001
    st.integers(1, 72 * 60),
)
def test_a_timed_event_is_read_as_the_instants_that_it_has(zone_name, wall, minutes):
    zone = ZoneInfo(zone_name)
    start = resolve_wall_time(wall.replace(second=0, microsecond=0), zone).astimezone(UTC)
    end = start + timedelta(minutes=minutes)
    english = "%a %b %d %Y %H:%M:%S"
    row = EventRow(
        id="1",
        tz_from=zone_name,
        tz_to=zone_name,
        dt_skip_time="N",
        date_from_formatted=start.astimezone(zone).strftime(english),
        date_to_formatted=end.astimezone(zone).strftime(english),
        date_from_ts_utc=str(int(start.timestamp())),
        date_to_ts_utc=str(int(end.timestamp())),
    )

    when = TimeReader(BERLIN).when(row)
    assert isinstance(when, TimeSpan)
    assert when.in_zone(UTC) == TimeSpan(start, end)
