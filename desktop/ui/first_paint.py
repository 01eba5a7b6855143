"""FirstPaint: when have the calendar's first events been painted?"""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError
from desktop.domain.event import CalendarEntry

PATIENCE_S = 1.5
SHOWN_AFTER_MS = 150
"""A keyring that asks its user keeps the events away; the window is there all the same."""


class FirstPaint(QObject):
    """What is not seen at once is built after it, so that it does not take the paint's time."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._shown: Callable[[], None] | None = None
        self._painted = asyncio.Event()

    def show_by(self, show: Callable[[], None]) -> None:
        """Let ``show`` open the window when there is something to paint, or after all."""
        self._shown = show
        QTimer.singleShot(SHOWN_AFTER_MS, self._show)

    async def wait(self) -> None:
        """Until it is painted; no longer than ``PATIENCE_S``, and not at all unseen."""
        try:
            await asyncio.wait_for(self._painted.wait(), PATIENCE_S)
        except TimeoutError:
            self._show()
        self._painted.set()
        self._view.removeEventFilter(self)

    def on_loaded(self, _entries: tuple[CalendarEntry, ...] | AppError) -> None:
        """The events are there, or the reason why not."""
        if self._painted.is_set():
            return
        self._show()
        window = self._view.window()
        if window.isVisible() and not window.isMinimized():
            self._view.installEventFilter(self)
        else:
            self._painted.set()

    def _show(self) -> None:
        if self._shown is not None:
            self._shown()
            self._shown = None

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._painted.set)  # when all that is painted with it is, too
        return super().eventFilter(watched, event)
