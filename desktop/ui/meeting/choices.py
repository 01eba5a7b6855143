"""The fields with a list: calendar, reminder, priority, responsible."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QIcon,
    QPainter,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from desktop.domain.account import Account, User
from desktop.domain.event import Calendar, Priority, Reminder
from desktop.domain.ids import CalendarId, UserId
from desktop.ui import theme
from desktop.ui.calendar_names import name_of
from desktop.ui.meeting.texts import REMINDERS_MIN, priority_text, reminder_text

DOT_PX = 12
DOT_RADIUS = 3
COLOR_ROLE = Qt.ItemDataRole.UserRole + 1
LEAST_LETTERS = 8


class Choice(QComboBox):
    """A list to choose from; tells only what the user chose."""

    picked = Signal(object)  # the value of the row

    def __init__(self, object_name: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LEAST_LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setIconSize(QSize(DOT_PX, DOT_PX))
        self.setModel(QStandardItemModel(0, 1, self))
        self.activated.connect(self._on_activated)

    def value(self) -> object:
        """What is chosen; None where nothing is."""
        return self.currentData()

    def take(self, value: object) -> bool:
        """Show ``value`` as chosen; False where it is not in the list."""
        for row in range(self.count()):
            if self.itemData(row) == value and self._rows().item(row).isEnabled():
                self.setCurrentIndex(row)
                return True
        self.setCurrentIndex(-1)
        return False

    def add(self, text: str, value: object, icon: QIcon | None = None) -> None:
        """Append a row."""
        item = QStandardItem(text)
        item.setData(value, Qt.ItemDataRole.UserRole)
        if icon is not None:
            item.setIcon(icon)
        self._rows().appendRow(item)

    def add_heading(self, text: str) -> None:
        """Append a row that cannot be chosen."""
        item = QStandardItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._rows().appendRow(item)

    def _rows(self) -> QStandardItemModel:
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        return model

    def _on_activated(self, row: int) -> None:
        self.picked.emit(self.itemData(row))

    # Qt overrides

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The wheel scrolls the form; a value that changes in passing is not noticed.
        event.ignore()


class CalendarChoice(Choice):
    """Where a meeting is kept: the calendars that can be written, by account."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("meetingCalendar", "", parent)
        self.setAccessibleName(self.tr("Calendar"))

    def show_calendars(
        self,
        calendars: Sequence[Calendar],
        accounts: Sequence[Account],
        chosen: CalendarId | None,
    ) -> None:
        """Offer ``calendars``; one that cannot be written only where it is the chosen one."""
        self.clear()
        offered = [one for one in calendars if one.writable or one.id == chosen]
        for account in accounts:
            own = [one for one in offered if one.account_id == account.id]
            if own and len(accounts) > 1:
                self.add_heading(account.title)
            for calendar in own:
                self.add(name_of(calendar), calendar.id, dot(calendar.color))
                self.setItemData(self.count() - 1, calendar.color, COLOR_ROLE)
        self.take(chosen)

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:  # light has become dark, or dark light
            for row in range(self.count()):
                color = self.itemData(row, COLOR_ROLE)
                if isinstance(color, str):
                    self.setItemIcon(row, dot(color))
        super().changeEvent(event)


class ReminderChoice(Choice):
    """When to remind. Several reminders of one event are one row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("meetingReminder", "", parent)
        self.setAccessibleName(self.tr("Reminder"))
        self.add(self.tr("No reminder"), ())
        for minutes in REMINDERS_MIN:
            self.add(reminder_text(minutes), (Reminder(minutes),))
        self._usual = self.count()

    def show_reminders(self, reminders: tuple[Reminder, ...]) -> None:
        """Show these; others than the usual ones get a row of their own."""
        if self.value() == reminders:
            return
        while self.count() > self._usual:
            self.removeItem(self._usual)
        if not self.take(reminders):
            words = [reminder_text(one.minutes_before) for one in reminders]
            self.add(", ".join(words), reminders)
            self.take(reminders)


class PriorityChoice(Choice):
    """How important it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("meetingPriority", "", parent)
        self.setAccessibleName(self.tr("Priority"))
        for priority in Priority:
            self.add(priority_text(priority), priority)


class ShownAsChoice(Choice):
    """How the time is shown to others: a pair of busy and away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("meetingShownAs", "", parent)
        self.setAccessibleName(self.tr("Show as"))
        self.add(self.tr("Busy"), (True, False))
        self.add(self.tr("Free"), (False, False))
        self.add(self.tr("Out of office"), (True, True))


class ResponsibleChoice(Choice):
    """Who must be there. The first row leaves it to the contact's responsible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("meetingResponsible", "", parent)
        self.setAccessibleName(self.tr("Responsible"))

    def show_users(
        self, users: Sequence[User], me: UserId | None, usual: str, chosen: UserId | None
    ) -> None:
        """Offer the colleagues, myself first; ``usual`` names who it is when left alone."""
        self.clear()
        self.add(usual, None)
        for user in sorted(users, key=lambda user: (user.id != me, user.name.casefold())):
            name = self.tr("{0} (me)").format(user.name) if user.id == me else user.name
            self.add(name, user.id)
        if not self.take(chosen):
            self.add(self.tr("A former colleague"), chosen)
            self.take(chosen)


def dot(color: str) -> QIcon:
    """A small square in a calendar's colour as its events show it, sharp at every scale."""
    shown = QColor(theme.event_colors(color, theme.current()).bar)
    icon = QIcon()
    for ratio in (1, 2, 3):
        pixmap = QPixmap(DOT_PX * ratio, DOT_PX * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shown)
        painter.drawRoundedRect(0, 0, DOT_PX, DOT_PX, DOT_RADIUS, DOT_RADIUS)
        painter.end()
        icon.addPixmap(pixmap)
    return icon
