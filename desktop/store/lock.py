"""One process per profile."""

import os
import sys
from pathlib import Path

from desktop.domain.errors import ProfileInUseError
from desktop.store.database import PRIVATE_FILE

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class ProfileLock:
    """Holds the profile. The system lets go of it with the process, however that ends."""

    def __init__(self, path: Path) -> None:
        """Raises `ProfileInUseError` where another process holds it."""
        self._handle = os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE)
        try:
            _take(self._handle)
        except OSError:
            os.close(self._handle)
            raise ProfileInUseError from None

    def release(self) -> None:
        """Lets the profile go. The file stays: removing it would race with the next holder."""
        os.close(self._handle)
