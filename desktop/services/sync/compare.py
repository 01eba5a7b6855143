"""Read, compare, write: what an answer to the read before a write leads to."""

from desktop.domain.account import AccountState
from desktop.domain.sync import Conflict, OpState, OutboxEntry, RemoteRecord, Verb
from desktop.services.sync.delivery_changes import PutConflict
from desktop.services.sync.delivery_values import ReadBack, Reason
from desktop.services.sync.ledger import Ledger
from desktop.services.sync.merge import merge, same_content
from desktop.services.sync.outcomes import record_is_gone


def after_read_back(ledger: Ledger, event: ReadBack) -> OutboxEntry | None:
    """The op to send now, as it is to be sent; None where it is done, gone or asked about."""
    entry = ledger.get(event.op_id, OpState.QUEUED)
    if entry is None or ledger.account.state is not AccountState.ACTIVE:
        return None
    if event.theirs is None:
        record_is_gone(ledger, entry)
        return None
    if entry.verb is Verb.DELETE:
        return _deletion(ledger, entry, event.theirs)
    return _update(ledger, entry, event.theirs)


def _deletion(ledger: Ledger, entry: OutboxEntry, theirs: RemoteRecord) -> OutboxEntry | None:
    if entry.base is None or same_content(entry.base, theirs.record):
        return entry
    ledger.note(PutConflict(Conflict(entry.seq, entry.base, None, theirs.record)))
    ledger.trouble(entry, OpState.CONFLICT, Reason.EDITED_THERE)
    return None


def _update(ledger: Ledger, entry: OutboxEntry, theirs: RemoteRecord) -> OutboxEntry | None:
    if entry.wish is None:
        return None
    merged = merge(entry.base or theirs.record, entry.wish, theirs.record)
    if merged.conflicts:
        ledger.note(PutConflict(Conflict(entry.seq, entry.base, entry.wish, theirs.record)))
        ledger.trouble(entry, OpState.CONFLICT, Reason.BOTH_CHANGED, ", ".join(merged.conflicts))
        return None
    if same_content(merged.record, theirs.record):
        ledger.done(entry, theirs.remote_id, theirs.record, theirs.revision)
        return None
    return ledger.put(entry, wish=merged.record, base=theirs.record)
