"""CacheFile: cache.db, thrown away and made again whenever it does not fit."""

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from desktop.domain.errors import AppError, StoreDamagedError
from desktop.store.backups import remove_database
from desktop.store.cache import CacheTables
from desktop.store.cache_schema import CACHE_TABLES, CACHE_VERSION
from desktop.store.database import (
    Connection,
    connect,
    make_private_file,
    release_cache,
    transaction,
    user_version,
)
from desktop.store.failures import SearchSupersededError, named_failures
from desktop.store.migrations import statements
from desktop.store.names import CACHE_NAME, DAMAGED_CACHE_NAME
from desktop.store.thread import StoreThread

T = TypeVar("T")
Clock = Callable[[], datetime]

_WRITER_KIB, _CALENDAR_KIB, _SEARCH_KIB = 3_000, 8_000, 16_000


def open_cache(folder: Path, key: bytes) -> tuple[tuple[Connection, Connection, Connection], bool]:
    """Opens writer, calendar reader and search reader; says whether the file was made anew."""
    path, damaged = folder / CACHE_NAME, folder / DAMAGED_CACHE_NAME
    writer = None if damaged.exists() else _existing(path, key)
    fresh = writer is None
    if writer is None:
        remove_database(path)
        writer = connect(path, key, durable=False, cache_kib=_WRITER_KIB)
        with transaction(writer, writing=True):
            for statement in statements(CACHE_TABLES):
                writer.execute(statement)
            writer.execute(f"PRAGMA user_version = {CACHE_VERSION}")
        damaged.unlink(missing_ok=True)
    readers = []
    for cache_kib in (_CALENDAR_KIB, _SEARCH_KIB):
        reader = connect(path, key, durable=False, cache_kib=cache_kib)
        reader.execute("PRAGMA query_only = ON")
        readers.append(reader)
    return (writer, readers[0], readers[1]), fresh


def _existing(path: Path, key: bytes) -> Connection | None:
    if not path.exists():
        return None
    try:
        connection = connect(path, key, durable=False, cache_kib=_WRITER_KIB)
        with named_failures():
            if user_version(connection) == CACHE_VERSION:
                return connection
    except StoreDamagedError:
        return None
    connection.close()
    return None


class CacheFile:
    """What the servers said, and the indexes over it: one writer and two readers."""

    def __init__(self, clock: Clock) -> None:
        self.fresh = False
        """The file was made anew: everything has to be pulled and indexed again."""
        self._clock = clock
        self._damaged: Path | None = None
        self._search_connection: Connection = None
        self._newest: dict[str, int] = {}
        self._searching: str | None = None
        self._guard = threading.Lock()
        self._writer: StoreThread[CacheTables] = StoreThread("parley-cache", _close)
        self._calendar: StoreThread[CacheTables] = StoreThread("parley-calendar", _close)
        self._search: StoreThread[CacheTables] = StoreThread("parley-search", _close)

    def begin(
        self,
        folder: Path,
        connections: tuple[Connection, Connection, Connection],
        *,
        fresh: bool,
    ) -> None:
        """Carries out what waits for the file, and everything from now on."""
        writer, calendar, search = connections
        self.fresh = fresh
        self._damaged = folder / DAMAGED_CACHE_NAME
        self._search_connection = search
        self._writer.begin(CacheTables(writer, self._clock))
        self._calendar.begin(CacheTables(calendar, self._clock))
        self._search.begin(CacheTables(search, self._clock))
        self._writer.submit(lambda tables: self._within(tables, _keep_horizon, writing=True))

    def fail(self, error: AppError) -> None:
        """The file cannot be opened: whoever asks is told so."""
        for thread in (self._writer, self._calendar, self._search):
            thread.fail(error)

    async def read(self, work: Callable[[CacheTables], T]) -> T:
        """Runs ``work`` on one consistent state, on the calendar reader's thread."""
        return await self._calendar.call(lambda tables: self._within(tables, work, writing=False))

    async def write(self, work: Callable[[CacheTables], T]) -> T:
        """Runs ``work`` as one transaction; undone if it raises."""
        return await self._writer.call(lambda tables: self._within(tables, work, writing=True))

    async def search(self, work: Callable[[CacheTables], T], *, lane: str = "") -> T:
        """Runs ``work`` on the search reader's thread.

        A newer search of the same ``lane`` stops this one, which then ends as cancelled: only the
        newest question of one input matters.
        """
        with self._guard:
            number = self._newest[lane] = self._newest.get(lane, 0) + 1
            if self._searching == lane:
                self._search_connection.interrupt()
        try:
            return await self._search.call(lambda tables: self._ask(tables, work, lane, number))
        except SearchSupersededError:
            raise asyncio.CancelledError from None

    def release_memory(self) -> None:
        """Soon lets go of every page that was read and can be read again."""
        for thread in (self._writer, self._calendar, self._search):
            thread.offer(_release)

    async def close(self) -> None:
        """Finishes what is queued and closes the file; the writer last, to leave it tidy."""
        await self._search.close()
        await self._calendar.close()
        await self._writer.close()

    def _ask(
        self, tables: CacheTables, work: Callable[[CacheTables], T], lane: str, number: int
    ) -> T:
        with self._guard:
            if number != self._newest[lane]:
                raise SearchSupersededError
            self._searching = lane
        try:
            return self._within(tables, work, writing=False)
        finally:
            with self._guard:
                self._searching = None

    def _within(self, tables: CacheTables, work: Callable[[CacheTables], T], *, writing: bool) -> T:
        try:
            with transaction(tables.connection, writing=writing):
                return work(tables)
        except StoreDamagedError:
            if self._damaged is not None:
                make_private_file(self._damaged)  # the next start makes a new cache
            raise


def _keep_horizon(tables: CacheTables) -> None:
    tables.events.keep_horizon()


def _release(tables: CacheTables) -> None:
    release_cache(tables.connection)


def _close(tables: CacheTables) -> None:
    tables.connection.close()
