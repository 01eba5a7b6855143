from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.sidebar.month_grid import MonthGrid, months_later

DATES = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(DATES, st.integers(1, 7))
def test_a_month_is_shown_whole(day: date, first_weekday: int):
    grid = MonthGrid(day, first_weekday)
    first = day.replace(day=1)
    last = months_later(first, 1) - timedelta(days=1)

    assert grid.first <= first <= last < grid.end
    assert grid.first.isoweekday() == first_weekday
    assert (grid.end - grid.first).days == 42


@given(DATES, st.integers(1, 7))
def test_a_cell_and_its_day_lead_to_each_other(day: date, first_weekday: int):
    grid = MonthGrid(day, first_weekday)
    cell = grid.cell(day)

    assert cell is not None
    assert grid.day(*cell) == day
    assert grid.cell(grid.end) is None
    assert grid.cell(grid.first - timedelta(days=1)) is None


def test_weekdays_begin_where_the_locale_says():
    assert MonthGrid(date(2026, 11, 1), 1).weekdays() == (1, 2, 3, 4, 5, 6, 7)
    assert MonthGrid(date(2026, 11, 1), 7).weekdays() == (7, 1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 18), 1, date(2026, 12, 18)),
        (date(2026, 12, 18), 1, date(2027, 1, 18)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 18), -1, date(2025, 12, 18)),
        (date(2026, 11, 18), -12, date(2025, 11, 18)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day: date, months: int, expected: date):
    assert months_later(day, months) == expected
