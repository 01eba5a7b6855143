"""Waits grow, are spread, and end at their caps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.sync.timing import Timing
from desktop.services.sync.waits import method_pause_s, passing_wait_s, spread_s, throttle_wait_s

TIMING = Timing()
chances = st.floats(0, 1, exclude_max=True)


@given(st.integers(1, 10_000), chances)
def test_a_passing_wait_lies_between_a_second_and_its_doubling_cap(n: int, chance: float) -> None:
    wait = passing_wait_s(n, TIMING, lambda: chance)

    assert 1 <= wait <= min(300, 2 * 2 ** min(n - 1, 40))


@given(st.integers(1, 10_000), chances)
def test_a_throttled_wait_is_half_certain_and_half_chance(n: int, chance: float) -> None:
    most = min(120, 2 * 2 ** min(n - 1, 40))

    assert most / 2 <= throttle_wait_s(n, None, TIMING, lambda: chance) <= most


@pytest.mark.parametrize(("asked", "waited"), [(30.0, 30.0), (1e9, 3600.0), (-5.0, 1.0)])
def test_a_server_may_ask_for_more_but_not_for_ever(asked: float, waited: float) -> None:
    assert throttle_wait_s(1, asked, TIMING, lambda: 0.0) == waited


def test_one_method_rests_until_the_servers_moment_or_a_doubling_minute() -> None:
    assert method_pause_s(1, 42.0, TIMING) == 42
    assert method_pause_s(1, 1e6, TIMING) == 900
    assert [method_pause_s(n, None, TIMING) for n in (1, 2, 3, 9)] == [60, 120, 240, 900]


@given(st.floats(0, 1e6), chances)
def test_an_interval_is_spread_by_its_jitter(interval: float, chance: float) -> None:
    spread = spread_s(interval, 0.2, lambda: chance)

    assert 0.8 * interval <= spread + 1e-6
    assert spread <= 1.2 * interval + 1e-6
