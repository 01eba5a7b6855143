"""Recorder: the one way in which a user's action becomes durable."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any, TypeVar

from desktop.domain.ids import AccountId, OpId
from desktop.domain.sync import OutboxEntry
from desktop.services.changes import ChangeFeed
from desktop.services.sync.recording import take_back, write_wishes
from desktop.services.sync.reindex import reindex
from desktop.services.sync.screen import Screen
from desktop.services.sync.tasks import Tasks
from desktop.services.sync.timing import Timing
from desktop.services.sync.wish import Wish
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables

__all__ = ["Recorder", "Wish"]

__all__ = ["Recorder", "Wish"]

T = TypeVar("T")
Also = Callable[[OwnTables, tuple[OutboxEntry, ...]], None]
"""What belongs to an action besides its wishes; given the ops that carry them."""


class Recorder:
    """Writes wishes into the outbox, over the cache, and tells who waits for them.

    ``clock`` is the same as the supervisor's. ``wake`` is told whose outbox changed.
    """

    def __init__(
        self,
        files: StoreFiles,
        feed: ChangeFeed,
        clock: Callable[[], datetime],
        *,
        timing: Timing | None = None,
        wake: Callable[[AccountId], object] = lambda _account_id: None,
    ) -> None:
        self._files = files
        self._screen = Screen(files, feed)
        self._clock = clock
        self._timing = timing or Timing()
        self._wake = wake
        self._tasks = Tasks()

    async def record(
        self, actions: Sequence[Wish], also: Also | None = None
    ) -> tuple[OutboxEntry, ...]:
        """All of ``actions``, or none: durable when this returns, one op per action.

        An op may be an earlier one that has not left yet and now carries this wish too. ``also``
        is written in the same transaction. Raises `NotFoundError` for an unknown account and
        `StoreFullError`; then nothing was stored.
        """
        return await self._carry_through(self._record(tuple(actions), also))

    async def take_back(self, op_id: OpId) -> bool:
        """Cancels an op of which no byte has left; False where it is too late for that."""
        return await self._carry_through(self._take_back(op_id))

    async def reindex(self) -> None:
        """At start: what lies over the cache is made anew from store.db."""
        await reindex(self._files)

    async def close(self) -> None:
        """Waits for actions that have begun; to be called before the files are closed."""
        await self._tasks.finish()

    async def _record(self, wishes: tuple[Wish, ...], also: Also | None) -> tuple[OutboxEntry, ...]:
        now = self._clock()

        def write(own: OwnTables) -> tuple[OutboxEntry, ...]:
            entries = write_wishes(own, wishes, self._timing, now)
            if also is not None:
                also(own, entries)
            return entries

        entries = await self._files.own.write(write)
        await self._show(entries)
        return entries

    async def _take_back(self, op_id: OpId) -> bool:
        entries = await self._files.own.write(lambda own: take_back(own, op_id))
        await self._show(entries)
        return bool(entries)

    async def _show(self, entries: tuple[OutboxEntry, ...]) -> None:
        try:
            await self._screen.show(dict.fromkeys(entry.item_uid for entry in entries))
        finally:
            # It is durable whatever becomes of the cache, which is healed at the next start.
            for account_id in dict.fromkeys(entry.account_id for entry in entries):
                self._wake(account_id)

    async def _carry_through(self, work: Coroutine[Any, Any, T]) -> T:
        """An action once begun is finished, even if the page that asked is closed meanwhile."""
        return await asyncio.shield(self._tasks.start(work))
