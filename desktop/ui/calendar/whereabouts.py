"""Where events and times are on the view: what drivers, popovers and screen readers ask."""

from desktop.domain.ids import EventId
from desktop.domain.timespan import When
from desktop.ui.calendar.geometry import Rect
from desktop.ui.calendar.overlay import rects_of
from desktop.ui.calendar.paint_context import PaintContext
from desktop.ui.calendar.scene import in_lane
from desktop.ui.calendar.stage import Stage


def event_place(stage: Stage, event_id: EventId) -> Rect | None:
    """The first piece of an event, cut to what is seen; None when it is not shown."""
    for bar in stage.scene.bars:
        if bar.entry.event.id == event_id:
            return bar.rect
    frame = stage.frame
    for box in stage.scene.boxes:
        if box.entry.event.id == event_id:
            return box.rect.moved(dy=frame.top - frame.scroll_px).cut(frame.grid)
    return None


def time_place(stage: Stage, when: When, context: PaintContext) -> Rect | None:
    """The first piece of a time over its whole column, cut to what is seen; None when not shown."""
    frame = stage.frame
    rects = rects_of(when, frame, context)
    if not rects:
        return None
    if in_lane(when):
        return rects[0]
    x, width = frame.columns.of(frame.columns.at(rects[0].x))
    return Rect(x, rects[0].y, width, rects[0].height).cut(frame.grid)


def scroll_to_show(stage: Stage, when: When, context: PaintContext) -> int:
    """How many pixels to scroll down, as few as possible, so that ``when`` is in sight."""
    frame = stage.frame
    rects = rects_of(when, frame, context)
    if not rects or in_lane(when):
        return 0
    rect, grid = rects[0], frame.grid
    if rect.y < grid.y:
        return rect.y - grid.y - MARGIN_PX
    if rect.bottom > grid.bottom:
        return min(rect.bottom - grid.bottom + MARGIN_PX, rect.y - grid.y)
    return 0


MARGIN_PX = 8
