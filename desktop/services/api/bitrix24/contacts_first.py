"""All contacts for the first time, in as few requests as there can be."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta

import msgspec

from desktop.domain.errors import AppError, OutcomeUnknownError
from desktop.domain.ids import AccountId
from desktop.domain.sync import RemoteRecord
from desktop.services.api.bitrix24.batch import LONGEST, PAGE, Command
from desktop.services.api.bitrix24.client import Bitrix24Client, chain
from desktop.services.api.bitrix24.companies import Companies
from desktop.services.api.bitrix24.contacts_cursor import Cursor, Segment, write_cursor
from desktop.services.api.bitrix24.contacts_query import (
    CONTACT_LIST,
    SEGMENT,
    company_pages,
    contact_pages,
    ends,
    id_of_last,
    read_chain,
)
from desktop.services.api.bitrix24.envelope import BatchReply
from desktop.services.api.bitrix24.values import as_int
from desktop.services.api.bitrix24.wire import each
from desktop.services.api.bitrix24.wire_contacts import (
    CONTACT_SELECT,
    CONTACTS,
    ContactRow,
    contact_record,
)
from desktop.services.api.http import PARALLEL
from desktop.services.api.port import ContactPage

CHUNK = 500
"""Contacts in one page: what the store writes in one transaction."""

_FIRST_ENDS = 11
_FIRST_COMPANIES = 36
_SHORT_CHAIN = 10
UNKNOWN_CLOCK = timedelta(minutes=5)
"""Where a server does not tell its time, changes are asked for from this much earlier."""

Answered = tuple[Segment, int, BatchReply | AppError]
"""What was asked for, in how many pages, and what came of it."""


class FirstPull:
    """The first sync: the ids that end every 2,500 contacts, then those stretches side by side.

    A stretch is bounded by ids on both sides, so that no page shifts when contacts come or go
    meanwhile; what comes is found by its change date afterwards.
    """

    def __init__(
        self,
        client: Bitrix24Client,
        account: AccountId,
        companies: Companies,
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._account = account
        self._companies = companies
        self._clock = clock

    async def pages(self, cursor: Cursor | None) -> AsyncGenerator[ContactPage, None]:
        """Pages as they come, not in the order of ids; each with the cursor to resume from."""
        if cursor is None:
            reply = await self._client.batch(_opening())
            names_left = self._companies.take(reply, _FIRST_COMPANIES, Segment(0))
            rows, count = CONTACTS.counted(reply.get("first"))
            cursor = await self._opened(reply, rows, count)
            yield _page(self._records(rows), cursor)
        else:
            names_left = Segment(0)
        if cursor.left:
            await self._companies.read_on(names_left, watched=True)
            async with aclosing(self._stretches(cursor)) as stretches:
                async for page in stretches:
                    yield page

    async def _opened(
        self, reply: BatchReply, first: Sequence[ContactRow], first_count: int
    ) -> Cursor:
        """The cursor after the opening: which stretches there are."""
        since = reply.time.started or self._clock() - UNKNOWN_CLOCK
        total = reply.totals.get("first") or None
        cursor = Cursor(since, done=len(first), total=total)
        if first_count < PAGE or total == first_count:
            return cursor
        bounds = _bounds(reply, range(_FIRST_ENDS))
        count = _FIRST_ENDS
        while len(bounds) == count:
            reply = await self._client.batch(ends(LONGEST, count))
            bounds += _bounds(reply, range(count, count + LONGEST))
            count += LONGEST
        if not total or total > len(bounds) * SEGMENT:
            bounds.append(0)
        after = (as_int(first[-1].id) or 0) if first else 0
        left = []
        for last in bounds:
            if last == 0 or last > after:
                left.append(Segment(after, last))
                after = last
        return msgspec.structs.replace(cursor, left=tuple(left))

    async def _stretches(self, cursor: Cursor) -> AsyncGenerator[ContactPage, None]:
        """Up to eight chains at once; each answer then becomes pages of 500 contacts.

        While a page is handed out nothing is under way, so that it may be left at any of them.
        """
        waiting = list(cursor.left)
        while waiting:
            wave, waiting = waiting[:PARALLEL], waiting[PARALLEL:]
            failure: AppError | None = None
            answers = await self._fetch_all(wave)
            while answers:
                segment, steps, reply = answers.pop(0)
                if isinstance(reply, AppError):
                    failure = failure or reply
                    continue
                try:
                    records, left = await asyncio.to_thread(self._read, reply, steps, segment)
                except AppError as error:
                    failure = failure or error
                    continue
                del reply  # its bytes are of no use any more
                if left is not None:
                    waiting.insert(0, left)
                for chunk, rest in _chunks(records, segment, left):
                    cursor = _advanced(cursor, segment, rest, len(chunk))
                    segment = rest or segment
                    yield _page(chunk, cursor)
            if failure is not None:
                raise failure

    async def _fetch_all(self, wave: Sequence[Segment]) -> list[Answered]:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._fetch(segment)) for segment in wave]
        return [task.result() for task in tasks]

    async def _fetch(self, segment: Segment) -> Answered:
        """A stretch's chain; a shorter one where the long one was cut off or too large."""
        steps = LONGEST
        if segment.last and segment.last - segment.after < SEGMENT:
            steps = -(-(segment.last - segment.after) // PAGE)
        while True:
            try:
                reply = await self._client.batch(contact_pages(segment, steps))
            except OutcomeUnknownError as error:
                if steps <= _SHORT_CHAIN:
                    return segment, steps, error
                steps = _SHORT_CHAIN
            except AppError as error:
                return segment, steps, error
            else:
                return segment, steps, reply

    def _read(
        self, reply: BatchReply, steps: int, segment: Segment
    ) -> tuple[list[RemoteRecord], Segment | None]:
        rows, left = read_chain(reply, chain("c", steps), CONTACTS, segment)
        return self._records(rows), left

    def _records(self, rows: Sequence[ContactRow]) -> list[RemoteRecord]:
        titles = self._companies.titles
        return each(rows, lambda row: contact_record(row, self._account, titles), "contact")


def _opening() -> dict[str, Command]:
    """The first page, the count, the ends of the first stretches and most companies' names."""
    first = Command(CONTACT_LIST, {"order": {"ID": "ASC"}, "select": CONTACT_SELECT, "start": 0})
    return {"first": first, **ends(_FIRST_ENDS), **company_pages(0, _FIRST_COMPANIES)}


def _bounds(reply: BatchReply, numbers: range) -> list[int]:
    """The last ids of the full stretches; the first one that is missing ends them."""
    found = []
    for number in numbers:
        last = id_of_last(reply, f"e{number}", CONTACTS)
        if last is None:
            break
        found.append(last)
    return found


def _chunks(
    records: Sequence[RemoteRecord], segment: Segment, left: Segment | None
) -> list[tuple[Sequence[RemoteRecord], Segment | None]]:
    """The records in portions, each with what is left of the segment once it is stored."""
    starts = range(0, max(len(records), 1), CHUNK)
    portions = []
    for start in starts:
        chunk = records[start : start + CHUNK]
        final = start + CHUNK >= len(records)
        rest = left if final else Segment(int(chunk[-1].remote_id), segment.last)
        portions.append((chunk, rest))
    return portions


def _advanced(cursor: Cursor, was: Segment, rest: Segment | None, count: int) -> Cursor:
    left = tuple(
        one if one != was else rest for one in cursor.left if one != was or rest is not None
    )
    return msgspec.structs.replace(
        cursor, left=tuple(one for one in left if one is not None), done=cursor.done + count
    )


def _page(records: Sequence[RemoteRecord], cursor: Cursor) -> ContactPage:
    return ContactPage(
        tuple(records), write_cursor(cursor), cursor.done, cursor.total, last=not cursor.left
    )
