"""The pace towards a portal, in virtual time."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import Refusal, RefusedError
from desktop.services.api.limits import (
    BURST,
    LEAST_PER_S,
    LONGEST_METHOD_BLOCK_S,
    MOST_PER_S,
    Pace,
    PortalLimits,
    RateLimiter,
)


class VirtualTime:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def virtual() -> VirtualTime:
    return VirtualTime()


@pytest.fixture
def limiter(virtual: VirtualTime) -> RateLimiter:
    return RateLimiter(clock=virtual, sleep=virtual.sleep)


async def turns(limiter: RateLimiter, count: int, *, watched: bool) -> None:
    for _ in range(count):
        async with limiter.turn(("profile",), watched=watched):
            pass


async def test_background_requests_leave_once_a_second(limiter, virtual):
    await turns(limiter, 11, watched=False)

    assert virtual.now == pytest.approx(1_010)


async def test_what_the_user_watches_may_use_a_burst_of_25_at_once(limiter, virtual):
    await turns(limiter, BURST, watched=True)
    assert virtual.now == 1_000

    await turns(limiter, 3, watched=True)
    assert virtual.now == pytest.approx(1_003)


async def test_the_burst_refills_at_the_pace(limiter, virtual):
    await turns(limiter, BURST, watched=True)
    virtual.now += 10
    await turns(limiter, 10, watched=True)
    assert virtual.now == 1_010


def test_each_quiet_minute_adds_a_tenth_up_to_two_a_second():
    pace = Pace()
    speeds = []
    for minute in range(16):
        pace.wait_s(60.0 * minute, watched=True)
        speeds.append(round(pace.per_s, 3))

    assert speeds[:4] == [1.0, 1.1, 1.2, 1.3]
    assert speeds[-1] == MOST_PER_S


def test_a_limit_error_halves_the_pace_and_takes_the_burst_away():
    pace = Pace()
    pace.wait_s(0, watched=True)
    pace.limited(0)

    assert pace.per_s == 0.5
    assert pace.wait_s(0, watched=True) == pytest.approx(2.0)
    for _ in range(8):
        pace.limited(0.5)  # the rest of the same burst
    assert pace.per_s == 0.5
    for second in range(2, 12):
        pace.limited(second)
    assert pace.per_s == LEAST_PER_S


async def test_a_blocked_method_is_refused_before_anything_is_sent(limiter, virtual):
    assert limiter.method_limited("crm.contact.list", 42.0) == 42.0

    with pytest.raises(RefusedError) as caught:
        async with limiter.turn(("crm.contact.list",), watched=True):
            pytest.fail("sent")
    assert caught.value.reason is Refusal.METHOD_BUSY
    assert caught.value.retry_after_s == pytest.approx(42)
    await turns(limiter, 1, watched=True)  # other methods go on

    virtual.now += 43
    async with limiter.turn(("crm.contact.list",), watched=True):
        pass


def test_a_method_without_a_told_end_waits_60_s_doubling_up_to_15_min():
    pace = Pace()
    waits = [pace.method_limited(0, "m", None) for _ in range(6)]

    assert waits == [60, 120, 240, 480, LONGEST_METHOD_BLOCK_S, LONGEST_METHOD_BLOCK_S]
    pace.answered(0, "m")
    assert pace.method_limited(0, "m", None) == 60
    assert pace.method_limited(0, "m", 86_400) == LONGEST_METHOD_BLOCK_S


async def test_execution_time_near_the_limit_spares_the_method_in_the_background(limiter, virtual):
    limiter.answered("profile", 100.0)
    await turns(limiter, 1, watched=False)
    assert virtual.slept == []

    limiter.answered("profile", 470.0)
    await turns(limiter, 1, watched=False)
    assert sum(virtual.slept) > 30


async def test_eight_reads_together_and_not_one_more(limiter):
    inside = most = 0
    gate = asyncio.Event()

    async def read() -> None:
        nonlocal inside, most
        async with limiter.turn(("profile",), watched=True):
            inside += 1
            most = max(most, inside)
            await gate.wait()
            inside -= 1

    async with asyncio.TaskGroup() as group:
        for _ in range(20):
            group.create_task(read())
        for _ in range(10):
            await asyncio.sleep(0)
        assert inside == 8
        gate.set()
    assert most == 8


def test_accounts_of_one_portal_share_its_limiter():
    limits = PortalLimits()

    assert limits.of("acme.bitrix24.com") is limits.of("acme.bitrix24.com")
    assert limits.of("acme.bitrix24.com") is not limits.of("other.bitrix24.com")


class Bucket:
    """The portal's own bucket: 50 deep, 2/s."""

    def __init__(self) -> None:
        self.level = 0.0
        self.seen = 0.0

    def admit(self, now: float) -> bool:
        self.level = max(0.0, self.level - (now - self.seen) * 2)
        self.seen = now
        if self.level + 1 > 50:
            return False
        self.level += 1
        return True


@given(st.lists(st.tuples(st.floats(0, 30), st.booleans()), min_size=1, max_size=300))
def test_alone_on_a_portal_its_bucket_never_overflows(wishes):
    pace, bucket = Pace(), Bucket()
    now = 0.0
    for pause, watched in wishes:
        now += pause
        while (wait := pace.wait_s(now, watched=watched)) > 0:
            now += wait
        assert bucket.admit(now)


@given(
    st.lists(
        st.tuples(st.floats(0, 100), st.sampled_from(["watched", "background", "limited"])),
        max_size=200,
    )
)
def test_waits_are_finite_and_the_pace_stays_in_its_bounds(steps):
    pace = Pace()
    now = 0.0
    for pause, step in steps:
        now += pause
        if step == "limited":
            pace.limited(now)
        else:
            assert 0 <= pace.wait_s(now, watched=step == "watched") <= 2 / LEAST_PER_S
        assert LEAST_PER_S <= pace.per_s <= MOST_PER_S
