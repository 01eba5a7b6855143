"""Contacts in two layers, and an index that is always in step."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.event import DeliveryMark
from desktop.domain.ids import AccountId, RecordKind, RemoteId, Revision
from tests.builders import ACCOUNT, MONDAY, make_contact, make_event, make_remote, renamed


def names(cache, query):
    return [hit.contact.name for hit in cache.contacts.search(query, limit=9, today=MONDAY)]


def test_a_contact_comes_back_as_it_was(cache):
    contact = make_contact(phone="+7 916 1234567", email="a@b.example", notes="x", city="Oslo")

    cache.contacts.upsert([contact])

    assert cache.contacts.get(contact.id) == contact
    assert cache.contacts.many([contact.id]) == {contact.id: contact}
    assert list(cache.contacts.all(ACCOUNT)) == [contact]


def test_a_wish_lies_over_the_servers_copy_until_it_is_dropped(cache):
    theirs = make_contact("c1", "Anna Petrova")
    cache.contacts.upsert([theirs])
    cache.contacts.put_own(renamed(theirs, "Anna Orlova"), DeliveryMark.WAITING)

    assert names(cache, "anna") == ["Anna Orlova"]
    assert names(cache, "petrova") == []
    assert cache.contacts.mark_of(theirs.id) is DeliveryMark.WAITING
    assert cache.contacts.server_copy(theirs.id) == theirs
    assert cache.contacts.overlays() == {"c1": DeliveryMark.WAITING}

    cache.contacts.drop_own("c1")

    assert names(cache, "anna") == ["Anna Petrova"]
    assert names(cache, "orlova") == []
    assert cache.contacts.mark_of(theirs.id) is DeliveryMark.SETTLED


def test_a_waiting_contact_says_so_in_its_row(cache):
    cache.contacts.put_own(make_contact(), DeliveryMark.WAITING)

    (hit,) = cache.contacts.search("anna", limit=9, today=MONDAY)

    assert hit.waiting


def test_a_servers_copy_under_a_wish_changes_unseen(cache):
    cache.contacts.put_own(make_contact("c1", "Anna Orlova"), DeliveryMark.WAITING)

    cache.contacts.upsert([make_contact("c1", "Anna Smirnova")])

    assert names(cache, "anna") == ["Anna Orlova"]
    assert names(cache, "smirnova") == []

    cache.contacts.drop_own("c1")
    assert names(cache, "smirnova") == ["Anna Smirnova"]


def test_a_contact_that_is_wished_gone_is_hidden(cache):
    contact = make_contact()
    cache.contacts.upsert([contact])

    cache.contacts.put_own(contact, DeliveryMark.WAITING, gone=True)

    assert cache.contacts.get(contact.id) is None
    assert names(cache, "anna") == []
    assert cache.contacts.count() == 0


def test_what_has_both_layers_removed_is_gone(cache):
    contact = make_contact()
    cache.contacts.upsert([contact])
    cache.contacts.put_own(contact, DeliveryMark.WAITING)

    cache.contacts.remove([contact.id])
    assert cache.contacts.get(contact.id) == contact

    cache.contacts.drop_own(contact.id)
    assert cache.contacts.get(contact.id) is None
    assert names(cache, "anna") == []


def test_server_ids_and_revisions_are_remembered(cache):
    cache.contacts.upsert_records([make_remote(make_contact(), "77", revision="r1")])

    assert cache.contacts.remote_ids(ACCOUNT) == {RemoteId("77"): "c1"}
    assert cache.contacts.revision_of(make_contact().id) == Revision("r1")

    cache.contacts.upsert_records([make_remote(make_contact(), "77", revision="r2")])
    assert cache.contacts.revision_of(make_contact().id) == Revision("r2")


def test_records_of_another_kind_are_none_of_its_business(cache):
    cache.contacts.upsert_records([make_remote(make_event(), kind=RecordKind.EVENT)])

    assert cache.contacts.count() == 0


def test_a_page_that_arrives_twice_changes_nothing(cache):
    page = [make_remote(make_contact("c1"), "1"), make_remote(make_contact("c2"), "2")]
    cache.contacts.upsert_records(page)
    before = cache.connection.total_changes

    cache.contacts.upsert_records(page)

    assert cache.connection.total_changes == before


def test_of_a_contact_twice_in_one_page_the_later_counts(cache):
    cache.contacts.upsert([make_contact("c1", "Anna Old"), make_contact("c1", "Anna New")])

    assert names(cache, "anna") == ["Anna New"]


def test_an_account_is_forgotten_with_its_overlays(cache):
    cache.contacts.upsert([make_contact("c1"), make_contact("c2", account="a2")])
    cache.contacts.put_own(make_contact("c3"), DeliveryMark.WAITING)

    cache.contacts.remove_account(ACCOUNT)

    assert [contact.id for contact in cache.contacts.all()] == ["c2"]
    assert cache.contacts.count(AccountId("a2")) == 1
    assert len(names(cache, "anna")) == 1


def test_a_number_is_found_by_its_digits_whatever_its_format(cache):
    one = make_contact("c1", phone="8 (916) 123-45-67")
    cache.contacts.upsert([one, make_contact("c2", phone="+7 916 123-45-68")])

    assert cache.contacts.by_phone_digits("+7 916 1234567") == (one,)
    assert cache.contacts.by_phone_digits("79160000000") == ()
    assert cache.contacts.by_phone_digits("12") == ()


NAMES = st.sampled_from(["Anna Ivanova", "Анна Иванова", "Boris Orlov", "Olga"])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["upsert", "own", "gone", "drop", "remove"]), st.integers(0, 2), NAMES
    )
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_the_index_says_what_is_shown_whatever_happened(cache, steps):
    for uid in range(3):
        cache.contacts.drop_own(str(uid))
        cache.contacts.remove([str(uid)])
    for step, uid, name in steps:
        contact = make_contact(str(uid), name)
        match step:
            case "upsert":
                cache.contacts.upsert([replace(contact, company="Server")])
            case "own":
                cache.contacts.put_own(contact, DeliveryMark.WAITING)
            case "gone":
                cache.contacts.put_own(contact, DeliveryMark.WAITING, gone=True)
            case "drop":
                cache.contacts.drop_own(str(uid))
            case _:
                cache.contacts.remove([str(uid)])
    shown = {contact.id: contact.name for contact in cache.contacts.all()}
    for name in ("anna ivanova", "boris", "olga"):
        hits = cache.contacts.search(name, limit=9, today=MONDAY)
        assert {hit.contact.id: hit.contact.name for hit in hits} == {
            uid: full
            for uid, full in shown.items()
            if full.split()[0] in {"anna ivanova": ("Anna", "Анна")}.get(name, (name.title(),))
        }
    counts = cache.connection.execute(
        "SELECT (SELECT count(*) FROM contact_name), (SELECT count(DISTINCT n) FROM name_word)"
    ).fetchone()
    assert counts == (len(shown), len(shown))
