"""A waiting change as a row: what it is about, where it is on its way, why it stays there."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.domain.sync import OpState
from desktop.services.outbox import OutboxLine
from desktop.ui import theme
from desktop.ui.assets import IconRole, icon
from desktop.ui.sync.outbox_model import VALUE_ROLE
from desktop.ui.sync.outbox_texts import about_text, place_text, way_text, why_text
from desktop.ui.widgets.text_line import draw_line
from desktop.ui.widgets.wrapped_text import wrapped

Index = QModelIndex | QPersistentModelIndex

PADDING_PX = 12
GAP_PX = 12
LINE_GAP_PX = 2
SMALL = 0.92

MARKS: dict[OpState, tuple[str, IconRole]] = {
    OpState.SENDING: ("upload", "accent_text"),
    OpState.UNKNOWN: ("search", "muted"),
    OpState.PARKED: ("error", "danger"),
    OpState.ASK: ("info", "warning"),
    OpState.CONFLICT: ("duplicate", "warning"),
}
WAITING: tuple[str, IconRole] = ("clock", "muted")


@dataclass(frozen=True, slots=True)
class _Fonts:
    title: QFont
    small: QFont

    @classmethod
    def of(cls, font: QFont) -> "_Fonts":
        return cls(theme.scaled(font, bold=True), theme.scaled(font, SMALL))


class OutboxDelegate(QStyledItemDelegate):
    """Rows as high as their reason needs; no word is cut but that of a long title."""

    def __init__(self, zone: ZoneInfo, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._zone = zone
        self._view = view

    # Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: OutboxLine = index.data(VALUE_ROLE)
        fonts = _Fonts.of(option.font)
        width = self._view.viewport().width()
        height = QFontMetrics(fonts.title).height() + LINE_GAP_PX
        height += QFontMetrics(fonts.small).height()
        reason = self._reason(line, fonts, width, option.direction)
        if reason is not None:
            height += LINE_GAP_PX + round(reason.boundingRect().height())
        return QSize(width, height + 2 * PADDING_PX - 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: OutboxLine = index.data(VALUE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option)
        self._paint_words(painter, option, line, _Fonts.of(option.font))
        painter.restore()

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, line: OutboxLine, fonts: _Fonts
    ) -> None:
        colors = theme.current().colors
        row = QRect(option.rect)
        name, role = MARKS.get(line.entry.state, WAITING)
        first = QFontMetrics(fonts.title).height()
        top = row.top() + PADDING_PX - 2
        mark = QRect(row.left() + PADDING_PX, top, theme.ICON_PX, first)
        icon(name, role).paint(painter, _mirrored(mark, option))
        text = QRect(_text_left(row), top, _text_width(row.width()), first)
        text.setWidth(self._paint_when(painter, option, line, fonts, text))
        painter.setFont(fonts.title)
        painter.setPen(colors.text)
        draw_line(painter, _mirrored(text, option), about_text(line), option.direction)
        second = QRect(
            text.left(),
            text.bottom() + 1 + LINE_GAP_PX,
            _text_width(row.width()),
            QFontMetrics(fonts.small).height(),
        )
        painter.setFont(fonts.small)
        painter.setPen(_state_color(line.entry.state))
        draw_line(painter, _mirrored(second, option), way_text(line), option.direction)
        reason = self._reason(line, fonts, row.width(), option.direction)
        if reason is not None:
            painter.setPen(colors.muted)
            box = QRect(second.left(), second.bottom() + 1 + LINE_GAP_PX, second.width(), 1)
            reason.draw(painter, QPointF(_mirrored(box, option).topLeft()))

    def _paint_when(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        line: OutboxLine,
        fonts: _Fonts,
        text: QRect,
    ) -> int:
        """Paint when it is at the far end; how much is left for the title."""
        words = place_text(line, self._zone)
        if not words:
            return text.width()
        font = theme.tabular(fonts.small)
        width = QFontMetrics(font).horizontalAdvance(words) + 1
        box = QRect(text.right() + 1 - width, text.top(), width, text.height())
        painter.setFont(font)
        painter.setPen(theme.current().colors.muted)
        draw_line(painter, _mirrored(box, option), words, option.direction)
        return max(0, text.width() - width - GAP_PX)

    def _reason(
        self, line: OutboxLine, fonts: _Fonts, row_width: int, direction: Qt.LayoutDirection
    ) -> QTextLayout | None:
        reason = why_text(line)
        if not reason:
            return None
        return wrapped(reason, fonts.small, _text_width(row_width), direction)


def _text_left(row: QRect) -> int:
    return row.left() + PADDING_PX + theme.ICON_PX + GAP_PX


def _text_width(row_width: int) -> int:
    return row_width - 2 * PADDING_PX - theme.ICON_PX - GAP_PX


def _mirrored(rect: QRect, option: QStyleOptionViewItem) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, rect)


def _state_color(state: OpState) -> QColor:
    colors = theme.current().colors
    if state is OpState.PARKED:
        return colors.danger
    return colors.warning if state in (OpState.ASK, OpState.CONFLICT) else colors.muted


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    colors = theme.current().colors
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
    if not (chosen or hovered or focused):
        return
    painter.setPen(QPen(colors.accent, 2) if focused else Qt.PenStyle.NoPen)
    if chosen:
        painter.setBrush(colors.accent_soft)
    else:
        painter.setBrush(colors.hover if hovered else Qt.BrushStyle.NoBrush)
    box = QRect(option.rect).adjusted(1, 1, -1, -1)
    painter.drawRoundedRect(box, theme.RADIUS_PX, theme.RADIUS_PX)
