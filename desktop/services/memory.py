"""ContactMemory: whom the user pinned and looked at, and what was searched in vain."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from desktop.domain.errors import StoreFullError
from desktop.domain.ids import ContactId
from desktop.services.settings import (
    AWAITED_SEARCHES,
    PINNED_CONTACTS,
    RECENT_CONTACTS,
    names_from,
    names_to,
)
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables

RECENTS_KEPT = 30
SEARCHES_KEPT = 20
_MINUTE_ENOUGH = 60.0


class ContactMemory:
    """Read once from store.db, then from memory; each change is durable when its call returns."""

    def __init__(self, files: StoreFiles, clock: Callable[[], datetime]) -> None:
        self._files = files
        self._clock = clock
        self._loaded = False
        self._pinned: tuple[ContactId, ...] = ()
        self._recent: dict[ContactId, datetime] = {}
        self._awaited: tuple[str, ...] = ()

    async def load(self) -> None:
        """Reads what is kept, the first time."""
        if self._loaded:
            return

        def read(own: OwnTables) -> tuple[tuple[str, ...], ...]:
            names = (PINNED_CONTACTS, RECENT_CONTACTS, AWAITED_SEARCHES)
            return tuple(names_from(own.settings.get(name)) for name in names)

        pinned, recent, awaited = await self._files.own.read(read)
        self._pinned = tuple(map(ContactId, pinned))
        self._recent = dict(filter(None, map(_recent_from, recent)))
        self._awaited = awaited
        self._loaded = True

    def forget(self) -> None:
        """Reads store.db again next time: an account and its people may be gone."""
        self._loaded = False

    @property
    def pinned(self) -> tuple[ContactId, ...]:
        """In the order of pinning."""
        return self._pinned

    @property
    def recent(self) -> tuple[tuple[ContactId, datetime], ...]:
        """Whom the user looked at, and when; the newest first."""
        return tuple(reversed(self._recent.items()))

    @property
    def awaited(self) -> tuple[str, ...]:
        """What was searched in vain and is to be searched when online."""
        return self._awaited

    async def set_pinned(self, contact_id: ContactId, pinned: bool) -> None:
        """Puts somebody on top of the empty search, or takes them off."""
        await self.load()
        others = tuple(one for one in self._pinned if one != contact_id)
        self._pinned = (*others, contact_id) if pinned else others
        await self._put(PINNED_CONTACTS, self._pinned)

    async def remember(self, contact_id: ContactId) -> None:
        """Somebody was looked at now. Twice within a minute is once.

        Where the disk is full it is known until the program ends: reading needs no room.
        """
        await self.load()
        now, newest = self._clock(), next(reversed(self._recent), None)
        if newest == contact_id and self._is_fresh(self._recent[contact_id], now):
            return
        self._recent.pop(contact_id, None)
        self._recent[contact_id] = now
        self._recent = dict(list(self._recent.items())[-RECENTS_KEPT:])
        texts = [f"{at.isoformat()} {uid}" for uid, at in self._recent.items()]
        with suppress(StoreFullError):
            await self._put(RECENT_CONTACTS, texts)

    async def await_search(self, query: str) -> None:
        """``query`` is to be searched again when more is known."""
        await self.load()
        others = [one for one in self._awaited if one != query]
        await self._set_awaited((*others, query)[-SEARCHES_KEPT:])

    async def answered(self, queries: frozenset[str]) -> None:
        """These need not be searched again."""
        await self.load()
        await self._set_awaited(tuple(one for one in self._awaited if one not in queries))

    async def _set_awaited(self, queries: tuple[str, ...]) -> None:
        if queries != self._awaited:
            self._awaited = queries
            await self._put(AWAITED_SEARCHES, queries)

    async def _put(self, name: str, values: tuple[str, ...] | list[str]) -> None:
        text = names_to(values)
        await self._files.own.write(lambda own: own.settings.put(name, text))

    @staticmethod
    def _is_fresh(at: datetime, now: datetime) -> bool:
        return 0 <= (now - at).total_seconds() < _MINUTE_ENOUGH


def _recent_from(text: str) -> tuple[ContactId, datetime] | None:
    at, _, uid = text.partition(" ")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (ContactId(uid), moment) if uid and moment.tzinfo else None
