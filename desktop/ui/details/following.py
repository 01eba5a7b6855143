"""SelectionFollower: the pane shows what is selected in the calendar, when that disturbs nobody."""

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.domain.ids import EventId
from desktop.ui.details.page import EventDetailsPage
from desktop.ui.details.snapshot import OriginalStart
from desktop.ui.widgets.side_pane import SidePane


class SelectionFollower(QObject):
    """Opens, changes and closes the details.

    Opening or closing the pane moves the calendar's columns. Under a pressed button that would
    tear a drag from its event, and between two clicks it would make the second one miss: so the
    pane waits until the mouse is done.
    """

    def __init__(self, pane: SidePane, page: EventDetailsPage) -> None:
        super().__init__(pane)
        self._pane = pane
        self._page = page
        self._wanted: tuple[EventId, OriginalStart] | None = None
        self._opening = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QApplication.doubleClickInterval())
        self._timer.timeout.connect(self._go_on)
        page.ready.connect(self._on_ready)

    def follow(self, event_id: EventId | None, original_start: OriginalStart) -> None:
        """An event was selected, or none is any more."""
        self._wanted = None if event_id is None else (event_id, original_start)
        moves_columns = self._pane.isHidden() is (self._wanted is not None)
        if moves_columns and (_pressed() or self._timer.isActive()):
            self._timer.start()
        else:
            self._timer.stop()
            self._show()

    def _go_on(self) -> None:
        if _pressed():
            self._timer.start()
        else:
            self._show()

    def _show(self) -> None:
        if self._wanted is not None:
            self._opening = True
            self._page.open(*self._wanted)
        elif self._pane.shows(self._page):
            self._page.clear()
            self._pane.clear()

    def _on_ready(self) -> None:
        if not self._opening:
            return
        self._opening = False
        if self._pane.isHidden() and _pressed():
            self._timer.start()  # the button went down while the details were read
        else:
            self._pane.show_page(self._page)


def _pressed() -> bool:
    return QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
