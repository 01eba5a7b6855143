"""Health: how an account's server has answered lately, and until when to leave it alone."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.domain.account import Account, MarkerSearch
from desktop.domain.errors import (
    IdentityChangedError,
    OfflineError,
    OutcomeUnknownError,
    Refusal,
    RefusedError,
    Unreachable,
)
from desktop.domain.ids import RecordKind
from desktop.domain.sync import OutboxEntry, Verb
from desktop.services.sync.timing import Timing
from desktop.services.sync.waits import Random, method_pause_s, passing_wait_s, throttle_wait_s

Method = tuple[RecordKind, Verb]
PLAN = "plan"
"""The subject of a refusal because of what is paid for."""
STOPPING = frozenset({Refusal.SIGN_IN, Refusal.STOPPED, Refusal.MOVED})
"""Refusals that concern the whole account."""


@dataclass(frozen=True, slots=True)
class Pause:
    """One method rests; the others go on."""

    method: Method
    until: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Proof:
    """A finished create that is being searched, to know whether searching works."""

    entry: OutboxEntry
    since: datetime
    looks: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """Lives as long as the program: waits are not stored, a restart may try at once."""

    failures: int = 0
    refusals: int = 0
    retry_at: datetime | None = None
    """Nothing is asked before it."""
    problem: str = ""
    """A value of `Unreachable` or `Refusal`, or empty."""
    code: str = ""
    """What the server called the trouble that concerns the whole account, or empty."""
    throttled: bool = False
    """The wait was ordered by the server: impatience does not shorten it."""
    pauses: tuple[Pause, ...] = ()
    last_answer: datetime | None = None
    proof: Proof | None = None
    proved_at: datetime | None = None

    def answered(self, now: datetime) -> "Health":
        """The server has answered what it was asked."""
        return replace(
            self,
            failures=0,
            refusals=0,
            retry_at=None,
            problem="",
            code="",
            throttled=False,
            last_answer=now,
        )

    def failed(
        self,
        error: OfflineError | OutcomeUnknownError | RefusedError | IdentityChangedError,
        now: datetime,
        timing: Timing,
        random: Random,
        method: Method | None = None,
    ) -> "Health":
        """The server was not reached, gave no usable answer, or refused."""
        if isinstance(error, IdentityChangedError):
            return replace(self.answered(now), problem="identity changed")
        if isinstance(error, RefusedError):
            return self._refused(error, now, timing, random, method)
        failures = self.failures + 1
        problem = _problem_of(error)
        wait = timedelta(seconds=passing_wait_s(failures, timing, random))
        return replace(self, failures=failures, retry_at=now + wait, problem=problem)

    def waiting(self, seconds: float, now: datetime) -> "Health":
        """With a moment before which nothing is asked, if there is none yet."""
        if self.retry_at is not None:
            return self
        return replace(self, retry_at=now + timedelta(seconds=seconds))

    def _refused(
        self,
        error: RefusedError,
        now: datetime,
        timing: Timing,
        random: Random,
        method: Method | None,
    ) -> "Health":
        if error.reason is Refusal.BUSY:
            refusals = self.refusals + 1
            seconds = throttle_wait_s(refusals, error.retry_after_s, timing, random)
            return replace(
                self,
                failures=0,
                refusals=refusals,
                retry_at=now + timedelta(seconds=seconds),
                problem=error.reason.value,
                throttled=True,
                last_answer=now,
            )
        if error.reason is Refusal.METHOD_BUSY and method is not None:
            return self._paused(method, error.retry_after_s, now, timing)
        if error.reason is Refusal.STOPPED:
            until = now + timedelta(seconds=timing.stopped_probe_s)
            told = _code_of(error)
            return replace(
                self.answered(now), retry_at=until, problem=error.reason.value, code=told
            )
        if error.reason in STOPPING:
            return replace(self.answered(now), code=_code_of(error))
        return self.answered(now)

    def _paused(
        self, method: Method, retry_after_s: float | None, now: datetime, timing: Timing
    ) -> "Health":
        count = 1 + sum(pause.count for pause in self.pauses if pause.method == method)
        until = now + timedelta(seconds=method_pause_s(count, retry_after_s, timing))
        others = tuple(pause for pause in self.pauses if pause.method != method)
        return replace(self.answered(now), pauses=(*others, Pause(method, until, count)))

    def paused_until(self, method: Method, now: datetime) -> datetime | None:
        """Until when this method rests; None: it may be called."""
        for pause in self.pauses:
            if pause.method == method and pause.until > now:
                return pause.until
        return None

    def hurried(self, now: datetime, wait_s: float = 0.0) -> "Health":
        """The user asked, or the network came back: wait no longer than ``wait_s``."""
        if self.retry_at is None or self.throttled:
            return self
        return replace(self, retry_at=min(self.retry_at, now + timedelta(seconds=wait_s)))

    def resting(self, now: datetime) -> bool:
        """Whether nothing may be asked now."""
        return self.retry_at is not None and self.retry_at > now

    def open_circuit(self, timing: Timing) -> bool:
        """Whether only a cheap read may go out."""
        return self.failures >= timing.circuit_failures

    def silent(self, now: datetime, timing: Timing) -> bool:
        """Whether the connection has been idle so long that a create should not try it first."""
        return self.last_answer is None or (now - self.last_answer).total_seconds() > timing.idle_s

    # --- proving the search -----------------------------------------------------------------

    def created(
        self, entry: OutboxEntry, account: Account, now: datetime, timing: Timing
    ) -> "Health":
        """A create was answered: a chance to learn whether searching for markers works."""
        fresh = self.proved_at is not None and (
            (now - self.proved_at).total_seconds() < timing.proof_again_s
        )
        if self.proof is not None or (fresh and account.marker_search is not MarkerSearch.UNPROVEN):
            return self
        return replace(self, proof=Proof(entry, now))

    def tested(self, found: bool, last: bool, now: datetime) -> "Health":
        """One search of the proof was answered."""
        if self.proof is None:
            return self
        if found or last:
            return replace(self, proof=None, proved_at=now)
        return replace(self, proof=replace(self.proof, looks=self.proof.looks + 1))

    def unproved(self) -> "Health":
        """The search of the proof was refused: the next create is another chance."""
        return replace(self, proof=None)

    def proof_due(self, timing: Timing) -> datetime | None:
        """When the next search of the proof goes out."""
        if self.proof is None:
            return None
        index = min(self.proof.looks, len(timing.proof_looks_s) - 1)
        return self.proof.since + timedelta(seconds=timing.proof_looks_s[index])

    def proof_last(self, timing: Timing) -> bool:
        """Whether the next search of the proof decides."""
        return self.proof is not None and self.proof.looks >= len(timing.proof_looks_s) - 1


def concerns_account(error: Exception) -> bool:
    """Whether nothing may be asked of the server until somebody has acted."""
    if isinstance(error, RefusedError):
        return error.reason in STOPPING
    return isinstance(error, IdentityChangedError)


def _code_of(error: RefusedError) -> str:
    """The server's code; of one with many meanings what it is about here."""
    return error.subject if error.subject == PLAN else error.code


def _problem_of(error: OfflineError | OutcomeUnknownError) -> str:
    if isinstance(error, OfflineError):
        return error.why.value
    # A page where data should be: somebody on the way wants a sign-in of their own.
    return Unreachable.CAPTIVE_PORTAL.value if error.page else Unreachable.NO_ANSWER.value
