"""The names of companies, which contacts know by number only."""

import asyncio
from collections.abc import Iterable, Mapping

from desktop.services.api.bitrix24.batch import LONGEST, PAGE, Command
from desktop.services.api.bitrix24.client import Bitrix24Client, chain
from desktop.services.api.bitrix24.contacts.contacts_cursor import Segment
from desktop.services.api.bitrix24.contacts.contacts_query import company_pages, read_chain
from desktop.services.api.bitrix24.contacts.crm_family import Entity, Family
from desktop.services.api.bitrix24.contacts.wire_contacts import (
    COMPANIES,
    COMPANY_SELECT,
    CompanyRow,
    company_titles,
)
from desktop.services.api.bitrix24.envelope import BatchReply
from desktop.services.api.bitrix24.values import as_int


class Companies:
    """Company id to name, as far as asked for. Filled by pulls; nothing of it is stored."""

    def __init__(self, client: Bitrix24Client) -> None:
        self._client = client
        self._titles: dict[str, str] = {}

    @property
    def titles(self) -> Mapping[str, str]:
        """What is known."""
        return self._titles

    def learn(self, rows: Iterable[CompanyRow]) -> frozenset[str]:
        """Takes names in; gives the ids whose name is new or another than before."""
        told = company_titles(tuple(rows))
        changed = frozenset(key for key, title in told.items() if self._titles.get(key) != title)
        self._titles.update(told)
        return changed

    def take(
        self, reply: BatchReply, steps: int, segment: Segment, family: Family
    ) -> Segment | None:
        """Takes in a chain of ``steps`` pages; gives what of the companies is left to read."""
        rows, left = read_chain(reply, chain("n", steps), family.reader(COMPANIES), segment)
        self.learn(rows)
        return left

    async def read_on(self, left: Segment | None, family: Family, *, watched: bool) -> None:
        """All names of ``left``; None: there is nothing to read."""
        while left is not None:
            commands = company_pages(family, left.after, LONGEST)
            reply = await self._client.batch(commands, watched=watched)
            left = await asyncio.to_thread(self.take, reply, LONGEST, left, family)

    async def need(self, ids: Iterable[str], family: Family, *, watched: bool) -> None:
        """Asks for the names that are missing among ``ids``."""
        missing = sorted({one for one in ids if one and one not in self._titles}, key=int)
        for start in range(0, len(missing), PAGE * LONGEST):
            some = missing[start : start + PAGE * LONGEST]
            commands = {
                f"n{number}": _named(family, some[first : first + PAGE])
                for number, first in enumerate(range(0, len(some), PAGE))
            }
            reply = await self._client.batch(commands, watched=watched)
            wanted = set(some)
            for name in commands:
                raw = reply.find(name)  # a company that may not be seen has no name here
                rows = family.reader(COMPANIES).rows(raw) if raw is not None else []
                self.learn(row for row in rows if str(as_int(row.id)) in wanted)


def _named(family: Family, ids: list[str]) -> Command:
    return family.page(Entity.COMPANY, {"@ID": ids}, COMPANY_SELECT)
