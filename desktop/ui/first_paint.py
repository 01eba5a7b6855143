"""FirstPaint: shows the first days, and tells when they have been painted."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError
from desktop.domain.event import CalendarEntry
from desktop.late import asyncio

PATIENCE_S = 1.5
SHOWN_AFTER_MS = 150
"""A keyring that asks its user keeps the events away; the window is there all the same."""

Entries = tuple[CalendarEntry, ...]


class FirstPaint(QObject):
    """What is not seen at once is built after it, so that it does not take the paint's time."""

    painted = Signal()
    """Once; or it is clear that nothing will be painted."""
    _answered = Signal(object)

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._shown: Callable[[], None] | None = None
        self._over = False

    def show_by(self, show: Callable[[], None]) -> None:
        """Let ``show`` open the window when there is something to paint, or after all."""
        self._shown = show
        QTimer.singleShot(SHOWN_AFTER_MS, self._show)

    def show_days(
        self, days: "Future[Entries | None]", show: Callable[[Entries], None], leave: Any
    ) -> bool:
        """Run Qt's loop until what a thread reads is painted by ``show``; was it read?

        Asyncio has not been loaded yet. Ends after ``PATIENCE_S`` at the latest, when there is
        no answer to show, and at the signal ``leave``; what is typed meanwhile goes its usual way.
        """
        loop, shown = QEventLoop(), False

        def on_answer(entries: Entries | None) -> None:
            nonlocal shown
            if entries is None or not loop.isRunning():
                loop.quit()
                return
            shown = True
            self.on_loaded(entries)  # opens the window: laid out once, in its own size
            show(entries)

        self.painted.connect(loop.quit)
        leave.connect(loop.quit)
        self._answered.connect(on_answer, Qt.ConnectionType.QueuedConnection)
        days.add_done_callback(lambda done: self._answered.emit(done.result()))
        QTimer.singleShot(round(PATIENCE_S * 1000), loop, loop.quit)
        loop.exec()
        self._answered.disconnect(on_answer)
        if shown:
            self._end()
        return shown

    async def wait(self) -> None:
        """Until it is painted; no longer than ``PATIENCE_S``, and not at all unseen."""
        if self._over:
            return
        painted = asyncio.Event()
        self.painted.connect(painted.set)
        try:
            await asyncio.wait_for(painted.wait(), PATIENCE_S)
        except TimeoutError:
            self._show()
        self.painted.disconnect(painted.set)
        self._end()

    def on_loaded(self, _entries: Entries | AppError) -> None:
        """The events are there, or the reason why not."""
        if self._over:
            return
        self._show()
        window = self._view.window()
        if window.isVisible() and not window.isMinimized():
            self._view.installEventFilter(self)
        else:
            QTimer.singleShot(0, self._end)

    def _show(self) -> None:
        if self._shown is not None:
            self._shown()
            self._shown = None

    def _end(self) -> None:
        if not self._over:
            self._over = True
            self._view.removeEventFilter(self)
            self.painted.emit()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._end)  # when all that is painted with it is, too
        return super().eventFilter(watched, event)
