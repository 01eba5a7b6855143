"""Puts the layers of the view together: grid, heads, hours, lane, and what lies over them."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPen

from desktop.ui.calendar.canvas import Canvas
from desktop.ui.calendar.drag import DragController
from desktop.ui.calendar.geometry import Frame, Rect, outside
from desktop.ui.calendar.ghost import ghost_of
from desktop.ui.calendar.overlay import (
    edge_chip_rect,
    edge_chip_text,
    now_row,
    paint_cursor,
    paint_draft,
    paint_edge_chip,
    paint_ghost,
    paint_ghost_label,
    paint_now,
    paint_now_label,
    paint_page_warning,
    rects_of,
)
from desktop.ui.calendar.paint_context import PaintContext, qrect
from desktop.ui.calendar.painter import (
    paint_corner,
    paint_gutter,
    paint_heads,
    paint_lane,
    paint_lines_between,
)
from desktop.ui.calendar.scene import in_lane
from desktop.ui.calendar.view_state import SLOT_MIN, ViewState


def gutter_of(frame: Frame, width: int) -> Rect:
    """The hours' place, on the side where reading begins."""
    columns = frame.columns
    x = columns.left + columns.width if columns.rtl else 0
    return Rect(x, frame.top, width - columns.width, frame.height_px - frame.top)


def paint_view(
    painter: QPainter,
    area: QRect,
    state: ViewState,
    canvas: Canvas,
    drags: DragController,
    context: PaintContext,
) -> None:
    """Paint what of the view lies in ``area``."""
    frame = state.frame
    gutter = gutter_of(frame, state.sizes.width)
    if area.bottom() >= frame.top:
        canvas.draw(painter, frame, state.scene, context)
        if area.intersects(qrect(gutter)):
            shown = frame.index_of(context.today) is not None
            paint_gutter(
                painter, frame, context, gutter, now_row(frame, context) if shown else None
            )
            paint_now_label(painter, gutter, frame, context)
    if area.top() < frame.top:
        paint_heads(painter, frame, context, state.sizes.width)
        paint_corner(painter, gutter, frame, context)
        paint_lane(painter, state.scene, context)
    paint_lines_between(painter, gutter, frame, QPen(context.theme.colors.line))
    _paint_over(painter, state, drags, context)


def _paint_over(
    painter: QPainter, state: ViewState, drags: DragController, context: PaintContext
) -> None:
    frame = state.frame
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.save()
    painter.setClipRect(QRect(0, frame.top, state.sizes.width, frame.grid.height))
    paint_now(painter, frame, context)
    painter.restore()
    _paint_cursor_and_draft(painter, state, context)
    for above, rect, text in edge_chips(state, context):
        paint_edge_chip(painter, rect, text, context, above=above)
    ghost = ghost_of(state, drags)  # after the chips: nothing covers what is held
    if ghost is None:
        return
    rects = rects_of(ghost.when, frame, context)
    _clip(painter, state, in_lane(ghost.when))
    paint_ghost(painter, ghost, rects, context)
    painter.restore()
    if rects and ghost.lines:
        paint_ghost_label(painter, ghost, rects[-1], frame, context)
    if drags.turning_share():
        paint_page_warning(painter, frame, drags.turning_share(), drags.side > 0, context)


def _paint_cursor_and_draft(painter: QPainter, state: ViewState, context: PaintContext) -> None:
    for draft in state.drafts:
        _clip(painter, state, in_lane(draft.when))
        rects = rects_of(draft.when, state.frame, context)
        paint_draft(painter, rects, draft.title, context, folded=draft.folded)
        painter.restore()
    if state.cursor is not None:
        when = state.cursor.when(state.zone, SLOT_MIN)
        _clip(painter, state, in_lane(when))
        for rect in rects_of(when, state.frame, context):
            paint_cursor(painter, rect, context)
        painter.restore()


def _clip(painter: QPainter, state: ViewState, lane: bool) -> None:
    """What lies among hours goes under the day heads; `restore` ends it."""
    frame = state.frame
    top = frame.head_px if lane else frame.top
    painter.save()
    painter.setClipRect(QRect(0, top, state.sizes.width, frame.height_px - top))


def edge_chips(state: ViewState, context: PaintContext) -> list[tuple[bool, Rect, str]]:
    """The chips about events above and below what is seen: whether above, where, words."""
    frame = state.frame
    low = frame.scroll_px
    counts = outside((box.rect for box in state.scene.boxes), low, low + frame.grid.height)
    chips = []
    for count, above in zip(counts, (True, False), strict=True):
        if count:
            text = edge_chip_text(count, above=above)
            chips.append((above, edge_chip_rect(frame, text, context, above=above), text))
    return chips
