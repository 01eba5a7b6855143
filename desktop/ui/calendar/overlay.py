"""Paints what lies over the events: the present, the ghost of a drag, cursor, draft, chips."""

from dataclasses import dataclass

from PySide6.QtCore import QLocale, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from desktop.domain.timespan import DateSpan, When
from desktop.ui.calendar.describe import minute_text, translate
from desktop.ui.calendar.event_paint import RADIUS_PX
from desktop.ui.calendar.geometry import Frame, Rect
from desktop.ui.calendar.paint_context import PaintContext, qrectf
from desktop.ui.calendar.scene import GAP_PX, days_of, in_lane, lane_rect, pieces_of
from desktop.ui.calendar.walltime import minute_of, wall_of
from desktop.ui.theme import mixed, readable, scaled, tabular

DOT_PX = 9
CHIP_MARGIN_PX = 6
CHIP_HEIGHT_PX = 24


@dataclass(frozen=True, slots=True)
class Ghost:
    """What a drag proposes, as it is drawn."""

    when: When
    color: str
    title: str
    lines: tuple[str, ...]
    """Times and hints beside it."""
    clashes: bool = False


def rects_of(when: When, frame: Frame, context: PaintContext) -> list[Rect]:
    """The pieces of a time in pixels of the view, first day first; scrolled, not cut."""
    if in_lane(when):
        days = days_of(when, context.zone)
        first = max(0, (days.first - frame.first).days)
        end = min(frame.columns.count, (days.end - frame.first).days)
        return [lane_rect(frame, first, end, 0)] if first < end else []
    assert not isinstance(when, DateSpan)  # those are in the lane
    rects = []
    for piece in pieces_of(when, context.zone, frame):
        rect = frame.rect_of(piece.index, piece.start, piece.end)
        rects.append(Rect(rect.x + GAP_PX, rect.y, rect.width - 3 * GAP_PX, max(rect.height, 4)))
    return rects


def now_row(frame: Frame, context: PaintContext) -> int:
    """The pixel row of the present in the view."""
    return frame.y_of(minute_of(wall_of(context.now, context.zone)))


def paint_now(painter: QPainter, frame: Frame, context: PaintContext) -> None:
    """Two pixels across today with a dot before it, one faint pixel across the other days."""
    index = frame.index_of(context.today)
    if index is None:
        return
    y = now_row(frame, context)
    color = context.theme.colors.now_line
    faint = QColor(color)
    faint.setAlphaF(0.45)
    left, width = frame.columns.left, frame.columns.width
    painter.fillRect(left, y, width, 1, faint)
    x, column = frame.columns.of(index)
    painter.fillRect(x, y - 1, column, 2, color)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    dot_x = x + column - DOT_PX / 2 if context.rtl else x - DOT_PX / 2
    painter.drawEllipse(QRectF(dot_x, y - DOT_PX / 2, DOT_PX, DOT_PX))


def paint_now_label(painter: QPainter, gutter: Rect, frame: Frame, context: PaintContext) -> None:
    """The present time among the hours."""
    if frame.index_of(context.today) is None:
        return
    y = now_row(frame, context)
    if not frame.top <= y < frame.height_px:
        return
    font = tabular(scaled(context.font, 0.88, bold=True))
    painter.setFont(font)
    painter.setPen(readable(context.theme.colors.now_line, context.theme.colors.window))
    height = QFontMetrics(font).height()
    line = QRect(gutter.x, y - height // 2, gutter.width - 10, height)
    if context.rtl:
        line.moveLeft(gutter.x + 10)
    side = Qt.AlignmentFlag.AlignLeft if context.rtl else Qt.AlignmentFlag.AlignRight
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(line, flags, minute_text(minute_of(wall_of(context.now, context.zone))))


def paint_cursor(painter: QPainter, rect: Rect, context: PaintContext) -> None:
    """The slot that the keyboard is on."""
    colors = context.theme.colors
    fill = QColor(colors.accent)
    fill.setAlphaF(0.12)
    painter.setBrush(fill)
    painter.setPen(QPen(colors.accent if context.focused else colors.border, 1.5))
    painter.drawRoundedRect(qrectf(rect).adjusted(1, 1, -1, -1), RADIUS_PX, RADIUS_PX)


def paint_draft(
    painter: QPainter, rects: list[Rect], title: str, context: PaintContext, *, folded: bool
) -> None:
    """The dashed block of a meeting that is being written; a ``folded`` one can be resumed."""
    colors = context.theme.colors
    fill = mixed(colors.window, colors.accent, 0.12)
    pen = QPen(colors.accent, 1.5)
    pen.setDashPattern([4.0, 3.0])
    fonts = scaled(context.font, 0.92, bold=True), scaled(context.font, 0.92)
    lines = [title or translate("Calendar", "New meeting")]
    if folded:
        lines.append(translate("Calendar", "resume"))
    for rect in rects:
        painter.setPen(pen)
        glass = QColor(fill)
        glass.setAlphaF(0.96)  # what it would clash with shines through
        painter.setBrush(glass)
        area = qrectf(rect).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, RADIUS_PX, RADIUS_PX)
        painter.setPen(readable(colors.accent_text, fill))
        inner = area.adjusted(8, 2, -4, -2)
        for text, font in zip(lines, fonts, strict=False):
            metrics = QFontMetrics(font)
            if metrics.height() > inner.height() + 2:
                break
            painter.setFont(font)
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, _leading(context), cut)
            inner.setTop(inner.top() + metrics.height())


