"""SeriesPage: asks how far a change of one of a series reaches, and then makes it."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError
from desktop.domain.ids import EventId
from desktop.domain.timespan import When
from desktop.services.schedule import ScheduleService
from desktop.services.series import SeriesAct, SeriesQuestion, SeriesService
from desktop.ui.series.sheet import SeriesAnswer, SeriesSheet
from desktop.ui.tasks import TaskRunner

OriginalStart = date | datetime | None
Work = Callable[[SeriesAnswer], Coroutine[Any, Any, object]]


@dataclass(frozen=True, slots=True)
class SeriesDeed:
    """What is to be done once it is known how far it reaches."""

    act: SeriesAct
    event_id: EventId
    original_start: OriginalStart
    alone: Callable[[], Coroutine[Any, Any, object]]
    """The change of what is no series, or of something that is a record of its own."""
    reaching: Work
    """The change with the user's answer."""


class SeriesPage(QObject):
    """One question at a time; what is put back says so by ``cancelled``."""

    done = Signal(str, str)  # "moved" or "deleted", the title
    deleted = Signal(object)  # EventId
    cancelled = Signal()
    failed = Signal(object)  # AppError

    def __init__(
        self,
        series: SeriesService,
        schedule: ScheduleService,
        tasks: TaskRunner,
        clock: Callable[[], datetime],
        zone: tzinfo,
        window: QWidget | None = None,
    ) -> None:
        super().__init__(window)
        self._series = series
        self._schedule = schedule
        self._tasks = tasks
        self._clock = clock
        self._zone = zone
        self._window = window
        self._sheet: SeriesSheet | None = None
        self._deed: SeriesDeed | None = None
        self._title = ""
        self._question: SeriesQuestion | None = None
        self._asking: asyncio.Task[SeriesQuestion | None] | None = None
        self._writing: asyncio.Task[Any] | None = None

    @property
    def sheet(self) -> SeriesSheet:
        """The one question; built when it is asked first."""
        if self._sheet is None:
            self._sheet = SeriesSheet(self._clock, self._zone, self._window)
            self._sheet.answered.connect(self._on_answered)
            self._sheet.rejected.connect(self._on_rejected)
        return self._sheet

    def move(self, event_id: EventId, original: OriginalStart, when: When, title: str) -> None:
        """One of a series was put at another time."""

        def reaching(answer: SeriesAnswer) -> Coroutine[Any, Any, object]:
            assert original is not None
            return self._series.move(event_id, original, when, answer.reach, keep=answer.keep)

        self._begin(
            SeriesDeed(
                SeriesAct.MOVE,
                event_id,
                original,
                lambda: self._schedule.move(event_id, when, original),
                reaching,
            ),
            title,
        )

    def delete(self, event_id: EventId, original: OriginalStart, title: str) -> None:
        """One of a series is to go."""

        def reaching(answer: SeriesAnswer) -> Coroutine[Any, Any, object]:
            assert self._question is not None
            start = self._question.original_start
            return self._series.delete(event_id, start, answer.reach, past=answer.past)

        self._begin(
            SeriesDeed(
                SeriesAct.DELETE,
                event_id,
                original,
                lambda: self._schedule.delete(event_id, original),
                reaching,
            ),
            title,
        )

    def _begin(self, deed: SeriesDeed, title: str) -> None:
        if self._writing is not None or (self._sheet is not None and self._sheet.isVisible()):
            self.cancelled.emit()
            return
        self._deed, self._title = deed, title
        self._question = None
        self._asking = self._tasks.start(
            self._series.question(deed.event_id, deed.original_start, deed.act),
            owner=self,
            done=self._on_question,
            failed=self._on_failed,
            replaces=self._asking,
        )

    def _on_question(self, question: SeriesQuestion | None) -> None:
        self._question = question
        if question is not None:
            self.sheet.ask(question)
        elif self._deed is not None:
            self._write(self._deed.alone())

    def _on_answered(self, answer: SeriesAnswer) -> None:
        if self._deed is not None:
            self._write(self._deed.reaching(answer))

    def _on_rejected(self) -> None:
        self._deed = None
        self.cancelled.emit()

    def _write(self, work: Coroutine[Any, Any, object]) -> None:
        self._writing = self._tasks.start(
            work, owner=self, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, _result: object) -> None:
        deed, self._deed, self._writing = self._deed, None, None
        if deed is None:
            return
        deletes = deed.act is SeriesAct.DELETE
        self.done.emit("deleted" if deletes else "moved", self._title)
        if deletes:
            self.deleted.emit(deed.event_id)

    def _on_failed(self, error: AppError) -> None:
        self._deed = self._writing = None
        self.failed.emit(error)
