"""What becomes of an op next: one decision at a time."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desktop.domain.account import Account, AccountState, MarkerSearch
from desktop.domain.errors import (
    IdentityChangedError,
    OfflineError,
    OutcomeUnknownError,
    Refusal,
    RefusedError,
)
from desktop.domain.event import Event
from desktop.domain.ids import OpId, RemoteId, UserId
from desktop.domain.sync import OpState, OutboxEntry, Verb
from desktop.services.api.port import Pushed
from desktop.services.sync import delivery_values as v
from desktop.services.sync.delivery import decide
from desktop.services.sync.delivery_changes import (
    Bind,
    CloseAttempt,
    OpenAttempt,
    PutEntry,
    RemoveCopy,
)
from desktop.services.sync.health import Health, Pause
from desktop.services.sync.timing import Timing
from tests.builders import NOW, make_account, make_event, make_op, make_remote

TIMING = Timing()
AWAKE = Health(last_answer=NOW)
PROVEN = make_account(marker_search=MarkerSearch.PROVEN)


def snapshot(*entries: OutboxEntry, account: Account = PROVEN, **more) -> v.Snapshot:
    ids = {e.item_uid: RemoteId("100") for e in entries if e.verb is not Verb.CREATE}
    values = {"health": AWAKE, "timing": TIMING, "remote_ids": ids, **more}
    return v.Snapshot(account, entries, **values)


def after(decision: v.Decision, op_id: str) -> OutboxEntry:
    puts = [c.entry for c in decision.changes if isinstance(c, PutEntry)]
    return [entry for entry in puts if entry.op_id == op_id][-1]


def queued(op_id: str = "op1", uid: str = "e1", seq: int = 1, **more) -> OutboxEntry:
    return make_op(op_id, uid=uid, seq=seq, **more)


def sending(verb: Verb = Verb.CREATE, **more) -> OutboxEntry:
    return queued(verb=verb, state=OpState.SENDING, sends=1, **more)


def unknown(**more) -> OutboxEntry:
    settled = NOW + timedelta(seconds=90)
    values = {
        "state": OpState.UNKNOWN,
        "sends": 1,
        "was_unknown": True,
        "settled_at": settled,
        "not_before": NOW + timedelta(seconds=3),
        **more,
    }
    return queued(**values)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_a_create_is_written_down_as_sending_before_it_leaves() -> None:
    decision = decide(snapshot(queued()), v.Tick(), NOW)

    (effect,) = decision.effects
    assert isinstance(effect, v.Send)
    assert effect.entry.state is OpState.SENDING
    kinds = [type(change) for change in decision.changes]
    assert kinds == [PutEntry, OpenAttempt]
    assert after(decision, "op1").sends == 1


def test_an_update_is_read_before_it_is_written() -> None:
    decision = decide(snapshot(queued(verb=Verb.UPDATE)), v.Tick(), NOW)

    assert decision.changes == ()
    assert isinstance(decision.effects[0], v.ReadFirst)


def test_items_go_in_the_order_of_making_and_trouble_stops_its_own_item_only() -> None:
    entries = (
        queued("op1", "e1", 1, state=OpState.PARKED),
        queued("op2", "e1", 2),
        queued("op3", "e2", 3),
    )
    (effect,) = decide(snapshot(*entries), v.Tick(), NOW).effects

    assert isinstance(effect, v.Send)
    assert effect.entry.op_id == "op3"


def test_a_meeting_that_starts_soon_overtakes() -> None:
    soon = make_event("e2", when=make_event().when)
    entries = (
        queued("op1", "e1", 1, wish=make_event("e1", when=_later(30))),
        queued("op2", "e2", 2, wish=replace(soon, when=_later(1))),
    )
    (effect,) = decide(snapshot(*entries), v.Tick(), NOW).effects

    assert isinstance(effect, v.Send)
    assert effect.entry.op_id == "op2"


def _later(hours: float):
    span = make_event().when
    return span.starting(NOW + timedelta(hours=hours))


def test_an_op_waits_for_the_one_it_needs_and_parks_when_that_is_dropped() -> None:
    event = queued("op2", "e2", 2, needs_seq=1)

    assert decide(snapshot(event, needed={1: OpState.DONE}), v.Tick(), NOW).effects
    decision = decide(snapshot(event, needed={1: OpState.DISCARDED}), v.Tick(), NOW)
    assert (after(decision, "op2").state, after(decision, "op2").reason) == (
        OpState.PARKED,
        v.Reason.NEEDS_LOST,
    )


def test_nothing_is_sent_while_something_is_being_sent() -> None:
    decision = decide(snapshot(sending(), queued("op2", "e2", 2)), v.Tick(), NOW)

    assert decision == v.Decision((), ())


def test_at_the_start_whatever_was_being_sent_is_unknown_with_a_fresh_settle_time() -> None:
    decision = decide(snapshot(sending()), v.Started(), NOW)
    entry = after(decision, "op1")

    assert (entry.state, entry.settled_at, entry.was_unknown) == (OpState.UNKNOWN, at(90), True)
    assert any(isinstance(c, CloseAttempt) and c.outcome == "killed" for c in decision.changes)


def test_waits_that_a_changed_clock_left_far_in_the_future_are_clamped() -> None:
    entry = queued(not_before=NOW + timedelta(days=400))

    assert after(decide(snapshot(entry), v.Started(), NOW), "op1").not_before == at(300)


@pytest.mark.parametrize(
    ("asked", "next_look"), [(3.0, 10.0), (10.0, 90.0)], ids=["second", "settled"]
)
def test_an_unknown_op_is_looked_up_three_times(asked: float, next_look: float) -> None:
    looks = 0 if asked == 3 else 1
    entry = unknown(looks=looks, not_before=at(asked))
    decision = decide(snapshot(entry), v.Looked(OpId("op1"), (), at(asked)), at(asked + 1))

    assert after(decision, "op1").not_before == at(next_look)
    assert after(decision, "op1").state is OpState.UNKNOWN


def test_absence_is_only_concluded_from_a_search_that_began_after_the_settle_time() -> None:
    early = unknown(looks=2, not_before=at(80))
    decision = decide(snapshot(early), v.Looked(OpId("op1"), (), at(89)), at(95))
    assert after(decision, "op1").state is OpState.UNKNOWN

    late = unknown(looks=2, not_before=at(90))
    decision = decide(snapshot(late), v.Looked(OpId("op1"), (), at(90)), at(95))
    assert after(decision, "op1").absences == 1


def test_absence_is_not_concluded_from_a_search_that_was_never_proved() -> None:
    entry = unknown(looks=2, not_before=at(90))
    decision = decide(
        snapshot(entry, account=make_account()), v.Looked(OpId("op1"), (), at(90)), at(90)
    )

    assert after(decision, "op1").state is OpState.ASK


def test_the_fourth_absence_asks_the_user() -> None:
    entry = unknown(looks=2, not_before=at(90), absences=3)
    decision = decide(snapshot(entry), v.Looked(OpId("op1"), (), at(90)), at(90))

    assert (after(decision, "op1").state, after(decision, "op1").reason) == (
        OpState.ASK,
        v.Reason.KEEPS_GETTING_LOST,
    )


def test_found_once_is_done_and_audited_later() -> None:
    row = make_remote(marker=OpId("op1"))
    decision = decide(snapshot(unknown()), v.Looked(OpId("op1"), (row,), at(3)), at(3))
    entry = after(decision, "op1")

    assert (entry.state, entry.audits_left, entry.not_before) == (OpState.DONE, 2, at(603))
    assert [c.remote_id for c in decision.changes if isinstance(c, Bind)] == ["100"]


def test_found_twice_binds_the_lowest_and_removes_the_untouched_copy() -> None:
    rows = (make_remote(marker=OpId("op1")), make_remote(remote_id="101", marker=OpId("op1")))
    decision = decide(snapshot(unknown()), v.Looked(OpId("op1"), rows, at(3)), at(3))

    assert [c.remote_id for c in decision.changes if isinstance(c, RemoveCopy)] == ["101"]


def test_a_copy_that_somebody_has_touched_stays() -> None:
    touched = make_remote(make_event("e1", "Touched"), "101", marker=OpId("op1"))
    rows = (make_remote(marker=OpId("op1")), touched)
    decision = decide(snapshot(unknown()), v.Looked(OpId("op1"), rows, at(3)), at(3))

    assert not [c for c in decision.changes if isinstance(c, RemoveCopy)]


def test_a_row_without_our_marker_is_nobodys_proof() -> None:
    """A server that ignores the filter gives the first row of everything."""
    foreign = make_remote(marker=OpId("another"))
    decision = decide(snapshot(unknown()), v.Looked(OpId("op1"), (foreign,), at(3)), at(3))

    assert after(decision, "op1").state is OpState.UNKNOWN


def test_what_never_left_still_counts_as_never_attempted() -> None:
    health = replace(AWAKE, failures=1, retry_at=at(2))
    event = v.SendFailed(OpId("op1"), OfflineError())
    decision = decide(snapshot(sending(), health=health), event, NOW)

    assert (after(decision, "op1").state, after(decision, "op1").sends) == (OpState.QUEUED, 0)
    assert decision.effects == (v.WakeAt(at(2)),)


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (Refusal.SIGN_IN, AccountState.SIGN_IN),
        (Refusal.STOPPED, AccountState.STOPPED),
        (Refusal.MOVED, AccountState.MOVED),
    ],
)
def test_a_refusal_of_the_whole_account_holds_everything(
    reason: Refusal, state: AccountState
) -> None:
    entries = (sending(), queued("op2", "e2", 2))
    decision = decide(snapshot(*entries), v.SendFailed(OpId("op1"), RefusedError(reason)), NOW)

    assert {after(decision, name).state for name in ("op1", "op2")} == {OpState.HELD}
    assert after(decision, "op1").reason == state.value


def test_another_persons_credentials_stop_the_account() -> None:
    decision = decide(snapshot(queued()), v.AccountFailed(IdentityChangedError()), NOW)

    assert after(decision, "op1").state is OpState.HELD
    assert decision.effects == ()


def test_a_probe_that_is_answered_lets_what_was_held_go() -> None:
    held = queued(state=OpState.HELD, reason="stopped")
    stopped = replace(PROVEN, state=AccountState.STOPPED)
    decision = decide(snapshot(held, account=stopped), v.Probed(), NOW)

    assert isinstance(decision.effects[0], v.Send)


def test_a_stopped_account_is_asked_for_signs_of_life_and_a_signed_out_one_is_not() -> None:
    stopped = replace(PROVEN, state=AccountState.STOPPED)
    out = replace(PROVEN, state=AccountState.SIGN_IN)

    assert decide(snapshot(account=stopped), v.Tick(), NOW).effects == (v.Probe(),)
    assert decide(snapshot(account=out), v.Tick(), NOW).effects == ()


@pytest.mark.parametrize("reason", [Refusal.INVALID, Refusal.FORBIDDEN, Refusal.OUR_BUG])
def test_a_create_refused_for_good_is_looked_up_once_before_it_is_parked(reason: Refusal) -> None:
    error = RefusedError(reason, text="their words")
    first = decide(snapshot(sending()), v.SendFailed(OpId("op1"), error), NOW)
    assert isinstance(first.effects[0], v.Look)

    entry = after(first, "op1")
    second = decide(snapshot(entry), v.Looked(OpId("op1"), (), NOW), NOW)
    parked = after(second, "op1")
    assert (parked.state, parked.reason, parked.detail) == (
        OpState.PARKED,
        reason.value,
        "their words",
    )


def test_deleting_what_is_gone_already_is_done() -> None:
    entry = sending(Verb.DELETE)
    error = RefusedError(Refusal.NOT_FOUND)

    assert after(decide(snapshot(entry), v.SendFailed(OpId("op1"), error), NOW), "op1").state is (
        OpState.DONE
    )


def test_my_edit_of_what_they_deleted_asks() -> None:
    entry = queued(verb=Verb.UPDATE, base=make_event())
    decision = decide(snapshot(entry), v.ReadBack(OpId("op1"), None), NOW)

    assert (after(decision, "op1").state, after(decision, "op1").reason) == (
        OpState.CONFLICT,
        v.Reason.DELETED_THERE,
    )


def test_my_deletion_of_what_they_edited_asks() -> None:
    entry = queued(verb=Verb.DELETE, base=make_event())
    theirs = make_remote(make_event("e1", "Edited"))
    decision = decide(snapshot(entry), v.ReadBack(OpId("op1"), theirs), NOW)

    assert (after(decision, "op1").state, after(decision, "op1").reason) == (
        OpState.CONFLICT,
        v.Reason.EDITED_THERE,
    )


def test_both_deleted_is_done() -> None:
    entry = queued(verb=Verb.DELETE, base=make_event())
    decision = decide(snapshot(entry), v.ReadBack(OpId("op1"), None), NOW)

    assert after(decision, "op1").state is OpState.DONE


def test_both_made_the_same_change_nothing_is_sent() -> None:
    wish = make_event("e1", "New")
    entry = queued(verb=Verb.UPDATE, base=make_event(), wish=wish)
    decision = decide(snapshot(entry), v.ReadBack(OpId("op1"), make_remote(wish)), NOW)

    assert after(decision, "op1").state is OpState.DONE
    assert decision.effects == ()


def test_the_servers_spelling_becomes_what_later_changes_stand_on() -> None:
    first = sending(wish=make_event("e1", "title  "))
    second = queued(
        "op2",
        "e1",
        2,
        verb=Verb.UPDATE,
        base=make_event("e1", "title  "),
        wish=make_event("e1", "title  ", location="Room 1"),
    )
    echo = make_remote(make_event("e1", "Title"))
    pushed = Pushed(RemoteId("100"), echo, echo.revision)
    decision = decide(snapshot(first, second), v.Sent(OpId("op1"), pushed), NOW)
    later = after(decision, "op2")

    assert isinstance(later.wish, Event)
    assert (later.wish.summary, later.wish.location) == ("Title", "Room 1")
    assert isinstance(later.base, Event)
    assert later.base.summary == "Title"


def test_what_a_found_create_left_open_is_no_foreign_change_to_a_later_deletion() -> None:
    wish = make_event("e1", "Demo", responsible=None)
    first = unknown(wish=wish)
    second = queued("op2", "e1", 2, verb=Verb.DELETE, base=wish)
    row = make_remote(
        make_event("e1", "Demo", responsible=UserId("7"), location="Typed there"),
        marker=OpId("op1"),
    )
    decision = decide(snapshot(first, second), v.Looked(OpId("op1"), (row,), at(3)), at(3))
    base = after(decision, "op2").base

    assert isinstance(base, Event)
    assert base.responsible == "7"
    assert base.location == ""  # that may be somebody's: the deletion asks


def test_after_five_failures_a_cheap_read_goes_first() -> None:
    health = replace(AWAKE, failures=5)

    assert decide(snapshot(queued(), health=health), v.Tick(), NOW).effects == (v.Probe(),)


def test_after_silence_a_cheap_read_goes_before_a_create() -> None:
    health = Health(last_answer=NOW - timedelta(minutes=5))

    assert decide(snapshot(queued(), health=health), v.Tick(), NOW).effects == (v.Probe(),)


def test_one_method_rests_and_the_others_go_on() -> None:
    create = queued()
    delete = queued("op2", "e2", 2, verb=Verb.DELETE)
    health = replace(AWAKE, pauses=(Pause((create.kind, create.verb), at(60), 1),))
    (effect,) = decide(snapshot(create, delete, health=health), v.Tick(), NOW).effects

    assert isinstance(effect, v.ReadFirst)
    (wait,) = decide(snapshot(create, health=health), v.Tick(), NOW).effects
    assert wait == v.WakeAt(at(60))


def test_an_update_without_a_row_to_change_is_parked() -> None:
    entry = queued(verb=Verb.UPDATE)
    decision = decide(snapshot(entry, remote_ids={}), v.Tick(), NOW)

    assert after(decision, "op1").reason == v.Reason.NOT_BOUND


def test_a_broken_search_that_is_proved_later_answers_open_questions() -> None:
    asking = queued(state=OpState.ASK, reason=v.Reason.NOT_PROVED, sends=1, was_unknown=True)
    decision = decide(
        snapshot(asking, account=make_account()), v.SearchTested(OpId("x"), True, False), NOW
    )

    assert isinstance(decision.effects[0], v.Look)


def test_closing_writes_down_the_answer_and_takes_no_new_work() -> None:
    pushed = Pushed(RemoteId("100"), make_remote())
    closing = snapshot(sending(), queued("op2", "e2", 2), closing=True)
    decision = decide(closing, v.Sent(OpId("op1"), pushed), NOW)

    assert after(decision, "op1").state is OpState.DONE
    assert decision.effects == ()


def test_an_update_that_is_lost_again_and_again_for_a_day_is_parked() -> None:
    entry = unknown(
        verb=Verb.UPDATE,
        base=make_event(),
        wish=make_event("e1", "New"),
        sends=5,
        looks=2,
        not_before=at(90),
        made_at=NOW - timedelta(days=2),
    )
    decision = decide(snapshot(entry), v.Looked(OpId("op1"), (make_remote(),), at(90)), at(90))

    assert (after(decision, "op1").state, after(decision, "op1").reason) == (
        OpState.PARKED,
        v.Reason.KEEPS_GETTING_LOST,
    )


def test_a_lost_update_that_arrived_is_done() -> None:
    wish = make_event("e1", "New")
    entry = unknown(verb=Verb.UPDATE, base=make_event(), wish=wish)
    decision = decide(snapshot(entry), v.Looked(OpId("op1"), (make_remote(wish),), at(3)), at(3))

    assert after(decision, "op1").state is OpState.DONE


def test_an_unknown_answer_is_looked_up_after_three_seconds() -> None:
    event = v.SendFailed(OpId("op1"), OutcomeUnknownError())
    entry = after(decide(snapshot(sending()), event, NOW), "op1")

    assert (entry.state, entry.not_before, entry.settled_at) == (OpState.UNKNOWN, at(3), at(90))
