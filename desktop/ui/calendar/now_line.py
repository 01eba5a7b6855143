"""Moves the line of the present on the minute, and ages the events that begin or end."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from desktop.domain.timespan import TimeSpan
from desktop.ui.calendar.canvas import Canvas
from desktop.ui.calendar.minute_clock import MinuteClock
from desktop.ui.calendar.paint_context import qrect
from desktop.ui.calendar.view_state import ViewState
from desktop.ui.calendar.walltime import minute_of, wall_of

BAND_PX = 12
"""The line, its dot and its label reach so far up and down."""


class NowLine(QObject):
    """Says which rows of the view are out of date; the picture of the grid is kept."""

    rows_changed = Signal(int, int)  # the first pixel row of the view, how many
    all_changed = Signal()

    def __init__(self, state: ViewState, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._canvas = canvas
        self._seen = state.now()
        self._minutes = MinuteClock(self._read_clock, self)
        self._minutes.passed.connect(self._on_minute_passed)
        self.start: Callable[[], None] = self._minutes.start
        self.stop: Callable[[], None] = self._minutes.stop

    def check(self) -> None:
        """Look at the clock now."""
        self._minutes.check()

    def _read_clock(self) -> datetime:
        return self._state.clock()

    def _on_minute_passed(self) -> None:
        before, self._seen = self._seen, self._state.now()
        zone = self._state.zone
        if before.astimezone(zone).date() != self._state.today:
            self._canvas.invalidate()
            self.all_changed.emit()
            return
        for box in self._state.scene.boxes:
            when = box.entry.when
            assert isinstance(when, TimeSpan)  # the lane has the others
            if any(before < moment <= self._seen for moment in (when.start, when.end)):
                self._canvas.invalidate(qrect(box.rect))
                self.all_changed.emit()
        for moment in (before, self._seen):
            row = self._state.frame.y_of(minute_of(wall_of(moment, zone)))
            self.rows_changed.emit(row - BAND_PX, 2 * BAND_PX)
