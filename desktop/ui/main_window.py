"""The main window: arranges the pages, nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QSplitter, QVBoxLayout, QWidget
from shiboken6 import delete

from desktop.ui.actions import Actions
from desktop.ui.assets import app_icon
from desktop.ui.notices import NoticeBar, UndoToast
from desktop.ui.preferences import Preferences
from desktop.ui.tab_order import in_order
from desktop.ui.top_bar import TopBar
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.labels import separator
from desktop.ui.widgets.side_pane import WIDTH_PX, SidePane

MINIMUM_PX = (960, 600)
DEFAULT_PX = (1280, 800)
FRAME = QSize(0, 32)
"""What the system draws around a window, at most, in pixels."""

LEFT_WIDTH_PX = 284
FOLDED_PX = 220
LIST_HEIGHT_PX, LOWER_HEIGHT_PX = 400, 420
LEAST_PX = 180
PANE_MARGINS_PX = (12, 12, 12, 8)
STATUS_MARGINS_PX = (28, 4, 16, 4)


@dataclass(frozen=True, slots=True)
class Pages:
    """The parts that join the window after its first paint, in the order of the Tab key."""

    contacts: QWidget
    """With the search field that is in the window from the start."""
    mini_month: QWidget
    calendar_list: QWidget
    details: SidePane
    status: QWidget


class MainWindow(QMainWindow):
    """Search and calendars left, the calendar in the middle, who or what is shown at the right.

    Bar, search field and calendar are there at once; `fill` puts the other pages into the places
    that are kept for them.
    """

    closing = Signal()

    def __init__(
        self, actions: Actions, search: QWidget, calendar: QWidget, preferences: Preferences
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Parley")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(*MINIMUM_PX)
        self.resize(*DEFAULT_PX)
        self._actions = actions
        self._preferences = preferences
        self._search = search
        self._calendar = calendar
        self._details: SidePane | None = None
        self.may_close: Callable[[], bool] = _always
        """Asked before the window closes; what says no closes it later."""
        self.notices = NoticeBar()
        self.top_bar = TopBar(actions)
        # Born inside the window: a part that joins it later would leave the order of the Tab key.
        for part in (search, self.top_bar, self.notices, calendar):
            part.setParent(self)
        self._columns = QSplitter(self)
        self._rows = QSplitter(Qt.Orientation.Vertical, self)
        self._upper, self._lower = QWidget(self), QWidget(self)
        self._foot = QWidget(self)
        self._opening = opening_line(self.tr("Opening your data"))
        self._centre = self._arrange()
        self.setCentralWidget(self._centre)
        self.addActions(actions.findChildren(QAction))

    def fill(self, pages: Pages) -> None:
        """Put the pages into their places; nothing that can be seen already moves."""
        self._details = pages.details
        self.toast = UndoToast(self._centre)
        self._fill_left(pages)
        self._columns.addWidget(pages.details)
        self._restore_sizes()
        foot = self._foot.layout()
        assert foot is not None
        self._opening.setParent(None)
        self._opening.deleteLater()
        foot.addWidget(pages.status)
        in_order(
            self._search,
            pages.contacts,
            self.top_bar,
            self.notices,
            pages.mini_month,
            pages.calendar_list,
            self._calendar,
            pages.details,
            pages.status,
        )

    def restore(self) -> None:
        """Take the place and the sizes that this screen had the last time."""
        geometry = self._preferences.get(self._name("window"))
        if geometry is not None:
            self.restoreGeometry(_bytes(geometry))
        else:
            self.resize(self.size().boundedTo(self.screen().availableSize() - FRAME))
        self._restore_sizes()

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

    def _restore_sizes(self) -> None:
        for name, splitter in self._splitters():
            state = self._preferences.get(self._name(name))
            if state is not None:
                splitter.restoreState(_bytes(state))

    def _splitters(self) -> tuple[tuple[str, QSplitter], ...]:
        return ("columns", self._columns), ("rows", self._rows)

    def _name(self, part: str) -> str:
        screen = self.screen()
        size = screen.size()
        return f"layout/{part}/{screen.name()}/{size.width()}x{size.height()}"

    def _arrange(self) -> QWidget:
        self._arrange_left()
        for part in (self._rows, self._calendar):
            self._columns.addWidget(part)
        self._columns.setHandleWidth(1)
        self._columns.setStretchFactor(1, 1)
        self._columns.setCollapsible(1, False)
        self._columns.setSizes([LEFT_WIDTH_PX, DEFAULT_PX[0], WIDTH_PX])
        centre = QWidget(self)
        column = _column(centre)
        for part in (self.top_bar, separator(), self.notices):
            column.addWidget(part)
        column.addWidget(self._columns, 1)
        column.addWidget(separator())
        column.addWidget(self._foot)
        _column(self._foot).addWidget(self._opening)
        return centre

    def _arrange_left(self) -> None:
        column = _column(self._upper)
        column.setContentsMargins(*PANE_MARGINS_PX)
        column.addWidget(self._search, 0, Qt.AlignmentFlag.AlignTop)
        self._upper.setMinimumHeight(LEAST_PX)
        self._rows.setProperty("surface", "pane")
        self._rows.setMinimumWidth(FOLDED_PX)
        self._rows.setHandleWidth(1)
        self._rows.addWidget(self._upper)
        self._rows.addWidget(self._lower)
        for row in (0, 1):
            self._rows.setStretchFactor(row, 1)
        self._rows.setCollapsible(0, False)
        self._rows.setSizes([LIST_HEIGHT_PX, LOWER_HEIGHT_PX])

    def _fill_left(self, pages: Pages) -> None:
        upper = self._upper.layout()
        assert upper is not None
        upper.setContentsMargins(0, 0, 0, 0)
        upper.addWidget(pages.contacts)
        column = _column(self._lower)
        column.setContentsMargins(*PANE_MARGINS_PX)
        column.setSpacing(8)
        column.addWidget(pages.mini_month)
        column.addWidget(separator())
        column.addWidget(pages.calendar_list, 1)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        details = self._details
        shown = details is not None and not details.isHidden()
        if event.key() == Qt.Key.Key_Escape and details is not None and shown:
            details.clear()
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


def opening_line(text: str) -> QWidget:
    """What stands in the place of the status until there is one: as high, its words as far in."""
    line = QFrame()
    line.setProperty("surface", "pane")
    row = QHBoxLayout(line)
    row.setContentsMargins(*STATUS_MARGINS_PX)
    row.addWidget(LinkButton(text, plain=True))
    row.addStretch(1)
    return line


def _column(part: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _always() -> bool:
    return True


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii"))
