"""StoreFiles: the two files of a profile, opened together and by one process only."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from desktop.domain.errors import AppError
from desktop.store.backups import Backups
from desktop.store.cache_file import CacheFile, open_cache
from desktop.store.database import Connection, make_private_file, make_private_folder
from desktop.store.failures import named_system_failures
from desktop.store.lock import ProfileLock
from desktop.store.own_file import OpenedOwn, OwnFile, open_own

BALLAST_NAME = "ballast"
BALLAST_BYTES = 4 * 1024 * 1024


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class OpenedFiles:
    """Both files, open and held by this process."""

    lock: ProfileLock
    own: OpenedOwn
    cache: tuple[Connection, Connection, Connection]
    cache_is_fresh: bool


class StoreFiles:
    """``own`` is what cannot be fetched again, ``cache`` what can.

    Both may be asked before they are open: the answer comes after `unlock`.
    """

    def __init__(self, clock: Callable[[], datetime] = _utc_now) -> None:
        self._clock = clock
        self._folder: Path | None = None
        self._lock: ProfileLock | None = None
        self.recovered = ""
        """Empty; "backup": store.db was damaged and a copy took its place, with whatever could
        still be read of the damaged one; "empty": it was damaged and there was no copy."""
        self.set_aside: Path | None = None
        """Where the damaged store.db was put."""
        self.own = OwnFile()
        self.cache = CacheFile(clock)

    @classmethod
    async def open(
        cls, folder: Path, key: bytes, *, clock: Callable[[], datetime] = _utc_now
    ) -> Self:
        """New files, opened; see `unlock`."""
        files = cls(clock)
        await files.unlock(folder, key)
        return files

    async def unlock(self, folder: Path, key: bytes) -> None:
        """Opens the profile in ``folder``, or makes it. ``key`` has 32 bytes.

        Raises `ProfileInUseError`, `StoreTooNewError`, `StoreFullError`, `StoreError` where the
        folder cannot be used, and `StoreDamagedError` where nothing opens with this key; none of
        these changes a file, and it may be tried again with another folder or key.
        """
        self.take(await asyncio.to_thread(open_files, folder, key, self._clock()), folder, key)

    def take(self, opened: OpenedFiles, folder: Path, key: bytes) -> None:
        """Goes on with files that `open_files` has opened."""
        self._folder = folder
        self._lock = opened.lock
        self.recovered = opened.own.recovered
        self.set_aside = opened.own.set_aside
        self.own.begin(opened.own, Backups(folder, key), self._clock())
        self.cache.begin(folder, opened.cache, fresh=opened.cache_is_fresh)

    def fail(self, error: AppError) -> None:
        """They will not be opened: whoever waits for them is told why."""
        self.own.fail(error)
        self.cache.fail(error)

    def release_memory(self) -> None:
        """Soon lets go of what was read from the files and can be read again."""
        self.own.release_memory()
        self.cache.release_memory()

    async def close(self) -> None:
        """Finishes what is queued, closes both files and lets the profile go."""
        await self.cache.close()
        await self.own.close()
        if self._lock is not None:
            self._lock.release()

    def has_ballast(self) -> bool:
        """Whether there is still room set aside for a full disk."""
        return self._folder is not None and (self._folder / BALLAST_NAME).exists()

    async def release_ballast(self) -> bool:
        """Gives 4 MiB back to a full disk, so that the outbox can drain; False if already done."""
        if self._folder is None:
            return False
        return await asyncio.to_thread(_remove, self._folder / BALLAST_NAME)


def open_files(folder: Path, key: bytes, now: datetime) -> OpenedFiles:
    """Opens the profile in ``folder`` or makes it, on any thread; raises as `unlock` does."""
    with named_system_failures():
        make_private_folder(folder)
        lock = ProfileLock(folder / "profile.lock")
    try:
        own = open_own(folder, key, now)
        try:
            cache, fresh = open_cache(folder, key)
        except BaseException:
            own.connection.close()
            raise
        _add_ballast(folder / BALLAST_NAME)
    except BaseException:
        lock.release()
        raise
    return OpenedFiles(lock, own, cache, fresh)


def _add_ballast(path: Path) -> None:
    if path.exists() and path.stat().st_size == BALLAST_BYTES:
        return
    try:
        make_private_file(path)
        path.write_bytes(os.urandom(BALLAST_BYTES))  # random, so that it cannot be compressed away
    except OSError:
        path.unlink(missing_ok=True)  # too full for ballast: then every byte is for the store


def _remove(path: Path) -> bool:
    if not path.exists():
        return False
    path.unlink()
    return True
