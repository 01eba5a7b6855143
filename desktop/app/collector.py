"""When Python looks for cycles of garbage: while it does, every thread stands still."""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop.services.platform.memory import give_back

FIRST_MS = 3_000
"""After the start, and usually after the first look at the servers."""
AGAIN_MS = 1_000
"""While they are read."""
EVERY_MS = 60_000
RELEASED_MS = 500
"""So long the store may take to let go of its pages."""
YOUNG, MIDDLE, NEVER = 2_000, 10, 1_000_000


class Collector(QObject):
    """Takes over after the start. What is young is looked at as ever, in a few milliseconds;
    all of it once a minute, and not while ``busy``: twenty thousand contacts that are being read
    would hold the window for a tenth of a second, again and again.

    ``release`` asks the store for its memory; then everything that is free goes to the system.
    """

    def __init__(
        self, busy: Callable[[], bool], release: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._busy = busy
        self._release = release
        gc.freeze()  # what the start has made is here to stay
        gc.enable()
        gc.set_threshold(YOUNG, MIDDLE, NEVER)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_due)
        self._timer.start(FIRST_MS)

    def _on_due(self) -> None:
        if self._busy():
            self._timer.start(AGAIN_MS)
            return
        gc.collect()
        self._release()
        QTimer.singleShot(RELEASED_MS, self, give_back)
        self._timer.start(EVERY_MS)
