"""Screen: keeps the cache's second layer, what the user wishes, in step with the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.account import AccountKind
from desktop.domain.comment import Comment
from desktop.domain.contact import Contact
from desktop.domain.event import DeliveryMark, Event
from desktop.domain.ids import ContactId, EventId, RecordKind, Revision, server_uid
from desktop.domain.sync import Item, OutboxEntry, Record, RemoteRecord, Verb
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.sync.delivery_changes import Bind, Change, Forget, PutEntry, RemoveCopy
from desktop.store.cache import CacheTables
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables

_WORST_FIRST = (
    DeliveryMark.TROUBLE,
    DeliveryMark.CHECKING,
    DeliveryMark.SENDING,
    DeliveryMark.WAITING,
)
_IN_CALENDARS = (RecordKind.EVENT, RecordKind.ACTIVITY)


@dataclass(frozen=True, slots=True)
class Overlay:
    """What lies over the server's copy of one record; without ``record``: nothing."""

    uid: str
    kind: RecordKind
    record: Record | None = None
    mark: DeliveryMark = DeliveryMark.SETTLED
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the server is known to have now: a copy, or nothing any more."""

    uid: str
    kind: RecordKind
    copy: RemoteRecord | None


def overlay_of(
    uid: str, item: Item | None, unfinished: tuple[OutboxEntry, ...], *, local: bool
) -> Overlay:
    """What lies over a record with these unfinished ops; of this computer: the record itself."""
    kind = item.kind if item is not None else unfinished[-1].kind
    if local:
        record = None if item is None or item.gone else item.base
        return Overlay(uid, kind, record)
    if not unfinished:
        return Overlay(uid, kind)
    last = unfinished[-1]
    marks = {entry.state.mark for entry in unfinished}
    mark = next((one for one in _WORST_FIRST if one in marks), DeliveryMark.WAITING)
    if last.verb is Verb.DELETE:
        record = last.base or (item.base if item is not None else None)
        return Overlay(uid, kind, record, mark, gone=mark is not DeliveryMark.TROUBLE)
    return Overlay(uid, kind, last.wish, mark)


def arrivals_of(changes: Iterable[Change]) -> tuple[Arrival, ...]:
    """What a decision has learnt about the server's copies."""
    arrivals: list[Arrival] = []
    kinds: dict[str, RecordKind] = {}
    for change in changes:
        if isinstance(change, PutEntry | RemoveCopy):
            kinds[change.entry.item_uid] = change.entry.kind
        elif isinstance(change, Bind):
            entry = change.entry
            copy = RemoteRecord(
                entry.kind, change.remote_id, change.revision or Revision(""), change.base
            )
            arrivals.append(Arrival(entry.item_uid, entry.kind, copy))
        elif isinstance(change, Forget) and change.uid in kinds:
            arrivals.append(Arrival(change.uid, kinds[change.uid], None))
    return tuple(arrivals)


def touched_by(changes: Iterable[Change]) -> frozenset[str]:
    """The items whose overlay may have to change."""
    return frozenset(
        change.entry.item_uid
        for change in changes
        if isinstance(change, PutEntry | Bind | RemoveCopy)
    )


class Screen:
    """Writes overlays and arrivals into the cache, and says which records changed."""

    def __init__(self, files: StoreFiles, feed: ChangeFeed) -> None:
        self._files = files
        self._feed = feed

    async def follow(self, changes: tuple[Change, ...]) -> None:
        """Shows what a decision has changed."""
        uids = touched_by(changes)
        arrivals = arrivals_of(changes)
        if uids or arrivals:
            await self.show(uids, arrivals)

    async def show(self, uids: Iterable[str], arrivals: Iterable[Arrival] = ()) -> None:
        """Brings the overlays of these records up to date, after the server's copies."""
        wanted, arrived = tuple(uids), tuple(arrivals)
        overlays = await self._files.own.read(lambda own: overlays_in(own, wanted))
        kinds = {arrival.uid: arrival.kind for arrival in arrived}
        kinds |= {overlay.uid: overlay.kind for overlay in overlays}
        comments = [uid for uid, kind in kinds.items() if kind is RecordKind.COMMENT]

        def write(cache: CacheTables) -> frozenset[ContactId]:
            before = cache.comments.contacts_of(comments)  # also those that are about to go
            write_layers(cache, arrived, overlays)
            return before | cache.comments.contacts_of(comments)

        self.announce(kinds, await self._files.cache.write(write))

    def announce(
        self, kinds: dict[str, RecordKind], timelines: frozenset[ContactId] = frozenset()
    ) -> None:
        """Tells the pages, one message per family; ``timelines``: whose comments changed."""
        contacts = [uid for uid, kind in kinds.items() if kind is RecordKind.CONTACT]
        events = [uid for uid, kind in kinds.items() if kind in _IN_CALENDARS]
        if contacts:
            self._feed.publish(Topic.CONTACTS, *contacts)
        if events:
            self._feed.publish(Topic.EVENTS, *events)
        if timelines:
            self._feed.publish(Topic.TIMELINE, *timelines)
        self._feed.publish(Topic.OUTBOX)


