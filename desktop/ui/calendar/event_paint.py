"""Paints one event: soft fill, bar, words, and the marks of its states."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from desktop.domain.event import CalendarEntry, DeliveryMark
from desktop.ui.calendar.event_look import EventLook, Phase, look_of, phase_of, state_of
from desktop.ui.calendar.event_text import EventText, Line
from desktop.ui.calendar.geometry import Rect
from desktop.ui.calendar.paint_context import PaintContext, qrectf
from desktop.ui.calendar.scene import BarBox, Box
from desktop.ui.calendar.stamps import HIGHEST_PX

BAR_PX = 4
CURRENT_BAR_PX = 6
RADIUS_PX = 5.0
PAD_X = 10
"""From the left edge to the words, over the bar."""
PAD_END = 4
PAD_Y = 3
BADGE_PX = 11
BADGE_GAP_PX = 3
LEAST_WORDS_PX = 28
"""With less beside it a sign would push out what it belongs to."""

TOOTH_PX = 4
STRIPE_PX = 6
TALL_ENOUGH_PX = 22
CLASH_PX = 9
CLASH_ROUND_PX = 4


def paint_box(painter: QPainter, box: Box, context: PaintContext, scroll: int) -> None:
    """Paint an event in the grid; the painter's origin is the top of the content.

    The words of an event that began above what is seen (``scroll``) stand at the upper edge.
    """
    rect = box.rect
    if box.key == context.lifted:
        _paint_outline(painter, qrectf(rect), _look(box.entry, context).outline, dashed=True)
        return
    hidden = max(0, min(scroll - rect.y, rect.height - TALL_ENOUGH_PX))
    if rect.height > HIGHEST_PX:
        painter.translate(rect.x, rect.y)
        _render(painter, box, hidden, context)
        painter.translate(-rect.x, -rect.y)
    else:
        phase = phase_of(box.entry.when, context.zone, context.now)
        size = (rect.width, rect.height)
        clash = box.key in context.double_booked
        signature = (box.entry, phase, size, hidden, clash, context.shaper, context.theme)
        picture = context.stamps.picture(
            (box.key, box.piece.index),
            signature,
            size,
            context.dpr,
            lambda target: _render(target, box, hidden, context),
        )
        painter.drawPixmap(rect.x, rect.y, picture)
    if box.key == context.selected:
        _paint_selection(painter, qrectf(rect), context)


def _render(painter: QPainter, box: Box, hidden: int, context: PaintContext) -> None:
    """Paint a box with its corner at the painter's origin; the first ``hidden`` rows are unseen."""
    width, height = box.rect.width, box.rect.height
    look = _look(box.entry, context)
    torn = (not box.piece.begins, not box.piece.ends)
    _paint_body(painter, Rect(0, 0, width, height), look, context, torn)
    pad = PAD_Y if height >= TALL_ENOUGH_PX else 0
    inner = Rect(0, pad + hidden, width, height - 2 * pad - hidden)
    _paint_words(painter, box.entry, inner, look, context)
    if box.key in context.double_booked and look.state.phase is not Phase.PAST:
        _paint_clash(painter, Rect(0, 0, width, height), context)


def paint_bar(painter: QPainter, bar: BarBox, context: PaintContext) -> None:
    """Paint an event in the lane of whole days; the painter's origin is the view's."""
    look = _look(bar.entry, context)
    if bar.key == context.lifted:
        _paint_outline(painter, qrectf(bar.rect), look.outline, dashed=True)
        return
    _paint_body(painter, bar.rect, look, context)
    _paint_words(painter, bar.entry, bar.rect, look, context, middle=True)
    if bar.key == context.selected:
        _paint_selection(painter, qrectf(bar.rect), context)


def _look(entry: CalendarEntry, context: PaintContext) -> EventLook:
    phase = phase_of(entry.when, context.zone, context.now)
    return look_of(entry.color, state_of(entry, phase), context.theme)


