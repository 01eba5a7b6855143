"""LeavingPage: asks before what is kept for the session only goes with it."""

import asyncio

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError
from desktop.domain.sync import SyncPhase
from desktop.services.accounts import AccountService
from desktop.services.changes import Change, Topic
from desktop.services.drafts import DraftService
from desktop.services.outbox import OutboxService
from desktop.services.sync.supervisor import SyncSupervisor
from desktop.ui.feed import FeedSignals
from desktop.ui.leaving.losses import Losses, losses_of
from desktop.ui.leaving.sheet import LeaveSheet
from desktop.ui.tasks import TaskRunner

LOOK_MS = 100
TOPICS = (Topic.OUTBOX, Topic.SYNC, Topic.EVENTS, Topic.CONTACTS, Topic.ACCOUNTS)


class LeavingPage(QObject):
    """The window asks it before it closes. It looks first, for one cannot wait in a close."""

    export_requested = Signal()

    def __init__(
        self,
        accounts: AccountService,
        outbox: OutboxService,
        drafts: DraftService,
        supervisor: SyncSupervisor,
        feed: FeedSignals,
        tasks: TaskRunner,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._accounts, self._outbox, self._drafts = accounts, outbox, drafts
        self._supervisor = supervisor
        self._tasks, self._window = tasks, window
        self._allowed = False
        self._sending = False
        self._looking: asyncio.Task[Losses] | None = None
        self.sheet = LeaveSheet(window)
        self.sheet.send_requested.connect(self._on_send)
        self.sheet.export_requested.connect(self.export_requested)
        self.sheet.leave_requested.connect(self.leave)
        self.sheet.rejected.connect(self._on_stay)
        self._look_again = QTimer(self)
        self._look_again.setSingleShot(True)
        self._look_again.setInterval(LOOK_MS)
        self._look_again.timeout.connect(self._look)
        feed.changed.connect(self._on_changed)

    def may_close(self) -> bool:
        """Whether the window may close now; else it closes by itself, or the sheet comes up."""
        if not self._allowed:
            self._look()
        return self._allowed

    def leave(self) -> None:
        """Close, whatever goes with it."""
        self._allowed = True
        self.sheet.hide()
        self._window.close()

    def _look(self) -> None:
        self._looking = self._tasks.start(
            losses_of(self._accounts, self._outbox, self._drafts),
            owner=self,
            done=self._on_looked,
            failed=self._on_unreadable,
            replaces=self._looking,
        )

    def _on_looked(self, losses: Losses) -> None:
        if not losses:
            self.leave()
            return
        phase = self._supervisor.status().phase
        if not losses.unsent or losses.stuck or phase is SyncPhase.OFFLINE:
            self._sending = False
        self.sheet.show_losses(losses, sending=self._sending, offline=phase is SyncPhase.OFFLINE)
        if not self.sheet.isVisible():
            self.sheet.bring_up()

    def _on_unreadable(self, _error: AppError) -> None:
        """The store cannot be read, so there is nothing in it that could be saved."""
        self.leave()

    def _on_send(self) -> None:
        self._sending = True
        self._supervisor.sync_now()
        self._look()

    def _on_stay(self) -> None:
        self._sending = False
        self._look_again.stop()

    def _on_changed(self, change: Change) -> None:
        """What is lost shrinks while it is sent: when nothing is left, the wish is to close."""
        asked = self.sheet.isVisible() and change.topic in TOPICS
        if asked and not self._look_again.isActive():
            self._look_again.start()
