"""Comments on their way: after their contact, exactly once, healed at the start."""

from desktop.domain.contact import Contact
from desktop.domain.errors import OfflineError, OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import DeliveryMark
from desktop.domain.ids import ContactId, RecordKind
from desktop.domain.sync import OpState, Verb
from desktop.services.sync.recorder import Wish
from tests.builders import ACCOUNT, make_comment, make_contact


def comment_wish(text: str = "Called twice", uid: str = "m1") -> Wish:
    return Wish(RecordKind.COMMENT, Verb.CREATE, ACCOUNT, uid, make_comment(uid, text=text))


def contact_wish(contact: Contact) -> Wish:
    return Wish(RecordKind.CONTACT, Verb.CREATE, ACCOUNT, contact.id, contact)


async def shown(desk):
    return await desk.files.cache.read(lambda c: c.comments.of_contact(ContactId("c1")))


async def test_a_comment_waits_for_the_contact_that_it_is_about(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        edge.fail = lambda call: OfflineError() if call == "push create" else None
        (contact,) = await desk.recorder.record([contact_wish(make_contact("c1"))])
        (comment,) = await desk.recorder.record([comment_wish()])
        assert comment.needs_seq == contact.seq

        edge.fail = lambda _call: None
        await desk.idle()
        kinds = [entry.kind for entry in edge.pushed]
        assert kinds.index(RecordKind.CONTACT) < kinds.index(RecordKind.COMMENT)
        assert edge.pushed[-1].wish.contact == "a1:contact:1001"


async def test_a_sent_comment_settles_in_its_place(open_desk) -> None:
    async with open_desk() as desk:
        await desk.recorder.record([comment_wish()])
        await desk.idle()

        (line,) = await shown(desk)
        assert (line.comment.id, line.comment.text) == ("m1", "Called twice")
        assert line.mark is DeliveryMark.SETTLED
        assert await desk.files.cache.read(lambda cache: cache.comments.overlays()) == {}


async def test_a_comment_whose_answer_was_lost_is_found_not_sent_again(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        edge.after = lambda _call: OutcomeUnknownError()
        await desk.recorder.record([comment_wish()])
        await desk.idle()

        assert [kind for kind, _id in edge.rows] == [RecordKind.COMMENT]
        assert edge.calls.count("push create") == 1
        assert len(await shown(desk)) == 1


async def test_a_refused_comment_asks_for_attention_and_stays_visible(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        refusal = RefusedError(Refusal.FORBIDDEN, text="Access denied")
        edge.fail = lambda call: refusal if call == "push create" else None
        (entry,) = await desk.recorder.record([comment_wish()])
        await desk.until(lambda: bool(desk.supervisor.status().attention))

        assert (await desk.op(entry.op_id)).state is OpState.PARKED
        (line,) = await shown(desk)
        assert line.mark is DeliveryMark.TROUBLE
        (item,) = desk.supervisor.status().attention
        assert item.summary == "Called twice"


async def test_a_deleted_comment_goes_from_the_server(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        await desk.recorder.record([comment_wish()])
        await desk.idle()
        (line,) = await shown(desk)
        gone = Wish(RecordKind.COMMENT, Verb.DELETE, ACCOUNT, "m1", None, line.comment)
        await desk.recorder.record([gone])
        await desk.idle()

        assert edge.rows == {}
        assert await shown(desk) == ()


async def test_waiting_comments_are_shown_over_a_cache_made_anew(open_desk) -> None:
    async with open_desk(start=False) as desk:
        await desk.recorder.record([comment_wish()])
        await desk.files.cache.write(lambda cache: cache.comments.drop_own("m1"))
        await desk.recorder.reindex()

        (line,) = await shown(desk)
        assert line.mark is DeliveryMark.WAITING
