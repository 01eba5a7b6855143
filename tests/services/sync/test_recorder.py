"""The one way in which a user's action becomes durable, and how a kill is healed."""

from dataclasses import replace

import pytest

from desktop.domain.account import AccountKind
from desktop.domain.errors import NotFoundError
from desktop.domain.event import DeliveryMark
from desktop.domain.ids import ContactId, EventId, RecordKind, RemoteId, UserId
from desktop.domain.sync import Item, OpState, Verb
from desktop.services.changes import Topic
from desktop.services.sync.recorder import Wish
from desktop.services.sync.recording import write_wishes
from desktop.services.sync.timing import Timing
from desktop.store.own import OwnTables
from tests.builders import ACCOUNT, NOW, make_account, make_contact, make_event

LOCAL = make_account("home", AccountKind.LOCAL)
EVENT, CONTACT = RecordKind.EVENT, RecordKind.CONTACT


def create(uid: str = "e1", account: str = ACCOUNT) -> Wish:
    event = make_event(uid, account=account)
    return Wish(EVENT, Verb.CREATE, event.account_id, uid, event)


async def test_a_record_of_this_computer_is_done_at_once(open_desk) -> None:
    async with open_desk(LOCAL, start=False) as desk:
        (entry,) = await desk.recorder.record([create(account="home")])

        assert entry.state is OpState.DONE
        item = await desk.files.own.read(lambda own: own.items.get("e1"))
        assert item.base == make_event("e1", account="home")
        mark = await desk.files.cache.read(lambda cache: cache.events.mark_of(EventId("e1")))
        assert mark is DeliveryMark.SETTLED


async def test_a_deleted_record_of_this_computer_is_gone_and_can_be_made_again(open_desk) -> None:
    async with open_desk(LOCAL, start=False) as desk:
        await desk.recorder.record([create(account="home")])
        event = make_event("e1", account="home")
        await desk.recorder.record([Wish(EVENT, Verb.DELETE, LOCAL.id, "e1", None, event)])
        assert await desk.files.cache.read(lambda cache: cache.events.count()) == 0

        await desk.recorder.record([create(account="home")])
        assert await desk.files.cache.read(lambda cache: cache.events.count()) == 1


async def test_all_of_an_action_is_stored_or_nothing(open_desk) -> None:
    async with open_desk(start=False) as desk:
        with pytest.raises(NotFoundError):
            await desk.recorder.record([create(), create("e2", account="unknown")])

        assert await desk.files.own.read(lambda own: own.outbox.count_unfinished()) == 0
        assert await desk.files.cache.read(lambda cache: cache.events.count()) == 0


async def test_a_wish_is_seen_and_told_at_once(open_desk) -> None:
    async with open_desk(start=False) as desk:
        await desk.recorder.record([create()])

        topics = [(one.topic, one.uids) for one in desk.changes]
        assert (Topic.EVENTS, frozenset({"e1"})) in topics
        assert (Topic.OUTBOX, frozenset()) in topics
        mark = await desk.files.cache.read(lambda cache: cache.events.mark_of(EventId("e1")))
        assert mark is DeliveryMark.WAITING


async def test_the_link_of_a_pulled_record_is_read_from_its_uid(open_desk) -> None:
    async with open_desk(start=False) as desk:
        seen = make_event("a1:event:12")
        wish = Wish(EVENT, Verb.UPDATE, seen.account_id, seen.id, replace(seen, summary="x"), seen)
        await desk.recorder.record([wish])

        item = await desk.files.own.read(lambda own: own.items.get(seen.id))
        assert (item.remote_id, item.base) == ("12", seen)


async def test_a_meeting_needs_the_unsent_contact_it_is_with(open_desk) -> None:
    async with open_desk(start=False) as desk:
        contact = make_contact("c1")
        (made,) = await desk.recorder.record(
            [Wish(CONTACT, Verb.CREATE, contact.account_id, "c1", contact)]
        )
        event = make_event("e1", contacts=(ContactId("c1"),))
        (entry,) = await desk.recorder.record(
            [Wish(EVENT, Verb.CREATE, event.account_id, "e1", event)]
        )

        assert entry.needs_seq == made.seq


