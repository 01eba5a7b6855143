"""Recorder: the one way in which a user's action becomes durable."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from desktop.domain.account import Account, AccountKind
from desktop.domain.errors import NotFoundError
from desktop.domain.event import Event
from desktop.domain.ids import AccountId, OpId, RecordKind, new_uid
from desktop.domain.sync import Item, OpState, OutboxEntry, Record, Verb
from desktop.services.changes import ChangeFeed
from desktop.services.sync.coalesce import coalesce, unfold
from desktop.services.sync.names import address_in
from desktop.services.sync.reindex import reindex
from desktop.services.sync.screen import Screen
from desktop.services.sync.timing import Timing
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants of one record. ``wish`` is None for a deletion.

    ``base`` is the copy that the user was looking at (None: what the store knows). ``needs`` is an
    op that has to be done first; a create of a contact that a meeting is with is found by itself.
    """

    kind: RecordKind
    verb: Verb
    account_id: AccountId
    uid: str
    wish: Record | None = None
    base: Record | None = None
    needs: OpId | None = None


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
        self._running: set[asyncio.Task[Any]] = set()

    async def record(self, actions: Sequence[Wish]) -> tuple[OutboxEntry, ...]:
        """All of ``actions``, or none: durable when this returns, one op per action.

        An op may be an earlier one that has not left yet and now carries this wish too. Raises
        `NotFoundError` for an unknown account and `StoreFullError`; then nothing was stored.
        """
        return await self._carry_through(self._record(tuple(actions)))

    async def take_back(self, op_id: OpId) -> bool:
        """Cancels an op of which no byte has left; False where it is too late for that."""
        return await self._carry_through(self._take_back(op_id))

    async def reindex(self) -> None:
        """At start: what lies over the cache is made anew from store.db."""
        await reindex(self._files)

    async def _record(self, wishes: tuple[Wish, ...]) -> tuple[OutboxEntry, ...]:
        now = self._clock()
        entries = await self._files.own.write(lambda own: self._write(own, wishes, now))
        await self._show(entries)
        return entries

    async def _take_back(self, op_id: OpId) -> bool:
        entries = await self._files.own.write(lambda own: _unfold(own, op_id))
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
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    def _write(
        self, own: OwnTables, wishes: tuple[Wish, ...], now: datetime
    ) -> tuple[OutboxEntry, ...]:
        made: list[OutboxEntry] = []
        for wish in wishes:
            account = own.accounts.get(wish.account_id)
            if account is None:
                raise NotFoundError
            made.append(self._write_one(own, account, wish, now, made))
        return tuple(made)

    def _write_one(
        self,
        own: OwnTables,
        account: Account,
        wish: Wish,
        now: datetime,
        made: list[OutboxEntry],
    ) -> OutboxEntry:
        item = _item_for(own, wish)
        entry = OutboxEntry(
            seq=0,
            op_id=OpId(new_uid()),
            item_uid=wish.uid,
            account_id=wish.account_id,
            kind=wish.kind,
            verb=wish.verb,
            wish=None if wish.verb is Verb.DELETE else wish.wish,
            base=None if wish.verb is Verb.CREATE else wish.base or item.base,
            made_at=now,
        )
        if account.kind is AccountKind.LOCAL:
            gone = wish.verb is Verb.DELETE
            own.items.put(replace(item, base=None if gone else wish.wish, gone=gone))
            return own.outbox.add(replace(entry, state=OpState.DONE))
        if wish.verb is Verb.DELETE:
            later = now + timedelta(seconds=self._timing.delete_delay_s)
            entry = replace(entry, not_before=later)
        own.items.put(item)
        return _add(own, replace(entry, needs_seq=_needs(own, wish, made)))


def _item_for(own: OwnTables, wish: Wish) -> Item:
    """The record's link, made where it is the first time that the user changes it."""
    item = own.items.get(wish.uid)
    if item is None:
        address = address_in(wish.account_id, wish.uid)
        remote_id = None if address is None or wish.verb is Verb.CREATE else address[1]
        return Item(wish.uid, wish.account_id, wish.kind, remote_id, wish.base)
    if item.gone and wish.verb is Verb.CREATE:
        return replace(item, gone=False, remote_id=None, base=None, base_revision=None)
    return item


def _add(own: OwnTables, entry: OutboxEntry) -> OutboxEntry:
    waiting = tuple(e for e in own.outbox.of_item(entry.item_uid) if not e.state.finished)
    changed, carrier, is_new = coalesce(waiting, entry)
    for one in changed:
        own.outbox.update(one)
    return own.outbox.add(carrier) if is_new else carrier


def _needs(own: OwnTables, wish: Wish, made: list[OutboxEntry]) -> int | None:
    """The newest op that has to be done before this one may leave."""
    seqs: list[int] = []
    if wish.needs is not None:
        needed = own.outbox.get(wish.needs)
        if needed is not None and needed.state is not OpState.DONE:
            seqs.append(needed.seq)
    if isinstance(wish.wish, Event):
        together = {entry.item_uid: entry for entry in made}
        for contact in wish.wish.contacts:
            if contact in together and not together[contact].state.finished:
                seqs.append(together[contact].seq)
            seqs += [
                entry.seq
                for entry in own.outbox.of_item(contact)
                if entry.verb is Verb.CREATE and not entry.state.finished
            ]
    return max(seqs, default=None)


def _unfold(own: OwnTables, op_id: OpId) -> tuple[OutboxEntry, ...]:
    entry = own.outbox.get(op_id)
    if entry is None:
        return ()
    entries = unfold(entry, own.outbox.of_item(entry.item_uid))
    for one in entries or ():
        own.outbox.update(one)
    return entries or ()