def _paint_body(
    painter: QPainter,
    rect: Rect,
    look: EventLook,
    context: PaintContext,
    torn: tuple[bool, bool] = (False, False),
) -> None:
    area = qrectf(rect)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.fill)
    painter.drawRoundedRect(area, RADIUS_PX, RADIUS_PX)
    if look.state.tentative:
        _paint_stripes(painter, area, look)
    bar_px = CURRENT_BAR_PX if look.state.phase is Phase.CURRENT else BAR_PX
    bar_x = rect.right - bar_px if context.rtl else rect.x
    bar = QRectF(bar_x, rect.y, bar_px, rect.height)
    painter.setBrush(look.bar)
    painter.drawRoundedRect(bar, BAR_PX / 2, BAR_PX / 2)
    for edge, at_bottom in zip(torn, (False, True), strict=True):
        if edge:
            _paint_teeth(painter, area, context.theme.colors.window, at_bottom)
    if look.state.dashed or look.state.declined:
        color = look.outline
        if look.state.mark is DeliveryMark.TROUBLE:
            color = context.theme.colors.danger
        _paint_outline(painter, area, color, dashed=look.state.dashed)


def _paint_outline(painter: QPainter, area: QRectF, color: QColor, *, dashed: bool) -> None:
    pen = QPen(color, 1.0)
    if dashed:
        pen.setDashPattern([4.0, 3.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_PX, RADIUS_PX)


def _paint_selection(painter: QPainter, area: QRectF, context: PaintContext) -> None:
    colors = context.theme.colors
    painter.setPen(QPen(colors.accent if context.focused else colors.muted, 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS_PX - 1, RADIUS_PX - 1)


def _paint_stripes(painter: QPainter, area: QRectF, look: EventLook) -> None:
    """Diagonal stripes across the fill; they start with the box, so scrolling moves them too."""
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(area, RADIUS_PX, RADIUS_PX)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(QBrush(look.stripe), STRIPE_PX))
    x = area.left() - area.height()
    while x < area.right():
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
        x += STRIPE_PX * 2.5
    painter.restore()
    painter.setPen(Qt.PenStyle.NoPen)


def _paint_clash(painter: QPainter, rect: Rect, context: PaintContext) -> None:
    """A folded corner below the words: double-booked. It takes no room from the title."""
    fold = min(CLASH_PX, rect.height - 1)
    inward, x = (1, rect.x) if context.rtl else (-1, rect.right)
    path = QPainterPath(QPointF(x, rect.bottom - fold))
    path.lineTo(x, rect.bottom - CLASH_ROUND_PX)
    path.quadTo(x, rect.bottom, x + inward * CLASH_ROUND_PX, rect.bottom)
    path.lineTo(x + inward * fold, rect.bottom)
    path.closeSubpath()
    painter.fillPath(path, context.theme.colors.warning)


def _paint_teeth(painter: QPainter, area: QRectF, color: QColor, at_bottom: bool) -> None:
    """A torn edge: the event goes on, on another day."""
    edge = area.bottom() if at_bottom else area.top()
    inward = -TOOTH_PX if at_bottom else TOOTH_PX
    teeth = QPolygonF([QPointF(area.left(), edge)])
    x = area.left()
    while x < area.right():
        teeth.append(QPointF(min(x + TOOTH_PX, area.right()), edge + inward))
        teeth.append(QPointF(min(x + 2 * TOOTH_PX, area.right()), edge))
        x += 2 * TOOTH_PX
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(teeth)


def _paint_words(
    painter: QPainter,
    entry: CalendarEntry,
    rect: Rect,
    look: EventLook,
    context: PaintContext,
    *,
    middle: bool = False,
) -> None:
    width = rect.width - PAD_X - PAD_END
    badges = badges_of(entry, width)
    room = len(badges) * (BADGE_PX + BADGE_GAP_PX)
    text = context.shaper.shaped(entry, width, rect.height, room)
    x = rect.x + (PAD_END if context.rtl else PAD_X)
    title_px = min(context.shaper.fonts.title_px, rect.height)
    y = rect.y + ((rect.height - title_px) / 2 if middle else 0.0)
    _paint_lines(painter, text, QPointF(x, y), look, context)
    badge_x = float(x if context.rtl else x + width - BADGE_PX)
    for badge in badges:
        _BADGES[badge](
            painter,
            QRectF(badge_x, y + (title_px - BADGE_PX) / 2, BADGE_PX, BADGE_PX),
            context.theme.colors.danger if badge == "trouble" else look.text,
        )
        badge_x += (BADGE_PX + BADGE_GAP_PX) * (1 if context.rtl else -1)


def _paint_lines(
    painter: QPainter, text: EventText, at: QPointF, look: EventLook, context: PaintContext
) -> None:
    fonts = context.shaper.fonts
    if text.titles:
        title_font = text.title_font or fonts.title
        painter.setFont(title_font)
        painter.setPen(look.text)
        _draw(painter, text.titles, at)
        if look.state.struck:
            _strike(painter, text.titles, at, context)
    if text.details:
        painter.setFont(fonts.detail)
        painter.setPen(look.muted)
        _draw(painter, text.details, at)


def _draw(painter: QPainter, lines: tuple[Line, ...], at: QPointF) -> None:
    for line in lines:
        painter.drawStaticText(at + line.at, line.text)


def _strike(painter: QPainter, lines: tuple[Line, ...], at: QPointF, context: PaintContext) -> None:
    """A line through each line: a static text places that of its font wrongly."""
    metrics = QFontMetricsF(painter.font())
    for line in lines:
        y = at.y() + line.at.y() + metrics.ascent() - metrics.strikeOutPos()
        room = line.text.textWidth() if context.rtl else line.width
        x = at.x() + line.at.x() + max(0.0, room - line.width)
        painter.drawLine(QPointF(x, y), QPointF(x + line.width, y))


def badges_of(entry: CalendarEntry, width: int) -> tuple[str, ...]:
    """The little signs in the corner, the most urgent first; no more than leave room for words."""
    event = entry.event
    signs = (
        ("trouble", entry.mark is DeliveryMark.TROUBLE),
        ("private", event.private),
        ("recurring", event.recurring),
    )
    badges = tuple(name for name, shown in signs if shown)
    if len(badges) * (BADGE_PX + BADGE_GAP_PX) > width // 2:
        badges = badges[:1]
    narrow = width - BADGE_PX - BADGE_GAP_PX < LEAST_WORDS_PX
    return tuple(name for name in badges if name == "trouble" or not narrow)


def _paint_trouble(painter: QPainter, area: QRectF, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(area.center().x(), area.top()),
                QPointF(area.right(), area.bottom()),
                QPointF(area.left(), area.bottom()),
            ]
        )
    )
    mark = QColor("#ffffff") if color.lightnessF() < 0.6 else QColor("#17171b")
    painter.setPen(QPen(mark, 1.4))
    x = area.center().x()
    painter.drawLine(QPointF(x, area.top() + 4), QPointF(x, area.bottom() - 4))
    painter.drawPoint(QPointF(x, area.bottom() - 2))


def _paint_lock(painter: QPainter, area: QRectF, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    body = QRectF(area.left() + 1.5, area.top() + 5, area.width() - 3, area.height() - 5.5)
    painter.drawRoundedRect(body, 1.5, 1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, 1.3))
    painter.drawArc(QRectF(area.left() + 3, area.top() + 1, area.width() - 6, 8), 0, 180 * 16)


def _paint_recurring(painter: QPainter, area: QRectF, color: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, 1.3))
    circle = area.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.drawArc(circle, 60 * 16, 300 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    tip = QPointF(circle.right() - 0.5, circle.top() - 1)
    painter.drawPolygon(QPolygonF([tip, tip + QPointF(0.5, 4.5), tip + QPointF(-4.2, 3.2)]))


_BADGES = {"trouble": _paint_trouble, "private": _paint_lock, "recurring": _paint_recurring}
