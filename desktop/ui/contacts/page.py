"""The search for contacts: asks as one types, shows what is found, says what is not."""

import asyncio
from collections.abc import Callable
from datetime import datetime, tzinfo
from enum import Enum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.domain.contact import SearchResult
from desktop.domain.errors import AppError
from desktop.domain.ids import ContactId
from desktop.services.changes import Change, Topic
from desktop.services.contacts import ContactService
from desktop.ui.contacts.account_filter import AccountFilter
from desktop.ui.contacts.list_view import ContactList
from desktop.ui.contacts.misses import Miss, MissKind, miss_of
from desktop.ui.contacts.query_field import QueryField
from desktop.ui.contacts.texts import count_text
from desktop.ui.error_texts import text_for
from desktop.ui.feed import FeedSignals
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.labels import small_label

REFRESH_MS = 300
"""Changes come in flocks during a sync; the list is asked for again once per flock."""

PATIENCE_MS = 1000
"""An answer that takes longer gets a word in its place."""

LEAST_PX = 180

SHOWN_TOPICS = (Topic.CONTACTS, Topic.EVENTS, Topic.ACCOUNTS)


class Wish(Enum):
    """What Enter wants as soon as the answer to what was typed is there."""

    OPEN = "open"
    SCHEDULE = "schedule"


