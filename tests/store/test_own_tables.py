"""The smaller families of tables in store.db."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from desktop.domain.account import (
    AccountKind,
    AccountState,
    Capabilities,
    MarkerSearch,
)
from desktop.domain.ids import AccountId, CalendarId, DraftId, RecordKind, RemoteId
from desktop.domain.sync import Attempt, Conflict
from desktop.store.undo import STEPS_KEPT
from desktop.store.versions import Version
from tests.builders import (
    ACCOUNT,
    NOW,
    make_account,
    make_contact,
    make_draft,
    make_event,
    make_item,
    make_op,
)


def test_an_account_comes_back_as_it_was(own):
    account = make_account(
        "a2",
        AccountKind.LOCAL,
        state=AccountState.SIGN_IN,
        marker_search=MarkerSearch.PROVEN,
        settle_s=180.5,
        clock_offset_s=-3.25,
        capabilities=Capabilities(responsible=True, missing_scopes=("crm", "user")),
        sample=True,
        moved_to="https://new.example/sub",
        color="#3b82f6",
    )

    own.accounts.put(account)

    assert own.accounts.get(account.id) == account
    assert own.accounts.all() == (make_account(), account)


def test_writing_an_account_anew_keeps_what_belongs_to_it(own):
    own.items.put(make_item())

    own.accounts.put(make_account(title="Other"))

    assert own.items.get("e1") == make_item()


def test_an_account_goes_with_all_that_belongs_to_it(own):
    own.accounts.put(make_account("a2"))
    own.items.put(make_item())
    op = own.outbox.add(make_op())
    own.outbox.record_attempt(Attempt(op.seq, 1, "boot", NOW))
    own.conflicts.put(Conflict(op.seq, None, make_event(), None))
    own.versions.add("e1", NOW, "theirs", make_event())
    own.drafts.put(make_draft("mine", calendar_id=CalendarId(f"{ACCOUNT}:cal")))
    own.drafts.put(make_draft("other", calendar_id=CalendarId("a2:cal")))
    own.items.put(make_item("kept", account="a2"))

    own.accounts.remove(ACCOUNT)

    assert [account.id for account in own.accounts.all()] == ["a2"]
    assert own.items.get("e1") is None
    assert own.items.get("kept") is not None
    assert own.outbox.of_item("e1") == ()
    assert own.outbox.attempts(op.seq) == ()
    assert own.conflicts.all() == ()
    assert own.versions.of("e1") == ()
    assert [draft.id for draft in own.drafts.all()] == ["other"]


def test_an_item_links_ours_to_theirs(own):
    item = make_item(base=make_event(), base_revision="r1")
    own.items.put(item)

    assert own.items.get("e1") == item
    assert own.items.by_remote(ACCOUNT, RecordKind.EVENT, RemoteId("100")) == item
    assert own.items.by_remote(ACCOUNT, RecordKind.CONTACT, RemoteId("100")) is None
    assert own.items.links(ACCOUNT) == {(RecordKind.EVENT, RemoteId("100")): "e1"}


def test_one_server_id_links_to_one_item(own):
    own.items.put(make_item("e1", "100"))

    with pytest.raises(IntegrityError):
        own.items.put(make_item("e2", "100"))


def test_items_without_a_server_id_are_many(own):
    own.items.put(make_item("e1", None))
    own.items.put(make_item("e2", None, kind=RecordKind.CONTACT))

    assert [item.uid for item in own.items.of_account(ACCOUNT)] == ["e1", "e2"]
    assert [item.uid for item in own.items.of_account(ACCOUNT, RecordKind.CONTACT)] == ["e2"]
    assert own.items.links(ACCOUNT) == {}


def test_ops_outlive_their_item(own):
    own.items.put(make_item())
    op = own.outbox.add(make_op())

    own.items.remove("e1")

    assert own.outbox.get(op.op_id) == op


def test_a_conflict_keeps_all_three_copies(own):
    op = own.outbox.add(make_op())
    conflict = Conflict(op.seq, make_event("e1", "base"), None, make_contact())
    own.conflicts.put(replace(conflict, theirs=None))
    own.conflicts.put(conflict)

    assert own.conflicts.get(op.seq) == conflict
    assert own.conflicts.all() == (conflict,)

    own.conflicts.remove(op.seq)
    assert own.conflicts.get(op.seq) is None


def test_versions_are_kept_in_order(own):
    own.versions.add("e1", NOW, "theirs", make_event("e1", "one"))
    own.versions.add("e1", NOW - timedelta(hours=1), "mine", make_event("e1", "two"))

    assert own.versions.of("e1") == (
        Version("e1", NOW, "theirs", make_event("e1", "one")),
        Version("e1", NOW - timedelta(hours=1), "mine", make_event("e1", "two")),
    )


def test_the_draft_typed_in_last_comes_first(own):
    own.drafts.put(make_draft("new", updated_at=NOW))
    own.drafts.put(make_draft("old", updated_at=NOW - timedelta(days=1)))

    assert [draft.id for draft in own.drafts.all()] == ["new", "old"]

    own.drafts.put(make_draft("old", title="now", updated_at=NOW + timedelta(days=1)))
    assert [draft.title for draft in own.drafts.all()] == ["now", ""]

    own.drafts.remove(DraftId("old"))
    assert own.drafts.get(DraftId("old")) is None


def test_a_setting_is_a_text_under_a_name(own):
    own.settings.put("pins", "[1]")
    own.settings.put("pins", "[2]")

    assert own.settings.get("pins") == "[2]"

    own.settings.remove("pins")
    assert own.settings.get("pins") is None


def test_the_last_fifty_steps_can_be_taken_back(own):
    for step in range(STEPS_KEPT + 10):
        own.undo.push(str(step).encode())

    kept = own.undo.all()

    assert (len(kept), kept[0], kept[-1]) == (50, b"10", b"59")

    own.undo.replace([b"a", b"b"])
    assert own.undo.all() == (b"a", b"b")


def test_an_unknown_account_is_none(own):
    assert own.accounts.get(AccountId("nobody")) is None
