"""Which of a server's rows are an op's own, and what becomes of those that are one too many."""

import uuid

from desktop.domain.ids import OpId, server_uid
from desktop.domain.sync import OutboxEntry, RemoteRecord, Verb
from desktop.services.sync.delivery_changes import RemoveCopy
from desktop.services.sync.delivery_values import Audited, Reason
from desktop.services.sync.ledger import Ledger
from desktop.services.sync.merge import same_content

_COPIES = uuid.UUID("7c0f6f0e-6f3c-4d55-9d0a-6b1f6a1b9c55")


def own_rows(
    ledger: Ledger, entry: OutboxEntry, rows: tuple[RemoteRecord, ...]
) -> list[RemoteRecord]:
    """Rows that can be this op's: its marker or a fingerprint, and nobody else's item."""
    return [
        row
        for row in rows
        if row.marker in (None, entry.op_id)
        and ledger.snapshot.bound.get((row.kind, row.remote_id), entry.item_uid) == entry.item_uid
    ]


def after_audited(ledger: Ledger, event: Audited) -> None:
    """A finished create was looked at again: networks can deliver a request twice."""
    entry = event.entry
    waits = ledger.snapshot.timing.audits_s
    left = max(0, entry.audits_left - 1)
    done_steps = len(waits) - left
    later = None
    if left:
        later = ledger.after(waits[done_steps] - waits[done_steps - 1])
    ledger.put(entry, audits_left=left, not_before=later)
    rows = _own_or_copies(event, ledger)
    if entry.item_uid in ledger.snapshot.deleted:
        _remove(ledger, entry, rows)  # what was deleted does not come back as its copy
    elif rows:
        remove_copies(ledger, entry, rows)


def _own_or_copies(event: Audited, ledger: Ledger) -> list[RemoteRecord]:
    """The row that the item is tied to first, then the others.

    A copy that could not be removed before has an item of its own, under its server's name.
    """
    entry, bound = event.entry, ledger.snapshot.bound

    def owner(row: RemoteRecord) -> str | None:
        return bound.get((row.kind, row.remote_id))

    rows = [
        row
        for row in event.rows
        if row.marker == entry.op_id
        and owner(row)
        in (None, entry.item_uid, server_uid(entry.account_id, row.kind, row.remote_id))
    ]
    return sorted(rows, key=lambda row: owner(row) != entry.item_uid)


def remove_copies(ledger: Ledger, entry: OutboxEntry, rows: list[RemoteRecord]) -> None:
    """Keeps the first row and removes the others, as far as nobody has touched them."""
    first, *others = rows
    _remove(ledger, entry, others, like=first)


def _remove(
    ledger: Ledger,
    entry: OutboxEntry,
    rows: list[RemoteRecord],
    like: RemoteRecord | None = None,
) -> None:
    """Each by an op of its own: read, compared with what it is now, and only then deleted."""
    for row in rows:
        as_sent = entry.wish is not None and same_content(row.record, entry.wish)
        as_kept = like is not None and same_content(row.record, like.record)
        if row.marker == entry.op_id and (as_sent or as_kept):
            ledger.note(RemoveCopy(_removal_of(ledger, entry, row), row.remote_id))


def _removal_of(ledger: Ledger, entry: OutboxEntry, row: RemoteRecord) -> OutboxEntry:
    return OutboxEntry(
        seq=0,
        op_id=_removal_id(entry, row),
        item_uid=server_uid(entry.account_id, row.kind, row.remote_id),
        account_id=entry.account_id,
        kind=row.kind,
        verb=Verb.DELETE,
        wish=None,
        base=row.record,
        made_at=ledger.now,
        reason=Reason.COPY,
    )


def _removal_id(entry: OutboxEntry, row: RemoteRecord) -> OpId:
    """The same for the same find: an answer that comes twice removes once."""
    return OpId(str(uuid.uuid5(_COPIES, f"{entry.op_id}:{row.remote_id}:{entry.audits_left}")))
