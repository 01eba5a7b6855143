"""One encrypted SQLite connection: its key, its pragmas, its transactions."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from desktop.store.failures import named_failures

Connection = Any
"""A connection of sqlcipher3, which ships no types."""

KEY_BYTES = 32
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def make_private_folder(folder: Path) -> None:
    """Makes ``folder`` where it is missing; nobody but its owner may enter it."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    if os.name == "posix":
        folder.chmod(PRIVATE_FOLDER)


def make_private_file(path: Path) -> None:
    """Makes an empty file that only its owner may read; SQLite gives its -wal the same mode."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
    if os.name == "posix":
        path.chmod(PRIVATE_FILE)


def connect(path: Path, key: bytes, *, durable: bool, cache_kib: int = 4_000) -> Connection:
    """Opens ``path``, or makes it. Raises `StoreDamagedError` where the key does not fit.

    ``durable``: a commit has reached the disk when it returns. The connection may be used on
    any one thread at a time; transactions are explicit.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a store's key has 32 bytes")
    make_private_file(path)
    with named_failures():
        connection = sqlite.connect(
            str(path), isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            _prepare(connection, key, durable=durable, cache_kib=cache_kib)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: Connection, key: bytes, *, durable: bool, cache_kib: int) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # a wrong key writes to stderr
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute(f"PRAGMA cache_size = -{cache_kib}")
    connection.execute("PRAGMA journal_mode = WAL")  # the first to read the file: tries the key
    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = 1")  # fsync alone stops at the drive's cache
        connection.execute("PRAGMA checkpoint_fullfsync = 1")


@contextmanager
def transaction(connection: Connection, *, writing: bool) -> Iterator[None]:
    """One transaction: all of it, or nothing where the body raises."""
    with named_failures():
        connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def release_cache(connection: Connection) -> None:
    """Lets go of the pages that were read; what asks next reads its own again, in milliseconds."""
    connection.execute("PRAGMA shrink_memory")


def user_version(connection: Connection) -> int:
    """The number of the schema that the file has; 0 for a new file."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def is_intact(connection: Connection) -> bool:
    """Whether every page authenticates and the structure holds. Reads the whole file."""
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        return False
    verdict: list[tuple[str]] = connection.execute("PRAGMA quick_check").fetchall()
    return verdict == [("ok",)]
