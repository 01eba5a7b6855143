"""Paints what lies under the events: day heads, hours, lines, tinted hours, the lane."""

from datetime import date, time, timedelta

from PySide6.QtCore import QDate, QLocale, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from desktop.domain.freebusy import WorkHours
from desktop.ui.calendar.describe import minute_text, translate
from desktop.ui.calendar.event_paint import RADIUS_PX, paint_bar, paint_box
from desktop.ui.calendar.geometry import FOLD_PX, Frame, Rect
from desktop.ui.calendar.paint_context import PaintContext, qrect, qrectf
from desktop.ui.calendar.scene import Chip, Scene
from desktop.ui.calendar.walltime import DAY_MIN, clock_change, instant_of, wall_at
from desktop.ui.theme import mixed, scaled, tabular

LABEL_GAP_PX = 10
HATCH = Qt.BrushStyle.BDiagPattern
NOON_MIN = 12 * 60
HALF_HOURS_FROM_PX = 90
"""So high an hour must be for a faint line in its middle."""


def work_minutes(work: WorkHours) -> tuple[int, int]:
    """The hours of work as minutes of the day."""
    end = work.end.hour * 60 + work.end.minute
    return work.start.hour * 60 + work.start.minute, end if work.end != time() else DAY_MIN


def paint_grid(painter: QPainter, frame: Frame, context: PaintContext, area: QRect) -> None:
    """The empty grid within ``area``; the painter's origin is the top of the content."""
    colors = context.theme.colors
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(area, colors.window)
    for index in range(frame.columns.count):
        _paint_tint(painter, frame, context, index)
    _paint_hours(painter, frame, context, area)
    painter.setPen(colors.line)
    for index in range(frame.columns.count):
        x, width = frame.columns.of(index)
        edge = x + width - 1 if context.rtl else x
        painter.drawLine(edge, area.top(), edge, area.bottom())
    for index in range(frame.columns.count):
        _paint_clock_change(painter, frame, context, index)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _paint_tint(painter: QPainter, frame: Frame, context: PaintContext, index: int) -> None:
    x, width = frame.columns.of(index)
    height = frame.scale.height
    tint = context.theme.colors.tinted
    if not context.work.works_on(frame.day(index)):
        painter.fillRect(x, 0, width, height, tint)
        return
    start, end = work_minutes(context.work)
    y, until = frame.scale.y_of(start), frame.scale.y_of(end)
    painter.fillRect(x, 0, width, y, tint)
    painter.fillRect(x, until, width, height - until, tint)


def _paint_hours(painter: QPainter, frame: Frame, context: PaintContext, area: QRect) -> None:
    line = context.theme.colors.line
    left, right = frame.columns.left, frame.columns.left + frame.columns.width - 1
    faint = QColor(line)
    faint.setAlphaF(0.5)
    step = 30 if frame.scale.hour_px >= HALF_HOURS_FROM_PX else 60
    for minute in range(0, DAY_MIN, step):
        y = frame.scale.y_of(minute)
        if area.top() <= y <= area.bottom():
            painter.setPen(faint if minute % 60 else line)
            painter.drawLine(left, y, right, y)


def _paint_clock_change(painter: QPainter, frame: Frame, context: PaintContext, index: int) -> None:
    """The hour that is missing on this day is hatched; the doubled one says so."""
    change = clock_change(frame.day(index), context.zone)
    if change is None:
        return
    x, width = frame.columns.of(index)
    y, until = frame.scale.y_of(change.start), frame.scale.y_of(change.end)
    colors = context.theme.colors
    area = QRect(x + 1, y, width - 1, until - y)
    if change.missing:
        painter.fillRect(area, QBrush(mixed(colors.window, colors.muted, 0.5), HATCH))
    else:
        painter.fillRect(QRect(x + width - 4, y, 3, until - y), colors.muted)
    font = scaled(context.font, 0.85)
    painter.setFont(font)
    words = (
        translate("Calendar", "clocks go forward")
        if change.missing
        else translate("Calendar", "this hour comes twice")
    )
    label = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, width - 16)
    box = QFontMetrics(font).boundingRect(label).adjusted(-4, -1, 4, 1)
    box.moveCenter(area.center())
    painter.fillRect(box, colors.window)
    painter.setPen(colors.muted)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)


