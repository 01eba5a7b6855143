"""The colleagues' time on the day strip: hatched, with initials; what is not known is dotted.

It stands in a lane of its own beside the day, where no event covers it, and runs on faintly under
the day's events.
"""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter

from desktop.ui import theme
from desktop.ui.calendar.geometry import Frame
from desktop.ui.calendar.overlay import rects_of
from desktop.ui.calendar.paint_context import PaintContext, qrect
from desktop.ui.calendar.painter import HATCH
from desktop.ui.meeting.busy_texts import stretch_letters
from desktop.ui.meeting.strip_stage import StripStage

DOTS = Qt.BrushStyle.Dense6Pattern
LETTER_SCALE = 0.8
PAD_PX = 3
STRONG, FAINT = 0.8, 0.22


def lane_width(font: QFont) -> int:
    """Pixels that the colleagues' time takes beside the day: as much as two initials need."""
    return QFontMetrics(_letter_font(font)).horizontalAdvance("WW ?") + 4 * PAD_PX


def paint_busy(painter: QPainter, stage: StripStage, context: PaintContext) -> None:
    """What is taken and what is not known, in pixels of the view; events are painted over it."""
    if not stage.busy.names:
        return
    grid, lane = qrect(stage.frame.grid), lane_area(stage.frame, stage.side_px, rtl=context.rtl)
    painter.save()
    painter.setClipRect(grid.united(lane))
    painter.fillRect(lane, context.theme.colors.pane)
    if stage.busy.unknown:
        _fill(painter, lane, DOTS, STRONG, context)
        _fill(painter, grid, DOTS, FAINT, context)
    for stretch in stage.busy.stretches:
        letters = stretch_letters(stretch, stage.busy.names)
        for rect in rects_of(stretch.span, stage.frame, context):
            _fill(
                painter, QRect(grid.x(), rect.y, grid.width(), rect.height), HATCH, FAINT, context
            )
            beside = QRect(lane.x(), rect.y, lane.width(), rect.height)
            painter.fillRect(beside, context.theme.colors.pane)
            _fill(painter, beside, HATCH, STRONG, context)
            _paint_edges(painter, beside, context)
            _paint_letters(painter, beside.intersected(lane), letters, context)
    painter.restore()


def lane_area(frame: Frame, width: int, *, rtl: bool) -> QRect:
    """Where the lane is: at the day's far side from the hours."""
    grid = qrect(frame.grid)
    x = grid.x() - width if rtl else grid.right() + 1
    return QRect(x, grid.y(), width, grid.height())


def _fill(
    painter: QPainter, area: QRect, pattern: Qt.BrushStyle, strength: float, context: PaintContext
) -> None:
    color = QColor(context.theme.colors.muted)
    color.setAlphaF(strength)
    painter.setBrushOrigin(area.topLeft())
    painter.fillRect(area, QBrush(color, pattern))


def _paint_edges(painter: QPainter, area: QRect, context: PaintContext) -> None:
    """A line above and below, so that one sees where a stretch begins and ends."""
    painter.fillRect(area.x(), area.y(), area.width(), 1, context.theme.colors.muted)
    painter.fillRect(area.x(), area.bottom(), area.width(), 1, context.theme.colors.muted)


def _paint_letters(
    painter: QPainter, area: QRect, letters: tuple[str, ...], context: PaintContext
) -> None:
    font = _letter_font(context.font)
    metrics = QFontMetrics(font)
    line = metrics.height()
    room = (area.height() - 2) // line
    if room < 1:
        return
    shown = (
        letters if len(letters) <= room else (*letters[: room - 1], f"+{len(letters) - room + 1}")
    )
    width = min(area.width(), max(map(metrics.horizontalAdvance, shown)) + 2 * PAD_PX)
    pill = QRectF(0, 0, width, line * len(shown))
    pill.moveCenter(QRectF(area).center())
    pill.moveTop(area.y() + max(1.0, min(6.0, (area.height() - pill.height()) / 2)))
    colors = context.theme.colors
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.window)
    painter.drawRoundedRect(pill, 3, 3)
    painter.setFont(font)
    painter.setPen(colors.text)
    for number, text in enumerate(shown):
        row = QRectF(pill.x(), pill.y() + number * line, pill.width(), line)
        painter.drawText(row, Qt.AlignmentFlag.AlignCenter, text)


def _letter_font(font: QFont) -> QFont:
    return theme.scaled(font, LETTER_SCALE, bold=True)
