"""The histories can fail: each fault, planted alone, is caught within 300 of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.errors import RefusedError
from desktop.domain.ids import OpId
from desktop.domain.sync import OpState, OutboxEntry, Record, Verb
from desktop.services.sync import choice, coalesce, compare, delivery, durable, outcomes
from desktop.services.sync.delivery_changes import OpenAttempt
from desktop.services.sync.delivery_values import Looked, Send, SendFailed
from desktop.services.sync.ledger import Ledger
from desktop.services.sync.merge import Merge, merge
from desktop.services.sync.names import Names
from desktop.services.sync.timing import Timing
from tests.services.sync.model_world import FaultFoundError, World

HISTORIES = 300
Plant = Callable[[pytest.MonkeyPatch], None]


def found_by_histories(timing: Timing | None = None) -> str:
    """Which invariant a history finds broken first; empty where all of them pass."""
    for seed in range(HISTORIES):
        try:
            World(seed, timing=timing).live()
        except FaultFoundError as fault:
            return str(fault).partition(":")[0]
    return ""


def retry_on_read_timeout(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Ledger, "unknown", lambda self, entry: self.queue_again(entry))


def no_settle_time(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Ledger, "settle", property(lambda _self: timedelta()))


def outcome_stored_before_sending(patch: pytest.MonkeyPatch) -> None:
    right = choice.start

    def start(ledger: Ledger, entry: OutboxEntry) -> Send:
        send = right(ledger, entry)
        ledger.put(send.entry, state=OpState.DONE)
        return send

    patch.setattr(choice, "start", start)
    patch.setattr(delivery, "start", start)


def sent_without_being_written_down(patch: pytest.MonkeyPatch) -> None:
    right = choice.start

    def start(ledger: Ledger, entry: OutboxEntry) -> Send:
        send = right(ledger, entry)
        ledger.changes = [c for c in ledger.changes if not isinstance(c, OpenAttempt)]
        return send

    patch.setattr(choice, "start", start)
    patch.setattr(delivery, "start", start)


def sending_not_reset_at_start(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(delivery, "_after_start", lambda _ledger: None)


def new_marker_on_resend(patch: pytest.MonkeyPatch) -> None:
    right = Names.to_remote

    def to_remote(self: Names, entry: OutboxEntry) -> OutboxEntry:
        entry = right(self, entry)
        return replace(entry, op_id=OpId(f"{entry.op_id}-{entry.sends}"))

    patch.setattr(Names, "to_remote", to_remote)


def coalescing_into_a_sent_op(patch: pytest.MonkeyPatch) -> None:
    open_states = (OpState.QUEUED, OpState.HELD, OpState.SENDING, OpState.UNKNOWN)
    patch.setattr(coalesce, "never_attempted", lambda entry: entry.state in open_states)


def ordering_by_the_clock(patch: pytest.MonkeyPatch) -> None:
    def eligible(ledger: Ledger) -> list[OutboxEntry]:
        seen: set[str] = set()
        found = []
        for entry in sorted(ledger.entries.values(), key=lambda entry: entry.made_at):
            if entry.state.finished or entry.item_uid in seen:
                continue
            seen.add(entry.item_uid)
            if entry.state is OpState.QUEUED:
                found.append(entry)
        return found

    patch.setattr(choice, "_eligible", eligible)


def dropping_on_400(patch: pytest.MonkeyPatch) -> None:
    def drop(ledger: Ledger, entry: OutboxEntry, _error: object) -> None:
        ledger.put(entry, state=OpState.DISCARDED)

    patch.setattr(outcomes, "_refused_for_good", drop)


def keep_local_on_conflict(patch: pytest.MonkeyPatch) -> None:
    def mine_wins(base: Record, mine: Record, theirs: Record) -> Merge:
        return replace(merge(base, mine, theirs), conflicts=())

    patch.setattr(compare, "merge", mine_wins)


def unverified_search(patch: pytest.MonkeyPatch) -> None:
    right = outcomes._absent

    def absent(ledger: Ledger, entry: OutboxEntry) -> None:
        if entry.verb is Verb.CREATE:
            ledger.queue_again(entry, absences=entry.absences + 1)
        else:
            right(ledger, entry)

    patch.setattr(outcomes, "_absent", absent)


def whole_object_update(patch: pytest.MonkeyPatch) -> None:
    def everything(_base: Record, mine: Record, _theirs: Record) -> Merge:
        return Merge(mine, (), foreign=True)

    patch.setattr(compare, "merge", everything)


def an_old_look_counts(patch: pytest.MonkeyPatch) -> None:
    """Absence is concluded from a search that was asked before the server had settled."""
    right = outcomes.after_looked

    def after_looked(ledger: Ledger, event: Looked) -> None:
        entry = ledger.entries.get(event.op_id)
        if entry is not None and entry.settled_at is not None:
            event = replace(event, asked_at=entry.settled_at)
        right(ledger, event)

    patch.setattr(delivery, "after_looked", after_looked)


def offline_counts_as_sent(patch: pytest.MonkeyPatch) -> None:
    """A request that never left is forgotten instead of waiting."""
    right = outcomes.after_send_failed

    def after(ledger: Ledger, event: SendFailed) -> None:
        entry = ledger.entries.get(event.op_id)
        if isinstance(event.error, RefusedError) or entry is None:
            right(ledger, event)
        else:
            ledger.put(entry, state=OpState.DONE)

    patch.setattr(delivery, "after_send_failed", after)


def a_deleted_records_copy_stays(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(durable, "_is_deleted", lambda _tables, _uid: False)


FAULTS: dict[Plant, str] = {
    retry_on_read_timeout: "S8",
    no_settle_time: "S8",
    outcome_stored_before_sending: "S7",
    sent_without_being_written_down: "S7",
    sending_not_reset_at_start: "S9",
    new_marker_on_resend: "S8",
    coalescing_into_a_sent_op: "S2",
    ordering_by_the_clock: "S6",
    dropping_on_400: "S1",
    keep_local_on_conflict: "S5",
    unverified_search: "S8",
    whole_object_update: "S5",
    an_old_look_counts: "S8",
    offline_counts_as_sent: "S16",
    a_deleted_records_copy_stays: "S3",
}
"""Each fault, and the invariant that finds it first."""


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
@pytest.mark.timeout(300)
def test_a_planted_fault_is_caught(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)

    assert found_by_histories() == FAULTS[plant]


@pytest.mark.timeout(300)
def test_missing_audits_are_caught() -> None:
    assert found_by_histories(Timing(audits_s=())) == "S2"
