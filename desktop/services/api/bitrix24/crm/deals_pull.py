"""The open deals of all contacts: everything once a day, in between what changed."""

from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from desktop.domain.ids import RemoteId
from desktop.services.api.bitrix24.batch import LONGEST, Value
from desktop.services.api.bitrix24.client import Bitrix24Client, chain
from desktop.services.api.bitrix24.contacts.contacts_cursor import OVERLAP, Segment
from desktop.services.api.bitrix24.contacts.contacts_first import UNKNOWN_CLOCK
from desktop.services.api.bitrix24.contacts.contacts_query import card_pages, read_chain
from desktop.services.api.bitrix24.contacts.crm_family import Entity, Families, Family
from desktop.services.api.bitrix24.crm.directories import Directories
from desktop.services.api.bitrix24.crm.wire_crm import DEAL_SELECT, DEALS, DealRow, deal_of
from desktop.services.api.bitrix24.envelope import BatchReply
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.values import as_id, as_text
from desktop.services.api.bitrix24.wire import each
from desktop.services.api.port import DealPage, RemoteDeal

WHOLE_EVERY = timedelta(days=1)
"""Deleted deals are told by nobody: they are missed when all are read."""
MOST_REQUESTS = 20
_FEW_PAGES = 3


class DealCursor(msgspec.Struct, frozen=True):
    """``since``: from when on changes are asked for; ``whole``: when all were read. Aware."""

    since: datetime
    whole: datetime


_DECODER = msgspec.json.Decoder(DealCursor)


class DealsPull:
    """Pulls deals. Those of nobody, or of a company alone, are left out."""

    def __init__(
        self,
        client: Bitrix24Client,
        state: PortalState,
        families: Families,
        directories: Directories,
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._state = state
        self._families = families
        self._directories = directories
        self._clock = clock

    async def pages(self, text: str | None) -> AsyncGenerator[DealPage, None]:
        """Deals page by page; only the last page's cursor is worth keeping."""
        family = await self._families.of(Entity.DEAL)
        known = _read(text)
        now = self._clock()
        whole = known is None or not timedelta(0) <= now - known.whole < WHOLE_EVERY
        where: dict[str, Value] = {"CLOSED": "N"}
        if known is not None and not whole:
            since = (known.since.astimezone(UTC) - OVERLAP).replace(microsecond=0)
            where = {">=DATE_MODIFY": since.isoformat()}
        left: Segment | None = Segment(0)
        begun: datetime | None = None
        for number in range(MOST_REQUESTS):
            assert left is not None
            steps = LONGEST if whole or number else _FEW_PAGES
            reply = await self._ask(family, where, left, steps)
            begun = begun or reply.time.started or now - UNKNOWN_CLOCK
            reader = family.reader(DEALS)
            rows, left = read_chain(reply, chain("d", steps), reader, left)
            last = left is None or number == MOST_REQUESTS - 1
            cursor = DealCursor(begun, now if whole or known is None else known.whole)
            yield DealPage(
                deals=await self._deals(rows),
                gone=_gone(rows),
                cursor=msgspec.json.encode(cursor).decode() if last else "",
                whole=whole and number == 0,
                last=last,
            )
            if last:
                return

    async def _ask(
        self, family: Family, where: dict[str, Value], left: Segment, steps: int
    ) -> BatchReply:
        commands = card_pages(
            "d", family, Entity.DEAL, DEAL_SELECT, after=left.after, steps=steps, where=where
        )
        return await self._client.batch(commands, watched=False)

    async def _deals(self, rows: Sequence[DealRow]) -> tuple[RemoteDeal, ...]:
        open_rows = [row for row in rows if as_id(row.contact_id)]
        pipelines = {as_text(row.category_id).strip() for row in open_rows}
        stages = await self._directories.stages(pipelines, watched=False)
        account = self._state.account

        def read(row: DealRow) -> RemoteDeal | None:
            deal = deal_of(row, account, stages)
            return None if deal is None else RemoteDeal(RemoteId(as_id(row.contact_id)), deal)

        return tuple(each(open_rows, read, "deal"))


def _gone(rows: Sequence[DealRow]) -> frozenset[str]:
    """The deals that are closed now, or not a contact's any more."""
    closed = {as_id(row.id) for row in rows if as_text(row.closed) == "Y"}
    return frozenset(closed | {as_id(row.id) for row in rows if not as_id(row.contact_id)})


def _read(text: str | None) -> DealCursor | None:
    try:
        cursor = _DECODER.decode(text or "")
    except msgspec.DecodeError:
        return None
    return cursor if cursor.since.tzinfo and cursor.whole.tzinfo else None
