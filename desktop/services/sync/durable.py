"""The one transaction of a step: read the snapshot, decide, write down what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.domain.account import Account
from desktop.domain.errors import NotFoundError
from desktop.domain.ids import AccountId, RecordKind, RemoteId
from desktop.domain.sync import Item, OpState, OutboxEntry, Record, RemoteRecord, Verb
from desktop.services.sync.delivery import decide
from desktop.services.sync.delivery_changes import (
    Bind,
    Change,
    CloseAttempt,
    DropConflict,
    Forget,
    KeepVersion,
    OpenAttempt,
    PutAccount,
    PutConflict,
    PutEntry,
    RemoveCopy,
    Retie,
)
from desktop.services.sync.delivery_values import Audited, Effect, Event, Looked, Snapshot
from desktop.services.sync.health import Health
from desktop.services.sync.names import Names
from desktop.services.sync.timing import Timing
from desktop.store.own import OwnTables

_ALL_AUDITS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Step:
    """What one decision has led to."""

    account: Account
    unfinished: tuple[OutboxEntry, ...]
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]


def take_step(
    tables: OwnTables,
    account_id: AccountId,
    event: Event,
    health: Health,
    timing: Timing,
    boot_id: str,
    now: datetime,
    *,
    closing: bool = False,
) -> Step:
    """One decision, durable when this returns. Raises `NotFoundError` for a removed account."""
    snapshot = load_snapshot(tables, account_id, health, timing, boot_id, now, rows_of(event))
    decision = decide(replace(snapshot, closing=closing), event, now)
    apply_changes(tables, decision.changes)
    changed = [change.account for change in decision.changes if isinstance(change, PutAccount)]
    return Step(
        account=changed[-1] if changed else snapshot.account,
        unfinished=tables.outbox.unfinished(account_id) if decision.changes else snapshot.entries,
        changes=decision.changes,
        effects=decision.effects,
    )


def rows_of(event: Event) -> tuple[RemoteRecord, ...]:
    """The server's rows that an event brings."""
    return event.rows if isinstance(event, Looked | Audited) else ()


def load_snapshot(
    tables: OwnTables,
    account_id: AccountId,
    health: Health,
    timing: Timing,
    boot_id: str,
    now: datetime,
    rows: Iterable[RemoteRecord] = (),
) -> Snapshot:
    """The account as the store knows it."""
    account = tables.accounts.get(account_id)
    if account is None:
        raise NotFoundError
    entries = tables.outbox.unfinished(account_id)
    audits = tuple(
        entry
        for entry in tables.outbox.due_audits(now + _ALL_AUDITS)
        if entry.account_id == account_id
    )
    return Snapshot(
        account=account,
        entries=entries,
        health=health,
        timing=timing,
        remote_ids=_remote_ids(tables, (*entries, *audits)),
        bound=_bound(tables, account_id, rows),
        needed=_needed(tables, entries),
        audits=audits,
        deleted=frozenset(e.item_uid for e in audits if _is_deleted(tables, e.item_uid)),
        boot_id=boot_id,
    )


def load_names(tables: OwnTables, account_id: AccountId) -> Names:
    """How the account's records are called on both sides."""
    markers = {
        entry.op_id: entry.item_uid
        for entry in tables.outbox.unfinished(account_id)
        if entry.base is None and entry.wish is not None and entry.sends
    }
    return Names(account_id, tables.items.links(account_id), markers)


def _is_deleted(tables: OwnTables, uid: str) -> bool:
    newest = tables.outbox.newest_of_item(uid)
    return newest is not None and newest.verb is Verb.DELETE and newest.state is OpState.DONE


def _remote_ids(tables: OwnTables, entries: Iterable[OutboxEntry]) -> dict[str, RemoteId]:
    found: dict[str, RemoteId] = {}
    for uid in {entry.item_uid for entry in entries}:
        item = tables.items.get(uid)
        if item is not None and item.remote_id is not None:
            found[uid] = item.remote_id
    return found


