"""Occurrences against the reference library, over changes of the clocks, in many zones."""

import time
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.occurrences import MOST_INSTANCES, days, occurrences
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import DateSpan, TimeSpan
from tests.builders import MONDAY, make_days, make_event, make_span

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONES = (
    "Pacific/Kiritimati",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Europe/Moscow",
    "Europe/Berlin",
    "America/St_Johns",
    "America/New_York",
    "Pacific/Pago_Pago",
)
FREQUENCIES: dict[Frequency, Any] = {
    Frequency.DAILY: DAILY,
    Frequency.WEEKLY: WEEKLY,
    Frequency.MONTHLY: MONTHLY,
    Frequency.YEARLY: YEARLY,
}


@st.composite
def rules(draw):
    frequency = draw(st.sampled_from(Frequency))
    with_ordinals = frequency in (Frequency.MONTHLY, Frequency.YEARLY) and draw(st.booleans())
    by_day = draw(st.lists(st.sampled_from(WEEKDAYS), max_size=3, unique=True))
    if with_ordinals:
        by_day = [f"{draw(st.sampled_from((-2, -1, 1, 2, 3, 5)))}{day}" for day in by_day]
    by_month_day = []
    if frequency is not Frequency.WEEKLY:
        by_month_day = draw(st.lists(st.sampled_from((-31, -1, 1, 13, 29, 30, 31)), max_size=2))
    has_parts = bool(by_day or by_month_day)
    return RecurrenceRule(
        frequency,
        interval=draw(st.integers(1, 5)),
        count=draw(st.none() | st.integers(1, 40)),
        by_day=tuple(by_day),
        by_month_day=tuple(by_month_day),
        by_month=tuple(draw(st.lists(st.integers(1, 12), max_size=3, unique=True))),
        by_set_pos=tuple(draw(st.lists(st.sampled_from((-1, 1, 2)), max_size=1)))
        if has_parts and frequency is not Frequency.DAILY
        else (),
        week_start=draw(st.sampled_from(WEEKDAYS)),
    )


def reference(rule, first, low, high):
    numbers = [
        weekday(WEEKDAYS.index(d[-2:]), int(d[:-2]) if d[:-2] else None) for d in rule.by_day
    ]
    library = rrule(
        FREQUENCIES[rule.frequency],
        dtstart=datetime.combine(first, datetime.min.time()),
        until=None if rule.count else datetime.combine(high, datetime.min.time()),
        interval=rule.interval,
        count=rule.count,
        byweekday=numbers or None,
        bymonthday=rule.by_month_day or None,
        bymonth=rule.by_month or None,
        bysetpos=rule.by_set_pos or None,
        wkst=weekday(WEEKDAYS.index(rule.week_start)),
    )
    found = takewhile(lambda at: at.date() < high, library)
    return [at.date() for at in found if at.date() >= low]


def possible(rule):
    """Whether the reference library comes to an end: it looks for 30 February until 9999."""
    return bool(list(days(rule, date(2020, 1, 1), date(2020, 1, 1), date(2060, 1, 1))))


@settings(max_examples=300, deadline=None)
@given(rules(), st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.integers(0, 2500))
def test_the_days_are_those_of_the_reference_library(rule, first, ahead):
    low = first + timedelta(days=ahead)
    high = low + timedelta(days=400)
    if possible(rule) and list(days(rule, first, first, date(2075, 1, 1))):
        assert list(days(rule, first, low, high)) == reference(rule, first, low, high)


@settings(max_examples=100, deadline=None)
@given(rules(), st.sampled_from(ZONES), st.integers(0, 23), st.integers(0, 900))
def test_the_clock_on_the_wall_stays_the_same_over_summer_time(rule, name, hour, ahead):
    zone = ZoneInfo(name)
    event = make_event(
        when=make_span(date(2025, 3, 1), hours=(hour, hour + 1), zone=zone),
        time_zone=name,
        recurrence=rule,
    )
    start = datetime(2025, 3, 1, tzinfo=UTC) + timedelta(days=ahead)
    for each in occurrences(event, TimeSpan(start, start + timedelta(days=60))):
        begin = span_of(each).start
        meant = datetime.combine(begin.date(), datetime.min.time()) + timedelta(hours=hour)
        there = meant.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
        assert begin.replace(tzinfo=None) == meant or there != meant
        assert span_of(each).duration == timedelta(hours=1)
        assert each.original_start == begin


@pytest.mark.parametrize("name", ZONES)
def test_whole_days_are_the_same_dates_in_every_zone(name):
    event = make_event(
        when=make_days(MONDAY, 2),
        time_zone=name,
        recurrence=RecurrenceRule(Frequency.WEEKLY, count=3),
    )
    start = datetime(2026, 11, 1, tzinfo=ZoneInfo(name))

    found = occurrences(event, TimeSpan(start, start + timedelta(days=60)))

    assert [each.when for each in found] == [
        make_days(MONDAY + timedelta(weeks=week), 2) for week in range(3)
    ]
    assert [each.original_start for each in found] == [
        MONDAY + timedelta(weeks=week) for week in range(3)
    ]


