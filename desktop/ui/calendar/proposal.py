"""What a drag proposes: from where it was taken and where the pointer is to a new time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, timedelta, tzinfo
from enum import Enum

from desktop.domain.event import CalendarEntry
from desktop.domain.freebusy import counts_as_busy
from desktop.domain.timespan import DateSpan, TimeSpan, When
from desktop.ui.calendar.dragging import Edge, Snap, created, moved, resized, slot_at, stepped
from desktop.ui.calendar.scene import in_lane
from desktop.ui.calendar.walltime import day_of, instant_of, span_of_walls, wall_of

USUAL_MIN = 60


class DragKind(Enum):
    """What a drag does."""

    CREATE = "create"
    MOVE = "move"
    RESIZE = "resize"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is: a wall with a fraction, and whether it is among whole days."""

    wall: float
    lane: bool = False

    @property
    def day(self) -> date:
        """The day under the pointer."""
        return day_of(int(self.wall))


@dataclass(frozen=True, slots=True)
class Drag:
    """How a drag began."""

    kind: DragKind
    grab: Pointer
    entry: CalendarEntry | None = None
    edge: Edge = Edge.END
    usual_min: int = USUAL_MIN
    """How long a whole-day event becomes when it is dropped among hours."""


def proposed(drag: Drag, pointer: Pointer, snap: Snap, zone: tzinfo) -> When:
    """The time that dropping here would give."""
    if drag.entry is None:
        return _created(drag, pointer, snap, zone)
    if drag.kind is DragKind.RESIZE:
        return _resized(drag.entry.when, drag, pointer, snap, zone)
    return _moved(drag.entry.when, drag, pointer, snap, zone)


def _resized(when: When, drag: Drag, pointer: Pointer, snap: Snap, zone: tzinfo) -> When:
    days = (pointer.day - drag.grab.day).days
    if isinstance(when, DateSpan):
        return _resized_days(when, drag.edge, days)
    if in_lane(when):
        return _resized_by_days(when, drag.edge, days, zone)
    start, end = wall_of(when.start, zone), _end_wall(when, zone)
    first, last = resized(start, end, drag.edge, drag.grab.wall, pointer.wall, snap)
    return _kept_end(when, start, end, first, last, zone)


def _moved(when: When, drag: Drag, pointer: Pointer, snap: Snap, zone: tzinfo) -> When:
    days = (pointer.day - drag.grab.day).days
    if isinstance(when, DateSpan) and not pointer.lane:
        start = slot_at(pointer.wall, snap.step)
        return span_of_walls(start, start + drag.usual_min, zone)
    if isinstance(when, DateSpan) or in_lane(when):
        return carried(when, days, 0, zone)
    if pointer.lane:
        return DateSpan(pointer.day, pointer.day + timedelta(days=1))
    start, length = wall_of(when.start, zone), _end_wall(when, zone) - wall_of(when.start, zone)
    target = moved(start, length, drag.grab.wall, pointer.wall, snap)
    return when if target == start else when.starting(instant_of(target, zone))


def carried(when: When, days: int, minutes: int, zone: tzinfo) -> When:
    """``when``, some days and minutes later by the wall clock."""
    if isinstance(when, DateSpan):
        return when.starting(when.first + timedelta(days=days))
    start = wall_of(when.start, zone)
    target = stepped(start, _end_wall(when, zone) - start, days, minutes)
    return when.starting(instant_of(target, zone))


def _created(drag: Drag, pointer: Pointer, snap: Snap, zone: tzinfo) -> When:
    if drag.grab.lane:
        first, last = sorted((drag.grab.day, pointer.day))
        return DateSpan(first, last + timedelta(days=1))
    return span_of_walls(*created(drag.grab.wall, pointer.wall, snap), zone)


def _end_wall(when: TimeSpan, zone: tzinfo) -> int:
    """The wall of the end; never before the start's, also where an hour comes twice."""
    return max(wall_of(when.end, zone), wall_of(when.start, zone) + 1)


def _kept_end(when: TimeSpan, start: int, end: int, first: int, last: int, zone: tzinfo) -> When:
    """The pulled end anew, the other one exactly as it was."""
    if first == start and last == end:
        return when
    begin = when.start if first == start else instant_of(first, zone)
    finish = when.end if last == end else instant_of(last, zone)
    if finish.astimezone(UTC) <= begin.astimezone(UTC):
        return when
    return TimeSpan(begin, finish)


def _resized_days(when: DateSpan, edge: Edge, days: int) -> DateSpan:
    moved_by = timedelta(days=days)
    if edge is Edge.START:
        return DateSpan(min(when.first + moved_by, when.last), when.end)
    return DateSpan(when.first, max(when.end + moved_by, when.first + timedelta(days=1)))


def _resized_by_days(when: TimeSpan, edge: Edge, days: int, zone: tzinfo) -> When:
    shift = days * 1440
    start, end = wall_of(when.start, zone), _end_wall(when, zone)
    if edge is Edge.START:
        return _kept_end(when, start, end, min(start + shift, end - 1440), end, zone)
    return _kept_end(when, start, end, start, max(end + shift, start + 1440), zone)


@dataclass(frozen=True, slots=True)
class Clash:
    """A busy event in the way."""

    entry: CalendarEntry
    minutes: int
    """How long both would run at once."""


def worst_clash(
    when: When, entries: Iterable[CalendarEntry], ignoring: CalendarEntry | None
) -> Clash | None:
    """The busy event that ``when`` overlaps longest; whole days never clash."""
    if isinstance(when, DateSpan):
        return None
    worst: Clash | None = None
    for entry in entries:
        other = entry.when
        if isinstance(other, DateSpan) or not counts_as_busy(entry) or not when.overlaps(other):
            continue
        if ignoring is not None and _same(entry, ignoring):
            continue
        start = max(when.start.astimezone(UTC), other.start.astimezone(UTC))
        end = min(when.end.astimezone(UTC), other.end.astimezone(UTC))
        minutes = round((end - start).total_seconds() / 60)
        if worst is None or minutes > worst.minutes:
            worst = Clash(entry, minutes)
    return worst


def _same(one: CalendarEntry, other: CalendarEntry) -> bool:
    return (
        one.event.id == other.event.id
        and one.occurrence.original_start == other.occurrence.original_start
    )
