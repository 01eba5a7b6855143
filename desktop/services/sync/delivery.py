"""decide(): what becomes of the ops of one account next. Pure: no clock, disk, network or chance.

The engine hands in what the store says, what has just happened and the time; it writes down the
changes in one transaction and then carries out the one request that may come with them.
"""

from datetime import datetime, timedelta

from desktop.domain.account import AccountState, MarkerSearch
from desktop.domain.sync import OpState, OutboxEntry, SeriesPart, Verb
from desktop.services.sync.choice import choose, needed_state, start
from desktop.services.sync.compare import after_read_back
from desktop.services.sync.copies import after_audited
from desktop.services.sync.delivery_values import (
    AccountFailed,
    Audited,
    Compared,
    Decision,
    Effect,
    Event,
    Looked,
    Probed,
    ReadBack,
    ReadFailed,
    Reason,
    SearchTested,
    SendFailed,
    Sent,
    Snapshot,
    Started,
)
from desktop.services.sync.ledger import LASTING_REASONS, Ledger
from desktop.services.sync.outcomes import (
    after_account_failure,
    after_looked,
    after_read_failed,
    after_search_tested,
    after_send_failed,
    after_sent,
)
from desktop.services.sync.twins import after_compared


def decide(snapshot: Snapshot, event: Event, now: datetime) -> Decision:
    """What to remember and what to do after ``event``; ``now`` never runs backwards."""
    ledger = Ledger(snapshot, now)
    to_send = _take(ledger, event)
    _keep_rules(ledger)
    effects: tuple[Effect, ...] = ()
    if snapshot.closing:
        pass
    elif to_send is not None:
        effects = (start(ledger, to_send),)
    else:
        effects = choose(ledger)
    return Decision(tuple(ledger.changes), effects)


def _take(ledger: Ledger, event: Event) -> OutboxEntry | None:
    """What the event itself changes; the op to send where it was read before a write."""
    match event:
        case ReadBack():
            return after_read_back(ledger, event)
        case Compared():
            return after_compared(ledger, event)
        case Started():
            _after_start(ledger)
        case Sent():
            after_sent(ledger, event)
        case Looked():
            after_looked(ledger, event)
        case Audited():
            after_audited(ledger, event)
        case SearchTested():
            after_search_tested(ledger, event)
        case Probed():
            ledger.put_account(state=AccountState.ACTIVE)
        case _:
            _take_failure(ledger, event)
    return None


def _take_failure(ledger: Ledger, event: Event) -> None:
    match event:
        case SendFailed():
            after_send_failed(ledger, event)
        case ReadFailed():
            after_read_failed(ledger, event)
        case AccountFailed():
            after_account_failure(ledger, event.error)
        case _:
            pass


def _after_start(ledger: Ledger) -> None:
    """A killed process, or a clock that was set meanwhile: waits are counted from now."""
    timing = ledger.snapshot.timing
    longest = max(timing.passing_most_s, timing.delete_delay_s)
    for entry in list(ledger.entries.values()):
        if entry.state is OpState.SENDING:
            ledger.close_attempt(entry, "killed")
            ledger.unknown(entry)
        elif entry.state is OpState.UNKNOWN:
            was_unknown = entry.was_unknown
            ledger.put(ledger.unknown(entry), was_unknown=was_unknown)
        elif entry.not_before is not None:
            unsent_deletion = entry.verb is Verb.DELETE and not entry.sends
            most = timing.delete_delay_s if unsent_deletion else longest
            ledger.put(entry, not_before=min(entry.not_before, ledger.after(most)))


def _keep_rules(ledger: Ledger) -> None:
    """What holds at every step, whatever has happened."""
    for entry in list(ledger.entries.values()):
        _hold_or_resume(ledger, entry)
    for entry in list(ledger.entries.values()):
        if entry.state is OpState.QUEUED and entry.needs_seq is not None:
            needed = needed_state(ledger, entry.needs_seq)
            if needed in (OpState.DISCARDED, OpState.CANCELLED):
                _without_what_it_needs(ledger, entry)
        elif _now_provable(ledger, entry):
            # The search has been proved since: no need to ask, it can be looked up.
            ledger.put(
                entry,
                state=OpState.UNKNOWN,
                reason="",
                detail="",
                looks=0,
                not_before=ledger.now,
                settled_at=ledger.now + timedelta(),
            )


def _without_what_it_needs(ledger: Ledger, entry: OutboxEntry) -> None:
    if entry.scope is not None and entry.scope.part is SeriesPart.LEFT_OUT:
        ledger.put(entry, state=OpState.CANCELLED, not_before=None)  # nothing left to look for
    else:
        ledger.trouble(entry, OpState.PARKED, Reason.NEEDS_LOST)


def _hold_or_resume(ledger: Ledger, entry: OutboxEntry) -> None:
    state = ledger.account.state
    lasting = entry.reason in LASTING_REASONS
    if state is not AccountState.ACTIVE and entry.state is OpState.QUEUED:
        reason = entry.reason if lasting else state.value
        ledger.put(entry, state=OpState.HELD, reason=reason)
    elif state is AccountState.ACTIVE and entry.state is OpState.HELD:
        ledger.put(entry, state=OpState.QUEUED, reason=entry.reason if lasting else "")


def _now_provable(ledger: Ledger, entry: OutboxEntry) -> bool:
    return (
        entry.state is OpState.ASK
        and entry.verb is Verb.CREATE
        and entry.reason == Reason.NOT_PROVED
        and ledger.account.marker_search is MarkerSearch.PROVEN
        and ledger.snapshot.account.marker_search is not MarkerSearch.PROVEN
    )
