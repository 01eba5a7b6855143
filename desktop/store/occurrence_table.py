"""The occurrences of all events in one table that a span is looked up in.

An occurrence is filed by the class of its duration. What overlaps a span must begin before its end
and, in a class of at most d, less than d before its start: one short range for each class, and a
long event costs no look at all that came before it. Whole days have classes of their own, for they
are compared as dates.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple, Protocol

from desktop.domain.event import Event, Occurrence
from desktop.domain.occurrences import original_day
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.store.database import Connection

_DAY_S = 86_400
_LONGEST_S = (_DAY_S, 8 * _DAY_S, 64 * _DAY_S, 512 * _DAY_S, 200_000 * _DAY_S)
_CLASSES = len(_LONGEST_S)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ServerOccurrence(Protocol):
    """One instance of a series as a server expanded it."""

    @property
    def start(self) -> datetime:
        """Aware."""
        ...

    @property
    def end(self) -> datetime:
        """Aware."""
        ...

    @property
    def original_start(self) -> str:
        """ISO date in the event's zone."""
        ...


class OccurrenceRow(NamedTuple):
    """Seconds since 1970; of whole days as if they were days in UTC."""

    size: int
    start: int
    n: int
    original_day: int
    """Ordinal; 0 for an event that is no series."""
    end: int

    @property
    def all_day(self) -> bool:
        """Whether start and end are days."""
        return self.size >= _CLASSES

    @property
    def dates(self) -> DateSpan:
        """The days of an all-day occurrence."""
        return DateSpan(day_of(self.start), day_of(self.end))


@dataclass(frozen=True, slots=True)
class Window:
    """What is asked for, in seconds: instants, and days as if they were in UTC."""

    start: int
    end: int
    first_day: int
    end_day: int

    @classmethod
    def of(cls, span: TimeSpan, zone: tzinfo) -> "Window":
        """The instants of ``span``, and the days that somebody in ``zone`` sees in it."""
        last = (span.end - timedelta(microseconds=1)).astimezone(zone).date()
        return cls(
            seconds(span.start),
            -seconds_back(span.end),
            day_seconds(span.start.astimezone(zone).date()),
            day_seconds(last) + _DAY_S,
        )

    def ranges(self) -> list[tuple[int, int, int, int]]:
        """For each class: class, first possible start, end of starts, and what ends must pass."""
        timed = [
            (size, self.start - longest, self.end, self.start)
            for size, longest in enumerate(_LONGEST_S)
        ]
        days = [
            (_CLASSES + size, self.first_day - longest, self.end_day, self.first_day)
            for size, longest in enumerate(_LONGEST_S)
        ]
        return timed + days


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970, rounded down."""
    return (moment - _EPOCH) // timedelta(seconds=1)


def seconds_back(moment: datetime) -> int:
    """Whole seconds before 1970, rounded down: negated, the first second not before ``moment``."""
    return (_EPOCH - moment) // timedelta(seconds=1)


def day_seconds(day: date) -> int:
    """The midnight of a day in UTC."""
    return (day.toordinal() - _EPOCH_ORDINAL) * _DAY_S


def day_of(moment: int) -> date:
    """The day that `day_seconds` was given."""
    return date.fromordinal(moment // _DAY_S + _EPOCH_ORDINAL)


def rows_of(n: int, occurrences: Iterable[Occurrence]) -> list[OccurrenceRow]:
    """Rows for what we expanded ourselves, or for a single event."""
    return [
        _row(
            n,
            occurrence.when,
            0
            if occurrence.original_start is None
            else original_day(occurrence.event, occurrence.original_start).toordinal(),
        )
        for occurrence in occurrences
    ]


def rows_from_server(
    n: int, event: Event, occurrences: Iterable[ServerOccurrence]
) -> list[OccurrenceRow]:
    """Rows for what a server expanded. Whole days last as long as those of the series."""
    rows = []
    for occurrence in occurrences:
        original = date.fromisoformat(occurrence.original_start[:10]).toordinal()
        if isinstance(event.when, DateSpan):
            rows.append(_row(n, event.when.starting(occurrence.start.date()), original))
        elif seconds(occurrence.start) < seconds(occurrence.end):
            rows.append(_row(n, TimeSpan(occurrence.start, occurrence.end), original))
    return rows


def insert(db: Connection, rows: Sequence[OccurrenceRow]) -> None:
    """Adds rows; one that is there already stays."""
    db.executemany(
        "INSERT OR REPLACE INTO occurrence VALUES (?,?,?,?,?)",
        rows,
    )


def overlapping(window: Window) -> tuple[str, list[int]]:
    """The part of a statement after FROM that finds the rows ``o`` of a window, and its values."""
    ranges = window.ranges()
    values = ",".join(["(?,?,?,?)"] * len(ranges))
    sql = (
        f"(WITH bound (size, low, high, after) AS (VALUES {values}) SELECT * FROM bound) AS b"  # noqa: S608
        " CROSS JOIN occurrence AS o"
        " ON o.size = b.size AND o.start > b.low AND o.start < b.high AND o.end > b.after"
    )
    return sql, [value for part in ranges for value in part]


def _row(n: int, when: TimeSpan | DateSpan, original: int) -> OccurrenceRow:
    if isinstance(when, DateSpan):
        start, end, base = day_seconds(when.first), day_seconds(when.end), _CLASSES
    else:
        start, end, base = seconds(when.start), -seconds_back(when.end), 0
    size = next(i for i, longest in enumerate(_LONGEST_S) if end - start <= longest)
    return OccurrenceRow(base + size, start, n, original, end)
