"""Answers by the service: durable at once, about nothing else, and taken back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import NotFoundError, ReadOnlyError
from desktop.domain.event import Attendee, DeliveryMark, Event, Participation
from desktop.domain.ids import EventId, UserId
from desktop.domain.sync import Verb
from desktop.services.invitations import InvitationService
from desktop.services.steps import StepCode
from desktop.services.sync.merge import differences
from tests.builders import TUESDAY, make_event, make_remote, make_span
from tests.services.house import House, open_house

MINE = UserId("a1:7")
ACCEPTED, DECLINED = Participation.ACCEPTED, Participation.DECLINED


def invitation(**more: Any) -> Event:
    people = (Attendee(UserId("12"), participation=Participation.ORGANIZER), Attendee(MINE))
    values = {"participation": Participation.NEEDS_ACTION, "read_only": True, "attendees": people}
    return make_event("e1", "Review", **{**values, "organizer": UserId("12"), **more})


@asynccontextmanager
async def opened(folder: Path, event: Event | None = None) -> AsyncIterator[House]:
    async with open_house(folder) as house:
        row = make_remote(event or invitation())
        await house.files.cache.write(lambda cache: cache.events.upsert_records([row]))
        yield house


def service(house: House) -> InvitationService:
    return InvitationService(house.files, house.undo)


async def shown(house: House) -> Any:
    return await house.schedule.entry(EventId("e1"))


async def waiting(house: House) -> Any:
    return await house.files.own.read(lambda own: own.outbox.unfinished())


async def test_an_answer_shows_at_once_and_waits_to_be_sent_as_nothing_but_an_answer(tmp_path):
    async with opened(tmp_path) as house:
        await service(house).answer(EventId("e1"), ACCEPTED)

        entry = await shown(house)
        assert (entry.event.participation, entry.mark) == (ACCEPTED, DeliveryMark.WAITING)
        assert entry.event.read_only
        (op,) = await waiting(house)
        assert op.verb is Verb.UPDATE
        assert differences(op.base, op.wish) == ("answer",)


async def test_a_declined_meeting_takes_no_time_any_more(tmp_path):
    async with opened(tmp_path) as house:
        when = (await shown(house)).when
        assert (await house.schedule.clashes(when)).entries

        await service(house).answer(EventId("e1"), DECLINED)

        assert (await house.schedule.clashes(when)).entries == ()
        assert (await shown(house)).event.off


async def test_an_answer_is_taken_back_before_it_is_sent_and_given_again(tmp_path):
    async with opened(tmp_path) as house:
        await service(house).answer(EventId("e1"), DECLINED)
        undone = await house.undo.undo()

        assert undone is not None
        assert undone.step.code is StepCode.DECLINED
        assert (await shown(house)).event.participation is Participation.NEEDS_ACTION
        assert await waiting(house) == ()

        await house.undo.redo()
        assert (await shown(house)).event.participation is DECLINED


async def test_a_second_answer_goes_with_the_first_one_that_waits(tmp_path):
    async with opened(tmp_path) as house:
        await service(house).answer(EventId("e1"), ACCEPTED)
        await service(house).answer(EventId("e1"), DECLINED)

        (op,) = await waiting(house)
        assert op.wish.participation is DECLINED
        assert op.base.participation is Participation.NEEDS_ACTION

        await house.undo.undo()
        assert (await shown(house)).event.participation is ACCEPTED


async def test_the_answer_that_is_given_already_is_no_step(tmp_path):
    async with opened(tmp_path, invitation(participation=ACCEPTED)) as house:
        await service(house).answer(EventId("e1"), ACCEPTED)

        assert not house.undo.can_undo
        assert await waiting(house) == ()


@pytest.mark.parametrize(
    "event",
    [
        invitation(participation=Participation.ORGANIZER),
        invitation(participation=None),
        invitation(read_only=False),
    ],
)
async def test_nobody_answers_a_meeting_of_their_own(tmp_path, event):
    async with opened(tmp_path, event) as house:
        with pytest.raises(ReadOnlyError):
            await service(house).answer(EventId("e1"), ACCEPTED)


async def test_an_invitation_that_is_gone_cannot_be_answered(tmp_path):
    async with opened(tmp_path) as house:
        with pytest.raises(NotFoundError):
            await service(house).answer(EventId("other"), ACCEPTED)


async def test_tentative_is_no_answer_that_the_server_knows(tmp_path):
    async with opened(tmp_path) as house:
        with pytest.raises(ValueError, match="answer"):
            await service(house).answer(EventId("e1"), Participation.TENTATIVE)


async def test_a_copy_of_an_invitation_is_my_own_and_invites_nobody(tmp_path):
    async with opened(tmp_path) as house:
        copy = await house.schedule.duplicate(EventId("e1"), make_span(TUESDAY))

        event = (await house.schedule.entry(copy)).event
        assert (event.attendees, event.organizer, event.participation) == ((), None, None)
        assert not event.read_only


async def test_a_copy_of_my_meeting_asks_the_same_colleagues_anew(tmp_path):
    boris = Attendee(UserId("13"), participation=ACCEPTED)
    me = Attendee(MINE, participation=Participation.ORGANIZER)
    mine = invitation(
        read_only=False,
        organizer=MINE,
        participation=Participation.ORGANIZER,
        attendees=(me, boris),
    )
    async with opened(tmp_path, mine) as house:
        copy = await house.schedule.duplicate(EventId("e1"), make_span(TUESDAY))

        event = (await house.schedule.entry(copy)).event
        assert [(one.user, one.participation) for one in event.attendees] == [
            (MINE, Participation.ORGANIZER),
            (UserId("13"), Participation.NEEDS_ACTION),
        ]
        assert event.organizer == MINE
