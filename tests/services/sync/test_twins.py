"""A new contact whom the server has already: the user decides, nobody is made twice."""

from dataclasses import replace

from desktop.domain.contact import Contact
from desktop.domain.errors import OfflineError, Refusal, RefusedError
from desktop.domain.event import DeliveryMark
from desktop.domain.ids import ContactId, RecordKind, RemoteId
from desktop.domain.sync import OpState, Verb
from desktop.services.sync.delivery_values import Reason
from desktop.services.sync.recorder import Wish
from tests.builders import ACCOUNT, make_comment, make_contact, make_draft, make_event

NEW = make_contact("new", "Alex Vronsky", phone="+49 30 1234567")
THERE = ContactId("a1:contact:15")


def create(contact: Contact = NEW) -> Wish:
    return Wish(RecordKind.CONTACT, Verb.CREATE, ACCOUNT, contact.id, contact)


def meeting(uid: str = "e1") -> Wish:
    event = replace(make_event(uid), contacts=(ContactId("new"),))
    return Wish(RecordKind.EVENT, Verb.CREATE, ACCOUNT, uid, event)


def with_twin(desk):
    """The server has Alex, and takes whoever is to be made for him."""
    edge = desk.edges[ACCOUNT]
    edge.twins = (edge.put(make_contact("x", "Alexander Vronsky", phone="+49301234567"), "15"),)
    return edge


async def asked(desk, entry):
    await desk.until(lambda: bool(desk.supervisor.status().attention))
    (line, *_rest) = await desk.outbox.lines()
    assert line.entry.op_id == entry.op_id
    return line


async def test_nobody_is_made_while_the_question_is_open(open_desk) -> None:
    async with open_desk() as desk:
        edge = with_twin(desk)
        (entry,) = await desk.recorder.record([create()])
        line = await asked(desk, entry)

        assert (line.entry.state, line.entry.reason) == (OpState.ASK, Reason.TWIN)
        assert line.conflict.mine == NEW
        assert line.conflict.theirs.name == "Alexander Vronsky"
        assert edge.pushed == []
        mark = await desk.files.cache.read(lambda cache: cache.contacts.mark_of(NEW.id))
        assert mark is DeliveryMark.TROUBLE


async def test_the_existing_card_takes_over_what_was_to_follow(open_desk) -> None:
    async with open_desk() as desk:
        edge = with_twin(desk)
        draft = make_draft(contacts=(NEW.id,))
        await desk.files.own.write(lambda own: own.drafts.put(draft))
        (entry,) = await desk.recorder.record([create()])
        await desk.recorder.record([meeting()])
        comment = make_comment("m1", "new")
        await desk.recorder.record([Wish(RecordKind.COMMENT, Verb.CREATE, ACCOUNT, "m1", comment)])
        await asked(desk, entry)
        await desk.outbox.resolve(entry.op_id, "theirs")
        await desk.idle()

        kinds = [pushed.kind for pushed in edge.pushed]
        assert RecordKind.CONTACT not in kinds
        by_kind = {pushed.kind: pushed.wish for pushed in edge.pushed}
        assert by_kind[RecordKind.EVENT].contacts == (THERE,)
        assert by_kind[RecordKind.COMMENT].contact == THERE
        assert (await desk.op(entry.op_id)).state is OpState.DISCARDED
        gone = await desk.files.cache.read(lambda cache: cache.contacts.get(NEW.id))
        assert gone is None
        (kept,) = await desk.files.own.read(lambda own: own.drafts.all())
        assert kept.contacts == (THERE,)
        versions = await desk.files.own.read(lambda own: own.versions.of(NEW.id))
        assert [version.record for version in versions] == [NEW]


async def test_another_person_is_made_without_a_second_question(open_desk) -> None:
    async with open_desk() as desk:
        edge = with_twin(desk)
        (entry,) = await desk.recorder.record([create()])
        await asked(desk, entry)
        await desk.outbox.resolve(entry.op_id, "mine")
        await desk.idle()

        assert (await desk.op(entry.op_id)).state is OpState.DONE
        assert edge.calls.count("duplicates") == 1
        assert len([kind for kind, _id in edge.rows if kind is RecordKind.CONTACT]) == 2


async def test_discarding_the_question_leaves_nothing_behind(open_desk) -> None:
    async with open_desk() as desk:
        with_twin(desk)
        (entry,) = await desk.recorder.record([create()])
        await asked(desk, entry)
        await desk.outbox.discard(entry.op_id)
        await desk.idle()

        assert await desk.files.own.read(lambda own: own.conflicts.all()) == ()
        assert await desk.outbox.lines() == ()


async def test_a_question_that_cannot_be_put_waits_for_the_network(open_desk) -> None:
    async with open_desk() as desk:
        edge = with_twin(desk)
        edge.fail = lambda call: OfflineError() if call == "duplicates" else None
        (entry,) = await desk.recorder.record([create()])
        await desk.until(lambda: "duplicates" in edge.calls)
        assert edge.pushed == []
        edge.fail = lambda _call: None

        line = await asked(desk, entry)
        assert line.entry.reason == Reason.TWIN


async def test_a_question_that_is_refused_parks_the_contact(open_desk) -> None:
    async with open_desk() as desk:
        edge = with_twin(desk)
        refusal = RefusedError(Refusal.INVALID)
        edge.fail = lambda call: refusal if call == "duplicates" else None
        (entry,) = await desk.recorder.record([create()])
        line = await asked(desk, entry)

        assert line.entry.state is OpState.PARKED
        edge.fail = lambda _call: None
        edge.twins = ()
        await desk.outbox.retry(entry.op_id)
        await desk.idle()
        assert (await desk.op(entry.op_id)).state is OpState.DONE


async def test_our_own_card_that_came_late_is_no_other_person(open_desk) -> None:
    async with open_desk(start=False) as desk:
        edge = desk.edges[ACCOUNT]
        (entry,) = await desk.recorder.record([create()])
        edge.twins = (edge.put(NEW, "15", entry.op_id),)
        await desk.supervisor.start()
        await desk.idle()

        assert (await desk.op(entry.op_id)).state is OpState.DONE
        assert edge.pushed == []
        item = await desk.files.own.read(lambda own: own.items.get(NEW.id))
        assert item.remote_id == RemoteId("15")


async def test_somebody_without_number_and_address_is_not_compared(open_desk) -> None:
    async with open_desk() as desk:
        edge = with_twin(desk)
        await desk.recorder.record([create(make_contact("new", "Alex Vronsky"))])
        await desk.until(lambda: bool(edge.pushed))

        assert "duplicates" not in edge.calls


async def test_a_new_contact_can_be_taken_back_while_the_question_is_open(open_desk) -> None:
    async with open_desk() as desk:
        with_twin(desk)
        (entry,) = await desk.recorder.record([create()])
        await asked(desk, entry)

        assert await desk.recorder.take_back(entry.op_id)
        await desk.idle()
        assert (await desk.op(entry.op_id)).state is OpState.CANCELLED
        assert await desk.files.own.read(lambda own: own.conflicts.all()) == ()
