"""InterchangeService: previews of files, imports that one decides on, exports."""

import asyncio
import re
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from enum import Enum
from pathlib import Path
from typing import Any

from desktop.domain.contact import Contact
from desktop.domain.errors import ReadOnlyError
from desktop.domain.event import Calendar, Event
from desktop.domain.ids import AccountId, CalendarId, EventId, RecordKind, new_uid
from desktop.domain.sync import Item, Verb
from desktop.services.interchange.completing import completed
from desktop.services.interchange.contacts_csv import (
    Column,
    Table,
    contacts_from,
    read_table,
    write_csv,
)
from desktop.services.interchange.content import (
    ContactsContent,
    DamagedEntry,
    Formats,
    IcsContent,
)
from desktop.services.interchange.files import read_chosen, write_chosen
from desktop.services.sync.recorder import Recorder
from desktop.services.sync.wish import Wish
from desktop.store.files import StoreFiles

BATCH = 500
"""Records of one transaction: an import is durable batch by batch, and the window stays alive."""

SHORTEST_NUMBER = 5


class Duplicates(Enum):
    """What becomes of an entry that is there already."""

    SKIP = "skip"
    UPDATE = "update"
    KEEP_BOTH = "keep both"


@dataclass(frozen=True, slots=True)
class EventsPreview:
    """What an import of events would bring. ``known`` are the entries whose UID is there."""

    content: IcsContent
    calendar: Calendar
    known: dict[EventId, Event]
    """New event -> the one that has its UID already."""

    @property
    def fresh(self) -> tuple[Event, ...]:
        """The entries that are not there yet."""
        return tuple(event for event in self.content.events if event.id not in self.known)


@dataclass(frozen=True, slots=True)
class ContactsPreview:
    """What an import of contacts would bring. ``known`` have a number or address that is there."""

    content: ContactsContent
    account_id: AccountId
    known: dict[str, Contact]
    """New contact's id -> the one that is there already."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, counted apart."""

    added: int
    updated: int
    skipped: int
    damaged: tuple[DamagedEntry, ...]


