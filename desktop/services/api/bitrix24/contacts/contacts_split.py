"""Where the contacts can be cut into stretches of 2,500, by their ids."""

from dataclasses import dataclass

from desktop.domain.errors import OutcomeUnknownError
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.contacts.companies import Companies
from desktop.services.api.bitrix24.contacts.contacts_cursor import Segment
from desktop.services.api.bitrix24.contacts.contacts_query import (
    SEGMENT,
    company_pages,
    ends,
    id_of_last,
)
from desktop.services.api.bitrix24.contacts.crm_family import Family
from desktop.services.api.bitrix24.contacts.wire_contacts import CONTACTS
from desktop.services.api.bitrix24.envelope import BatchReply

_ENDS = 8
"""Counted pages in one request: each may take the portal 20 µs for every contact that it has."""

_COMPANY_PAGES = 40


@dataclass(frozen=True, slots=True)
class Split:
    """The stretches behind those contacts that are read already, and how many there are in all."""

    stretches: tuple[Segment, ...]
    total: int | None


async def split_by_ids(
    client: Bitrix24Client, companies: Companies, family: Family, after: int
) -> Split:
    """The stretches above the id ``after``, which ends the first 2,500; on the way the names of
    companies are read.

    A portal that is too slow to count gives one stretch without an end.
    """
    total: int | None = None
    bounds: list[int] = []
    names_left: Segment | None = Segment(0)
    first = 1
    try:
        while len(bounds) == first - 1:
            names = company_pages(family, 0, _COMPANY_PAGES) if first == 1 else {}
            reply = await client.batch({**ends(family, _ENDS, first), **names})
            if names:
                names_left = companies.take(reply, _COMPANY_PAGES, Segment(0), family)
            numbers = range(first, first + _ENDS)
            total = max(reply.totals.get(f"e{number}", 0) for number in numbers) or total
            bounds += _bounds(reply, numbers, family)
            first += _ENDS
    except OutcomeUnknownError:
        total = None
    await companies.read_on(names_left, family, watched=True)
    return Split(_stretches(bounds, after, total), total)


def _stretches(bounds: list[int], after: int, total: int | None) -> tuple[Segment, ...]:
    if total is None or total > (len(bounds) + 1) * SEGMENT:
        bounds = [*bounds, 0]
    found = []
    for last in bounds:
        if last == 0 or last > after:
            found.append(Segment(after, last))
            after = last
    return tuple(found)


def _bounds(reply: BatchReply, numbers: range, family: Family) -> list[int]:
    """The last ids of the full stretches; the first one that is missing ends them."""
    found = []
    for number in numbers:
        last = id_of_last(reply, f"e{number}", family.reader(CONTACTS))
        if last is None:
            break
        found.append(last)
    return found
