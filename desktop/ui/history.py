"""HistoryPage: undo and redo as actions, and the toast that says what has just been done."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from desktop.domain.errors import AppError
from desktop.services.changes import Change, Topic
from desktop.services.steps import StepCode, UndoStep
from desktop.services.undo import Undone, UndoService
from desktop.ui.error_texts import text_for
from desktop.ui.feed import FeedSignals
from desktop.ui.notices import NoticeBar, UndoToast
from desktop.ui.tasks import TaskRunner


class HistoryPage(QObject):
    """Keeps the two actions true and tells of every change."""

    def __init__(
        self,
        undo: UndoService,
        actions: tuple[QAction, QAction],
        toast: UndoToast,
        notices: NoticeBar,
        tasks: TaskRunner,
        feed: FeedSignals,
    ) -> None:
        super().__init__(toast)
        self._undo = undo
        self._undo_action, self._redo_action = actions
        self._toast = toast
        self._notices = notices
        self._tasks = tasks
        self._last: UndoStep | None = None
        self._started = False
        self._toast_redoes = False
        self._undo_action.triggered.connect(self._on_undo)
        self._redo_action.triggered.connect(self._on_redo)
        self._toast.undo_requested.connect(self._on_toast_pressed)
        feed.changed.connect(self._on_changed)

    def start(self) -> None:
        """The steps of the last run are known: from now on each new one is told."""
        self._last = self._undo.last
        self._started = True
        self._settle()

    def _on_changed(self, change: Change) -> None:
        if change.topic is not Topic.UNDO:
            return
        before, self._last = self._last, self._undo.last
        self._settle()
        # A step that was undone or redone is told by its own answer.
        fresh = self._last is not None and self._last is not before and not self._undo.can_redo
        if self._started and fresh and self._last is not None:
            self._say(self._told(self._last))

    def _say(self, text: str) -> None:
        self._toast_redoes = False
        self._toast.say(text)

    def _on_toast_pressed(self) -> None:
        (self._redo_action if self._toast_redoes else self._undo_action).trigger()

    def _settle(self) -> None:
        self._undo_action.setEnabled(self._undo.can_undo)
        self._redo_action.setEnabled(self._undo.can_redo)

    def _on_undo(self) -> None:
        self._tasks.start(
            self._undo.undo(), owner=self, done=self._on_undone, failed=self._on_failed
        )

    def _on_redo(self) -> None:
        self._tasks.start(
            self._undo.redo(), owner=self, done=self._on_redone, failed=self._on_failed
        )

    def _on_undone(self, undone: Undone | None) -> None:
        if undone is None:
            return
        template = (
            self.tr("Taken back, also on the server: {what}")
            if undone.sent
            else self.tr("Taken back: {what}")
        )
        self._toast_redoes = True
        self._toast.say(template.format(what=self._told(undone.step)), self.tr("Redo"))

    def _on_redone(self, done: Undone | None) -> None:
        if done is not None:
            self._say(self._told(done.step))

    def _on_failed(self, error: AppError) -> None:
        text = text_for(error)
        self._notices.say(f"{text.title}. {text.body}")

    def _told(self, step: UndoStep) -> str:
        templates = {
            StepCode.BOOKED: self.tr("Booked “{name}”"),
            StepCode.EDITED: self.tr("Changed “{name}”"),
            StepCode.MOVED: self.tr("Moved “{name}”"),
            StepCode.DELETED: self.tr("Deleted “{name}”"),
            StepCode.DUPLICATED: self.tr("Duplicated “{name}”"),
            StepCode.CONTACT_ADDED: self.tr("Added {name}"),
            StepCode.CONTACT_EDITED: self.tr("Changed {name}"),
            StepCode.CONTACT_DELETED: self.tr("Deleted {name}"),
            StepCode.IMPORTED: self.tr("Imported {name}"),
            StepCode.ACCEPTED: self.tr("Accepted “{name}”"),
            StepCode.DECLINED: self.tr("Declined “{name}”"),
            StepCode.UNANSWERED: self.tr("Took back the answer to “{name}”"),
            StepCode.COMMENTED: self.tr("Added a comment to {name}"),
            StepCode.COMMENT_DELETED: self.tr("Deleted a comment of {name}"),
            StepCode.OUTCOME: self.tr("Noted what became of “{name}”"),
        }
        return templates[step.code].format(name=step.summary or self.tr("Untitled"))
