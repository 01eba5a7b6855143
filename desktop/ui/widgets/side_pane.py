"""The pane beside the calendar: one thing at a time, and gone when there is none."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

WIDTH_PX = 300


class SidePane(QStackedWidget):
    """Shows one of the widgets it was given, or hides itself."""

    emptied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePane")
        self.setProperty("surface", "window")
        self.setMinimumWidth(240)
        self.hide()

    def show_page(self, page: QWidget) -> None:
        """Show ``page``, which stays the pane's from then on."""
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)
        self.show()

    def clear(self) -> None:
        """There is nothing to show: give the room to the calendar."""
        if not self.isHidden():
            self.hide()
            self.emptied.emit()

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, super().sizeHint().height())
