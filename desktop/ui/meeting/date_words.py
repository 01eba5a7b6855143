"""Dates in the words of the locale: for showing them and for reading what is typed."""

from datetime import date
from functools import lru_cache

from PySide6.QtCore import QDate, QLocale

from desktop.ui.meeting.datetext import DateWords, folded, parse_date

_FORMATS = (
    QLocale.FormatType.LongFormat,
    QLocale.FormatType.ShortFormat,
)


def date_text(day: date) -> str:
    """The date as a field shows it: "Thu 19 Nov 2026"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "ddd d MMM yyyy")


def short_day_text(day: date, today: date) -> str:
    """A day near ``today`` by its weekday, another one with its date."""
    near = 0 <= (day - today).days < 7
    return QLocale().toString(QDate(day.year, day.month, day.day), "ddd" if near else "ddd d MMM")


def read_date(text: str, *, today: date, shown: date) -> date | None:
    """What was typed into a date field, in the locale's words or in English."""
    return parse_date(text, today=today, shown=shown, words=_words(QLocale().name()))


@lru_cache(maxsize=8)
def _words(name: str) -> DateWords:
    locale = QLocale(name)
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    for kind in _FORMATS:
        for month in range(1, 13):
            months[folded(locale.monthName(month, kind))] = month
            months[folded(locale.standaloneMonthName(month, kind))] = month
        for weekday in range(1, 8):
            weekdays[folded(locale.dayName(weekday, kind))] = weekday
            weekdays[folded(locale.standaloneDayName(weekday, kind))] = weekday
    pattern = locale.dateFormat(QLocale.FormatType.ShortFormat).lower()
    day_first = pattern.find("d") < pattern.find("m")
    return DateWords(months, weekdays, day_first)
