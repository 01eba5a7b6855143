"""Answers to invitations: from the calendar, its menu, the details and the keyboard."""

from functools import partial

from PySide6.QtCore import QObject

from desktop.app.backend import Backend
from desktop.app.front import Front
from desktop.domain.errors import AppError
from desktop.domain.event import Event, Participation
from desktop.domain.ids import EventId
from desktop.ui.error_texts import text_for


class AnswerWiring(QObject):
    """The answer shows at once; what was answered is said by the toast that can take it back."""

    def __init__(self, front: Front, backend: Backend) -> None:
        super().__init__(front.window)
        self._front = front
        self._service = backend.invitations
        front.event.answer_requested.connect(self._answer)
        front.event.decline_offered.connect(self._offer_decline)
        front.calendar.view.answer_requested.connect(self._answer)
        front.calendar.view.refused.connect(self._on_refused)
        front.actions.accept.triggered.connect(self._on_accept)
        front.actions.decline.triggered.connect(self._on_decline)

    def _on_accept(self) -> None:
        self._answer_meant(Participation.ACCEPTED)

    def _on_decline(self) -> None:
        self._answer_meant(Participation.DECLINED)

    def _answer_meant(self, answer: Participation) -> None:
        event = self._meant()
        if event is not None and event.invited:
            self._answer(event.id, answer)
        else:
            text = self.tr("Select a meeting that you are invited to.")
            self._front.window.notices.say(text, kind="info")

    def _meant(self) -> Event | None:
        """What is selected in the calendar, else what the details show."""
        chosen = self._front.calendar.view.state.chosen
        if chosen is not None:
            return chosen.event
        details = self._front.event.details()
        shown = self._front.details.shows(self._front.event)
        return details.event if shown and details is not None else None

    def _answer(self, event_id: EventId, answer: Participation) -> None:
        self._front.tasks.start(
            self._service.answer(event_id, answer), owner=self, failed=self._on_failed
        )

    def _on_refused(self, code: str) -> None:
        chosen = self._front.calendar.view.state.chosen
        if code == "invited" and chosen is not None:
            self._offer_decline(chosen.event.id)

    def _offer_decline(self, event_id: EventId) -> None:
        text = self.tr("Only its organizer can delete this meeting. You can decline it.")
        self._front.window.notices.say(
            text,
            kind="info",
            action=self.tr("Decline"),
            answer=partial(self._answer, event_id, Participation.DECLINED),
        )

    def _on_failed(self, error: AppError) -> None:
        words = text_for(error)
        self._front.window.notices.say(f"{words.title}. {words.body}")
