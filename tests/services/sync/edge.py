"""A server in memory behind `RemoteAccount`: the edge, told what to do by a test."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import UTC

from desktop.domain.account import Account, Capabilities
from desktop.domain.availability import BusyTime
from desktop.domain.calendar_edit import CalendarEdit
from desktop.domain.comment import Comment
from desktop.domain.contact import Contact
from desktop.domain.crm import OwnField
from desktop.domain.event import Calendar, Event
from desktop.domain.ids import (
    CommentId,
    ContactId,
    EventId,
    OpId,
    RecordKind,
    RemoteId,
    Revision,
    UserId,
    server_uid,
)
from desktop.domain.sync import OutboxEntry, Record, RemoteRecord, Verb
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.services.api.port import (
    ContactPage,
    DealPage,
    EventWindow,
    Identity,
    Pushed,
    RemoteDossier,
)
from tests.builders import kind_of

Address = tuple[RecordKind, RemoteId]


class Edge:
    """``fail`` is asked before each request: it may raise, or wait. ``after`` is asked after a
    write was carried out and before it is answered."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.rows: dict[Address, RemoteRecord] = {}
        self.calendars: tuple[Calendar, ...] = ()
        self.page_size = 50
        self.calls: list[str] = []
        self.pushed: list[OutboxEntry] = []
        self.windows: list[TimeSpan] = []
        self.fail: Callable[[str], Exception | None] = lambda _call: None
        self.after: Callable[[str], Exception | None] = lambda _call: None
        self.heard: Callable[[], None] = lambda: None
        self.gate: asyncio.Event | None = None
        self.hidden: set[Address] = set()
        """Rows that lists leave out, as after lost rights."""
        self.search_works = True
        self.user_id = UserId("7")
        self.closed = False
        self._next = 1000
        self.dossiers: dict[RemoteId, RemoteDossier] = {}
        self.deal_pages: tuple[DealPage, ...] = ()
        self.fields: tuple[OwnField, ...] = ()
        self.asked_fields: tuple[OwnField, ...] = ()
        self.twins: tuple[RemoteRecord, ...] = ()
        """Whom the server takes for the same as anybody who is to be made."""
        self.capabilities = Capabilities()
        self.busy: dict[UserId, tuple[BusyTime, ...]] = {}
        """What takes the time of colleagues; of others it is not known."""
        self.busy_asked: list[tuple[tuple[UserId, ...], TimeSpan]] = []
        self.calendar_edits: list[CalendarEdit] = []

    @property
    def account(self) -> Account:
        return self._account

    def put(self, record: Record, remote_id: str, marker: OpId | None = None) -> RemoteRecord:
        """A row as if somebody else had written it."""
        kind = kind_of(record)
        address = (kind, RemoteId(remote_id))
        old = self.rows.get(address)
        revision = Revision(str(int(old.revision) + 1 if old else 1))
        row = RemoteRecord(
            kind, address[1], revision, self._named(record, address), marker or _marker(old)
        )
        self.rows[address] = row
        return row

    def _named(self, record: Record, address: Address) -> Record:
        uid = server_uid(self._account.id, *address)
        if isinstance(record, Contact):
            return replace(record, id=ContactId(uid))
        if isinstance(record, Comment):
            return replace(record, id=CommentId(uid))
        return replace(record, id=EventId(uid))

    async def _request(self, call: str) -> None:
        self.calls.append(call)
        self.heard()
        await asyncio.sleep(0)
        error = self.fail(call)
        if error is not None:
            raise error

    async def check(self) -> Identity:
        await self._request("check")
        return Identity(self.user_id, "Anna", self.capabilities, "Europe/Moscow")

    async def pull_contacts(self, cursor: str | None) -> AsyncIterator[ContactPage]:
        rows = [
            row
            for address, row in sorted(self.rows.items(), key=lambda item: int(item[0][1]))
            if address[0] is RecordKind.CONTACT and address not in self.hidden
        ]
        seen = int(cursor or 0)
        start = min(seen, len(rows))
        while True:
            await self._request("contacts")
            part = tuple(rows[start : start + self.page_size])
            start += len(part)
            last = start >= len(rows)
            yield ContactPage(part, str(start), start, len(rows), last)
            if last:
                return

    async def sweep_contacts(self) -> frozenset[RemoteId]:
        await self._request("sweep")
        return frozenset(
            remote_id
            for kind, remote_id in self.rows
            if kind is RecordKind.CONTACT and (kind, remote_id) not in self.hidden
        )

    async def pull_events(self, span: TimeSpan) -> EventWindow:
        await self._request("events")
        self.windows.append(span)
        rows = tuple(
            row
            for address, row in self.rows.items()
            if address not in self.hidden
            and isinstance(row.record, Event)
            and _span(row.record).overlaps(span)
        )
        return EventWindow(span, rows, (), self.calendars)

    async def fetch(self, kind: RecordKind, remote_id: RemoteId) -> RemoteRecord | None:
        await self._request("fetch")
        return self.rows.get((kind, remote_id))

    async def push(self, entry: OutboxEntry, remote_id: RemoteId | None) -> Pushed:
        await self._request(f"push {entry.verb.value}")
        if self.gate is not None:
            await self.gate.wait()
        self.pushed.append(entry)
        if entry.verb is Verb.DELETE:
            assert remote_id is not None
            self.rows.pop((entry.kind, remote_id), None)
            pushed = Pushed(remote_id)
        else:
            assert entry.wish is not None
            if entry.verb is Verb.CREATE:
                self._next += 1
                remote_id = RemoteId(str(self._next))
                row = self.put(entry.wish, remote_id, entry.op_id)
            else:
                assert remote_id is not None
                row = self.put(entry.wish, remote_id)
            pushed = Pushed(row.remote_id, row, row.revision)
        error = self.after(f"push {entry.verb.value}")
        if error is not None:
            raise error
        return pushed

    async def look_up(self, entry: OutboxEntry) -> tuple[RemoteRecord, ...]:
        await self._request("look up")
        if not self.search_works:
            return ()
        return tuple(row for row in self.rows.values() if row.marker == entry.op_id)

    async def dossier(
        self, remote_id: RemoteId, fields: tuple[OwnField, ...], *, watched: bool
    ) -> RemoteDossier:
        await self._request("dossier" if watched else "dossier ahead")
        self.asked_fields = fields
        return self.dossiers.get(remote_id, RemoteDossier())

    async def pull_deals(self, cursor: str | None) -> AsyncIterator[DealPage]:
        await self._request("deals" if cursor is None else "changed deals")
        for page in self.deal_pages:
            yield page

    async def own_fields(self) -> tuple[OwnField, ...]:
        await self._request("own fields")
        return self.fields

    async def free_busy(
        self, users: tuple[UserId, ...], span: TimeSpan
    ) -> Mapping[UserId, tuple[BusyTime, ...]]:
        await self._request("free busy")
        self.busy_asked.append((users, span))
        return {user: self.busy[user] for user in users if user in self.busy}

    async def duplicates(self, contact: Contact) -> tuple[RemoteRecord, ...]:
        if not self.twins:
            return ()
        await self._request("duplicates")
        return self.twins

    async def edit_calendar(self, edit: CalendarEdit) -> None:
        await self._request(f"{edit.verb.value} calendar")
        self.calendar_edits.append(edit)

    async def aclose(self) -> None:
        self.closed = True


def _marker(old: RemoteRecord | None) -> OpId | None:
    return None if old is None else old.marker


def _span(event: Event) -> TimeSpan:
    return event.when.in_zone(UTC) if isinstance(event.when, DateSpan) else event.when
