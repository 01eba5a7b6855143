"""Which days a view shows, and how they are called."""

from datetime import date, timedelta
from enum import Enum

from PySide6.QtCore import QCoreApplication, QDate, QLocale

WEEK_DAYS = 7
translate = QCoreApplication.translate


class ViewName(Enum):
    """The views of the time grid."""

    DAY = "day"
    WORK_WEEK = "work_week"
    WEEK = "week"


def days_of_view(
    view: ViewName, anchor: date, work_days: frozenset[int], first_weekday: int
) -> tuple[date, int]:
    """The first day and how many, so that ``anchor`` is among them or in their week.

    Weekdays are counted as ISO does, Monday 1.
    """
    if view is ViewName.DAY:
        return anchor, 1
    start = anchor - timedelta(days=(anchor.isoweekday() - first_weekday) % WEEK_DAYS)
    if view is ViewName.WEEK or not work_days:
        return start, WEEK_DAYS
    places = [place for place in range(WEEK_DAYS) if _weekday(first_weekday, place) in work_days]
    if places[-1] - places[0] == WEEK_DAYS - 1:
        return start, WEEK_DAYS
    return start + timedelta(days=places[0]), places[-1] - places[0] + 1


def _weekday(first_weekday: int, place: int) -> int:
    return (first_weekday + place - 1) % WEEK_DAYS + 1


def turned(view: ViewName, anchor: date, pages: int) -> date:
    """The anchor so many pages later."""
    return anchor + timedelta(days=pages * (1 if view is ViewName.DAY else WEEK_DAYS))


def range_text(first: date, count: int) -> str:
    """The days in words: "16 – 22 November 2026"."""
    last = first + timedelta(days=count - 1)
    if count == 1:
        return _told(first, translate("Calendar", "dddd, d MMMM yyyy"))
    whole = translate("Calendar", "d MMMM yyyy")
    if first.year != last.year:
        return f"{_told(first, whole)} – {_told(last, whole)}"
    short = "d" if first.month == last.month else translate("Calendar", "d MMMM")
    return f"{_told(first, short)} – {_told(last, whole)}"


def week_text(first: date, count: int) -> str:
    """The number of the week that most of the days lie in, by ISO 8601."""
    middle = first + timedelta(days=count // 2)
    return translate("Calendar", "Week {0}").format(middle.isocalendar().week)


def _told(day: date, pattern: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)
