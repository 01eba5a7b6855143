"""Comments by the service: durable at once, and taken back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.account import Capabilities
from desktop.domain.errors import InvalidInputError, NotFoundError, ReadOnlyError
from desktop.domain.event import DeliveryMark
from desktop.domain.ids import ContactId, EventId
from desktop.services.changes import Topic
from desktop.services.comments import CommentService
from tests.builders import make_contact
from tests.services.house import CRM, LOCAL, House, open_house

ABLE = replace(CRM, capabilities=Capabilities(timeline=True))


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[House]:
    async with open_house(folder) as house:
        await house.add(ABLE)
        people = [make_contact("c1"), make_contact("c2", account=LOCAL.id)]
        await house.files.cache.write(lambda cache: cache.contacts.upsert(people))
        yield house


def service(house: House) -> CommentService:
    return CommentService(house.files, house.undo, house.clock)


async def shown(house: House, contact: str = "c1"):
    return await house.files.cache.read(lambda c: c.comments.of_contact(ContactId(contact)))


async def test_a_comment_is_kept_and_told_before_it_is_sent(tmp_path) -> None:
    async with opened(tmp_path) as house:
        house.changes.clear()
        await service(house).add(ContactId("c1"), "  Wants the offer by Friday \n")

        (line,) = await shown(house)
        assert line.comment.text == "Wants the offer by Friday"
        assert line.comment.made_at == house.clock()
        assert line.mark is DeliveryMark.WAITING
        told = [change for change in house.changes if change.topic is Topic.TIMELINE]
        assert [change.uids for change in told] == [{"c1"}]


async def test_a_comment_can_be_taken_back_and_made_again(tmp_path) -> None:
    async with opened(tmp_path) as house:
        await service(house).add(ContactId("c1"), "Called twice")
        await house.undo.undo()
        assert await shown(house) == ()
        assert await house.files.own.read(lambda own: own.outbox.count_unfinished()) == 0

        await house.undo.redo()
        assert [line.comment.text for line in await shown(house)] == ["Called twice"]


async def test_a_comment_tells_of_its_meeting(tmp_path) -> None:
    async with opened(tmp_path) as house:
        await service(house).add(ContactId("c1"), "Went well", about=EventId("e1"))

        (line,) = await shown(house)
        assert line.comment.about == "e1"


async def test_a_comment_of_this_computer_waits_for_nobody(tmp_path) -> None:
    async with opened(tmp_path) as house:
        await service(house).add(ContactId("c2"), "Met at the fair")

        (line,) = await shown(house, "c2")
        assert line.mark is DeliveryMark.SETTLED


async def test_a_deleted_comment_is_gone_at_once(tmp_path) -> None:
    async with opened(tmp_path) as house:
        comment = await service(house).add(ContactId("c2"), "Wrong person")
        await service(house).delete(comment)

        assert await shown(house, "c2") == ()
        with pytest.raises(NotFoundError):
            await service(house).delete(comment)


async def test_nothing_is_no_comment(tmp_path) -> None:
    async with opened(tmp_path) as house:
        with pytest.raises(InvalidInputError):
            await service(house).add(ContactId("c1"), " \n ")


async def test_an_account_without_timelines_takes_no_comment(tmp_path) -> None:
    async with opened(tmp_path) as house:
        await house.add(CRM)

        with pytest.raises(ReadOnlyError):
            await service(house).add(ContactId("c1"), "Anything")
