"""What lies under a point of the view: the same rectangles that were painted."""

from dataclasses import dataclass
from enum import Enum

from desktop.domain.event import CalendarEntry
from desktop.ui.calendar.dragging import HANDLE_PX, Edge, edge_under
from desktop.ui.calendar.geometry import Rect
from desktop.ui.calendar.scene import Chip, Key
from desktop.ui.calendar.stage import Stage


class Spot(Enum):
    """Kinds of places."""

    EVENT = "event"
    CHIP = "chip"
    SLOT = "slot"
    HEAD = "head"
    GUTTER = "gutter"
    FOLD = "fold"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place, and what is there."""

    spot: Spot
    entry: CalendarEntry | None = None
    key: Key | None = None
    edge: Edge | None = None
    chip: Chip | None = None
    lane: bool = False
    rect: Rect | None = None
    """In pixels of the view."""


def hit_at(stage: Stage, x: int, y: int, selected: Key | None) -> Hit:
    """What a pointer at this point of the view is on."""
    frame = stage.frame
    columns = frame.columns
    if not columns.left <= x < columns.left + columns.width:
        return Hit(Spot.GUTTER, lane=frame.in_lane(y))
    if y < frame.head_px:
        return Hit(Spot.HEAD)
    return _lane_hit(stage, x, y) if frame.in_lane(y) else _grid_hit(stage, x, y, selected)


def _lane_hit(stage: Stage, x: int, y: int) -> Hit:
    for chip in stage.scene.bar_chips:
        if chip.rect.has(x, y):
            return Hit(Spot.CHIP, chip=chip, lane=True, rect=chip.rect)
    for bar in stage.scene.bars:
        if not bar.rect.has(x, y):
            continue
        edge: Edge | None = None
        at_start, at_end = bar.rect.x + HANDLE_PX > x, bar.rect.right - HANDLE_PX <= x
        if stage.frame.columns.rtl:
            at_start, at_end = at_end, at_start
        if at_start and bar.place.begins:
            edge = Edge.START
        elif at_end and bar.place.ends:
            edge = Edge.END
        return Hit(Spot.EVENT, bar.entry, bar.key, edge, lane=True, rect=bar.rect)
    return Hit(Spot.SLOT, lane=True)


def _grid_hit(stage: Stage, x: int, y: int, selected: Key | None) -> Hit:
    frame = stage.frame
    offset = frame.top - frame.scroll_px
    scale = frame.scale
    minute = frame.minute_at(y)
    if minute < scale.fold_before or scale.fold_after < minute:
        return Hit(Spot.FOLD)
    for chip in stage.scene.chips:
        if chip.rect.has(x, y - offset):
            return Hit(Spot.CHIP, chip=chip, rect=chip.rect.moved(dy=offset))
    uppermost = [box for box in stage.scene.boxes if box.key == selected]
    box = next((box for box in uppermost if box.rect.has(x, y - offset)), None)
    box = box or stage.scene.box_at(x, y - offset)
    if box is None:
        return Hit(Spot.SLOT)
    rect = box.rect.moved(dy=offset)
    edge = edge_under(
        y,
        rect.y,
        rect.height,
        selected=box.key == selected,
        begins=box.piece.begins,
        ends=box.piece.ends,
    )
    return Hit(Spot.EVENT, box.entry, box.key, edge, rect=rect)
