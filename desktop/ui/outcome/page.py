"""OutcomePage: connects the sheet with the service. One sheet at a time."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError
from desktop.domain.ids import EventId
from desktop.domain.outcome import OutcomeReport
from desktop.domain.timespan import TimeSpan
from desktop.services.meeting_outcomes import Noted, OutcomeService, OutcomeSubject
from desktop.ui.outcome.sheet import OutcomeSheet
from desktop.ui.tasks import TaskRunner

OriginalStart = date | datetime | None


class OutcomePage(QObject):
    """Asks for the outcome of the meeting that is shown, else of the last one."""

    follow_up_requested = Signal(object)  # MeetingDraft
    nothing_to_note = Signal()
    failed = Signal(object)  # AppError: the meeting cannot be noted, or is gone

    def __init__(
        self,
        outcomes: OutcomeService,
        tasks: TaskRunner,
        clock: Callable[[], datetime],
        zone: tzinfo,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._outcomes = outcomes
        self._tasks = tasks
        self._clock = clock
        self._zone = zone
        self._window = window
        self._sheet: OutcomeSheet | None = None
        self._subject: OutcomeSubject | None = None
        self._asking: asyncio.Task[Any] | None = None
        self._finding: asyncio.Task[TimeSpan] | None = None

    @property
    def sheet(self) -> OutcomeSheet:
        """The one sheet; built at the first question for it."""
        if self._sheet is None:
            self._sheet = OutcomeSheet(self._clock, self._zone, self._window)
            self._sheet.saved.connect(self._on_saved)
            self._sheet.days_chosen.connect(self._on_days_chosen)
        return self._sheet

    def open_for(self, event_id: EventId, original_start: OriginalStart = None) -> None:
        """Ask about this meeting."""
        self._asking = self._tasks.start(
            self._outcomes.subject(event_id, original_start),
            owner=self,
            done=self._on_subject,
            failed=self.failed.emit,
            replaces=self._asking,
        )

    def open_latest(self) -> None:
        """Ask about the last meeting that nobody has closed."""
        self._asking = self._tasks.start(
            self._outcomes.latest(), owner=self, done=self._on_latest, replaces=self._asking
        )

    def _on_latest(self, subject: OutcomeSubject | None) -> None:
        if subject is None:
            self.nothing_to_note.emit()
        else:
            self._on_subject(subject)

    def _on_subject(self, subject: OutcomeSubject) -> None:
        self._subject = subject
        self.sheet.ask(subject)

    def _on_days_chosen(self, days: int) -> None:
        if self._subject is None:
            return
        self._finding = self._tasks.start(
            self._outcomes.next_slot(self._subject, days),
            owner=self,
            done=partial(self.sheet.show_next, days),
            failed=self._on_failed,
            replaces=self._finding,
        )

    def _on_saved(self, report: OutcomeReport) -> None:
        if self._subject is None:
            return
        self._tasks.start(
            self._outcomes.note(self._subject, report),
            owner=self,
            done=self._on_noted,
            failed=self._on_failed,
        )

    def _on_noted(self, noted: Noted) -> None:
        self.sheet.accept()
        if noted.follow_up is not None:
            self.follow_up_requested.emit(noted.follow_up)

    def _on_failed(self, error: AppError) -> None:
        self.sheet.show_error(error)
