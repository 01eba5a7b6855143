"""How long to wait after a failure, with the spread that keeps many clients apart."""

from collections.abc import Callable

from desktop.services.sync.timing import Timing

Random = Callable[[], float]
"""A number from 0 up to 1."""

_LARGEST_EXPONENT = 32  # far beyond every cap; keeps the power finite


def passing_wait_s(failures: int, timing: Timing, random: Random) -> float:
    """After failures in a row that may pass: rand(1 s, min(300 s, 2·2ⁿ)), n from zero."""
    most = min(timing.passing_most_s, timing.passing_first_s * _power(failures - 1))
    least = min(timing.passing_least_s, most)
    return least + random() * (most - least)


def throttle_wait_s(
    refusals: int, retry_after_s: float | None, timing: Timing, random: Random
) -> float:
    """After "too many requests": what the server asks for, else d/2 + rand(0, d/2)."""
    d = min(timing.throttle_most_s, timing.passing_first_s * _power(refusals - 1))
    own = d / 2 + random() * d / 2
    if retry_after_s is None:
        return own
    return max(own, min(max(0.0, retry_after_s), timing.retry_after_most_s))


def method_pause_s(pauses: int, retry_after_s: float | None, timing: Timing) -> float:
    """How long one method rests: until the server's moment, else a minute, doubling."""
    if retry_after_s is not None:
        return min(max(0.0, retry_after_s), timing.method_pause_most_s)
    return min(timing.method_pause_most_s, timing.method_pause_s * _power(pauses - 1))


def spread_s(interval_s: float, jitter: float, random: Random) -> float:
    """``interval_s``, give or take ``jitter`` of it."""
    return interval_s * (1 + jitter * (2 * random() - 1))


def _power(exponent: int) -> float:
    return float(2 ** max(0, min(exponent, _LARGEST_EXPONENT)))
