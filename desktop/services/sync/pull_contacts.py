"""ContactPull: all contacts page by page, then what changed, and now and then what is gone."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from desktop.domain.errors import RefusedError
from desktop.domain.ids import ContactId, RecordKind
from desktop.domain.sync import Progress, RemoteRecord
from desktop.services.api.port import ContactPage, RemoteAccount
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.sync.cursor_names import (
    CONTACTS,
    CONTACTS_COMPLETE,
    CONTACTS_SWEPT,
    CONTACTS_TOTAL,
)
from desktop.services.sync.durable import load_names
from desktop.services.sync.plan import (
    BELIEVED_LOSS,
    Doubt,
    Missing,
    Upsert,
    plan_rows,
    plan_sweep,
)
from desktop.services.sync.pulse import Pulse
from desktop.services.sync.timing import Polling
from desktop.store.cache import CacheTables
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables


class ContactPull:
    """The contacts of one account."""

    def __init__(
        self,
        remote: RemoteAccount,
        files: StoreFiles,
        feed: ChangeFeed,
        pulse: Pulse,
        polling: Polling,
    ) -> None:
        self._remote = remote
        self._files = files
        self._feed = feed
        self._pulse = pulse
        self._polling = polling
        self._account_id = pulse.account.id
        self._announced: datetime | None = None
        self.believe = False
        """The user has said that a sudden emptiness is right."""

    async def pull(self) -> None:
        """Continues where the last page ended. The cursor is stored with its page."""
        cursor, complete = await self._files.cache.read(self._where)
        asked_at = self._pulse.clock()
        pages = self._remote.pull_contacts(cursor)
        try:
            async for page in pages:
                await self._apply(page, asked_at, first=not complete)
        finally:
            close = getattr(pages, "aclose", None)
            if close is not None:
                await close()  # an unfinished pull lets its connection go at once
            self._pulse.progress = None
            self._announce(last=True)

    async def sweep(self) -> None:
        """Notices contacts that were deleted on the server."""
        asked_at = self._pulse.clock()
        existing = await self._remote.sweep_contacts()
        cached = await self._files.cache.read(
            lambda cache: cache.contacts.remote_ids(self._account_id)
        )
        plan = plan_sweep(existing, cached, self._pulse.fresh.since(asked_at), believe=self.believe)
        if any(isinstance(change, Doubt) for change in plan):
            # Read once more, then the old data stays, with a question.
            again = await self._remote.sweep_contacts()
            plan = plan_sweep(
                again, cached, self._pulse.fresh.since(asked_at), believe=self.believe
            )
        self._pulse.doubt("contacts", any(isinstance(change, Doubt) for change in plan))
        missing = [change.uid for change in plan if isinstance(change, Missing)]
        gone, back = await self._confirm(missing)
        self.believe = False
        await self._files.cache.write(lambda cache: self._write_sweep(cache, gone, back))
        if gone or back:
            self._feed.publish(Topic.CONTACTS, *gone, account_id=self._account_id)

    async def swept_at(self) -> datetime | None:
        """When the last sweep was."""
        text = await self._files.cache.read(
            lambda cache: cache.cursors.get(self._account_id, CONTACTS_SWEPT)
        )
        return None if text is None else datetime.fromisoformat(text)

    def _where(self, cache: CacheTables) -> tuple[str | None, bool]:
        cursor = cache.cursors.get(self._account_id, CONTACTS)
        complete = cache.cursors.get(self._account_id, CONTACTS_COMPLETE) is not None
        return cursor, complete

    async def _apply(self, page: ContactPage, asked_at: datetime, *, first: bool) -> None:
        fresh = self._pulse.fresh.since(asked_at)
        rows = await self._files.own.read(lambda own: self._plan(own, page, fresh))
        await self._files.cache.write(lambda cache: self._write_page(cache, page, rows))
        self._pulse.answered()
        if first:
            self._pulse.progress = Progress(page.done, page.total, "contacts")
            self._pulse.changed()
        if rows:
            self._announce()

    def _plan(
        self, own: OwnTables, page: ContactPage, fresh: frozenset[str]
    ) -> tuple[RemoteRecord, ...]:
        """On the store's thread: a page can be long."""
        names = load_names(own, self._account_id)
        changes = plan_rows(page.records, names, {}, fresh)
        return tuple(change.row for change in changes if isinstance(change, Upsert))

    def _write_page(
        self, cache: CacheTables, page: ContactPage, rows: Iterable[RemoteRecord]
    ) -> None:
        cache.contacts.upsert_records(rows)
        cache.cursors.put(self._account_id, CONTACTS, page.cursor)
        if page.total is not None:
            cache.cursors.put(self._account_id, CONTACTS_TOTAL, str(page.total))
        if page.last:
            cache.cursors.put(self._account_id, CONTACTS_COMPLETE, "1")

    def _announce(self, *, last: bool = False) -> None:
        """Not with every page: a list that is drawn anew all the time cannot be read."""
        now = self._pulse.clock()
        every = timedelta(seconds=self._polling.announce_s)
        if last and self._announced is None:
            return
        if last or self._announced is None or now - self._announced >= every:
            self._announced = None if last else now
            self._feed.publish(Topic.CONTACTS, account_id=self._account_id)

    async def _confirm(
        self, missing: list[str]
    ) -> tuple[tuple[ContactId, ...], tuple[RemoteRecord, ...]]:
        """A few are asked for one by one; many must be missing from a second sweep, too."""
        names = await self._files.own.read(lambda own: load_names(own, self._account_id))
        gone: list[ContactId] = []
        back: list[RemoteRecord] = []
        if len(missing) > BELIEVED_LOSS:
            existing = await self._remote.sweep_contacts()
            for uid in missing:
                address = names.address_of(uid)
                if address is not None and address[1] not in existing:
                    gone.append(ContactId(uid))
            return tuple(gone), ()
        for uid in missing:
            address = names.address_of(uid)
            if address is None:
                continue
            try:
                row = await self._remote.fetch(RecordKind.CONTACT, address[1])
            except RefusedError:
                continue  # no right to see it is not the same as gone
            if row is None:
                gone.append(ContactId(uid))
            else:
                back.append(names.to_local(row))
        return tuple(gone), tuple(back)

    def _write_sweep(
        self, cache: CacheTables, gone: tuple[ContactId, ...], back: tuple[RemoteRecord, ...]
    ) -> None:
        cache.contacts.remove(gone)
        cache.contacts.upsert_records(back)
        swept = self._pulse.clock.wall().isoformat()
        cache.cursors.put(self._account_id, CONTACTS_SWEPT, swept)
