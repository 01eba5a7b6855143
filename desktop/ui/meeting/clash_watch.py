"""ClashWatch: what a plan overlaps, of mine and of the invited colleagues', and what is free."""

import asyncio
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.account import User
from desktop.domain.availability import hindrances
from desktop.domain.errors import AppError
from desktop.domain.event import CalendarEntry, Participation
from desktop.domain.ids import UserId
from desktop.domain.meeting import MeetingDraft
from desktop.domain.timespan import TimeSpan, When
from desktop.services.agenda import Clashes
from desktop.ui.meeting.busy_texts import hindrance_text
from desktop.ui.meeting.busy_watch import BusyKnown, BusyWatch
from desktop.ui.meeting.dialog import MeetingDialog
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.meeting.parts import FormParts
from desktop.ui.meeting.texts import clash_text, slot_text


class ClashWatch(QObject):
    """Asks the services as the plan changes; tells the dialog's banner and its day."""

    failed = Signal(object)  # AppError

    def __init__(self, parts: FormParts, editor: MeetingEditor, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._editor = editor
        self._dialog: MeetingDialog | None = None
        self._asked: tuple[When, tuple[UserId, ...]] | None = None
        """The plan whose clashes are known or asked for, and who shall come."""
        self._clashes: asyncio.Task[Clashes] | None = None
        self.left_unsure = False
        """When the dialog closed it was not known whether all who are invited can come."""
        self.busy = BusyWatch(parts.availability, parts.tasks, self)
        self.busy.changed.connect(self._on_busy_changed)

    def questions(self) -> tuple[asyncio.Task[Any] | None, ...]:
        """What has been asked of the services and may not be answered yet."""
        return self._clashes, *self.busy.questions()

    def begin(self, dialog: MeetingDialog, entry: CalendarEntry | None) -> None:
        """Another draft comes; ``entry`` is the event that it changes."""
        self._dialog = dialog
        self._asked = None
        self.busy.begin(_in_calendars(entry))
        dialog.panel.show_busy(self.busy.known)

    def follow(self, draft: MeetingDraft) -> None:
        """The draft changed: look again where its time or its colleagues did."""
        if (draft.when, draft.attendees) != self._asked:
            self.look()

    def look(self) -> None:
        """Look what is in the way now."""
        draft = self._editor.draft
        self._asked = (draft.when, draft.attendees)
        self._look_at_colleagues(draft)
        self._look_at_agenda()

    def day_shown(self) -> None:
        """Another day is looked at."""
        self._look_at_colleagues(self._editor.draft)

    def end(self) -> None:
        """Nobody plans any more."""
        self.left_unsure = any(not one.fresh for one in self.busy.known.people)
        self.busy.stop()
        if self._clashes is not None:
            self._clashes.cancel()

    def _look_at_colleagues(self, draft: MeetingDraft) -> None:
        if self._dialog is None or self._dialog.read_only:
            return
        around = self._editor.surroundings
        account = around.account_of(draft)
        able = account is not None and account.capabilities.free_busy
        known = {one.id: one for one in around.users_of(draft)}
        former = self.tr("A former colleague")
        invited = [
            known.get(one) or User(one, account.id, former) for one in draft.attendees if account
        ]
        when = draft.when
        plan = when if isinstance(when, TimeSpan) else when.in_zone(self._parts.zone)
        self.busy.look(
            account.id if account is not None and able else None,
            invited,
            plan,
            self._dialog.panel.span(),
        )

    def _look_at_agenda(self) -> None:
        draft = self._editor.draft
        taken = () if self._dialog is None or self._dialog.read_only else self.busy.known.taken()
        self._clashes = self._parts.tasks.start(
            self._parts.schedule.clashes(draft.when, ignoring=draft.event_id, also_busy=taken),
            owner=self,
            done=self._on_clashes,
            failed=self._on_failed,
            replaces=self._clashes,
        )

    def _on_busy_changed(self, known: BusyKnown) -> None:
        if self._dialog is None:
            return
        self._dialog.panel.show_busy(known)
        self._look_at_agenda()

    def _on_clashes(self, clashes: Clashes) -> None:
        if self._dialog is None:
            return
        banner, when = self._dialog.form.conflict, self._editor.draft.when
        if not isinstance(when, TimeSpan) or self._dialog.read_only:
            banner.clear()
            return
        zone, today, known = self._parts.zone, self._parts.today(), self.busy.known
        found = hindrances(when, known.people)
        now = self._parts.clock()
        lines = [clash_text(when, clashes.entries, zone)] if clashes.entries else []
        lines += filter(None, [hindrance_text(found, known, when, now, zone)])
        if not lines:
            banner.clear()
            return
        day = when.start.astimezone(zone).date()
        slots = [(slot_text(slot, day, today, zone), slot) for slot in clashes.free]
        banner.show_clash(". ".join(lines), slots)

    def _on_failed(self, error: AppError) -> None:
        self.failed.emit(error)


def _in_calendars(entry: CalendarEntry | None) -> tuple[TimeSpan, frozenset[UserId]] | None:
    """When the edited meeting is, and in whose calendars it takes that time already."""
    if entry is None or not isinstance(entry.when, TimeSpan):
        return None
    come = (one for one in entry.event.attendees if one.participation is not Participation.DECLINED)
    return entry.when, frozenset(one.user for one in come if one.user is not None)
