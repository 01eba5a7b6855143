"""RepeatPlan: how a meeting repeats, in the terms of the inputs; to a rule and back."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import Enum

from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.repeating import (
    WEEKDAYS,
    end_of,
    first_day,
    is_last_weekday,
    nth_weekday,
)
from desktop.domain.timespan import When

USUAL_COUNT = 10
MOST = 730
LONGEST_INTERVAL = 99
FIFTH = 5
"""Most months have no fifth one of a weekday; the last is meant."""


class MonthDay(Enum):
    """What a monthly rule goes by."""

    NUMBER = "number"
    """The same day of the month."""
    NTH = "nth"
    """The same place of the weekday: the third Tuesday."""
    LAST = "last"
    """The last such weekday."""


class Ending(Enum):
    """When it stops."""

    NEVER = "never"
    COUNT = "count"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class RepeatPlan:
    """The values of the inputs. ``weekdays`` count for weekly rules only, empty: the first day."""

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[str, ...] = ()
    month_day: MonthDay = MonthDay.NUMBER
    ending: Ending = Ending.NEVER
    count: int = USUAL_COUNT
    last: date | None = None

    def rule(self, when: When, zone: tzinfo) -> RecurrenceRule:
        """The rule for a meeting that begins with ``when`` on the wall clock of ``zone``."""
        first = first_day(when, zone)
        counted = self.ending is Ending.COUNT
        dated = self.ending is Ending.DAY and self.last is not None
        return RecurrenceRule(
            self.frequency,
            self.interval,
            count=self.count if counted else None,
            until=end_of(self.last, when, zone) if dated and self.last is not None else None,
            by_day=self._by_day(first),
        )

    def _by_day(self, first: date) -> tuple[str, ...]:
        if self.frequency is Frequency.WEEKLY:
            chosen = self.weekdays or (WEEKDAYS[first.weekday()],)
            return tuple(day for day in WEEKDAYS if day in chosen)
        if self.frequency is not Frequency.MONTHLY or self.month_day is MonthDay.NUMBER:
            return ()
        nth, last = nth_weekday(first), f"-1{WEEKDAYS[first.weekday()]}"
        if self.month_day is MonthDay.LAST:
            return (last if is_last_weekday(first) else nth,)
        return (nth if int(nth[0]) < FIFTH else last,)


def plan_of(rule: RecurrenceRule, when: When, zone: tzinfo) -> RepeatPlan | None:
    """The inputs' values for a rule; None for one that they cannot say."""
    first = first_day(when, zone)
    if rule.by_set_pos or rule.by_month or rule.week_start != "MO":
        return None
    if rule.interval > LONGEST_INTERVAL or (rule.count or 0) > MOST:
        return None
    month_day = _month_day(rule, first)
    if month_day is None:
        return None
    weekly = rule.frequency is Frequency.WEEKLY
    own_day = (WEEKDAYS[first.weekday()],)
    if weekly and not all(day in WEEKDAYS for day in rule.by_day):
        return None
    until = rule.until.astimezone(zone).date() if isinstance(rule.until, datetime) else rule.until
    ending = Ending.NEVER
    if rule.count is not None:
        ending = Ending.COUNT
    elif until is not None:
        ending = Ending.DAY
    return RepeatPlan(
        rule.frequency,
        rule.interval,
        rule.by_day if weekly and rule.by_day != own_day else (),
        month_day,
        ending,
        rule.count or USUAL_COUNT,
        until,
    )


def _month_day(rule: RecurrenceRule, first: date) -> MonthDay | None:
    if rule.by_month_day not in ((), (first.day,)):
        return None
    if rule.frequency is Frequency.WEEKLY:
        return None if rule.by_month_day else MonthDay.NUMBER
    if not rule.by_day:
        return MonthDay.NUMBER
    if rule.frequency is not Frequency.MONTHLY or rule.by_month_day:
        return None
    if rule.by_day == (nth_weekday(first),):
        return MonthDay.NTH
    last = (f"-1{WEEKDAYS[first.weekday()]}",)
    return MonthDay.LAST if rule.by_day == last and is_last_weekday(first) else None


def following(
    rule: RecurrenceRule | None, before: When, after: When, zones: tuple[tzinfo, tzinfo]
) -> RecurrenceRule | None:
    """The rule of a plan that is put at another time: "on Tuesdays" follows to Wednesday."""
    if rule is None:
        return None
    plan = plan_of(rule, before, zones[0])
    return rule if plan is None else plan.rule(after, zones[1])
