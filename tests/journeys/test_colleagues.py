"""Planning with colleagues: they are invited, online and offline, they answer, and so do I."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.domain.event import DeliveryMark, Participation
from tests.builders import TUESDAY, WEDNESDAY
from tests.journeys.deeds import add_alex, enter_signed_in, open_card
from tests.journeys.person import CTRL, LEFT, Person
from tests.journeys.stage import MORNING, Stage, hours
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(90)]

TITLE = "Meeting with Alex Vronskij"
REVIEW = hours(TUESDAY, 14, 15)
WAITS, YES, NO = Participation.NEEDS_ACTION, Participation.ACCEPTED, Participation.DECLINED


@pytest.fixture
def office(trusted: Portal) -> Iterator[Portal]:
    """A portal with somebody to meet, that a test may take away."""
    add_alex(trusted)
    yield trusted
    if not trusted.is_running:
        trusted.start()


def local(moment: object) -> str:
    return str(moment)[:19].replace(" ", "T")


def call_review(portal: Portal) -> int:
    """A colleague calls a meeting and invites me; the number of their event."""
    return portal.control.add_event(
        12,
        name="Review",
        start=local(REVIEW.start),
        end=local(REVIEW.end),
        timezone_from=str(REVIEW.start.tzinfo),
        is_meeting="Y",
        attendees=[12, 7],
    )


def answers(portal: Portal, number: int) -> dict[int, str]:
    row = portal.control.record("event", number)
    assert row is not None
    return {one["id"]: one["status"] for one in row["attendees"]}


async def invite_by_keys(person: Person, name: str) -> None:
    """The card's contact and a colleague, by keyboard."""
    await open_card(person, "vronskij", "Alex Vronskij")
    person.press(Qt.Key.Key_M)
    await person.until_seen("meetingDialog")
    if not person.sees("meetingAttendees"):
        person.click("meetingMore")
    await person.until_seen("meetingAttendees")
    line = person.see(QWidget, "meetingAttendeeSearch")
    line.setFocus()
    person.type(name, on=line)
    person.press(Qt.Key.Key_Return, on=line)


async def book(person: Person) -> None:
    person.press(Qt.Key.Key_Return, CTRL)
    await person.until_gone("meetingDialog")
    await person.until_drawn(TITLE)


async def select(person: Person, title: str) -> None:
    await person.until_drawn(title)
    person.calendar.show_time(person.entry(title).when)
    QTest.mouseClick(person.grid, LEFT, pos=person.rect_of_entry(title).center())
    await person.until_seen("eventDetails")


async def test_a_colleague_is_invited_and_the_answer_shows(stage: Stage, office: Portal) -> None:
    async with stage:
        person = await enter_signed_in(stage, office)
        await invite_by_keys(person, "smith")
        await person.until_read("Colleagues’ busy times as of", "meetingDialog")
        await book(person)
        await person.until(office.control.events, "the meeting on the portal")
        await person.until_status("Up to date")

        (event,) = [one for one in office.control.events() if one["owner"] == 7]
        assert answers(office, event["id"]) == {7: "H", 12: "Q"}
        assert len(event["crm"]) == 1
        assert office.control.activities() == []

        office.control.answer_invitation(event["id"], 12, "Y")
        await select(person, TITLE)
        await person.until_read("accepted", "eventDetails")


async def test_a_colleague_is_invited_without_a_network_once_and_nobody_is_called_free(
    stage: Stage, office: Portal
) -> None:
    async with stage:
        person = await enter_signed_in(stage, office)
        office.stop()
        await person.until_status("Offline")
        await invite_by_keys(person, "smith")
        await person.until_read("is not known", "meetingConflictBanner")
        await book(person)
        assert person.entry(TITLE).mark is DeliveryMark.WAITING

        office.start()
        await person.until_status("Up to date")
        await person.until(lambda: person.entry(TITLE).mark is DeliveryMark.SETTLED, "its arrival")
    (sent,) = office.control.commands("calendar.event.add")
    assert sorted(sent["attendees"]) == [7, 12]


