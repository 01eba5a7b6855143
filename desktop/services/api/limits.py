"""RateLimiter: one per portal, so that all accounts together stay welcome there."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from desktop.domain.errors import Refusal, RefusedError

START_PER_S = 1.0
STEP_PER_S = 0.1
MOST_PER_S = 2.0
LEAST_PER_S = 0.1
BACKGROUND_PER_S = 1.0
BURST = 25
QUIET_S = 60.0
ONE_BURST_S = 1.0
OPERATING_LIMIT_S = 480.0
OPERATING_CAREFUL = 0.6
METHOD_BLOCK_S = 60.0
LONGEST_METHOD_BLOCK_S = 900.0
READS_TOGETHER = 8
BACKGROUND_TOGETHER = 2


@dataclass(slots=True)
class Pace:
    """When the next request may leave. Pure: every call is told the time in monotonic seconds.

    Starts at 1 request/s, gains 0.1/s with each quiet minute up to ``most_per_s`` and halves with
    each limit error. What the user watches may use a burst of 25 that refills at that pace;
    everything else leaves one by one, at most once a second.
    """

    most_per_s: float = MOST_PER_S
    per_s: float = START_PER_S
    _level: float = 0.0
    """Requests of the burst that are used up."""
    _seen_at: float = 0.0
    _background_at: float = 0.0
    """When the next background request may leave."""
    _quiet_since: float | None = None
    _limited_at: float = -math.inf
    _blocked: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Method to (until, how long the last block was)."""
    _operating: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Method to (until, gap in seconds) while its execution time nears the limit."""

    def wait_s(self, now: float, *, watched: bool) -> float:
        """Seconds until a request may leave; 0 books it."""
        self._pass_time(now)
        waits = [0.0]
        if self._level + 1 > BURST:
            waits.append((self._level + 1 - BURST) / self.per_s)
        if not watched:
            waits.append(self._background_at - now)
        wait = max(waits)
        if wait > 1e-9:
            return wait
        self._level += 1
        self._background_at = now + 1 / min(self.per_s, BACKGROUND_PER_S)
        return 0.0

    def blocked_s(self, now: float, method: str) -> float:
        """Seconds for which the portal will not run ``method``; 0 where it may be called."""
        until, _length = self._blocked.get(method, (0.0, 0.0))
        return max(0.0, until - now)

    def careful_s(self, now: float, method: str) -> float:
        """Seconds to spare ``method`` in the background, because its execution time runs out."""
        until, _gap = self._operating.get(method, (0.0, 0.0))
        return max(0.0, until - now)

    def limited(self, now: float) -> None:
        """The portal said "too many requests": half the pace, and no burst until it refills.

        What several requests of one burst are told is one error.
        """
        self._pass_time(now)
        if now - self._limited_at >= ONE_BURST_S:
            self.per_s = max(LEAST_PER_S, self.per_s / 2)
            self._limited_at = now
        self._level = float(BURST)
        self._quiet_since = now

    def method_limited(self, now: float, method: str, reset_in_s: float | None) -> float:
        """The portal blocks one method; gives for how many seconds: as told, or 60 s doubling."""
        _until, last = self._blocked.get(method, (0.0, 0.0))
        length = reset_in_s if reset_in_s is not None and reset_in_s > 0 else None
        if length is None:
            length = last * 2 if last else METHOD_BLOCK_S
        length = min(length, LONGEST_METHOD_BLOCK_S)
        self._blocked[method] = (now + length, length)
        self.per_s = max(LEAST_PER_S, self.per_s / 2)
        self._quiet_since = now
        return length

    def answered(
        self,
        now: float,
        method: str,
        operating_s: float | None = None,
    ) -> None:
        """A call of ``method`` succeeded after ``operating_s`` of execution in ten minutes."""
        self._blocked.pop(method, None)
        used = (operating_s or 0.0) / OPERATING_LIMIT_S
        if used < OPERATING_CAREFUL:
            self._operating.pop(method, None)
            return
        gap = METHOD_BLOCK_S * min(1.0, (used - OPERATING_CAREFUL) / (1 - OPERATING_CAREFUL))
        self._operating[method] = (now + gap, gap)

    def _pass_time(self, now: float) -> None:
        passed = max(0.0, now - self._seen_at)
        self._level = max(0.0, self._level - passed * self.per_s)
        self._seen_at = max(now, self._seen_at)
        if self._quiet_since is None:
            self._quiet_since = now
        minutes = int((now - self._quiet_since) / QUIET_S)
        if minutes > 0:
            self.per_s = min(self.most_per_s, self.per_s + STEP_PER_S * minutes)
            self._quiet_since += minutes * QUIET_S


class RateLimiter:
    """Lets requests of one portal through at its `Pace`, and few of them at a time.

    ``clock`` gives monotonic seconds; ``sleep`` waits for some.
    """

    def __init__(
        self,
        *,
        most_per_s: float = MOST_PER_S,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.pace = Pace(most_per_s)
        self._clock = clock
        self._sleep = sleep
        self._together = asyncio.Semaphore(READS_TOGETHER)
        self._background = asyncio.Semaphore(BACKGROUND_TOGETHER)

    @asynccontextmanager
    async def turn(self, methods: Iterable[str], *, watched: bool) -> AsyncIterator[None]:
        """Waits for the right moment; the request is made inside.

        Raises `RefusedError` at once, before anything is sent, where a method is blocked.
        """
        named = tuple(methods)
        self._refuse_blocked(named)
        if watched:
            async with self._together:
                await self._moment(watched=True)
                yield
            return
        async with self._background, self._together:
            careful = max((self.pace.careful_s(self._clock(), name) for name in named), default=0)
            if careful > 0:
                await self._sleep(careful)
            await self._moment(watched=False)
            yield

    def allow(self, most_per_s: float) -> None:
        """The portal's plan allows so many requests a second: the pace may grow to that."""
        self.pace.most_per_s = most_per_s
        self.pace.per_s = min(self.pace.per_s, most_per_s)

    def answered(self, method: str, operating_s: float | None) -> None:
        """Tells what the answer said about the method's execution time."""
        self.pace.answered(self._clock(), method, operating_s)

    def limited(self) -> None:
        """Tells of a "too many requests"."""
        self.pace.limited(self._clock())

    def method_limited(self, method: str, reset_in_s: float | None) -> float:
        """Tells of a blocked method; gives how many seconds it is left alone."""
        return self.pace.method_limited(self._clock(), method, reset_in_s)

    async def _moment(self, *, watched: bool) -> None:
        while (wait := self.pace.wait_s(self._clock(), watched=watched)) > 0:
            await self._sleep(wait)

    def _refuse_blocked(self, methods: tuple[str, ...]) -> None:
        now = self._clock()
        for method in methods:
            blocked = self.pace.blocked_s(now, method)
            if blocked > 0:
                raise RefusedError(Refusal.METHOD_BUSY, retry_after_s=blocked, method=method)


class PortalLimits:
    """The one limiter of each portal, by host and port.

    ``tempo`` is how many times faster than usual time passes for them: more than 1 only where
    no other client shares the portal.
    """

    def __init__(self, tempo: float = 1.0) -> None:
        self._tempo = tempo
        self._limiters: dict[str, RateLimiter] = {}

    def of(self, host: str) -> RateLimiter:
        """The limiter that all accounts on ``host`` share."""
        if host not in self._limiters:
            self._limiters[host] = RateLimiter(clock=self._now, sleep=self._pause)
        return self._limiters[host]

    def _now(self) -> float:
        return time.monotonic() * self._tempo

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._tempo)
