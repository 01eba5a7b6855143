"""MeetingPage: connects the dialog, the draft and the services. One dialog at a time."""

import asyncio
from collections.abc import Coroutine
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError, InvalidInputError
from desktop.domain.event import CalendarEntry
from desktop.domain.ids import EventId
from desktop.domain.meeting import MeetingDraft
from desktop.domain.reach import Reach, instances
from desktop.domain.recurrence import RecurrenceRule
from desktop.domain.timespan import TimeSpan, When
from desktop.services.changes import Change, Topic
from desktop.services.series import SeriesAct, SeriesQuestion
from desktop.ui.error_texts import text_for
from desktop.ui.feed import FeedSignals
from desktop.ui.meeting.clash_watch import ClashWatch
from desktop.ui.meeting.dialog import MeetingDialog
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.meeting.opening import Opening, surroundings_of
from desktop.ui.meeting.parts import FormParts
from desktop.ui.meeting.remarks import reach_of_change, why_read_only
from desktop.ui.series.sheet import SeriesAnswer, SeriesSheet

AUTOSAVE_MS = 500
OriginalStart = date | datetime


class MeetingPage(QObject):
    """Opens the dialog for new and for existing meetings, keeps the draft, books it."""

    booked = Signal(object)  # EventId: of a new or of an edited event
    deleted = Signal(object)  # EventId
    closed = Signal()

    def __init__(self, parts: FormParts, feed: FeedSignals, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._parts = parts
        self._window = window
        self._dialog: MeetingDialog | None = None
        self._original_start: OriginalStart | None = None
        self._whole: OriginalStart | None = None
        """The first of a series that was opened as a whole; None for anything else."""
        self._rule: RecurrenceRule | None = None
        """How the event repeated when it was opened."""
        self._kept = False
        """Something of this draft is in the store."""
        self.editor = MeetingEditor(self)
        self.editor.usual_reminders = parts.drafts.usual_reminders
        self.editor.changed.connect(self._on_draft_changed)
        self.clashes = ClashWatch(parts, self.editor, self)
        self.clashes.failed.connect(self._on_look_failed)
        self._autosave = QTimer(self)
        self._autosave.setSingleShot(True)
        self._autosave.setInterval(AUTOSAVE_MS)
        self._autosave.timeout.connect(self._on_autosave_due)
        self._opening: asyncio.Task[Opening] | None = None
        self._entries: asyncio.Task[tuple[CalendarEntry, ...]] | None = None
        self._writing: asyncio.Task[Any] | None = None
        self._sheet: SeriesSheet | None = None
        self._question: SeriesQuestion | None = None
        feed.changed.connect(self._on_changed)

    @property
    def dialog(self) -> MeetingDialog:
        """The one dialog; built at the first question for it."""
        if self._dialog is None:
            self._dialog = MeetingDialog(self.editor, self._parts, self._window)
            self._dialog.save_requested.connect(self.save)
            self._dialog.leave_requested.connect(self.leave)
            self._dialog.discard_requested.connect(self._on_discard_requested)
            self._dialog.delete_requested.connect(self._on_delete_requested)
            self._dialog.panel.day_shown.connect(self._on_day_shown)
            self._dialog.form.more.repeat.singles_wished.connect(self._on_singles_wished)
            self._dialog.form.conflict.slot_chosen.connect(self._on_slot_chosen)
        return self._dialog

    @property
    def is_open(self) -> bool:
        """Whether the dialog is on the screen."""
        return self._dialog is not None and self._dialog.isVisible()

    def questions(self) -> tuple[asyncio.Task[Any] | None, ...]:
        """What has been asked of the services and may not be answered yet."""
        return self._opening, *self.clashes.questions(), self._entries, self._writing

    async def end(self) -> None:
        """The program ends: close, and keep what was typed in the last moment."""
        unsaved = self._autosave.isActive()
        if self.is_open:
            self._close()
        if unsaved:
            await self._parts.drafts.save(self.editor.draft)

    def open_new(self, draft: MeetingDraft) -> None:
        """Show the dialog for a draft: a fresh one, or one that was kept."""
        self._open(self._open_draft(draft))

    def open_event(self, event_id: EventId, original_start: OriginalStart | None = None) -> None:
        """Show an event to change it; of a series the occurrence that is named."""
        self._open(self._open_entry(event_id, original_start))

    # Opening

    def _open(self, opening: Coroutine[Any, Any, Opening]) -> None:
        if self.is_open and (self.editor.draft.touched or self._writing is not None):
            opening.close()
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        self._opening = self._parts.tasks.start(
            opening, owner=self, done=self._on_opened, replaces=self._opening
        )

    async def _open_draft(self, draft: MeetingDraft) -> Opening:
        return Opening(draft, await surroundings_of(draft, self._parts))

    async def _open_entry(self, event_id: EventId, original_start: OriginalStart | None) -> Opening:
        entry = await self._parts.schedule.entry(event_id, original_start)
        draft = await self._parts.drafts.for_event(event_id, original_start)
        around = await surroundings_of(draft, self._parts)
        why = why_read_only(entry, around)
        remark = why or reach_of_change(entry, original_start)
        return Opening(draft, around, entry, original_start, remark, read_only=bool(why))

    def _on_opened(self, opening: Opening) -> None:
        self._opening = None
        dialog = self.dialog
        self._original_start = opening.original_start
        self._whole = _whole_series(opening)
        self._rule = opening.draft.recurrence
        self._kept = opening.draft.touched
        dialog.prepare(opening.draft, opening.remark, read_only=opening.read_only)
        dialog.panel.begin(None if opening.entry is None else opening.entry.when)
        self.clashes.begin(dialog, opening.entry)
        self.editor.begin(opening.draft, opening.surroundings, read_only=opening.read_only)
        dialog.start()

    # While it is filled in

    def _on_draft_changed(self, draft: MeetingDraft) -> None:
        calendar = self.editor.surroundings.calendar(draft.calendar_id)
        self.dialog.panel.show_draft(draft, "" if calendar is None else calendar.color)
        self.clashes.follow(draft)
        if draft.touched and not self.dialog.read_only and not self._autosave.isActive():
            self._autosave.start()

    def _on_slot_chosen(self, _slot: TimeSpan) -> None:
        # The chip that was pressed is gone with its banner; typing goes on in the title.
        self.dialog.form.title.setFocus()

    def _on_day_shown(self, span: TimeSpan) -> None:
        self.clashes.day_shown()
        self._entries = self._parts.tasks.start(
            self._parts.schedule.entries(span),
            owner=self,
            done=self.dialog.panel.show_entries,
            failed=self._on_look_failed,
            replaces=self._entries,
        )

    def _on_look_failed(self, error: AppError) -> None:
        self.dialog.say(text_for(error).line)

    def _on_changed(self, change: Change) -> None:
        if not self.is_open:
            return
        if change.topic in (Topic.EVENTS, Topic.CALENDARS):
            self._on_day_shown(self.dialog.panel.span())
            self.clashes.look()
        elif change.topic is Topic.CONTACTS:
            self.dialog.form.show_draft(self.editor.draft)

    # Keeping the draft

    def _on_autosave_due(self) -> None:
        self._kept = True
        self._parts.tasks.start(
            self._parts.drafts.save(self.editor.draft), owner=self, failed=self._on_save_failed
        )

    # Leaving

    def save(self) -> None:
        """Book the draft, or show what has to be mended first."""
        if self._writing is not None or not self.is_open or self.dialog.read_only:
            return
        self.dialog.form.commit()
        if self.dialog.footer.asking:
            self.dialog.footer.stop_asking()
        if self.dialog.form.mend_first():
            return
        self._autosave.stop()
        if self._whole is not None:
            whole = self._parts.series.save(self.editor.draft, self._whole, Reach.ALL)
            self._write(whole, self._on_booked)
        elif self._original_start is not None:
            self._ask(SeriesAct.EDIT)
        else:
            self._write(self._parts.schedule.book(self.editor.draft), self._on_booked)

    def _ask(self, act: SeriesAct) -> None:
        """How far a change of one of a series reaches."""
        event_id = self.editor.draft.event_id
        assert event_id is not None
        self._writing = self._parts.tasks.start(
            self._parts.series.question(event_id, self._original_start, act),
            owner=self,
            done=self._on_question,
            failed=self._on_save_failed,
        )

    def _on_question(self, question: SeriesQuestion | None) -> None:
        self._writing = None
        self._question = question
        draft = self.editor.draft
        if question is None:
            self._write(self._parts.schedule.book(draft, self._original_start), self._on_booked)
            return
        if question.act is SeriesAct.EDIT and draft.recurrence != self._rule:
            question = question.about_rule(draft.recurrence)
        if self._sheet is None:
            self._sheet = SeriesSheet(self._parts.clock, self._parts.zone, self.dialog)
            self._sheet.answered.connect(self._on_answered)
        self._sheet.ask(question)

    def _on_answered(self, answer: SeriesAnswer) -> None:
        question, draft = self._question, self.editor.draft
        if question is None:
            return
        if question.act is SeriesAct.DELETE:
            self._write(self._delete_of(question, answer), self._on_deleted)
            return
        saved = self._parts.series.save(
            draft, question.original_start, answer.reach, keep=answer.keep
        )
        self._write(saved, self._on_booked)

    async def _delete_of(self, question: SeriesQuestion, answer: SeriesAnswer) -> EventId:
        await self._parts.series.delete(
            question.event_id, question.original_start, answer.reach, past=answer.past
        )
        if self._kept:
            await self._parts.drafts.discard(self.editor.draft.id)
        return question.event_id

    def _on_singles_wished(self, times: tuple[When, ...]) -> None:
        """A rule that the account cannot keep: its meetings one by one."""
        self.editor.set_recurrence(None)
        if self._writing is not None or self.dialog.form.mend_first():
            return
        self._autosave.stop()
        self._write(self._parts.series.book_singles(self.editor.draft, times), self._on_booked)

    def leave(self) -> None:
        """Close, unless something typed would be lost: then ask."""
        if self._writing is not None or not self.is_open:
            return
        if self.editor.draft.touched and not self.dialog.read_only:
            self.dialog.ask_discard()
        else:
            self._close()

    def _on_discard_requested(self) -> None:
        self._autosave.stop()
        if self._kept:
            draft = self.editor.draft
            self._parts.tasks.start(self._parts.drafts.discard(draft.id), owner=self)
        self._close()

    def _on_delete_requested(self) -> None:
        event_id = self.editor.draft.event_id
        if event_id is None or self._writing is not None:
            return
        self._autosave.stop()
        if self._original_start is not None:
            self._ask(SeriesAct.DELETE)
        else:
            self._write(self._delete(event_id), self._on_deleted)

    async def _delete(self, event_id: EventId) -> EventId:
        await self._parts.schedule.delete(event_id, self._original_start)
        if self._kept:
            await self._parts.drafts.discard(self.editor.draft.id)
        return event_id

    def _write(self, work: Coroutine[Any, Any, EventId], done: Any) -> None:
        self._writing = self._parts.tasks.start(
            work, owner=self, done=done, failed=self._on_save_failed
        )

    def _on_booked(self, event_id: EventId) -> None:
        self._close()
        self.booked.emit(event_id)

    def _on_deleted(self, event_id: EventId) -> None:
        self._close()
        self.deleted.emit(event_id)

    def _on_save_failed(self, error: AppError) -> None:
        self._writing = None
        if not self.is_open:
            return
        told = isinstance(error, InvalidInputError) and (
            self.dialog.form.complain(error.field, error.problem)
        )
        if not told:
            self.dialog.say(text_for(error).line)

    def _close(self) -> None:
        self._writing = None
        self._autosave.stop()
        self.clashes.end()
        if self._entries is not None:
            self._entries.cancel()
        self.dialog.form.reset()
        self.dialog.hide()
        self.closed.emit()


def _whole_series(opening: Opening) -> OriginalStart | None:
    entry = opening.entry
    if entry is None or entry.event.recurrence is None or opening.original_start is not None:
        return None
    first = next(instances(entry.event), None)
    return None if first is None else first.original_start
