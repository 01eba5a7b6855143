"""Rules as they are chosen."""

from datetime import UTC, date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.repeating import (
    dates,
    end_of,
    first_day,
    is_last_weekday,
    nth_weekday,
    settled,
    singles,
    storable,
    zone_or_utc,
)
from desktop.domain.timespan import TimeSpan, When
from tests.builders import FRIDAY, MONDAY, MOSCOW, TUESDAY, WEDNESDAY, make_days, make_span

WEEKLY = RecurrenceRule(Frequency.WEEKLY)


def _wall(when: When, zone: ZoneInfo) -> tuple[int, int]:
    assert isinstance(when, TimeSpan)
    start = when.start.astimezone(zone)
    return start.hour, start.minute


def test_a_weekly_rule_names_its_day():
    rule, when = settled(WEEKLY, make_span(TUESDAY), UTC)

    assert (rule.by_day, when) == (("TU",), make_span(TUESDAY))


def test_a_plan_begins_on_the_first_day_that_its_rule_names():
    rule, when = settled(
        RecurrenceRule(Frequency.WEEKLY, by_day=("WE", "FR")),
        make_span(MONDAY, zone=MOSCOW),
        MOSCOW,
    )

    assert rule.by_day == ("WE", "FR")
    assert when == make_span(WEDNESDAY, zone=MOSCOW).in_zone(UTC)


def test_dates_end_with_the_rule():
    until = RecurrenceRule(Frequency.DAILY, until=WEDNESDAY)
    counted = RecurrenceRule(Frequency.DAILY, count=2)

    assert len(list(dates(until, make_days(MONDAY), UTC))) == 3
    assert len(list(dates(counted, make_span(MONDAY), UTC))) == 2


def test_an_end_before_the_beginning_has_no_dates():
    rule = RecurrenceRule(Frequency.DAILY, until=date(2026, 11, 1))

    assert list(dates(rule, make_days(MONDAY), UTC)) == []
    assert settled(rule, make_days(MONDAY), UTC) == (rule, make_days(MONDAY))


def test_the_wall_clock_stays_over_the_change_of_the_clocks():
    berlin = ZoneInfo("Europe/Berlin")
    start = make_span(date(2026, 10, 19), hours=(10, 11), zone=berlin)

    found = [_wall(one, berlin) for one in islice(dates(WEEKLY, start, berlin), 4)]

    assert found == [(10, 0)] * 4


@pytest.mark.parametrize(
    ("rule", "day", "kept"),
    [
        (RecurrenceRule(Frequency.DAILY, 3), MONDAY, True),
        (RecurrenceRule(Frequency.WEEKLY, by_day=("MO", "WE")), MONDAY, True),
        (RecurrenceRule(Frequency.WEEKLY, by_day=("1MO",)), MONDAY, False),
        (RecurrenceRule(Frequency.WEEKLY, week_start="SU"), MONDAY, False),
        (RecurrenceRule(Frequency.MONTHLY), MONDAY, True),
        (RecurrenceRule(Frequency.MONTHLY, by_month_day=(16,)), MONDAY, True),
        (RecurrenceRule(Frequency.MONTHLY, by_month_day=(1, 16)), MONDAY, False),
        (RecurrenceRule(Frequency.MONTHLY, by_day=("-1FR",)), FRIDAY, False),
        (RecurrenceRule(Frequency.MONTHLY, by_day=("FR",), by_set_pos=(-1,)), FRIDAY, False),
        (RecurrenceRule(Frequency.MONTHLY), date(2026, 1, 29), False),
        (RecurrenceRule(Frequency.YEARLY), date(2028, 2, 29), False),
        (RecurrenceRule(Frequency.YEARLY, by_month=(11,)), MONDAY, True),
        (RecurrenceRule(Frequency.YEARLY, by_month=(3,)), MONDAY, False),
        (RecurrenceRule(Frequency.DAILY, by_month=(11,)), MONDAY, False),
    ],
)
def test_only_what_the_portal_repeats_alike_is_kept_there(rule, day, kept):
    assert storable(rule, day) is kept


def test_a_rule_that_cannot_be_kept_comes_to_a_year_of_single_meetings():
    last_friday = RecurrenceRule(Frequency.MONTHLY, by_day=("-1FR",))

    found = singles(last_friday, make_span(date(2026, 11, 27)), UTC)

    assert len(found) == 12
    assert [first_day(one, UTC) for one in found[:3]] == [
        date(2026, 11, 27),
        date(2026, 12, 25),
        date(2027, 1, 29),
    ]


def test_a_day_knows_its_place_in_the_month():
    assert (nth_weekday(date(2026, 11, 17)), is_last_weekday(date(2026, 11, 17))) == ("3TU", False)
    assert (nth_weekday(date(2026, 11, 27)), is_last_weekday(date(2026, 11, 27))) == ("4FR", True)


def test_a_last_day_counts_to_its_end():
    assert end_of(MONDAY, make_days(), MOSCOW) == MONDAY
    assert end_of(MONDAY, make_span(), MOSCOW) == datetime(2026, 11, 16, 20, 59, 59, tzinfo=UTC)


def test_a_zone_that_nobody_knows_is_utc():
    assert zone_or_utc("Mars/Olympus") is UTC


WORLD = (
    "Europe/Berlin",
    "Europe/London",
    "Europe/Moscow",
    "Europe/Istanbul",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Pacific/Apia",
    "Pacific/Chatham",
)


@pytest.mark.parametrize("name", WORLD)
def test_ten_o_clock_is_ten_o_clock_for_ten_years(name):
    zone = ZoneInfo(name)
    ten_years = RecurrenceRule(Frequency.WEEKLY, count=520)

    found = list(dates(ten_years, make_span(MONDAY, hours=(10, 11), zone=zone), zone))

    walls = {_wall(one, zone) for one in found}
    assert (len(found), walls) == (520, {(10, 0)})
