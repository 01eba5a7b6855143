"""The calendars by account, each with its colour and a box to show or hide it."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.event import Calendar
from desktop.domain.ids import AccountId
from desktop.ui import theme
from desktop.ui.assets import icon_pixmap
from desktop.ui.calendar_names import name_of
from desktop.ui.contrast import readable
from desktop.ui.sidebar.calendar_model import (
    COLOR_ROLE,
    SUB_ROLE,
    VALUE_ROLE,
    CalendarModel,
)
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.text_line import draw_line

Index = QModelIndex | QPersistentModelIndex
BOX_PX = 14
DOT_PX = 8
LEAST_PX = 48


class CalendarList(QListView):
    """One tab stop; arrows move, Space or a click shows and hides."""

    menu_requested = Signal(object, object)  # Calendar, QPoint of the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calendarList")
        self.setAccessibleName(self.tr("Calendars"))
        self.calendars = CalendarModel(self)
        self.setModel(self.calendars)
        self.setItemDelegate(_RowDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)

    def toggle(self, index: Index) -> None:
        """Wish a calendar shown that is hidden, or the other way round; all of an account."""
        self.calendars.toggle(index)

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_PX, LEAST_PX)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.toggle(index)
            return
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        calendar = self.calendars.calendar(index)
        if calendar is None:
            return
        at = event.pos() if by_mouse else self.visualRect(index).bottomLeft()
        self.menu_requested.emit(calendar, self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggle(self.currentIndex())
            return
        if event.text() and event.text().isprintable():
            event.ignore()  # a single key is a command here, not a search in the list
            return
        super().keyPressEvent(event)


class CalendarPane(QWidget):
    """The list, or why it is empty and what to do."""

    visibility_requested = Signal(object, bool)  # CalendarId, whether it shall be visible
    account_visibility_requested = Signal(object, bool)  # CalendarIds, whether they shall be
    account_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = CalendarList()
        self.list.calendars.visibility_requested.connect(self.visibility_requested)
        self.list.calendars.account_visibility_requested.connect(self.account_visibility_requested)
        self.empty = EmptyState()
        self._say_why_empty(accounts=False)
        self.empty.acted.connect(self.account_requested)
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._stack)
        # Only now: a stack without a place would show its first page as a window.
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self.setFocusProxy(self.list)
        self.setMinimumHeight(LEAST_PX)

    def show_calendars(
        self,
        calendars: tuple[Calendar, ...],
        titles: Mapping[AccountId, str],
        colors: Mapping[AccountId, str] | None = None,
    ) -> None:
        """Show what there is; without any calendar, the way to get one.

        ``titles`` names the accounts, whose calendars may still be on their way; ``colors``
        tells them apart where there are several.
        """
        self.list.calendars.show(calendars, titles, colors)
        self._say_why_empty(accounts=bool(titles))
        self._stack.setCurrentWidget(self.list if calendars else self.empty)

    def _say_why_empty(self, *, accounts: bool) -> None:
        if accounts:
            self.empty.show_state(
                "calendar",
                self.tr("No calendars here yet"),
                self.tr(
                    "They come with the first sync. If none comes: Accounts says which permission "
                    "is missing."
                ),
            )
        else:
            self.empty.show_state(
                "calendar",
                self.tr("No calendars yet"),
                self.tr("Add an account, or work on this computer only."),
                self.tr("Add account"),
            )

    # Qt overrides

    def hasHeightForWidth(self) -> bool:
        return False  # or the words of an empty list would cut the month above it


class _RowDelegate(QStyledItemDelegate):
    """Paints a heading in small capitals, a calendar as a coloured box and its name."""

    # Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(VALUE_ROLE)
        if index.data(SUB_ROLE):
            return QSize(10 * theme.GRID_PX, option.fontMetrics.height() + 6)
        heading = isinstance(row, str)
        height = option.fontMetrics.height() + (16 if heading else 10)
        if heading and index.row() > 0:
            height += theme.GRID_PX
        return QSize(10 * theme.GRID_PX, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(VALUE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Calendar):
            self._paint_calendar(painter, option, row)
        elif index.data(SUB_ROLE):
            _paint_subheading(painter, option, str(row))
        else:
            state = index.data(Qt.ItemDataRole.CheckStateRole)
            _paint_heading(painter, option, str(row), QColor(index.data(COLOR_ROLE) or ""), state)
        painter.restore()

    def _paint_calendar(
        self, painter: QPainter, option: QStyleOptionViewItem, calendar: Calendar
    ) -> None:
        colors = theme.current().colors
        state = option.state
        rect = QRectF(option.rect)
        _paint_ground(painter, rect, state)
        box = QRectF(0, 0, BOX_PX, BOX_PX)
        text = QRectF(rect)
        if option.direction is Qt.LayoutDirection.RightToLeft:
            box.moveRight(rect.right() - 4)
            text.setRight(box.left() - 8)
        else:
            box.moveLeft(rect.left() + 4)
            text.setLeft(box.right() + 8)
        box.moveTop(rect.center().y() - BOX_PX / 2)
        shown = Qt.CheckState.Checked if calendar.visible else Qt.CheckState.Unchecked
        _paint_box(painter, box, QColor(calendar.color), shown)
        painter.setPen(colors.text)
        painter.setFont(option.font)
        draw_line(painter, text.adjusted(0, 0, -4, 0), name_of(calendar), option.direction)


def _paint_ground(painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
    """Under the pointer and under the cursor."""
    colors = theme.current().colors
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    if hovered or focused:
        painter.setPen(QPen(colors.accent, 2) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(colors.hover if hovered else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)


def _paint_box(painter: QPainter, box: QRectF, color: QColor, state: Qt.CheckState) -> None:
    colors = theme.current().colors
    edge = readable(color if color.isValid() else colors.accent, colors.pane, 3.0)
    painter.setPen(QPen(edge, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush if state is Qt.CheckState.Unchecked else edge)
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 3, 3)
    if state is not Qt.CheckState.Unchecked:
        ratio = painter.device().devicePixelRatio()
        name = "check" if state is Qt.CheckState.Checked else "minus"
        mark = icon_pixmap(name, readable(QColor("#FFFFFF"), edge, 3.0), BOX_PX - 2, ratio)
        painter.drawPixmap(box.topLeft() + QPointF(1, 1), mark)


def _paint_heading(
    painter: QPainter,
    option: QStyleOptionViewItem,
    title: str,
    color: QColor,
    state: Qt.CheckState | None,
) -> None:
    """An account; ``state``: how many of its calendars are shown, where that can be switched."""
    font = theme.scaled(option.font, 0.82, bold=True)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    painter.setFont(font)
    height = painter.fontMetrics().height() + theme.GRID_PX
    if state is not None:
        height = max(height, BOX_PX + 2 * theme.GRID_PX)
    line = QRectF(option.rect.adjusted(0, option.rect.height() - height, 0, 0))
    rect = line.adjusted(4, 0, -4, 0)
    if state is not None:
        _paint_ground(painter, line, option.state)
        rect = _paint_switch(painter, rect, color, state, option.direction)
    elif color.isValid():
        rect = _paint_dot(painter, rect, color, option.direction)
    painter.setPen(theme.current().colors.muted)
    draw_line(painter, rect, title, option.direction)


def _paint_switch(
    painter: QPainter,
    rect: QRectF,
    color: QColor,
    state: Qt.CheckState,
    direction: Qt.LayoutDirection,
) -> QRectF:
    """The box of all the account's calendars; gives the room that is left for the name."""
    box = QRectF(0, 0, BOX_PX, BOX_PX)
    left = QRectF(rect)
    if direction is Qt.LayoutDirection.RightToLeft:
        box.moveRight(rect.right())
        left.setRight(box.left() - 8)
    else:
        box.moveLeft(rect.left())
        left.setLeft(box.right() + 8)
    box.moveTop(rect.center().y() - BOX_PX / 2)
    _paint_box(painter, box, color if color.isValid() else theme.current().colors.muted, state)
    return left


def _paint_subheading(painter: QPainter, option: QStyleOptionViewItem, name: str) -> None:
    painter.setFont(theme.scaled(option.font, 0.88))
    painter.setPen(theme.current().colors.muted)
    height = painter.fontMetrics().height()
    rect = QRectF(option.rect.adjusted(4, option.rect.height() - height - 2, -4, -2))
    draw_line(painter, rect, name, option.direction)


def _paint_dot(
    painter: QPainter, rect: QRectF, color: QColor, direction: Qt.LayoutDirection
) -> QRectF:
    """The account's colour before its name; gives the room that is left for the name."""
    dot = QRectF(0, 0, DOT_PX, DOT_PX)
    left = QRectF(rect)
    if direction is Qt.LayoutDirection.RightToLeft:
        dot.moveRight(rect.right() - 3)
        left.setRight(dot.left() - 8)
    else:
        dot.moveLeft(rect.left() + 3)
        left.setLeft(dot.right() + 8)
    dot.moveTop(rect.center().y() - DOT_PX / 2)
    pen = painter.pen()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(readable(color, theme.current().colors.pane, 3.0))
    painter.drawEllipse(dot)
    painter.setPen(pen)
    return left
