from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale

from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.ui.time_texts import (
    date_text,
    day_text,
    distance_text,
    moment_text,
    time_text,
    when_text,
)
from tests.builders import MONDAY, MOSCOW, NOW, THURSDAY, make_days, make_span


@pytest.fixture(autouse=True)
def _british():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (MONDAY, "Today"),
        (THURSDAY, "Thu"),
        (MONDAY + timedelta(days=6), "Sun"),
        (MONDAY + timedelta(days=7), "23 Nov"),
        (MONDAY - timedelta(days=1), "15 Nov"),
        (date(2027, 1, 4), "4 Jan 2027"),
    ],
)
def test_a_day_is_told_as_seen_from_today(day: date, text: str):
    assert day_text(day, MONDAY) == text


def test_a_moment_is_told_on_my_wall_clock():
    assert moment_text(NOW, NOW, MOSCOW) == "Today 11:00"
    assert moment_text(NOW + timedelta(hours=14), NOW, MOSCOW) == "Tue 01:00"


def test_the_locale_chooses_12_or_24_hours():
    moment = datetime(2026, 11, 16, 14, 5, tzinfo=MOSCOW)
    assert time_text(moment) == "14:05"

    QLocale.setDefault(QLocale("en_US"))

    assert time_text(moment).replace("\u202f", " ") == "2:05 PM"


def test_when_an_event_is():
    assert when_text(make_span(THURSDAY, zone=MOSCOW), NOW, MOSCOW) == "Thu 19 Nov, 10:00 – 11:00"
    assert when_text(make_days(THURSDAY), NOW, MOSCOW) == "Thu 19 Nov"
    assert when_text(make_days(THURSDAY, 3), NOW, MOSCOW) == "19 Nov – 21 Nov"


def test_an_event_past_midnight_names_both_days():
    start = datetime(2026, 11, 19, 22, tzinfo=MOSCOW)
    span = TimeSpan(start, start + timedelta(hours=4))

    assert when_text(span, NOW, MOSCOW) == "Thu 19 Nov, 22:00 – 20 Nov 02:00"


@pytest.mark.parametrize(
    ("ahead", "text"),
    [
        (timedelta(minutes=-5), "now"),
        (timedelta(seconds=20), "in 1 min"),
        (timedelta(minutes=25), "in 25 min"),
        (timedelta(hours=3), "in 3 h"),
        (timedelta(days=3), "in 3 d"),
    ],
)
def test_how_soon_it_begins(ahead: timedelta, text: str):
    start = NOW + ahead
    assert distance_text(TimeSpan(start, start + timedelta(hours=1)), NOW, MOSCOW) == text


def test_an_all_day_event_begins_with_the_day_here():
    tomorrow = DateSpan(date(2026, 11, 17), date(2026, 11, 18))

    assert distance_text(tomorrow, NOW, ZoneInfo("Asia/Tokyo")) == "in 7 h"


def test_a_date_of_another_year_names_it():
    assert date_text(date(2025, 3, 1), MONDAY) == "1 Mar 2025"
