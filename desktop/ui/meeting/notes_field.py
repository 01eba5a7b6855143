"""The notes: a few lines, more where there is room."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPlainTextEdit, QWidget

LINES = 3
FRAME_PX = 24


class NotesField(QPlainTextEdit):
    """Plain text; Tab goes on to the next input."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meetingDescription")
        self.setAccessibleName(self.tr("Notes"))
        self.setTabChangesFocus(True)

    # Qt overrides

    def sizeHint(self) -> QSize:
        height = LINES * self.fontMetrics().lineSpacing() + FRAME_PX
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())
