"""Where a popover goes: beside what it is about, never over it. Pure."""

from dataclasses import dataclass
from enum import Enum

from desktop.ui.calendar.geometry import Rect

GAP_PX = 2
ARROW_PX = 8
"""How far the arrow reaches out of the popover; its own margin on either side."""
CORNER_PX = 14
"""The arrow stays so far from the corners."""

ABOVE_ARROW_PX = 36


class Side(Enum):
    """The side of the popover that its arrow is on."""

    LEFT = "left"
    RIGHT = "right"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the popover's corner is, and its arrow: ``arrow_y`` counts from its own top."""

    x: int
    y: int
    side: Side
    arrow_y: int


def placed(slot: Rect, width: int, height: int, room: Rect, *, rtl: bool = False) -> Placement:
    """Beside the upper end of ``slot`` where there is room, else below or above it."""
    target = slot.y + min(slot.height, 24) // 2
    y = min(max(target - ABOVE_ARROW_PX, room.y), max(room.y, room.bottom - height))
    arrow_y = min(max(target - y, CORNER_PX), height - CORNER_PX)
    after, before = slot.right + GAP_PX, slot.x - GAP_PX - width
    fits_after, fits_before = after + width <= room.right, before >= room.x
    if fits_after and (not rtl or not fits_before):
        return Placement(after, y, Side.LEFT, arrow_y)
    if fits_before:
        return Placement(before, y, Side.RIGHT, arrow_y)
    x = min(max(slot.x + (slot.width - width) // 2, room.x), max(room.x, room.right - width))
    below = slot.bottom + GAP_PX
    y = below if below + height <= room.bottom else max(room.y, slot.y - GAP_PX - height)
    return Placement(x, y, Side.NONE, arrow_y)
