"""How an event repeats, in a sentence a person would say."""

from datetime import UTC, date, datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import DateSpan, When
from desktop.ui.details.listing import listed

translate = QCoreApplication.translate

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORK_DAYS = DAYS[:5]


def recurrence_text(rule: RecurrenceRule, when: When, zone: tzinfo) -> str:
    """The rule in words: "Every 2 weeks on Monday and Friday, until 18 December 2026".

    ``when`` is the first occurrence: it says on which day where the rule does not. ``zone`` is
    the wall clock that the rule is expanded on.
    """
    first = when.first if isinstance(when, DateSpan) else when.start.astimezone(zone).date()
    parts = (_rhythm(rule), _days(rule, first))
    sentence = " ".join(part for part in parts if part)
    end = _end(rule, zone)
    return translate("Recurrence", "{0}, {1}").format(sentence, end) if end else sentence


def left_text(number: int) -> str:
    """How many are still to come: "6 left"."""
    return translate("Recurrence", "%n left", "", number)


def day_words(rule: RecurrenceRule, first: date) -> str:
    """On which days, for a rule that begins on ``first``: "on the third Tuesday"."""
    return _days(rule, first)


def _rhythm(rule: RecurrenceRule) -> str:
    if rule.interval == 1:
        if rule.frequency is Frequency.WEEKLY and set(rule.by_day) == set(WORK_DAYS):
            return translate("Recurrence", "Every weekday")
        return {
            Frequency.DAILY: translate("Recurrence", "Every day"),
            Frequency.WEEKLY: translate("Recurrence", "Every week"),
            Frequency.MONTHLY: translate("Recurrence", "Every month"),
            Frequency.YEARLY: translate("Recurrence", "Every year"),
        }[rule.frequency]
    words = {
        Frequency.DAILY: translate("Recurrence", "Every {0} days"),
        Frequency.WEEKLY: translate("Recurrence", "Every {0} weeks"),
        Frequency.MONTHLY: translate("Recurrence", "Every {0} months"),
        Frequency.YEARLY: translate("Recurrence", "Every {0} years"),
    }[rule.frequency]
    return words.format(rule.interval)


def _days(rule: RecurrenceRule, first: date) -> str:
    if rule.by_day:
        if rule.frequency is Frequency.WEEKLY and set(rule.by_day) == set(WORK_DAYS):
            return "" if rule.interval == 1 else translate("Recurrence", "from Monday to Friday")
        days = [_day_name(day, rule.by_set_pos) for day in rule.by_day]
        on = translate("Recurrence", "on {0}").format(listed(days))
        return f"{on} {_in_months(rule)}".strip()
    if rule.frequency is Frequency.WEEKLY:
        return translate("Recurrence", "on {0}").format(_weekday(DAYS[first.weekday()]))
    if rule.frequency is Frequency.YEARLY:
        return _day_of_year(rule, first)
    if rule.frequency is Frequency.MONTHLY:
        numbers = rule.by_month_day or (first.day,)
        on = listed([_month_day(number) for number in numbers])
        return f"{translate('Recurrence', 'on {0}').format(on)} {_in_months(rule)}".strip()
    return _in_months(rule)


def _day_of_year(rule: RecurrenceRule, first: date) -> str:
    months = rule.by_month or (first.month,)
    numbers = rule.by_month_day or (first.day,)
    dates = [_date_of_year(month, number) for month in months for number in numbers]
    return translate("Recurrence", "on {0}").format(listed(dates))


def _date_of_year(month: int, number: int) -> str:
    day = QDate(2024, month, number)  # a year that has every date
    if day.isValid():
        return QLocale().toString(day, translate("Recurrence", "d MMMM"))
    name = QLocale().standaloneMonthName(month)
    return translate("Recurrence", "{0} of {1}").format(_month_day(number), name)


def _in_months(rule: RecurrenceRule) -> str:
    if not rule.by_month or (rule.frequency is Frequency.YEARLY and not rule.by_day):
        return ""
    names = [QLocale().standaloneMonthName(month) for month in rule.by_month]
    return translate("Recurrence", "in {0}").format(listed(names))


def _month_day(number: int) -> str:
    if number == -1:
        return translate("Recurrence", "the last day")
    if number < 0:
        return translate("Recurrence", "day {0} before the end").format(-number - 1)
    return translate("Recurrence", "day {0}").format(number)


def _day_name(day: str, positions: tuple[int, ...]) -> str:
    name = _weekday(day[-2:])
    ordinals = [int(day[:-2])] if day[:-2] else list(positions)
    if not ordinals:
        return name
    words = listed([_ordinal(number) for number in ordinals])
    return translate("Recurrence", "the {0} {1}").format(words, name)


def _ordinal(number: int) -> str:
    named = {
        1: translate("Recurrence", "first"),
        2: translate("Recurrence", "second"),
        3: translate("Recurrence", "third"),
        4: translate("Recurrence", "fourth"),
        5: translate("Recurrence", "fifth"),
        -1: translate("Recurrence", "last"),
        -2: translate("Recurrence", "last but one"),
    }
    return named.get(number, translate("Recurrence", "{0}th").format(number))


def _weekday(code: str) -> str:
    number = DAYS.index(code) + 1 if code in DAYS else 1
    return QLocale().standaloneDayName(number, QLocale.FormatType.LongFormat)


def _end(rule: RecurrenceRule, zone: tzinfo) -> str:
    if rule.count is not None:
        if rule.count == 1:
            return translate("Recurrence", "once")
        return translate("Recurrence", "{0} times").format(QLocale().toString(rule.count))
    if rule.until is None:
        return ""
    last = _date_of(rule.until, zone)
    written = QLocale().toString(
        QDate(last.year, last.month, last.day), translate("Recurrence", "d MMMM yyyy")
    )
    return translate("Recurrence", "until {0}").format(written)


def _date_of(until: date | datetime, zone: tzinfo) -> date:
    if not isinstance(until, datetime):
        return until
    aware = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return aware.astimezone(zone).date()