async def test_a_colleagues_busy_time_is_named_before_one_books(
    stage: Stage, office: Portal
) -> None:
    office.control.add_event(
        12,
        name="Secret",
        start=local(MORNING),
        end=local(MORNING.replace(hour=12)),
        timezone_from=str(MORNING.tzinfo),
        private_event="Y",
    )
    async with stage:
        person = await enter_signed_in(stage, office)
        await invite_by_keys(person, "smith")

        await person.until_read("is busy", "meetingConflictBanner")

        assert "Secret" not in " ".join(person.words("meetingDialog"))
        person.press(Qt.Key.Key_Escape)
        person.click_text("Discard", "meetingDialog")
        await person.until_gone("meetingDialog")


async def test_an_invitation_is_declined_without_a_network_and_arrives(
    stage: Stage, office: Portal
) -> None:
    number = call_review(office)
    async with stage:
        person = await enter_signed_in(stage, office)
        await select(person, "Review")
        office.stop()
        await person.until_status("Offline")

        person.press(Qt.Key.Key_Delete, on=person.calendar)
        await person.until_read("You can decline it.")
        person.click_text("Decline", "noticeBar")
        await person.until(lambda: person.entry("Review").event.participation is NO, "the answer")
        assert person.entry("Review").mark is DeliveryMark.WAITING
        await person.until_read("You declined.", "eventDetails")

        office.start()
        await person.until_status("Up to date")
        await person.until(lambda: answers(office, number)[7] == "N", "the answer on the portal")
    assert len(office.control.commands("calendar.meeting.status.set")) == 1
    assert office.control.commands("calendar.event.update") == []
    assert office.control.commands("calendar.event.delete") == []


async def test_an_answer_by_one_key_is_taken_back_by_undo(stage: Stage, office: Portal) -> None:
    number = call_review(office)
    async with stage:
        person = await enter_signed_in(stage, office)
        await select(person, "Review")
        person.press(Qt.Key.Key_A, on=person.calendar)
        await person.until(lambda: answers(office, number)[7] == "Y", "the answer")
        await person.until_status("Up to date")

        person.trigger("undoAction")

        await person.until(lambda: answers(office, number)[7] == "Q", "the answer to go")
        await person.until(lambda: person.entry("Review").event.participation is WAITS, "it here")


async def test_a_lost_answer_is_looked_up_and_not_given_twice(stage: Stage, office: Portal) -> None:
    number = call_review(office)
    async with stage:
        person = await enter_signed_in(stage, office)
        await select(person, "Review")
        office.control.fault("drop_after", "calendar.meeting.status.set", times=1)
        person.press(Qt.Key.Key_A, on=person.calendar)

        await person.until(lambda: answers(office, number)[7] == "Y", "the answer")
        await person.until_status("Up to date")
        await person.until(
            lambda: person.entry("Review").mark is DeliveryMark.SETTLED, "its arrival"
        )
    assert len(office.control.commands("calendar.meeting.status.set")) == 1


async def test_a_meeting_that_moved_while_i_answered_takes_both(
    stage: Stage, office: Portal
) -> None:
    number = call_review(office)
    later = hours(WEDNESDAY, 10, 11)
    async with stage:
        person = await enter_signed_in(stage, office)
        await select(person, "Review")
        office.control.fault("drop_before", "*", times=-1)
        person.press(Qt.Key.Key_A, on=person.calendar)
        await person.until(lambda: person.entry("Review").event.participation is YES, "the answer")
        office.control.change_event(number, start=local(later.start), end=local(later.end))
        office.control.clear_faults()

        await person.until_status("Up to date")
        await person.until(lambda: person.entry("Review").when == later, "the other time")
        assert answers(office, number)[7] == "Y"
        assert person.entry("Review").event.participation is YES


async def test_who_turns_out_to_be_busy_is_told_after_the_way_back(
    stage: Stage, office: Portal
) -> None:
    async with stage:
        person = await enter_signed_in(stage, office)
        office.stop()
        await person.until_status("Offline")
        await invite_by_keys(person, "smith")
        await book(person)

        office.start()
        office.control.add_event(
            12,
            name="Secret",
            start=local(MORNING),
            end=local(MORNING.replace(hour=12)),
            timezone_from=str(MORNING.tzinfo),
        )
        await person.until_read("That was not known when you booked it.")
        assert person.reads("John is busy")
        person.click_text("Open", "noticeBar")
        await person.until_seen("meetingDialog")
        person.press(Qt.Key.Key_Escape)
        await person.until_gone("meetingDialog")
