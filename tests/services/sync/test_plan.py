"""What a pull changes: a row of small values."""

from desktop.domain.ids import ContactId, OpId, RecordKind, RemoteId, Revision, server_uid
from desktop.domain.sync import RemoteRecord
from desktop.services.api.port import EventWindow, RemoteOccurrence
from desktop.services.sync.names import Names
from desktop.services.sync.plan import (
    Doubt,
    Missing,
    Remove,
    SetOccurrences,
    Upsert,
    plan_rows,
    plan_sweep,
    plan_window,
    unbelievable,
)
from tests.builders import ACCOUNT, make_event, make_remote, make_span

EVENT, ACTIVITY = RecordKind.EVENT, RecordKind.ACTIVITY


def names(links=None, markers=None) -> Names:
    return Names(ACCOUNT, links or {}, markers or {})


def uid(number: str, kind: RecordKind = EVENT) -> str:
    return server_uid(ACCOUNT, kind, RemoteId(number))


def window(*rows: RemoteRecord, occurrences=()) -> EventWindow:
    return EventWindow(make_span(hours=(0, 24)), rows, tuple(occurrences))


def test_a_new_row_is_taken_under_the_uid_that_every_pull_gives() -> None:
    (change,) = plan_window(window(make_remote()), names(), set(), {})

    assert isinstance(change, Upsert)
    assert change.uid == change.row.record.id == uid("100")


def test_a_row_of_the_same_revision_changes_nothing() -> None:
    known = {uid("100"): Revision("r1")}

    assert plan_window(window(make_remote()), names(), set(known), known) == ()


def test_a_row_linked_to_one_of_our_records_keeps_its_uid() -> None:
    links = {(EVENT, RemoteId("100")): "mine"}
    (change,) = plan_rows([make_remote()], names(links), {}, set())

    assert isinstance(change, Upsert)
    assert (change.uid, change.row.record.id) == ("mine", "mine")


def test_a_row_with_our_marker_is_our_record_even_before_it_is_linked() -> None:
    row = make_remote(marker=OpId("op"))
    (change,) = plan_rows([row], names(markers={OpId("op"): "mine"}), {}, set())

    assert isinstance(change, Upsert)
    assert change.uid == "mine"


def test_what_we_wrote_since_the_question_is_left_alone() -> None:
    fresh = {uid("100"), uid("200")}

    assert plan_window(window(make_remote()), names(), {uid("200")}, {}, fresh) == ()


def test_what_is_not_in_a_complete_answer_is_missing() -> None:
    assert plan_window(window(), names(), {uid("1")}, {}) == (Missing(uid("1")),)


def test_the_event_that_an_activity_caused_is_not_shown_twice() -> None:
    activity = make_remote(make_event(record=ACTIVITY), "7", aliases=((EVENT, RemoteId("100")),))
    changes = plan_window(window(activity, make_remote()), names(), {uid("100")}, {})

    assert [type(change) for change in changes] == [Upsert, Remove]
    assert changes[1] == Remove(uid("100"))


def test_what_was_seen_before_its_create_was_known_to_have_arrived_is_one() -> None:
    links = {(EVENT, RemoteId("100")): "mine"}
    changes = plan_window(
        window(make_remote()), names(links), {uid("100"), "mine"}, {"mine": Revision("r1")}
    )

    assert changes == (Remove(uid("100")),)


def test_a_row_that_comes_twice_is_one() -> None:
    changes = plan_window(window(make_remote(), make_remote()), names(), set(), {})

    assert len(changes) == 1


def test_occurrences_are_gathered_by_series() -> None:
    span = make_span()
    found = [
        RemoteOccurrence(EVENT, RemoteId("100"), span.start, span.end, day)
        for day in ("2026-11-16", "2026-11-17")
    ]
    changes = plan_window(window(make_remote(), occurrences=found), names(), set(), {})

    assert changes[-1] == SetOccurrences(uid("100"), tuple(found))


def test_sudden_emptiness_is_doubted() -> None:
    within = {uid(str(number)) for number in range(30)}

    assert plan_window(window(), names(), within, {}) == (Doubt(30, 30),)
    believed = plan_window(window(), names(), within, {}, believe=True)
    assert len(believed) == 30


def test_a_few_or_a_share_may_go() -> None:
    assert [unbelievable(missing, 1000) for missing in (300, 301)] == [False, True]
    assert [unbelievable(missing, 21) for missing in (20, 21)] == [False, True]


def test_a_sweep_names_the_contacts_that_are_gone() -> None:
    cached = {RemoteId("1"): ContactId("one"), RemoteId("2"): ContactId("two")}

    assert plan_sweep({RemoteId("1")}, cached) == (Missing("two"),)
    assert plan_sweep({RemoteId("1")}, cached, {"two"}) == ()


def test_a_sweep_that_finds_nobody_is_doubted() -> None:
    cached = {RemoteId(str(n)): ContactId(str(n)) for n in range(100)}

    assert plan_sweep(set(), cached) == (Doubt(100, 100),)
