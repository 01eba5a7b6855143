"""Copies of store.db beside it: two generations, each one proven to open."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.domain.errors import StoreError
from desktop.store.database import Connection, connect, is_intact, make_private_file
from desktop.store.failures import named_failures

COMMITS_BETWEEN = 50
TIME_BETWEEN = timedelta(days=1)
_SIDE_FILES = ("-wal", "-shm", "-journal")


class Backups:
    """Makes, ages and finds the copies. Same key, same format as the original."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._key = key
        self._generations = (folder / "store.backup-1.db", folder / "store.backup-2.db")
        self._fresh = folder / "store.backup-new.db"

    def due(self, now: datetime) -> bool:
        """Whether the newest copy is a day old by whichever clock, or there is none."""
        newest = self._generations[0]
        if not newest.exists():
            return True
        made_at = datetime.fromtimestamp(newest.stat().st_mtime, UTC)
        return abs(now - made_at) >= TIME_BETWEEN

    def make(self, connection: Connection) -> None:
        """Copies the file behind ``connection``; the older generation goes only for a good copy."""
        remove_database(self._fresh)
        copy = connect(self._fresh, self._key, durable=True)
        try:
            with named_failures():
                connection.backup(copy)
            copy.close()
            if not opens(self._fresh, self._key):
                raise StoreError("the copy does not open")
        finally:
            copy.close()
        sync_file(self._fresh)
        newest, older = self._generations
        if newest.exists():
            newest.replace(older)
        self._fresh.replace(newest)

    def newest_good(self) -> Path | None:
        """The newest copy that opens with our key and is whole."""
        return next((p for p in self._generations if p.exists() and opens(p, self._key)), None)


def opens(path: Path, key: bytes) -> bool:
    """Whether the file opens with ``key`` and every page of it authenticates."""
    if path.stat().st_size == 0:
        return False
    try:
        connection = connect(path, key, durable=True)
    except StoreError:
        return False
    try:
        with named_failures():
            return is_intact(connection)
    except StoreError:
        return False
    finally:
        connection.close()


def remove_database(path: Path) -> None:
    """Deletes a database file and what SQLite keeps beside it."""
    for suffix in ("", *_SIDE_FILES):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def move_database(path: Path, to: Path) -> None:
    """Renames a database file together with what SQLite keeps beside it."""
    for suffix in _SIDE_FILES:
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.replace(to.with_name(to.name + suffix))
    path.replace(to)


def copy_file(source: Path, to: Path) -> None:
    """Copies durably: ``to`` is there whole or not at all."""
    part = to.with_name(to.name + ".part")
    make_private_file(part)
    part.write_bytes(source.read_bytes())
    sync_file(part)
    part.replace(to)


def sync_file(path: Path) -> None:
    """Waits until the file is on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
