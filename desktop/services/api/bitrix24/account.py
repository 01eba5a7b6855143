"""Bitrix24Account: one user's contacts, meetings and calendar behind the common port."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime

from desktop.domain.account import Account
from desktop.domain.availability import BusyTime
from desktop.domain.calendar_edit import CalendarEdit
from desktop.domain.comment import Comment
from desktop.domain.contact import Contact
from desktop.domain.crm import OwnField
from desktop.domain.errors import AppError, IdentityChangedError, Refusal, RefusedError
from desktop.domain.event import Event
from desktop.domain.ids import RecordKind, RemoteId, UserId
from desktop.domain.sync import OutboxEntry, RemoteRecord, Verb
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.activities.activities import Activities
from desktop.services.api.bitrix24.calendar.accessibility import Accessibility
from desktop.services.api.bitrix24.calendar.calendar_pull import CalendarPull
from desktop.services.api.bitrix24.calendar.events_write import EventsWrite
from desktop.services.api.bitrix24.calendar.sections_write import SectionsWrite
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.contacts.companies import Companies
from desktop.services.api.bitrix24.contacts.contacts_pull import ContactsPull
from desktop.services.api.bitrix24.contacts.contacts_write import ContactsWrite
from desktop.services.api.bitrix24.contacts.crm_family import Families
from desktop.services.api.bitrix24.contacts.duplicates import Duplicates
from desktop.services.api.bitrix24.crm.comments import Comments
from desktop.services.api.bitrix24.crm.deals_pull import DealsPull
from desktop.services.api.bitrix24.crm.directories import Directories
from desktop.services.api.bitrix24.crm.dossiers import Dossiers
from desktop.services.api.bitrix24.people import PeopleLookup
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.probes import Probes
from desktop.services.api.bitrix24.signing_in.access import Access
from desktop.services.api.bitrix24.signing_in.sign_in import identify
from desktop.services.api.bitrix24.wire import user_number
from desktop.services.api.http import JsonHttp
from desktop.services.api.limits import RateLimiter
from desktop.services.api.port import (
    ContactPage,
    DealPage,
    EventWindow,
    Identity,
    Pushed,
    RemoteDossier,
)


class Bitrix24Account:
    """A `RemoteAccount`. ``clock`` tells the time in UTC; ``people`` what is known of contacts."""

    def __init__(
        self,
        account: Account,
        access: Access,
        *,
        http: JsonHttp,
        limiter: RateLimiter,
        people: PeopleLookup,
        clock: Callable[[], datetime],
        probes: Probes | None = None,
    ) -> None:
        self._account = account
        self._clock = clock
        self._client = Bitrix24Client(http, access, limiter)
        self._state = PortalState.of(account, probes)
        companies = Companies(self._client)
        families = Families(self._client, self._state)
        directories = Directories(self._client, clock)
        self._deals = DealsPull(self._client, self._state, families, directories, clock)
        self._dossiers = Dossiers(self._client, self._state, companies, families, directories)
        self._duplicates = Duplicates(self._client, self._state, companies, families)
        self._pull = ContactsPull(self._client, account.id, companies, families, clock)
        self._calendar = CalendarPull(self._client, self._state, clock)
        self._contacts = ContactsWrite(self._client, self._state, companies, families)
        self._comments = Comments(self._client, self._state, people)
        self._activities = Activities(self._client, self._state, people)
        self._accessibility = Accessibility(self._client, self._state)
        self._sections = SectionsWrite(self._client, self._state)
        self._events = EventsWrite(self._client, self._state, people, clock)

    @property
    def account(self) -> Account:
        """Which account this is."""
        return self._account

    async def check(self) -> Identity:
        """Who the credentials belong to now. Raises `IdentityChangedError`: an administrator who
        edits somebody's webhook becomes its owner.
        """
        identity = await identify(self._client, self._clock, self._state)
        known = self._account.user_id
        if known is not None and user_number(known) != user_number(identity.user_id):
            raise IdentityChangedError
        return identity

    async def pull_contacts(self, cursor: str | None) -> AsyncGenerator[ContactPage, None]:
        """All contacts without a cursor, else what changed; close it where it is left early."""
        async with aclosing(self._pull.pages(cursor)) as pages:
            async for page in pages:
                yield page

    async def sweep_contacts(self) -> frozenset[RemoteId]:
        """The ids of all contacts that exist."""
        return await self._pull.sweep()

    async def pull_events(self, span: TimeSpan) -> EventWindow:
        """Calendar events, meetings and calls that overlap ``span``, each once."""
        return await self._calendar.window(span)

    async def fetch(self, kind: RecordKind, remote_id: RemoteId) -> RemoteRecord | None:
        """The portal's copy now; None where it is gone."""
        if kind is RecordKind.CONTACT:
            return await self._contacts.fetch(remote_id)
        if kind is RecordKind.ACTIVITY:
            return await self._activities.fetch(remote_id)
        if kind is RecordKind.COMMENT:
            return await self._comments.fetch(remote_id)
        return await self._events.fetch(remote_id)

    async def push(self, entry: OutboxEntry, remote_id: RemoteId | None) -> Pushed:
        """Carries out one op, and reads back what the portal made of it."""
        written = await self._write(entry, remote_id)
        if entry.verb is Verb.DELETE:
            return Pushed(written)
        try:
            record = await self.fetch(entry.kind, written)
        except AppError:
            return Pushed(written)  # it was carried out: only the look at it failed
        if record is None:
            return Pushed(written)
        if entry.verb is Verb.CREATE:
            record = replace(record, marker=entry.op_id)
        return Pushed(written, record, record.revision)

    async def look_up(self, entry: OutboxEntry) -> tuple[RemoteRecord, ...]:
        """The portal's records that this create made; of other ops nothing carries a marker."""
        if entry.verb is not Verb.CREATE:
            return ()
        if entry.kind is RecordKind.CONTACT:
            return await self._contacts.look_up(entry)
        if entry.kind is RecordKind.ACTIVITY:
            return await self._activities.look_up(entry)
        if entry.kind is RecordKind.COMMENT:
            return await self._comments.look_up(entry)
        return await self._events.look_up(entry)

    async def dossier(
        self, remote_id: RemoteId, fields: tuple[OwnField, ...], *, watched: bool
    ) -> RemoteDossier:
        """Open deals, companies, the past and own fields of a contact: one request."""
        return await self._dossiers.read(remote_id, fields, watched=watched)

    async def pull_deals(self, cursor: str | None) -> AsyncGenerator[DealPage, None]:
        """The open deals of contacts; close it where it is left early."""
        async with aclosing(self._deals.pages(cursor)) as pages:
            async for page in pages:
                yield page

    async def own_fields(self) -> tuple[OwnField, ...]:
        """The fields that the portal's people have added to contacts."""
        return await self._dossiers.fields()

    async def duplicates(self, contact: Contact) -> tuple[RemoteRecord, ...]:
        """The portal's cards with the same number or address."""
        return await self._duplicates.of(contact)

    async def free_busy(
        self, users: tuple[UserId, ...], span: TimeSpan
    ) -> Mapping[UserId, tuple[BusyTime, ...]]:
        """What takes these colleagues' time: one request for all of them."""
        return await self._accessibility.read(users, span)

    async def edit_calendar(self, edit: CalendarEdit) -> None:
        """Makes, changes or deletes one of the user's own calendars."""
        await self._sections.carry_out(edit)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    async def _write(self, entry: OutboxEntry, remote: RemoteId | None) -> RemoteId:
        if entry.verb is Verb.CREATE:
            return await self._create(entry)
        if remote is None:
            raise RefusedError(Refusal.NOT_FOUND)
        if entry.verb is Verb.DELETE:
            await self._delete(entry, remote)
        else:
            await self._update(entry, remote)
        return remote

    async def _create(self, entry: OutboxEntry) -> RemoteId:
        wish = entry.wish
        if isinstance(wish, Contact):
            return await self._contacts.create(wish, entry.op_id)
        if isinstance(wish, Event) and entry.kind is RecordKind.ACTIVITY:
            return await self._activities.create(wish, entry.op_id)
        if isinstance(wish, Event) and entry.scope is not None:
            return await self._events.split(wish, entry.scope, entry.op_id)
        if isinstance(wish, Event):
            return await self._events.create(wish, entry.op_id)
        if isinstance(wish, Comment):
            return await self._comments.create(wish, entry.op_id)
        raise RefusedError(Refusal.OUR_BUG)

    async def _update(self, entry: OutboxEntry, remote: RemoteId) -> None:
        wish, base = entry.wish, entry.base
        if entry.scope is not None:
            # Looked at just before: the occurrence is still there, and no request leaves it out.
            raise RefusedError(Refusal.UNSUPPORTED, subject="occurrence")
        if isinstance(wish, Contact):
            await self._contacts.update(remote, wish, base if isinstance(base, Contact) else None)
        elif isinstance(wish, Event):
            event = base if isinstance(base, Event) else None
            if entry.kind is RecordKind.ACTIVITY:
                await self._activities.update(remote, wish, event)
            else:
                await self._events.update(remote, wish, event, repeated=entry.sends > 1)
        elif isinstance(wish, Comment):
            await self._comments.update(remote, wish)

    async def _delete(self, entry: OutboxEntry, remote: RemoteId) -> None:
        if entry.kind is RecordKind.CONTACT:
            await self._contacts.delete(remote)
        elif entry.kind is RecordKind.ACTIVITY:
            await self._activities.delete(remote)
        elif entry.kind is RecordKind.COMMENT:
            await self._comments.delete(remote, entry.base)
        else:
            base = entry.base
            await self._events.delete(remote, base if isinstance(base, Event) else None)
