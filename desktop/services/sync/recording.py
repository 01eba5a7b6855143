"""What a user's action writes into store.db: links and ops, inside one transaction."""

from dataclasses import replace
from datetime import datetime, timedelta

from desktop.domain.account import Account, AccountKind
from desktop.domain.comment import Comment
from desktop.domain.errors import NotFoundError
from desktop.domain.event import Event
from desktop.domain.ids import ContactId, OpId, new_uid
from desktop.domain.sync import Item, OpState, OutboxEntry, Verb
from desktop.services.sync.coalesce import coalesce, unfold
from desktop.services.sync.merge import filled, rebased
from desktop.services.sync.names import address_in
from desktop.services.sync.series_order import series_needs
from desktop.services.sync.timing import Timing
from desktop.services.sync.wish import Wish
from desktop.store.own import OwnTables

__all__ = ["Wish", "take_back", "write_wishes"]


def write_wishes(
    own: OwnTables, wishes: tuple[Wish, ...], timing: Timing, now: datetime
) -> tuple[OutboxEntry, ...]:
    """One op per wish: a new one, or the waiting one that now carries it too."""
    made: list[OutboxEntry] = []
    for wish in wishes:
        account = own.accounts.get(wish.account_id)
        if account is None:
            raise NotFoundError
        made.append(_write_one(own, account, wish, timing, now, tuple(made)))
    return tuple(made)


def take_back(own: OwnTables, op_id: OpId) -> tuple[OutboxEntry, ...]:
    """Cancels an op of which no byte has left; the ops that changed, none where it is too late."""
    entry = own.outbox.get(op_id)
    if entry is None:
        return ()
    entries = unfold(entry, own.outbox.of_item(entry.item_uid))
    for one in entries or ():
        own.outbox.update(one)
    if entries:
        own.conflicts.remove(entry.seq)  # what was asked about it is asked no more
    return entries or ()


def _write_one(
    own: OwnTables,
    account: Account,
    wish: Wish,
    timing: Timing,
    now: datetime,
    made: tuple[OutboxEntry, ...],
) -> OutboxEntry:
    item = _item_for(own, wish)
    wish = _of_now(own, item, wish)
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
        scope=wish.scope,
    )
    if account.kind is AccountKind.LOCAL:
        gone = wish.verb is Verb.DELETE
        own.items.put(replace(item, base=None if gone else wish.wish, gone=gone))
        return own.outbox.add(replace(entry, state=OpState.DONE))
    leaving = wish.scope is not None and wish.scope.leaves
    if wish.verb is Verb.DELETE or leaving:
        entry = replace(entry, not_before=now + timedelta(seconds=timing.delete_delay_s))
    own.items.put(item)
    return _add(own, replace(entry, needs_seq=_needs(own, wish, made)))


def _of_now(own: OwnTables, item: Item, wish: Wish) -> Wish:
    """The wish over what the server has made of the last one.

    The screen may show that one a moment longer, without what it left to the server.
    """
    ended = [e for e in own.outbox.of_item(item.uid) if e.state is OpState.DONE]
    last = ended[-1].wish if ended else None
    if last is None or item.base is None or wish.base is None:
        return wish
    made = filled(last, item.base)
    return replace(
        wish,
        base=rebased(wish.base, last, made),
        wish=None if wish.wish is None else rebased(wish.wish, last, made),
    )


def _item_for(own: OwnTables, wish: Wish) -> Item:
    """The record's link, made where it is the first time that the user changes it."""
    item = own.items.get(wish.uid)
    if item is None:
        address = address_in(wish.account_id, wish.uid)
        remote_id = None if address is None or wish.verb is Verb.CREATE else address[1]
        return Item(wish.uid, wish.account_id, wish.kind, remote_id, wish.base)
    return item


def _add(own: OwnTables, entry: OutboxEntry) -> OutboxEntry:
    waiting = tuple(e for e in own.outbox.of_item(entry.item_uid) if not e.state.finished)
    changed, carrier, is_new = coalesce(waiting, entry)
    for one in changed:
        own.outbox.update(one)
    return own.outbox.add(carrier) if is_new else carrier


def _needs(own: OwnTables, wish: Wish, made: tuple[OutboxEntry, ...]) -> int | None:
    """The newest op that has to be done before this one may leave."""
    seqs: list[int] = []
    if wish.needs is not None:
        needed = own.outbox.get(wish.needs)
        if needed is not None and needed.state is not OpState.DONE:
            seqs.append(needed.seq)
    seqs += series_needs(own, wish, made)
    together = {entry.item_uid: entry for entry in made}
    for contact in _people_of(wish):
        if contact in together and not together[contact].state.finished:
            seqs.append(together[contact].seq)
        seqs += [
            entry.seq
            for entry in own.outbox.of_item(contact)
            if entry.verb is Verb.CREATE and not entry.state.finished
        ]
    return max(seqs, default=None)


def _people_of(wish: Wish) -> tuple[ContactId, ...]:
    """Whose cards have to be on the server before the wish can be told there."""
    if isinstance(wish.wish, Event):
        return wish.wish.contacts
    return (wish.wish.contact,) if isinstance(wish.wish, Comment) else ()
