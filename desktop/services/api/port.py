"""RemoteAccount: what every account can do, whichever system it speaks with."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from desktop.domain.account import Account, Capabilities, User
from desktop.domain.availability import BusyTime
from desktop.domain.calendar_edit import CalendarEdit
from desktop.domain.contact import Contact
from desktop.domain.crm import (
    Block,
    CompanyLink,
    Deal,
    Lead,
    OwnField,
    OwnValue,
    TimelineEntry,
)
from desktop.domain.customs import Customs
from desktop.domain.event import Calendar
from desktop.domain.ids import RecordKind, RemoteId, Revision, UserId
from desktop.domain.sync import OutboxEntry, RemoteRecord
from desktop.domain.timespan import TimeSpan


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose credentials these are, and what they allow."""

    user_id: UserId
    user_name: str
    capabilities: Capabilities
    time_zone: str = ""
    admin: bool = False
    clock_offset_s: float = 0.0
    scopes: tuple[str, ...] = ()
    customs: Customs | None = None
    """What is usual there; None where the server does not tell."""
    installed: bool = True
    """Otherwise only administrators may use the application yet."""
    paid: bool = True
    """Otherwise what the application's use was paid for has ended."""
    fast: bool = False
    """The portal's plan lets programs ask more often than others do."""


@dataclass(frozen=True, slots=True)
class ContactPage:
    """Some contacts, and the cursor to store with them in the same transaction.

    ``done`` and ``total`` are for the progress bar. ``last`` closes the pull. Applying a page
    twice equals once. ``seen`` is given by an id sweep instead of records: what exists.
    """

    records: tuple[RemoteRecord, ...]
    cursor: str
    done: int = 0
    total: int | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class EventWindow:
    """Everything that the server has between two instants: what is not in it is gone there."""

    span: TimeSpan
    records: tuple[RemoteRecord, ...]
    occurrences: tuple["RemoteOccurrence", ...]
    calendars: tuple[Calendar, ...] = ()
    users: tuple[User, ...] = ()


@dataclass(frozen=True, slots=True)
class RemoteOccurrence:
    """One instance of a recurring record as the server expanded it."""

    kind: RecordKind
    remote_id: RemoteId
    start: datetime
    end: datetime
    original_start: str
    """ISO date of the occurrence in the event's zone: what tells it apart within its series."""
    all_day: bool = False


@dataclass(frozen=True, slots=True)
class Pushed:
    """The answer to a write that was carried out. ``record`` is the copy read back, if it was."""

    remote_id: RemoteId
    record: RemoteRecord | None = None
    revision: Revision | None = None


@dataclass(frozen=True, slots=True)
class RemoteDeal:
    """An open deal, and the server's id of the contact whose it is."""

    contact: RemoteId
    deal: Deal


@dataclass(frozen=True, slots=True)
class DealPage:
    """Some deals. ``gone`` names those that are not to be shown any more.

    ``whole``: this begins a reading of all deals, those known before are forgotten. ``last`` closes
    the pull, and only then ``cursor`` is to be stored.
    """

    deals: tuple[RemoteDeal, ...]
    gone: frozenset[str] = frozenset()
    cursor: str = ""
    whole: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class RemoteDossier:
    """What a server knows of a contact beside the card, newest first.

    Authors of ``past`` are users' ids. A block in ``problems`` could not be read, and why (a value
    of `Refusal` or `Unreachable`); the others were.
    """

    deals: tuple[Deal, ...] = ()
    leads: tuple[Lead, ...] = ()
    companies: tuple[CompanyLink, ...] = ()
    past: tuple[TimelineEntry, ...] = ()
    comments: tuple[RemoteRecord, ...] = ()
    fields: tuple[OwnValue, ...] = ()
    problems: Mapping[Block, str] = field(default_factory=dict)


class RemoteAccount(Protocol):
    """One signed-in system. Every method may raise `OfflineError`, `OutcomeUnknownError`
    (for reads: no usable answer) or `RefusedError`; cancelling a write leaves its outcome unknown.
    """

    @property
    def account(self) -> Account:
        """Which account this is."""
        ...

    async def check(self) -> Identity:
        """One cheap round trip: who we are and what is allowed.

        Raises `IdentityChangedError` where the credentials now belong to somebody else.
        """
        ...

    def pull_contacts(self, cursor: str | None) -> AsyncIterator[ContactPage]:
        """All contacts (``cursor`` None), or those changed since.

        The cursor is opaque; a pull can be resumed after each page.
        """
        ...

    async def sweep_contacts(self) -> frozenset[RemoteId]:
        """The ids of all contacts that exist, to notice deletions."""
        ...

    async def pull_events(self, span: TimeSpan) -> EventWindow:
        """Everything in the account's calendars that overlaps ``span``."""
        ...

    async def fetch(self, kind: RecordKind, remote_id: RemoteId) -> RemoteRecord | None:
        """The server's copy now; None where it is gone."""
        ...

    async def push(self, entry: OutboxEntry, remote_id: RemoteId | None) -> Pushed:
        """Carries out one op: exactly one writing request. Never retried below the outbox.

        For an update, ``entry.base`` is the copy read just before; only changed fields are sent.
        """
        ...

    async def look_up(self, entry: OutboxEntry) -> tuple[RemoteRecord, ...]:
        """The server's rows with this op's marker, lowest id first, compared again on our side.

        Empty means: a complete and successful search found none.
        """
        ...

    async def dossier(
        self, remote_id: RemoteId, fields: tuple[OwnField, ...], *, watched: bool
    ) -> RemoteDossier:
        """Deals, companies, the past and ``fields`` of a contact; ``watched``: somebody waits."""
        ...

    def pull_deals(self, cursor: str | None) -> AsyncIterator[DealPage]:
        """The open deals of all contacts (``cursor`` None), or those changed since."""
        ...

    async def own_fields(self) -> tuple[OwnField, ...]:
        """The fields that the server's people have added to contacts."""
        ...

    async def duplicates(self, contact: Contact) -> tuple[RemoteRecord, ...]:
        """The contacts that share a number or an address with one that is to be made.

        Empty also where the server cannot be asked that.
        """
        ...

    async def free_busy(
        self, users: tuple[UserId, ...], span: TimeSpan
    ) -> Mapping[UserId, tuple[BusyTime, ...]]:
        """What takes these colleagues' time within ``span``, whatever overlaps it, by start.

        Whoever is left out is not known: that is no free time.
        """
        ...

    async def edit_calendar(self, edit: CalendarEdit) -> None:
        """Makes, changes or deletes one of the user's calendars: exactly one writing request."""
        ...

    async def aclose(self) -> None:
        """Closes connections; what is under way ends as unknown."""
        ...
