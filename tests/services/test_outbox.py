"""What waits to be sent, and the user's way out of every state."""

from dataclasses import replace

import pytest

from desktop.domain.errors import NotFoundError, OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import DeliveryMark, Event
from desktop.domain.ids import EventId, OpId, RecordKind
from desktop.domain.sync import OpState, Verb
from desktop.services.sync.delivery_values import Reason
from desktop.services.sync.recorder import Wish
from tests.builders import ACCOUNT, make_event
from tests.services.sync.desk import desk_opener

KIND = RecordKind.ACTIVITY
open_desk = pytest.fixture(desk_opener, name="open_desk")


def meeting(summary: str = "Demo", uid: str = "m1") -> Event:
    return make_event(uid, summary, record=KIND)


def create() -> Wish:
    return Wish(KIND, Verb.CREATE, meeting().account_id, "m1", meeting())


def refuse(call: str) -> Exception | None:
    return RefusedError(Refusal.INVALID, text="no") if call.startswith("push") else None


async def in_trouble(desk) -> None:
    await desk.until(lambda: bool(desk.supervisor.status().attention))


async def test_a_line_says_what_waits_and_for_whom(open_desk) -> None:
    async with open_desk(start=False) as desk:
        await desk.recorder.record([create()])
        (line,) = await desk.outbox.lines()

        assert (line.summary, line.account_title) == ("Demo", "Bitrix24 · Anna")
        assert line.when == meeting().when
        assert line.entry.state is OpState.QUEUED


async def test_a_parked_op_can_be_sent_again(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        edge.fail = refuse
        (entry,) = await desk.recorder.record([create()])
        await in_trouble(desk)
        edge.fail = lambda _call: None
        await desk.outbox.retry(entry.op_id)
        await desk.idle()

        assert len(edge.rows) == 1
        assert await desk.outbox.lines() == ()


async def test_a_parked_op_can_be_given_up_and_its_text_is_kept(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        edge.fail = refuse
        (entry,) = await desk.recorder.record([create()])
        await in_trouble(desk)
        await desk.outbox.discard(entry.op_id)
        await desk.idle()

        assert (await desk.op(entry.op_id)).state is OpState.DISCARDED
        assert await desk.files.cache.read(lambda cache: cache.events.count()) == 0
        versions = await desk.files.own.read(lambda own: own.versions.of("m1"))
        assert [(one.origin, one.record.summary) for one in versions] == [("discarded", "Demo")]


@pytest.mark.parametrize("arrived", [True, False])
async def test_the_user_says_whether_it_arrived(open_desk, arrived: bool) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        edge.search_works = False
        edge.after = lambda call: OutcomeUnknownError() if call == "push create" else None
        (entry,) = await desk.recorder.record([create()])
        await in_trouble(desk)
        (line,) = await desk.outbox.lines()
        assert (line.entry.state, line.entry.reason) == (OpState.ASK, Reason.NOT_PROVED)
        edge.after = lambda _call: None
        if not arrived:
            edge.rows.clear()
        await desk.outbox.confirm_sent(entry.op_id, arrived)
        await desk.idle()

        assert len(edge.rows) == 1
        assert len(edge.pushed) == (1 if arrived else 2)
        desk.supervisor.sync_now()
        await desk.idle()
        assert await desk.files.cache.read(lambda cache: cache.events.count()) == 1


async def test_what_they_deleted_can_be_made_anew(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        row = edge.put(meeting(), "5")
        await desk.idle()
        uid = row.record.id
        seen = await desk.files.cache.read(lambda cache: cache.events.get(EventId(uid)))
        edge.rows.clear()
        wish = Wish(KIND, Verb.UPDATE, seen.account_id, uid, replace(seen, summary="Mine"), seen)
        (entry,) = await desk.recorder.record([wish])
        await in_trouble(desk)
        assert (await desk.op(entry.op_id)).reason == Reason.DELETED_THERE
        await desk.outbox.resolve(entry.op_id, "mine")
        await desk.idle()

        (made,) = edge.rows.values()
        assert isinstance(made.record, Event)
        assert (made.record.summary, made.marker) == ("Mine", entry.op_id)
        item = await desk.files.own.read(lambda own: own.items.get(uid))
        assert (item.remote_id, item.gone) == (made.remote_id, False)


async def test_what_they_deleted_can_stay_deleted(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        row = edge.put(meeting(), "5")
        await desk.idle()
        uid = row.record.id
        seen = await desk.files.cache.read(lambda cache: cache.events.get(EventId(uid)))
        edge.rows.clear()
        wish = Wish(KIND, Verb.UPDATE, seen.account_id, uid, replace(seen, summary="Mine"), seen)
        (entry,) = await desk.recorder.record([wish])
        await in_trouble(desk)
        await desk.outbox.resolve(entry.op_id, "theirs")
        await desk.idle()

        assert await desk.files.cache.read(lambda cache: cache.events.count()) == 0


async def test_my_deletion_of_what_they_edited_can_be_given_up(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        row = edge.put(meeting(), "5")
        await desk.idle()
        uid = row.record.id
        seen = await desk.files.cache.read(lambda cache: cache.events.get(EventId(uid)))
        edge.put(meeting("Edited"), "5")
        (entry,) = await desk.recorder.record(
            [Wish(KIND, Verb.DELETE, seen.account_id, uid, None, seen)]
        )
        await in_trouble(desk)
        event, mark = await desk.files.cache.read(
            lambda cache: (cache.events.get(EventId(uid)), cache.events.mark_of(EventId(uid)))
        )
        assert event is not None, "what is asked about is shown"
        assert mark is DeliveryMark.TROUBLE
        await desk.outbox.resolve(entry.op_id, "theirs")
        await desk.idle()

        event = await desk.files.cache.read(lambda cache: cache.events.get(EventId(uid)))
        assert event.summary == "Edited"


async def test_giving_up_a_create_gives_up_what_was_to_follow_it(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        edge.fail = refuse
        (entry,) = await desk.recorder.record([create()])
        await in_trouble(desk)
        seen = meeting()
        (deletion,) = await desk.recorder.record(
            [Wish(KIND, Verb.DELETE, seen.account_id, "m1", None, seen)]
        )
        await desk.idle()

        assert (await desk.op(entry.op_id)).state is OpState.CANCELLED
        assert (await desk.op(deletion.op_id)).state is OpState.CANCELLED


async def test_a_word_about_an_unknown_op_is_an_error(open_desk) -> None:
    async with open_desk(start=False) as desk:
        with pytest.raises(NotFoundError):
            await desk.outbox.retry(OpId("nothing"))


async def test_a_word_that_comes_too_late_changes_nothing(open_desk) -> None:
    async with open_desk() as desk:
        (entry,) = await desk.recorder.record([create()])
        await desk.idle()
        await desk.outbox.discard(entry.op_id)

        assert (await desk.op(entry.op_id)).state is OpState.DONE
