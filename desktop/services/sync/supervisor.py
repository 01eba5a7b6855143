"""SyncSupervisor: owns the engines and tells how all of them are doing."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from random import Random as Generator

from desktop.domain.account import Account, AccountKind
from desktop.domain.ids import AccountId, new_uid
from desktop.domain.sync import SyncStatus
from desktop.domain.timespan import TimeSpan
from desktop.services.api.port import RemoteAccount
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.sync.calendar_edits import CalendarEdits
from desktop.services.sync.clock import SleepWatch, SteadyClock, utc_now
from desktop.services.sync.pull_busy import BusyPull
from desktop.services.sync.pull_dossiers import DossierPull
from desktop.services.sync.runner import AccountRunner
from desktop.services.sync.status import AccountFacts, sync_status
from desktop.services.sync.tasks import Tasks
from desktop.services.sync.timing import Polling, Timing
from desktop.services.sync.waits import Random
from desktop.store.files import StoreFiles

log = logging.getLogger(__name__)

Connect = Callable[[Account], Awaitable[RemoteAccount]]


class SyncSupervisor:
    """One engine per account that has a server. All methods are called on the loop's thread.

    ``connect`` makes the client of an account, with its secret; it may raise `KeyringError`.
    ``clock`` is shared with the `Recorder`.
    """

    def __init__(
        self,
        files: StoreFiles,
        feed: ChangeFeed,
        connect: Connect,
        *,
        clock: SteadyClock | Callable[[], datetime] = utc_now,
        timing: Timing | None = None,
        polling: Polling | None = None,
        random: Random | None = None,
        session_only: bool = False,
    ) -> None:
        self._files = files
        self._feed = feed
        self._connect = connect
        self._clock = clock if isinstance(clock, SteadyClock) else SteadyClock(clock)
        self._timing = timing or Timing()
        self._polling = polling or Polling()
        self._random = random or Generator().random
        self._session_only = session_only
        self._boot_id = new_uid()
        self._local: dict[AccountId, Account] = {}
        self._runners: dict[AccountId, AccountRunner] = {}
        self._window: TimeSpan | None = None
        self._tasks = Tasks()
        self._told = sync_status((), session_only=session_only)
        self._closed = False

    def keep_for_session_only(self) -> None:
        """Nothing outlives the program, and the status says so. Before `start`."""
        self._session_only = True

    def status(self) -> SyncStatus:
        """How all accounts are doing now."""
        facts = [AccountFacts(account) for account in self._local.values()]
        facts += (runner.facts() for runner in self._runners.values())
        return sync_status(facts, session_only=self._session_only)

    async def start(self) -> None:
        """Starts an engine for every account in the store."""
        for account in await self._files.own.read(lambda own: own.accounts.all()):
            await self.add_account(account)
        self._tasks.start(self._watch_for_sleep())

    async def stop(self) -> None:
        """Takes no new work, gives running calls 1.5 s, then leaves: the next start settles it."""
        self._closed = True
        await self._tasks.cancel()
        await asyncio.gather(*(runner.stop() for runner in self._runners.values()))

    async def add_account(self, account: Account) -> None:
        """Starts an engine; where there is one, it is replaced: the secret may be another."""
        if self._closed:
            return
        await self.remove_account(account.id)
        if account.kind is AccountKind.LOCAL:
            self._local[account.id] = account
        else:
            runner = AccountRunner(
                account,
                self._connect,
                self._files,
                self._feed,
                clock=self._clock,
                timing=self._timing,
                polling=self._polling,
                random=self._random,
                boot_id=self._boot_id,
                changed=self._changed,
                window=self._window,
            )
            self._runners[account.id] = runner
            runner.start()
        self._changed()

    async def remove_account(self, account_id: AccountId) -> None:
        """Ends its engine; what the stores hold of it is for the caller to remove."""
        self._local.pop(account_id, None)
        runner = self._runners.pop(account_id, None)
        if runner is not None:
            await runner.stop()
        self._changed()

    def sync_now(self) -> None:
        """The user wants to see the newest."""
        for runner in self._runners.values():
            runner.ask()
        self._changed()

    def set_watched(self, watched: bool) -> None:
        """Whether the window is in front: nobody looks, and servers are asked less often."""
        for runner in self._runners.values():
            runner.set_watched(watched)

    def network_changed(self) -> None:
        """There may be a way to the servers again."""
        for runner in self._runners.values():
            runner.resume()

    def want_window(self, span: TimeSpan) -> None:
        """These weeks are looked at: they are read first, and again and again."""
        if span == self._window:
            return
        self._window = span
        for runner in self._runners.values():
            runner.want_window(span)

    def local_change(self, account_id: AccountId) -> None:
        """An op was recorded, or the user decided about one."""
        runner = self._runners.get(account_id)
        if runner is not None:
            runner.local_change()
        self._changed()

    def dossiers(self, account_id: AccountId) -> DossierPull | None:
        """Who reads what an account's server knows of a contact; None while it is not connected."""
        runner = self._runners.get(account_id)
        return None if runner is None else runner.dossiers()

    def busy(self, account_id: AccountId) -> BusyPull | None:
        """Who asks an account's server when colleagues are busy; None while not connected."""
        runner = self._runners.get(account_id)
        return None if runner is None else runner.busy()

    def calendars(self, account_id: AccountId) -> CalendarEdits | None:
        """Who changes an account's calendars; None while it is not connected."""
        runner = self._runners.get(account_id)
        return None if runner is None else runner.calendars()

    def accept_emptiness(self, account_id: AccountId) -> None:
        """The user says that a server which suddenly has so little is right."""
        runner = self._runners.get(account_id)
        if runner is not None:
            runner.accept_emptiness()

    def _changed(self) -> None:
        status = self.status()
        if status != self._told and not self._closed:
            self._told = status
            self._feed.publish(Topic.SYNC)

    async def _watch_for_sleep(self) -> None:
        timer = asyncio.get_running_loop().time
        watch = SleepWatch(self._clock, timer, self._polling.sleep_drift_s)
        while True:
            await asyncio.sleep(self._polling.tick_s)
            if watch.woke():
                log.info("the machine slept, or its clock was set")
                self.network_changed()
