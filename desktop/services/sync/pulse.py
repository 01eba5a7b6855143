"""Pulse: what the loops of one account share while they run."""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from desktop.domain.account import Account, AccountState
from desktop.domain.errors import Refusal, RefusedError
from desktop.domain.sync import OutboxEntry, Progress, Verb
from desktop.services.sync.clock import SteadyClock
from desktop.services.sync.delivery_values import (
    AccountFailed,
    Audited,
    Compared,
    Event,
    Failed,
    Looked,
    Probed,
    ReadBack,
    ReadFailed,
    SearchTested,
    SendFailed,
    Sent,
)
from desktop.services.sync.fresh import FreshWrites
from desktop.services.sync.health import Health, concerns_account
from desktop.services.sync.outcomes import PASSING
from desktop.services.sync.timing import Timing
from desktop.services.sync.waits import Random


class Pulse:
    """Lives on the loop's thread only. ``changed`` is called when a status may look different."""

    def __init__(
        self,
        account: Account,
        clock: SteadyClock,
        timing: Timing,
        random: Random,
        changed: Callable[[], None],
    ) -> None:
        self.account = account
        self.clock = clock
        self.timing = timing
        self.random = random
        self.changed = changed
        self.health = Health()
        self.unfinished: tuple[OutboxEntry, ...] = ()
        self.recordings = 0
        """How often the outbox was changed from outside."""
        self.recordings_read = 0
        self.progress: Progress | None = None
        self.watched = True
        """The window is in front."""
        self.last_success: datetime | None = None
        self.emptied: frozenset[str] = frozenset()
        """Parts of which the server suddenly had so little that it was not believed."""
        self.fresh = FreshWrites()
        self.problems: dict[str, str] = {}
        """Parts of the account that cannot be read, by name, with a value of `Refusal`."""
        self.check_wanted = False
        """The user asked, a right is missing, or it is the start: see what the account can do."""
        self.in_doubt = False
        """A pull met what concerns the whole account, and that is not written down yet: nothing
        is read meanwhile, or a server that refuses quickly would be asked again and again."""
        self._rights_asked: datetime | None = None
        self.inbox: deque[Event] = deque()
        self.push_wake = asyncio.Event()
        self.poll_wakes: list[asyncio.Event] = []

    @property
    def recorded(self) -> bool:
        """Whether the user has changed something that ``unfinished`` does not show yet."""
        return self.recordings > self.recordings_read

    def take(self, event: Event, entry: OutboxEntry | None = None) -> None:
        """Learns from an answer, or the lack of one, how the server is doing."""
        now = self.clock()
        match event:
            case SendFailed() | ReadFailed() | AccountFailed():
                method = None if entry is None else (entry.kind, entry.verb)
                self.health = self.health.failed(event.error, now, self.timing, self.random, method)
                if self.account.state is AccountState.STOPPED:
                    # It is asked whether it runs again, and may refuse that in any words.
                    self.health = self.health.waiting(self.timing.stopped_probe_s, now)
                self._doubt_rights(event.error, now)
            case (
                Sent() | ReadBack() | Compared() | Looked() | Audited() | Probed() | SearchTested()
            ):
                self.health = self.health.answered(now)
            case _:
                return
        if isinstance(event, SearchTested):
            self.health = self.health.tested(event.found, event.last, now)
        if isinstance(event, Sent) and entry is not None and entry.verb is Verb.CREATE:
            self.health = self.health.created(entry, self.account, now, self.timing)
        self.changed()

    def answered(self) -> None:
        """A pull was answered: the server is there, so what waits for it may go."""
        waited = self.health.failures > 0 or self.health.retry_at is not None
        self.health = self.health.answered(self.clock())
        if waited:
            self.wake()

    def failed(self, error: Failed) -> None:
        """A pull failed. What concerns the whole account is written down by the pushing loop."""
        event = AccountFailed(error)
        self.take(event)
        passing = isinstance(error, RefusedError) and error.reason in PASSING
        if self.account.state is AccountState.ACTIVE and not passing:
            self.in_doubt = self.in_doubt or concerns_account(error)
            self.inbox.append(event)
            self.push_wake.set()

    def settle(self) -> None:
        """What was refused is written down: the account is stopped, or reading goes on."""
        if self.in_doubt and not self.inbox:
            self.in_doubt = False
            self.wake()

    def _doubt_rights(self, error: Failed, now: datetime) -> None:
        """A right is missing that the account had: ask which ones it has, once in a while."""
        if not isinstance(error, RefusedError) or error.reason is not Refusal.MISSING_SCOPE:
            return
        again = timedelta(seconds=self.timing.stopped_probe_s)
        if self._rights_asked is None or now - self._rights_asked >= again:
            self._rights_asked = now
            self.check_wanted = True
            self.push_wake.set()

    def doubt(self, part: str, doubtful: bool) -> None:
        """Whether the last answer about ``part`` was too empty to be believed."""
        self.emptied = self.emptied | {part} if doubtful else self.emptied - {part}

    def wake(self) -> None:
        """Looks at everything again, now."""
        self.push_wake.set()
        for event in self.poll_wakes:
            event.set()


async def sleep_until(event: asyncio.Event, at: datetime | None, clock: SteadyClock) -> None:
    """Until ``at``, or until ``event`` is set; for ever where there is no ``at``."""
    seconds = None if at is None else max(0.0, (at - clock()).total_seconds())
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        pass
    finally:
        event.clear()
