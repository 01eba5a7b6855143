"""Outcomes by the service: durable, offline, one step of undo."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.account import Capabilities
from desktop.domain.errors import ReadOnlyError
from desktop.domain.event import Event, EventKind
from desktop.domain.ids import ContactId, EventId, RecordKind
from desktop.domain.outcome import Outcome, OutcomeReport
from desktop.domain.timespan import TimeSpan
from desktop.services.meeting_outcomes import OutcomeService
from desktop.services.steps import RecordChange, StepCode
from tests.builders import MOSCOW, make_contact, make_event, make_remote
from tests.services.house import (
    CRM,
    CRM_CALENDAR,
    LOCAL,
    LOCAL_CALENDAR,
    House,
    open_house,
)

ABLE = replace(CRM, capabilities=Capabilities(timeline=True))
ALEX = make_contact("c1", "Alex Vronsky", phone="+49 30 123")


def meeting(house: House, **more: Any) -> Event:
    start = house.clock() - timedelta(hours=2)
    values = {
        "when": TimeSpan(start, start + timedelta(hours=1)),
        "record": RecordKind.ACTIVITY,
        "kind": EventKind.MEETING,
        "contacts": (ALEX.id,),
        "summary": "Demo",
        "account": "a1",
        "calendar": CRM_CALENDAR.id,
    }
    return make_event("e1", **{**values, **more})


@asynccontextmanager
async def opened(folder: Path, account: Any = ABLE, **more: Any) -> AsyncIterator[House]:
    async with open_house(folder) as house:
        await house.add(account)
        event = meeting(house, **more)
        await house.files.cache.write(lambda cache: cache.contacts.upsert([ALEX]))
        await house.files.cache.write(lambda cache: cache.calendars.put(CRM_CALENDAR))
        await house.files.cache.write(
            lambda cache: cache.events.upsert_records([make_remote(event, "999")])
        )
        yield house


def service(house: House) -> OutcomeService:
    return OutcomeService(house.files, house.schedule, house.undo, house.feed, house.clock, MOSCOW)


async def event_now(house: House) -> Event:
    return (await house.schedule.entry(EventId("e1"))).event


async def comments(house: House) -> list[str]:
    lines = await house.files.cache.read(lambda c: c.comments.of_contact(ContactId("c1")))
    return [line.comment.text for line in lines]


async def test_held_closes_the_meeting_and_notes_it_in_the_timeline(tmp_path) -> None:
    async with opened(tmp_path) as house:
        outcomes = service(house)
        subject = await outcomes.subject(EventId("e1"))
        await outcomes.note(subject, OutcomeReport(Outcome.HELD, "Held: Demo", "Wants an offer"))

        assert (await event_now(house)).completed
        assert await comments(house) == ["Held: Demo\nWants an offer"]
        assert house.undo.last is not None
        assert (house.undo.last.code, house.undo.last.summary) == (StepCode.OUTCOME, "Demo")


async def test_all_of_it_is_one_step_of_undo(tmp_path) -> None:
    async with opened(tmp_path) as house:
        outcomes = service(house)
        subject = await outcomes.subject(EventId("e1"))
        await outcomes.note(subject, OutcomeReport(Outcome.NO_SHOW, "Nobody came"))
        await house.undo.undo()

        assert not (await event_now(house)).completed
        assert await comments(house) == []
        assert await house.files.own.read(lambda own: own.outbox.count_unfinished()) == 0


async def test_a_next_step_is_a_draft_that_waits_to_be_booked(tmp_path) -> None:
    async with opened(tmp_path) as house:
        outcomes = service(house)
        subject = await outcomes.subject(EventId("e1"))
        when = await outcomes.next_slot(subject, 7)
        noted = await outcomes.note(subject, OutcomeReport(Outcome.HELD, "Held", "", when))

        (draft,) = await house.drafts.open_drafts()
        assert noted.follow_up is not None
        assert draft.id == noted.follow_up.id
        assert draft.title == "Meeting with Alex Vronsky"
        assert (draft.contacts, draft.calendar_id) == ((ALEX.id,), CRM_CALENDAR.id)
        assert draft.when == when.in_zone(MOSCOW)
        assert draft.event_id is None


async def test_the_next_step_is_at_the_same_time_unless_that_is_taken(tmp_path) -> None:
    async with opened(tmp_path) as house:
        outcomes = service(house)
        subject = await outcomes.subject(EventId("e1"))
        free = await outcomes.next_slot(subject, 7)
        busy = make_event("e2", account="a1", calendar=CRM_CALENDAR.id, when=free)
        await house.files.cache.write(
            lambda cache: cache.events.upsert_records([make_remote(busy, "1000")])
        )

        other = await outcomes.next_slot(subject, 7)

        assert not other.overlaps(free)
        assert other.start > free.start


async def test_moved_puts_the_meeting_itself_at_the_new_time(tmp_path) -> None:
    async with opened(tmp_path) as house:
        outcomes = service(house)
        subject = await outcomes.subject(EventId("e1"))
        when = await outcomes.next_slot(subject, 7)
        noted = await outcomes.note(subject, OutcomeReport(Outcome.MOVED, "Moved", "", when))

        event = await event_now(house)
        assert event.when == when
        assert not event.completed
        assert noted.follow_up is None
        assert await house.drafts.open_drafts() == ()


async def test_without_a_timeline_the_words_go_into_the_notes(tmp_path) -> None:
    async with opened(tmp_path, CRM, description="Offer") as house:
        outcomes = service(house)
        subject = await outcomes.subject(EventId("e1"))
        assert subject.in_text
        await outcomes.note(subject, OutcomeReport(Outcome.HELD, "Held: Demo"))

        event = await event_now(house)
        assert (event.description, event.completed) == ("Offer\n\nHeld: Demo", True)
        assert await comments(house) == []


async def test_what_can_be_kept_nowhere_is_said_before_anything_is_typed(tmp_path) -> None:
    async with opened(tmp_path, CRM, read_only=True) as house:
        with pytest.raises(ReadOnlyError):
            await service(house).subject(EventId("e1"))


async def test_the_latest_is_the_last_that_began_and_is_open(tmp_path) -> None:
    async with opened(tmp_path) as house:
        start = house.clock() + timedelta(hours=1)
        later = meeting(house, when=TimeSpan(start, start + timedelta(hours=1)))
        done = meeting(house, completed=True)
        await house.files.cache.write(
            lambda cache: cache.events.upsert_records(
                [
                    make_remote(replace(later, id=EventId("e2")), "1000"),
                    make_remote(replace(done, id=EventId("e3")), "1001"),
                ]
            )
        )
        outcomes = service(house)

        subject = await outcomes.latest()
        assert subject is not None
        assert subject.event.id == "e1"

        await outcomes.note(subject, OutcomeReport(Outcome.HELD, "Held"))
        assert await outcomes.latest() is None


async def test_an_outcome_is_durable_without_a_network(tmp_path) -> None:
    async with opened(tmp_path) as house:
        outcomes = service(house)
        subject = await outcomes.subject(EventId("e1"))
        await outcomes.note(subject, OutcomeReport(Outcome.HELD, "Held"))

        waiting = await house.files.own.read(lambda own: own.outbox.unfinished())
        assert {entry.kind for entry in waiting} == {RecordKind.ACTIVITY, RecordKind.COMMENT}


async def test_what_bears_no_mark_is_not_asked_about_twice(tmp_path) -> None:
    async with opened(tmp_path, record=RecordKind.EVENT) as house:
        outcomes = service(house)
        subject = await outcomes.latest()
        assert subject is not None
        await outcomes.note(subject, OutcomeReport(Outcome.HELD, "Held"))

        assert not (await event_now(house)).completed
        assert await comments(house) == ["Held"]
        assert await outcomes.latest() is None


async def test_this_computer_closes_whatever_it_keeps(tmp_path) -> None:
    async with open_house(tmp_path) as house:
        event = meeting(
            house,
            account=LOCAL.id,
            calendar=LOCAL_CALENDAR.id,
            record=RecordKind.EVENT,
            contacts=(),
        )
        change = RecordChange(event.account_id, event.id, None, event)
        await house.undo.perform(StepCode.BOOKED, "Demo", (change,))
        outcomes = service(house)
        subject = await outcomes.latest()
        assert subject is not None
        await outcomes.note(subject, OutcomeReport(Outcome.HELD, "Held: Demo"))

        after = await event_now(house)
        assert (after.completed, after.description) == (True, "Held: Demo")
        assert await outcomes.latest() is None
