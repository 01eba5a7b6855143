"""Ops about parts of a series: their order, how they meet, how they are taken back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.domain.event import Event
from desktop.domain.ids import AccountId, EventId, RecordKind, RemoteId, server_uid
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.series import exception_of, series_moved, without_occurrence
from desktop.domain.sync import OpState, Scope, SeriesPart, Verb
from desktop.services.steps import RecordChange, StepCode, UndoStep, step_from_bytes, step_to_bytes
from desktop.services.sync.coalesce import coalesce
from desktop.services.sync.delivery import decide
from desktop.services.sync.delivery_changes import PutEntry
from desktop.services.sync.delivery_values import Snapshot, Tick
from desktop.services.sync.health import Health
from desktop.services.sync.merge import differences, merge
from desktop.services.sync.names import Names
from desktop.services.sync.recorder import Wish
from desktop.services.sync.timing import Timing
from tests.builders import (
    ACCOUNT,
    NOW,
    TUESDAY,
    WEDNESDAY,
    make_account,
    make_event,
    make_op,
    make_span,
)
from tests.services.house import House, open_house

MASTER = make_event("s", recurrence=RecurrenceRule(Frequency.DAILY, count=5))
START = make_span(WEDNESDAY).start
ALONE = exception_of(MASTER, START, make_span(WEDNESDAY, hours=(15, 16)), EventId("x"))
THIS = Scope(SeriesPart.THIS, MASTER, START)
LOOK = Scope(SeriesPart.LEFT_OUT, MASTER, START)


def wish(verb: Verb, uid: str, after: Event | None, before: Event | None = None, **more) -> Wish:
    return Wish(RecordKind.EVENT, verb, AccountId(ACCOUNT), uid, after, before, **more)


async def ops(house: House):
    return await house.files.own.read(lambda own: own.outbox.unfinished())


def test_what_is_cut_out_and_deleted_is_first_cut_out():
    cut = make_op("a", ALONE, uid="x", seq=1, scope=THIS)
    gone = make_op("b", None, verb=Verb.DELETE, uid="x", base=ALONE)

    assert coalesce((cut,), gone) == ((), gone, True)


def test_an_edit_of_what_waits_to_be_cut_out_is_cut_out_with_it():
    cut = make_op("a", ALONE, uid="x", seq=1, scope=THIS)
    later = replace(ALONE, summary="Retro")
    edit = make_op("b", later, verb=Verb.UPDATE, uid="x", base=ALONE)

    (changed,), carrier, new = coalesce((cut,), edit)

    assert not new
    assert changed == carrier
    assert (carrier.wish, carrier.verb, carrier.scope) == (later, Verb.CREATE, THIS)


@pytest.mark.parametrize("order", [False, True])
def test_an_op_that_only_looks_carries_nothing_else(order):
    left = without_occurrence(MASTER, START)
    look = make_op("a", left, verb=Verb.UPDATE, uid="s", base=MASTER, seq=1, scope=LOOK)
    edit = make_op("b", replace(MASTER, summary="Retro"), verb=Verb.UPDATE, uid="s", base=MASTER)
    first, second = (edit, look) if order else (look, edit)

    assert coalesce((replace(first, seq=1),), replace(second, seq=0))[2]


async def test_a_part_waits_for_its_series_and_the_series_for_its_parts(tmp_path):
    async with open_house(tmp_path) as house:
        await house.recorder.record([wish(Verb.CREATE, "s", MASTER)])
        await house.recorder.record([wish(Verb.CREATE, "x", ALONE, scope=THIS)])
        renamed = replace(MASTER, summary="Retro")
        await house.recorder.record([wish(Verb.UPDATE, "s", renamed, MASTER)])

        made, cut, edit = await ops(house)

    assert (cut.needs_seq, edit.needs_seq) == (made.seq, cut.seq)


async def test_what_is_cut_out_only_to_go_waits_as_long_as_a_deletion(tmp_path):
    async with open_house(tmp_path) as house:
        left = without_occurrence(MASTER, START)
        await house.recorder.record(
            [
                wish(Verb.CREATE, "x", ALONE, scope=replace(THIS, leaves=True)),
                wish(Verb.DELETE, "x", None, ALONE),
                wish(Verb.UPDATE, "s", left, MASTER, scope=LOOK),
            ]
        )
        cut, gone, look = await ops(house)

    assert cut.not_before == gone.not_before
    assert look.needs_seq == gone.seq


@pytest.mark.parametrize(("scope", "state"), [(LOOK, OpState.CANCELLED), (None, OpState.PARKED)])
def test_nothing_is_looked_for_once_the_deletion_was_dropped(scope, state):
    left = without_occurrence(MASTER, START)
    look = make_op(
        "a", left, verb=Verb.UPDATE, uid="s", base=MASTER, seq=3, needs_seq=2, scope=scope
    )
    snapshot = Snapshot(make_account(), (look,), Health(), Timing(), needed={2: OpState.CANCELLED})

    decision = decide(snapshot, Tick(), NOW)

    (change,) = [one for one in decision.changes if isinstance(one, PutEntry)]
    assert change.entry.state is state


def test_days_left_out_merge_with_a_new_time():
    theirs = without_occurrence(MASTER, START)
    mine = series_moved(MASTER, make_span(TUESDAY), make_span(TUESDAY, hours=(15, 16)))

    merged = merge(MASTER, mine, theirs)

    assert merged.conflicts == ()
    assert differences(merged.record, theirs) == ("when",)


def test_an_hour_later_leaves_out_the_same_days():
    left = without_occurrence(MASTER, START)
    later = replace(left, excluded_dates=(datetime(2026, 11, 18, 11, tzinfo=UTC),))

    assert differences(left, later) == ()


def test_the_series_of_a_part_is_told_in_the_servers_name():
    names = Names(AccountId(ACCOUNT), {(RecordKind.EVENT, RemoteId("7")): "s"}, {})

    told = names.to_remote(make_op("a", ALONE, uid="x", scope=THIS))

    server = server_uid(AccountId(ACCOUNT), RecordKind.EVENT, RemoteId("7"))
    assert told.scope is not None
    assert isinstance(told.wish, Event)
    assert (told.scope.master.id, told.wish.series_id) == (server, server)


def test_the_way_back_of_what_was_cut_out_is_a_change_of_it():
    before = exception_of(MASTER, START, make_span(WEDNESDAY), EventId("x"))
    cut = RecordChange(AccountId(ACCOUNT), "x", before, ALONE, scope=THIS)

    back = cut.turned()

    assert (cut.wish().verb, cut.wish().base) == (Verb.CREATE, None)
    assert (back.wish().verb, back.after, back.scope) == (Verb.UPDATE, before, None)
    assert cut.onto(None) == cut, "redone where it is part of its series again"
    again = cut.onto(before)
    assert again is not None
    assert again.wish().verb is Verb.UPDATE, "redone where it is a record of its own"
    assert not cut.lasts
    assert replace(cut, after=before).lasts
    assert RecordChange(AccountId(ACCOUNT), "s", MASTER, MASTER, scope=LOOK).lasts


def test_a_step_about_a_part_outlives_the_program():
    change = RecordChange(AccountId(ACCOUNT), "x", ALONE, ALONE, scope=THIS)
    step = UndoStep(StepCode.MOVED, "Stand-up", (change,))

    assert step_from_bytes(step_to_bytes(step)) == step