def test_a_time_that_the_clocks_skip_moves_forward():
    zone = ZoneInfo("Europe/Berlin")
    event = make_event(
        when=make_span(date(2026, 3, 28), hours=(2.5, 3), zone=zone),
        time_zone="Europe/Berlin",
        recurrence=RecurrenceRule(Frequency.DAILY, count=3),
    )

    found = occurrences(event, make_year(2026))

    assert [span_of(each).start.strftime("%d %H:%M") for each in found] == [
        *("28 02:30", "29 03:30", "30 02:30")
    ]


def span_of(occurrence):
    assert isinstance(occurrence.when, TimeSpan)
    return occurrence.when


def make_year(year):
    return TimeSpan(datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))


def series(**parts):
    return make_event(recurrence=RecurrenceRule(Frequency.DAILY, **parts))


def test_until_is_the_last_instant_that_may_occur():
    last = make_span(MONDAY + timedelta(days=2)).start

    assert len(occurrences(series(until=last), make_year(2026))) == 3
    assert len(occurrences(series(until=last - timedelta(seconds=1)), make_year(2026))) == 2


def test_until_a_day_includes_that_day():
    assert len(occurrences(series(until=MONDAY + timedelta(days=2)), make_year(2026))) == 3


def test_excluded_dates_are_left_out_whether_days_or_instants():
    event = make_event(
        recurrence=RecurrenceRule(Frequency.DAILY, count=4),
        excluded_dates=(
            MONDAY + timedelta(days=1),
            make_span(MONDAY + timedelta(days=2)).start.astimezone(ZoneInfo("Asia/Tokyo")),
        ),
    )

    found = occurrences(event, make_year(2026))

    assert [span_of(each).start.day for each in found] == [16, 19]


def test_an_instance_that_began_before_the_span_belongs_to_it():
    event = make_event(
        when=TimeSpan(make_span(MONDAY).start, make_span(MONDAY + timedelta(days=3)).start),
        recurrence=RecurrenceRule(Frequency.WEEKLY),
    )

    (found,) = occurrences(event, make_span(MONDAY + timedelta(days=9)))

    assert span_of(found).start.date() == MONDAY + timedelta(days=7)


def test_a_single_event_occurs_once_where_it_is():
    assert len(occurrences(make_event(), make_span(hours=(10.5, 12)))) == 1
    assert occurrences(make_event(), make_span(hours=(11, 12))) == ()


def test_an_unknown_zone_is_that_of_the_start():
    zone = ZoneInfo("Europe/Berlin")
    event = make_event(
        when=make_span(date(2026, 3, 28), hours=(9, 10), zone=zone),
        time_zone="Mars/Olympus",
        recurrence=RecurrenceRule(Frequency.DAILY, count=2),
    )

    assert [span_of(e).start.hour for e in occurrences(event, make_year(2026))] == [9, 9]


NASTY = [
    RecurrenceRule(Frequency.YEARLY, by_month=(2,), by_month_day=(30,)),
    RecurrenceRule(Frequency.MONTHLY, by_month=(2,), by_month_day=(31,)),
    RecurrenceRule(Frequency.MONTHLY, by_day=("3MO",), by_month_day=(1,)),
    RecurrenceRule(Frequency.DAILY, by_month=(2,), by_month_day=(30,), count=5),
    RecurrenceRule(Frequency.DAILY, count=100_000),
    RecurrenceRule(Frequency.DAILY, interval=999),
    RecurrenceRule(Frequency.WEEKLY, by_day=WEEKDAYS),
    RecurrenceRule(Frequency.MONTHLY, by_day=("MO",), by_set_pos=(9,), count=3),
    RecurrenceRule(Frequency.YEARLY, by_day=("53MO",), interval=7),
    RecurrenceRule(Frequency.YEARLY, interval=999, count=50),
]


@pytest.mark.parametrize("rule", NASTY, ids=repr)
def test_no_rule_takes_long(rule):
    event = make_event(when=make_span(date(1990, 1, 1)), recurrence=rule, time_zone="Europe/Moscow")
    started = time.process_time()

    found = occurrences(event, make_year(2026))

    assert time.process_time() - started < 0.2  # on a machine that does other things too
    assert len(found) <= 366


def test_never_more_than_two_thousand_instances():
    everything = TimeSpan(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))

    assert len(occurrences(series(), everything)) == MOST_INSTANCES


def test_a_rule_ends_where_the_dates_end():
    rule = RecurrenceRule(Frequency.YEARLY, interval=999)

    assert list(days(rule, MONDAY, MONDAY, date.max)) == [
        MONDAY.replace(year=2026 + 999 * step) for step in range(8)
    ]


def test_all_day_series_end_with_their_until():
    event = make_event(
        when=DateSpan(MONDAY, MONDAY + timedelta(days=1)),
        recurrence=RecurrenceRule(Frequency.DAILY, until=MONDAY + timedelta(days=2)),
    )

    assert len(occurrences(event, make_year(2026))) == 3
