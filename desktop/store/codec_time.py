"""Moments, days and rules as the small arrays that records are written with.

A moment is microseconds since 1970 and the name of the zone whose wall clock was meant, so that
ten o'clock in Moscow stays that. Whole days are ordinals.
"""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import DateSpan, TimeSpan, When

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Moment = tuple[int, str]
"""Microseconds since 1970 and a zone."""

Day = int
"""A date's ordinal."""


class Row(msgspec.Struct, array_like=True):
    """Written as an array. Fields are only ever appended, with a default."""


class WhenRow(Row):
    """A `When`."""

    start: int
    end: int
    start_zone: str = ""
    """Empty: whole days, and start and end are ordinals."""
    end_zone: str = ""


class RuleRow(Row):
    """A `RecurrenceRule`."""

    frequency: Frequency
    interval: int
    count: int | None
    until: Day | Moment | None
    by_day: tuple[str, ...]
    by_month_day: tuple[int, ...]
    by_month: tuple[int, ...]
    by_set_pos: tuple[int, ...]
    week_start: str


def micros(moment: datetime) -> int:
    """An aware moment as microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(value: int, zone: tzinfo = UTC) -> datetime:
    """The moment that `micros` was given, on the wall clock of ``zone``."""
    return datetime.fromtimestamp(value // 1_000_000, zone).replace(microsecond=value % 1_000_000)


@lru_cache(maxsize=1024)
def zone_named(name: str) -> tzinfo:
    """The zone that `zone_name` named; a fixed offset is seconds with a sign."""
    if name == "UTC":
        return UTC
    if name[:1] in ("+", "-"):
        return timezone(timedelta(seconds=int(name)))
    return ZoneInfo(name)


def zone_name(moment: datetime) -> str:
    """The name of an aware moment's zone, for `zone_named`."""
    zone = moment.tzinfo
    if zone is UTC:
        return "UTC"
    if isinstance(zone, ZoneInfo) and zone.key is not None:
        return zone.key
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a moment needs a zone")
    return f"{int(offset.total_seconds()):+d}"


def from_rule(rule: RecurrenceRule) -> RuleRow:
    """``rule`` to be written."""
    return RuleRow(
        rule.frequency,
        rule.interval,
        rule.count,
        None if rule.until is None else from_point(rule.until),
        rule.by_day,
        rule.by_month_day,
        rule.by_month,
        rule.by_set_pos,
        rule.week_start,
    )


def to_rule(row: RuleRow) -> RecurrenceRule:
    """What `from_rule` was given."""
    return RecurrenceRule(
        row.frequency,
        row.interval,
        row.count,
        None if row.until is None else to_point(row.until),
        row.by_day,
        row.by_month_day,
        row.by_month,
        row.by_set_pos,
        row.week_start,
    )


def from_when(when: When) -> WhenRow:
    """``when`` to be written."""
    if isinstance(when, DateSpan):
        return WhenRow(when.first.toordinal(), when.end.toordinal())
    start, end = when.start, when.end
    return WhenRow(micros(start), micros(end), zone_name(start), zone_name(end))


def to_when(row: WhenRow) -> When:
    """What `from_when` was given."""
    if not row.start_zone:
        return DateSpan(date.fromordinal(row.start), date.fromordinal(row.end))
    return TimeSpan(
        from_micros(row.start, zone_named(row.start_zone)),
        from_micros(row.end, zone_named(row.end_zone)),
    )


def from_point(point: date | datetime) -> Day | Moment:
    """A day or a moment to be written."""
    if isinstance(point, datetime):
        return (micros(point), zone_name(point))
    return point.toordinal()


def to_point(row: Day | Moment) -> date | datetime:
    """What `from_point` was given."""
    if isinstance(row, int):
        return date.fromordinal(row)
    return from_micros(row[0], zone_named(row[1]))


def from_moment(moment: datetime | None) -> Moment | None:
    """A moment to be written; None stays None."""
    return None if moment is None else (micros(moment), zone_name(moment))


def to_moment(row: Moment | None) -> datetime | None:
    """What `from_moment` was given."""
    return None if row is None else from_micros(row[0], zone_named(row[1]))