def paint_folds(painter: QPainter, frame: Frame, scene: Scene, context: PaintContext) -> None:
    """The rows of hours that are folded away, with how many events hide there."""
    scale, colors = frame.scale, context.theme.colors
    last = scale.y_of(scale.fold_after)
    rows = (
        (scale.fold_before > 0, 0, 0, scale.fold_before, FOLD_PX - 1),
        (scale.fold_after < DAY_MIN, last, scale.fold_after, DAY_MIN, last),
    )
    for folded, y, start, end, edge in rows:
        if not folded:
            continue
        row = QRect(frame.columns.left, y, frame.columns.width, FOLD_PX)
        painter.fillRect(row, colors.pane)
        painter.fillRect(row.x(), edge, row.width(), 1, colors.border)
        count = sum(start <= box.piece.start and box.piece.end <= end for box in scene.boxes)
        words = f"{minute_text(start)} – {minute_text(end)}"
        if count:
            words += " · " + translate("Calendar", "{0} hidden").format(count)
        painter.setPen(colors.muted)
        painter.setFont(scaled(context.font, 0.88))
        painter.drawText(row, Qt.AlignmentFlag.AlignCenter, words)


def paint_boxes(
    painter: QPainter, scene: Scene, context: PaintContext, area: QRect, scroll: int
) -> None:
    """The events that touch ``area``, the selected one uppermost."""
    last = None
    top, bottom = area.top(), area.bottom() + 1
    left, right = area.left(), area.right() + 1
    for box in scene.boxes:
        rect = box.rect
        if rect.y >= bottom or rect.bottom <= top or rect.x >= right or rect.right <= left:
            continue
        if box.key == context.selected:
            last = box
            continue
        paint_box(painter, box, context, scroll)
    if last is not None:
        paint_box(painter, last, context, scroll)
    for chip in scene.chips:
        paint_chip(painter, chip, context)


def paint_chip(painter: QPainter, chip: Chip, context: PaintContext) -> None:
    """The pill "+k" of what found no room."""
    colors = context.theme.colors
    area = qrectf(chip.rect).adjusted(0, 0, -1, 0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.pressed)
    painter.drawRoundedRect(area, RADIUS_PX, RADIUS_PX)
    painter.setPen(colors.text)
    painter.setFont(scaled(context.font, 0.85))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, f"+{len(chip.keys)}")


def paint_gutter(
    painter: QPainter, frame: Frame, context: PaintContext, gutter: Rect, hidden: int | None
) -> None:
    """The hours beside the grid; the label within reach of ``hidden`` (a pixel row) gives way."""
    painter.fillRect(qrect(gutter), context.theme.colors.window)
    font = tabular(scaled(context.font, 0.88))
    painter.setFont(font)
    painter.setPen(context.theme.colors.muted)
    metrics = QFontMetrics(font)
    height = metrics.height()
    step = 60 if frame.scale.hour_px >= height + 4 else 120
    painter.save()
    painter.setClipRect(qrect(gutter))
    for minute in range(0, DAY_MIN, step):
        if not frame.scale.fold_before <= minute <= frame.scale.fold_after or not minute:
            continue
        y = frame.y_of(minute)
        if hidden is not None and abs(y - hidden) < height:
            continue
        line = _gutter_line(gutter, y, height, context)
        painter.drawText(line, _end(context), minute_text(minute))
    painter.restore()


