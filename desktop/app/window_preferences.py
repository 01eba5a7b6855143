"""WindowPreferences: preferences.ini as the window's memory, written off the UI thread."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktop.domain.errors import StoreFullError
from desktop.late import asyncio
from desktop.services.preferences import Preferences, load_preferences, save_preferences


def _nothing() -> None:
    pass


class WindowPreferences:
    """Small texts by name. Read once before the window opens; `save` writes what has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._saved = self._now = load_preferences(folder)
        self.changed: Callable[[], None] = _nothing
        """Called when there is something to `save`."""

    @property
    def now(self) -> Preferences:
        """What is chosen now."""
        return self._now

    def change(self, preferences: Preferences) -> None:
        """Choose otherwise; kept by the next `save`."""
        self._now = preferences
        self.changed()

    def get(self, name: str) -> str | None:
        """What was put under ``name``; None at first."""
        return self._now.sizes.get(name)

    def put(self, name: str, value: str) -> None:
        """Remember ``value``; kept by the next `save`."""
        self._now = replace(self._now, sizes={**self._now.sizes, name: value})
        self.changed()

    async def save(self) -> None:
        """Write what has changed. A full disk costs only the sizes of the window."""
        if self._now == self._saved:
            return
        wanted = self._now
        try:
            await asyncio.to_thread(save_preferences, self._folder, wanted)
        except StoreFullError:
            return
        self._saved = wanted
