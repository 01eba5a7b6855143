"""Times and durations as people type them."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.timetext import ParsedTime, TimeTextKind, parse_duration, parse_time

CLOCKS = [
    ("1030", "10:30"),
    ("10.30", "10:30"),
    ("10:30", "10:30"),
    ("10,30", "10:30"),
    ("10 30", "10:30"),
    ("10-30", "10:30"),
    (" 10 : 30 ", "10:30"),
    ("930", "09:30"),
    ("0930", "09:30"),
    ("9", "09:00"),
    ("09", "09:00"),
    ("0", "00:00"),
    ("15", "15:00"),
    ("23", "23:00"),
    ("24:00", "00:00"),
    ("24", "00:00"),
    ("2400", "00:00"),
    ("9am", "09:00"),
    ("9 AM", "09:00"),
    ("9pm", "21:00"),
    ("9 p.m.", "21:00"),
    ("9p", "21:00"),
    ("9:15pm", "21:15"),
    ("915pm", "21:15"),
    ("12am", "00:00"),
    ("12pm", "12:00"),
    ("12:30 a.m.", "00:30"),
    ("at 9", "09:00"),
    ("at 3pm", "15:00"),
    ("@15", "15:00"),
    ("noon", "12:00"),
    ("Noon", "12:00"),
    ("midday", "12:00"),
    ("midnight", "00:00"),
    ("nine", "09:00"),
    ("nine o'clock", "09:00"),
    ("9 o’clock", "09:00"),
    ("half past nine", "09:30"),
    ("half past 9", "09:30"),
    ("quarter past ten", "10:15"),
    ("a quarter to 10", "09:45"),
    ("3 in the afternoon", "15:00"),
    ("8 in the evening", "20:00"),
    ("10 at night", "22:00"),
    ("15:30h", "15:30"),
    ("1530 hrs", "15:30"),
    ("в 15", "15:00"),
    ("в 15:30", "15:30"),
    ("в 15 часов", "15:00"),
    ("в 15 часов 20 минут", "15:20"),
    ("в 15ч30", "15:30"),
    ("к 9", "09:00"),
    ("9 утра", "09:00"),
    ("в 3 дня", "15:00"),
    ("15 дня", "15:00"),
    ("7 вечера", "19:00"),
    ("2 ночи", "02:00"),
    ("12 ночи", "00:00"),
    ("полдень", "12:00"),
    ("в полдень", "12:00"),
    ("полночь", "00:00"),
    ("полдесятого", "09:30"),
    ("пол десятого", "09:30"),
    ("в половине третьего", "02:30"),
    ("четверть десятого", "09:15"),
    ("без четверти десять", "09:45"),
    ("без 15 10", "09:45"),
    ("девять", "09:00"),
    ("15 Uhr", "15:00"),
    ("um 15 Uhr", "15:00"),
    ("15 Uhr 30", "15:30"),
    ("15:30 Uhr", "15:30"),
    ("um 9", "09:00"),
    ("halb zehn", "09:30"),
    ("um halb zehn", "09:30"),
    ("halb eins", "00:30"),
    ("Viertel nach neun", "09:15"),
    ("viertel vor 9", "08:45"),
    ("9 Uhr morgens", "09:00"),
    ("9 Uhr früh", "09:00"),
    ("9 abends", "21:00"),
    ("21 Uhr abends", "21:00"),
    ("3 Uhr nachmittags", "15:00"),
    ("mittags", "12:00"),
    ("Mitternacht", "00:00"),
    ("zwölf", "12:00"),
    ("fünf Uhr", "05:00"),
    ("a las 15", "15:00"),
    ("a las 15h30", "15:30"),
    ("a la una", "01:00"),
    ("las nueve y media", "09:30"),
    ("las diez menos cuarto", "09:45"),
    ("9 y cuarto", "09:15"),
    ("9 de la mañana", "09:00"),
    ("3 de la tarde", "15:00"),
    ("10 de la noche", "22:00"),
    ("mediodía", "12:00"),
    ("al mediodia", "12:00"),
    ("medianoche", "00:00"),
    ("１０：３０", "10:30"),
]
RELATIVES = [
    ("+45m", 45),
    ("+45", 45),
    ("+ 45 min", 45),
    ("-15", -15),
    ("−15м", -15),
    ("+1h", 60),
    ("+1:30", 90),
    ("+1,5ч", 90),
    ("in 45 minutes", 45),
    ("in an hour", 60),
    ("in half an hour", 30),
    ("20 min later", 20),
    ("через 45 минут", 45),
    ("через час", 60),
    ("через полтора часа", 90),
    ("через полчаса", 30),
    ("через 2 ч", 120),
    ("in 2 Stunden", 120),
    ("in einer Stunde", 60),
    ("20 Minuten später", 20),
    ("en 20 minutos", 20),
    ("dentro de media hora", 30),
]
LENGTHS = [
    ("1,5ч", 90),
    ("1.5h", 90),
    ("90m", 90),
    ("90 min", 90),
    ("1h30", 90),
    ("1h 30m", 90),
    ("1 h 30 min", 90),
    ("1ч30м", 90),
    ("1 ч 30 мин", 90),
    ("2 ч", 120),
    ("1 hour and 15 minutes", 75),
    ("two hours", 120),
    ("45 минут", 45),
    ("полчаса", 30),
    ("полтора часа", 90),
    ("2 Stunden", 120),
    ("zwei Stunden", 120),
    ("1 Std. 20 Min.", 80),
    ("anderthalb Stunden", 90),
    ("eine Viertelstunde", 15),
    ("2 horas", 120),
    ("1 hora y 20 minutos", 80),
    ("hora y media", 90),
    ("cuarto de hora", 15),
    ("½ h", 30),
]
NOT_UNDERSTOOD = [
    "",
    "   ",
    "+",
    "soon",
    "later",
    "25",
    "9:60",
    "10:5",
    "9:5",
    "99",
    "2500",
    "13pm",
    "0am",
    "13:00 pm",
    "9 10 11",
    "10:30:00",
    "half past 30",
    "полпервогоего",
    "half nine",
    "viertel zehn",
    "1.5",
    "5 часов",
    "2 часа",
    "час",
    "в час дня утра",
    "1.5h30",
    "1h90",
    "10:30 tomorrow",
    "meeting",
    "12 вечера",
    "-",
    "2460",
    "+99999h",
    "in",
    "через",
    "<b>9</b>",
]


def _clock(text: str) -> time:
    return time.fromisoformat(text)


@pytest.mark.parametrize(("text", "expected"), CLOCKS)
def test_a_time_of_day_is_read(text, expected):
    assert parse_time(text) == ParsedTime(TimeTextKind.CLOCK, _clock(expected), _clock(expected))


@pytest.mark.parametrize(("text", "minutes"), RELATIVES)
def test_a_relative_time_is_read(text, minutes):
    parsed = parse_time(text)

    assert parsed is not None
    assert (parsed.kind, parsed.minutes) == (TimeTextKind.RELATIVE, minutes)


@pytest.mark.parametrize(("text", "minutes"), LENGTHS)
def test_a_length_is_read_in_both_kinds_of_field(text, minutes):
    parsed = parse_time(text)

    assert parsed == ParsedTime(TimeTextKind.DURATION, timedelta(minutes=minutes))
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_is_unclear_is_not_guessed(text):
    assert parse_time(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45", 45),
        ("1:30", 90),
        ("1,5", 90),
        ("0.5", 30),
        ("+15", 15),
        ("2 часа", 120),
        ("5 часов", 300),
        ("час", 60),
        ("1 час 15 минут", 75),
    ],
)
def test_a_duration_field_reads_bare_numbers_and_hours(text, minutes):
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "0", "00", "-30", "noon", "9pm", "1:75", "99999", "long"])
def test_a_duration_field_refuses_what_is_no_length(text):
    assert parse_duration(text) is None


def test_a_relative_time_counts_from_the_base_and_wraps_at_midnight():
    parsed = parse_time("+45m", base=time(23, 30))

    assert parsed is not None
    assert parsed.clock == time(0, 15)


def test_without_a_base_a_relative_time_has_no_clock():
    parsed = parse_time("+45m")

    assert parsed is not None
    assert parsed.clock is None


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)))
def test_every_way_to_write_a_time_reads_back(at):
    spellings = (f"{at:%H:%M}", f"{at:%H%M}", f"{at:%H.%M}", f"{at:%I:%M %p}", f"{at:%H:%M} Uhr")

    assert {parse_time(text) for text in spellings} == {ParsedTime(TimeTextKind.CLOCK, at, at)}


@given(st.integers(1, 20), st.integers(0, 59))
def test_every_way_to_write_a_length_reads_back(hours, minutes):
    spellings = (f"{hours}h{minutes:02}", f"{hours} ч {minutes} мин", f"{hours}:{minutes:02}")

    expected = timedelta(hours=hours, minutes=minutes)
    assert {parse_duration(text) for text in spellings} == {expected}


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text):
    parsed = parse_time(text)

    assert parsed is None or isinstance(parsed.value, time | timedelta)
    parse_duration(text)


def test_a_time_of_day_has_no_length():
    parsed = parse_time("10:30")

    assert parsed is not None
    assert parsed.minutes == 0
