"""How far a change of one of a series reaches, and what each choice would touch. All pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from itertools import islice

from desktop.domain.event import Event, Occurrence
from desktop.domain.occurrences import MOST_INSTANCES, days, original_day, zone_of
from desktop.domain.timespan import DateSpan, TimeSpan, When, resolve_wall_time

_LONGEST_DAYS = 31
"""Nothing that began so many days ago still goes on."""
SHOWN = 3
"""So many dates are named to make a choice plain."""


class Reach(Enum):
    """Which of a series a change is about."""

    THIS = "this"
    FOLLOWING = "following"
    """The one that was chosen, and all after it."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Affected:
    """What a choice touches. Occurrences that were changed alone are told apart: they may stay."""

    reach: Reach
    count: int | None
    """How many; None: without end, or more than anybody counts."""
    first: tuple[When, ...]
    past: int
    """How many of them are over."""
    exceptions: tuple[Event, ...] = ()
    """Those within reach that were changed alone."""


def instances(master: Event, low: date | None = None) -> Iterator[Occurrence]:
    """The occurrences of a series from the day ``low`` of its own wall clock on, in order.

    Ends after 2,000; those that were changed alone are among them.
    """
    rule = master.recurrence
    if rule is None:
        return
    zone = zone_of(master)
    whole = isinstance(master.when, DateSpan)
    first = master.when.first if isinstance(master.when, DateSpan) else None
    wall = master.when.start.astimezone(zone) if isinstance(master.when, TimeSpan) else None
    begin = first or (wall.date() if wall is not None else date.min)
    excluded = {original_day(master, point) for point in master.excluded_dates}
    for day in days(rule, begin, low or begin, date.max):
        start: date | datetime = day
        if wall is not None:
            start = resolve_wall_time(datetime.combine(day, wall.time()), zone)
        if _is_over(rule.until, day, start):
            return
        if day not in excluded:
            when = _starting(master.when, start, whole=whole)
            yield Occurrence(master, when, start)


def occurrence_on(master: Event, original_start: date | datetime) -> Occurrence | None:
    """The occurrence that ``original_start`` names; None where the series has none there."""
    wanted = original_day(master, original_start)
    found = next(instances(master, wanted), None)
    if found is None or found.original_start is None:
        return None
    return found if original_day(master, found.original_start) == wanted else None


def is_first(master: Event, original_start: date | datetime) -> bool:
    """Whether no occurrence comes before it, so that it and the following are all of them."""
    found = next(instances(master), None)
    if found is None or found.original_start is None:
        return True
    day = original_day(master, found.original_start)
    return original_day(master, original_start) <= day


def next_after(master: Event, now: datetime) -> Occurrence | None:
    """The first occurrence that is not over; None where the whole series is."""
    return next((one for one in instances(master) if not _over(master, one.when, now)), None)


def left_after(master: Event, now: datetime) -> int | None:
    """How many are not over yet; None for a series without end, or beyond counting."""
    rule = master.recurrence
    if rule is None or (rule.count is None and rule.until is None):
        return None
    today = now.astimezone(zone_of(master)).date() - timedelta(days=_LONGEST_DAYS)
    begin = original_day(master, _first_start(master))
    found = instances(master, max(begin, today))
    left = sum(1 for one in found if not _over(master, one.when, now))
    return left if left < MOST_INSTANCES - _LONGEST_DAYS else None


def affected(
    master: Event,
    exceptions: Sequence[Event],
    original_start: date | datetime,
    reach: Reach,
    now: datetime,
) -> Affected:
    """What a change with this reach touches, of a series whose ``exceptions`` are these."""
    alone = {
        original_day(master, one.original_start): one
        for one in exceptions
        if one.original_start is not None
    }
    chosen = original_day(master, original_start)
    if reach is Reach.THIS:
        single = [one for one in (occurrence_on(master, original_start),) if one is not None]
        return _told(reach, single, master, (), now)
    low = chosen if reach is Reach.FOLLOWING else None
    within = tuple(one for day, one in sorted(alone.items()) if low is None or day >= low)
    found = (
        one
        for one in instances(master, low)
        if one.original_start is not None and original_day(master, one.original_start) not in alone
    )
    return _told(reach, found, master, within, now)


def _told(
    reach: Reach,
    found: Iterable[Occurrence],
    master: Event,
    exceptions: tuple[Event, ...],
    now: datetime,
) -> Affected:
    known = list(islice(found, MOST_INSTANCES))
    rule = master.recurrence
    endless = rule is None or (rule.count is None and rule.until is None)
    counted = reach is Reach.THIS or (not endless and len(known) < MOST_INSTANCES)
    return Affected(
        reach,
        len(known) if counted else None,
        tuple(one.when for one in known[:SHOWN]),
        sum(1 for one in known if _over(master, one.when, now)),
        exceptions,
    )


def _first_start(master: Event) -> date | datetime:
    return master.when.first if isinstance(master.when, DateSpan) else master.when.start


def _over(master: Event, when: When, now: datetime) -> bool:
    span = when.in_zone(zone_of(master)) if isinstance(when, DateSpan) else when
    return span.end.astimezone(UTC) <= now.astimezone(UTC)


def _starting(when: When, start: date | datetime, *, whole: bool) -> When:
    if whole and isinstance(when, DateSpan):
        return when.starting(start)
    assert isinstance(when, TimeSpan)
    assert isinstance(start, datetime)
    return when.starting(start)


def _is_over(until: date | datetime | None, day: date, start: date | datetime) -> bool:
    if until is None:
        return False
    if not isinstance(until, datetime):
        return day > until
    if isinstance(start, datetime):
        return start.astimezone(UTC) > until.astimezone(UTC)
    return day > until.date()
