"""The bottom line of the window: what sync is doing, and who is signed in."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from desktop.domain.account import Account
from desktop.domain.ids import AccountId
from desktop.domain.sync import SyncPhase, SyncStatus
from desktop.ui import theme
from desktop.ui.sync.status_texts import Dot, StatusLine, status_line
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.labels import PlainLabel, plain_tooltip

REFRESH_MS = 30_000
DOT_PX = 8


class SyncStatusBar(QFrame):
    """Shows a `SyncStatus`; a click asks for the panel that explains it."""

    details_requested = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._status: SyncStatus | None = None
        self._titles: dict[AccountId, str] = {}
        self._dot = _Dot()
        self._text = LinkButton(plain=True)
        self._text.setObjectName("syncStatus")
        self._text.clicked.connect(self.details_requested)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setMaximumHeight(6)
        self._bar.setAccessibleName(self.tr("Sync progress"))
        self._accounts = PlainLabel(tone="muted")
        self._arrange()
        # "2 min ago" grows older without anything happening.
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self._refresh()

    def show_status(self, status: SyncStatus) -> None:
        """Show how sync is doing."""
        worse = self._status is None or status.phase is not self._status.phase
        self._status = status
        self._refresh()
        self._timer.start()
        if worse and status.phase in (SyncPhase.ATTENTION, SyncPhase.OFFLINE):
            announce(self, self._text.text())

    def show_accounts(self, accounts: tuple[Account, ...]) -> None:
        """Name the accounts, oldest first."""
        self._accounts.setText("   ".join(account.title for account in accounts))
        self._titles = {account.id: account.title for account in accounts}
        self._refresh()

    def line(self) -> StatusLine:
        """What is shown now; before anything is known, that."""
        if self._status is None:
            return StatusLine("muted", self.tr("Opening your data"))
        return status_line(self._status, self._clock(), self._titles)

    def _refresh(self) -> None:
        line = self.line()
        self._dot.show_dot(line.dot)
        self._text.setText(line.text.replace("&", "&&"))
        self._text.setAccessibleName(line.text)
        self._text.setAccessibleDescription(line.tip)
        self._text.setToolTip(plain_tooltip(line.tip))
        self._bar.setVisible(line.progress is not None)
        if line.progress is not None:
            self._bar.setRange(0, line.progress.total or 0)
            self._bar.setValue(line.progress.done)

    def _arrange(self) -> None:
        self.setProperty("surface", "pane")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 16, 4)
        row.setSpacing(8)
        # Unaligned, what has a fixed height would cut the whole row down to it, words included.
        row.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self._accounts)


class _Dot(QWidget):
    """The colour beside the words; they say the same without it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(DOT_PX, DOT_PX)
        self._dot: Dot = "muted"

    def show_dot(self, dot: Dot) -> None:
        if dot != self._dot:
            self._dot = dot
            self.update()

    # Qt overrides

    def paintEvent(self, _event: QPaintEvent) -> None:
        color: QColor = getattr(theme.current().colors, self._dot)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(color)
        painter.setBrush(color)
        painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
