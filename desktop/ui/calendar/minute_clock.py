"""Says when another minute begins, on its boundary, also after sleep and clock changes."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

LONGEST_WAIT_MS = 20_000
"""A machine that slept, or whose clock was set, is noticed after so long at most."""


class MinuteClock(QObject):
    """Compares the clock's minute with the last one seen, each time a minute should be over."""

    passed = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last = self._minute()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.check)

    def start(self) -> None:
        """Begin to watch."""
        self.check()

    def stop(self) -> None:
        """Watch no more; a hidden view needs no time."""
        self._timer.stop()

    def check(self) -> None:
        """Look at the clock now, and again at the next boundary."""
        minute = self._minute()
        if minute != self._last:
            self._last = minute
            self.passed.emit()
        self._timer.start(self._wait_ms())

    def _minute(self) -> datetime:
        return self._clock().replace(second=0, microsecond=0)

    def _wait_ms(self) -> int:
        moment = self._clock()
        left = 60_000 - moment.second * 1000 - moment.microsecond // 1000
        return min(left + 5, LONGEST_WAIT_MS)
