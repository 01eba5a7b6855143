"""Rules on their way to the portal and back, in every zone and form of writing dates."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import Event
from desktop.domain.occurrences import occurrences
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.repeating import WEEKDAYS, end_of, first_day, settled, storable
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.calendar.calendar_rows import EventRow
from desktop.services.api.bitrix24.calendar.calendar_times import TimeReader
from desktop.services.api.bitrix24.calendar.wire_recurrence import excluded, rule_fields, rule_of
from desktop.services.api.bitrix24.culture import CULTURES, Culture
from tests.builders import make_days, make_event, make_span
from tests.servers.bitrix24.occurrences import days as portal_days

ZONES = (
    "Europe/Berlin",
    "Europe/Moscow",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
)
ORDERS = {"MDY": "%m{0}%d{0}%Y", "DMY": "%d{0}%m{0}%Y", "YMD": "%Y{0}%m{0}%d"}


def _day(culture: Culture, day: date) -> str:
    return day.strftime(ORDERS[culture.order].format(culture.separator))


def _answer(event: Event, culture: Culture, *, as_text: bool = False) -> EventRow:
    """What the portal tells of a rule that it was sent, in its own way."""
    sent: dict[str, Any] = rule_fields(event) or {}
    told: dict[str, Any] = {"FREQ": sent["FREQ"], "INTERVAL": sent["INTERVAL"]}
    final = date.fromisoformat(sent["UNTIL"]) if "UNTIL" in sent else date(2038, 1, 1)
    if "BYDAY" in sent:
        told["BYDAY"] = {day: day for day in sent["BYDAY"]}
    if "COUNT" in sent:
        told["COUNT"] = sent["COUNT"]
    told["UNTIL"] = _day(culture, final)
    told["~UNTIL"] = told["UNTIL"] if "UNTIL" in sent else ""
    told["UNTIL_TS"] = int(datetime(final.year, final.month, final.day, tzinfo=UTC).timestamp())
    if as_text:
        told = {key: str(value) if isinstance(value, int) else value for key, value in told.items()}
    row = EventRow(id="7", rrule=told, tz_from=event.time_zone)
    row.dt_skip_time = "Y" if event.all_day else "N"
    return row


rules = st.builds(
    lambda frequency, interval, ending, days: (frequency, interval, ending, days),
    st.sampled_from(Frequency),
    st.integers(1, 99),
    st.one_of(st.none(), st.integers(1, 400), st.dates(date(2026, 12, 1), date(2036, 1, 1))),
    st.sets(st.sampled_from(WEEKDAYS)),
)


def _event(
    zone: str, minute: int, day: date, told: tuple[Any, ...], *, whole: bool = False
) -> Event:
    frequency, interval, ending, weekdays = told
    when = (
        make_days(day)
        if whole
        else make_span(day, hours=(minute / 60, minute / 60 + 0.5), zone=ZoneInfo(zone))
    )
    by_day = tuple(one for one in WEEKDAYS if one in weekdays)
    rule = RecurrenceRule(
        frequency,
        interval,
        count=ending if isinstance(ending, int) else None,
        until=end_of(ending, when, ZoneInfo(zone)) if isinstance(ending, date) else None,
        by_day=by_day if frequency is Frequency.WEEKLY else (),
    )
    rule, when = settled(rule, when, ZoneInfo(zone))
    return make_event(when=when, time_zone=zone, recurrence=rule)


@given(
    zone=st.sampled_from(ZONES),
    minute=st.integers(0, 24 * 60 - 31),
    day=st.dates(date(2026, 1, 1), date(2026, 11, 30)),
    told=rules,
    whole=st.booleans(),
    culture=st.sampled_from(CULTURES),
    as_text=st.booleans(),
)
def test_a_rule_comes_back_as_it_was_sent(zone, minute, day, told, whole, culture, as_text):
    event = _event(zone, minute, day, told, whole=whole)
    reader = TimeReader(ZoneInfo("Europe/Berlin"), culture)

    assert rule_of(_answer(event, culture, as_text=as_text), reader) == event.recurrence


@given(
    zone=st.sampled_from(ZONES),
    minute=st.integers(0, 24 * 60 - 31),
    day=st.dates(date(2026, 1, 1), date(2026, 11, 30)),
    told=rules,
)
def test_the_portal_expands_what_can_be_stored_as_we_do(zone, minute, day, told):
    event = _event(zone, minute, day, told)
    rule = event.recurrence
    assert rule is not None
    first = first_day(event.when, ZoneInfo(zone))
    if not storable(rule, first):
        return
    end = datetime(2028, 1, 1, tzinfo=UTC)
    ours = [
        one.when.start.astimezone(ZoneInfo(zone)).date()
        for one in occurrences(event, TimeSpan(datetime(2025, 12, 20, tzinfo=UTC), end))
        if isinstance(one.when, TimeSpan)
    ]

    sent = dict(rule_fields(event) or {})
    theirs = list(portal_days(first, sent, date(2027, 12, 20)))

    assert [one for one in ours if one <= date(2027, 12, 20)] == theirs


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", [0, 2, 10, 23])
def test_the_wall_clock_stays_over_both_changes_of_the_clocks(zone, hour):
    told: tuple[Any, ...] = (Frequency.DAILY, 1, None, set())
    event = _event(zone, hour * 60, date(2026, 1, 1), told)
    year = TimeSpan(datetime(2026, 1, 3, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))

    found = [one.when for one in occurrences(event, year)]

    skipped = 0
    for when in found:
        assert isinstance(when, TimeSpan)
        local = when.start.astimezone(ZoneInfo(zone))
        skipped += (local.hour, local.minute) != (hour, 0)
        assert when.duration == timedelta(minutes=30)
    assert skipped <= 1, "only an hour that the clocks skip moves, and once a year"


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("culture", CULTURES, ids=lambda one: one.order + one.separator)
def test_what_was_left_out_is_the_same_wall_clock_on_its_day(zone, culture):
    event = _event(zone, 10 * 60, date(2026, 3, 1), (Frequency.DAILY, 1, None, set()))
    gone = [date(2026, 3, 29), date(2026, 7, 1), date(2026, 10, 25)]
    row = _answer(event, culture)
    row = replace_exdate(row, ";".join(_day(culture, day) for day in gone))

    found = excluded(row, TimeReader(ZoneInfo(zone), culture), event.when)

    assert [one.astimezone(ZoneInfo(zone)).date() for one in found] == gone  # type: ignore[union-attr]
    left = occurrences(
        replace(event, excluded_dates=found),
        TimeSpan(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)),
    )
    days = {first_day(one.when, ZoneInfo(zone)) for one in left}
    assert not days & set(gone)


@pytest.mark.parametrize("zone", ZONES)
def test_a_last_day_is_sent_as_the_day_on_its_own_wall(zone):
    event = _event(zone, 23 * 60, date(2026, 1, 5), (Frequency.DAILY, 1, date(2026, 3, 29), set()))

    assert (rule_fields(event) or {})["UNTIL"] == "2026-03-29"


def test_an_end_before_the_hour_of_the_day_leaves_that_day_out():
    event = make_event(
        when=make_span(hours=(10, 11)),
        recurrence=RecurrenceRule(Frequency.DAILY, until=datetime(2026, 11, 20, 9, tzinfo=UTC)),
    )

    assert (rule_fields(event) or {})["UNTIL"] == "2026-11-19"


@pytest.mark.parametrize(
    "told",
    [
        {},
        [],
        "",
        None,
        {"FREQ": "HOURLY"},
        {"FREQ": ["WEEKLY"]},
        {"FREQ": "DAILY", "INTERVAL": "x", "COUNT": [], "UNTIL": {}, "BYDAY": 7},
        {"FREQ": "WEEKLY", "BYDAY": ["MO", None, {}, "2TU", "XX"], "INTERVAL": -4},
        {"FREQ": "DAILY", "COUNT": "99999999999999999999", "UNTIL_TS": "abc"},
    ],
)
def test_no_answer_breaks_the_reader(told):
    row = EventRow(id="7", rrule=told, exdate="rubbish;;2026-99-99", dt_skip_time="N")
    reader = TimeReader(UTC, CULTURES[0])

    rule = rule_of(row, reader)

    assert rule is None or 1 <= rule.interval <= 999
    assert excluded(row, reader, make_span()) == ()


def test_what_does_not_repeat_has_no_rule_to_send():
    assert rule_fields(make_event()) is None


def replace_exdate(row: EventRow, text: str) -> EventRow:
    row.exdate = text
    return row
