"""Poller: runs the reading jobs of an account when they are due, one after another."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.account import AccountState
from desktop.domain.errors import (
    IdentityChangedError,
    OfflineError,
    OutcomeUnknownError,
    Refusal,
    RefusedError,
)
from desktop.services.sync.health import STOPPING
from desktop.services.sync.pulse import Pulse, sleep_until
from desktop.services.sync.timing import Polling
from desktop.services.sync.waits import spread_s

log = logging.getLogger(__name__)

_FAILURES = (OfflineError, OutcomeUnknownError, RefusedError, IdentityChangedError)
_SLOWER_AFTER = 3


@dataclass(slots=True)
class Job:
    """Something that is read again and again. ``due`` None: only when asked for."""

    name: str
    run: Callable[[], Awaitable[None]]
    interval_s: float
    due: datetime | None = None
    awaited: bool = False
    """The user waits for it: the screen says so until it has been read."""
    read_at: datetime | None = None
    """When it was read; None where it failed since."""


class Poller:
    """The reading side of one account, or a part of it."""

    def __init__(
        self,
        pulse: Pulse,
        polling: Polling,
        jobs: tuple[Job, ...],
        ended: Callable[[], None],
    ) -> None:
        self._ended = ended
        self._pulse = pulse
        self._polling = polling
        self._jobs = jobs
        self._wake = asyncio.Event()
        pulse.poll_wakes.append(self._wake)

    def ask(self, *names: str, awaited: bool = False) -> None:
        """Makes jobs due now; all where none is named."""
        now = self._pulse.clock()
        for job in self._jobs:
            if not names or job.name in names:
                job.due = now
                job.awaited = job.awaited or awaited
        self._wake.set()

    def watch(self) -> None:
        """The window is in front again: what was put off for longer has its usual interval."""
        for job in self._jobs:
            if job.due is not None and job.read_at is not None:
                job.due = min(job.due, job.read_at + timedelta(seconds=job.interval_s))
        self._wake.set()

    def plan(self, name: str, due: datetime) -> None:
        """Says when a job is due."""
        for job in self._jobs:
            if job.name == name:
                job.due = due

    @property
    def awaited(self) -> bool:
        """Whether the user waits for one of the jobs."""
        return any(job.awaited for job in self._jobs)

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            job = self._next()
            if job is None:
                await sleep_until(self._wake, self._next_moment(), self._pulse.clock)
            else:
                await self._run(job)

    def _next(self) -> Job | None:
        now = self._pulse.clock()
        if not self._readable or self._pulse.health.resting(now):
            return None
        ready = [job for job in self._jobs if job.due is not None and job.due <= now]
        return ready[0] if ready else None

    @property
    def _readable(self) -> bool:
        return self._pulse.account.state is AccountState.ACTIVE and not self._pulse.in_doubt

    def _next_moment(self) -> datetime | None:
        if not self._readable:
            return None
        moments = [job.due for job in self._jobs if job.due is not None]
        retry_at = self._pulse.health.retry_at
        if not moments:
            return None
        return min(moments) if retry_at is None else max(min(moments), retry_at)

    async def _run(self, job: Job) -> None:
        asked = job.due
        try:
            await job.run()
        except _FAILURES as error:
            self._after_failure(job, error)
        else:
            self._pulse.answered()
            self._pulse.problems.pop(job.name, None)
            self._pulse.last_success = self._pulse.clock.wall()
            job.read_at = self._pulse.clock()
            if job.due == asked:  # otherwise it was asked for again meanwhile
                _put_off(job, self._later(job))
        self._ended()

    def _after_failure(
        self,
        job: Job,
        error: OfflineError | OutcomeUnknownError | RefusedError | IdentityChangedError,
    ) -> None:
        """The job stays due where the account only rests; what is refused waits its turn."""
        job.read_at = None
        self._pulse.failed(error)
        if not isinstance(error, RefusedError) or error.reason is Refusal.BUSY:
            return
        if error.reason is Refusal.METHOD_BUSY:
            timing = self._pulse.timing
            seconds = min(error.retry_after_s or timing.method_pause_s, timing.method_pause_most_s)
            _put_off(job, self._pulse.clock() + timedelta(seconds=seconds))
            return
        if error.reason in STOPPING:
            return  # nothing is asked before somebody has acted; then everything is due
        log.info("%s of %s refused: %s", job.name, self._pulse.account.id, error.reason.value)
        self._pulse.problems[job.name] = error.reason.value
        _put_off(job, self._later(job))

    def _later(self, job: Job) -> datetime:
        interval, slowest = job.interval_s, self._polling.slowest_s
        if not self._pulse.watched:
            interval = max(interval, min(slowest, self._polling.unwatched * interval))
        if self._pulse.health.failures >= _SLOWER_AFTER or job.name in self._pulse.problems:
            interval = max(interval, min(slowest, 2 * interval))
        seconds = spread_s(interval, self._polling.jitter, self._pulse.random)
        return self._pulse.clock() + timedelta(seconds=seconds)


def _put_off(job: Job, due: datetime) -> None:
    job.due = due
    job.awaited = False
