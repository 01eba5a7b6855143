"""What becomes of an op after an answer, or the lack of one. Three outcomes, never two."""

from datetime import timedelta

from desktop.domain.account import AccountState, MarkerSearch
from desktop.domain.errors import (
    IdentityChangedError,
    OutcomeUnknownError,
    Refusal,
    RefusedError,
)
from desktop.domain.sync import Conflict, OpState, OutboxEntry, RemoteRecord, Verb
from desktop.services.sync.copies import own_rows, remove_copies
from desktop.services.sync.delivery_changes import Forget, PutConflict
from desktop.services.sync.delivery_values import (
    Failed,
    Looked,
    ReadFailed,
    Reason,
    SearchTested,
    SendFailed,
    Sent,
)
from desktop.services.sync.ledger import LASTING_REASONS, Ledger
from desktop.services.sync.merge import holds

PASSING = frozenset({Refusal.BUSY, Refusal.METHOD_BUSY})
_ACCOUNT_STATES = {
    Refusal.SIGN_IN: AccountState.SIGN_IN,
    Refusal.STOPPED: AccountState.STOPPED,
    Refusal.MOVED: AccountState.MOVED,
}


def after_account_failure(ledger: Ledger, error: Failed) -> bool:
    """Stops the account where ``error`` concerns all of it; says whether it does."""
    if isinstance(error, IdentityChangedError):
        ledger.stop_account(AccountState.SIGN_IN)
        return True
    if isinstance(error, RefusedError) and error.reason in _ACCOUNT_STATES:
        if error.reason is Refusal.MOVED and error.subject:
            ledger.put_account(moved_to=error.subject)
        ledger.stop_account(_ACCOUNT_STATES[error.reason])
        return True
    return False


# --- a write -------------------------------------------------------------------------------------


def after_sent(ledger: Ledger, event: Sent) -> None:
    """The write was carried out."""
    entry = ledger.get(event.op_id, OpState.SENDING)
    if entry is None:
        return
    ledger.close_attempt(entry, "done")
    if entry.verb is Verb.DELETE:
        finish_deletion(ledger, entry)
        return
    echo = event.pushed.record
    server = entry.wish if echo is None else echo.record
    revision = event.pushed.revision if echo is None else echo.revision
    ledger.done(entry, event.pushed.remote_id, server, revision, echo=True)


def after_send_failed(ledger: Ledger, event: SendFailed) -> None:
    """The write was refused, did not leave, or may have arrived."""
    entry = ledger.get(event.op_id, OpState.SENDING)
    error = event.error
    whole_account = after_account_failure(ledger, error)
    if entry is None:
        return
    if isinstance(error, OutcomeUnknownError):
        ledger.close_attempt(entry, "unknown", error.http_status)
        ledger.unknown(entry)
    elif isinstance(error, RefusedError):
        ledger.close_attempt(entry, "refused", error.http_status, error.code or error.reason.value)
        if whole_account or error.reason in PASSING:
            ledger.queue_again(entry)
        else:
            _refused_for_good(ledger, entry, error)
    else:
        ledger.close_attempt(entry, "not sent")
        # Nothing has left us: it counts as never attempted, so it can be edited and taken back.
        ledger.queue_again(entry, sends=entry.sends - 1)


def _refused_for_good(ledger: Ledger, entry: OutboxEntry, error: RefusedError) -> None:
    if entry.verb is Verb.CREATE:
        # An earlier request may have been delivered after all: looked up once before parking.
        ledger.put(
            entry,
            state=OpState.UNKNOWN,
            reason=error.reason.value,
            detail=error.text,
            looks=0,
            not_before=ledger.now,
            settled_at=ledger.now,
        )
    elif error.reason is Refusal.NOT_FOUND:
        record_is_gone(ledger, entry)
    else:
        ledger.trouble(entry, OpState.PARKED, error.reason.value, error.text)


def finish_deletion(ledger: Ledger, entry: OutboxEntry) -> None:
    """The record is gone on the server, as wished."""
    ledger.done(entry, None, None, None)
    ledger.note(Forget(entry.item_uid))


def record_is_gone(ledger: Ledger, entry: OutboxEntry) -> None:
    """The server has no such record (any more)."""
    if entry.verb is Verb.DELETE:
        finish_deletion(ledger, entry)
        return
    ledger.note(PutConflict(Conflict(entry.seq, entry.base, entry.wish, None)))
    ledger.trouble(entry, OpState.CONFLICT, Reason.DELETED_THERE)


# --- a read for an op ----------------------------------------------------------------------------


