"""Timing and Polling: every wait of the sync as a value, so that tests can shorten them."""

from dataclasses import dataclass

MINUTE_S = 60.0
HOUR_S = 60 * MINUTE_S
DAY_S = 24 * HOUR_S


@dataclass(frozen=True, slots=True)
class Timing:
    """When an op is sent, looked up and given up on. All in seconds; the defaults are proven."""

    looks_s: tuple[float, ...] = (3.0, 10.0)
    """After an unknown send: when to look for it before it has settled."""
    settle_s: float | None = None
    """How long a server may go on with a request; None: what the account says."""
    max_absences: int = 3
    """How often an op is proved absent and sent again before the user is asked."""
    delete_delay_s: float = 10.0
    """A deletion leaves only so long after it was made: undo takes it back."""
    urgent_s: float = 2 * HOUR_S
    """Meetings that start within it overtake the others."""
    audits_s: tuple[float, ...] = (600.0, DAY_S)
    """After a create whose answer was lost: when to look for copies that the network made."""
    proof_looks_s: tuple[float, ...] = (0.0, 5.0, 20.0, 60.0)
    """After a create: when to search for it; not found at the last one, the search is broken."""
    proof_again_s: float = DAY_S
    passing_first_s: float = 2.0
    passing_least_s: float = 1.0
    passing_most_s: float = 300.0
    throttle_most_s: float = 120.0
    retry_after_most_s: float = HOUR_S
    method_pause_s: float = 60.0
    method_pause_most_s: float = 15 * MINUTE_S
    stopped_probe_s: float = HOUR_S
    resume_most_s: float = 10.0
    """After a change of network or waking up: the start is spread over so many seconds."""
    circuit_failures: int = 5
    """So many failures in a row, and a cheap read goes first."""
    idle_s: float = MINUTE_S
    """Silence after which a cheap read goes before a create: the connection may be dead."""
    give_up_sends: int = 5
    give_up_s: float = DAY_S
    """An update or deletion that stays unknown so often and so long is parked."""


@dataclass(frozen=True, slots=True)
class Polling:
    """How often each part of an account is read again, in seconds, each spread by ``jitter``."""

    visible_s: float = 45.0
    """With its jitter, and the time that requests take, less than a minute."""
    contacts_s: float = 10 * MINUTE_S
    horizon_s: float = 30 * MINUTE_S
    sweep_s: float = DAY_S
    check_s: float = 12 * HOUR_S
    dossiers_s: float = 30 * MINUTE_S
    """How often it is looked whether somebody is met soon of whom little is known."""
    jitter: float = 0.2
    slowest_s: float = HOUR_S
    unwatched: float = 5.0
    """How much longer the intervals are while nobody looks at the window."""
    back_days: int = 31
    ahead_days: int = 92
    chunk_days: int = 124
    """The longest window that one request asks for."""
    announce_s: float = 1.0
    """While contacts pour in: how often the screen is told."""
    tick_s: float = 5.0
    """How often the clocks are compared to notice that the machine slept."""
    sleep_drift_s: float = 5.0
    close_s: float = 1.5
    """What running calls get when the program closes."""
    restart_s: float = 5.0
    restart_most_s: float = 300.0
