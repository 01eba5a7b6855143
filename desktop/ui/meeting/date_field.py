"""A date as people type it, or pick it from a month."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.assets import icon
from desktop.ui.meeting.date_words import date_text, read_date
from desktop.ui.meeting.typed_field import TypedField
from desktop.ui.sidebar.mini_month import MiniMonth

DAYS = tuple(date(2026, month, day) for month in range(1, 13) for day in range(20, 27))
"""Every month with every weekday: what a date is as wide as depends on the language."""

FRAME_PX = 24
"""Border, padding and Qt's own margin, on both sides."""

ICON_PX = 26
CARET_PX = 1
POPUP_WIDTH_PX = 252


class DateField(TypedField):
    """Reads "19.11", "thu", "tomorrow", "+3"; the arrow keys step by a day, Alt+↓ shows a month."""

    day_entered = Signal(object)  # date

    def __init__(self, name: str, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._today = today
        self._day = today()
        self._popup: _MonthPopup | None = None
        self._measured: tuple[QFont, int] | None = None
        self._open = self.addAction(
            icon("calendar", "muted"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._open.setText(self.tr("Choose a day"))
        self._open.setToolTip(self.tr("Choose a day (Alt+↓)"))
        self._open.triggered.connect(self.show_month)

    def show_day(self, day: date) -> None:
        """Show a day as the locale writes it."""
        self._day = day
        self.put_text(date_text(day))

    def set_offered(self, offered: bool) -> None:
        """Whether the value can be changed."""
        self.setReadOnly(not offered)
        self._open.setVisible(offered)

    def show_month(self) -> None:
        """Offer a month under the field."""
        if self.isReadOnly():
            return
        if self._popup is None:
            self._popup = _MonthPopup(self._today(), self)
            self._popup.month.day_chosen.connect(self._on_day_chosen)
        self._popup.month.set_today(self._today())
        self._popup.open_under(self, self._day)

    def take_text(self, text: str) -> bool:
        day = read_date(text, today=self._today(), shown=self._day)
        if day is None:
            return False
        self._enter(day)
        return True

    def step(self, by: int) -> None:
        self._enter(self._day + timedelta(days=by))

    def _widest(self) -> int:
        if self._measured is None or self._measured[0] != self.font():
            widths = (self.fontMetrics().horizontalAdvance(date_text(day)) for day in DAYS)
            self._measured = self.font(), max(widths)
        return self._measured[1]

    def _on_day_chosen(self, day: date) -> None:
        if self._popup is not None:
            self._popup.close()
        self._enter(day)

    def _enter(self, day: date) -> None:
        self.setModified(False)
        self.day_entered.emit(day)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Down:
            self.show_month()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        room = FRAME_PX + ICON_PX + CARET_PX
        return QSize(self._widest() + room, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class _MonthPopup(QFrame):
    """A month that goes away by itself."""

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setProperty("popup", "true")
        self.month = MiniMonth(today, self)
        self.month.setObjectName("meetingMonth")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.addWidget(self.month)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFixedWidth(POPUP_WIDTH_PX)

    def open_under(self, field: QWidget, day: date) -> None:
        """Show the month of ``day`` with its cursor there."""
        self.month.show_day(day)
        self.adjustSize()
        mirrored = field.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = field.width() - self.width() if mirrored else 0
        self.move(field.mapToGlobal(QPoint(left, field.height() + 4)))
        self.show()
        self.month.setFocus(Qt.FocusReason.PopupFocusReason)
