"""The words around a rule while it is chosen."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.repeating import WEEKDAYS, nth_weekday
from desktop.ui.details.recurrence_text import day_words
from desktop.ui.meeting.repeat_plan import MonthDay

translate = QCoreApplication.translate


def frequency_text(frequency: Frequency) -> str:
    """A rhythm."""
    return {
        Frequency.DAILY: translate("Repeat", "Daily"),
        Frequency.WEEKLY: translate("Repeat", "Weekly"),
        Frequency.MONTHLY: translate("Repeat", "Monthly"),
        Frequency.YEARLY: translate("Repeat", "Yearly"),
    }[frequency]


def unit_text(frequency: Frequency, number: int) -> str:
    """What is counted, after its number."""
    return {
        Frequency.DAILY: (translate("Repeat", "day"), translate("Repeat", "days")),
        Frequency.WEEKLY: (translate("Repeat", "week"), translate("Repeat", "weeks")),
        Frequency.MONTHLY: (translate("Repeat", "month"), translate("Repeat", "months")),
        Frequency.YEARLY: (translate("Repeat", "year"), translate("Repeat", "years")),
    }[frequency][number != 1]


def month_day_text(month_day: MonthDay, first: date) -> str:
    """Which day of a month, as the first one shows it: "on the third Tuesday"."""
    weekday = WEEKDAYS[first.weekday()]
    codes = {MonthDay.NTH: nth_weekday(first), MonthDay.LAST: f"-1{weekday}"}
    by_day = (codes[month_day],) if month_day in codes else ()
    rule = RecurrenceRule(Frequency.MONTHLY, by_day=by_day)
    return day_words(rule, first)


def next_text(words: str, days: Sequence[date]) -> str:
    """A rule in words, and its first days: "Every week on Tuesday. Tue 17 Nov, …"."""
    if not days:
        return words
    pattern = translate("Repeat", "ddd d MMM")
    told = [QLocale().toString(QDate(day.year, day.month, day.day), pattern) for day in days]
    return translate("Repeat", "{rule}. First: {dates}").format(rule=words, dates=", ".join(told))


def singles_text(count: int) -> str:
    """The way out where a rule cannot be kept."""
    if count == 1:
        return translate("Repeat", "Make 1 single meeting instead")
    number = QLocale().toString(count)
    return translate("Repeat", "Make {n} single meetings instead").format(n=number)
