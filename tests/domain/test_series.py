"""One of a series, or all of it, moved or taken out."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import Event
from desktop.domain.ids import EventId
from desktop.domain.occurrences import occurrences
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.series import (
    exception_following,
    exception_of,
    series_moved,
    without_occurrence,
)
from desktop.domain.timespan import TimeSpan
from tests.builders import FRIDAY, MONDAY, TUESDAY, make_days, make_event, make_span

BERLIN = ZoneInfo("Europe/Berlin")
YEAR = TimeSpan(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC))


def _weekly(first: date = MONDAY, *days: str, **facts) -> Event:
    return make_event(
        when=make_span(first, hours=(10, 11), zone=BERLIN).in_zone(UTC),
        time_zone="Europe/Berlin",
        recurrence=RecurrenceRule(Frequency.WEEKLY, by_day=days, **facts),
    )


def _walls(event: Event, span: TimeSpan = YEAR) -> list[str]:
    return [
        f"{one.when.start.astimezone(BERLIN):%m-%d %a %H:%M}"
        for one in occurrences(event, span)
        if isinstance(one.when, TimeSpan)
    ]


def test_an_exception_names_its_series_and_its_place_in_it():
    master = _weekly()
    original = make_span(MONDAY, hours=(10, 11), zone=BERLIN).start

    alone = exception_of(master, original, make_span(TUESDAY), EventId("x"))

    assert (alone.id, alone.series_id, alone.original_start) == ("x", master.id, original)
    assert (alone.recurrence, alone.when) == (None, make_span(TUESDAY))


def test_an_occurrence_is_taken_out_once():
    master = without_occurrence(_weekly(count=3), make_span(MONDAY, zone=BERLIN).start)

    assert [wall[:5] for wall in _walls(master)] == ["11-23", "11-30"]
    assert without_occurrence(master, make_span(MONDAY, zone=BERLIN).start) == master


def test_the_series_moves_on_the_wall_clock_over_the_change_of_the_clocks():
    master = _weekly(date(2026, 3, 16), count=3)
    third = make_span(date(2026, 3, 30), hours=(10, 11), zone=BERLIN)

    moved = series_moved(master, third, make_span(date(2026, 3, 30), hours=(12, 13.5), zone=BERLIN))

    assert _walls(moved) == ["03-16 Mon 12:00", "03-23 Mon 12:00", "03-30 Mon 12:00"]
    assert isinstance(moved.when, TimeSpan)
    assert moved.when.duration == timedelta(minutes=90)


def test_weekdays_exclusions_and_the_end_move_along():
    until = make_span(date(2026, 12, 2), hours=(10, 11), zone=BERLIN).start.astimezone(UTC)
    master = without_occurrence(
        _weekly(MONDAY, "MO", "WE", until=until), make_span(date(2026, 11, 25), zone=BERLIN).start
    )
    before = _walls(master)

    moved = series_moved(
        master,
        make_span(MONDAY, hours=(10, 11), zone=BERLIN),
        make_span(TUESDAY, hours=(9, 10), zone=BERLIN),
    )

    assert before == [
        "11-16 Mon 10:00",
        "11-18 Wed 10:00",
        "11-23 Mon 10:00",
        "11-30 Mon 10:00",
        "12-02 Wed 10:00",
    ]
    assert _walls(moved) == [
        "11-17 Tue 09:00",
        "11-19 Thu 09:00",
        "11-24 Tue 09:00",
        "12-01 Tue 09:00",
        "12-03 Thu 09:00",
    ]


def test_a_series_of_days_moves_by_days():
    rule = RecurrenceRule(Frequency.WEEKLY, by_day=("MO",), count=2)
    master = make_event(when=make_days(MONDAY), recurrence=rule)

    moved = series_moved(master, make_days(MONDAY), make_days(TUESDAY, 2))

    assert moved.when == make_days(TUESDAY, 2)
    assert moved.recurrence == RecurrenceRule(Frequency.WEEKLY, by_day=("TU",), count=2)


@pytest.mark.parametrize("pair", [(make_days(), make_span()), (make_span(), make_days())])
def test_a_series_with_times_does_not_become_one_of_days(pair):
    master = _weekly()

    assert series_moved(master, *pair) == master


@given(st.integers(-72, 72), st.integers(0, 5))
def test_moving_there_and_back_is_the_same_series(hours, week):
    first = datetime(2026, 11, 16, 9, tzinfo=UTC)
    rule = RecurrenceRule(Frequency.WEEKLY, by_day=("MO",), count=6)
    master = make_event(when=TimeSpan(first, first + timedelta(hours=1)), recurrence=rule)
    assert isinstance(master.when, TimeSpan)
    shown = master.when.starting(first + timedelta(weeks=week))
    target = shown.starting(shown.start + timedelta(hours=hours))

    moved = series_moved(master, shown, target)

    assert target in [one.when for one in occurrences(moved, YEAR)]
    assert series_moved(moved, target, shown) == master


def test_an_exception_keeps_its_place_in_a_series_that_moves():
    master = _weekly()
    shown = make_span(MONDAY, hours=(10, 11), zone=BERLIN)
    later = make_span(TUESDAY, hours=(12, 13), zone=BERLIN)
    alone = exception_of(master, shown.start, make_span(FRIDAY), EventId("x"))

    following = exception_following(alone, master, shown, later)

    assert following.original_start == later.start
    assert following.when == alone.when
    assert exception_following(alone, master, shown, make_days()) == alone
    assert exception_following(master, master, shown, later) == master


def test_an_exception_of_whole_days_follows_by_days():
    rule = RecurrenceRule(Frequency.DAILY, count=3)
    master = make_event(when=make_days(MONDAY), recurrence=rule)
    alone = exception_of(master, MONDAY, make_days(FRIDAY), EventId("x"))

    following = exception_following(alone, master, make_days(MONDAY), make_days(TUESDAY))

    assert following.original_start == TUESDAY


def test_a_series_with_times_is_not_moved_by_days():
    master = _weekly()

    assert series_moved(master, make_days(MONDAY), make_days(TUESDAY)) == master


def test_an_event_that_does_not_recur_just_moves():
    event = make_event()

    moved = series_moved(event, make_span(), make_span(TUESDAY))

    assert moved.when == make_span(TUESDAY)


def test_the_day_of_the_month_is_left_to_the_rule():
    rule = RecurrenceRule(Frequency.MONTHLY, by_day=("3MO",), count=2)
    master = make_event(recurrence=rule)

    moved = series_moved(master, make_span(), make_span(hours=(12, 13)))

    assert moved.recurrence == rule
