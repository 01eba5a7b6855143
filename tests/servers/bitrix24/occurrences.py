"""The server's own way to repeat an event, which is not iCalendar's."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, count, islice

from .values import Row

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST_DAY = date(2038, 1, 1)
"""Where the server ends an endless series."""


def days(start: date, rule: Row, last: date = LAST_DAY) -> Iterator[date]:
    """The dates of a series up to ``last``, before exceptions are taken out.

    ``rule`` holds FREQ, INTERVAL, COUNT, UNTIL (ISO, that day included) and BYDAY; ``_FIRST`` if
    the first day counts although BYDAY does not name it.
    """
    if rule.get("UNTIL"):
        last = min(last, date.fromisoformat(rule["UNTIL"]))
    found = _endless(start, rule)
    limited = islice(found, rule["COUNT"]) if rule.get("COUNT") else found
    for day in limited:
        if day > last:
            return
        yield day


def last_day(start: date, rule: Row) -> date:
    """The date of the last occurrence, or of the end that the rule names."""
    if rule.get("UNTIL"):
        return date.fromisoformat(rule["UNTIL"])
    if rule.get("COUNT"):
        return max(days(start, rule), default=start)
    return LAST_DAY


def _endless(start: date, rule: Row) -> Iterator[date]:
    step = max(1, rule.get("INTERVAL") or 1)
    frequency = rule["FREQ"]
    if frequency == "DAILY":
        return (start + timedelta(days=step * n) for n in count())
    if frequency == "WEEKLY":
        found = _weekly(start, step, rule.get("BYDAY") or ["MO"])
        if rule.get("_FIRST") and WEEKDAYS[start.weekday()] not in rule["BYDAY"]:
            return chain((start,), found)
        return found
    months = step if frequency == "MONTHLY" else 12 * step
    return (_month_later(start, months * n) for n in count())


def _weekly(start: date, step: int, chosen: list[str]) -> Iterator[date]:
    monday = start - timedelta(days=start.weekday())
    wanted = sorted(WEEKDAYS.index(name) for name in chosen if name in WEEKDAYS)
    for week in count():
        for weekday in wanted:
            day = monday + timedelta(weeks=step * week, days=weekday)
            if day >= start:
                yield day


def _month_later(start: date, months: int) -> date:
    """A day that a short month lacks becomes the first of the following month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if start.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, start.day)
    return date(year, month + 1, 1) + timedelta(days=monthrange(year, month + 1)[1])
