from datetime import UTC, timedelta

import pytest
from PySide6.QtCore import QLocale

from desktop.domain.event import DeliveryMark, EventStatus, Participation
from desktop.ui.calendar.describe import (
    accessible_text,
    details_text,
    length_text,
    times_text,
    title_text,
    when_text,
)
from tests.builders import MOSCOW, TUESDAY, make_days, make_span
from tests.ui.calendar.entries import make_entry


@pytest.fixture(autouse=True)
def _british(qapp):
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def test_a_screen_reader_hears_the_whole_event_in_one_line():
    entry = make_entry(
        when=make_span(TUESDAY, hours=(14, 15)),
        summary="Demo",
        names=("Alex Vronsky",),
        mark=DeliveryMark.WAITING,
    )

    assert accessible_text(entry, UTC) == (
        "Demo, Tuesday 17 November, 14:00 to 15:00, with Alex Vronsky, waiting to be sent"
    )


def test_times_are_told_in_the_given_zone():
    assert times_text(make_span(TUESDAY, hours=(14, 15)), MOSCOW) == "17:00 – 18:00"


def test_twelve_hours_where_the_locale_has_them():
    QLocale.setDefault(QLocale("en_US"))

    assert "2:00" in times_text(make_span(TUESDAY, hours=(14, 15)), UTC)
    assert "PM" in times_text(make_span(TUESDAY, hours=(14, 15)), UTC)


def test_an_event_past_midnight_names_both_days():
    text = when_text(make_span(TUESDAY, hours=(23, 25)), UTC)

    assert text == "Tuesday 17 November, 23:00 – Wednesday 18 November, 01:00"


def test_until_midnight_is_one_day():
    assert when_text(make_span(TUESDAY, hours=(23, 24)), UTC) == (
        "Tuesday 17 November, 23:00 – 00:00"
    )


def test_whole_days_have_no_times():
    assert when_text(make_days(TUESDAY, 3), UTC) == "Tuesday 17 November – Thursday 19 November"
    assert when_text(make_days(TUESDAY), UTC) == "Tuesday 17 November"


@pytest.mark.parametrize(
    ("minutes", "text"), [(15, "15 min"), (60, "1 h"), (90, "1 h 30 min"), (0, "0 min")]
)
def test_lengths_are_hours_and_minutes(minutes, text):
    assert length_text(timedelta(minutes=minutes)) == text


def test_an_event_without_a_title_says_so():
    assert title_text(make_entry(summary="  ")) == "(no title)"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"status": EventStatus.CANCELLED}, "cancelled"),
        ({"participation": Participation.DECLINED}, "declined"),
        ({"participation": Participation.TENTATIVE}, "tentative"),
        ({"private": True}, "private"),
        ({"read_only": True}, "read only"),
        ({"mark": DeliveryMark.TROUBLE}, "could not be sent"),
        ({"location": "Room 4"}, "Room 4"),
    ],
)
def test_what_paint_says_is_said_in_words_too(more, words):
    assert words in accessible_text(make_entry(**more), UTC)


def test_copied_details_have_a_line_per_fact():
    entry = make_entry(
        when=make_span(TUESDAY, hours=(14, 15)),
        summary="Demo",
        names=("Alex Vronsky", "Anna"),
        location="Berlin",
        description="Bring the offer.",
    )

    assert details_text(entry, UTC).split("\n") == [
        "Demo",
        "Tuesday 17 November, 14:00 – 15:00",
        "With Alex Vronsky, Anna",
        "Berlin",
        "Bring the offer.",
    ]
