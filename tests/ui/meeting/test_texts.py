"""The dialog's sentences that are made of values."""

from datetime import UTC

import pytest

from desktop.domain.drafting import ENGLISH_TITLES
from desktop.domain.event import CalendarEntry, Occurrence
from desktop.domain.freebusy import WorkHours
from desktop.domain.localtime import LocalTime, LocalTimeSource
from desktop.ui.meeting import texts
from tests.builders import FRIDAY, MONDAY, MOSCOW, THURSDAY, make_event, make_span

BERLIN = LocalTime("Europe/Berlin", "Berlin", LocalTimeSource.PHONE)
TOKYO = LocalTime("Asia/Tokyo", "Osaka", LocalTimeSource.ADDRESS)
WORK = WorkHours()


def span(start: float, end: float, day=THURSDAY):
    return make_span(day, hours=(start, end), zone=MOSCOW)


def test_titles_are_those_of_the_domain_until_they_are_translated(qapp):
    assert dict(texts.title_templates()) == dict(ENGLISH_TITLES)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "When it begins"),
        (10, "10 min before"),
        (60, "1 h before"),
        (90, "1 h 30 min before"),
        (1440, "1 day before"),
        (2880, "2 days before"),
    ],
)
def test_reminders_in_words(qapp, minutes, said):
    assert texts.reminder_text(minutes) == said


def test_local_time_tells_the_day_where_it_is_another(qapp):
    told = texts.local_time_text(span(20, 21), TOKYO, "Mai")
    assert told == "Fri 02:00 – 03:00 for Mai (Osaka), from the address"


@pytest.mark.parametrize(
    ("when", "local", "said"),
    [
        (span(10, 11), BERLIN, "Before 09:00 for Alex"),
        (span(11, 12), BERLIN, ""),
        (span(19, 20.5), BERLIN, "After 18:00 for Alex"),
        (span(22, 23, FRIDAY), TOKYO, "A day off for Alex"),
    ],
)
def test_hours_outside_their_work(qapp, when, local, said):
    assert texts.their_hours_hint(when, WORK, local, "Alex") == said


def test_hours_outside_my_work(qapp):
    assert texts.hours_hint(span(10, 11), WORK, MOSCOW) == ""
    assert texts.hours_hint(span(17.5, 18.5), WORK, MOSCOW) == "Outside your working hours"


def test_a_clash_names_what_it_is_and_how_long(qapp):
    event = make_event("e1", "Demo", span(10, 11))
    entry = CalendarEntry(Occurrence(event, event.when), "#000000")
    assert texts.clash_text(span(10.5, 12), [entry], MOSCOW) == (
        "Overlaps “Demo” by 30 min (10:00 – 11:00)"
    )
    assert texts.clash_text(span(10.5, 12), [entry, entry], MOSCOW) == "Overlaps “Demo” and 1 more"


def test_a_free_slot_is_said_shortly(qapp):
    slot = span(10.5, 11)
    assert texts.slot_text(slot, THURSDAY, MONDAY, MOSCOW) == "10:30"
    assert texts.slot_text(slot, MONDAY, MONDAY, MOSCOW) == "Thu 10:30"
    later = slot.starting(slot.start.replace(day=30))
    assert texts.slot_text(later, MONDAY, MONDAY, MOSCOW) == "Mon 30 Nov 10:30"


def test_my_own_clock_beside_a_foreign_zone(qapp):
    mine = span(1, 2)
    told = texts.my_time_text(mine, mine.in_zone(UTC), "America/New_York")
    assert told == "Thu 01:00 – 02:00 for you; the times above are those of New York"
