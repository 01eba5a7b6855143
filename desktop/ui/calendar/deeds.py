"""CalendarDeeds: what is done in the calendar: booking, moving, copying, deleting."""

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import AppError
from desktop.domain.ids import EventId
from desktop.domain.meeting import MeetingDraft
from desktop.domain.timespan import When
from desktop.services.changes import Change, Topic
from desktop.ui.calendar.describe import title_text
from desktop.ui.calendar.draft_desk import DraftDesk
from desktop.ui.calendar.page import CalendarPage, OriginalStart
from desktop.ui.calendar.ports import Drafts, People, Schedule
from desktop.ui.error_texts import text_for
from desktop.ui.feed import FeedSignals
from desktop.ui.tasks import TaskRunner


class CalendarDeeds(QObject):
    """Carries out what is asked for on a page, and tells of it by the page's signals.

    How far a change of one of a series reaches is asked by whoever listens to its two wishes.
    """

    series_move_wished = Signal(object, object, object, str)  # EventId, original start, When, title
    series_delete_wished = Signal(object, object, str)  # EventId, original start, the title

    def __init__(
        self,
        page: CalendarPage,
        schedule: Schedule,
        drafts: Drafts,
        people: People,
        tasks: TaskRunner,
        feed: FeedSignals,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._schedule = schedule
        self._drafts = drafts
        self._tasks = tasks
        self.desk = DraftDesk(page.view, schedule, drafts, people, tasks, page)
        self._connect(feed)
        page.view.settle()  # what was dropped before anybody listened goes back to its place

    def start(self) -> None:
        """Show the drafts that are open."""
        self.desk.reload()

    def new_meeting(self) -> None:
        """Begin a meeting at the cursor's slot, else in the dialog at the next free hour."""
        state = self._page.view.state
        if state.cursor is not None:
            self.desk.begin(state.cursor.when(state.zone))
        else:
            self._tasks.start(self._fresh_draft(), owner=self, done=self._on_fresh_draft)

    def _connect(self, feed: FeedSignals) -> None:
        view = self._page.view
        view.slot_chosen.connect(self.desk.begin)
        view.move_requested.connect(self._on_move_requested)
        view.copy_requested.connect(self._on_copy_requested)
        view.duplicate_requested.connect(self._on_duplicate_requested)
        view.delete_requested.connect(self._on_delete_requested)
        self.desk.booked.connect(self._on_booked)
        self.desk.dialog_requested.connect(self._page.new_requested)
        feed.changed.connect(self._on_changed)

    def _on_changed(self, change: Change) -> None:
        if change.topic is Topic.DRAFTS:
            self.desk.reload()

    def put_back(self) -> None:
        """What was dropped is not to stay there."""
        self._page.view.settle()

    def tell(self, error: AppError) -> None:
        """Something could not be done."""
        self._on_not_done(error)

    def _on_move_requested(self, event_id: EventId, original: OriginalStart, when: When) -> None:
        if self._repeats(event_id, original):
            self.series_move_wished.emit(event_id, original, when, self._title_of(event_id))
            return
        self._act(self._schedule.move(event_id, when, original), "moved", self._title_of(event_id))

    def _on_copy_requested(self, event_id: EventId, _original: OriginalStart, when: When) -> None:
        work = self._schedule.duplicate(event_id, when)
        self._act(work, "duplicated", self._title_of(event_id))

    def _on_duplicate_requested(self, event_id: EventId, original: OriginalStart) -> None:
        entry = self._page.view.state.entry_of((event_id, original))
        if entry is not None:
            self._on_copy_requested(event_id, original, entry.when)

    def _on_delete_requested(self, event_id: EventId, original: OriginalStart) -> None:
        if self._repeats(event_id, original):
            self.series_delete_wished.emit(event_id, original, self._title_of(event_id))
            return
        work = self._schedule.delete(event_id, original)
        self._act(work, "deleted", self._title_of(event_id))

    def _repeats(self, event_id: EventId, original: OriginalStart) -> bool:
        entry = self._page.view.state.entry_of((event_id, original))
        return entry is not None and entry.event.recurring

    def _act(self, work: Coroutine[Any, Any, object], code: str, title: str) -> None:
        async def told() -> tuple[str, str]:
            await work
            return code, title

        self._tasks.start(told(), done=self._on_acted, failed=self._on_not_done)

    def _on_acted(self, outcome: tuple[str, str]) -> None:
        self._page.done.emit(*outcome)

    def _on_not_done(self, error: AppError) -> None:
        self._page.view.settle()
        said = text_for(error)
        self._page.banner.show_notice("error", f"{said.title}. {said.body}")

    def _on_booked(self, event_id: EventId, title: str) -> None:
        self._page.select_when_loaded(event_id)
        self._page.done.emit("booked", title)

    async def _fresh_draft(self) -> MeetingDraft:
        return await self._drafts.new()

    def _on_fresh_draft(self, draft: MeetingDraft) -> None:
        self._page.new_requested.emit(draft)

    def _title_of(self, event_id: EventId) -> str:
        entries = (one for one in self._page.view.state.entries if one.event.id == event_id)
        entry = next(entries, None)
        return "" if entry is None else title_text(entry)