def after_read_failed(ledger: Ledger, event: ReadFailed) -> None:
    """A read before a write, or a look, was not answered."""
    error = event.error
    entry = ledger.get(event.op_id, OpState.QUEUED, OpState.UNKNOWN)
    if after_account_failure(ledger, error) or entry is None:
        return
    if not isinstance(error, RefusedError) or error.reason is Refusal.BUSY:
        return  # the account as a whole waits a little
    if error.reason is Refusal.METHOD_BUSY:
        seconds = error.retry_after_s or ledger.snapshot.timing.method_pause_s
        most = ledger.snapshot.timing.method_pause_most_s
        ledger.put(entry, not_before=ledger.after(min(seconds, most)))
    elif error.reason is Refusal.NOT_FOUND and entry.verb is not Verb.CREATE:
        record_is_gone(ledger, entry)
    elif entry.state is OpState.QUEUED or _pending_refusal(entry):
        reason = _pending_refusal(entry) or error.reason.value
        ledger.trouble(entry, OpState.PARKED, reason, entry.detail or error.text)
    else:
        ledger.trouble(entry, OpState.ASK, Reason.NOT_PROVED, error.text)


def after_looked(ledger: Ledger, event: Looked) -> None:
    """A look at an unknown op was answered."""
    entry = ledger.get(event.op_id, OpState.UNKNOWN)
    if entry is None:
        return
    if entry.verb is Verb.CREATE:
        rows = own_rows(ledger, entry, event.rows)
        if rows:
            _found(ledger, entry, rows)
            return
    elif not event.rows:
        record_is_gone(ledger, entry)
        return
    elif _update_arrived(entry, event.rows[0]):
        row = event.rows[0]
        ledger.done(entry, row.remote_id, row.record, row.revision)
        return
    _not_found(ledger, entry, event)


def _pending_refusal(entry: OutboxEntry) -> str:
    """Why an op was refused that is looked up before it is parked."""
    if entry.state is not OpState.UNKNOWN or entry.reason in LASTING_REASONS:
        return ""
    return entry.reason


def _update_arrived(entry: OutboxEntry, row: RemoteRecord) -> bool:
    return entry.wish is not None and holds(row.record, entry.base, entry.wish)


def _found(ledger: Ledger, entry: OutboxEntry, rows: list[RemoteRecord]) -> None:
    first = rows[0]
    if first.marker == entry.op_id:
        ledger.put_account(marker_search=MarkerSearch.PROVEN)
    ledger.done(entry, first.remote_id, first.record, first.revision)
    remove_copies(ledger, entry, rows)


def _not_found(ledger: Ledger, entry: OutboxEntry, event: Looked) -> None:
    assert entry.settled_at is not None
    if entry.not_before is not None and event.asked_at < entry.not_before:
        return  # an old answer: it has been taken before
    if event.asked_at < entry.settled_at:
        looks = entry.looks + 1
        waits = ledger.snapshot.timing.looks_s
        look_at = entry.settled_at
        if looks < len(waits):
            sent_at = entry.settled_at - ledger.settle
            look_at = min(look_at, sent_at + timedelta(seconds=waits[looks]))
        ledger.put(entry, looks=looks, not_before=max(look_at, ledger.now))
    elif pending := _pending_refusal(entry):
        ledger.trouble(entry, OpState.PARKED, pending, entry.detail)
    else:
        _absent(ledger, entry)


def _absent(ledger: Ledger, entry: OutboxEntry) -> None:
    """The server is through with the request and does not have it: only if searching works."""
    timing = ledger.snapshot.timing
    proven = entry.verb is not Verb.CREATE or ledger.account.marker_search is MarkerSearch.PROVEN
    old = (ledger.now - entry.made_at).total_seconds() > timing.give_up_s
    if not proven:
        ledger.trouble(entry, OpState.ASK, Reason.NOT_PROVED)
    elif entry.absences >= timing.max_absences:
        ledger.trouble(entry, OpState.ASK, Reason.KEEPS_GETTING_LOST)
    elif entry.sends >= timing.give_up_sends and old:
        ledger.trouble(entry, OpState.PARKED, Reason.KEEPS_GETTING_LOST)
    else:
        ledger.queue_again(entry, absences=entry.absences + 1)


def after_search_tested(ledger: Ledger, event: SearchTested) -> None:
    """A create that is certainly there was searched."""
    if event.found:
        ledger.put_account(marker_search=MarkerSearch.PROVEN)
    elif event.last:
        ledger.put_account(marker_search=MarkerSearch.BROKEN)
