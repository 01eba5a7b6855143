"""The real services over the real store in a folder of the test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.domain.account import Account, AccountKind, Capabilities
from desktop.domain.errors import SignInError
from desktop.domain.event import Calendar
from desktop.domain.ids import AccountId, UserId
from desktop.services.accounts import AccountService
from desktop.services.api.bitrix24.signing_in.oauth_answer import PortalAnswer
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey, TokenPair
from desktop.services.api.port import Identity
from desktop.services.changes import Change, ChangeFeed, Topic
from desktop.services.contacts import ContactService
from desktop.services.drafts import DraftService
from desktop.services.local_times import LocalTimes
from desktop.services.schedule import ScheduleService
from desktop.services.secrets import MemorySecretStore
from desktop.services.series import SeriesService
from desktop.services.sign_in.app_sign_in import AppSignIn
from desktop.services.sign_in.moving import PortalMoves
from desktop.services.sync.recorder import Recorder
from desktop.services.undo import UndoService
from desktop.store.files import StoreFiles
from tests.builders import MOSCOW, Clock, make_account, make_calendar

KEY = bytes(range(32))
LOCAL = make_account("home", AccountKind.LOCAL, title="This computer")
LOCAL_CALENDAR = make_calendar("home:main", "Home", account_id=AccountId("home"), is_default=True)
CRM = make_account("a1")
CRM_CALENDAR = make_calendar("a1:cal", "Work")


ANNA = Identity(UserId("7"), "Anna Titova", Capabilities(responsible=True), scopes=("crm",))


@dataclass
class Engines:
    """Remembers which engines run."""

    running: dict[AccountId, Account] = field(default_factory=dict)

    async def add_account(self, account: Account) -> None:
        self.running[account.id] = account

    async def remove_account(self, account_id: AccountId) -> None:
        self.running.pop(account_id, None)


PAIR = TokenPair(
    "access-canary",
    "refresh-canary",
    "https://acme.bitrix24.com/rest/",
    "a" * 32,
    "https://oauth.bitrix.info",
)


@dataclass
class Portal:
    """A server that knows who calls; what `AccountService` needs of a client."""

    identity: Identity = ANNA
    error: Exception | None = None
    secrets_seen: list[str] = field(default_factory=list)
    pair: TokenPair = PAIR
    homes: list[str] = field(default_factory=list)
    """Addresses that were asked because a portal had moved there."""
    closed: int = 0

    async def connect(self, account: Account, secret: str) -> "Portal":
        self.secrets_seen.append(secret)
        return self

    async def exchange(self, key: AppKey, answer: PortalAnswer) -> TokenPair:
        self.secrets_seen.append(answer.code)
        if isinstance(self.error, SignInError):
            raise self.error
        return self.pair

    async def try_app(self, account: Account, key: AppKey, pair: TokenPair) -> "Portal":
        self.secrets_seen.append(pair.access)
        return self

    async def at_new_home(self, account: Account) -> "Portal":
        self.homes.append(account.address)
        return self

    async def check(self) -> Identity:
        if self.error is not None:
            raise self.error
        return self.identity

    async def aclose(self) -> None:
        self.closed += 1


@dataclass
class House:
    """Everything that a page would be given."""

    files: StoreFiles
    feed: ChangeFeed
    clock: Clock
    recorder: Recorder
    undo: UndoService
    schedule: ScheduleService
    series: SeriesService
    drafts: DraftService
    contacts: ContactService
    accounts: AccountService
    secrets: MemorySecretStore
    engines: Engines
    changes: list[Change]

    def topics(self) -> list[Topic]:
        """What has been told since the last question."""
        topics = [change.topic for change in self.changes]
        self.changes.clear()
        return topics

    async def add(self, account: Account, *calendars: Calendar) -> None:
        """An account with its calendars, as if it had been synced."""
        await self.files.own.write(lambda own: own.accounts.put(account))
        await self.files.cache.write(lambda cache: cache.calendars.replace(account.id, calendars))


@asynccontextmanager
async def open_house(
    folder: Path, clock: Clock | None = None, portal: Portal | None = None
) -> AsyncIterator[House]:
    """Opens a profile with the local account and a CRM account; closes it at the end."""
    files = await StoreFiles.open(folder, KEY)
    try:
        house = build(files, clock or Clock(), portal)
        if not await house.accounts.all():
            await house.add(LOCAL, LOCAL_CALENDAR)
            await house.add(CRM, CRM_CALENDAR)
        await house.undo.restore()
        yield house
    finally:
        await files.close()


def build(files: StoreFiles, clock: Clock, portal: Portal | None) -> House:
    feed = ChangeFeed()
    changes: list[Change] = []
    feed.subscribe(changes.append)
    recorder = Recorder(files, feed, clock)
    undo = UndoService(files, recorder, feed)
    schedule = ScheduleService(files, undo, feed, clock, MOSCOW)
    secrets, engines = MemorySecretStore(), Engines()
    server: Any = portal or Portal()
    accounts = AccountService(
        files,
        secrets,
        server.connect,
        engines,
        recorder,
        undo,
        feed,
        clock,
        MOSCOW,
        apps=AppSignIn(server, secrets, files, clock),
        moves=PortalMoves(files, secrets, server.at_new_home, engines, feed),
    )
    return House(
        files=files,
        feed=feed,
        clock=clock,
        recorder=recorder,
        undo=undo,
        schedule=schedule,
        series=SeriesService(files, schedule, undo, feed, clock),
        drafts=DraftService(files, schedule, feed, clock, MOSCOW),
        contacts=ContactService(
            files, undo, schedule, feed, clock, MOSCOW, local_time=LocalTimes(feed)
        ),
        accounts=accounts,
        secrets=secrets,
        engines=engines,
        changes=changes,
    )
