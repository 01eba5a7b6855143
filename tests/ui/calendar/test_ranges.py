from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from desktop.ui.calendar.ranges import ViewName, days_of_view, range_text, turned, week_text
from tests.builders import FRIDAY, MONDAY, WEDNESDAY

WORK = frozenset({1, 2, 3, 4, 5})
SUNDAY_TO_THURSDAY = frozenset({7, 1, 2, 3, 4})
dates = st.dates(date(2000, 1, 1), date(2035, 1, 1))


@given(dates, st.integers(1, 7))
def test_a_week_begins_with_the_first_weekday_and_holds_its_day(day, first_weekday):
    first, count = days_of_view(ViewName.WEEK, day, WORK, first_weekday)

    assert first.isoweekday() == first_weekday
    assert count == 7
    assert first <= day < first + timedelta(days=7)


@pytest.mark.parametrize(
    ("first_weekday", "work", "expected"),
    [
        (1, WORK, (MONDAY, 5)),
        (7, WORK, (MONDAY, 5)),
        (7, SUNDAY_TO_THURSDAY, (MONDAY - timedelta(days=1), 5)),
        (1, frozenset({1, 3}), (MONDAY, 3)),
        (1, frozenset(), (MONDAY, 7)),
    ],
)
def test_a_work_week_goes_from_the_first_to_the_last_day_of_work(first_weekday, work, expected):
    assert days_of_view(ViewName.WORK_WEEK, WEDNESDAY, work, first_weekday) == expected


def test_a_day_is_a_day():
    assert days_of_view(ViewName.DAY, FRIDAY, WORK, 1) == (FRIDAY, 1)


def test_pages_are_days_or_weeks():
    assert turned(ViewName.DAY, MONDAY, 2) == WEDNESDAY
    assert turned(ViewName.WORK_WEEK, MONDAY, -1) == MONDAY - timedelta(days=7)


@pytest.fixture
def _british(qapp):
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("_british")
@pytest.mark.parametrize(
    ("first", "count", "text"),
    [
        (MONDAY, 7, "16 – 22 November 2026"),
        (date(2026, 11, 30), 7, "30 November – 6 December 2026"),
        (date(2026, 12, 28), 7, "28 December 2026 – 3 January 2027"),
        (WEDNESDAY, 1, "Wednesday, 18 November 2026"),
    ],
)
def test_days_are_told_as_short_as_they_can_be(first, count, text):
    assert range_text(first, count) == text


@given(dates)
def test_the_week_number_is_that_of_iso(monday):
    monday -= timedelta(days=monday.weekday())

    assert week_text(monday, 7) == f"Week {monday.isocalendar().week}"
    assert week_text(monday - timedelta(days=1), 7) == f"Week {monday.isocalendar().week}"