def overlays_in(own: OwnTables, uids: Iterable[str]) -> tuple[Overlay, ...]:
    """What store.db says should lie over each of these records."""
    kinds = {account.id: account.kind for account in own.accounts.all()}
    overlays: list[Overlay] = []
    for uid in uids:
        item = own.items.get(uid)
        ops = own.outbox.of_item(uid)
        unfinished = tuple(entry for entry in ops if not entry.state.finished)
        if item is None and not ops:
            continue
        account_id = item.account_id if item is not None else ops[-1].account_id
        local = kinds.get(account_id) is AccountKind.LOCAL
        if item is None and not unfinished:
            overlays.append(Overlay(uid, ops[-1].kind))
        else:
            overlays.append(overlay_of(uid, item, unfinished, local=local))
    return tuple(overlays)


def write_layers(
    cache: CacheTables, arrivals: Iterable[Arrival], overlays: Iterable[Overlay]
) -> None:
    """The server's copies first, then what lies over them: never a moment without either."""
    for arrival in arrivals:
        _write_arrival(cache, arrival)
    for overlay in overlays:
        _write_overlay(cache, overlay)


def _write_arrival(cache: CacheTables, arrival: Arrival) -> None:
    _forget_double(cache, arrival)
    if arrival.kind is RecordKind.CONTACT:
        if arrival.copy is None:
            cache.contacts.remove([ContactId(arrival.uid)])
        else:
            cache.contacts.upsert_records([arrival.copy])
    elif arrival.kind is RecordKind.COMMENT:
        if arrival.copy is None:
            cache.comments.remove([arrival.uid])
        else:
            cache.comments.upsert_records([arrival.copy])
    elif arrival.copy is None:
        cache.events.remove([EventId(arrival.uid)])
    else:
        cache.events.upsert_records([arrival.copy])
        cache.events.expand_anew(EventId(arrival.uid))


def _forget_double(cache: CacheTables, arrival: Arrival) -> None:
    """A read that came between a lost answer and its find had no name of ours for the row."""
    copy = arrival.copy
    if copy is None:
        return
    double = server_uid(copy.record.account_id, copy.kind, copy.remote_id)
    if double == arrival.uid:
        return
    if copy.kind is RecordKind.CONTACT:
        cache.contacts.remove([ContactId(double)])
    elif copy.kind is RecordKind.COMMENT:
        cache.comments.remove([double])
    else:
        cache.events.remove([EventId(double)])


def _write_overlay(cache: CacheTables, overlay: Overlay) -> None:
    record = overlay.record
    if isinstance(record, Contact):
        cache.contacts.put_own(record, overlay.mark, gone=overlay.gone)
    elif isinstance(record, Event):
        cache.events.put_own(record, overlay.mark, gone=overlay.gone)
    elif isinstance(record, Comment):
        cache.comments.put_own(record, overlay.mark, gone=overlay.gone)
    elif overlay.kind is RecordKind.CONTACT:
        cache.contacts.drop_own(ContactId(overlay.uid))
    elif overlay.kind is RecordKind.COMMENT:
        cache.comments.drop_own(overlay.uid)
    else:
        cache.events.drop_own(EventId(overlay.uid))
