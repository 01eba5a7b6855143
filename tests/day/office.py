"""One user's Parley without a window: the real store, services and sync, on leaping time."""

from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from desktop.app.connecting import People, PortalAnswers
from desktop.domain.account import Account, AccountKind
from desktop.domain.event import Event
from desktop.domain.ids import AccountId, UserId
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.api.bitrix24.address import parse_webhook
from desktop.services.api.bitrix24.probes import Probes
from desktop.services.api.bitrix24.signing_in.access import WebhookAccess
from desktop.services.api.http import JsonHttp
from desktop.services.api.limits import RateLimiter
from desktop.services.api.trust import build_context
from desktop.services.changes import ChangeFeed
from desktop.services.contacts import ContactService
from desktop.services.dossiers import DossierService
from desktop.services.drafts import DraftService
from desktop.services.schedule import ScheduleService
from desktop.services.sync.clock import SteadyClock
from desktop.services.sync.recorder import Recorder
from desktop.services.sync.supervisor import SyncSupervisor
from desktop.services.sync.timing import Polling, Timing
from desktop.services.undo import UndoService
from desktop.store.files import StoreFiles
from tests.day.loop import LeapingLoop
from tests.day.wire import DayTransport, Line, PortalClock

ZONE = ZoneInfo("Europe/Berlin")
MONDAY_MORNING = datetime(2026, 11, 16, 8, 30, tzinfo=ZONE)
WEEK = TimeSpan(
    datetime(2026, 11, 16, tzinfo=ZONE), datetime(2026, 11, 16, tzinfo=ZONE) + timedelta(days=7)
)
_KEY = bytes(range(32))
_POLLING = Polling(tick_s=30.0)
"""As the program has it, but for how often it looks whether the machine slept."""


@dataclass
class Office:
    """What a page would be given, and the line that all of it goes over."""

    line: Line
    account_id: AccountId
    me: UserId
    files: StoreFiles
    clock: SteadyClock
    supervisor: SyncSupervisor
    schedule: ScheduleService
    drafts: DraftService
    contacts: ContactService
    dossiers: DossierService
    undo: UndoService

    async def known_contacts(self) -> int:
        """How many contacts are stored here."""
        return await self.files.cache.read(lambda cache: cache.contacts.count(self.account_id))

    async def events(self) -> tuple[Event, ...]:
        """What the calendar shows of the week."""
        return tuple(entry.event for entry in await self.schedule.stored(WEEK))

    def unsent(self) -> int:
        """How many changes have not arrived at the server."""
        return self.supervisor.status().waiting


@asynccontextmanager
async def open_office(
    folder: Path, line: Line, portal_clock: PortalClock, webhook: str, *, seed: int = 1
) -> AsyncIterator[Office]:
    """A new profile with one account, signed in by ``webhook``; closed at the end."""
    loop, portal = line.loop, line.portal
    clock = SteadyClock(lambda: now_of(loop), loop.elapsed_s)
    files = await StoreFiles.open(folder, _KEY, clock=clock)
    settle = _settling(files)
    loop.settle.append(settle)
    address = parse_webhook(webhook)
    account = Account(
        AccountId("b1"),
        AccountKind.BITRIX24,
        "Portal",
        address=f"{address.host}",
        user_id=UserId(str(address.user_id)),
    )
    await files.own.write(lambda own: own.accounts.put(account))
    limiter = RateLimiter(clock=loop.time)
    trust = build_context(portal.ca_file)

    async def connect(known: Account) -> Bitrix24Account:
        return Bitrix24Account(
            known,
            WebhookAccess(address),
            http=JsonHttp("Parley/day", transport=DayTransport(line, portal_clock, trust)),
            limiter=limiter,
            people=People(files),
            clock=clock,
            probes=Probes(PortalAnswers(files, known.id), clock),
        )

    feed = ChangeFeed()
    supervisor = SyncSupervisor(
        files, feed, connect, clock=clock, polling=_POLLING, random=Random(seed).random
    )
    wake = supervisor.local_change
    recorder = Recorder(files, feed, clock, timing=Timing(), wake=wake)
    undo = UndoService(files, recorder, feed)
    schedule = ScheduleService(files, undo, feed, clock, ZONE, want_window=supervisor.want_window)
    office = Office(
        line=line,
        account_id=account.id,
        me=UserId(f"{account.id}:{address.user_id}"),
        files=files,
        clock=clock,
        supervisor=supervisor,
        schedule=schedule,
        drafts=DraftService(files, schedule, feed, clock, ZONE),
        contacts=ContactService(files, undo, schedule, feed, clock, ZONE),
        dossiers=DossierService(files, feed, supervisor.dossiers),
        undo=undo,
    )
    await recorder.reindex()
    await supervisor.start()
    await schedule.entries(WEEK)
    try:
        yield office
    finally:
        await supervisor.stop()
        loop.settle.remove(settle)
        await files.close()


def now_of(loop: LeapingLoop) -> datetime:
    """The wall clock of everybody."""
    return (MONDAY_MORNING + timedelta(seconds=loop.elapsed_s())).astimezone(UTC)


def _settling(files: StoreFiles) -> Callable[[], None]:
    """No time passes while the store works: its threads are waited for."""
    cache: Any = files.cache
    own: Any = files.own
    lanes = (own._thread, cache._writer, cache._calendar, cache._search)

    def settle() -> None:
        for lane in lanes:
            done: Future[None] = lane.submit(_nothing)
            done.result()

    return settle


def _nothing(_tables: object) -> None:
    """Is done when all before it is."""
