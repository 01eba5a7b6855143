"""FreeSlotWalk: from one free slot to the next by a key."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import QObject, Signal

from desktop.domain.timespan import TimeSpan
from desktop.ui.calendar.page import CalendarPage
from desktop.ui.calendar.ports import FreeSlots
from desktop.ui.calendar.view_state import Cursor
from desktop.ui.calendar.walltime import minute_of, wall_of
from desktop.ui.tasks import TaskRunner

SLOT_MIN = 60


class FreeSlotWalk(QObject):
    """Puts the keyboard's cursor on the next free hour, and on the one after it the next time."""

    none_left = Signal()

    def __init__(
        self,
        page: CalendarPage,
        schedule: FreeSlots,
        tasks: TaskRunner,
        clock: Callable[[], datetime],
        zone: tzinfo,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._schedule = schedule
        self._tasks = tasks
        self._clock = clock
        self._zone = zone
        self._asking: asyncio.Task[tuple[TimeSpan, ...]] | None = None

    def walk(self) -> None:
        """On to the next slot after the cursor's, never into the past."""
        self._asking = self._tasks.start(
            self._schedule.free_slots(self._after(), SLOT_MIN, 1),
            owner=self,
            done=self._on_found,
            replaces=self._asking,
        )

    def _after(self) -> datetime:
        now = self._clock()
        cursor = self._page.view.state.cursor
        when = None if cursor is None else cursor.when(self._zone, SLOT_MIN)
        if not isinstance(when, TimeSpan):
            return now
        return max(now, when.end.astimezone(UTC))

    def _on_found(self, found: tuple[TimeSpan, ...]) -> None:
        if not found:
            self.none_left.emit()
            return
        slot = found[0].in_zone(self._zone)
        day = slot.start.date()
        self._page.go_to(day)
        self._page.view.choose_slot(Cursor(day, minute_of(wall_of(slot.start, self._zone))))
        self._page.view.show_time(slot)
        self._page.view.setFocus()
