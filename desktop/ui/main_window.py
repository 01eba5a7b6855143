"""The main window: arranges the pages, nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget
from shiboken6 import delete

from desktop.ui.actions import Actions
from desktop.ui.assets import app_icon
from desktop.ui.notices import NoticeBar, UndoToast
from desktop.ui.preferences import Preferences
from desktop.ui.top_bar import TopBar
from desktop.ui.widgets.labels import separator
from desktop.ui.widgets.side_pane import WIDTH_PX, SidePane

MINIMUM_PX = (960, 600)
DEFAULT_PX = (1280, 800)
FRAME = QSize(0, 32)
"""What the system draws around a window, at most, in pixels."""

LEFT_WIDTH_PX = 284
FOLDED_PX = 220
LIST_HEIGHT_PX, LOWER_HEIGHT_PX = 400, 420


@dataclass(frozen=True, slots=True)
class Pages:
    """The parts that somebody else made and connected, in the order of the Tab key."""

    contacts: QWidget
    mini_month: QWidget
    calendar_list: QWidget
    calendar: QWidget
    details: SidePane
    status: QWidget


class MainWindow(QMainWindow):
    """Search and calendars left, the calendar in the middle, who or what is shown at the right."""

    closing = Signal()

    def __init__(self, actions: Actions, pages: Pages, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Parley")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(*MINIMUM_PX)
        self.resize(*DEFAULT_PX)
        self._actions = actions
        self._preferences = preferences
        self._details = pages.details
        self.may_close: Callable[[], bool] = _always
        """Asked before the window closes; what says no closes it later."""
        self.notices = NoticeBar()
        self.top_bar = TopBar(actions)
        self._order_tabs(pages)
        # Born inside the window: a part that joins it later would leave the order of the Tab key.
        self._columns = QSplitter(self)
        self._rows = QSplitter(Qt.Orientation.Vertical, self)
        centre = self._arrange(pages)
        self.setCentralWidget(centre)
        self.toast = UndoToast(centre)
        self.addActions(actions.findChildren(QAction))

    def restore(self) -> None:
        """Take the place and the sizes that this screen had the last time."""
        geometry = self._preferences.get(self._name("window"))
        if geometry is not None:
            self.restoreGeometry(_bytes(geometry))
        else:
            self.resize(self.size().boundedTo(self.screen().availableSize() - FRAME))
        for name, splitter in self._splitters():
            state = self._preferences.get(self._name(name))
            if state is not None:
                splitter.restoreState(_bytes(state))

    def remember(self) -> None:
        """Keep place and sizes for the next time on this screen."""
        self._preferences.put(self._name("window"), _text(self.saveGeometry()))
        for name, splitter in self._splitters():
            self._preferences.put(self._name(name), _text(splitter.saveState()))

    def dismantle(self) -> None:
        """Destroy the window with all its parts, now and in Qt's order.

        Left to the garbage collector, which knows no order, parts could go before what uses them.
        """
        self.hide()
        delete(self)

    def _splitters(self) -> tuple[tuple[str, QSplitter], ...]:
        return ("columns", self._columns), ("rows", self._rows)

    def _name(self, part: str) -> str:
        screen = self.screen()
        size = screen.size()
        return f"layout/{part}/{screen.name()}/{size.width()}x{size.height()}"

    def _order_tabs(self, pages: Pages) -> None:
        """Search, toolbar, mini month, calendars, grid, card: Tab follows the order of arrival."""
        for part in (
            pages.contacts,
            self.top_bar,
            self.notices,
            pages.mini_month,
            pages.calendar_list,
            pages.calendar,
            pages.details,
            pages.status,
        ):
            part.setParent(self)

    def _arrange(self, pages: Pages) -> QWidget:
        self._fill_left(pages)
        for part in (self._rows, pages.calendar, pages.details):
            self._columns.addWidget(part)
        self._columns.setHandleWidth(1)
        self._columns.setStretchFactor(1, 1)
        self._columns.setCollapsible(1, False)
        self._columns.setSizes([LEFT_WIDTH_PX, DEFAULT_PX[0], WIDTH_PX])
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.top_bar, separator(), self.notices):
            column.addWidget(part)
        column.addWidget(self._columns, 1)
        column.addWidget(separator())
        column.addWidget(pages.status)
        return centre

    def _fill_left(self, pages: Pages) -> None:
        lower = QWidget(self)
        column = QVBoxLayout(lower)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        column.addWidget(pages.mini_month)
        column.addWidget(separator())
        column.addWidget(pages.calendar_list, 1)
        self._rows.setProperty("surface", "pane")
        self._rows.setMinimumWidth(FOLDED_PX)
        self._rows.setHandleWidth(1)
        self._rows.addWidget(pages.contacts)
        self._rows.addWidget(lower)
        for row in (0, 1):
            self._rows.setStretchFactor(row, 1)
        self._rows.setCollapsible(0, False)
        self._rows.setSizes([LIST_HEIGHT_PX, LOWER_HEIGHT_PX])

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._details.isHidden():
            self._details.clear()
        elif not self._actions.single_keys.take(event, self.focusWidget()):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.remember()
        if not self.may_close():
            event.ignore()
            return
        super().closeEvent(event)
        if event.isAccepted():
            self.closing.emit()


def _always() -> bool:
    return True


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii"))
