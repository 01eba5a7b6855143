"""The server's engine for series: what holds for every rule, and a cut anywhere in one."""

from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from .bitrix24.occurrences import LAST_DAY, WEEKDAYS, days, last_day

STARTS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """Any rule that the server can express."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    rule: dict[str, Any] = {"FREQ": frequency, "INTERVAL": draw(st.integers(1, 5))}
    if frequency == "WEEKLY":
        chosen = draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1))
        rule["BYDAY"] = [day for day in WEEKDAYS if day in chosen]
    if draw(st.booleans()):
        rule["COUNT"] = draw(st.integers(1, 30))
    return rule


def first(start: date, rule: dict[str, Any], number: int = 40) -> list[date]:
    return list(islice(days(start, rule), number))


@given(STARTS, rules())
def test_dates_ascend_from_the_start_and_count_as_told(start: date, rule: dict[str, Any]) -> None:
    found = first(start, rule)

    assert found[0] >= start
    assert all(one < other for one, other in pairwise(found))
    assert len(found) <= rule.get("COUNT", 40)
    if rule.get("COUNT") and found[-1] < date(2036, 1, 1):
        assert last_day(start, rule) == found[-1]


@given(STARTS, rules())
def test_weeks_run_from_monday_and_leave_out_the_interval(
    start: date, rule: dict[str, Any]
) -> None:
    if rule["FREQ"] != "WEEKLY":
        return
    monday = start - timedelta(days=start.weekday())

    for day in first(start, rule):
        assert WEEKDAYS[day.weekday()] in rule["BYDAY"]
        assert ((day - monday).days // 7) % rule["INTERVAL"] == 0


@given(STARTS, rules())
def test_months_keep_the_day_or_roll_over_to_the_first(start: date, rule: dict[str, Any]) -> None:
    if rule["FREQ"] not in ("MONTHLY", "YEARLY"):
        return
    step = rule["INTERVAL"] * (12 if rule["FREQ"] == "YEARLY" else 1)

    for number, day in enumerate(first(start, rule)):
        rolled = day.day != start.day
        month = day.year * 12 + day.month - rolled
        assert month - (start.year * 12 + start.month) == number * step
        assert not rolled or (day.day == 1 and start.day >= 29)


@given(STARTS, rules(), st.integers(0, 20))
def test_a_series_cut_in_two_takes_place_on_the_same_days(
    start: date, rule: dict[str, Any], at: int
) -> None:
    """As "this and following" does it, for rules whose tail repeats the head's pattern."""
    rule.pop("COUNT", None)
    whole = first(start, rule)
    if at >= len(whole) or (rule["FREQ"] in ("MONTHLY", "YEARLY") and start.day > 28):
        return
    cut = whole[at]

    head = list(days(start, {**rule, "UNTIL": str(cut - timedelta(days=1))}))

    assert head + first(cut, rule, len(whole) - at) == whole


@given(STARTS, rules(), st.integers(0, 4000))
def test_nothing_comes_after_the_end(start: date, rule: dict[str, Any], span: int) -> None:
    until = min(start + timedelta(days=span), LAST_DAY)

    found = list(days(start, {**rule, "UNTIL": str(until)}))

    assert all(day <= until for day in found)
    assert found == [day for day in days(start, rule) if day <= until]
