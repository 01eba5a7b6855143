"""Outcomes of meetings: the sheet and its service, built after the first paint, and their ways."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from desktop.app.backend import Backend
from desktop.app.front import Front
from desktop.domain.errors import AppError
from desktop.services.meeting_outcomes import OutcomeService
from desktop.ui.error_texts import text_for
from desktop.ui.meeting.page import MeetingPage
from desktop.ui.meeting.texts import title_templates
from desktop.ui.outcome.page import OutcomePage


class OutcomeWiring(QObject):
    """Asks about what is selected or shown, else about the last meeting."""

    def __init__(
        self, front: Front, backend: Backend, meeting: MeetingPage, zone: ZoneInfo
    ) -> None:
        super().__init__(front.window)
        self._front = front
        service = OutcomeService(
            backend.files,
            backend.schedule,
            backend.undo,
            backend.feed,
            backend.clock,
            zone,
            titles=title_templates,
        )
        self._page = OutcomePage(service, front.tasks, backend.clock, zone, front.window)
        self._page.follow_up_requested.connect(meeting.open_new)
        self._page.nothing_to_note.connect(self._on_nothing)
        self._page.failed.connect(self._on_failed)
        front.actions.outcome.triggered.connect(self._on_wanted)
        front.event.outcome_requested.connect(self._page.open_for)
        front.calendar.view.outcome_requested.connect(self._page.open_for)

    def _on_wanted(self) -> None:
        entry = self._front.calendar.view.state.chosen
        if entry is not None:
            self._page.open_for(entry.event.id, entry.occurrence.original_start)
        elif self._front.details.shows(self._front.event) and self._front.event.details():
            self._front.event.note_outcome()
        else:
            self._page.open_latest()

    def _on_nothing(self) -> None:
        text = self.tr("No meeting of the last week waits for its outcome.")
        self._front.window.notices.say(text, kind="info")

    def _on_failed(self, error: AppError) -> None:
        words = text_for(error)
        self._front.window.notices.say(f"{words.title}. {words.body}")
