"""LocalAccount: this computer only. Everything is durable before it would be pushed."""

from collections.abc import AsyncIterator, Mapping

from desktop.domain.account import Account
from desktop.domain.availability import BusyTime
from desktop.domain.calendar_edit import CalendarEdit
from desktop.domain.contact import Contact
from desktop.domain.crm import OwnField
from desktop.domain.errors import Refusal, RefusedError
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

ME = UserId("me")


class LocalAccount:
    """A `RemoteAccount` without a remote side: it has nothing to pull and nothing left to push."""

    def __init__(self, account: Account) -> None:
        self._account = account

    @property
    def account(self) -> Account:
        """Which account this is."""
        return self._account

    async def check(self) -> Identity:
        """Whoever uses this computer may do everything."""
        return Identity(ME, self._account.user_name, self._account.capabilities)

    async def pull_contacts(self, cursor: str | None) -> AsyncIterator[ContactPage]:
        """One page that is the last and brings nothing."""
        yield ContactPage((), cursor or "", last=True)

    async def sweep_contacts(self) -> frozenset[RemoteId]:
        """There are no ids but our own."""
        return frozenset()

    async def pull_events(self, span: TimeSpan) -> EventWindow:
        """Nothing: the store itself is the truth."""
        return EventWindow(span, (), ())

    async def fetch(self, kind: RecordKind, remote_id: RemoteId) -> RemoteRecord | None:  # noqa: ARG002 - the port's
        """There is no second copy of anything."""
        return None

    async def push(self, entry: OutboxEntry, remote_id: RemoteId | None) -> Pushed:
        """The wish is done as soon as it is stored."""
        return Pushed(remote_id or RemoteId(entry.item_uid))

    async def look_up(self, entry: OutboxEntry) -> tuple[RemoteRecord, ...]:  # noqa: ARG002 - the port's
        """Nothing was ever sent."""
        return ()

    async def dossier(
        self,
        remote_id: RemoteId,  # noqa: ARG002 - the port's
        fields: tuple[OwnField, ...],  # noqa: ARG002 - the port's
        *,
        watched: bool,  # noqa: ARG002 - the port's
    ) -> RemoteDossier:
        """This computer knows nothing beside the card."""
        return RemoteDossier()

    async def pull_deals(self, cursor: str | None) -> AsyncIterator[DealPage]:
        """There are no deals here."""
        yield DealPage((), cursor=cursor or "", last=True)

    async def own_fields(self) -> tuple[OwnField, ...]:
        """Nobody adds fields here."""
        return ()

    async def duplicates(self, contact: Contact) -> tuple[RemoteRecord, ...]:  # noqa: ARG002 - the port's
        """The cache is asked while one types; there is nobody else to ask."""
        return ()

    async def free_busy(
        self,
        users: tuple[UserId, ...],  # noqa: ARG002 - the port's
        span: TimeSpan,  # noqa: ARG002 - the port's
    ) -> Mapping[UserId, tuple[BusyTime, ...]]:
        """There are no colleagues here."""
        return {}

    async def edit_calendar(self, edit: CalendarEdit) -> None:  # noqa: ARG002 - the port's
        """The calendars of this computer are kept by their service."""
        raise RefusedError(Refusal.UNSUPPORTED)

    async def aclose(self) -> None:
        """Nothing is open."""
