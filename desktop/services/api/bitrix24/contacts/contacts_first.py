"""All contacts for the first time, in as few requests as there can be."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from desktop.domain.errors import AppError, OutcomeUnknownError
from desktop.domain.ids import AccountId
from desktop.domain.sync import RemoteRecord
from desktop.services.api.bitrix24.batch import LONGEST, PAGE
from desktop.services.api.bitrix24.client import Bitrix24Client, chain
from desktop.services.api.bitrix24.contacts.companies import Companies
from desktop.services.api.bitrix24.contacts.contacts_cursor import Cursor, Segment, write_cursor
from desktop.services.api.bitrix24.contacts.contacts_query import (
    SEGMENT,
    contact_pages,
    read_chain,
)
from desktop.services.api.bitrix24.contacts.contacts_split import split_by_ids
from desktop.services.api.bitrix24.contacts.crm_family import OLD_FAMILY, Entity, Families
from desktop.services.api.bitrix24.contacts.wire_contacts import (
    CONTACTS,
    ContactRow,
    contact_record,
)
from desktop.services.api.bitrix24.envelope import BatchReply
from desktop.services.api.bitrix24.values import as_id
from desktop.services.api.bitrix24.wire import each
from desktop.services.api.http import PARALLEL
from desktop.services.api.port import ContactPage

CHUNK = 500
"""Contacts in one page: what the store writes in one transaction."""

EARLY = 100
"""Contacts that are handed out at once, before the rest is known; they come again."""

SLOW_S = 2.5
"""A portal that has not answered by then is asked for a few people beside."""

UNKNOWN_CLOCK = timedelta(minutes=5)
"""Where a server does not tell its time, changes are asked for from this much earlier."""

_SHORT_CHAIN = 10
_EARLY_PAGES = 4
_BEGINNING = Segment(0)

Answered = tuple[Segment, int, BatchReply | AppError]
"""What was asked for, in how many pages, and what came of it."""


@dataclass(frozen=True, slots=True)
class Read:
    """What an answer held, or why it held nothing; ``left`` of its segment is to be asked for."""

    segment: Segment
    records: Sequence[RemoteRecord] = ()
    left: Segment | None = None
    failure: AppError | None = None


class FirstPull:
    """The first sync: 2,500 contacts, the ids that end every further 2,500, then those stretches
    side by side.

    A stretch is bounded by ids on both sides, so that no page shifts when contacts come or go
    meanwhile; what comes is found by its change date afterwards.
    """

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
        self._family = OLD_FAMILY

    async def pages(self, cursor: Cursor | None) -> AsyncGenerator[ContactPage, None]:
        """Pages as they come, not in the order of ids; each with the cursor to resume from."""
        self._family = await self._families.of(Entity.CONTACT)
        if cursor is None or cursor.left == (_BEGINNING,):
            pull = self._from_the_beginning()
        else:
            await self._companies.read_on(Segment(0), self._family, watched=True)
            pull = self._stretches(cursor)
        async with aclosing(pull):
            async for page in pull:
                yield page

    async def _from_the_beginning(self) -> AsyncGenerator[ContactPage, None]:
        asked = asyncio.gather(self._fetch(_BEGINNING))
        told = 0
        try:
            answered, _waiting = await asyncio.wait({asked}, timeout=SLOW_S)
            if not answered and (page := await self._first_people()) is not None:
                told = len(page.records)
                yield page
            [(_segment, steps, reply)] = await asked
        finally:
            asked.cancel()
            await asyncio.gather(asked, return_exceptions=True)
        if isinstance(reply, AppError):
            raise reply
        rows, left = await asyncio.to_thread(
            read_chain, reply, chain("c", steps), self._family.reader(CONTACTS), _BEGINNING
        )
        since = reply.time.started or self._clock() - UNKNOWN_CLOCK
        del asked, reply  # a long answer is not kept while the others are read
        if left is None:
            firms = (as_id(row.company_id) for row in rows)
            await self._companies.need(firms, self._family, watched=True)
            cursor = Cursor(since, (_BEGINNING,), total=len(rows))
            read = _BEGINNING
        else:
            # The portal counts slowly: meanwhile there are some people to look at.
            early = rows[told : told + EARLY]
            cursor = Cursor(since, (_BEGINNING,), done=told + len(early))
            yield _page(self._records(early), cursor)
            split = await split_by_ids(self._client, self._companies, self._family, left.after)
            read = Segment(0, left.after)
            cursor = Cursor(since, (read, *split.stretches), total=split.total)
        records = await asyncio.to_thread(self._records, rows)
        for chunk, rest in _chunks(records, read, None):
            cursor = _advanced(cursor, read, rest, len(chunk))
            read = rest or read
            yield _page(chunk, cursor)
        del rows, records, chunk
        async with aclosing(self._stretches(cursor)) as stretches:
            async for page in stretches:
                yield page

    async def _first_people(self) -> ContactPage | None:
        """Somebody to look at while a slow portal works on the first 2,500; they come again."""
        try:
            reply = await self._client.batch(contact_pages(self._family, _BEGINNING, _EARLY_PAGES))
            reader = self._family.reader(CONTACTS)
            rows, _left = read_chain(reply, chain("c", _EARLY_PAGES), reader, _BEGINNING)
        except AppError:
            return None  # the long request tells what is wrong
        since = reply.time.started or self._clock() - UNKNOWN_CLOCK
        return _page(self._records(rows), Cursor(since, (_BEGINNING,), done=len(rows)))

    async def _stretches(self, cursor: Cursor) -> AsyncGenerator[ContactPage, None]:
        """Up to eight chains at once; each answer then becomes pages of 500 contacts.

        While a page is handed out no request is under way, so that it may be left at any of
        them; a thread reads the next answer meanwhile.
        """
        waiting = list(cursor.left)
        while waiting:
            wave, waiting = waiting[:PARALLEL], waiting[PARALLEL:]
            answers = await self._fetch_all(wave)
            failure: AppError | None = None
            ahead = self._read_ahead(answers)
            while ahead is not None:
                read = await ahead
                ahead = self._read_ahead(answers)
                if read.failure is not None:
                    failure = failure or read.failure
                    continue
                if read.left is not None:
                    waiting.insert(0, read.left)
                segment = read.segment
                for chunk, rest in _chunks(read.records, segment, read.left):
                    cursor = _advanced(cursor, segment, rest, len(chunk))
                    segment = rest or segment
                    yield _page(chunk, cursor)
            if failure is not None:
                raise failure

    def _read_ahead(self, answers: list[Answered]) -> asyncio.Future[Read] | None:
        """Has a thread read the next answer; its bytes are given up as soon as that is done."""
        if not answers:
            return None
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(None, self._read, answers.pop(0))

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
                reply = await self._client.batch(contact_pages(self._family, segment, steps))
            except OutcomeUnknownError as error:
                if steps <= _SHORT_CHAIN:
                    return segment, steps, error
                steps = _SHORT_CHAIN
            except AppError as error:
                return segment, steps, error
            else:
                return segment, steps, reply

    def _read(self, answered: Answered) -> Read:
        segment, steps, reply = answered
        if isinstance(reply, AppError):
            return Read(segment, failure=reply)
        try:
            reader = self._family.reader(CONTACTS)
            rows, left = read_chain(reply, chain("c", steps), reader, segment)
        except AppError as error:
            return Read(segment, failure=error)
        return Read(segment, self._records(rows), left)

    def _records(self, rows: Sequence[ContactRow]) -> list[RemoteRecord]:
        titles = self._companies.titles
        return each(rows, lambda row: contact_record(row, self._account, titles), "contact")


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
