"""What one account's loops share: a right that is missing is asked about, once in a while."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.account import AccountState
from desktop.domain.errors import OfflineError, Refusal, RefusedError
from desktop.services.sync.clock import SteadyClock
from desktop.services.sync.delivery_values import AccountFailed, Failed
from desktop.services.sync.pulse import Pulse
from desktop.services.sync.timing import HOUR_S, Timing
from tests.builders import make_account


class Time:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def pulse(time: Time) -> Pulse:
    clock = SteadyClock(time, time.monotonic)
    return Pulse(make_account(), clock, Timing(), lambda: 0.5, lambda: None)


def missing() -> Failed:
    return RefusedError(Refusal.MISSING_SCOPE, code="insufficient_scope", subject="calendar")


def test_a_missing_scope_asks_for_the_rights_at_once(pulse: Pulse) -> None:
    pulse.failed(missing())

    assert pulse.check_wanted
    assert pulse.push_wake.is_set()


def test_it_is_asked_once_an_hour_however_often_it_is_missing(pulse: Pulse, time: Time) -> None:
    pulse.failed(missing())
    pulse.check_wanted = False
    pulse.failed(missing())
    soon = pulse.check_wanted
    time.now += timedelta(seconds=HOUR_S)
    pulse.failed(missing())

    assert not soon
    assert pulse.check_wanted


@pytest.mark.parametrize(
    "error", [OfflineError(), RefusedError(Refusal.FORBIDDEN), RefusedError(Refusal.BUSY)]
)
def test_other_failures_say_nothing_of_the_rights(pulse: Pulse, error: Failed) -> None:
    pulse.failed(error)

    assert not pulse.check_wanted


def test_what_stops_the_whole_account_keeps_its_name_until_an_answer_comes(pulse: Pulse) -> None:
    pulse.failed(RefusedError(Refusal.SIGN_IN, code="invalid_grant"))
    signed_out = pulse.health.code
    pulse.failed(RefusedError(Refusal.STOPPED, code="ACCESS_DENIED", subject="plan"))
    stopped = pulse.health.code
    pulse.answered()

    assert (signed_out, stopped, pulse.health.code) == ("invalid_grant", "plan", "")


@pytest.mark.parametrize("reason", list(Refusal))
def test_a_server_that_is_stopped_is_left_alone_for_a_while_whatever_it_refuses_with(
    pulse: Pulse, time: Time, reason: Refusal
) -> None:
    pulse.account = make_account(state=AccountState.STOPPED)
    pulse.take(AccountFailed(RefusedError(reason)))

    assert pulse.health.resting(time.now)
