"""A new wish meets those that wait: only what never left is touched."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import Event
from desktop.domain.sync import OpState, OutboxEntry, Verb
from desktop.services.sync.coalesce import coalesce, never_attempted, unfold
from desktop.services.sync.delivery_values import Reason
from tests.builders import make_event, make_op


def op(verb: Verb, name: str, wish: str | None = None, **more) -> OutboxEntry:
    record = None if verb is Verb.DELETE else make_event("e1", wish or name)
    return make_op(name, record, verb=verb, seq=more.pop("seq", 1), **more)


def titled(entry: OutboxEntry) -> str:
    assert isinstance(entry.wish, Event)
    return entry.wish.summary


def test_create_and_edit_become_one_create() -> None:
    waiting = op(Verb.CREATE, "a")
    changed, carrier, is_new = coalesce((waiting,), op(Verb.UPDATE, "b"))

    assert not is_new
    assert changed == (carrier,)
    assert (carrier.op_id, carrier.verb, titled(carrier)) == ("a", Verb.CREATE, "b")


def test_two_edits_become_one_with_the_first_base() -> None:
    base = make_event("e1", "before")
    waiting = op(Verb.UPDATE, "a", base=base)
    _changed, carrier, is_new = coalesce((waiting,), op(Verb.UPDATE, "b", base=waiting.wish))

    assert not is_new
    assert (carrier.base, titled(carrier)) == (base, "b")


def test_create_and_delete_cancel_each_other() -> None:
    changed, carrier, is_new = coalesce((op(Verb.CREATE, "a"),), op(Verb.DELETE, "b"))

    assert is_new
    assert [one.state for one in (*changed, carrier)] == [OpState.CANCELLED] * 2


def test_edit_and_delete_become_a_deletion_of_what_was_there_first() -> None:
    base = make_event("e1", "before")
    waiting = op(Verb.UPDATE, "a", base=base)
    changed, carrier, is_new = coalesce((waiting,), op(Verb.DELETE, "b", base=waiting.wish))

    assert is_new
    assert [one.state for one in changed] == [OpState.CANCELLED]
    assert (carrier.verb, carrier.state, carrier.base) == (Verb.DELETE, OpState.QUEUED, base)


def test_creating_anew_what_waits_to_be_deleted_is_an_edit() -> None:
    base = make_event("e1", "before")
    waiting = op(Verb.DELETE, "a", base=base)
    _changed, carrier, is_new = coalesce((waiting,), op(Verb.CREATE, "b"))

    assert not is_new
    assert (carrier.verb, carrier.base, titled(carrier)) == (Verb.UPDATE, base, "b")


def test_an_edit_of_an_older_copy_keeps_what_was_merged_meanwhile() -> None:
    seen = make_event("e1", "old", location="old")
    merged = make_event("e1", "old", location="from a colleague")
    waiting = make_op("a", merged, verb=Verb.UPDATE, seq=1, state=OpState.PARKED, sends=1)
    new = make_op("b", replace(seen, summary="new"), verb=Verb.UPDATE, base=seen)
    _changed, carrier, _is_new = coalesce((waiting,), new)

    assert isinstance(carrier.wish, Event)
    assert (carrier.wish.summary, carrier.wish.location) == ("new", "from a colleague")
    assert (carrier.state, carrier.op_id) == (OpState.QUEUED, "a")


def test_an_edit_that_needs_a_later_op_stays_an_op_of_its_own() -> None:
    _changed, carrier, is_new = coalesce(
        (op(Verb.CREATE, "a", seq=5),), op(Verb.UPDATE, "b", needs_seq=6)
    )

    assert is_new
    assert carrier.op_id == "b"


@given(
    st.sampled_from(OpState),
    st.integers(0, 3),
    st.sampled_from([Verb.UPDATE, Verb.DELETE]),
    st.sampled_from(Verb),
)
def test_what_may_have_left_is_never_touched(
    state: OpState, sends: int, new_verb: Verb, old_verb: Verb
) -> None:
    waiting = op(old_verb, "a", state=state, sends=sends)
    changed, carrier, is_new = coalesce((waiting,), op(new_verb, "b"))

    if not never_attempted(waiting) and state is not OpState.PARKED:
        assert (changed, is_new) == ((), True)
        assert carrier.op_id == "b"


def test_taking_back_a_deletion_revives_the_edit_that_it_swallowed() -> None:
    waiting = op(Verb.UPDATE, "a", seq=1)
    (folded,), deletion, _is_new = coalesce((waiting,), op(Verb.DELETE, "b", seq=2))
    revived = unfold(deletion, (folded, deletion))

    assert revived is not None
    assert {one.op_id: one.state for one in revived} == {
        "a": OpState.QUEUED,
        "b": OpState.CANCELLED,
    }


def test_taking_back_the_deletion_of_an_unsent_record_revives_it() -> None:
    waiting = op(Verb.CREATE, "a", seq=1)
    (folded,), deletion, _is_new = coalesce((waiting,), op(Verb.DELETE, "b", seq=2))
    revived = unfold(deletion, (folded, deletion))

    assert revived is not None
    assert [one.state for one in revived if one.op_id == "a"] == [OpState.QUEUED]


def test_an_op_with_several_edits_in_it_is_not_taken_back() -> None:
    carrier = op(Verb.UPDATE, "a", reason=Reason.EDITED)

    assert unfold(carrier, (carrier,)) is None


def test_a_sent_op_is_not_taken_back() -> None:
    carrier = op(Verb.UPDATE, "a", sends=1)

    assert unfold(carrier, (carrier,)) is None
