"""When the reading jobs of an account are due."""

from datetime import datetime, timedelta

import pytest

from desktop.domain.errors import AppError, IdentityChangedError, Refusal, RefusedError
from desktop.services.sync.clock import SteadyClock
from desktop.services.sync.poll import Job, Poller
from desktop.services.sync.pulse import Pulse
from desktop.services.sync.timing import Polling, Timing
from tests.builders import NOW, Clock, make_account

MINUTE = timedelta(minutes=1)


class Reading:
    """A job of ten minutes under a clock that the test moves."""

    def __init__(self, watched: bool, *, draw: float = 0.5) -> None:
        self.time = Clock()
        steady = SteadyClock(self.time, self._elapsed_s)
        self.pulse = Pulse(make_account(), steady, Timing(), lambda: draw, lambda: None)
        self.pulse.watched = watched
        self.job = Job("contacts", self._read, 600, NOW)
        self.poller = Poller(self.pulse, Polling(), (self.job,), lambda: None)
        self.count = 0
        self.error: AppError | None = None

    def _elapsed_s(self) -> float:
        return (self.time.now - NOW).total_seconds()

    async def _read(self) -> None:
        self.count += 1
        if self.error is not None:
            raise self.error

    async def once(self) -> datetime:
        """Runs what is due; when it is due again."""
        await self.poller._run(self.job)
        assert self.job.due is not None
        return self.job.due


async def test_what_nobody_looks_at_is_read_five_times_less_often() -> None:
    assert await Reading(watched=True).once() == NOW + 10 * MINUTE
    assert await Reading(watched=False).once() == NOW + 50 * MINUTE


@pytest.mark.parametrize(("away_min", "due_min"), [(4, 10), (30, 10)])
async def test_a_window_that_comes_back_waits_no_longer_than_one_in_front(
    away_min: int, due_min: int
) -> None:
    reading = Reading(watched=False)
    await reading.once()
    reading.time.forward(minutes=away_min)
    reading.poller.watch()
    assert reading.job.due == NOW + due_min * MINUTE


async def test_what_was_never_read_keeps_its_moment() -> None:
    reading = Reading(watched=False)
    reading.poller.plan("contacts", NOW + 90 * MINUTE)
    reading.poller.watch()
    assert reading.job.due == NOW + 90 * MINUTE


@pytest.mark.parametrize(
    "error",
    [
        RefusedError(Refusal.SIGN_IN),
        RefusedError(Refusal.STOPPED),
        RefusedError(Refusal.MOVED),
        IdentityChangedError(),
    ],
    ids=["sign in", "stopped", "moved", "somebody else"],
)
async def test_a_server_that_refuses_the_account_is_asked_once_until_that_is_written_down(
    error: AppError,
) -> None:
    reading = Reading(watched=True)
    reading.error = error
    await reading.once()
    reading.time.forward(minutes=90)
    assert reading.poller._next() is None
    reading.pulse.inbox.clear()
    reading.pulse.settle()
    assert reading.poller._next() is reading.job, "what was written down lets it be read again"


def test_with_its_jitter_the_visible_week_is_read_every_minute() -> None:
    polling = Polling()
    assert polling.visible_s * (1 + polling.jitter) < 60
