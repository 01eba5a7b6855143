"""A series cut in two is what it was before."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import Event
from desktop.domain.ids import EventId
from desktop.domain.occurrences import occurrences
from desktop.domain.reach import instances
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.series import without_occurrence
from desktop.domain.series_split import ended_before, rule_for, tail_of
from desktop.domain.timespan import TimeSpan
from tests.builders import MONDAY, make_days, make_event, make_span

ZONES = (
    "Europe/Berlin",
    "Europe/Moscow",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
)
YEARS = TimeSpan(datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC))


def _series(zone: str, hour: int, rule: RecurrenceRule, day: date = MONDAY) -> Event:
    when = make_span(day, hours=(hour, hour + 0.5), zone=ZoneInfo(zone)).in_zone(UTC)
    return make_event(when=when, time_zone=zone, recurrence=rule)


def _starts(*events: Event) -> list[object]:
    return [one.original_start for event in events for one in occurrences(event, YEARS)]


@given(
    zone=st.sampled_from(ZONES),
    hour=st.integers(0, 23),
    frequency=st.sampled_from([Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY]),
    interval=st.integers(1, 4),
    count=st.integers(2, 20),
    cut=st.integers(1, 19),
    gone=st.integers(0, 19),
)
def test_both_halves_together_are_the_series(zone, hour, frequency, interval, count, cut, gone):
    rule = RecurrenceRule(frequency, interval, count)
    master = _series(zone, hour, rule)
    every = [one.original_start for one in instances(master)]
    master = without_occurrence(master, every[gone % len(every)])
    left = [one.original_start for one in instances(master)]
    point = left[cut % len(left)]

    parts = (ended_before(master, point), tail_of(master, point, EventId("tail")))

    assert _starts(*parts) == _starts(master)
    assert _starts(parts[1])[:1] == [point]


def test_whole_days_are_cut_by_days():
    rule = RecurrenceRule(Frequency.WEEKLY, until=date(2026, 12, 14))
    master = make_event(when=make_days(MONDAY, 1), recurrence=rule)
    point = MONDAY + timedelta(days=14)

    before, after = ended_before(master, point), tail_of(master, point, EventId("tail"))

    assert before.recurrence == RecurrenceRule(Frequency.WEEKLY, until=date(2026, 11, 29))
    assert (after.when, after.recurrence) == (make_days(point, 1), rule)
    assert _starts(before, after) == _starts(master)


@pytest.mark.parametrize("zone", ZONES)
def test_the_last_day_of_the_first_half_is_whole(zone):
    master = _series(zone, 23, RecurrenceRule(Frequency.DAILY))
    point = list(zip(range(4), instances(master), strict=False))[3][1].original_start

    assert point is not None
    ended = ended_before(master, point)

    assert len(_starts(ended)) == 3
    assert ended.recurrence is not None
    assert isinstance(ended.recurrence.until, datetime)


def test_an_end_takes_the_form_of_the_times():
    timed = _series("Europe/Moscow", 10, RecurrenceRule(Frequency.DAILY))
    days = make_event(when=make_days(MONDAY, 1))
    by_day = RecurrenceRule(Frequency.DAILY, until=date(2026, 11, 20))
    by_hour = RecurrenceRule(Frequency.DAILY, until=datetime(2026, 11, 20, 20, 59, 59, tzinfo=UTC))

    assert rule_for(by_day, timed) == by_hour
    assert rule_for(by_hour, timed) is by_hour
    assert rule_for(by_day, days) is by_day
