"""SQLite's and the system's failures in our words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlcipher3 import dbapi2 as sqlite

from desktop.domain.errors import StoreDamagedError, StoreError, StoreFullError

# https://www.sqlite.org/rescode.html, primary codes
_BUSY, _LOCKED, _READONLY, _INTERRUPT, _IOERR = 5, 6, 8, 9, 10
_CORRUPT, _FULL, _CANTOPEN, _NOTADB = 11, 13, 14, 26
_FOUND_DAMAGED = (_CORRUPT, _NOTADB)
_NOT_WRITTEN = (_FULL, _IOERR, _READONLY, _CANTOPEN)


class SearchSupersededError(Exception):
    """A newer question stopped this search: nobody waits for its answer any more."""


@contextmanager
def named_failures() -> Iterator[None]:
    """Turns what SQLite raises into a `StoreError`; a broken constraint stays: it is our bug."""
    try:
        yield
    except sqlite.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _FOUND_DAMAGED:
            raise StoreDamagedError(str(error)) from error
        if code in _NOT_WRITTEN:
            raise StoreFullError(str(error)) from error
        if code == _INTERRUPT:
            raise SearchSupersededError from error
        if code in (_BUSY, _LOCKED):
            raise StoreError(str(error)) from error
        raise


@contextmanager
def named_system_failures() -> Iterator[None]:
    """Turns what the system says of files and folders into a `StoreError`."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreFullError(str(error)) from error
        raise StoreError(str(error)) from error
