"""reindex(): what lies over the cache is made to agree with store.db, at the start."""

from desktop.domain.account import AccountKind
from desktop.domain.ids import RecordKind, Revision
from desktop.domain.sync import RemoteRecord
from desktop.services.sync.screen import Arrival, Overlay, overlays_in, write_layers
from desktop.store.cache import CacheTables
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables


async def reindex(files: StoreFiles) -> None:
    """Heals what a kill between the two files, or a cache made anew, has left behind."""
    lying = await files.cache.read(own_layer)
    overlays, arrivals = await files.own.read(lambda own: expected(own, lying))
    await files.cache.write(lambda cache: write_layers(cache, arrivals, overlays))


def own_layer(cache: CacheTables) -> dict[str, RecordKind]:
    """The records of which the cache has our own version."""
    contacts = dict.fromkeys(cache.contacts.overlays(), RecordKind.CONTACT)
    comments = dict.fromkeys(cache.comments.overlays(), RecordKind.COMMENT)
    return contacts | comments | dict.fromkeys(cache.events.overlays(), RecordKind.EVENT)


def expected(
    own: OwnTables, lying: dict[str, RecordKind]
) -> tuple[tuple[Overlay, ...], tuple[Arrival, ...]]:
    """What should lie over each record, and the server's copies that a kill kept from the cache."""
    wanted = dict.fromkeys(entry.item_uid for entry in own.outbox.unfinished())
    for account in own.accounts.all():
        if account.kind is AccountKind.LOCAL:
            wanted |= dict.fromkeys(item.uid for item in own.items.of_account(account.id))
    settled = [uid for uid in lying if uid not in wanted]
    overlays = overlays_in(own, (*wanted, *settled))
    known = {overlay.uid for overlay in overlays}
    dropped = tuple(Overlay(uid, lying[uid]) for uid in settled if uid not in known)
    arrivals = tuple(arrival for uid in settled if (arrival := _arrival(own, uid)) is not None)
    return (*overlays, *dropped), arrivals


def _arrival(own: OwnTables, uid: str) -> Arrival | None:
    """An op was finished, and the kill came before its server copy was in the cache."""
    item = own.items.get(uid)
    if item is None or item.remote_id is None:
        return None
    if item.gone or item.base is None:
        return Arrival(uid, item.kind, None) if item.gone else None
    revision = item.base_revision or Revision("")
    return Arrival(uid, item.kind, RemoteRecord(item.kind, item.remote_id, revision, item.base))
