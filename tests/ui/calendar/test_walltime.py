from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.calendar.walltime import (
    DAY_MIN,
    ClockChange,
    clock_change,
    day_of,
    instant_of,
    minute_of,
    span_of_walls,
    wall_at,
    wall_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 - UTC is put on below
    st.sampled_from(
        ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
    ),
)
def test_an_instant_survives_the_way_to_the_wall_and_back(moment, name):
    zone = ZoneInfo(name)
    moment = moment.replace(second=0, microsecond=0, tzinfo=UTC)

    wall = wall_of(moment, zone)
    back = [instant_of(wall, zone), instant_of(wall, zone, second=True)]

    assert moment in [one.astimezone(UTC) for one in back]


def test_a_wall_knows_its_day_and_minute():
    wall = wall_at(SPRING, 615)

    assert day_of(wall) == SPRING
    assert minute_of(wall) == 615


def test_the_skipped_hour_is_missing():
    assert clock_change(SPRING, BERLIN) == ClockChange(120, 180, missing=True)


def test_the_doubled_hour_is_known():
    assert clock_change(AUTUMN, BERLIN) == ClockChange(120, 180, missing=False)


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 30), date(2026, 11, 16)])
def test_ordinary_days_have_no_change(day):
    assert clock_change(day, BERLIN) is None


def test_half_an_hour_can_be_skipped_too():
    lord_howe = ZoneInfo("Australia/Lord_Howe")

    assert clock_change(date(2026, 10, 4), lord_howe) == ClockChange(120, 150, missing=True)


def test_midnight_itself_can_be_skipped():
    beirut = ZoneInfo("Asia/Beirut")

    assert clock_change(date(2026, 3, 29), beirut) == ClockChange(0, 60, missing=True)


def test_a_skipped_time_means_the_first_instant_after_the_gap():
    assert instant_of(wall_at(SPRING, 150), BERLIN) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_of_a_doubled_time_the_first_is_meant_unless_told():
    first = instant_of(wall_at(AUTUMN, 150), BERLIN)
    second = instant_of(wall_at(AUTUMN, 150), BERLIN, second=True)

    assert first.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


def test_a_span_across_the_gap_is_as_long_as_time_that_passes():
    span = span_of_walls(wall_at(SPRING, 60), wall_at(SPRING, 240), BERLIN)

    assert span.duration == timedelta(hours=2)


def test_a_span_inside_the_gap_comes_after_it():
    span = span_of_walls(wall_at(SPRING, 120), wall_at(SPRING, 150), BERLIN)

    assert span.start == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert span.duration == timedelta(minutes=30)


def test_a_day_has_1440_walls_whatever_the_clocks_do():
    assert wall_at(AUTUMN + timedelta(days=1)) - wall_at(AUTUMN) == DAY_MIN
