"""Opening: the key is read and the files are opened on a thread, while the window is built."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path

from desktop.app.vault import quick_key
from desktop.domain.errors import StoreError
from desktop.store.files import OpenedFiles, open_files

Opened = tuple[bytes, OpenedFiles]
"""The key, and what it has opened."""


class Opening:
    """The usual start of a profile that exists. ``None`` is its answer to everything unusual:
    then somebody asks again who can tell what is wrong and what to do.
    """

    def __init__(self, profile: Path, clock: Callable[[], datetime]) -> None:
        self._profile = profile
        self._clock = clock
        self._outcome: Future[Opened | None] = Future()
        threading.Thread(target=self._work, name="opening", daemon=True).start()

    async def result(self) -> Opened | None:
        """Waits for the thread; it gives up by itself after some seconds."""
        return await asyncio.wrap_future(self._outcome)

    def _work(self) -> None:
        try:
            self._outcome.set_result(self._open())
        except (StoreError, OSError):
            self._outcome.set_result(None)
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for it
            self._outcome.set_exception(error)

    def _open(self) -> Opened | None:
        key = quick_key(self._profile)
        if key is None:
            return None
        return key, open_files(self._profile, key, self._clock())
