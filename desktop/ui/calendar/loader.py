"""Keeps the entries around the days that are shown."""

from datetime import date, timedelta, tzinfo

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import AppError
from desktop.domain.event import CalendarEntry
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.late import asyncio
from desktop.ui.calendar.agenda_port import Agenda
from desktop.ui.tasks import TaskRunner

PATIENCE_MS = 1000
WIDEN_MS = 500
"""So long after the first answer the pages beside it are asked for, too."""


class EntryLoader(QObject):
    """Asks for the days shown and a page on either side; one question at a time.

    The first question is for the days alone: the sooner they are painted.
    """

    loaded = Signal(object)  # tuple[CalendarEntry, ...]
    failed = Signal(object)  # AppError
    waiting = Signal()
    """It takes long enough to say so."""

    def __init__(self, tasks: TaskRunner, zone: tzinfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._agenda: Agenda | None = None
        self._tasks = tasks
        self._zone = zone
        self._shown: DateSpan | None = None
        self._wide = False
        self._asked: DateSpan | None = None
        self._task: asyncio.Task[tuple[CalendarEntry, ...]] | None = None
        self._again = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.waiting)

    def start(self, agenda: Agenda) -> None:
        """Ask ``agenda`` from now on; before, days are only noted."""
        self._agenda = agenda
        self._ask()

    def span(self) -> TimeSpan:
        """The days that are shown."""
        if self._shown is None:
            raise RuntimeError("no days are shown yet")
        return self._shown.in_zone(self._zone)

    def show_days(self, first: date, count: int) -> None:
        """Other days are shown now."""
        self._shown = DateSpan(first, first + timedelta(days=max(count, 1)))
        self._ask()

    def reload(self) -> None:
        """Something changed. Changes that come while an answer is awaited make one question."""
        if self._task is not None and not self._task.done() and self._asked == self._days():
            self._again = True
            return
        self._ask()

    def set_zone(self, zone: tzinfo) -> None:
        """Days are those of ``zone`` now."""
        self._zone = zone
        self.reload()

    def _days(self) -> DateSpan | None:
        """What to ask for."""
        shown = self._shown
        if shown is None or not self._wide:
            return shown
        page = shown.end - shown.first
        return DateSpan(shown.first - page, shown.end + page)

    def _ask(self) -> None:
        days = self._days()
        if days is None or self._agenda is None:
            return
        self._again = False
        self._asked = days
        if not self._patience.isActive():
            self._patience.start()
        self._task = self._tasks.start(
            self._agenda.entries(days.in_zone(self._zone)),
            owner=self,
            done=self._on_loaded,
            failed=self._on_failed,
            replaces=self._task,
        )

    def _on_loaded(self, entries: tuple[CalendarEntry, ...]) -> None:
        self._patience.stop()
        self.loaded.emit(entries)
        if self._again:
            self._ask()
        if not self._wide:
            self._wide = True
            QTimer.singleShot(WIDEN_MS, self, self._ask)

    def _on_failed(self, error: AppError) -> None:
        self._patience.stop()
        self.failed.emit(error)
