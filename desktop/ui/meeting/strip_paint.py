"""Paints the day strip with what paints the calendar."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from desktop.ui import theme
from desktop.ui.calendar.describe import minute_text
from desktop.ui.calendar.geometry import Frame, Rect
from desktop.ui.calendar.overlay import paint_now
from desktop.ui.calendar.paint_context import PaintContext, qrect
from desktop.ui.calendar.painter import paint_boxes, paint_grid, paint_gutter, paint_lane
from desktop.ui.calendar.walltime import DAY_MIN
from desktop.ui.meeting.busy_paint import paint_busy
from desktop.ui.meeting.strip_stage import StripStage

GUTTER_MARGIN_PX = 18
FOCUS_RADIUS_PX = 4


def gutter_width(font: QFont) -> int:
    """Pixels that the hours take beside the day."""
    metrics = QFontMetrics(theme.tabular(theme.scaled(font, 0.88)))
    widest = max(metrics.horizontalAdvance(minute_text(minute)) for minute in (22 * 60, 12 * 60))
    return widest + GUTTER_MARGIN_PX


def paint_strip(painter: QPainter, stage: StripStage, context: PaintContext, area: QRect) -> None:
    """The whole strip; ``area`` is its viewport."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(area, context.theme.colors.window)
    _paint_day(painter, stage, context)
    paint_gutter(painter, stage.frame, context, _gutter(stage.frame, context), None)
    if stage.frame.lane_px:
        paint_lane(painter, stage.scene, context)


def paint_focus(painter: QPainter, context: PaintContext, area: QRect) -> None:
    """The ring of the keyboard's focus."""
    painter.setPen(context.theme.colors.accent)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(0, 0, -1, -1), FOCUS_RADIUS_PX, FOCUS_RADIUS_PX)


def _paint_day(painter: QPainter, stage: StripStage, context: PaintContext) -> None:
    frame = stage.frame
    grid, scroll = frame.grid, frame.scroll_px
    painter.save()
    painter.setClipRect(qrect(grid))
    painter.translate(0, frame.top - scroll)
    area = QRect(grid.x, scroll, grid.width, grid.height)
    paint_grid(painter, frame, context, area)
    painter.translate(0, scroll - frame.top)
    painter.setClipping(False)
    paint_busy(painter, stage, context)
    painter.setClipRect(qrect(grid))
    painter.translate(0, frame.top - scroll)
    paint_boxes(painter, stage.scene, context, area, scroll)
    painter.translate(0, scroll - frame.top)
    paint_now(painter, frame, context)
    painter.restore()


def _gutter(frame: Frame, context: PaintContext) -> Rect:
    """The room of the hours; an hour that would be cut at an edge is left out."""
    half = QFontMetrics(context.font).height() / 2
    top, bottom = float(frame.top), float(frame.grid.bottom)
    for minute in range(0, DAY_MIN, 60):
        y = frame.y_of(minute)
        if abs(y - frame.top) < half:
            top = y + half
        if abs(y - frame.grid.bottom) < half:
            bottom = y - half
    x = frame.columns.left + frame.columns.width if context.rtl else 0
    width = gutter_width(context.font)
    return Rect(x, round(top), width, max(0, round(bottom - top)))
