"""The contacts that changed since the last pull, and the ids of those that exist."""

from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import aclosing
from datetime import datetime

import msgspec

from desktop.domain.ids import AccountId, RemoteId
from desktop.domain.sync import RemoteRecord
from desktop.services.api.bitrix24.batch import LONGEST, PAGE, Command, Value
from desktop.services.api.bitrix24.client import Bitrix24Client, chain
from desktop.services.api.bitrix24.contacts.companies import Companies
from desktop.services.api.bitrix24.contacts.contacts_cursor import (
    Cursor,
    Segment,
    asked_since,
    read_cursor,
    write_cursor,
)
from desktop.services.api.bitrix24.contacts.contacts_first import UNKNOWN_CLOCK, FirstPull
from desktop.services.api.bitrix24.contacts.contacts_query import card_pages, read_chain
from desktop.services.api.bitrix24.contacts.crm_family import Entity, Families, Family
from desktop.services.api.bitrix24.contacts.wire_contacts import (
    COMPANIES,
    COMPANY_SELECT,
    CONTACT_SELECT,
    CONTACTS,
    ContactRow,
    contact_record,
)
from desktop.services.api.bitrix24.envelope import BatchReply
from desktop.services.api.bitrix24.values import as_id
from desktop.services.api.bitrix24.wire import each
from desktop.services.api.port import ContactPage

_FEW_PAGES = 4
"""Pages of changed contacts that the one request of a quiet pull has room for."""

_FEW_COMPANIES = 2


class ContactsPull:
    """Pulls contacts: all of them without a cursor, then those that changed."""

    def __init__(
        self,
        client: Bitrix24Client,
        account: AccountId,
        companies: Companies,
        families: Families,
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._account = account
        self._companies = companies
        self._families = families
        self._clock = clock
        self._first = FirstPull(client, account, companies, families, clock)

    async def pages(self, text: str | None) -> AsyncGenerator[ContactPage, None]:
        """Pages of contacts; after each one the pull can be resumed from its cursor."""
        cursor = read_cursor(text)
        pull = (
            self._changed(cursor)
            if cursor is not None and not cursor.left
            else self._first.pages(cursor)
        )
        async with aclosing(pull):
            async for page in pull:
                yield page

    async def sweep(self) -> frozenset[RemoteId]:
        """The ids of all contacts that exist, 2,500 to a request."""
        family = await self._families.of(Entity.CONTACT)
        ids: set[RemoteId] = set()
        left: Segment | None = Segment(0)
        while left is not None:
            commands = card_pages("c", family, Entity.CONTACT, ("ID",), after=left.after)
            reply = await self._client.batch(commands, watched=False)
            rows, left = read_chain(reply, chain("c", LONGEST), family.reader(CONTACTS), left)
            ids.update(RemoteId(as_id(row.id)) for row in rows)
        return frozenset(ids)

    async def _changed(self, cursor: Cursor) -> AsyncGenerator[ContactPage, None]:
        """One request where nothing changed. A renamed company changes its contacts too."""
        family = await self._families.of(Entity.CONTACT)
        when: dict[str, Value] = {">=DATE_MODIFY": asked_since(cursor)}
        reply = await self._client.batch(
            {
                **_contacts(family, after=0, steps=_FEW_PAGES, where=when),
                **_companies(family, after=0, steps=_FEW_COMPANIES, where=when),
            },
            watched=False,
        )
        since = reply.time.started or self._clock() - UNKNOWN_CLOCK
        found: dict[str, RemoteRecord] = {}
        for row in await self._renamed(family, reply, when):
            await self._take(family, found, row)
        rows, left = read_chain(reply, chain("c", _FEW_PAGES), family.reader(CONTACTS), Segment(0))
        await self._take(family, found, rows)
        while left is not None:
            # A cursor of the old time: killed here, the pull begins again and finds the same.
            yield _page(found, cursor, last=False)
            found = {}
            rows, left = await self._next(family, left, when)
            await self._take(family, found, rows)
        yield _page(found, msgspec.structs.replace(cursor, since=since, total=None), last=True)

    async def _next(
        self, family: Family, left: Segment, where: dict[str, Value]
    ) -> tuple[list[ContactRow], Segment | None]:
        commands = _contacts(family, after=left.after, steps=LONGEST, where=where)
        reply = await self._client.batch(commands, watched=False)
        return read_chain(reply, chain("c", LONGEST), family.reader(CONTACTS), left)

    async def _renamed(
        self, family: Family, reply: BatchReply, when: dict[str, Value]
    ) -> list[list[ContactRow]]:
        """The contacts of companies whose name is news to us."""
        if reply.find("n0") is None:
            return []
        reader = family.reader(COMPANIES)
        rows, left = read_chain(reply, chain("n", _FEW_COMPANIES), reader, Segment(0))
        changed = set(self._companies.learn(rows))
        while left is not None:
            commands = _companies(family, after=left.after, steps=LONGEST, where=when)
            reply = await self._client.batch(commands, watched=False)
            rows, left = read_chain(reply, chain("n", LONGEST), reader, left)
            changed |= self._companies.learn(rows)
        portions = _portions(sorted(changed, key=int), PAGE)
        return [await self._employed(family, some) for some in portions]

    async def _employed(self, family: Family, companies: Sequence[str]) -> list[ContactRow]:
        where: dict[str, Value] = {"@COMPANY_ID": list(companies)}
        found: list[ContactRow] = []
        left: Segment | None = Segment(0)
        while left is not None:
            rows, left = await self._next(family, left, where)
            found += [row for row in rows if as_id(row.company_id) in companies]
        return found

    async def _take(
        self, family: Family, found: dict[str, RemoteRecord], rows: Iterable[ContactRow]
    ) -> None:
        rows = list(rows)
        firms = (as_id(row.company_id) for row in rows)
        await self._companies.need(firms, family, watched=False)
        titles = self._companies.titles
        for record in each(rows, lambda row: contact_record(row, self._account, titles), "contact"):
            found[record.remote_id] = record


def _contacts(
    family: Family, *, after: int, steps: int, where: dict[str, Value]
) -> dict[str, Command]:
    return card_pages(
        "c", family, Entity.CONTACT, CONTACT_SELECT, after=after, steps=steps, where=where
    )


def _companies(
    family: Family, *, after: int, steps: int, where: dict[str, Value]
) -> dict[str, Command]:
    return card_pages(
        "n", family, Entity.COMPANY, COMPANY_SELECT, after=after, steps=steps, where=where
    )


def _page(found: dict[str, RemoteRecord], cursor: Cursor, *, last: bool) -> ContactPage:
    return ContactPage(tuple(found.values()), write_cursor(cursor), len(found), None, last=last)


def _portions(values: Sequence[str], size: int) -> list[Sequence[str]]:
    return [values[start : start + size] for start in range(0, len(values), size)]
