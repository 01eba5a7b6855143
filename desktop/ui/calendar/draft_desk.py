"""Meetings that are being written beside the calendar: the popover, its dashed blocks, autosave."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta, tzinfo

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.contact import SearchResult
from desktop.domain.errors import AppError
from desktop.domain.event import CalendarEntry
from desktop.domain.ids import DraftId, EventId, new_uid
from desktop.domain.meeting import MeetingDraft
from desktop.domain.timespan import DateSpan, TimeSpan, When
from desktop.ui.calendar.describe import length_text, title_text, translate
from desktop.ui.calendar.popover import EventPopover, Typed
from desktop.ui.calendar.ports import Drafts, FoundClashes, People, Schedule
from desktop.ui.calendar.proposal import worst_clash
from desktop.ui.calendar.view_state import DraftBlock
from desktop.ui.calendar.walltime import instant_of, wall_of
from desktop.ui.calendar.week_view import WeekView
from desktop.ui.error_texts import text_for
from desktop.ui.tasks import TaskRunner

AUTOSAVE_MS = 1000


class DraftDesk(QObject):
    """Opens the popover for a slot, and never loses what was typed into it."""

    booked = Signal(object, str)  # EventId, its title
    dialog_requested = Signal(object)  # MeetingDraft

    def __init__(
        self,
        view: WeekView,
        schedule: Schedule,
        drafts: Drafts,
        people: People,
        tasks: TaskRunner,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._view = view
        self._page = page
        self._schedule = schedule
        self._drafts = drafts
        self._people = people
        self._tasks = tasks
        self._open: tuple[MeetingDraft, ...] = ()
        self._typed: dict[DraftId, Typed] = {}
        self._clash_task: asyncio.Task[FoundClashes] | None = None
        self._save_lock = asyncio.Lock()
        self.popover = EventPopover(self._find, tasks, self._zone, page)
        self._autosave = QTimer(self)
        self._autosave.setSingleShot(True)
        self._autosave.setInterval(AUTOSAVE_MS)
        self._autosave.timeout.connect(self.save_now)
        self._connect()

    def _connect(self) -> None:
        self.popover.save_requested.connect(self._on_save_requested)
        self.popover.more_requested.connect(self._on_more_requested)
        self.popover.draft_changed.connect(self._on_draft_changed)
        self.popover.when_changed.connect(self._on_when_changed)
        self.popover.discarded.connect(self._on_discarded)
        self.popover.closed.connect(self._on_closed)
        self._view.rects_moved.connect(self.follow)
        self._view.pressed.connect(self.fold)
        self._view.draft_activated.connect(self.resume)

    # What is asked of it

    def begin(self, when: When) -> None:
        """Open the popover for a new meeting at ``when``."""
        self.fold()
        self._open_popover(Typed(when, DraftId(new_uid())))

    def fold(self) -> None:
        """Put the popover away. What was typed stays as a dashed block; an empty one goes."""
        typed = self.popover.typed()
        if typed is None:
            return
        if typed.touched:
            self._store(typed)
        self.popover.end()
        self._show_blocks()

    def resume(self, draft_id: DraftId) -> None:
        """Take a draft up again: where it was begun, or in the dialog."""
        self.fold()
        typed = self._typed.get(draft_id)
        if typed is not None:
            self._open_popover(typed)
            return
        draft = next((one for one in self._open if one.id == draft_id), None)
        if draft is not None:
            self.dialog_requested.emit(draft)

    def reload(self) -> None:
        """Ask again which drafts there are."""
        self._tasks.start(self._drafts.open_drafts(), owner=self, done=self._on_open_drafts)

    def follow(self) -> None:
        """The calendar moved under the popover."""
        typed = self.popover.typed()
        if typed is not None:
            self.popover.place(self._slot_of(typed.when))

    def save_now(self) -> None:
        """Keep what is typed."""
        typed = self.popover.typed()
        if typed is not None and typed.touched:
            self._store(typed)

    # The popover

    def _open_popover(self, typed: Typed) -> None:
        self._view.show_time(typed.when)
        self.popover.open_for(typed, self._slot_of(typed.when))
        self._show_blocks()
        self._look_for_clashes(typed.when)

    def _slot_of(self, when: When) -> QRect:
        rect = self._view.rect_of(when)
        if rect.isNull():
            return rect
        corner = self._view.viewport().mapTo(self._page, QPoint(0, 0))
        return rect.translated(corner)

    def _on_draft_changed(self, typed: Typed) -> None:
        self._typed[typed.draft_id] = typed
        self._autosave.start()
        self._show_blocks()

    def _on_when_changed(self, when: TimeSpan) -> None:
        self._view.show_time(when)
        self.follow()
        self._autosave.start()
        self._show_blocks()
        self._look_for_clashes(when)

    def _on_discarded(self, typed: Typed) -> None:
        self._autosave.stop()
        if self._typed.pop(typed.draft_id, None) is not None:
            self._tasks.start(self._discarded(typed.draft_id), owner=self, done=self._on_kept)

    async def _discarded(self, draft_id: DraftId) -> None:
        async with self._save_lock:
            await self._drafts.discard(draft_id)

    def _on_closed(self) -> None:
        self._show_blocks()
        self._view.setFocus()

    # Clashes

    def _look_for_clashes(self, when: When) -> None:
        self._clash_task = self._tasks.start(
            self._schedule.clashes(when),
            owner=self,
            done=self._on_clashes,
            replaces=self._clash_task,
        )

    def _on_clashes(self, clashes: FoundClashes) -> None:
        typed = self.popover.typed()
        if typed is None:
            return
        text = clash_text(typed.when, clashes.entries)
        if text:
            self.popover.show_hint(text, clashes.free)
        elif len(both := both_instants(typed.when, self._zone())) > 1:
            twice = translate("Calendar", "This hour comes twice, as the clocks go back.")
            self.popover.show_hint(twice, both)
        else:
            self.popover.show_hint("")

    # Keeping and booking

    def _store(self, typed: Typed) -> None:
        self._autosave.stop()
        self._tasks.start(self._kept(typed), owner=self, done=self._on_kept)

    async def _kept(self, typed: Typed) -> None:
        # One after the other, so that an older text never overtakes a newer one.
        async with self._save_lock:
            draft = await self._draft_of(typed)
            await self._drafts.save(draft)

    async def _draft_of(self, typed: Typed) -> MeetingDraft:
        title = " ".join(typed.title.split())
        draft = await self._drafts.new(contact=typed.contact_id, when=typed.when, title=title)
        return replace(draft, id=typed.draft_id, touched=typed.touched)

    def _on_kept(self, _kept: None) -> None:
        self.reload()

    def _on_save_requested(self, typed: Typed) -> None:
        self._autosave.stop()
        self.popover.set_busy(True)
        self._tasks.start(
            self._book(typed), owner=self, done=self._on_booked, failed=self._on_not_booked
        )

    async def _book(self, typed: Typed) -> tuple[EventId, MeetingDraft]:
        async with self._save_lock:
            draft = await self._draft_of(typed)
            return await self._schedule.book(draft), draft

    def _on_booked(self, outcome: tuple[EventId, MeetingDraft]) -> None:
        event_id, draft = outcome
        self._typed.pop(draft.id, None)
        self.popover.end()
        self._view.setFocus()
        self.reload()
        self.booked.emit(event_id, draft.title)

    def _on_not_booked(self, error: AppError) -> None:
        self.popover.set_busy(False)
        said = text_for(error)
        self.popover.show_hint(f"{said.title}. {said.body}")

    def _on_more_requested(self, typed: Typed) -> None:
        self._autosave.stop()
        self._tasks.start(self._for_dialog(typed), owner=self, done=self._on_dialog_draft)

    async def _for_dialog(self, typed: Typed) -> MeetingDraft:
        async with self._save_lock:
            return await self._draft_of(typed)

    def _on_dialog_draft(self, draft: MeetingDraft) -> None:
        self._typed.pop(draft.id, None)
        self.popover.end()
        self._show_blocks()
        self.dialog_requested.emit(draft)

    # Blocks

    def _on_open_drafts(self, drafts: tuple[MeetingDraft, ...]) -> None:
        self._open = tuple(draft for draft in drafts if draft.event_id is None)
        self._show_blocks()

    def _show_blocks(self) -> None:
        typed = self.popover.typed()
        self._view.set_drafts(tuple(_blocks(self._open, typed)))

    async def _find(self, query: str) -> SearchResult:
        return await self._people.find(query, limit=5)

    def _zone(self) -> tzinfo:
        return self._view.state.zone


def _blocks(drafts: Iterable[MeetingDraft], typed: Typed | None) -> Iterable[DraftBlock]:
    for draft in drafts:
        if typed is None or draft.id != typed.draft_id:
            yield DraftBlock(draft.when, draft.id, draft.title, folded=True)
    if typed is not None:
        yield DraftBlock(typed.when, typed.draft_id, typed.title)


def both_instants(when: When, zone: tzinfo) -> tuple[TimeSpan, ...]:
    """The spans that the wall-clock times of ``when`` can mean: two where an hour is doubled."""
    if isinstance(when, DateSpan):
        return ()
    wall = wall_of(when.start, zone)
    first, second = instant_of(wall, zone), instant_of(wall, zone, second=True)
    starts = (first,) if first.utcoffset() == second.utcoffset() else (first, second)
    return tuple(when.starting(start) for start in starts)


def clash_text(when: When, entries: Iterable[CalendarEntry]) -> str:
    """What ``when`` clashes with longest: "Overlaps Demo by 20 min"; empty when with nothing."""
    entries = tuple(entries)
    worst = worst_clash(when, entries, None)
    if worst is None:
        return ""
    length = length_text(timedelta(minutes=worst.minutes))
    text = translate("Calendar", "Overlaps {0} by {1}").format(title_text(worst.entry), length)
    others = len(entries) - 1
    return translate("Calendar", "{0}, and {1} more").format(text, others) if others else text