def _gutter_line(gutter: Rect, y: int, height: int, context: PaintContext) -> QRect:
    x = gutter.x + (LABEL_GAP_PX if context.rtl else 4)
    return QRect(x, y - height // 2, gutter.width - 4 - LABEL_GAP_PX, height)


def _end(context: PaintContext) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if context.rtl else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


def paint_heads(painter: QPainter, frame: Frame, context: PaintContext, width: int) -> None:
    """Names and numbers of the days; today in a disc of the accent."""
    colors = context.theme.colors
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.fillRect(0, 0, width, frame.top, colors.window)
    for index in range(frame.columns.count):
        x, column = frame.columns.of(index)
        _paint_head(painter, QRect(x, 0, column, frame.head_px), frame.day(index), context)
        edge = x + column - 1 if context.rtl else x
        painter.fillRect(edge, frame.head_px, 1, frame.lane_px, colors.line)
    painter.fillRect(0, frame.top - 1, width, 1, colors.line)


def _paint_head(painter: QPainter, area: QRect, day: date, context: PaintContext) -> None:
    colors, locale = context.theme.colors, QLocale()
    today = day == context.today
    name = locale.dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
    name_font, number_font = scaled(context.font, 0.92), tabular(scaled(context.font, 1.3))
    number_font.setBold(True)
    name_font.setBold(today)
    painter.setFont(name_font)
    painter.setPen(colors.accent_text if today else colors.muted)
    if context.work.is_holiday(day):
        name = _with_holiday(name, QFontMetrics(name_font), area.width() - 8)
    half = area.height() // 2
    upper = QRect(area.x(), area.y() + 4, area.width(), half - 5)
    painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, name)
    lower = QRect(area.x(), upper.bottom(), area.width(), area.bottom() - upper.bottom())
    if today:
        _paint_disc(painter, lower, number_font, context)
    painter.setFont(number_font)
    painter.setPen(colors.on_accent if today else colors.text)
    number = locale.toString(QDate(day.year, day.month, day.day), "d")
    painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, number)


def _with_holiday(name: str, metrics: QFontMetrics, room: int) -> str:
    """The day's name and that it is a holiday, as far as there is room for whole words."""
    holiday = translate("Calendar", "Holiday")
    words = (f"{name} · {holiday}", holiday)
    return next((one for one in words if metrics.horizontalAdvance(one) <= room), name)


def _paint_disc(painter: QPainter, area: QRect, font: QFont, context: PaintContext) -> None:
    metrics = QFontMetrics(font)
    height = min(area.height() - 1, metrics.height() + 4)
    width = max(height, metrics.horizontalAdvance("00") + 8)
    disc = QRectF(0, 0, width, height)
    disc.moveCenter(QRectF(area).center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(context.theme.colors.accent)
    painter.drawRoundedRect(disc, height / 2, height / 2)


def paint_lane(painter: QPainter, scene: Scene, context: PaintContext) -> None:
    """The bars of whole days."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for bar in scene.bars:
        paint_bar(painter, bar, context)
    for chip in scene.bar_chips:
        paint_chip(painter, chip, context)


def paint_corner(painter: QPainter, gutter: Rect, frame: Frame, context: PaintContext) -> None:
    """The zone's offset, and what the lane is."""
    painter.setPen(context.theme.colors.muted)
    font = scaled(context.font, 0.88)
    painter.setFont(font)
    metrics = QFontMetrics(font)
    room = gutter.width - 4 - LABEL_GAP_PX
    height = metrics.height()
    words = (
        (
            offset_text(instant_of(wall_at(frame.first, NOON_MIN), context.zone).utcoffset()),
            frame.head_px - height - 4,
        ),
        (translate("Calendar", "all day"), frame.head_px + 6),
    )
    for text, y in words:
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        line = _gutter_line(gutter, y + height // 2, height, context)
        painter.drawText(line, _end(context), cut)


def offset_text(offset: timedelta | None) -> str:
    """A zone's distance from UTC: "UTC+3"."""
    minutes = round((offset or timedelta()).total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "−"
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


def paint_lines_between(painter: QPainter, gutter: Rect, frame: Frame, pen: QPen) -> None:
    """The line between hours and days."""
    painter.setPen(pen)
    edge = max(gutter.x, frame.columns.left)
    painter.drawLine(QPointF(edge, frame.head_px), QPointF(edge, frame.height_px))
