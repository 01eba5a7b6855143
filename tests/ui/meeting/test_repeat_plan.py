"""The inputs of a rule: to a rule, and back."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.repeating import WEEKDAYS, dates, is_last_weekday, nth_weekday
from desktop.ui.meeting.repeat_plan import Ending, MonthDay, RepeatPlan, following, plan_of
from tests.builders import FRIDAY, MONDAY, MOSCOW, TUESDAY, make_days, make_span

plans = st.builds(
    RepeatPlan,
    st.sampled_from(Frequency),
    st.integers(1, 99),
    st.lists(st.sampled_from(WEEKDAYS), unique=True).map(
        lambda days: tuple(day for day in WEEKDAYS if day in days)
    ),
    st.sampled_from(MonthDay),
    st.sampled_from(Ending),
    st.integers(1, 730),
    st.dates(date(2027, 1, 1), date(2030, 1, 1)),
)


@given(plan=plans, day=st.dates(date(2026, 1, 1), date(2026, 12, 31)), whole=st.booleans())
def test_a_plan_is_the_same_after_its_rule(plan, day, whole):
    when = make_days(day) if whole else make_span(day, hours=(10, 11), zone=MOSCOW)
    rule = plan.rule(when, MOSCOW)

    again = plan_of(rule, when, MOSCOW)

    assert again is not None
    assert again.rule(when, MOSCOW) == rule


@given(plan=plans, day=st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_rule_of_the_inputs_takes_place(plan, day):
    when = make_span(day, hours=(10, 11), zone=MOSCOW)

    assert next(dates(plan.rule(when, MOSCOW), when, MOSCOW), None) is not None


@pytest.mark.parametrize(
    "rule",
    [
        RecurrenceRule(Frequency.MONTHLY, by_day=("FR",), by_set_pos=(-1,)),
        RecurrenceRule(Frequency.MONTHLY, by_month_day=(1, 15)),
        RecurrenceRule(Frequency.MONTHLY, by_day=("1MO",)),
        RecurrenceRule(Frequency.YEARLY, by_month=(3,)),
        RecurrenceRule(Frequency.DAILY, 500),
        RecurrenceRule(Frequency.WEEKLY, week_start="SU"),
        RecurrenceRule(Frequency.WEEKLY, by_day=("1MO",)),
    ],
)
def test_what_the_inputs_cannot_say_is_left_alone(rule):
    assert plan_of(rule, make_span(TUESDAY), MOSCOW) is None
    assert following(rule, make_span(TUESDAY), make_span(FRIDAY), (MOSCOW, MOSCOW)) is rule


def test_a_day_of_the_week_follows_the_meeting():
    weekly = RecurrenceRule(Frequency.WEEKLY, by_day=("TU",))
    twice = RecurrenceRule(Frequency.WEEKLY, by_day=("MO", "TU"))
    third = RecurrenceRule(Frequency.MONTHLY, by_day=("3TU",))
    zones = (MOSCOW, MOSCOW)

    friday = RecurrenceRule(Frequency.WEEKLY, by_day=("FR",))
    assert following(weekly, make_span(TUESDAY), make_span(FRIDAY), zones) == friday
    assert following(twice, make_span(TUESDAY), make_span(FRIDAY), zones) == twice
    moved = RecurrenceRule(Frequency.MONTHLY, by_day=("3FR",))
    assert following(third, make_span(TUESDAY), make_span(FRIDAY), zones) == moved
    assert following(None, make_span(TUESDAY), make_span(FRIDAY), zones) is None


def test_a_last_day_is_that_day_in_every_zone():
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        when = make_span(MONDAY, hours=(23, 23.5), zone=ZoneInfo(zone))
        plan = RepeatPlan(Frequency.DAILY, ending=Ending.DAY, last=MONDAY + timedelta(days=3))

        assert len(list(dates(plan.rule(when, ZoneInfo(zone)), when, ZoneInfo(zone)))) == 4


def test_no_month_is_without_its_day():
    fifth = date(2026, 11, 30)
    plan = RepeatPlan(Frequency.MONTHLY, month_day=MonthDay.NTH)

    assert (nth_weekday(fifth), is_last_weekday(fifth)) == ("5MO", True)
    assert plan.rule(make_span(fifth), MOSCOW).by_day == ("-1MO",)