async def test_a_change_of_a_contact_made_with_the_meeting_goes_first(open_desk) -> None:
    async with open_desk(start=False) as desk:
        contact = make_contact("a1:contact:5")
        event = make_event("e1", contacts=(contact.id,))
        first, second = await desk.recorder.record(
            [
                Wish(CONTACT, Verb.UPDATE, contact.account_id, contact.id, contact, contact),
                Wish(EVENT, Verb.CREATE, event.account_id, "e1", event),
            ]
        )

        assert second.needs_seq == first.seq


async def test_taking_back_an_unsent_create_removes_it_from_the_screen(open_desk) -> None:
    async with open_desk(start=False) as desk:
        (entry,) = await desk.recorder.record([create()])

        assert await desk.recorder.take_back(entry.op_id)
        assert not await desk.recorder.take_back(entry.op_id)
        assert (await desk.op(entry.op_id)).state is OpState.CANCELLED
        assert await desk.files.cache.read(lambda cache: cache.events.count()) == 0


async def test_a_wish_that_a_kill_kept_from_the_cache_is_shown_after_the_next_start(
    open_desk,
) -> None:
    async with open_desk(LOCAL, make_account(), start=False) as desk:
        wishes = (create(), create("h1", account="home"))
        await desk.files.own.write(lambda own: write_wishes(own, wishes, Timing(), NOW))
    async with open_desk(LOCAL, make_account(), start=False) as desk:
        events = await desk.files.cache.read(lambda cache: cache.events.all())
        assert {event.id for event in events} == {"e1", "h1"}


async def test_a_finished_op_whose_overlay_a_kill_left_behind_is_healed(open_desk) -> None:
    async with open_desk(start=False) as desk:
        (entry,) = await desk.recorder.record([create()])
        server = make_event("e1", "As the server has it")
        item = Item("e1", entry.account_id, EVENT, RemoteId("9"), server)
        await desk.files.own.write(lambda own: own.items.put(item))
        done = replace(entry, state=OpState.DONE)
        await desk.files.own.write(lambda own: own.outbox.update(done))
    async with open_desk(start=False) as desk:
        event, mark = await desk.files.cache.read(
            lambda cache: (
                cache.events.get(EventId("e1")),
                cache.events.mark_of(EventId("e1")),
            )
        )
        assert (event.summary, mark) == ("As the server has it", DeliveryMark.SETTLED)


async def test_an_overlay_that_the_store_knows_nothing_of_is_dropped(open_desk) -> None:
    async with open_desk(start=False) as desk:
        stray = make_event("stray")
        await desk.files.cache.write(
            lambda cache: cache.events.put_own(stray, DeliveryMark.WAITING)
        )
        await desk.recorder.reindex()

        assert await desk.files.cache.read(lambda cache: cache.events.count()) == 0


async def test_a_wish_stands_on_what_the_server_made_of_the_last_one(open_desk) -> None:
    """The screen shows the last wish a moment longer than the store: that is no foreign edit."""
    async with open_desk(start=False) as desk:
        (made,) = await desk.recorder.record([create()])
        shown = make_event("e1")
        stored = replace(shown, responsible=UserId("7"))

        def arrive(own: OwnTables) -> None:
            own.outbox.update(replace(made, state=OpState.DONE))
            own.items.put(Item("e1", made.account_id, EVENT, RemoteId("100"), stored))

        await desk.files.own.write(arrive)
        moved = replace(shown, summary="Later")
        wish = Wish(EVENT, Verb.UPDATE, made.account_id, "e1", moved, shown)
        (entry,) = await desk.recorder.record([wish])

        assert entry.base == stored
        assert entry.wish == replace(moved, responsible=UserId("7"))
