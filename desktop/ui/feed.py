"""ChangeFeed as a Qt signal, so that a page hears of changes for as long as it lives."""

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.services.changes import Change, ChangeFeed


class FeedSignals(QObject):
    """Repeats each change as a signal; Qt disconnects a page that is destroyed."""

    changed = Signal(object)  # Change

    def __init__(self, feed: ChangeFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsubscribe = feed.subscribe(self._on_change)

    def close(self) -> None:
        """Repeat nothing any more."""
        self._unsubscribe()

    def _on_change(self, change: Change) -> None:
        if isValid(self):
            self.changed.emit(change)
