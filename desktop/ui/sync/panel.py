"""SyncPanel: what needs attention and what waits, in a window of its own beside the calendar."""

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.domain.errors import AppError
from desktop.domain.ids import OpId, UserId
from desktop.domain.sync import AttentionItem, SyncStatus
from desktop.services.changes import Change, Topic
from desktop.services.outbox import OutboxLine, OutboxService
from desktop.ui.error_texts import text_for
from desktop.ui.feed import FeedSignals
from desktop.ui.sync.attention_panel import AttentionPanel
from desktop.ui.sync.conflict_sheet import ConflictSheet
from desktop.ui.sync.outbox_view import OutboxView
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.banner import NoticeBanner
from desktop.ui.widgets.labels import section_label, title_label
from desktop.ui.widgets.measure import roomy

WIDTH_PX, HEIGHT_PX = 640, 600


class SyncPanel(QDialog):
    """Connects the outbox with what the user does about it."""

    attention_acted = Signal(object)  # AttentionItem that is about an account
    edit_requested = Signal(object)  # OutboxLine

    def __init__(
        self,
        outbox: OutboxService,
        feed: FeedSignals,
        tasks: TaskRunner,
        zone: ZoneInfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("syncPanel")
        self.setWindowTitle(self.tr("Sync"))
        self.resize(roomy(self, WIDTH_PX, HEIGHT_PX))
        self._outbox = outbox
        self._tasks = tasks
        self._zone = zone
        self._attention = AttentionPanel()
        self._attention.acted.connect(self._on_attention)
        self._view = OutboxView(zone)
        self._view.retry_requested.connect(self._on_retry)
        self._view.discard_requested.connect(self._on_discard)
        self._view.edit_requested.connect(self.edit_requested)
        self._view.resolve_requested.connect(self._on_resolve)
        self._view.confirm_requested.connect(self._on_confirm)
        self._notice = NoticeBanner(closable=True)
        self._notice.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title_label(self.tr("What waits and what needs you")))
        column.addWidget(self._notice)
        column.addWidget(self._attention)
        column.addWidget(section_label(self.tr("Waiting changes")))
        column.addWidget(self._view, 1)
        feed.changed.connect(self._on_change)

    def show_status(self, status: SyncStatus) -> None:
        """Show what needs the user."""
        self._attention.show_items(status.attention)

    def bring_up(self) -> None:
        """Open, with what waits now."""
        self._read()
        self.show()
        self.raise_()
        self.activateWindow()

    def _on_change(self, change: Change) -> None:
        if change.topic is Topic.OUTBOX and self.isVisible():
            self._read()

    def _read(self) -> None:
        self._tasks.start(
            self._outbox.lines(),
            owner=self,
            done=self._view.show_lines,
            failed=self._on_failed,
        )

    def _on_attention(self, item: AttentionItem) -> None:
        if item.op_id is not None:
            self._view.choose(item.op_id)
        else:
            self.attention_acted.emit(item)

    def _on_retry(self, op_id: OpId) -> None:
        self._tasks.start(self._outbox.retry(op_id), owner=self, failed=self._on_failed)

    def _on_discard(self, op_id: OpId) -> None:
        self._tasks.start(self._outbox.discard(op_id), owner=self, failed=self._on_failed)

    def _on_confirm(self, op_id: OpId, arrived: bool) -> None:
        work = self._outbox.confirm_sent(op_id, arrived)
        self._tasks.start(work, owner=self, failed=self._on_failed)

    def _on_resolve(self, line: OutboxLine) -> None:
        self._tasks.start(
            self._outbox.user_names(line.entry.account_id),
            owner=self,
            done=partial(self._open_sheet, line),
            failed=self._on_failed,
        )

    def _open_sheet(self, line: OutboxLine, names: dict[UserId, str]) -> None:
        sheet = ConflictSheet(line, self._zone, self, names=names)
        sheet.resolved.connect(self._on_resolved)
        sheet.finished.connect(partial(_drop, sheet))
        sheet.open()

    def _on_resolved(self, op_id: OpId, keep: str) -> None:
        side = self._outbox.resolve(op_id, "mine" if keep == "mine" else "theirs")
        self._tasks.start(side, owner=self, failed=self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        text = text_for(error)
        self._notice.show_notice("error", f"{text.title}. {text.body}")


def _drop(sheet: ConflictSheet, _result: int) -> None:
    sheet.deleteLater()
