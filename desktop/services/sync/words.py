"""The user's word on an op in trouble: every state has a way out. Pure, like `delivery`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desktop.domain.ids import OpId
from desktop.domain.sync import Conflict, OpState, OutboxEntry, Verb
from desktop.services.sync.delivery_changes import Bind, Change, DropConflict, Forget, KeepVersion
from desktop.services.sync.delivery_values import Reason, Snapshot
from desktop.services.sync.ledger import Ledger
from desktop.services.sync.twins import make_anyway, use_existing

DISCARDABLE = (OpState.QUEUED, OpState.HELD, OpState.PARKED, OpState.ASK, OpState.CONFLICT)


@dataclass(frozen=True, slots=True)
class Retry:
    """Send it now."""

    op_id: OpId


@dataclass(frozen=True, slots=True)
class Discard:
    """Give the wish up; the server's copy stays as it is."""

    op_id: OpId


@dataclass(frozen=True, slots=True)
class Confirm:
    """Whether it has arrived, where that cannot be found out."""

    op_id: OpId
    arrived: bool


@dataclass(frozen=True, slots=True)
class Resolve:
    """Which side of a conflict stays."""

    op_id: OpId
    keep: Literal["mine", "theirs"]
    conflict: Conflict


Word = Retry | Discard | Confirm | Resolve


def after_word(snapshot: Snapshot, word: Word, now: datetime) -> tuple[Change, ...]:
    """What to remember; nothing where the op is not waiting for this word (any more)."""
    ledger = Ledger(snapshot, now)
    match word:
        case Retry():
            _retry(ledger, word)
        case Discard():
            entry = ledger.get(word.op_id, *DISCARDABLE)
            if entry is not None:
                discard(ledger, entry)
        case Confirm():
            _confirm(ledger, word)
        case Resolve():
            _resolve(ledger, word)
    return tuple(ledger.changes)


def _retry(ledger: Ledger, word: Retry) -> None:
    entry = ledger.get(word.op_id, OpState.PARKED, OpState.QUEUED)
    if entry is None:
        return
    lost = entry.reason == Reason.NEEDS_LOST
    needs = None if lost else entry.needs_seq
    ledger.queue_again(entry, absences=0, needs_seq=needs)


def discard(ledger: Ledger, entry: OutboxEntry) -> None:
    """Give up an op; with a create goes whatever was to follow it on its item."""
    if entry.wish is not None:
        ledger.note(KeepVersion(entry.item_uid, ledger.now, "discarded", entry.wish))
    if entry.state is OpState.CONFLICT or entry.reason == Reason.TWIN:
        ledger.note(DropConflict(entry.seq))
    ledger.put(entry, state=OpState.DISCARDED, not_before=None, settled_at=None)
    if entry.verb is Verb.CREATE:
        for later in ledger.of_item(entry.item_uid):
            if later.state in DISCARDABLE:
                ledger.put(
                    later, state=OpState.DISCARDED, reason=Reason.CREATE_DROPPED, not_before=None
                )


def _confirm(ledger: Ledger, word: Confirm) -> None:
    entry = ledger.get(word.op_id, OpState.ASK)
    if entry is None or entry.reason == Reason.TWIN:
        return
    if not word.arrived:
        ledger.queue_again(entry, absences=0)
        return
    audits = ledger.snapshot.timing.audits_s
    audited = entry.verb is Verb.CREATE and bool(audits)
    ledger.put(
        entry,
        state=OpState.DONE,
        reason=Reason.USER_SAYS_THERE,
        not_before=ledger.after(audits[0]) if audited else None,
        audits_left=len(audits) if audited else 0,
    )
    if entry.verb is not Verb.UPDATE:
        # A create that nothing can be tied to lives on as the row that the next pull brings.
        ledger.note(Forget(entry.item_uid))


def _resolve(ledger: Ledger, word: Resolve) -> None:
    asked = ledger.get(word.op_id, OpState.ASK)
    if asked is not None and asked.reason == Reason.TWIN:
        if word.keep == "mine":
            make_anyway(ledger, asked)
        else:
            use_existing(ledger, asked, word.conflict)
        return
    entry = ledger.get(word.op_id, OpState.CONFLICT)
    if entry is None:
        return
    ledger.note(DropConflict(entry.seq))
    if word.keep == "mine":
        _keep_mine(ledger, entry, word.conflict)
    else:
        _keep_theirs(ledger, entry, word.conflict)


def _keep_mine(ledger: Ledger, entry: OutboxEntry, conflict: Conflict) -> None:
    theirs = conflict.theirs
    if theirs is not None:
        ledger.note(KeepVersion(entry.item_uid, ledger.now, "theirs", theirs))
        ledger.queue_again(entry, base=theirs)
        return
    # It was deleted there and is made anew. The marker has never travelled: creates only carry it.
    ledger.note(Forget(entry.item_uid))
    ledger.queue_again(entry, verb=Verb.CREATE, base=None, was_unknown=False)


def _keep_theirs(ledger: Ledger, entry: OutboxEntry, conflict: Conflict) -> None:
    if conflict.mine is not None:
        ledger.note(KeepVersion(entry.item_uid, ledger.now, "mine", conflict.mine))
    ledger.put(entry, state=OpState.DISCARDED)
    if conflict.theirs is None:
        ledger.note(Forget(entry.item_uid))
        return
    remote_id = ledger.remote_ids.get(entry.item_uid)
    if remote_id is not None:
        ledger.note(Bind(entry, remote_id, conflict.theirs, None))
