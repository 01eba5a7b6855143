"""Stretches of time: between two instants, or over whole days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A half-open stretch of time: ``start`` is inside, ``end`` is not.

    Both ends are aware and compared as instants, whatever zones they name. The zones are
    kept: they are the wall-clock meaning of the two ends.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a time span needs aware datetimes")
        # In UTC, because Python compares wall clocks when both ends name the same zone.
        if self.end.astimezone(UTC) <= self.start.astimezone(UTC):
            raise ValueError("a time span ends after it starts")

    @property
    def duration(self) -> timedelta:
        """The time that passes, whatever the clocks on the wall do meanwhile."""
        return self.end.astimezone(UTC) - self.start.astimezone(UTC)

    def overlaps(self, other: "TimeSpan") -> bool:
        """Whether the two share an instant; touching ends do not."""
        return self.start.astimezone(UTC) < other.end.astimezone(UTC) and other.start.astimezone(
            UTC
        ) < self.end.astimezone(UTC)

    def in_zone(self, zone: tzinfo) -> "TimeSpan":
        """The same stretch, told in ``zone``."""
        return TimeSpan(self.start.astimezone(zone), self.end.astimezone(zone))

    def starting(self, start: datetime) -> "TimeSpan":
        """A stretch of the same duration that begins at ``start``."""
        end = (start.astimezone(UTC) + self.duration).astimezone(start.tzinfo)
        return TimeSpan(start, end)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Whole days, half-open: ``first`` is inside, ``end`` is the day after the last one."""

    first: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.first:
            raise ValueError("a span of days ends after it starts")

    @property
    def last(self) -> date:
        """The last day inside, as people write it."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days are inside."""
        return (self.end - self.first).days

    def dates(self) -> Iterator[date]:
        """Each day inside, in order."""
        for offset in range(self.days):
            yield self.first + timedelta(days=offset)

    def overlaps(self, other: "DateSpan") -> bool:
        """Whether the two share a day."""
        return self.first < other.end and other.first < self.end

    def starting(self, first: date) -> "DateSpan":
        """As many days, from ``first`` on."""
        return DateSpan(first, first + timedelta(days=self.days))

    def in_zone(self, zone: tzinfo) -> TimeSpan:
        """The instants of these days for somebody in ``zone``: days last 23 to 25 hours."""
        return TimeSpan(start_of_day(self.first, zone), start_of_day(self.end, zone))


When = TimeSpan | DateSpan
"""When an event is: between two instants, or all day."""


def start_of_day(day: date, zone: tzinfo) -> datetime:
    """The first instant of ``day`` in ``zone``; later than midnight where the clocks skip it."""
    midnight = datetime.combine(day, time(), tzinfo=zone)
    # A wall time inside a gap is moved forward by going through UTC and back.
    return midnight.astimezone(UTC).astimezone(zone)


def day_span(day: date, zone: tzinfo) -> TimeSpan:
    """One day in ``zone``."""
    return DateSpan(day, day + timedelta(days=1)).in_zone(zone)


def resolve_wall_time(wall: datetime, zone: tzinfo) -> datetime:
    """The instant that a naive wall-clock time means in ``zone``, told in that zone.

    A time that the clocks skip moves forward by the gap; of a doubled hour the first is taken
    unless ``wall.fold`` says otherwise.
    """
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
