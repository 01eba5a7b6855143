"""OwnFile: store.db, opened, healed and backed up."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from desktop.domain.errors import AppError, StoreDamagedError, StoreError
from desktop.store.backups import (
    COMMITS_BETWEEN,
    TIME_BETWEEN,
    Backups,
    copy_file,
    move_database,
    opens,
)
from desktop.store.database import Connection, connect, is_intact, release_cache, transaction
from desktop.store.failures import named_failures
from desktop.store.migrations import migrate
from desktop.store.names import CACHE_NAME, OWN_NAME
from desktop.store.own import OwnTables
from desktop.store.own_schema import OWN_STEPS
from desktop.store.salvage import salvage
from desktop.store.thread import StoreThread

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenedOwn:
    """A connection, and what had to be done for it."""

    connection: Connection
    recovered: str = ""
    """Empty; "backup": a copy took the place of a damaged file; "empty": there was no copy."""
    set_aside: Path | None = None
    """Where the damaged file is now."""


def open_own(folder: Path, key: bytes, now: datetime) -> OpenedOwn:
    """Opens store.db or makes it. All of it is read, so that damage is known at once.

    Raises `StoreTooNewError`, `StoreFullError`, and `StoreDamagedError` where nothing here opens
    with this key: then nothing has been touched.
    """
    path, backups = folder / OWN_NAME, Backups(folder, key)
    new = not path.exists() or path.stat().st_size == 0
    recovered, aside = "", None
    try:
        connection = connect(path, key, durable=True)
        fits = True
    except StoreDamagedError:
        connection, fits = None, False
    if connection is None or not (new or _whole(connection)):
        if connection is not None:
            connection.close()
        recovered, aside = _replace_damaged(path, key, backups, now, key_fits=fits)
        connection = connect(path, key, durable=True)
    try:
        migrate(connection, OWN_STEPS, backups.make)
        if aside is not None:
            salvage(aside, key, connection)
    except BaseException:
        connection.close()
        raise
    return OpenedOwn(connection, recovered, aside)


def _whole(connection: Connection) -> bool:
    try:
        with named_failures():
            return is_intact(connection)
    except StoreDamagedError:
        return False


def _replace_damaged(
    path: Path, key: bytes, backups: Backups, now: datetime, *, key_fits: bool
) -> tuple[str, Path]:
    good = backups.newest_good()
    cache = path.with_name(CACHE_NAME)
    if good is None and not key_fits and not (cache.exists() and opens(cache, key)):
        # The key may be the wrong one: whoever has the right one finds everything as it was.
        raise StoreDamagedError("no file opens with this key")
    aside = path.with_name(f"store.damaged-{now:%Y%m%dT%H%M%S}.db")
    move_database(path, aside)
    if good is None:
        return "empty", aside
    copy_file(good, path)
    return "backup", aside


class OwnFile:
    """What cannot be fetched again, on its own thread."""

    def __init__(self) -> None:
        self._backups: Backups | None = None
        self._commits = 0
        self._last_backup_s = time.monotonic()
        self._thread: StoreThread[OwnTables] = StoreThread("parley-own", _close)

    def begin(self, opened: OpenedOwn, backups: Backups, now: datetime) -> None:
        """Carries out what waits for the file, and everything from now on."""
        self._backups = backups
        self._thread.begin(OwnTables(opened.connection))
        if backups.due(now):
            self._thread.submit(self._back_up)

    def fail(self, error: AppError) -> None:
        """The file cannot be opened: whoever asks is told so."""
        self._thread.fail(error)

    async def read(self, work: Callable[[OwnTables], T]) -> T:
        """Runs ``work`` on one consistent state."""
        return await self._thread.call(lambda tables: _within(tables, work, writing=False))

    async def write(self, work: Callable[[OwnTables], T]) -> T:
        """Runs ``work`` as one transaction, on the disk when this returns; undone if it raises.

        Raises `StoreFullError` where nothing could be stored.
        """
        result = await self._thread.call(lambda tables: _within(tables, work, writing=True))
        self._commits += 1
        since_s = time.monotonic() - self._last_backup_s
        if self._commits >= COMMITS_BETWEEN or since_s >= TIME_BETWEEN.total_seconds():
            self._commits, self._last_backup_s = 0, time.monotonic()
            self._thread.submit(self._back_up)
        return result

    async def back_up(self) -> None:
        """Makes a backup now."""
        await self._thread.call(self._make_backup)

    def release_memory(self) -> None:
        """Soon lets go of every page that was read and can be read again."""
        self._thread.offer(_release)

    async def close(self) -> None:
        """Finishes what is queued and closes the file."""
        await self._thread.close()

    def _make_backup(self, tables: OwnTables) -> None:
        if self._backups is not None:
            self._backups.make(tables.connection)

    def _back_up(self, tables: OwnTables) -> None:
        try:
            self._make_backup(tables)
        except (StoreError, OSError) as error:
            # The next commits try again; the work of the user does not wait for it.
            log.warning("no backup: %s", type(error).__name__)


def _within(tables: OwnTables, work: Callable[[OwnTables], T], *, writing: bool) -> T:
    with transaction(tables.connection, writing=writing):
        return work(tables)


def _release(tables: OwnTables) -> None:
    release_cache(tables.connection)


def _close(tables: OwnTables) -> None:
    tables.connection.close()