def _leading(context: PaintContext) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if context.rtl else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute


def paint_ghost(painter: QPainter, ghost: Ghost, rects: list[Rect], context: PaintContext) -> None:
    """The proposed place."""
    colors = context.theme.colors
    base = QColor(ghost.color) if QColor(ghost.color).isValid() else QColor(colors.accent)
    fill = mixed(colors.window, base, 0.25)
    fill.setAlphaF(0.9)
    for rect in rects:
        painter.setBrush(fill)
        edge = colors.danger if ghost.clashes else base
        painter.setPen(QPen(edge, 2.0 if ghost.clashes else 1.5))
        area = qrectf(rect).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, RADIUS_PX, RADIUS_PX)
        painter.setPen(readable(colors.text, mixed(colors.window, base, 0.25)))
        font = scaled(context.font, 1.0, bold=True)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        if ghost.title and metrics.height() <= area.height():
            inner = area.adjusted(8, 0, -4, 0)
            cut = metrics.elidedText(ghost.title, Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, _leading(context), cut)


def label_rect(lines: tuple[str, ...], beside: Rect, frame: Frame, context: PaintContext) -> QRectF:
    """Where the label of a ghost goes: beside it, on the side with room, inside the view."""
    metrics = QFontMetrics(tabular(context.font))
    width = max(metrics.horizontalAdvance(line) for line in lines) + 16
    height = metrics.height() * len(lines) + 8
    right = frame.columns.left + frame.columns.width
    x = beside.right + 6
    if x + width > right:
        x = beside.x - 6 - width
    x = max(frame.columns.left, min(x, right - width))
    y = min(max(beside.bottom - height, 4), frame.height_px - height - 4)
    return QRectF(x, y, width, height)


def paint_ghost_label(
    painter: QPainter, ghost: Ghost, beside: Rect, frame: Frame, context: PaintContext
) -> None:
    """Times and hints beside the proposed place."""
    colors = context.theme.colors
    area = label_rect(ghost.lines, beside, frame, context)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.tooltip)
    painter.drawRoundedRect(area, RADIUS_PX, RADIUS_PX)
    painter.setPen(colors.on_tooltip)
    painter.setFont(tabular(context.font))
    height = QFontMetrics(painter.font()).height()
    for row, line in enumerate(ghost.lines):
        at = QRectF(area.x() + 8, area.y() + 4 + row * height, area.width() - 16, height)
        painter.drawText(at, _leading(context), line)


def edge_chip_rect(frame: Frame, text: str, context: PaintContext, *, above: bool) -> Rect:
    """Where the chip about events out of sight stands."""
    width = QFontMetrics(scaled(context.font, 0.92)).horizontalAdvance(text) + 36
    grid = frame.grid
    x = grid.x + (grid.width - width) // 2
    y = grid.y + CHIP_MARGIN_PX if above else grid.bottom - CHIP_MARGIN_PX - CHIP_HEIGHT_PX
    return Rect(x, y, width, CHIP_HEIGHT_PX)


def edge_chip_text(count: int, *, above: bool) -> str:
    """Words of that chip: "2 earlier", "1 later"."""
    number = QLocale().toString(count)
    words = translate("Calendar", "{0} earlier") if above else translate("Calendar", "{0} later")
    return words.format(number)


def paint_edge_chip(
    painter: QPainter, rect: Rect, text: str, context: PaintContext, *, above: bool
) -> None:
    """Events are out of sight in this direction; a click goes there."""
    colors = context.theme.colors
    area = qrectf(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(colors.border, 1))
    painter.setBrush(colors.window)
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
    painter.setPen(QPen(colors.muted, 1.5))
    x, y, turn = area.left() + 15, area.center().y(), -1 if above else 1
    painter.drawPolyline(
        [QPointF(x - 4, y - 2 * turn), QPointF(x, y + 2 * turn), QPointF(x + 4, y - 2 * turn)]
    )
    painter.setPen(colors.text)
    painter.setFont(scaled(context.font, 0.92))
    painter.drawText(area.adjusted(22, 0, -8, 0), Qt.AlignmentFlag.AlignCenter, text)


def paint_page_warning(
    painter: QPainter, frame: Frame, share: float, at_right: bool, context: PaintContext
) -> None:
    """A bar that fills while a drag is held at the side: then the page turns."""
    grid = frame.grid
    x = grid.right - 4 if at_right else grid.x
    fill = QColor(context.theme.colors.accent)
    faint = QColor(fill)
    faint.setAlphaF(0.2)
    painter.fillRect(x, grid.y, 4, grid.height, faint)
    height = round(grid.height * min(1.0, share))
    painter.fillRect(x, grid.bottom - height, 4, height, fill)
