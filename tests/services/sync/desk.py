"""The real store in a temporary folder, a supervisor with short waits, and servers in memory."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.account import Account
from desktop.domain.ids import AccountId, OpId
from desktop.domain.sync import OutboxEntry
from desktop.services.changes import Change, ChangeFeed
from desktop.services.outbox import OutboxService
from desktop.services.sync.clock import SteadyClock
from desktop.services.sync.recorder import Recorder
from desktop.services.sync.supervisor import SyncSupervisor
from desktop.services.sync.timing import Polling, Timing
from desktop.store.files import StoreFiles
from tests.builders import make_account
from tests.services.sync.edge import Edge

KEY = bytes(range(32))
QUICK = Timing(
    looks_s=(0.01, 0.03),
    settle_s=0.06,
    delete_delay_s=0.05,
    audits_s=(0.05, 0.1),
    proof_looks_s=(0.0, 0.01, 0.02),
    passing_first_s=0.02,
    passing_least_s=0.0,
    passing_most_s=0.05,
    throttle_most_s=0.05,
    method_pause_s=0.05,
    method_pause_most_s=0.05,
    stopped_probe_s=0.05,
    resume_most_s=0.0,
)
SELDOM = Polling(close_s=0.3, restart_s=0.02)


@dataclass
class Desk:
    """Everything that the sync stands on, as the program puts it together."""

    files: StoreFiles
    feed: ChangeFeed
    clock: SteadyClock
    supervisor: SyncSupervisor
    recorder: Recorder
    outbox: OutboxService
    edges: dict[AccountId, Edge]
    changes: list[Change] = field(default_factory=list)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Waits for a change or a request after which ``holds``; checks at once, too."""
        heard = asyncio.Event()
        stop = self.feed.subscribe(lambda _change: heard.set())
        for edge in self.edges.values():
            edge.heard = heard.set
        try:
            while not holds():
                heard.clear()
                await asyncio.wait_for(heard.wait(), 5)
        except TimeoutError:
            lines = [line.entry for line in await self.outbox.lines()]
            raise AssertionError(f"{self.supervisor.status()} {lines}") from None
        finally:
            stop()

    async def idle(self) -> None:
        """Waits until nothing is left to send and all that was asked for has been read."""
        await self.until(self._is_idle)

    def _is_idle(self) -> bool:
        status = self.supervisor.status()
        return status.waiting == 0 and all(
            one.phase.value not in ("syncing", "offline") for one in status.accounts
        )

    async def op(self, op_id: OpId) -> OutboxEntry:
        entry = await self.files.own.read(lambda own: own.outbox.get(op_id))
        assert entry is not None
        return entry


async def _add_once(files: StoreFiles, account: Account) -> None:
    if await files.own.read(lambda own: own.accounts.get(account.id)) is None:
        await files.own.write(lambda own: own.accounts.put(account))


def desk_opener(tmp_path: Path):
    """Opens the profile of this test; may be done again after it was closed."""
    edges: dict[AccountId, Edge] = {}

    @asynccontextmanager
    async def opened(
        *accounts: Account,
        timing: Timing = QUICK,
        polling: Polling = SELDOM,
        start: bool = True,
    ) -> AsyncIterator[Desk]:
        files = await StoreFiles.open(tmp_path / "profile", KEY)
        feed = ChangeFeed()
        clock = SteadyClock()
        for account in accounts or (make_account(),):
            edges.setdefault(account.id, Edge(account))
            await _add_once(files, account)

        async def connect(account: Account) -> Edge:
            return edges[account.id]

        supervisor = SyncSupervisor(
            files, feed, connect, clock=clock, timing=timing, polling=polling, random=lambda: 0.5
        )
        wake = supervisor.local_change
        recorder = Recorder(files, feed, clock, timing=timing, wake=wake)
        outbox = OutboxService(files, feed, clock, timing=timing, wake=wake)
        desk = Desk(files, feed, clock, supervisor, recorder, outbox, edges)
        feed.subscribe(desk.changes.append)
        await recorder.reindex()
        if start:
            await supervisor.start()
        try:
            yield desk
        finally:
            await supervisor.stop()
            await files.close()

    return opened
