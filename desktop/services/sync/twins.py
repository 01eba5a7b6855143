"""Whether a contact to be made exists already: asked before it is sent, decided by the user."""

from dataclasses import replace
from typing import TypeVar

from desktop.domain.comment import Comment
from desktop.domain.contact import Contact
from desktop.domain.event import Event
from desktop.domain.ids import ContactId, RecordKind
from desktop.domain.sync import Conflict, OpState, OutboxEntry, Record, Verb
from desktop.services.sync.delivery_changes import (
    DropConflict,
    Forget,
    KeepVersion,
    PutConflict,
    Retie,
)
from desktop.services.sync.delivery_values import Compared, Reason
from desktop.services.sync.ledger import Ledger

R = TypeVar("R", bound=Record)


def to_compare(entry: OutboxEntry) -> bool:
    """Whether the server is to be asked first: for a new person who can be reached somehow."""
    wish = entry.wish
    new = entry.kind is RecordKind.CONTACT and entry.verb is Verb.CREATE
    decided = entry.reason == Reason.DISTINCT
    return new and not decided and isinstance(wish, Contact) and wish.reachable


def after_compared(ledger: Ledger, event: Compared) -> OutboxEntry | None:
    """The op to send now; None where the server has somebody like that, and the user is asked."""
    entry = ledger.get(event.op_id, OpState.QUEUED)
    if entry is None:
        return None
    for row in event.rows:
        if row.marker == entry.op_id:
            # It had arrived after all, when it was already believed to be lost.
            ledger.done(entry, row.remote_id, row.record, row.revision)
            return None
    others = [row.record for row in event.rows if row.record.id != entry.item_uid]
    if not others:
        return entry
    names = ", ".join(one.name for one in others[1:] if isinstance(one, Contact))
    ledger.note(PutConflict(Conflict(entry.seq, None, entry.wish, others[0])))
    ledger.trouble(entry, OpState.ASK, Reason.TWIN, names)
    return None


def make_anyway(ledger: Ledger, entry: OutboxEntry) -> None:
    """The user says that it is another person."""
    ledger.note(DropConflict(entry.seq))
    ledger.queue_again(entry, reason=Reason.DISTINCT)


def use_existing(ledger: Ledger, entry: OutboxEntry, conflict: Conflict) -> None:
    """The user says that it is the same person: what was to follow goes on with the other card."""
    theirs = conflict.theirs
    if not isinstance(theirs, Contact):
        make_anyway(ledger, entry)
        return
    ledger.note(DropConflict(entry.seq))
    if entry.wish is not None:
        ledger.note(KeepVersion(entry.item_uid, ledger.now, "mine", entry.wish))
    dropped = ledger.put(entry, state=OpState.DISCARDED, not_before=None, settled_at=None)
    for later in ledger.of_item(entry.item_uid):
        ledger.put(later, state=OpState.DISCARDED, reason=Reason.CREATE_DROPPED, not_before=None)
    for other in list(ledger.entries.values()):
        if not other.state.finished:
            _lead_over(ledger, other, dropped, theirs.id)
    ledger.note(Forget(entry.item_uid))
    ledger.note(Retie(ContactId(entry.item_uid), theirs.id))


def retied(record: R, old: ContactId, new: ContactId) -> R:
    """The record with one person in place of another."""
    if isinstance(record, Event) and old in record.contacts:
        people = (new if one == old else one for one in record.contacts)
        return replace(record, contacts=tuple(dict.fromkeys(people)))
    if isinstance(record, Comment) and record.contact == old:
        return replace(record, contact=new)
    return record


def _lead_over(
    ledger: Ledger, entry: OutboxEntry, dropped: OutboxEntry, existing: ContactId
) -> None:
    old = ContactId(dropped.item_uid)
    ledger.put(
        entry,
        wish=None if entry.wish is None else retied(entry.wish, old, existing),
        base=None if entry.base is None else retied(entry.base, old, existing),
        needs_seq=None if entry.needs_seq == dropped.seq else entry.needs_seq,
    )
