"""The event's details with their services: reads, follows changes, duplicates and deletes."""

import asyncio
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QStackedLayout, QWidget

from desktop.domain.errors import AppError, NotFoundError
from desktop.domain.event import Participation
from desktop.domain.ids import ContactId, EventId
from desktop.domain.invitations import may_answer
from desktop.services.changes import Change, Topic
from desktop.ui.calendar.minute_clock import MinuteClock
from desktop.ui.contacts.card_rows import Opener
from desktop.ui.details.snapshot import DetailsReader, EventDetails, OriginalStart
from desktop.ui.details.view import EventDetailsView
from desktop.ui.error_texts import text_for
from desktop.ui.feed import FeedSignals
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.empty_state import EmptyState

REFRESH_MS = 200
WAITING_MS = 300
"""Words that it is being read are shown only where reading takes longer."""
TOPICS = frozenset({Topic.EVENTS, Topic.CONTACTS, Topic.CALENDARS, Topic.ACCOUNTS})
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EventDetailsPage(QWidget):
    """Shows one event and follows what changes about it."""

    ready = Signal()  # there is something to see for the event that was asked for
    edit_requested = Signal(object, object)  # EventId, original start or None
    outcome_requested = Signal(object, object)  # EventId, original start or None
    answer_requested = Signal(object, object)  # EventId, Participation
    decline_offered = Signal(object)  # EventId: it cannot be deleted, only declined
    contact_requested = Signal(object)  # ContactId
    outbox_requested = Signal()
    close_requested = Signal()
    duplicated = Signal(object)  # EventId of the copy
    deleted = Signal()
    series_delete_wished = Signal(object, object, str)  # EventId, original start, the title

    def __init__(
        self,
        reader: DetailsReader,
        tasks: TaskRunner,
        feed: FeedSignals,
        clock: Callable[[], datetime],
        zone: tzinfo,
        parent: QWidget | None = None,
        *,
        open_url: Opener = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("eventDetails")
        self._reader, self._tasks, self._clock, self._zone = reader, tasks, clock, zone
        self._open_url = open_url
        self._wanted: tuple[EventId, OriginalStart] | None = None
        self._reading: asyncio.Task[EventDetails] | None = None
        self._writing: asyncio.Task[Any] | None = None
        self._view: EventDetailsView | None = None
        self.state = EmptyState()
        self.state.acted.connect(self._on_state_acted)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.state)
        self._waiting = self._timer(WAITING_MS, self._on_waiting)
        self._refresh = self._timer(REFRESH_MS, self._read)
        self._minutes = MinuteClock(clock, self)
        self._minutes.passed.connect(self._on_minute)
        feed.changed.connect(self._on_changed)

    @property
    def view(self) -> EventDetailsView:
        """The widgets; built when the first event is shown, which is after the first paint."""
        if self._view is None:
            self._view = EventDetailsView(self._clock, self._zone, open_url=self._open_url)
            self._view.outcome_wished.connect(self.note_outcome)
            self._view.edit_wished.connect(self.edit)
            self._view.duplicate_wished.connect(self.duplicate)
            self._view.delete_wished.connect(self.delete)
            self._view.close_wished.connect(self.close_requested)
            self._view.outbox_wished.connect(self.outbox_requested)
            self._view.answer_wished.connect(self.answer)
            self._view.contact_requested.connect(self.contact_requested)
            self._stack.addWidget(self._view)
        return self._view

    def open(self, event_id: EventId, original_start: OriginalStart = None) -> None:
        """Show an event; of a series the occurrence that is named."""
        self._wanted = (event_id, original_start)
        self._waiting.start()
        self._read()

    def clear(self) -> None:
        """Show nothing, and follow nothing any more."""
        self._wanted = None
        self._waiting.stop()
        self._refresh.stop()
        if self._reading is not None:
            self._reading.cancel()

    def details(self) -> EventDetails | None:
        """What is shown; None before it is read and after it is gone."""
        shown = None if self._view is None else self._view.details()
        if shown is None or self._wanted != (shown.event.id, shown.original_start):
            return None
        return shown

    def contact_id(self) -> ContactId | None:
        """Whom the shown event is with: the first of its people."""
        details = self.details()
        return details.people[0].contact.id if details is not None and details.people else None

    def title(self) -> str:
        """The shown event's title."""
        details = self.details()
        return "" if details is None else details.event.summary

    # What the user wants

    def edit(self) -> None:
        """Open the event in the dialog."""
        details = self.details()
        if details is not None:
            self.edit_requested.emit(details.event.id, details.original_start)

    def note_outcome(self) -> None:
        """Ask what became of the meeting."""
        details = self.details()
        if details is not None:
            self.outcome_requested.emit(details.event.id, details.original_start)

    def answer(self, answer: Participation) -> None:
        """Accept or decline the invitation, or take the answer back."""
        details = self.details()
        if details is not None and may_answer(details.event, details.account):
            self.answer_requested.emit(details.event.id, answer)

    def duplicate(self) -> None:
        """Make a single event like this one at the same time."""
        details = self.details()
        if details is None or not details.may_duplicate or self._is_writing():
            return
        self._writing = self._tasks.start(
            self._reader.schedule.duplicate(details.event.id, details.entry.when),
            owner=self,
            done=self.duplicated.emit,
        )

    def delete(self) -> None:
        """Take the event out; how much of a series goes is asked elsewhere."""
        details = self.details()
        if details is None or details.locked or self._is_writing():
            return
        if details.event.recurring:
            event = details.event
            self.series_delete_wished.emit(event.id, details.original_start, event.summary)
            return
        self._writing = self._tasks.start(
            self._reader.schedule.delete(details.event.id, details.original_start),
            owner=self,
            done=self._on_deleted,
        )

    def _is_writing(self) -> bool:
        return self._writing is not None and not self._writing.done()

    def _on_deleted(self, _nothing: object) -> None:
        self.clear()
        self.deleted.emit()

    # Reading

    def _read(self) -> None:
        if self._wanted is None:
            return
        self._reading = self._tasks.start(
            self._reader.read(*self._wanted),
            owner=self,
            done=self._on_read,
            failed=self._on_failed,
            replaces=self._reading,
        )

    def _on_read(self, details: EventDetails) -> None:
        self._waiting.stop()
        self.view.show_details(details)
        self.setFocusProxy(self.view)
        self._stack.setCurrentWidget(self.view)
        self._minutes.start()
        self.ready.emit()

    def _on_waiting(self) -> None:
        self.state.show_state("calendar", self.tr("Reading the event…"))
        self.state.show_progress(0, None)
        self._show_state()

    def _on_failed(self, error: AppError) -> None:
        self._waiting.stop()
        words = text_for(error)
        gone = isinstance(error, NotFoundError)
        if gone:
            self._refresh.stop()
        action = self.tr("Close") if gone else self.tr("Retry")
        self.state.show_state("info" if gone else "warning", words.title, words.body, action)
        self._show_state()
        if gone:
            self._wanted = None

    def _show_state(self) -> None:
        self._stack.setCurrentWidget(self.state)
        self.ready.emit()

    def _on_state_acted(self) -> None:
        if self._wanted is None:
            self.close_requested.emit()
        else:
            self._read()

    def _on_changed(self, change: Change) -> None:
        if self._wanted is not None and change.topic in TOPICS and not self._refresh.isActive():
            self._refresh.start()

    def _on_minute(self) -> None:
        if self.isVisible() and self._view is not None:
            self._view.refresh_times()

    def _timer(self, interval_ms: int, ended: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(ended)
        return timer

    def _on_delete_key(self) -> None:
        details = self.details()
        if details is not None and may_answer(details.event, details.account):
            self.decline_offered.emit(details.event.id)
        else:
            self.delete()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        focus = self.focusWidget()
        if key in ENTER and isinstance(focus, QAbstractButton):
            focus.click()
        elif key in ENTER:
            self.edit()
        elif key == Qt.Key.Key_Delete:
            self._on_delete_key()
        elif key == Qt.Key.Key_D and control:
            self.duplicate()
        else:
            super().keyPressEvent(event)
