"""NoNetworkAccount: any account in a run that may not use the network."""

from collections.abc import AsyncIterator, Mapping

from desktop.domain.account import Account
from desktop.domain.availability import BusyTime
from desktop.domain.calendar_edit import CalendarEdit
from desktop.domain.contact import Contact
from desktop.domain.crm import OwnField
from desktop.domain.errors import OfflineError
from desktop.domain.ids import RecordKind, RemoteId, UserId
from desktop.domain.sync import OutboxEntry, RemoteRecord
from desktop.domain.timespan import TimeSpan
from desktop.services.api.port import (
    ContactPage,
    DealPage,
    EventWindow,
    Identity,
    Pushed,
    RemoteDossier,
)


class NoNetworkAccount:
    """A `RemoteAccount` that is never reached: nothing is sent, and what is changed waits."""

    def __init__(self, account: Account) -> None:
        self._account = account

    @property
    def account(self) -> Account:
        """Which account this is."""
        return self._account

    async def check(self) -> Identity:
        """Raises `OfflineError`, as all the others do."""
        raise OfflineError

    def pull_contacts(self, cursor: str | None) -> AsyncIterator[ContactPage]:  # noqa: ARG002 - the port's
        """Not reached."""
        return _NoPages()

    async def sweep_contacts(self) -> frozenset[RemoteId]:
        """Not reached."""
        raise OfflineError

    async def pull_events(self, span: TimeSpan) -> EventWindow:  # noqa: ARG002 - the port's
        """Not reached."""
        raise OfflineError

    async def fetch(self, kind: RecordKind, remote_id: RemoteId) -> RemoteRecord | None:  # noqa: ARG002 - the port's
        """Not reached."""
        raise OfflineError

    async def push(self, entry: OutboxEntry, remote_id: RemoteId | None) -> Pushed:  # noqa: ARG002 - the port's
        """Not reached: certainly not carried out."""
        raise OfflineError

    async def look_up(self, entry: OutboxEntry) -> tuple[RemoteRecord, ...]:  # noqa: ARG002 - the port's
        """Not reached."""
        raise OfflineError

    async def dossier(
        self,
        remote_id: RemoteId,  # noqa: ARG002 - the port's
        fields: tuple[OwnField, ...],  # noqa: ARG002 - the port's
        *,
        watched: bool,  # noqa: ARG002 - the port's
    ) -> RemoteDossier:
        """Not reached."""
        raise OfflineError

    def pull_deals(self, cursor: str | None) -> AsyncIterator[DealPage]:  # noqa: ARG002 - the port's
        """Not reached."""
        return _NoDeals()

    async def own_fields(self) -> tuple[OwnField, ...]:
        """Not reached."""
        raise OfflineError

    async def duplicates(self, contact: Contact) -> tuple[RemoteRecord, ...]:  # noqa: ARG002 - the port's
        """Not reached."""
        raise OfflineError

    async def free_busy(
        self,
        users: tuple[UserId, ...],  # noqa: ARG002 - the port's
        span: TimeSpan,  # noqa: ARG002 - the port's
    ) -> Mapping[UserId, tuple[BusyTime, ...]]:
        """Not reached."""
        raise OfflineError

    async def edit_calendar(self, edit: CalendarEdit) -> None:  # noqa: ARG002 - the port's
        """Not reached."""
        raise OfflineError

    async def aclose(self) -> None:
        """Nothing is open."""


class _NoDeals:
    """Pages of which not even the first arrives."""

    def __aiter__(self) -> "_NoDeals":
        return self

    async def __anext__(self) -> DealPage:
        raise OfflineError


class _NoPages:
    """Pages of which not even the first arrives."""

    def __aiter__(self) -> "_NoPages":
        return self

    async def __anext__(self) -> ContactPage:
        raise OfflineError
