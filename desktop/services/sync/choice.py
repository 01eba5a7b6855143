"""Which op goes next: per item by ``seq``, meetings that start soon first, one at a time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from desktop.domain.account import AccountState
from desktop.domain.event import Event
from desktop.domain.sync import Attempt, OpState, OutboxEntry, Verb
from desktop.domain.timespan import TimeSpan
from desktop.services.sync.delivery_changes import OpenAttempt
from desktop.services.sync.delivery_values import (
    Audit,
    CompareFirst,
    Effect,
    Look,
    Probe,
    ProveSearch,
    ReadFirst,
    Reason,
    Send,
    WakeAt,
)
from desktop.services.sync.ledger import LASTING_REASONS, Ledger
from desktop.services.sync.twins import to_compare


def choose(ledger: Ledger) -> tuple[Effect, ...]:
    """The next request, or when to ask again; a send is written down as SENDING."""
    health, timing, now = ledger.snapshot.health, ledger.snapshot.timing, ledger.now
    if health.resting(now):
        assert health.retry_at is not None
        return (WakeAt(health.retry_at),)
    if ledger.account.state is not AccountState.ACTIVE:
        # Whoever has to sign in or to confirm an address says so by changing the account.
        return (Probe(),) if ledger.account.state is AccountState.STOPPED else ()
    if any(entry.state is OpState.SENDING for entry in ledger.entries.values()):
        return ()
    effect = _look(ledger) or _proof(ledger) or _send(ledger) or _audit(ledger)
    if effect is None:
        return _sleep(ledger)
    silent_create = isinstance(effect, Send) and health.silent(now, timing)
    if health.open_circuit(timing) or silent_create:
        return (Probe(),)
    return (start(ledger, effect.entry) if isinstance(effect, Send) else effect,)


def start(ledger: Ledger, entry: OutboxEntry) -> Send:
    """Write down, before the first byte leaves, that the op is being sent."""
    sending = ledger.put(
        entry,
        state=OpState.SENDING,
        sends=entry.sends + 1,
        reason=entry.reason if entry.reason in LASTING_REASONS - {Reason.EDITED} else "",
        detail="",
        not_before=None,
    )
    ledger.note(
        OpenAttempt(Attempt(sending.seq, sending.sends, ledger.snapshot.boot_id, ledger.now))
    )
    return Send(sending, ledger.remote_ids.get(entry.item_uid))


def _look(ledger: Ledger) -> Effect | None:
    due = [
        entry
        for entry in ledger.entries.values()
        if entry.state is OpState.UNKNOWN
        and (entry.not_before is None or entry.not_before <= ledger.now)
    ]
    if not due:
        return None
    entry = min(due, key=lambda entry: (entry.not_before or ledger.now, entry.seq))
    return Look(entry, ledger.remote_ids.get(entry.item_uid))


def _proof(ledger: Ledger) -> Effect | None:
    health, timing = ledger.snapshot.health, ledger.snapshot.timing
    due = health.proof_due(timing)
    if health.proof is None or due is None or due > ledger.now:
        return None
    return ProveSearch(health.proof.entry, health.proof_last(timing))


def _send(ledger: Ledger) -> Effect | None:
    ready = [entry for entry in _eligible(ledger) if _ready_at(ledger, entry) is None]
    if not ready:
        return None
    entry = min(ready, key=lambda entry: (not _urgent(ledger, entry), entry.seq))
    if entry.verb is Verb.CREATE:
        return CompareFirst(entry) if to_compare(entry) else Send(entry, None)
    remote_id = ledger.remote_ids.get(entry.item_uid)
    if remote_id is None:
        ledger.trouble(entry, OpState.PARKED, Reason.NOT_BOUND)
        return _send(ledger)
    return ReadFirst(entry, remote_id)


def _eligible(ledger: Ledger) -> Iterator[OutboxEntry]:
    """The first unfinished op of each item, if it is queued and what it needs is done."""
    seen: set[str] = set()
    for entry in sorted(ledger.entries.values(), key=lambda entry: entry.seq):
        if entry.state.finished or entry.item_uid in seen:
            continue
        seen.add(entry.item_uid)
        if entry.state is OpState.QUEUED and _needs_met(ledger, entry):
            yield entry


def _needs_met(ledger: Ledger, entry: OutboxEntry) -> bool:
    if entry.needs_seq is None:
        return True
    return needed_state(ledger, entry.needs_seq) is OpState.DONE


def needed_state(ledger: Ledger, seq: int) -> OpState | None:
    """Where the op is that another one needs; None where it is not known any more."""
    for entry in ledger.entries.values():
        if entry.seq == seq:
            return entry.state
    return ledger.snapshot.needed.get(seq)


def _ready_at(ledger: Ledger, entry: OutboxEntry) -> datetime | None:
    """When the op may go; None: now."""
    paused = ledger.snapshot.health.paused_until((entry.kind, entry.verb), ledger.now)
    waits = [at for at in (entry.not_before, paused) if at is not None and at > ledger.now]
    return max(waits, default=None)


def _urgent(ledger: Ledger, entry: OutboxEntry) -> bool:
    """Whether it is about a meeting that starts within two hours."""
    record = entry.wish or entry.base
    if not isinstance(record, Event) or not isinstance(record.when, TimeSpan):
        return False
    soon = timedelta(seconds=ledger.snapshot.timing.urgent_s)
    return ledger.now <= record.when.start <= ledger.now + soon


def _audit(ledger: Ledger) -> Effect | None:
    for entry in ledger.snapshot.audits:
        if entry.not_before is not None and entry.not_before <= ledger.now:
            latest = ledger.entries.get(entry.op_id, entry)
            if latest.audits_left and latest.not_before == entry.not_before:
                return Audit(entry)
    return None


def _sleep(ledger: Ledger) -> tuple[Effect, ...]:
    due = ledger.snapshot.health.proof_due(ledger.snapshot.timing)
    moments = [] if due is None else [due]
    moments += [at for entry in _eligible(ledger) if (at := _ready_at(ledger, entry))]
    for entry in ledger.entries.values():
        waits = entry.state is OpState.UNKNOWN or entry.audits_left
        if waits and entry.not_before is not None:
            moments.append(entry.not_before)
    for entry in ledger.snapshot.audits:
        if entry.op_id not in ledger.entries and entry.not_before is not None:
            moments.append(entry.not_before)
    return (WakeAt(min(moments)),) if moments else ()
