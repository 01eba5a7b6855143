"""The search field of the contacts: typing asks, arrows move in the list below."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.search_field import SearchField

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class QueryField(SearchField):
    """Keeps the focus while its keys reach the list."""

    rows_moved = Signal(int)  # how many rows down
    pages_moved = Signal(int)
    accepted = Signal()
    schedule_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, key_hint="/")
        self.setObjectName("contactSearchField")
        self.setPlaceholderText(self.tr("Search contacts"))
        self.setAccessibleName(self.tr("Search contacts"))
        self.setAccessibleDescription(
            self.tr("Arrows choose, Enter opens, Ctrl+Enter schedules a meeting")
        )

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        # Ctrl+Enter is the field's own: no shortcut of the window may take it first.
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and Qt.Key(event.key()) in ENTER:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ENTER:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.schedule_requested if control else self.accepted).emit()
        elif key in ROWS:
            self.rows_moved.emit(ROWS[key])
        elif key in PAGES:
            self.pages_moved.emit(PAGES[key])
        else:
            super().keyPressEvent(event)
