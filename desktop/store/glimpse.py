"""Glimpse: some days of the calendar, read before the files are really opened.

A start has to show something before it has loaded what heals, migrates and writes. What is out of
the ordinary here (no file yet, another version, damage) is left to `files.open_files`.
"""

from datetime import tzinfo
from pathlib import Path

from desktop.domain.event import CalendarEntry
from desktop.domain.ids import CalendarId
from desktop.domain.timespan import TimeSpan
from desktop.store.cache_schema import CACHE_VERSION
from desktop.store.database import connect, transaction, user_version
from desktop.store.entries import EntryReader
from desktop.store.failures import named_failures
from desktop.store.names import CACHE_NAME, DAMAGED_CACHE_NAME, OWN_NAME
from desktop.store.settings import SettingStore

_CACHE_KIB = 2_000


class Glimpse:
    """Two connections that only read."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Raises `StoreError` where the files are not as usual."""
        self._own = connect(folder / OWN_NAME, key, durable=True, cache_kib=_CACHE_KIB)
        try:
            self._cache = connect(folder / CACHE_NAME, key, durable=False, cache_kib=_CACHE_KIB)
        except BaseException:
            self._own.close()
            raise
        for connection in (self._own, self._cache):
            connection.execute("PRAGMA query_only = ON")

    @staticmethod
    def is_possible(folder: Path) -> bool:
        """Whether there is anything to look at."""
        if (folder / DAMAGED_CACHE_NAME).exists():
            return False
        files = (folder / OWN_NAME, folder / CACHE_NAME)
        return all(file.exists() and file.stat().st_size for file in files)

    def setting(self, name: str) -> str | None:
        """A text that a service has kept. Raises `StoreError`."""
        with transaction(self._own, writing=False):
            return SettingStore(self._own).get(name)

    def entries(
        self, span: TimeSpan, zone: tzinfo, hidden: frozenset[CalendarId]
    ) -> tuple[CalendarEntry, ...] | None:
        """What stands in the calendar; None for a file of another version. Raises `StoreError`."""
        with named_failures():
            if user_version(self._cache) != CACHE_VERSION:
                return None
        with transaction(self._cache, writing=False):
            return EntryReader(self._cache).within(span, zone, hidden)

    def close(self) -> None:
        """Let go of the files: after they are opened otherwise, or SQLite tidies them up twice."""
        self._own.close()
        self._cache.close()
