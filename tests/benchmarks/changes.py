"""Changes: when did the last pixel of a window change?"""

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget


class Changes:
    """Looks at the window again and again, for ``seconds``; then calls ``told`` with the moment."""

    def __init__(
        self, window: QWidget, every_ms: int, seconds: float, told: Callable[[int], None]
    ) -> None:
        QApplication.setCursorFlashTime(0)  # a caret that blinks is no news
        self._window = window
        self._told = told
        self._seen = QImage()
        self._last = 0
        self._end = time.monotonic() + seconds
        self._timer = QTimer(interval=every_ms)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        now = time.monotonic_ns()
        picture = self._window.screen().grabWindow(self._window.winId()).toImage()
        if picture != self._seen:
            self._seen, self._last = picture, now
        if time.monotonic() > self._end:
            self._timer.stop()
            self._told(self._last)
