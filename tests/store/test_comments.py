"""Comments in two layers: what a timeline shows of them."""

from dataclasses import replace

from desktop.domain.event import DeliveryMark
from desktop.domain.ids import ContactId
from tests.builders import ACCOUNT, make_comment, make_remote

ANNA = ContactId("c1")


def test_a_comment_on_its_way_stands_in_its_contacts_timeline(cache) -> None:
    cache.comments.put_own(make_comment(), DeliveryMark.WAITING)

    (line,) = cache.comments.of_contact(ANNA)
    assert line.comment == make_comment()
    assert line.mark is DeliveryMark.WAITING


def test_the_servers_copy_shows_again_when_the_wish_is_gone(cache) -> None:
    cache.comments.upsert_records([make_remote(make_comment(text="theirs"), "9")])
    cache.comments.put_own(make_comment(text="mine"), DeliveryMark.SENDING)
    assert [line.comment.text for line in cache.comments.of_contact(ANNA)] == ["mine"]

    cache.comments.drop_own("m1")
    assert [line.comment.text for line in cache.comments.of_contact(ANNA)] == ["theirs"]
    assert cache.comments.overlays() == {}


def test_a_comment_wished_away_is_not_shown(cache) -> None:
    cache.comments.upsert_records([make_remote(make_comment(), "9")])
    cache.comments.put_own(make_comment(), DeliveryMark.WAITING, gone=True)

    assert cache.comments.of_contact(ANNA) == ()
    assert cache.comments.get(make_comment().id) is None


def test_a_new_answer_replaces_what_the_server_had_but_not_what_waits(cache) -> None:
    cache.comments.upsert_records([make_remote(make_comment("old"), "1")])
    cache.comments.put_own(make_comment("waiting"), DeliveryMark.WAITING)
    cache.comments.replace_of(ANNA, [make_remote(make_comment("new"), "2")])

    shown = {line.comment.id for line in cache.comments.of_contact(ANNA)}
    assert shown == {"waiting", "new"}


def test_comments_know_whose_timeline_they_stand_in(cache) -> None:
    other = replace(make_comment("m2"), contact=ContactId("c2"))
    cache.comments.put_own(make_comment(), DeliveryMark.WAITING)
    cache.comments.upsert_records([make_remote(other, "2")])

    assert cache.comments.contacts_of(["m1", "m2", "m3"]) == {"c1", "c2"}


def test_a_removed_account_leaves_no_comment(cache) -> None:
    cache.comments.put_own(make_comment(), DeliveryMark.WAITING)
    cache.comments.upsert_records([make_remote(make_comment("m2"), "2")])
    cache.remove_account(ACCOUNT)

    assert cache.comments.of_contact(ANNA) == ()