def _bound(
    tables: OwnTables, account_id: AccountId, rows: Iterable[RemoteRecord]
) -> dict[tuple[RecordKind, RemoteId], str]:
    found: dict[tuple[RecordKind, RemoteId], str] = {}
    for row in rows:
        item = tables.items.by_remote(account_id, row.kind, row.remote_id)
        if item is not None:
            found[row.kind, row.remote_id] = item.uid
    return found


def _needed(tables: OwnTables, entries: tuple[OutboxEntry, ...]) -> dict[int, OpState]:
    known = {entry.seq for entry in entries}
    wanted = {e.needs_seq for e in entries if e.needs_seq is not None} - known
    found: dict[int, OpState] = {}
    for seq in wanted:
        needed = tables.outbox.by_seq(seq)
        # An op that was swept away long after it was finished had been done.
        found[seq] = OpState.DONE if needed is None else needed.state
    return found


def apply_changes(tables: OwnTables, changes: Iterable[Change]) -> None:
    """Writes the changes of a decision, in order, inside the caller's transaction."""
    for change in changes:
        match change:
            case PutEntry():
                tables.outbox.update(change.entry)
            case OpenAttempt():
                _open_attempt(tables, change)
            case CloseAttempt():
                _close_attempt(tables, change)
            case RemoveCopy():
                _add_removal(tables, change)
            case _:
                _apply_rest(tables, change)


def _apply_rest(tables: OwnTables, change: Change) -> None:
    match change:
        case Bind():
            _put_item(tables, change.entry, change)
        case Forget():
            _mark_gone(tables, change.uid)
        case PutConflict():
            tables.conflicts.put(change.conflict)
        case DropConflict():
            tables.conflicts.remove(change.op_seq)
        case PutAccount():
            tables.accounts.put(change.account)
        case Retie():
            _retie_drafts(tables, change)
        case KeepVersion():
            tables.versions.add(change.uid, change.at, change.origin, change.record)
        case _:
            pass


def _open_attempt(tables: OwnTables, change: OpenAttempt) -> None:
    """Rows are numbered by themselves: what certainly did not leave is not counted as a send."""
    attempt = change.attempt
    number = len(tables.outbox.attempts(attempt.op_seq)) + 1
    tables.outbox.record_attempt(replace(attempt, number=number))


def _close_attempt(tables: OwnTables, change: CloseAttempt) -> None:
    attempts = tables.outbox.attempts(change.op_seq)
    if not attempts:
        return
    newest = attempts[-1]
    killed = change.outcome == "killed"
    took_ms = round((change.at - newest.started_at).total_seconds() * 1000)
    tables.outbox.close_attempt(
        change.op_seq,
        newest.number,
        outcome=change.outcome,
        last_byte_at=None if killed else change.at,
        http_status=change.http_status,
        code=change.code,
        took_ms=None if killed else max(0, took_ms),
    )


def _put_item(tables: OwnTables, entry: OutboxEntry, bind: Bind) -> None:
    tables.items.put(
        Item(
            uid=entry.item_uid,
            account_id=entry.account_id,
            kind=entry.kind,
            remote_id=bind.remote_id,
            base=bind.base,
            base_revision=bind.revision,
        )
    )


def _mark_gone(tables: OwnTables, uid: str) -> None:
    """The server's id stays: a later create of the same item gets one of its own."""
    item = tables.items.get(uid)
    if item is not None:
        tables.items.put(replace(item, base=None, gone=True))


def _retie_drafts(tables: OwnTables, change: Retie) -> None:
    for draft in tables.drafts.all():
        if change.old in draft.contacts:
            people = (change.new if one == change.old else one for one in draft.contacts)
            tables.drafts.put(replace(draft, contacts=tuple(dict.fromkeys(people))))


def _add_removal(tables: OwnTables, change: RemoveCopy) -> None:
    entry = change.entry
    if tables.outbox.get(entry.op_id) is not None:
        return  # found before: the same copy has the same op id
    tables.items.put(
        Item(entry.item_uid, entry.account_id, entry.kind, change.remote_id, entry.base)
    )
    tables.outbox.add(entry)


def records_in(changes: Iterable[Change]) -> tuple[tuple[str, Record], ...]:
    """The items whose server copy the changes made known, with that copy."""
    return tuple((c.entry.item_uid, c.base) for c in changes if isinstance(c, Bind))
