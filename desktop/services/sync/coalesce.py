"""coalesce(): a new wish of an item meets those that wait. Only what never left is touched."""

from dataclasses import replace

from desktop.domain.sync import OpState, OutboxEntry, Record, SeriesPart, Verb
from desktop.services.sync.delivery_values import Reason
from desktop.services.sync.merge import foundation, rebased

_UNSENT = (OpState.QUEUED, OpState.HELD)
FOLDED = "folded into "
"""Start of the reason of an op that a later one has swallowed; the op id follows."""


def never_attempted(entry: OutboxEntry) -> bool:
    """Whether certainly no byte of the op has left."""
    return entry.state in _UNSENT and entry.sends == 0


def coalesce(
    waiting: tuple[OutboxEntry, ...], new: OutboxEntry
) -> tuple[tuple[OutboxEntry, ...], OutboxEntry, bool]:
    """``waiting``: the item's unfinished ops by ``seq``.

    Gives the waiting ops as they are now where they changed, the op that carries the new wish,
    and whether that is one more (otherwise it is one of the waiting, changed).

    create+edit → create; edit+edit → edit with the first base; create+delete → both cancelled;
    edit+delete → delete; delete+edit or delete+create → edit. A parked op, refused and looked up,
    is mended by an edit and goes out again under its own marker.
    """
    if not waiting:
        return (), new, True
    last = waiting[-1]
    if never_attempted(last):
        return _with_unsent(last, new)
    if last.state is OpState.PARKED and last.verb is not Verb.DELETE:
        return _with_parked(last, new)
    return (), new, True


def _with_unsent(
    last: OutboxEntry, new: OutboxEntry
) -> tuple[tuple[OutboxEntry, ...], OutboxEntry, bool]:
    if _of_a_part(last, new):
        return (), new, True
    if new.verb is Verb.DELETE:
        return _deleted(last, new)
    if new.needs_seq is not None and new.needs_seq > last.seq:
        return (), new, True  # an op only ever needs an earlier one
    if last.verb is Verb.DELETE:
        undone = replace(
            last, verb=Verb.UPDATE, wish=new.wish, reason=Reason.EDITED, not_before=None
        )
        return (undone,), undone, False
    edited = replace(
        last,
        wish=_on_top(last, new),
        base=_base_under(last, new),
        reason=Reason.EDITED,
        needs_seq=new.needs_seq or last.needs_seq,
    )
    return (edited,), edited, False


def _with_parked(
    last: OutboxEntry, new: OutboxEntry
) -> tuple[tuple[OutboxEntry, ...], OutboxEntry, bool]:
    if new.verb is Verb.DELETE:
        return _deleted(last, new)
    if new.needs_seq is not None and new.needs_seq > last.seq:
        return (), new, True
    mended = replace(
        last,
        wish=_on_top(last, new),
        base=_base_under(last, new),
        state=OpState.QUEUED,
        reason=Reason.EDITED,
        detail="",
        not_before=None,
        absences=0,
        needs_seq=new.needs_seq or last.needs_seq,
    )
    return (mended,), mended, False


def _of_a_part(last: OutboxEntry, new: OutboxEntry) -> bool:
    """Whether the two are carried out one after the other, for one is about a part of a series.

    What was cut out of a series and is deleted must be cut out first, or the series would show it
    again; and an op that only looks whether something is left out carries no other wish.
    """
    looks = {one.scope.part for one in (last, new) if one.scope is not None}
    if SeriesPart.LEFT_OUT in looks:
        return True
    return last.scope is not None and new.verb is Verb.DELETE


def _on_top(last: OutboxEntry, new: OutboxEntry) -> Record | None:
    """The waiting wish with what the user changed of the copy that was looked at.

    That copy may be older than the wish, which a foreign change may have been merged into.
    """
    if new.wish is None or new.base is None or last.wish is None:
        return new.wish
    return rebased(new.wish, new.base, last.wish)


def _base_under(last: OutboxEntry, new: OutboxEntry) -> Record | None:
    if last.base is None or new.base is None or new.wish is None or last.wish is None:
        return last.base
    return foundation(last.base, new.base, new.wish, last.wish)


def _deleted(
    last: OutboxEntry, new: OutboxEntry
) -> tuple[tuple[OutboxEntry, ...], OutboxEntry, bool]:
    if last.verb is Verb.DELETE:
        return (), last, False
    folded = replace(last, state=OpState.CANCELLED, reason=FOLDED + new.op_id, not_before=None)
    if last.verb is Verb.CREATE:
        nothing = replace(new, state=OpState.CANCELLED, reason=Reason.NOTHING_LEFT, not_before=None)
        return (folded,), nothing, True
    return (folded,), replace(new, base=last.base), True


def _still_here(entry: OutboxEntry) -> bool:
    """Whether nobody else can have it: nothing was sent, or only a question before it."""
    asked = entry.state is OpState.ASK and entry.reason == Reason.TWIN and not entry.sends
    return asked or never_attempted(entry)


def unfold(
    entry: OutboxEntry, all_of_item: tuple[OutboxEntry, ...]
) -> tuple[OutboxEntry, ...] | None:
    """The ops as they are once ``entry`` is taken back; None where it is too late for that."""
    swallowed = [e for e in all_of_item if e.reason == FOLDED + entry.op_id]
    later = [e for e in all_of_item if e.seq > entry.seq and not e.state.finished]
    idle = entry.state is OpState.CANCELLED and entry.reason == Reason.NOTHING_LEFT
    if later or not (idle or _still_here(entry)) or entry.reason == Reason.EDITED:
        return None
    revived = tuple(replace(e, state=OpState.QUEUED, reason=Reason.EDITED) for e in swallowed)
    if idle:
        return (replace(entry, reason=""), *revived) if revived else None
    return (replace(entry, state=OpState.CANCELLED, not_before=None), *revived)
