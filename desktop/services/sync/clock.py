"""SteadyClock: UTC that never jumps, for waits that must not depend on the wall clock."""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_MAC_CLOCK: int | None = time.CLOCK_MONOTONIC if sys.platform == "darwin" else None


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


def elapsed_s() -> float:
    """Seconds that have passed, those in which the machine slept included where that is known."""
    # Linux's monotonic clock stands still during sleep, and so does the one Python uses on macOS.
    sleepless = getattr(time, "CLOCK_BOOTTIME", None) or _MAC_CLOCK
    return time.monotonic() if sleepless is None else time.clock_gettime(sleepless)


class SteadyClock:
    """The wall clock as it was at the start, and what has passed since.

    Somebody who sets the clock back or forth changes neither an order nor a wait.
    """

    def __init__(
        self,
        wall: Callable[[], datetime] = utc_now,
        elapsed: Callable[[], float] = elapsed_s,
    ) -> None:
        self.wall = wall
        self._elapsed = elapsed
        self._began = wall()
        self._began_s = elapsed()

    def __call__(self) -> datetime:
        """Now, in UTC."""
        return self._began + timedelta(seconds=self._elapsed() - self._began_s)

    def drift_s(self) -> float:
        """How far the wall clock has moved away."""
        return (self.wall() - self()).total_seconds()


class SleepWatch:
    """Notices between two ticks that the machine slept or that its clock was set."""

    def __init__(self, clock: SteadyClock, timer: Callable[[], float], tolerance_s: float) -> None:
        self._clock = clock
        self._timer = timer
        self._tolerance_s = tolerance_s
        self._last = self._reading()

    def woke(self) -> bool:
        """Whether more has passed since the last call than the event loop's own timer knows."""
        before, self._last = self._last, self._reading()
        steady_s = (self._last[0] - before[0]).total_seconds()
        wall_s = (self._last[1] - before[1]).total_seconds()
        timer_s = self._last[2] - before[2]
        return max(abs(steady_s - timer_s), abs(wall_s - timer_s)) > self._tolerance_s

    def _reading(self) -> tuple[datetime, datetime, float]:
        return self._clock(), self._clock.wall(), self._timer()
