"""Rules as they are chosen: when the first one is, and whether a CRM can keep them. All pure."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from zoneinfo import ZoneInfo

from desktop.domain.occurrences import days
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import DateSpan, TimeSpan, When, resolve_wall_time

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SAFE_MONTH_DAY = 28
"""Later days are missing in some months, where servers and calendars differ."""
MOST_SINGLES = 52
"""So many single meetings at most stand in for a rule that cannot be kept."""


def zone_or_utc(name: str) -> tzinfo:
    """The zone of that name; UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError):
        return UTC


def first_day(when: When, zone: tzinfo) -> date:
    """The day that it begins on, on the wall clock of ``zone``."""
    return when.first if isinstance(when, DateSpan) else when.start.astimezone(zone).date()


def dates(rule: RecurrenceRule, when: When, zone: tzinfo) -> Iterator[When]:
    """Each occurrence of a plan that begins with ``when``, in order; at most 2,000."""
    first = first_day(when, zone)
    for day in days(rule, first, first, date.max):
        if _ended(rule, day):
            return
        if isinstance(when, DateSpan):
            yield when.starting(day)
            continue
        start = resolve_wall_time(datetime.combine(day, when.start.astimezone(zone).time()), zone)
        if isinstance(rule.until, datetime) and start.astimezone(UTC) > rule.until:
            return
        yield when.starting(start)


def settled(rule: RecurrenceRule, when: When, zone: tzinfo) -> tuple[RecurrenceRule, When]:
    """The rule with its weekdays named, and the first time that fits it.

    A plan for Monday that repeats on Tuesdays begins on Tuesday; so servers and calendars that
    count a first day outside of the rule differently cannot disagree.
    """
    if rule.frequency is Frequency.WEEKLY and not rule.by_day:
        rule = replace(rule, by_day=(WEEKDAYS[first_day(when, zone).weekday()],))
    first = next(dates(rule, when, zone), None)
    if first is None:
        return rule, when
    return rule, first.in_zone(UTC) if isinstance(first, TimeSpan) else first


def singles(rule: RecurrenceRule, when: When, zone: tzinfo) -> tuple[When, ...]:
    """What a rule that cannot be kept comes to as single meetings: a year of them at most."""
    return tuple(islice(dates(rule, when, zone), _most(rule)))


def storable(rule: RecurrenceRule, first: date) -> bool:
    """Whether Bitrix24 can keep a rule that begins on ``first`` (vendor reference: no ordinals,
    no days of the month, weekdays in weekly rules only; the 29th to 31st roll over there).
    """
    if rule.by_set_pos or rule.week_start != "MO":
        return False
    yearly = rule.frequency is Frequency.YEARLY
    if rule.by_month not in (((), (first.month,)) if yearly else ((),)):
        return False
    if rule.frequency is Frequency.WEEKLY:
        return not rule.by_month_day and all(day in WEEKDAYS for day in rule.by_day)
    daily = rule.frequency is Frequency.DAILY
    if rule.by_day or rule.by_month_day not in (((),) if daily else ((), (first.day,))):
        return False
    if rule.frequency is Frequency.MONTHLY:
        return first.day <= SAFE_MONTH_DAY
    return not yearly or (first.month, first.day) != (2, 29)


def nth_weekday(day: date) -> str:
    """Which weekday of its month a day is, as iCalendar writes it: "3TU"."""
    return f"{(day.day - 1) // 7 + 1}{WEEKDAYS[day.weekday()]}"


def is_last_weekday(day: date) -> bool:
    """Whether no later day of the month is the same day of the week."""
    return day.day + 7 > monthrange(day.year, day.month)[1]


def end_of(day: date, when: When, zone: tzinfo) -> date | datetime:
    """The end of a rule that may still take place on ``day``, in the form that ``when`` asks."""
    if isinstance(when, DateSpan):
        return day
    night = datetime.combine(day + timedelta(days=1), datetime.min.time()) - timedelta(seconds=1)
    return resolve_wall_time(night, zone).astimezone(UTC)


def _ended(rule: RecurrenceRule, day: date) -> bool:
    return rule.until is not None and not isinstance(rule.until, datetime) and day > rule.until


def _most(rule: RecurrenceRule) -> int:
    usual = {
        Frequency.DAILY: 30,
        Frequency.WEEKLY: MOST_SINGLES,
        Frequency.MONTHLY: 12,
        Frequency.YEARLY: 5,
    }[rule.frequency]
    return MOST_SINGLES if rule.count is not None or rule.until is not None else usual
