"""DossierDesk: reads the dossier of the shown card, asks for a newer one, keeps comments."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject

from desktop.domain.crm import Dossier
from desktop.domain.errors import AppError, NotFoundError, OfflineError
from desktop.domain.ids import CommentId, ContactId
from desktop.services.changes import Change, Topic
from desktop.services.comments import CommentService
from desktop.services.dossiers import DossierService
from desktop.ui.contacts.card import ContactCardView
from desktop.ui.error_texts import text_for
from desktop.ui.feed import FeedSignals
from desktop.ui.tasks import TaskRunner

FRESH = timedelta(seconds=30)
"""Somebody who goes back and forth between two cards does not ask each time."""
STALE = timedelta(minutes=5)
"""A card that stays open is read again after so long, when the account was read."""


@dataclass(frozen=True, slots=True)
class CrmParts:
    """What tells of contacts beside their cards."""

    dossiers: DossierService
    comments: CommentService


class DossierDesk(QObject):
    """One card's CRM side. The cache answers at once, the server a moment later."""

    def __init__(
        self,
        crm: CrmParts,
        view: ContactCardView,
        tasks: TaskRunner,
        feed: FeedSignals,
        clock: Callable[[], datetime],
        owner: QObject,
    ) -> None:
        super().__init__(owner)
        self._crm, self._view, self._tasks, self._clock = crm, view, tasks, clock
        self._wanted: ContactId | None = None
        self._asked: dict[ContactId, datetime] = {}
        self._reading: asyncio.Task[Dossier] | None = None
        self._asking: asyncio.Task[None] | None = None
        self._writing: asyncio.Task[Any] | None = None
        self._failed = False
        view.comment_requested.connect(self._on_comment_requested)
        view.comment_unwished.connect(self._on_comment_unwished)
        feed.changed.connect(self._on_changed)

    def follow(self, contact_id: ContactId) -> None:
        """Show this contact's dossier, and follow what changes about it."""
        if contact_id != self._wanted:
            self._wanted = contact_id
            self._failed = False
            self._view.dossier.show_trouble("")
        self._read()

    def _read(self) -> None:
        if self._wanted is None:
            return
        self._reading = self._tasks.start(
            self._crm.dossiers.of(self._wanted),
            owner=self,
            done=self._on_read,
            failed=self._on_unread,
            replaces=self._reading,
        )

    def _on_read(self, dossier: Dossier) -> None:
        self._view.show_dossier(dossier)
        asked = self._asked.get(dossier.contact)
        if dossier.contact == self._wanted and (asked is None or self._clock() - asked > FRESH):
            self._ask(dossier)

    def _on_unread(self, error: AppError) -> None:
        if not isinstance(error, NotFoundError):  # the page itself says who is gone
            self._view.dossier.show_trouble(text_for(error).title)

    def _ask(self, dossier: Dossier) -> None:
        if dossier.pages is None or dossier.remote_id is None:
            return
        self._asked[dossier.contact] = self._clock()
        self._asking = self._tasks.start(
            self._crm.dossiers.refresh(dossier.contact),
            owner=self,
            done=self._on_asked,
            failed=self._on_ask_failed,
            replaces=self._asking,
        )

    def _on_asked(self, _nothing: None) -> None:
        self._failed = False
        self._view.dossier.show_trouble("")

    def _on_ask_failed(self, error: AppError) -> None:
        """What is known stays, with its age; only what was never read needs words."""
        self._failed = True
        if isinstance(error, OfflineError):
            words = self.tr("Offline. This will be read when there is a network.")
        else:
            words = text_for(error).title
        self._view.dossier.show_trouble(words)

    def _on_changed(self, change: Change) -> None:
        if self._wanted is None:
            return
        if change.topic is Topic.TIMELINE:
            if not change.uids:  # other fields were chosen: what is known has not got them
                self._asked.clear()
            if not change.uids or self._wanted in change.uids:
                self._read()
        elif change.topic is Topic.SYNC and self._view.isVisible():
            asked = self._asked.get(self._wanted)
            old = FRESH if self._failed else STALE
            if asked is not None and self._clock() - asked > old:
                self._read()

    # Comments

    def _on_comment_requested(self, contact_id: ContactId, text: str) -> None:
        if self._writing is not None and not self._writing.done():
            return
        self._writing = self._tasks.start(
            self._crm.comments.add(contact_id, text),
            owner=self,
            done=self._on_comment_kept,
            failed=self._on_comment_failed,
        )

    def _on_comment_kept(self, _comment: CommentId) -> None:
        self._view.dossier.comment_kept()

    def _on_comment_failed(self, error: AppError) -> None:
        """The text stays in its field."""
        words = text_for(error)
        self._view.dossier.comment_failed(f"{words.title}. {words.body}")

    def _on_comment_unwished(self, comment_id: CommentId) -> None:
        self._tasks.start(self._crm.comments.delete(comment_id), owner=self, done=self._on_gone)

    def _on_gone(self, _nothing: None) -> None:
        self._read()
