"""DealPull: the open deals of an account's contacts, known before anybody looks at a card."""

from collections.abc import Iterable

from desktop.domain.ids import ContactId, RecordKind
from desktop.services.api.port import DealPage, RemoteAccount, RemoteDeal
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.sync.cursor_names import DEALS, DEALS_AT
from desktop.services.sync.durable import load_names
from desktop.services.sync.names import Names
from desktop.services.sync.pulse import Pulse
from desktop.store.cache import CacheTables
from desktop.store.deals import DealRow
from desktop.store.dossier_blocks import deal_to_bytes
from desktop.store.files import StoreFiles


class DealPull:
    """The deals of one account."""

    def __init__(
        self, remote: RemoteAccount, files: StoreFiles, feed: ChangeFeed, pulse: Pulse
    ) -> None:
        self._remote = remote
        self._files = files
        self._feed = feed
        self._pulse = pulse
        self._account_id = pulse.account.id

    async def pull(self) -> None:
        """All deals, or those that changed. A pull that is cut off begins again."""
        cursor = await self._files.cache.read(
            lambda cache: cache.cursors.get(self._account_id, DEALS)
        )
        changed: set[str] = set()
        pages = self._remote.pull_deals(cursor)
        try:
            async for page in pages:
                changed |= await self._apply(page)
        finally:
            close = getattr(pages, "aclose", None)
            if close is not None:
                await close()
        if changed:
            self._feed.publish(Topic.TIMELINE, *changed, account_id=self._account_id)

    async def _apply(self, page: DealPage) -> set[str]:
        names = await self._files.own.read(lambda own: load_names(own, self._account_id))
        rows = tuple(_rows(page.deals, names))
        now = self._pulse.clock.wall().isoformat()

        def write(cache: CacheTables) -> None:
            if page.whole:
                cache.deals.remove_account(self._account_id)
            cache.deals.remove(self._account_id, page.gone)
            cache.deals.put(self._account_id, rows)
            if page.last:
                cache.cursors.put(self._account_id, DEALS, page.cursor)
                cache.cursors.put(self._account_id, DEALS_AT, now)

        await self._files.cache.write(write)
        self._pulse.answered()
        # Whoever is shown reads again; after a first reading that may be anybody.
        return set() if page.whole else {row.contact for row in rows}


def _rows(deals: Iterable[RemoteDeal], names: Names) -> Iterable[DealRow]:
    for one in deals:
        contact = names.uid_at(RecordKind.CONTACT, one.contact)
        deal = one.deal
        yield DealRow(deal.id, ContactId(contact), deal.title, deal.changed_at, deal_to_bytes(deal))
