"""Which record is which on both sides."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import Event
from desktop.domain.ids import AccountId, ContactId, EventId, RecordKind, RemoteId, server_uid
from desktop.services.sync.names import Names, address_in
from tests.builders import ACCOUNT, make_event, make_op, make_remote

LINKS = {
    (RecordKind.CONTACT, RemoteId("15")): "my-contact",
    (RecordKind.EVENT, RemoteId("9")): "my-series",
}


@given(st.sampled_from(RecordKind), st.text("0123456789abc:-", min_size=1))
def test_the_name_of_a_servers_row_can_be_read_back(kind: RecordKind, remote_id: str) -> None:
    uid = server_uid(ACCOUNT, kind, RemoteId(remote_id))

    assert address_in(ACCOUNT, uid) == (kind, remote_id)
    assert address_in(AccountId("another"), uid) is None


def test_references_are_told_in_our_uids_and_in_the_servers() -> None:
    names = Names(ACCOUNT, LINKS, {})
    theirs = make_event(
        contacts=(ContactId("a1:contact:15"), ContactId("a1:contact:16")),
        series_id=EventId("a1:event:9"),
    )
    local = names.to_local(make_remote(theirs)).record
    assert isinstance(local, Event)
    assert local.contacts == ("my-contact", "a1:contact:16")
    assert local.series_id == "my-series"

    back = names.to_remote(make_op(wish=local)).wish
    assert isinstance(back, Event)
    assert (back.contacts, back.series_id) == (theirs.contacts, theirs.series_id)


def test_the_row_of_a_uid_is_its_link_or_is_read_from_it() -> None:
    names = Names(ACCOUNT, LINKS, {})

    assert names.address_of("my-contact") == (RecordKind.CONTACT, "15")
    assert names.address_of("a1:activity:3") == (RecordKind.ACTIVITY, "3")
    assert names.address_of("never-sent") is None
