"""AccountService: add, test and remove accounts."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from desktop.domain.account import Account, AccountKind, Capabilities
from desktop.domain.errors import InvalidInputError, NotFoundError
from desktop.domain.event import Calendar, Recording
from desktop.domain.ids import AccountId, CalendarId, RecordKind, new_uid
from desktop.domain.sample import sample_events, sample_people
from desktop.domain.sync import Verb
from desktop.services.api.bitrix24.address import WebhookAddress, parse_webhook
from desktop.services.api.port import RemoteAccount
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.kept_customs import keep_customs
from desktop.services.local_calendars import (
    calendars_in,
    drop_calendars,
    first_calendar,
    keep_calendars,
)
from desktop.services.settings import drop_names_of
from desktop.services.sign_in.account_secrets import Secrets, forget_secrets
from desktop.services.sign_in.app_sign_in import AppSignIn
from desktop.services.sign_in.connection import ConnectionReport, report_of
from desktop.services.sign_in.engines import Engines
from desktop.services.sign_in.moving import PortalMoves
from desktop.services.sign_in.signing_in import (
    drop_other_secrets,
    free_color,
    keep_probed,
    keep_secrets,
    renewed,
)
from desktop.services.sync.recorder import Recorder
from desktop.services.sync.status import summary_of
from desktop.services.sync.tasks import Tasks
from desktop.services.sync.wish import Wish
from desktop.services.undo import UndoService
from desktop.store.cache import CacheTables
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables

AccountFactory = Callable[[Account, str], Awaitable[RemoteAccount]]
"""Makes the client of an account, given its secret. Loads what that takes when first called."""

T = TypeVar("T")
LOCAL_CAPABILITIES = Capabilities(responsible=False, reminders=5)


@dataclass(frozen=True, slots=True)
class RemovalPreview:
    """What goes when an account is removed."""

    waiting: tuple[str, ...]
    """Titles and names of changes that have not reached the server: they would be lost."""
    contacts: int
    events: int
    own: bool
    """It is on this computer only: what goes is nowhere else."""


class AccountService:
    """The accounts of the profile."""

    def __init__(
        self,
        files: StoreFiles,
        secrets: Secrets,
        connect: AccountFactory,
        engines: Engines,
        recorder: Recorder,
        undo: UndoService,
        feed: ChangeFeed,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        *,
        apps: AppSignIn,
        moves: PortalMoves,
    ) -> None:
        self._files = files
        self._secrets = secrets
        self._connect = connect
        self._engines = engines
        self._recorder = recorder
        self._undo = undo
        self._feed = feed
        self._clock = clock
        self._zone = zone
        self._tasks = Tasks()
        self.apps = apps
        """Signing in as an application, up to what `add_bitrix24` takes."""
        self.moves = moves
        """What becomes of portals that have moved."""

    async def all(self) -> tuple[Account, ...]:
        """Every account, in the order of adding."""
        return await self._files.own.read(lambda own: own.accounts.all())

    async def restore_calendars(self) -> None:
        """At start: the calendars of this computer, should the cache have been made anew."""

        def read(own: OwnTables) -> list[Calendar]:
            local = [one for one in own.accounts.all() if one.kind is AccountKind.LOCAL]
            return [one for account in local for one in calendars_in(own, account.id)]

        await self._show_calendars(await self._files.own.read(read))

    # This computer

    async def add_local(
        self, *, sample: bool = False, title: str = "", calendar: str = ""
    ) -> Account:
        """An account on this computer, with one calendar; with ``sample`` full of invented data.

        ``title`` and ``calendar`` are names in the user's language.
        """
        return await self._whole(self._add_local(sample, title, calendar))

    async def _add_local(self, sample: bool, title: str, calendar: str) -> Account:
        account = Account(
            id=AccountId(new_uid()),
            kind=AccountKind.LOCAL,
            title=title or ("Sample data" if sample else "This computer"),
            time_zone=self._zone.key,
            capabilities=LOCAL_CAPABILITIES,
            sample=sample,
            made_at=self._clock(),
        )
        first = first_calendar(account.id, calendar or account.title)

        def write(own: OwnTables) -> None:
            own.accounts.put(account)
            keep_calendars(own, account.id, [first])

        await self._files.own.write(write)
        await self._show_calendars([first])
        if sample:
            await self._recorder.record(self._sample(account.id, first.id))
        await self._engines.add_account(account)
        self._tell(account.id)
        return account

    async def add_calendar(self, account_id: AccountId, name: str, color: str) -> Calendar:
        """One more calendar of an account on this computer. Raises `NotFoundError`."""
        calendar = Calendar(CalendarId(f"{account_id}:{new_uid()}"), account_id, name, color)

        def write(own: OwnTables) -> None:
            account = own.accounts.get(account_id)
            if account is None or account.kind is not AccountKind.LOCAL:
                raise NotFoundError
            keep_calendars(own, account_id, [*calendars_in(own, account_id), calendar])

        await self._files.own.write(write)
        await self._show_calendars([calendar])
        return calendar

    def _sample(self, account_id: AccountId, calendar_id: CalendarId) -> list[Wish]:
        people = sample_people(account_id)
        today = self._clock().astimezone(self._zone).date()
        events = sample_events(account_id, calendar_id, people, today, self._zone, self._zone.key)
        contact, event, create = RecordKind.CONTACT, RecordKind.EVENT, Verb.CREATE
        wishes = [Wish(contact, create, account_id, one.id, one) for one in people]
        return wishes + [Wish(event, create, account_id, one.id, one) for one in events]

    # Bitrix24

    def check_webhook(self, text: str) -> WebhookAddress | InvalidInputError:
        """What was typed, read as a webhook's address; the error as a value while one types."""
        try:
            return parse_webhook(text)
        except InvalidInputError as error:
            return error

    async def test_webhook(self, text: str) -> ConnectionReport:
        """Asks the server who we are there and what is allowed. Nothing is stored.

        Raises `InvalidInputError` and what `RemoteAccount.check` raises.
        """
        address = parse_webhook(text)
        tried = Account(
            id=AccountId(new_uid()),
            kind=AccountKind.BITRIX24,
            title=address.host,
            address=address.portal,
            made_at=self._clock(),
        )
        client = await self._connect(tried, address.text)
        try:
            identity = await client.check()
        finally:
            await client.aclose()
        return report_of(tried, address, identity, await self.all())

    async def add_bitrix24(self, report: ConnectionReport) -> Account:
        """Adds the account that was tested, or renews the sign-in of the one it is already.

        The secret goes into the keyring first. Raises `KeyringError` and `StoreFullError`; then
        nothing was added. Once begun it is done to the end, whoever waits for it leaves.
        """
        return await self._whole(self._add_bitrix24(report))

    async def _add_bitrix24(self, report: ConnectionReport) -> Account:
        now = self._clock()
        known = await self._known(report.existing)
        account = await self._colored(renewed(known, report.account) if known else report.account)
        if known is not None:
            # Its engine may be renewing the very tokens that are replaced now.
            await self._engines.remove_account(known.id)
        try:
            await keep_secrets(self._secrets, account.id, report, now)
            await self._files.own.write(lambda own: _keep(own, account, report, now))
        except BaseException:
            if known is None:
                await forget_secrets(self._secrets, account.id)
            else:
                await self._engines.add_account(known)
            raise
        await drop_other_secrets(self._secrets, account)
        await self._engines.add_account(account)
        self._tell(account.id)
        return account

    async def set_recording(self, account_id: AccountId, recording: Recording | None) -> None:
        """From now on bookings are recorded this way. Raises `NotFoundError`."""
        await self._whole(self._set_recording(account_id, recording))

    async def _set_recording(self, account_id: AccountId, recording: Recording | None) -> None:
        def write(own: OwnTables) -> None:
            account = own.accounts.get(account_id)
            if account is None:
                raise NotFoundError
            own.accounts.put(replace(account, recording=recording))

        await self._files.own.write(write)
        self._feed.publish(Topic.ACCOUNTS, account_id=account_id)

    async def close(self) -> None:
        """Waits for what was begun: an account is added or changed whole or not at all."""
        await self._tasks.finish()
        await self.moves.close()

    async def _whole(self, work: Coroutine[Any, Any, T]) -> T:
        """The page that asked for it may go as soon as it was asked for, and its task with it."""
        return await asyncio.shield(self._tasks.start(work))

    async def _known(self, account_id: AccountId | None) -> Account | None:
        if account_id is None:
            return None
        return await self._files.own.read(lambda own: own.accounts.get(account_id))

    async def _colored(self, account: Account) -> Account:
        color = account.color or free_color(await self.all())
        return replace(account, color=color)

    # Removing

    async def removal_preview(self, account_id: AccountId) -> RemovalPreview:
        """What goes with an account. Raises `NotFoundError`."""

        def read(own: OwnTables) -> tuple[Account | None, tuple[str, ...]]:
            waiting = tuple(summary_of(entry) for entry in own.outbox.unfinished(account_id))
            return own.accounts.get(account_id), waiting

        account, waiting = await self._files.own.read(read)
        if account is None:
            raise NotFoundError
        contacts, events = await self._files.cache.read(
            lambda cache: (cache.contacts.count(account_id), cache.events.count(account_id))
        )
        return RemovalPreview(waiting, contacts, events, account.kind is AccountKind.LOCAL)

    async def remove(self, account_id: AccountId) -> None:
        """Ends the account's sync and forgets its secret and all that is stored of it.

        Works offline. Raises `NotFoundError`, and `KeyringError` where the secret stays: then
        the account stays, too.
        """
        account = await self._files.own.read(lambda own: own.accounts.get(account_id))
        if account is None:
            raise NotFoundError
        await self._engines.remove_account(account_id)
        if account.kind is not AccountKind.LOCAL:
            try:
                await forget_secrets(self._secrets, account_id)
            except BaseException:
                await self._engines.add_account(account)
                raise
        await self._undo.forget_account(account_id)
        await self._files.own.write(lambda own: _forget(own, account_id))
        await self._files.cache.write(lambda cache: cache.remove_account(account_id))
        self._tell(account_id)

    async def _show_calendars(self, calendars: Sequence[Calendar]) -> None:
        def write(cache: CacheTables) -> None:
            for calendar in calendars:
                cache.calendars.put(calendar)

        await self._files.cache.write(write)
        self._feed.publish(Topic.CALENDARS, *(one.id for one in calendars))

    def _tell(self, account_id: AccountId) -> None:
        for topic in (Topic.ACCOUNTS, Topic.CALENDARS, Topic.CONTACTS, Topic.EVENTS, Topic.DRAFTS):
            self._feed.publish(topic, account_id=account_id)


def _keep(own: OwnTables, account: Account, report: ConnectionReport, now: datetime) -> None:
    own.accounts.put(account)
    keep_probed(own, account.id, report, now)
    keep_customs(own, account.id, report.customs)


def _forget(own: OwnTables, account_id: AccountId) -> None:
    items = own.items.of_account(account_id)
    drop_names_of(own, account_id, frozenset(item.uid for item in items))
    drop_calendars(own, account_id)
    own.accounts.remove(account_id)