class InterchangeService:
    """Takes files over into local accounts and writes files for other programs.

    ``formats`` is asked for at the first file: what reads and writes it may be loaded then.
    """

    def __init__(
        self,
        files: StoreFiles,
        recorder: Recorder,
        clock: Callable[[], datetime],
        formats: Callable[[], Coroutine[Any, Any, Formats]],
    ) -> None:
        self._files = files
        self._recorder = recorder
        self._clock = clock
        self._formats = formats

    async def read_file(self, path: Path) -> bytes:
        """A chosen file, off the loop. Raises `InvalidInputError`."""
        return await asyncio.to_thread(read_chosen, path)

    async def write_file(self, path: Path, data: bytes) -> None:
        """Writes an export, off the loop. Raises `StoreFullError`."""
        await asyncio.to_thread(write_chosen, path, data)

    async def preview_ics(self, data: bytes, calendar: Calendar, zone: tzinfo) -> EventsPreview:
        """Looks at an iCalendar file. Raises `InvalidInputError`; changes nothing."""
        formats = await self._formats()
        content = await asyncio.to_thread(
            formats.read_ics,
            data,
            account_id=calendar.account_id,
            calendar_id=calendar.id,
            zone=zone,
            new_id=new_uid,
        )
        there = _by_identity(await self._events(calendar.account_id))
        known = {
            event.id: there[_identity(event)]
            for event in content.events
            if event.uid and _identity(event) in there
        }
        return EventsPreview(content, calendar, known)

    async def import_events(self, preview: EventsPreview, duplicates: Duplicates) -> Imported:
        """Takes the previewed events over. Raises `ReadOnlyError`, `StoreFullError`."""
        if not preview.calendar.writable:
            raise ReadOnlyError
        wishes: list[Wish] = []
        updated = skipped = 0
        renamed: dict[EventId, EventId] = {}
        for event in preview.content.events:
            there = preview.known.get(event.id)
            if there is None:
                wishes.append(_wish(RecordKind.EVENT, _retied(event, renamed)))
            elif duplicates is Duplicates.SKIP:
                skipped += 1
                renamed[event.id] = there.id
            elif duplicates is Duplicates.UPDATE:
                updated += 1
                renamed[event.id] = there.id
                newer = replace(_retied(event, renamed), id=there.id, contacts=there.contacts)
                wishes.append(_wish(RecordKind.EVENT, newer, there))
            else:
                # Two events with one UID would be told apart by nobody: the copy gets its own.
                wishes.append(_wish(RecordKind.EVENT, replace(event, uid=str(event.id))))
        await self._record(wishes)
        return Imported(len(wishes) - updated, updated, skipped, preview.content.damaged)

    async def preview_vcards(self, data: bytes, account_id: AccountId) -> ContactsPreview:
        """Looks at a vCard file. Raises `InvalidInputError`; changes nothing."""
        formats = await self._formats()
        content = await asyncio.to_thread(
            formats.read_vcards, data, account_id=account_id, new_id=new_uid
        )
        return await self._preview(content, account_id)

    async def read_csv(self, data: bytes) -> Table:
        """The cells of a CSV file and a guess of its columns. Raises `InvalidInputError`."""
        table = await asyncio.to_thread(read_table, data)
        remembered = await self._files.own.read(
            lambda own: own.settings.get(f"csv-columns:{table.signature}")
        )
        if remembered is None:
            return table
        names = remembered.split("\x1f")
        return replace(table, guess=tuple(Column(name) for name in names))

    async def preview_csv(
        self, table: Table, mapping: Sequence[Column], account_id: AccountId
    ) -> ContactsPreview:
        """The dry run: what the table brings with this mapping, which is remembered."""
        names = "\x1f".join(column.value for column in mapping)
        name = f"csv-columns:{table.signature}"
        await self._files.own.write(lambda own: own.settings.put(name, names))
        content = await asyncio.to_thread(
            contacts_from, table, mapping, account_id=account_id, new_id=new_uid
        )
        return await self._preview(content, account_id)

    async def import_contacts(self, preview: ContactsPreview, duplicates: Duplicates) -> Imported:
        """Takes the previewed contacts over. Raises `StoreFullError`."""
        wishes: list[Wish] = []
        updated = skipped = 0
        for contact in preview.content.contacts:
            there = preview.known.get(contact.id)
            if there is None or duplicates is Duplicates.KEEP_BOTH:
                wishes.append(_wish(RecordKind.CONTACT, contact))
            elif duplicates is Duplicates.SKIP:
                skipped += 1
            else:
                updated += 1
                wishes.append(_wish(RecordKind.CONTACT, completed(there, contact), there))
        await self._record(wishes)
        return Imported(len(wishes) - updated, updated, skipped, preview.content.damaged)

    async def export_ics(
        self, account_id: AccountId, calendar_id: CalendarId | None = None
    ) -> bytes:
        """All events of an account, or of one of its calendars, as an iCalendar file."""
        events = [
            event
            for event in await self._events(account_id)
            if calendar_id is None or event.calendar_id == calendar_id
        ]
        formats = await self._formats()
        return await asyncio.to_thread(formats.write_ics, events, now=self._clock())

    async def export_event(self, event_id: EventId) -> bytes:
        """One event as an iCalendar file."""
        event = await self._files.cache.read(lambda cache: cache.events.get(event_id))
        formats = await self._formats()
        return formats.write_ics([event] if event is not None else [], now=self._clock())

    async def export_vcards(self, account_id: AccountId) -> bytes:
        """All contacts of an account as vCards."""
        formats = await self._formats()
        return await asyncio.to_thread(formats.write_vcards, await self._contacts(account_id))

    async def export_csv(self, account_id: AccountId) -> bytes:
        """All contacts of an account as a table."""
        return await asyncio.to_thread(write_csv, await self._contacts(account_id))

    async def _preview(self, content: ContactsContent, account_id: AccountId) -> ContactsPreview:
        there = {
            mark: contact
            for contact in await self._contacts(account_id)
            for mark in _marks(contact)
        }
        known: dict[str, Contact] = {}
        for contact in content.contacts:
            match = next((there[mark] for mark in _marks(contact) if mark in there), None)
            if match is not None:
                known[contact.id] = match
        return ContactsPreview(content, account_id, known)

    async def _record(self, wishes: Sequence[Wish]) -> None:
        for first in range(0, len(wishes), BATCH):
            await self._recorder.record(wishes[first : first + BATCH])

    async def _events(self, account_id: AccountId) -> tuple[Event, ...]:
        items = await self._items(account_id, RecordKind.EVENT)
        return tuple(item.base for item in items if isinstance(item.base, Event))

    async def _contacts(self, account_id: AccountId) -> tuple[Contact, ...]:
        return await self._files.cache.read(lambda cache: tuple(cache.contacts.all(account_id)))

    async def _items(self, account_id: AccountId, kind: RecordKind) -> tuple[Item, ...]:
        items = await self._files.own.read(lambda own: own.items.of_account(account_id, kind))
        return tuple(item for item in items if not item.gone)


def _wish(kind: RecordKind, record: Event | Contact, there: Event | Contact | None = None) -> Wish:
    verb = Verb.CREATE if there is None else Verb.UPDATE
    return Wish(kind, verb, record.account_id, record.id, record, there)


def _by_identity(events: Iterable[Event]) -> dict[tuple[str, str], Event]:
    """Events by what a file calls them: one made here has its own id for a UID."""
    every = tuple(events)
    uids = {event.id: event.uid or str(event.id) for event in every}
    named = (
        replace(event, uid=uids.get(event.series_id or event.id, uids[event.id])) for event in every
    )
    return {_identity(name): event for name, event in zip(named, every, strict=True)}


def _identity(event: Event) -> tuple[str, str]:
    """What RFC 5545 tells events apart by: the UID, and the instance of a series."""
    start = event.original_start
    if isinstance(start, datetime):
        start = start.astimezone(UTC)
    return event.uid, start.isoformat() if start is not None else ""


def _retied(event: Event, renamed: dict[EventId, EventId]) -> Event:
    """An exception whose series is there already belongs to that one."""
    if event.series_id is None or event.series_id not in renamed:
        return event
    return replace(event, series_id=renamed[event.series_id])


def _marks(contact: Contact) -> Iterable[str]:
    """What makes two contacts the same person: a number or an address of their own."""
    for phone in contact.phones:
        digits = re.sub(r"\D", "", phone.value)
        if len(digits) >= SHORTEST_NUMBER:
            yield f"tel:{digits[-10:]}"
    for email in contact.emails:
        yield f"mail:{email.value.strip().lower()}"
