"""What a drag comes to: pure arithmetic on wall-clock minutes and days."""

import math
from dataclasses import dataclass
from enum import Enum

from desktop.ui.calendar.walltime import DAY_MIN

SNAP_MIN = 15
FINE_SNAP_MIN = 5
EXACT_MIN = 1


@dataclass(frozen=True, slots=True)
class Snap:
    """What times a drag sticks to."""

    step: int = SNAP_MIN
    magnets: tuple[int, ...] = ()
    """Walls that attract: ends of neighbours."""
    reach: float = 0.0
    """From so many minutes away."""
    pixel: float = 0.0
    """Minutes per pixel: a pointer on a line is not yet beyond it."""
    now: int | None = None
    """The present moment. It attracts only where it is nearer than the next step."""

    def attracted(self, wall: float) -> int | None:
        """The nearest magnet within reach."""
        near = [magnet for magnet in self.magnets if abs(magnet - wall) <= self.reach]
        if self.now is not None and abs(self.now - wall) <= self.reach:
            to_step = abs(wall - round(wall / self.step) * self.step)
            if abs(self.now - wall) < to_step:
                near.append(self.now)
        return min(near, key=lambda magnet: (abs(magnet - wall), magnet), default=None)


class Edge(Enum):
    """Which end of an event is pulled."""

    START = "start"
    END = "end"


def slot_at(wall: float, step: int) -> int:
    """The start of the slot that a wall lies in."""
    return math.floor(wall / step) * step


def created(anchor: float, pointer: float, snap: Snap) -> tuple[int, int]:
    """The stretch between press and pointer, down or up, at least one snap long."""
    first = slot_at(anchor, snap.step)
    if pointer >= anchor:
        pulled = snap.attracted(pointer)
        end = slot_at(pointer - snap.pixel, snap.step) + snap.step
        if pulled is not None and pulled > first:
            end = pulled
        return first, max(end, first + snap.step)
    pulled = snap.attracted(pointer)
    start = slot_at(pointer, snap.step)
    if pulled is not None and pulled < first + snap.step:
        start = pulled
    return min(start, first), first + snap.step


def moved(start: int, length: int, grab: float, pointer: float, snap: Snap) -> int:
    """Where an event begins after it was carried from ``grab`` to ``pointer``.

    Whole steps are added to where it was, so odd starts keep their own grid. What lay inside
    one day stays inside one.
    """
    days = math.floor(pointer / DAY_MIN) - math.floor(grab / DAY_MIN)
    minutes = pointer - grab - days * DAY_MIN
    raw = start + days * DAY_MIN + minutes
    by_start, by_end = snap.attracted(raw), snap.attracted(raw + length)
    if by_start is not None:
        target = by_start
    elif by_end is not None:
        target = by_end - length
    else:
        target = start + days * DAY_MIN + round(minutes / snap.step) * snap.step
    return _kept_inside(target, start, length, days)


def _kept_inside(target: int, start: int, length: int, days: int) -> int:
    midnight = start // DAY_MIN * DAY_MIN + days * DAY_MIN
    inside_one_day = start % DAY_MIN + length <= DAY_MIN
    last = DAY_MIN - length if inside_one_day else DAY_MIN - SNAP_MIN
    return min(max(target, midnight), midnight + last)


def stepped(start: int, length: int, days: int, minutes: int) -> int:
    """Where an event begins after arrow keys carried it by days and minutes."""
    return _kept_inside(start + days * DAY_MIN + minutes, start, length, days)


def resized(
    start: int, end: int, edge: Edge, grab: float, pointer: float, snap: Snap
) -> tuple[int, int]:
    """Both ends after one was pulled; it stops one snap before the other and never flips."""
    least = min(max(snap.step, FINE_SNAP_MIN), max(1, end - start))
    held = start if edge is Edge.START else end
    raw = held + pointer - grab
    target = snap.attracted(raw)
    if target is None:
        target = held + round((pointer - grab) / snap.step) * snap.step
    if edge is Edge.START:
        return min(target, end - least), end
    return start, max(target, start + least)


HANDLE_PX = 6
LEAST_WITH_HANDLES_PX = 20


def edge_under(
    y: float, top: int, height: int, *, selected: bool, begins: bool = True, ends: bool = True
) -> Edge | None:
    """The handle of an event that a pointer at ``y`` is on; low events have them when selected."""
    if height < LEAST_WITH_HANDLES_PX and not selected:
        return None
    handle = min(HANDLE_PX, height / 3)
    if begins and top <= y < top + handle:
        return Edge.START
    if ends and top + height - handle <= y < top + height:
        return Edge.END
    return None
