"""Dates as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.meeting.datetext import ENGLISH, DateWords, parse_date

TODAY = date(2026, 11, 18)  # a Wednesday
SHOWN = date(2026, 11, 30)
RUSSIAN = DateWords({"ноября": 11, "нояб": 11, "мая": 5}, {"четверг": 4, "чт": 4})
AMERICAN = DateWords(ENGLISH.months, ENGLISH.weekdays, day_first=False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-19", date(2026, 11, 19)),
        ("19.11.2026", date(2026, 11, 19)),
        ("19.11.26", date(2026, 11, 19)),
        ("19.11", date(2026, 11, 19)),
        ("19/11", date(2026, 11, 19)),
        ("19 11", date(2026, 11, 19)),
        ("19 nov", date(2026, 11, 19)),
        ("Nov 19", date(2026, 11, 19)),
        ("19 November 2027", date(2027, 11, 19)),
        ("Thu 19 Nov 2026", date(2026, 11, 19)),
        ("thu", date(2026, 11, 19)),
        ("Wednesday", TODAY),
        ("tuesday", date(2026, 11, 24)),
        ("today", TODAY),
        ("tomorrow", date(2026, 11, 19)),
        ("завтра", date(2026, 11, 19)),
        ("послезавтра", date(2026, 11, 20)),
        ("+3", date(2026, 12, 3)),
        ("-1", date(2026, 11, 29)),
        ("+2w", date(2026, 12, 14)),
        ("21", date(2026, 11, 21)),
    ],
)
def test_dates_are_read_as_they_are_meant(typed, meant):
    assert parse_date(typed, today=TODAY, shown=SHOWN) == meant


@pytest.mark.parametrize(
    "typed", ["", "31.02", "soon", "ma 5", "32", "5 nov dec", "19 nov x", "1.2.3.4", "+3 miles"]
)
def test_what_has_no_certain_reading_is_not_read(typed):
    assert parse_date(typed, today=TODAY, shown=SHOWN) is None


def test_a_date_long_past_means_next_year():
    assert parse_date("5 jan", today=TODAY, shown=SHOWN) == date(2027, 1, 5)
    assert parse_date("1.10", today=TODAY, shown=SHOWN) == date(2026, 10, 1)


def test_the_29th_of_february_means_the_next_leap_year():
    assert parse_date("29.2", today=TODAY, shown=SHOWN) == date(2028, 2, 29)


def test_the_words_of_the_language_are_read_besides_english():
    assert parse_date("чт 19 нояб. 2026 г.", today=TODAY, shown=SHOWN, words=RUSSIAN) == date(
        2026, 11, 19
    )
    assert parse_date("5 may", today=TODAY, shown=SHOWN, words=RUSSIAN) == date(2027, 5, 5)


def test_slashes_follow_the_order_of_the_language_and_dots_do_not():
    assert parse_date("11/19", today=TODAY, shown=SHOWN, words=AMERICAN) == date(2026, 11, 19)
    assert parse_date("19.11", today=TODAY, shown=SHOWN, words=AMERICAN) == date(2026, 11, 19)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_what_the_field_shows_is_read_back(day):
    shown = f"{day:%a} {day.day} {day:%b} {day.year}"
    assert parse_date(shown, today=TODAY, shown=SHOWN) == day


@given(st.text(max_size=20))
def test_no_text_makes_it_fail(text):
    parse_date(text, today=TODAY, shown=SHOWN)
