"""Waiting changes in every state, for the views that show them."""

from dataclasses import replace
from typing import Any

from desktop.domain.errors import Refusal
from desktop.domain.event import Event
from desktop.domain.ids import RecordKind
from desktop.domain.sync import Conflict, OpState, Verb
from desktop.services.outbox import OutboxLine
from desktop.services.sync.delivery_values import Reason
from tests.builders import TUESDAY, make_event, make_op, make_span

MINE = make_event(
    "e7", "Demo at Acme", make_span(TUESDAY, hours=(14, 15)), location="Friedrichstr. 12"
)
THEIRS = replace(MINE, summary="Demo at Acme GmbH", location="Room 4")
REASONS = {
    OpState.PARKED: Refusal.NO_COMMUNICATION.value,
    OpState.ASK: Reason.NOT_PROVED,
    OpState.CONFLICT: Reason.BOTH_CHANGED,
}


def make_line(
    op_id: str = "op1",
    state: OpState = OpState.QUEUED,
    summary: str = "Demo",
    *,
    verb: Verb = Verb.CREATE,
    event: Event | None = None,
    **more: Any,
) -> OutboxLine:
    """A meeting on its way through an account."""
    event = event or make_event(op_id, summary, make_span(TUESDAY, hours=(14, 15)))
    entry = make_op(
        op_id,
        None if verb is Verb.DELETE else event,
        verb=verb,
        kind=RecordKind.ACTIVITY,
        uid=event.id,
        base=None if verb is Verb.CREATE else event,
        state=state,
        **{"reason": REASONS.get(state, ""), **more},
    )
    conflict = Conflict(0, MINE, MINE, THEIRS) if state is OpState.CONFLICT else None
    return OutboxLine(entry, "acme · Anna", summary, event.when, conflict)
