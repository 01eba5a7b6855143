"""Dates as people type them: read with certainty, or not at all. Knows no Qt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_OF_PAST = 92
"""A date without a year lies at most so far back; else next year's is meant."""

RELATIVE_WORDS: Mapping[str, int] = {
    "today": 0, "tod": 0, "tomorrow": 1, "tmr": 1, "yesterday": -1,
    "сегодня": 0, "завтра": 1, "послезавтра": 2, "вчера": -1,
    "heute": 0, "morgen": 1, "übermorgen": 2, "gestern": -1,
    "hoy": 0, "mañana": 1, "pasado mañana": 2, "ayer": -1,
}  # fmt: skip

_UNITS = {"d": 1, "д": 1, "t": 1, "w": 7, "н": 7}
_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class DateWords:
    """How a language names months and weekdays, folded; and which of two numbers is the day."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    """ISO numbers, Monday 1."""
    day_first: bool = True


ENGLISH = DateWords(
    {
        name: number
        for number, name in enumerate(
            "january february march april may june july august september october november "
            "december".split(),
            1,
        )
    },
    {
        name: number
        for number, name in enumerate(
            "monday tuesday wednesday thursday friday saturday sunday".split(), 1
        )
    },
)


def folded(name: str) -> str:
    """Lower case without the dots of abbreviations."""
    return name.casefold().replace(".", "").strip()


def parse_date(text: str, *, today: date, shown: date, words: DateWords = ENGLISH) -> date | None:
    """Reads a date field: "19.11", "19 nov", "thu", "tomorrow", "+3", "2026-11-19"; or None.

    ``shown`` is the date that stood in the field: "+3" counts from it, a bare "19" is that day of
    its month.
    """
    typed = " ".join(text.casefold().replace(",", " ").split())
    if typed in RELATIVE_WORDS:
        return today + timedelta(days=RELATIVE_WORDS[typed])
    if found := _moved(typed, shown):
        return found
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", typed):
        year, month, day = map(int, typed.split("-"))
        return _date(year, month, day)
    if re.fullmatch(r"[\d ./\-]+", typed):
        return _numbers(typed, today, shown, day_first=words.day_first)
    return _named(typed, today, words) or _named(typed, today, ENGLISH)


def _moved(typed: str, shown: date) -> date | None:
    match = re.fullmatch(r"([+\-−])\s?(\d{1,3})\s?([a-zа-я]*)", typed)
    if match is None:
        return None
    unit = _UNITS.get(match[3][:1], 0) if match[3] else 1
    days = int(match[2]) * unit * (1 if match[1] == "+" else -1)
    return shown + timedelta(days=days) if unit else None


def _numbers(typed: str, today: date, shown: date, *, day_first: bool) -> date | None:
    numbers = [int(number) for number in re.findall(r"\d+", typed)]
    if len(numbers) == 1:
        return _date(shown.year, shown.month, numbers[0]) if numbers[0] <= 31 else None
    day, month = numbers[:2] if day_first or "." in typed else numbers[1::-1]
    if len(numbers) == 2:
        return _nearest(month, day, today)
    if len(numbers) == 3:
        year = numbers[2] + (2000 if numbers[2] < 100 else 0)
        return _date(year, month, day)
    return None


def _named(typed: str, today: date, words: DateWords) -> date | None:
    parts = folded(typed).split()
    weekday = _match(parts[0], words.weekdays) if parts else None
    if weekday is not None and len(parts) == 1:
        return today + timedelta(days=(weekday - today.isoweekday()) % 7)
    if weekday is not None:
        parts = parts[1:]
    numbers = [int(part) for part in parts if part.isdecimal()]
    months = [m for part in parts if (m := _match(part, words.months)) is not None]
    if len(months) != 1 or not 1 <= len(numbers) <= 2 or _odd(parts, words):
        return None
    if len(numbers) == 2:
        return _date(numbers[1], months[0], numbers[0])
    return _nearest(months[0], numbers[0], today)


def _odd(parts: list[str], words: DateWords) -> bool:
    """Whether there is a word that is part of no date ("г" and "de" are)."""
    return any(
        not part.isdecimal() and _match(part, words.months) is None and part not in ("г", "de")
        for part in parts
    )


def _match(part: str, names: Mapping[str, int]) -> int | None:
    """The number of the one name that ``part`` is, or begins."""
    if part in names:
        return names[part]
    if len(part) < _LEAST_LETTERS or part.isdecimal():
        return None
    found = {number for name, number in names.items() if name.startswith(part)}
    return found.pop() if len(found) == 1 else None


def _nearest(month: int, day: int, today: date) -> date | None:
    this_year = _date(today.year, month, day)
    if this_year is not None and this_year >= today - timedelta(days=DAYS_OF_PAST):
        return this_year
    return next(
        (found for ahead in range(1, 9) if (found := _date(today.year + ahead, month, day))), None
    )


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
