"""A row of the contact list: disc, name with what matched, small print, next meeting, marks."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.contact import ContactHit, MatchReason
from desktop.ui import theme
from desktop.ui.assets import icon_pixmap
from desktop.ui.contacts.model import HIT_ROLE, SECTION_ROLE
from desktop.ui.contacts.texts import MarkedText, coming_meeting, second_line, section_title
from desktop.ui.time_texts import moment_text
from desktop.ui.widgets.avatar import avatar_pixmap
from desktop.ui.widgets.text_line import draw_line

Index = QModelIndex | QPersistentModelIndex
DISC_PX = 32
PADDING_PX = 8
GAP_PX = 10
MARK_PX = 14
LINE_GAP_PX = 2
SMALL = 0.92


class ContactDelegate(QStyledItemDelegate):
    """Paints rows; times are told in ``zone``, seen from ``clock()``."""

    def __init__(
        self, clock: Callable[[], datetime], zone: tzinfo, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._zone = zone

    # Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = _row_height(option.font)
        if index.data(SECTION_ROLE) is not None:
            height += _section_height(option.font)
        return QSize(0, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(HIT_ROLE)
        if not isinstance(hit, ContactHit):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(option.rect)
        section = index.data(SECTION_ROLE)
        if section is not None:
            height = _section_height(option.font)
            _paint_section(
                painter, option, QRect(rect.left(), rect.top(), rect.width(), height), section
            )
            rect.setTop(rect.top() + height)
        self._paint_row(painter, option, rect, hit)
        painter.restore()

    def _paint_row(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, hit: ContactHit
    ) -> None:
        _paint_ground(painter, option, rect)
        mirror = _Mirror(rect, option.direction)
        contact = hit.contact
        inner = rect.adjusted(PADDING_PX, 0, -PADDING_PX, 0)
        disc = QRect(inner.left(), inner.center().y() - DISC_PX // 2 + 1, DISC_PX, DISC_PX)
        ratio = painter.device().devicePixelRatio()
        picture = avatar_pixmap(contact.name, contact.id, DISC_PX, ratio)
        painter.drawPixmap(mirror(disc).topLeft(), picture)
        text = inner.adjusted(DISC_PX + GAP_PX, 0, 0, 0)
        text.setRight(self._paint_end(painter, option, text, hit, mirror))
        self._paint_lines(painter, option, text, hit, mirror)

    def _paint_end(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        text: QRect,
        hit: ContactHit,
        mirror: "_Mirror",
    ) -> int:
        """Paint what stands at the far end; where the text has to stop."""
        colors = theme.current().colors
        end = text.right()
        ratio = painter.device().devicePixelRatio()
        for name, wanted in (("clock", hit.waiting), ("lock", hit.contact.read_only)):
            if wanted:
                box = QRect(end - MARK_PX + 1, text.center().y() - MARK_PX // 2, MARK_PX, MARK_PX)
                painter.drawPixmap(
                    mirror(box).topLeft(), icon_pixmap(name, colors.muted, MARK_PX, ratio)
                )
                end -= MARK_PX + 4
        now = self._clock()
        start = coming_meeting(hit, now)
        if start is None:
            return end
        words = moment_text(start, now, self._zone)
        font = theme.tabular(theme.scaled(option.font, SMALL))
        painter.setFont(font)
        painter.setPen(colors.accent_text)
        width = QFontMetrics(font).horizontalAdvance(words) + 1
        box = QRect(end - width, text.top(), width, text.height())
        draw_line(painter, mirror(box), words, option.direction)
        return end - width - GAP_PX

    def _paint_lines(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        text: QRect,
        hit: ContactHit,
        mirror: "_Mirror",
    ) -> None:
        colors = theme.current().colors
        name_font = theme.scaled(option.font, bold=True)
        small_font = theme.scaled(option.font, SMALL)
        first, second = QFontMetrics(name_font).height(), QFontMetrics(small_font).height()
        line = second_line(hit)
        used = first + (LINE_GAP_PX + second if line.text else 0)
        top = text.top() + (text.height() - used) // 2
        box = QRect(text.left(), top, text.width(), first)
        painter.setPen(colors.text)
        painter.setFont(name_font)
        _draw_marked(
            painter, mirror(box), MarkedText(hit.contact.name, hit.name_ranges), option.direction
        )
        painter.setPen(colors.muted)
        painter.setFont(small_font)
        box = QRect(text.left(), top + first + LINE_GAP_PX, text.width(), second)
        _draw_marked(painter, mirror(box), line, option.direction)


class _Mirror:
    """Turns rectangles of a row round where the window reads from right to left."""

    def __init__(self, row: QRect, direction: Qt.LayoutDirection) -> None:
        self._row = row
        self._direction = direction

    def __call__(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self._direction, self._row, rect)


def _row_height(font: QFont) -> int:
    lines = QFontMetrics(theme.scaled(font, bold=True)).height() + LINE_GAP_PX
    lines += QFontMetrics(theme.scaled(font, SMALL)).height()
    return max(lines, DISC_PX) + 2 * PADDING_PX


def _section_height(font: QFont) -> int:
    return QFontMetrics(font).height() + 3 * theme.GRID_PX


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
    colors = theme.current().colors
    state = option.state
    if state & QStyle.StateFlag.State_Selected:
        ground = colors.accent_soft
    elif state & QStyle.StateFlag.State_MouseOver:
        ground = colors.hover
    else:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, theme.RADIUS_PX, theme.RADIUS_PX)
    if state & QStyle.StateFlag.State_HasFocus:
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(colors.accent)
        pen.setWidth(2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inside = QRectF(rect).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inside, theme.RADIUS_PX, theme.RADIUS_PX)


def _paint_section(
    painter: QPainter, option: QStyleOptionViewItem, rect: QRect, reason: MatchReason
) -> None:
    font = theme.scaled(option.font, 0.82, bold=True)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    painter.setFont(font)
    painter.setPen(theme.current().colors.muted)
    box = rect.adjusted(PADDING_PX, theme.GRID_PX, -PADDING_PX, 0)
    draw_line(painter, box, section_title(reason), option.direction)


def _draw_marked(
    painter: QPainter, rect: QRect, line: MarkedText, direction: Qt.LayoutDirection
) -> None:
    """One line with its matched parts in the accent; cut with … where it is too long."""
    if not line.ranges:
        draw_line(painter, rect, line.text, direction)
        return
    metrics = painter.fontMetrics()
    flat = line.text.replace("\n", " ")
    shown = metrics.elidedText(flat, Qt.TextElideMode.ElideRight, rect.width())
    layout = QTextLayout(shown, painter.font())
    option = QTextOption(
        QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
        | Qt.AlignmentFlag.AlignAbsolute
    )
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    whole = len(shown) if shown == flat else len(shown) - 1
    layout.setFormats(_formats(shown, line.ranges, whole))
    layout.beginLayout()
    row = layout.createLine()
    row.setLineWidth(rect.width())
    layout.endLayout()
    layout.draw(painter, QPointF(rect.topLeft()))


def _formats(
    shown: str, ranges: tuple[tuple[int, int], ...], whole: int
) -> list[QTextLayout.FormatRange]:
    colors = theme.current().colors
    style = QTextCharFormat()
    style.setForeground(colors.accent_text)
    style.setBackground(colors.accent_soft)
    formats = []
    for start, end in ranges:
        part = QTextLayout.FormatRange()
        part.start = _utf16(shown[:start])
        part.length = _utf16(shown[start : min(end, whole)])
        part.format = style
        if part.length > 0 and start < whole:
            formats.append(part)
    return formats


def _utf16(text: str) -> int:
    """How Qt counts: a character beyond the basic plane is two."""
    return len(text.encode("utf-16-le")) // 2
