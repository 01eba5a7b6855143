"""The batches that read contacts: chains of pages in which each begins where the last one ended."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from desktop.domain.errors import OutcomeUnknownError
from desktop.services.api.bitrix24.batch import PAGE, Command, Value, last_id
from desktop.services.api.bitrix24.client import chain
from desktop.services.api.bitrix24.contacts.contacts_cursor import Segment
from desktop.services.api.bitrix24.contacts.crm_family import Entity, Family, Rows
from desktop.services.api.bitrix24.contacts.wire_contacts import (
    COMPANY_SELECT,
    CONTACT_SELECT,
    ContactRow,
)
from desktop.services.api.bitrix24.envelope import BatchReply
from desktop.services.api.bitrix24.values import as_int
from desktop.services.api.bitrix24.wire import Row

W = TypeVar("W", bound=Row)

SEGMENT = 2_500


def pages(
    name: str,
    method: str,
    select: Sequence[str],
    *,
    after: int,
    last: int = 0,
    steps: int = 50,
    where: Mapping[str, Value] | None = None,
) -> dict[str, Command]:
    """``steps`` pages by rising id, the first above ``after``; both bounds stand in each of them.

    A short page ends the chain: what the commands behind it answer is not to be read.
    """
    commands: dict[str, Command] = {}
    above: Value = after
    for step in chain(name, steps):
        bounds = _bounds(where, above, last)
        commands[step] = Command(
            method,
            {"filter": bounds, "order": {"ID": "ASC"}, "select": list(select), "start": -1},
        )
        above = last_id(step)
    return commands


def card_pages(
    name: str,
    family: Family,
    entity: Entity,
    select: Sequence[str],
    *,
    after: int,
    last: int = 0,
    steps: int = 50,
    where: Mapping[str, Value] | None = None,
) -> dict[str, Command]:
    """The same for cards, which come by one of two families of methods."""
    commands: dict[str, Command] = {}
    above: Value = after
    for step in chain(name, steps):
        commands[step] = family.page(entity, _bounds(where, above, last), select)
        above = family.last_id(step)
    return commands


def contact_pages(family: Family, segment: Segment, steps: int) -> dict[str, Command]:
    """A chain of full contact pages."""
    return card_pages(
        "c",
        family,
        Entity.CONTACT,
        CONTACT_SELECT,
        after=segment.after,
        last=segment.last,
        steps=steps,
    )


def company_pages(family: Family, after: int, steps: int) -> dict[str, Command]:
    """A chain of company names."""
    return card_pages("n", family, Entity.COMPANY, COMPANY_SELECT, after=after, steps=steps)


def ends(family: Family, count: int, first: int = 0) -> dict[str, Command]:
    """For each stretch of 2,500 contacts the page that holds its last id."""
    return {
        f"e{number}": family.page(Entity.CONTACT, {}, ("ID",), start=(number + 1) * SEGMENT - PAGE)
        for number in range(first, first + count)
    }


def read_chain(
    reply: BatchReply, names: Sequence[str], reader: Rows[W], segment: Segment
) -> tuple[list[W], Segment | None]:
    """The rows of a chain in order, and what of the segment is left to read (None: nothing).

    Raises the error of a command that was reached and failed, and `OutcomeUnknownError` where
    the portal does not heed the bounds.
    """
    found: list[W] = []
    after = segment.after
    for name in names:
        rows, count = reader.counted(reply.get(name))
        for row in rows:
            number = as_int(row.id)
            if number is None:
                continue
            if segment.last and number > segment.last:
                return found, None
            if number <= after:
                # The page before ended in a row that is none, so this one began anywhere.
                return found, _rest(segment, after)
            found.append(row)
            after = number
        if count < PAGE or after == segment.last:
            return found, None
    return found, _rest(segment, after)


def _rest(segment: Segment, after: int) -> Segment:
    if after <= segment.after:
        raise OutcomeUnknownError
    return Segment(after, segment.last)


def id_of_last(reply: BatchReply, name: str, reader: Rows[ContactRow]) -> int | None:
    """The id in the last row of a full page; None where the page is shorter, or missing."""
    raw = reply.find(name)
    rows = reader.rows(raw) if raw is not None else []
    return as_int(rows[-1].id) if len(rows) == PAGE else None


def _bounds(where: Mapping[str, Value] | None, above: Value, last: int) -> dict[str, Value]:
    bounds: dict[str, Value] = {**(where or {}), ">ID": above}
    if last:
        bounds["<=ID"] = last
    return bounds
