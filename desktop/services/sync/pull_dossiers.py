"""DossierPull: reads what a server knows of a contact beside the card, when somebody looks."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from desktop.domain.crm import MOST_OWN_FIELDS, Block, OwnField
from desktop.domain.errors import NotFoundError, OfflineError
from desktop.domain.ids import AccountId, ContactId
from desktop.domain.timespan import TimeSpan
from desktop.services.api.port import RemoteAccount, RemoteDossier
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.settings import names_from, own_fields_name
from desktop.services.sync.cursor_names import OWN_FIELDS
from desktop.services.sync.durable import load_names
from desktop.services.sync.names import Names
from desktop.services.sync.pulse import Pulse
from desktop.store.cache import CacheTables
from desktop.store.dossier_blocks import Companies, Content, Deals, Fields, Past, put_block
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables

PREFETCH_FRESH = timedelta(hours=4)
"""So old may be what is known of somebody whom the user meets soon."""
PREFETCHED = 20
_SOON = timedelta(hours=36)
_FIELDS = msgspec.json.Decoder(tuple[OwnField, ...])


class DossierPull:
    """The dossiers of one account."""

    def __init__(
        self, remote: RemoteAccount, files: StoreFiles, feed: ChangeFeed, pulse: Pulse
    ) -> None:
        self._remote = remote
        self._files = files
        self._feed = feed
        self._pulse = pulse
        self._account_id = pulse.account.id
        self._reading: dict[ContactId, asyncio.Future[None]] = {}

    async def read(self, contact_id: ContactId, *, watched: bool = True) -> None:
        """Reads one contact's and keeps it. Two who ask at once are answered by one request.

        Raises `NotFoundError` for a contact that the server does not have yet, `OfflineError`
        while the account rests, and what the account raises.
        """
        under_way = self._reading.get(contact_id)
        if under_way is not None:
            await asyncio.shield(under_way)
            return
        promise = asyncio.get_running_loop().create_future()
        self._reading[contact_id] = promise
        try:
            await self._read(contact_id, watched=watched)
        except BaseException as error:
            if isinstance(error, Exception):
                promise.set_exception(error)
                promise.exception()  # whoever waits is told; nobody has to
            else:
                promise.cancel()
            raise
        else:
            promise.set_result(None)
        finally:
            del self._reading[contact_id]

    async def prefetch(self) -> None:
        """Reads those whom the user meets today or tomorrow, as far as they are stale."""
        now = self._pulse.clock.wall()
        for contact_id in await self._files.cache.read(lambda cache: self._stale(cache, now)):
            try:
                await self.read(contact_id, watched=False)
            except NotFoundError:
                continue

    async def own_fields(self) -> tuple[OwnField, ...]:
        """Asks for the fields that the server's people have added, and keeps them."""
        self._check_awake()
        fields = await self._remote.own_fields()
        text = msgspec.json.encode(fields).decode()
        await self._files.cache.write(
            lambda cache: cache.cursors.put(self._account_id, OWN_FIELDS, text)
        )
        return fields

    async def _read(self, contact_id: ContactId, *, watched: bool) -> None:
        self._check_awake()
        names, chosen = await self._files.own.read(self._own_side)
        address = names.address_of(contact_id)
        if address is None:
            raise NotFoundError
        fields = await self._described(chosen)
        asked_at = self._pulse.clock()
        told = await self._remote.dossier(address[1], fields, watched=watched)
        self._pulse.answered()
        at = self._pulse.clock.wall()
        fresh = self._pulse.fresh.since(asked_at)
        comments = tuple(names.to_local(row) for row in told.comments)

        def write(cache: CacheTables) -> None:
            self._write(cache, contact_id, told, at)
            if Block.TIMELINE not in told.problems:
                cache.comments.replace_of(contact_id, comments, fresh)

        await self._files.cache.write(write)
        self._feed.publish(Topic.TIMELINE, contact_id, account_id=self._account_id)

    def _check_awake(self) -> None:
        if self._pulse.health.resting(self._pulse.clock()):
            raise OfflineError

    def _own_side(self, own: OwnTables) -> tuple[Names, tuple[str, ...]]:
        chosen = names_from(own.settings.get(own_fields_name(self._account_id)))
        return load_names(own, self._account_id), chosen[:MOST_OWN_FIELDS]

    async def _described(self, chosen: tuple[str, ...]) -> tuple[OwnField, ...]:
        """The chosen fields, in the order of choosing; what the server dropped is left out."""
        if not chosen:
            return ()
        text = await self._files.cache.read(
            lambda cache: cache.cursors.get(self._account_id, OWN_FIELDS)
        )
        known = fields_from(text) or await self.own_fields()
        by_name = {field.name: field for field in known}
        return tuple(by_name[name] for name in chosen if name in by_name)

    def _stale(self, cache: CacheTables, now: datetime) -> tuple[ContactId, ...]:
        met = cache.events.met_between(TimeSpan(now, now + _SOON), now=now)
        mine = _of_account(met, self._account_id, cache)
        stale = [
            contact
            for contact in mine
            if (at := cache.dossiers.read_at(contact)) is None or now - at > PREFETCH_FRESH
        ]
        return tuple(sorted(stale, key=lambda contact: met[contact])[:PREFETCHED])

    def _write(
        self,
        cache: CacheTables,
        contact_id: ContactId,
        told: RemoteDossier,
        at: datetime,
    ) -> None:
        contents: dict[Block, Content] = {
            Block.DEALS: Deals(told.deals, told.leads),
            Block.COMPANIES: Companies(told.companies),
            Block.TIMELINE: Past(told.past),
            Block.FIELDS: Fields(told.fields),
        }
        for block, content in contents.items():
            problem = told.problems.get(block)
            if problem is None:
                put_block(cache.dossiers, contact_id, self._account_id, block, content, at)
            else:
                cache.dossiers.put_problem(contact_id, self._account_id, block.value, problem)


def fields_from(text: str | None) -> tuple[OwnField, ...]:
    """The fields that were kept; none where they cannot be read."""
    try:
        return _FIELDS.decode(text or "[]")
    except msgspec.MsgspecError:
        return ()


def _of_account(
    contacts: Iterable[ContactId], account_id: AccountId, cache: CacheTables
) -> tuple[ContactId, ...]:
    people = cache.contacts.many(contacts)
    return tuple(uid for uid, person in people.items() if person.account_id == account_id)
