"""The contact card with its services: reads, refreshes, pins and deletes."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, tzinfo
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.domain.errors import AppError, NotFoundError
from desktop.domain.ids import ContactId
from desktop.services.changes import Change, Topic
from desktop.services.contacts import ContactCard, ContactService
from desktop.ui.contacts.card import ContactCardView
from desktop.ui.contacts.dossier_desk import CrmParts, DossierDesk
from desktop.ui.error_texts import text_for
from desktop.ui.feed import FeedSignals
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.empty_state import EmptyState

REFRESH_MS = 200
MINUTE_MS = 60_000


class ContactCardPage(QWidget):
    """Shows one contact and follows what changes about them."""

    schedule_requested = Signal(object, object)  # ContactId, TimeSpan or None
    event_activated = Signal(object, object)  # EventId, original start or None
    edit_requested = Signal(object)  # ContactId
    shown = Signal(object)  # ContactId: it stands on the card now
    gone = Signal()  # the contact does not exist any more

    def __init__(
        self,
        contacts: ContactService,
        tasks: TaskRunner,
        feed: FeedSignals,
        clock: Callable[[], datetime],
        zone: tzinfo,
        parent: QWidget | None = None,
        *,
        crm: CrmParts | None = None,
    ) -> None:
        super().__init__(parent)
        self._contacts, self._tasks, self._clock = contacts, tasks, clock
        self._reading: asyncio.Task[ContactCard] | None = None
        self._writing: asyncio.Task[Any] | None = None
        self._wanted: ContactId | None = None
        self._focus_wanted = False
        self.view = ContactCardView(clock, zone)
        self._dossiers = (
            None if crm is None else DossierDesk(crm, self.view, tasks, feed, clock, self)
        )
        self.state = EmptyState()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.state)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._minute = QTimer(self)
        self._minute.setSingleShot(True)
        self._minute.setTimerType(Qt.TimerType.PreciseTimer)
        self._connect(feed)

    def open(self, contact_id: ContactId, *, focus: bool = True) -> None:
        """Show a contact; with ``focus``, M and Enter act on it as soon as it stands there."""
        self._wanted = contact_id
        self._focus_wanted = focus
        self._read()

    def contact_id(self) -> ContactId | None:
        """Who is shown; None before anybody was, and after they were deleted."""
        card = self.view.card()
        return None if card is None or self._wanted != card.contact.id else card.contact.id

    def schedule(self) -> None:
        """Book with the shown contact."""
        if self.contact_id() is not None:
            self.view.schedule()

    def _connect(self, feed: FeedSignals) -> None:
        self.view.schedule_requested.connect(self.schedule_requested)
        self.view.event_activated.connect(self.event_activated)
        self.view.edit_requested.connect(self.edit_requested)
        self.view.delete_requested.connect(self._on_delete_requested)
        self.view.pin_requested.connect(self._on_pin_requested)
        self.state.acted.connect(self._read)
        self._refresh.timeout.connect(self._read)
        self._minute.timeout.connect(self._on_minute)
        feed.changed.connect(self._on_changed)

    def _read(self) -> None:
        if self._wanted is None:
            return
        self._reading = self._tasks.start(
            self._contacts.open(self._wanted),
            owner=self,
            done=self._on_read,
            failed=self._on_failed,
            replaces=self._reading,
        )

    def _on_read(self, card: ContactCard) -> None:
        self.view.show_card(card)
        self._stack.setCurrentWidget(self.view)
        self._await_minute()
        if self._dossiers is not None:
            self._dossiers.follow(card.contact.id)
        self.shown.emit(card.contact.id)
        if self._focus_wanted:
            self._focus_wanted = False
            self.view.focus_card()

    def _on_failed(self, error: AppError) -> None:
        if isinstance(error, NotFoundError):
            self._wanted = None
            self._refresh.stop()
            self.gone.emit()
            return
        words = text_for(error)
        self.state.show_state("warning", words.title, words.body, self.tr("Retry"))
        self._stack.setCurrentWidget(self.state)

    def _on_changed(self, change: Change) -> None:
        about_us = not change.uids or self._wanted in change.uids
        concerns = change.topic is Topic.EVENTS or (change.topic is Topic.CONTACTS and about_us)
        if self._wanted is not None and concerns and not self._refresh.isActive():
            self._refresh.start()

    def _on_delete_requested(self, contact_id: ContactId) -> None:
        self._write(self._contacts.delete(contact_id))

    def _on_pin_requested(self, contact_id: ContactId, pinned: bool) -> None:
        self._write(self._contacts.set_pinned(contact_id, pinned))

    def _write(self, work: Coroutine[Any, Any, object]) -> None:
        self._writing = self._tasks.start(work, owner=self, done=self._on_written)

    def _on_written(self, _result: object) -> None:
        self._read()

    def _await_minute(self) -> None:
        moment = self._clock()
        passed_ms = moment.second * 1000 + moment.microsecond // 1000
        self._minute.start(MINUTE_MS - passed_ms)

    def _on_minute(self) -> None:
        if self.isVisible():
            self.view.refresh_times()
        self._await_minute()
