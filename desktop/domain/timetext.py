"""Times and durations as people type them: read with certainty, or not at all."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from desktop.domain import timewords

LONGEST = timedelta(days=31)
"""A longer duration is a slip of the finger."""


class TimeTextKind(Enum):
    """What a text turned out to be."""

    CLOCK = "clock"
    """A time of the day."""
    RELATIVE = "relative"
    """So much later (or earlier) than the time that stood there."""
    DURATION = "duration"
    """A length of time."""


@dataclass(frozen=True, slots=True)
class ParsedTime:
    """A text that was understood. ``value`` is a `time` for CLOCK and a `timedelta` otherwise."""

    kind: TimeTextKind
    value: time | timedelta
    clock: time | None = None
    """The time of day to show: the value itself, or the base plus a relative value."""

    @property
    def minutes(self) -> int:
        """The length in minutes of what is not a clock time; 0 for one that is."""
        if isinstance(self.value, time):
            return 0
        return round(self.value.total_seconds() / 60)


def parse_time(text: str, *, base: time | None = None) -> ParsedTime | None:
    """Reads a time field: "1030", "10.30", "9pm", "в 15", "noon", "+45m", "1,5ч".

    None where there is no reading, or more than one. A bare number is an hour or, with three or
    four digits, hours and minutes. ``base`` is the time that stood in the field: what a relative
    reading counts from.
    """
    words = timewords.tidy(text)
    if not words:
        return None
    relative = _relative(words)
    if relative is not None:
        return ParsedTime(TimeTextKind.RELATIVE, relative, _shifted(base, relative))
    if timewords.AMBIGUOUS.fullmatch(words):
        return None
    clock = _clock(words)
    if clock is not None:
        return ParsedTime(TimeTextKind.CLOCK, clock, clock)
    length = _length(words)
    return None if length is None else ParsedTime(TimeTextKind.DURATION, length)


def parse_duration(text: str) -> timedelta | None:
    """Reads a duration field: "45", "90m", "1h30", "1:30", "1,5ч", "полтора часа"; or None.

    A bare whole number is minutes, one with a fraction is hours.
    """
    words = timewords.tidy(text).removeprefix("+").strip()
    if match := timewords.SPELLED_OUT.fullmatch(words):
        hours = timewords.number(match["hour"]) or 0
        return _sane(timedelta(hours=hours, minutes=int(match["minute"] or 0)))
    if match := re.fullmatch(r"(\d{1,2}):([0-5]\d)", words):
        return _sane(timedelta(hours=int(match[1]), minutes=int(match[2])))
    if re.fullmatch(r"\d{1,4}", words):
        return _sane(timedelta(minutes=int(words)))
    if re.fullmatch(r"\d{1,2}[.,]\d{1,2}", words):
        return _sane(timedelta(hours=_number(words)))
    return _length(words)


def _shifted(base: time | None, by: timedelta) -> time | None:
    return None if base is None else (datetime.combine(date(2000, 1, 15), base) + by).time()


def _relative(words: str) -> timedelta | None:
    if match := re.fullmatch(r"([+\-−–])\s?(.+)", words):
        length = parse_duration(match[2]) if match[2][0].isdecimal() else _length(match[2])
        sign = 1 if match[1] == "+" else -1
    elif match := timewords.LATER.fullmatch(words):
        length, sign = _length(match["amount"] or match["late"]), 1
    else:
        return None
    return None if length is None else sign * length


def _length(words: str) -> timedelta | None:
    for pattern, minutes in timewords.FRACTIONS:
        if pattern.fullmatch(words):
            return timedelta(minutes=minutes)
    if match := timewords.WORDED_LENGTH.fullmatch(words):
        return _sane(timedelta(hours=timewords.number(match["hours"]) or 0))
    match = timewords.LENGTH.fullmatch(words)
    if match is None:
        return None
    hours = _number(match["hours"] or "0")
    rest = match["minutes"] or match["rest"]
    if rest and not hours.is_integer():
        return None  # "1.5h30" says two things
    return _sane(timedelta(hours=hours, minutes=int(rest or match["alone"] or 0)))


def _sane(length: timedelta) -> timedelta | None:
    whole = timedelta(minutes=round(length.total_seconds() / 60))
    return whole if timedelta(0) < abs(whole) <= LONGEST else None


def _number(digits: str) -> float:
    return float(digits.replace(",", "."))


def _clock(words: str) -> time | None:
    bare = timewords.AT.sub("", words)
    if (named := timewords.NAMED.get(bare)) is not None:
        return named
    for reading in (_half_or_quarter, _with_half_of_day, _digits):
        clock = reading(bare)
        if clock is not None:
            return clock
    return _after_at(bare) if bare != words else None


def _after_at(words: str) -> time | None:
    """What is a time of day only after "at": a bare "1h30" is a length."""
    if match := re.fullmatch(r"(\d{1,2})\s?[hч]\s?([0-5]\d)?", words):
        return _time(int(match[1]), int(match[2] or 0))
    if match := timewords.SPELLED_OUT.fullmatch(words):
        return _time(timewords.number(match["hour"]) or 0, int(match["minute"] or 0))
    return None


def _digits(words: str) -> time | None:
    words = timewords.OCLOCK.sub("", words)
    if match := re.fullmatch(r"(\d{1,2})(?:\s?[:.,\-]\s?|\s)([0-5]\d)", words):
        return _time(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{1,2})([0-5]\d)", words):
        return _time(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{1,2}) uhr ([0-5]?\d)", words):
        return _time(int(match[1]), int(match[2]))
    hour = timewords.number(words)
    return None if hour is None else _time(hour, 0)


def _with_half_of_day(words: str) -> time | None:
    for pattern, half in timewords.HALVES_OF_DAY:
        match = pattern.fullmatch(words)
        clock = None if match is None else _digits(match["clock"])
        if clock is None:
            continue
        if half.allows(clock.hour):
            return clock  # "15 дня" and "21 Uhr abends" are said, "13 pm" is not
        hour = half.hours.get(clock.hour)
        return None if hour is None else clock.replace(hour=hour)
    return None


def _half_or_quarter(words: str) -> time | None:
    for pattern, minutes in timewords.PARTS_OF_HOUR:
        match = pattern.fullmatch(words)
        if match is None:
            continue
        hour = timewords.number(match["hour"])
        if hour is None or not 0 <= hour <= 24:
            return None
        total = (hour * 60 + minutes) % (24 * 60)
        return time(total // 60, total % 60)
    return None


def _time(hour: int, minute: int) -> time | None:
    if (hour, minute) == (24, 0):
        return time()
    return time(hour, minute) if hour < 24 else None
