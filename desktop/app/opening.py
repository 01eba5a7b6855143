"""Opening: on a thread, while the window is built, the key is read and then the days on view."""

import logging
import threading
from concurrent.futures import Future
from datetime import tzinfo
from pathlib import Path

from desktop.app.quick_key import quick_key
from desktop.domain.errors import StoreError
from desktop.domain.event import CalendarEntry
from desktop.domain.ids import CalendarId
from desktop.domain.timespan import TimeSpan
from desktop.services.settings import HIDDEN_CALENDARS, names_from
from desktop.store.glimpse import Glimpse

log = logging.getLogger(__name__)

Entries = tuple[CalendarEntry, ...]


class Opening:
    """The usual start of a profile that exists. ``None`` is its answer to everything unusual:
    then somebody asks again who can tell what is wrong and what to do.
    """

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        self.key: Future[bytes | None] = Future()
        """The key of the profile's files."""
        self._days: Future[tuple[TimeSpan, tzinfo]] = Future()
        self._entries: Future[Entries | None] = Future()
        self._glimpse: Glimpse | None = None
        threading.Thread(target=self._work, name="opening", daemon=True).start()

    def look_at(self, span: TimeSpan, zone: tzinfo) -> "Future[Entries | None]":
        """What stands in the calendar on these days; to be asked for once."""
        self._days.set_result((span, zone))
        return self._entries

    def close(self) -> None:
        """The files are open otherwise."""
        if self._glimpse is not None:
            self._glimpse.close()
            self._glimpse = None

    def _work(self) -> None:
        try:
            self._read()
        except (StoreError, OSError) as error:
            log.info("no glimpse of the calendar: %s", type(error).__name__)
        finally:
            for future in (self.key, self._entries):
                if not future.done():
                    future.set_result(None)

    def _read(self) -> None:
        key = quick_key(self._profile)
        self.key.set_result(key)
        if key is None or not Glimpse.is_possible(self._profile):
            return
        self._glimpse = glimpse = Glimpse(self._profile, key)
        hidden = frozenset(map(CalendarId, names_from(glimpse.setting(HIDDEN_CALENDARS))))
        self._entries.set_result(glimpse.entries(*self._days.result(), hidden))
