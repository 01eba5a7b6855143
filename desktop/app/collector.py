"""When Python looks for cycles of garbage: while it does, every thread stands still."""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop.services.platform.memory import give_back

FIRST_MS = 5_000
"""After the start and the first look at the servers."""
EVERY_MS = 60_000
YOUNG, MIDDLE, NEVER = 2_000, 10, 1_000_000


class Collector(QObject):
    """Takes over after the start. What is young is looked at as ever, in a few milliseconds;
    all of it once a minute, and not while ``busy``: twenty thousand contacts that are being read
    would hold the window for a tenth of a second, again and again.
    """

    def __init__(self, busy: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._busy = busy
        gc.freeze()  # what the start has made is here to stay
        gc.enable()
        gc.set_threshold(YOUNG, MIDDLE, NEVER)
        timer = QTimer(self)
        timer.setInterval(EVERY_MS)
        timer.timeout.connect(self._on_due)
        timer.start()
        QTimer.singleShot(FIRST_MS, self, self._on_due)

    def _on_due(self) -> None:
        if not self._busy():
            gc.collect()
            give_back()
