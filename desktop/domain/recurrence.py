"""Recurrence rules (RFC 5545 RRULE, the part that calendars use) and their occurrences."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


class Frequency(Enum):
    """RFC 5545 FREQ; nothing finer than a day."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class RecurrenceRule:
    """How an event repeats. ``until`` is inclusive: a UTC instant, or a date for all-day events.

    ``by_day`` holds iCalendar weekdays with an optional ordinal ("MO", "2TU", "-1FR").
    """

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None
    by_day: tuple[str, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: str = "MO"

    def __post_init__(self) -> None:
        if not 1 <= self.interval <= 999:
            raise ValueError("an interval is between 1 and 999")
        if self.count is not None and self.until is not None:
            raise ValueError("a rule ends by count or by date, not both")
        if self.count is not None and self.count < 1:
            raise ValueError("a rule has at least one occurrence")
