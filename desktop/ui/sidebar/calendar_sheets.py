"""The two small dialogs about a calendar itself: its name and colour, and its deletion."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.calendar_edit import LONGEST_CALENDAR_NAME
from desktop.domain.event import Calendar
from desktop.ui import theme
from desktop.ui.contrast import readable
from desktop.ui.error_texts import ErrorText
from desktop.ui.sync.status_texts import number
from desktop.ui.widgets.buttons import QuietButton
from desktop.ui.widgets.labels import PlainLabel, title_label
from desktop.ui.widgets.measure import roomy
from desktop.ui.widgets.message_box import MessageBox

WIDTH_PX = 420
DOT_PX = 22
COLORS = (
    "#9cbeee", "#4f46e5", "#0d9488", "#65a30d", "#d97706", "#dc2626", "#db2777", "#71717a",
)  # fmt: skip


class CalendarSheet(QDialog):
    """Name and colour of a calendar; ``calendar`` None for a new one."""

    save_requested = Signal(str, str)  # name, colour

    def __init__(
        self, account_title: str, calendar: Calendar | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("calendarSheet")
        new = calendar is None
        self.setWindowTitle(self.tr("New calendar") if new else self.tr("Change calendar"))
        self.name = QLineEdit("" if calendar is None else calendar.name)
        self.name.setObjectName("calendarName")
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setMaxLength(LONGEST_CALENDAR_NAME)
        self.name.textChanged.connect(self._on_name_changed)
        self.name.returnPressed.connect(self._on_save)
        self._colors = QButtonGroup(self)
        self.message = MessageBox("calendarMessage")
        self.save = QuietButton(self.tr("Make it") if new else self.tr("Save"))
        self.save.setObjectName("calendarSaveButton")
        self.save.setProperty("kind", "primary")
        self.save.clicked.connect(self._on_save)
        self._arrange(account_title, COLORS[0] if calendar is None else calendar.color)
        self._on_name_changed(self.name.text())

    def color(self) -> str:
        """The chosen colour."""
        chosen = self._colors.checkedButton()
        return chosen.color if isinstance(chosen, _ColorDot) else COLORS[0]

    def say_working(self) -> None:
        """The server is asked."""
        self.save.setEnabled(False)
        self.message.say_working(self.tr("Saving…"))

    def say_error(self, text: ErrorText) -> None:
        """It did not work; what was typed stays."""
        self.save.setEnabled(True)
        self.message.say_error(text)

    def _on_name_changed(self, text: str) -> None:
        self.save.setEnabled(bool(text.strip()))

    def _on_save(self) -> None:
        if self.save.isEnabled():
            self.save_requested.emit(self.name.text(), self.color())

    def _arrange(self, account_title: str, color: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title_label(self.windowTitle()))
        column.addWidget(PlainLabel(account_title, tone="muted", wrap=True))
        column.addWidget(self.name)
        dots = QHBoxLayout()
        dots.setSpacing(6)
        column.addLayout(dots)
        for one in dict.fromkeys((color.lower(), *COLORS)):
            dot = _ColorDot(one)
            dot.setChecked(one == color.lower())
            self._colors.addButton(dot)
            dots.addWidget(dot)
        dots.addStretch()
        column.addWidget(self.message)
        column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        row.addStretch()
        cancel = QuietButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row.addWidget(cancel)
        row.addWidget(self.save)
        self.resize(roomy(self, WIDTH_PX, self.sizeHint().height()))


class CalendarDeletionSheet(QDialog):
    """What goes with a calendar, before it goes."""

    delete_requested = Signal()

    def __init__(
        self, calendar: Calendar, account_title: str, events: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("calendarDeletionSheet")
        self.setWindowTitle(self.tr("Delete calendar"))
        self.words = PlainLabel(self._words(events), wrap=True)
        self.message = MessageBox("calendarMessage")
        self.delete = QuietButton(self.tr("Delete for ever"))
        self.delete.setObjectName("calendarDeleteButton")
        self.delete.setProperty("kind", "danger")
        self.delete.clicked.connect(self._on_delete)
        self.keep = QuietButton(self.tr("Keep it"))
        self.keep.clicked.connect(self.reject)
        self._arrange(calendar, account_title)

    def say_error(self, text: ErrorText) -> None:
        """It did not work."""
        self.delete.setEnabled(True)
        self.message.say_error(text)

    def _words(self, events: int) -> str:
        if events == 0:
            known = self.tr("Parley knows of no events in it; older ones would go with it, too.")
        elif events == 1:
            known = self.tr("The event in it that Parley knows of goes with it, and any older one.")
        else:
            known = self.tr(
                "The {n} events in it that Parley knows of go with it, and all older ones."
            ).format(n=number(events))
        end = self.tr(
            "Meetings disappear for everybody who is invited. Bitrix24 keeps no copy, and Parley "
            "cannot take it back."
        )
        return f"{known} {end}"

    def _on_delete(self) -> None:
        self.delete.setEnabled(False)
        self.message.say_working(self.tr("Deleting…"))
        self.delete_requested.emit()

    def _arrange(self, calendar: Calendar, account_title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title_label(self.tr("Delete this calendar?")))
        name = PlainLabel(calendar.name, wrap=True)
        name.setFont(theme.scaled(name.font(), bold=True))
        column.addWidget(name)
        column.addWidget(PlainLabel(account_title, tone="muted", wrap=True))
        column.addWidget(self.words)
        column.addWidget(self.message)
        column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        row.addStretch()
        row.addWidget(self.keep)
        row.addWidget(self.delete)
        self.keep.setDefault(True)
        self.resize(roomy(self, WIDTH_PX, self.sizeHint().height()))


class _ColorDot(QAbstractButton):
    """One colour to choose; the chosen one wears a ring."""

    def __init__(self, color: str) -> None:
        super().__init__()
        self.color = color
        self.setCheckable(True)
        self.setFixedSize(DOT_PX + 6, DOT_PX + 6)
        self.setAccessibleName(self.tr("Colour {0}").format(color))
        self.setToolTip(color)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # Qt overrides

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = theme.current().colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.rect().adjusted(5, 5, -5, -5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(readable(QColor(self.color), colors.window, 1.5))
        painter.drawEllipse(middle)
        if self.isChecked() or self.hasFocus():
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine if self.isChecked() else Qt.PenStyle.DotLine)
            pen.setColor(colors.text)
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.rect().adjusted(2, 2, -2, -2))
        painter.end()