class ContactsPage(QWidget):
    """The left pane: the field, the list, and how much was searched."""

    contact_opened = Signal(object)  # ContactId
    schedule_requested = Signal(object, object)  # ContactId, TimeSpan or None
    account_requested = Signal()
    contact_requested = Signal()
    answered = Signal()  # what was asked for last is shown, or why it is not
    late_answer_arrived = Signal(object)  # SearchResult of a search that waited for the network

    def __init__(
        self,
        contacts: ContactService,
        tasks: TaskRunner,
        feed: FeedSignals,
        clock: Callable[[], datetime],
        zone: tzinfo,
        parent: QWidget | None = None,
        *,
        field: QueryField | None = None,
    ) -> None:
        super().__init__(parent)
        self._contacts = contacts
        self._tasks = tasks
        self._search: asyncio.Task[SearchResult] | None = None
        self._late: asyncio.Task[tuple[SearchResult, ...]] | None = None
        self._asked: str | None = None
        self._shown: str | None = None
        self._wish: Wish | None = None
        self._miss: Miss | None = None
        self.field = field or QueryField()
        self.list = ContactList(clock, zone)
        self.filter = AccountFilter()
        self._only = Chip("", removable=True)
        self._only.setObjectName("contactOnlyAccount")
        self._only.hide()
        self.state = EmptyState()
        self.footer = small_label()
        self._stack = QStackedLayout()
        self._refresh = self._timer(REFRESH_MS, self._on_refresh_due)
        self._patience = self._timer(PATIENCE_MS, self._on_patience_lost)
        self._arrange()
        self._connect(feed)

    def start(self) -> None:
        """Show what an empty query shows: pinned, near and recent people."""
        self._ask()

    def focus_search(self) -> None:
        """Put the caret into the field, with what stands there selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def current_id(self) -> ContactId | None:
        """Whose row is selected."""
        return self.list.current_id()

    def search_for(self, query: str) -> None:
        """Put a query into the field, as if it had been typed."""
        self.field.setText(query)
        self.focus_search()

    def schedule_current(self) -> None:
        """Book with the one whose row is selected."""
        current = self.current_id()
        if current is not None:
            self.schedule_requested.emit(current, None)

    def _arrange(self) -> None:
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        row = QHBoxLayout()
        column.addLayout(row)
        row.setSpacing(4)
        row.addWidget(self.field)
        row.addWidget(self.filter)
        column.addWidget(self._only)
        column.addLayout(self._stack, 1)
        # Only now: a stack without a place would show its first page as a window.
        for page in (self.list, self.state):
            self._stack.addWidget(page)
        column.addWidget(self.footer)
        self.footer.setContentsMargins(8, 0, 8, 0)
        self.setMinimumHeight(LEAST_PX)

    def _connect(self, feed: FeedSignals) -> None:
        self.field.textChanged.connect(self._on_query_edited)
        self.filter.chosen.connect(self._on_account_chosen)
        self._only.clicked.connect(self._on_all_wanted)
        self._only.remove_requested.connect(self._on_all_wanted)
        self.field.rows_moved.connect(self.list.move_by)
        self.field.pages_moved.connect(self._on_pages_moved)
        self.field.accepted.connect(self._on_accepted)
        self.field.schedule_requested.connect(self._on_schedule_wished)
        self.list.contact_activated.connect(self.contact_opened)
        self.list.schedule_requested.connect(self._on_row_schedule_requested)
        self.state.acted.connect(self._on_state_acted)
        feed.changed.connect(self._on_changed)

    def _timer(self, after_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(slot)
        return timer

    # Asking

    def _ask(self) -> None:
        self._refresh.stop()
        if not self._patience.isActive():
            self._patience.start()
        self._asked = self.field.text()
        self._search = self._tasks.start(
            self._contacts.find(self._asked, account_id=self.filter.account_id),
            owner=self,
            done=self._on_answered,
            failed=self._on_failed,
            replaces=self._search,  # only the newest question matters
        )

    def _on_account_chosen(self) -> None:
        self._only.set_value(self.tr("Only {0}").format(self.filter.title))
        self._only.setVisible(self.filter.account_id is not None)
        self._shown = None  # the same words are another question now
        self._ask()
        self.focus_search()

    def _on_all_wanted(self) -> None:
        self.filter.choose(None)

    def _on_query_edited(self, _text: str) -> None:
        self._wish = None
        self._ask()

    def _on_refresh_due(self) -> None:
        self._ask()
        self._late = self._tasks.start(
            self._contacts.answered_searches(),
            owner=self,
            done=self._on_late_answers,
            replaces=self._late,
        )

    def _on_late_answers(self, answers: tuple[SearchResult, ...]) -> None:
        for answer in answers:
            if answer.query != self.field.text().strip():
                self.late_answer_arrived.emit(answer)

    def _on_changed(self, change: Change) -> None:
        if change.topic in SHOWN_TOPICS and not self._refresh.isActive():
            self._refresh.start()

    def _on_answered(self, result: SearchResult) -> None:
        self._patience.stop()
        query, self._asked = self._asked or "", None
        if query == self._shown:
            self.list.refresh_hits(result.hits)
        else:
            self.list.show_hits(result.hits, select_first=bool(query.strip()))
        self._shown = query
        self._show_result(result)
        self._grant_wish()
        self.answered.emit()

    def _show_result(self, result: SearchResult) -> None:
        asked = self._miss is not None and self._miss.asked and self._miss.query == result.query
        title = self.filter.title
        self._miss = None if result.hits else miss_of(result, asked=asked, account=title)
        if self._miss is None:
            self._stack.setCurrentWidget(self.list)
        else:
            self._show_state(self._miss)
        self.footer.setText(count_text(result))
        self.footer.setVisible(result.total_contacts > 0)

    def _show_state(self, miss: Miss) -> None:
        self.state.show_state(miss.icon, miss.title, miss.text, miss.action)
        self._stack.setCurrentWidget(self.state)

    def _on_failed(self, error: AppError) -> None:
        self._patience.stop()
        words = text_for(error)
        self._miss = Miss(
            MissKind.FAILED, self.field.text(), "warning", words.title, words.body, self.tr("Retry")
        )
        self._asked = self._shown = None
        self._show_state(self._miss)
        self.answered.emit()

    def _on_patience_lost(self) -> None:
        if self._shown is None:
            self.state.show_state("", self.tr("Opening your contacts…"))
            self.state.show_progress(0, None)
            self._stack.setCurrentWidget(self.state)

    # Choosing

    def _on_pages_moved(self, pages: int) -> None:
        self.list.move_by(pages * self.list.rows_per_page())

    def _on_accepted(self) -> None:
        self._wish = Wish.OPEN
        self._grant_wish()

    def _on_schedule_wished(self) -> None:
        self._wish = Wish.SCHEDULE
        self._grant_wish()

    def _grant_wish(self) -> None:
        """Do what Enter asked for, once the rows are those that were typed for."""
        if self._wish is None or self._asked is not None or self._shown is None:
            return
        wish, self._wish = self._wish, None
        if self.current_id() is None:
            self.list.move_by(0)
        current = self.current_id()
        if current is None:
            return
        if wish is Wish.OPEN:
            self.contact_opened.emit(current)
        else:
            self.schedule_requested.emit(current, None)

    def _on_row_schedule_requested(self, contact_id: ContactId) -> None:
        self.schedule_requested.emit(contact_id, None)

    def _on_state_acted(self) -> None:
        miss = self._miss
        if miss is None:
            return
        if miss.kind is MissKind.NOBODY:
            self.account_requested.emit()
        elif miss.kind is MissKind.NOBODY_YET:
            self.contact_requested.emit()
        elif miss.kind is MissKind.NOT_CACHED:
            self._miss = miss.as_asked()
            self._show_state(self._miss)
            self._tasks.start(self._contacts.search_when_online(miss.query), owner=self)
        elif miss.kind is MissKind.NOT_HERE:
            self._on_all_wanted()
        elif miss.kind is MissKind.FAILED:
            self._ask()
