"""Wall-clock minutes: what a time grid counts in, and how they become instants.

A *wall* is a number of minutes on the wall clock of one zone, counted from the first day that
`datetime.date` knows. Days are always 1440 of them, also where the clocks change: an hour that
is skipped is a stretch of walls without instants, a doubled one has two instants for each wall.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from desktop.domain.timespan import TimeSpan, resolve_wall_time, start_of_day

DAY_MIN = 1440


@dataclass(frozen=True, slots=True)
class ClockChange:
    """A stretch of minutes of one day that the clocks skip, or show twice."""

    start: int
    end: int
    missing: bool


def wall_of(moment: datetime, zone: tzinfo) -> int:
    """What the wall clock shows at ``moment``, whole minutes."""
    local = moment.astimezone(zone)
    return local.toordinal() * DAY_MIN + local.hour * 60 + local.minute


def wall_at(day: date, minute: int = 0) -> int:
    """The wall of a minute of a day."""
    return day.toordinal() * DAY_MIN + minute


def day_of(wall: int) -> date:
    """The day that a wall lies on."""
    return date.fromordinal(wall // DAY_MIN)


def minute_of(wall: int) -> int:
    """Minutes since that day's midnight on the wall."""
    return wall % DAY_MIN


def instant_of(wall: int, zone: tzinfo, *, second: bool = False) -> datetime:
    """The instant of a wall, told in ``zone``.

    A skipped wall means the first instant after the gap; a doubled one the first of the two,
    or the ``second``.
    """
    day, minute = day_of(wall), minute_of(wall)
    change = clock_change(day, zone)
    if change is not None and change.missing and change.start <= minute < change.end:
        minute = change.end
    naive = datetime.combine(day, time()) + timedelta(minutes=minute)
    return resolve_wall_time(naive.replace(fold=int(second)), zone)


def span_of_walls(start: int, end: int, zone: tzinfo) -> TimeSpan:
    """The instants between two walls; a stretch that lies in a gap becomes as long after it."""
    first, last = instant_of(start, zone), instant_of(end, zone)
    if last.astimezone(UTC) <= first.astimezone(UTC):
        last = (first.astimezone(UTC) + timedelta(minutes=max(1, end - start))).astimezone(zone)
    return TimeSpan(first, last)


@lru_cache(maxsize=512)
def clock_change(day: date, zone: tzinfo) -> ClockChange | None:
    """What the clocks do on ``day``; None on an ordinary one."""
    begins = start_of_day(day, zone).astimezone(UTC)
    ends = start_of_day(day + timedelta(days=1), zone).astimezone(UTC)
    # The offset just before the day counts too: some zones skip from midnight on.
    low, high = begins - timedelta(minutes=1), ends - timedelta(minutes=1)
    before, after = _offset(low, zone), _offset(high, zone)
    if before == after:
        return None
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) // 2
        middle = middle.replace(second=0, microsecond=0)
        if middle <= low:
            break
        if _offset(middle, zone) == before:
            low = middle
        else:
            high = middle
    jump = high  # the first minute with the new offset
    old, new = _minute(jump + before, day), _minute(jump + after, day)
    start, end = max(0, min(old, new)), min(DAY_MIN, max(old, new))
    return ClockChange(start, end, new > old) if start < end else None


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _minute(wall_clock: datetime, day: date) -> int:
    midnight = datetime.combine(day, time(), tzinfo=UTC)
    return int((wall_clock - midnight).total_seconds() // 60)
