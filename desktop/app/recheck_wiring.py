"""Meetings booked while colleagues could not be asked: looked at again when they can."""

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer

from desktop.app.backend import Backend
from desktop.app.front import Front
from desktop.domain.ids import EventId
from desktop.services.changes import Change, Topic
from desktop.services.rechecks import Recheck, RecheckService
from desktop.ui.meeting.busy_texts import hindrance_text
from desktop.ui.meeting.busy_watch import BusyKnown
from desktop.ui.meeting.page import MeetingPage

SETTLE_MS = 1_000
"""A sync tells many things at once."""


class RecheckWiring(QObject):
    """Says who turned out to be busy, and opens the meeting."""

    def __init__(
        self, front: Front, backend: Backend, meeting: MeetingPage, zone: ZoneInfo
    ) -> None:
        super().__init__(front.window)
        self._front = front
        self._backend = backend
        self._meeting = meeting
        self._zone = zone
        self._waiting = True
        self._service = RecheckService(
            backend.files, backend.schedule, backend.availability, backend.clock.wall
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._look)
        meeting.booked.connect(self._on_booked)
        front.feed.changed.connect(self._on_changed)

    def _on_booked(self, event_id: EventId) -> None:
        if self._meeting.clashes.left_unsure:
            self._front.tasks.start(
                self._service.remember(event_id), owner=self, done=self._on_remembered
            )

    def _on_remembered(self, _nothing: object) -> None:
        self._waiting = True
        self._timer.start()

    def _on_changed(self, change: Change) -> None:
        if self._waiting and change.topic is Topic.SYNC and not self._timer.isActive():
            self._timer.start()

    def _look(self) -> None:
        self._front.tasks.start(self._run(), owner=self, done=self._on_looked)

    async def _run(self) -> tuple[tuple[Recheck, ...], bool]:
        return await self._service.run(), await self._service.waiting()

    def _on_looked(self, answer: tuple[tuple[Recheck, ...], bool]) -> None:
        found, self._waiting = answer
        if not found:
            return
        first = found[0]
        known = BusyKnown(names=first.names)
        who = hindrance_text(first.found, known, first.when, self._backend.clock(), self._zone)
        words = self.tr("“{title}”: {who}. That was not known when you booked it.")
        if len(found) > 1:
            words = self.tr(
                "“{title}”: {who}. That was not known when you booked it; nor for {n} more."
            )
        self._front.window.notices.say(
            words.format(title=first.event.summary, who=who, n=len(found) - 1),
            kind="warning",
            action=self.tr("Open"),
            answer=partial(self._meeting.open_event, first.event.id),
        )
