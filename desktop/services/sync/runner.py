"""AccountRunner: keeps one engine running; its end never ends another's."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from desktop.domain.account import Account
from desktop.domain.errors import KeyringError, NotFoundError
from desktop.domain.timespan import TimeSpan
from desktop.services.api.port import RemoteAccount
from desktop.services.changes import ChangeFeed
from desktop.services.sync.calendar_edits import CalendarEdits
from desktop.services.sync.clock import SteadyClock
from desktop.services.sync.engine import SyncEngine
from desktop.services.sync.pull_busy import BusyPull
from desktop.services.sync.pull_dossiers import DossierPull
from desktop.services.sync.pulse import Pulse
from desktop.services.sync.status import AccountFacts
from desktop.services.sync.tasks import Tasks
from desktop.services.sync.timing import Polling, Timing
from desktop.services.sync.waits import Random
from desktop.store.files import StoreFiles

log = logging.getLogger(__name__)


class AccountRunner:
    """Connects, runs the engine, and begins again after a fault of ours."""

    def __init__(
        self,
        account: Account,
        connect: Callable[[Account], Awaitable[RemoteAccount]],
        files: StoreFiles,
        feed: ChangeFeed,
        *,
        clock: SteadyClock,
        timing: Timing,
        polling: Polling,
        random: Random,
        boot_id: str,
        changed: Callable[[], None],
        window: TimeSpan | None,
    ) -> None:
        self._connect = connect
        self._files = files
        self._feed = feed
        self._polling = polling
        self._boot_id = boot_id
        self._changed = changed
        self._window = window
        self._pulse = Pulse(account, clock, timing, random, changed)
        self._engine: SyncEngine | None = None
        self._tasks = Tasks()
        self._keyring = ""
        self._again = asyncio.Event()
        self._stopping = False

    def start(self) -> None:
        """Begins; `stop` ends it."""
        self._tasks.start(self._run())

    async def stop(self) -> None:
        """What is being sent gets a moment; cut off, it is unknown, and looked up at the start."""
        self._stopping = True
        self._again.set()
        if self._engine is not None:
            self._engine.stop()
        await self._tasks.cancel(after_s=self._polling.close_s)

    def facts(self) -> AccountFacts:
        """What is known about the account now."""
        pulse = self._pulse
        return AccountFacts(
            account=pulse.account,
            unfinished=pulse.unfinished,
            recorded=pulse.recorded,
            pulling=self._engine is not None and self._engine.pulling,
            progress=pulse.progress,
            last_success=pulse.last_success,
            problem=pulse.health.problem,
            code=pulse.health.code,
            retry_at=pulse.health.retry_at,
            emptied=pulse.emptied,
            refused=tuple(sorted(pulse.problems.items())),
            keyring=self._keyring,
        )

    def ask(self) -> None:
        """F5."""
        self._again.set()
        if self._engine is not None:
            self._engine.ask()

    def set_watched(self, watched: bool) -> None:
        """Whether the window is in front."""
        if self._engine is not None:
            self._engine.set_watched(watched)
        else:
            self._pulse.watched = watched

    def resume(self) -> None:
        """The machine woke up or the network changed."""
        self._again.set()
        if self._engine is not None:
            self._engine.resume()

    def want_window(self, span: TimeSpan) -> None:
        """These weeks are looked at."""
        self._window = span
        if self._engine is not None:
            self._engine.want_window(span)

    def local_change(self) -> None:
        """The outbox changed."""
        self._pulse.recordings += 1
        self._pulse.push_wake.set()

    def dossiers(self) -> DossierPull | None:
        """Who reads what the server knows of a contact; None while nothing is connected."""
        return None if self._engine is None else self._engine.dossiers

    def busy(self) -> BusyPull | None:
        """Who asks when colleagues are busy; None while nothing is connected."""
        return None if self._engine is None else self._engine.busy

    def calendars(self) -> CalendarEdits | None:
        """Who changes the account's calendars; None while nothing is connected."""
        return None if self._engine is None else self._engine.calendars

    def accept_emptiness(self) -> None:
        """The server is right."""
        if self._engine is not None:
            self._engine.accept_emptiness()

    async def _run(self) -> None:
        wait_s = self._polling.restart_s
        while not self._stopping:
            engine = self._tasks.start(self._run_once())
            try:
                await asyncio.wait({engine})
            finally:
                engine.cancel()
            if engine.cancelled() or not self._begins_again(engine.exception()):
                return
            await self._pause(wait_s)
            wait_s = min(self._polling.restart_most_s, 2 * wait_s)

    def _begins_again(self, error: BaseException | None) -> bool:
        if error is None or isinstance(error, NotFoundError):
            return False  # stopped, or the account was removed
        if isinstance(error, KeyringError):
            self._keyring = error.state.value
            self._changed()
        else:
            account_id = self._pulse.account.id
            log.error("sync of account %s ended, and begins again", account_id, exc_info=error)
        return True

    async def _run_once(self) -> None:
        await self._load_unfinished()
        remote = await self._connect(self._pulse.account)
        self._keyring = ""
        pulse = self._pulse
        pulse.poll_wakes.clear()
        try:
            engine = SyncEngine(
                remote, self._files, self._feed, pulse, self._polling, self._boot_id
            )
            if self._window is not None:
                engine.want_window(self._window)
            if self._stopping:
                return
            self._engine = engine
            await engine.run()
        finally:
            self._engine = None
            await remote.aclose()

    async def _load_unfinished(self) -> None:
        """What waits is told even before there is a connection."""
        account_id = self._pulse.account.id
        self._pulse.unfinished = await self._files.own.read(
            lambda own: own.outbox.unfinished(account_id)
        )
        self._changed()

    async def _pause(self, seconds: float) -> None:
        self._again.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._again.wait(), seconds)
