"""NoteField: what was said at a meeting, in whole lines; Enter is the sheet's."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

LINES = 3
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoteField(QPlainTextEdit):
    """Some lines of plain text: Shift+Enter begins another one, Tab goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("outcomeNote")
        self.setAccessibleName(self.tr("Note"))
        self.setPlaceholderText(self.tr("What was said, what was agreed"))
        self.setTabChangesFocus(True)
        frame = 2 * (self.frameWidth() + int(self.document().documentMargin()))
        margins = self.contentsMargins()
        lines = LINES * self.fontMetrics().lineSpacing()
        self.setFixedHeight(lines + frame + margins.top() + margins.bottom())

    def text(self) -> str:
        """What is typed."""
        return self.toPlainText()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if Qt.Key(event.key()) in _ENTER and not shift:
            event.ignore()
        else:
            super().keyPressEvent(event)
