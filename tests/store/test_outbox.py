"""Ops in order, with what must always hold."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from desktop.domain.ids import OpId
from desktop.domain.sync import Attempt, OpState, Verb
from tests.builders import NOW, make_account, make_contact, make_event, make_item, make_op


def test_an_op_comes_back_as_it_was(own):
    op = make_op(base=make_contact("b"), reason="why", detail="d", sends=2, not_before=NOW)

    kept = own.outbox.add(op)

    assert kept == replace(op, seq=kept.seq)
    assert own.outbox.get(op.op_id) == kept
    assert own.outbox.by_seq(kept.seq) == kept


def test_a_sequence_number_is_never_given_twice(own):
    first = own.outbox.add(make_op("a", state=OpState.DONE))
    own.outbox.remove_finished(NOW + timedelta(days=1))

    assert own.outbox.add(make_op("b")).seq > first.seq


def test_unfinished_ops_come_in_the_order_of_making_whatever_the_clock_said(own):
    later = own.outbox.add(make_op("a", made_at=NOW))
    earlier = own.outbox.add(make_op("b", made_at=NOW - timedelta(days=1)))
    own.outbox.add(make_op("c", state=OpState.CANCELLED))

    assert own.outbox.unfinished() == (later, earlier)
    assert own.outbox.count_unfinished() == 2


def test_ops_of_one_account_can_be_asked_for(own):
    own.accounts.put(make_account("a2"))
    own.outbox.add(make_op("a"))
    other = own.outbox.add(make_op("b", account="a2"))

    assert own.outbox.unfinished(other.account_id) == (other,)
    assert own.outbox.count_unfinished(other.account_id) == 1


def test_all_that_can_change_is_written(own):
    kept = own.outbox.add(make_op())
    changed = replace(
        kept,
        state=OpState.UNKNOWN,
        wish=make_event("e1", "Other"),
        sends=1,
        looks=2,
        absences=1,
        was_unknown=True,
        settled_at=NOW,
        not_before=NOW,
        audits_left=2,
        reason="r",
        detail="d",
    )

    own.outbox.update(changed)

    assert own.outbox.get(kept.op_id) == changed


def test_an_update_becomes_a_deletion(own):
    kept = own.outbox.add(make_op(verb=Verb.UPDATE))
    deletion = replace(kept, verb=Verb.DELETE, wish=None)

    own.outbox.update(deletion)

    assert own.outbox.get(kept.op_id) == deletion


def test_an_op_that_is_not_there_cannot_be_updated(own):
    with pytest.raises(LookupError):
        own.outbox.update(make_op("nobody"))


def test_an_op_needs_only_earlier_ones(own):
    first = own.outbox.add(make_op("a"))
    second = own.outbox.add(make_op("b", needs_seq=first.seq))

    with pytest.raises(IntegrityError):
        own.outbox.update(replace(first, needs_seq=second.seq))
    with pytest.raises(IntegrityError):
        own.outbox.add(make_op("c", needs_seq=99))


def test_one_op_id_is_one_op(own):
    own.outbox.add(make_op("a"))

    with pytest.raises(IntegrityError):
        own.outbox.add(make_op("a", uid="other"))


def test_one_account_sends_one_op_at_a_time(own):
    own.outbox.add(make_op("a", state=OpState.SENDING))

    with pytest.raises(IntegrityError):
        own.outbox.add(make_op("b", state=OpState.SENDING))


def test_an_op_belongs_to_an_account(own):
    with pytest.raises(IntegrityError):
        own.outbox.add(make_op(account="nobody"))


def test_the_ops_of_an_item(own):
    done = own.outbox.add(make_op("a", state=OpState.DONE))
    newest = own.outbox.add(make_op("b", verb=Verb.UPDATE))
    own.outbox.add(make_op("c", uid="other"))

    assert own.outbox.of_item("e1") == (done, newest)
    assert own.outbox.newest_of_item("e1") == newest
    assert own.outbox.newest_of_item("nobody") is None


def test_audits_are_due_when_their_time_has_come(own):
    done = own.outbox.add(make_op("a", state=OpState.DONE, audits_left=2, not_before=NOW))
    own.outbox.add(make_op("b", state=OpState.DONE, audits_left=0, not_before=NOW))
    own.outbox.add(make_op("c", audits_left=1, not_before=NOW))

    assert own.outbox.due_audits(NOW) == (done,)
    assert own.outbox.due_audits(NOW - timedelta(seconds=1)) == ()


def test_finished_ops_go_unless_they_are_needed_or_audited(own):
    gone = own.outbox.add(make_op("gone", state=OpState.DONE))
    needed = own.outbox.add(make_op("needed", state=OpState.DONE))
    audited = own.outbox.add(make_op("audited", state=OpState.DONE, audits_left=1))
    waiting = own.outbox.add(make_op("waiting", needs_seq=needed.seq))

    assert own.outbox.remove_finished(NOW + timedelta(days=1)) == 1

    assert own.outbox.get(gone.op_id) is None
    for op in (needed, audited, waiting):
        assert own.outbox.get(op.op_id) == op


def test_an_attempt_is_written_down_and_closed(own):
    op = own.outbox.add(make_op())
    own.outbox.record_attempt(Attempt(op.seq, 1, "boot", NOW))

    own.outbox.close_attempt(
        op.seq, 1, outcome="unknown", last_byte_at=NOW, http_status=502, code="X", took_ms=12
    )

    assert own.outbox.attempts(op.seq) == (
        Attempt(op.seq, 1, "boot", NOW, NOW, "unknown", 502, "X", 12),
    )


def test_an_attempt_belongs_to_an_op(own):
    with pytest.raises(IntegrityError):
        own.outbox.record_attempt(Attempt(99, 1, "boot", NOW))


def test_the_check_names_what_does_not_hold(own):
    own.items.put(make_item("e1", None))
    own.outbox.add(make_op(OpId("x"), state=OpState.DONE))

    assert own.check() == ("finished create x has no server id",)

    own.items.put(make_item("e1", "100"))
    assert own.check() == ()
