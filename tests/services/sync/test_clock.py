"""Waits do not depend on the wall clock, and sleep is noticed."""

from datetime import UTC, datetime, timedelta

from desktop.services.sync.clock import SleepWatch, SteadyClock

BEGIN = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)


class Clocks:
    def __init__(self) -> None:
        self.wall = BEGIN
        self.elapsed = 100.0
        self.timer = 0.0

    def steady(self) -> SteadyClock:
        return SteadyClock(lambda: self.wall, lambda: self.elapsed)

    def pass_s(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.elapsed += seconds
        self.timer += seconds


def test_setting_the_clock_does_not_move_steady_time() -> None:
    clocks = Clocks()
    clock = clocks.steady()
    clocks.pass_s(10)
    clocks.wall -= timedelta(hours=5)

    assert clock() == BEGIN + timedelta(seconds=10)
    assert clock.drift_s() == -5 * 3600


def test_sleep_shows_as_time_that_the_loop_did_not_count() -> None:
    clocks = Clocks()
    watch = SleepWatch(clocks.steady(), lambda: clocks.timer, 5.0)
    clocks.pass_s(5)
    assert not watch.woke()

    clocks.pass_s(5)
    clocks.elapsed += 3600
    clocks.wall += timedelta(hours=1)
    assert watch.woke()
    clocks.pass_s(5)
    assert not watch.woke()
