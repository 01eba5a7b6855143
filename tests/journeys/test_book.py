"""Journey 1 and 7: from the first start to a meeting that the portal has, by keyboard."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from tests.journeys.deeds import add_alex, enter_signed_in, open_card
from tests.journeys.person import CTRL, Person
from tests.journeys.stage import MORNING, Stage
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(90)]

MEETING_FIELDS = {
    "OWNER_TYPE_ID", "OWNER_ID", "TYPE_ID", "SUBJECT", "RESPONSIBLE_ID", "COMMUNICATIONS",
    "START_TIME", "END_TIME", "COMPLETED", "PRIORITY", "DESCRIPTION", "DESCRIPTION_TYPE",
    "LOCATION", "NOTIFY_TYPE", "NOTIFY_VALUE", "ORIGINATOR_ID", "ORIGIN_ID",
}  # fmt: skip


def sent_activity(portal: Portal) -> dict[str, Any]:
    """The fields of the one ``crm.activity.add`` that arrived."""
    (command,) = portal.control.commands("crm.activity.add")
    fields: dict[str, Any] = command["fields"]
    return fields


async def book(person: Person) -> None:
    """Ctrl+Enter in the dialog."""
    person.press(Qt.Key.Key_Return, CTRL)
    await person.until_gone("meetingDialog")


async def looks_again(person: Person, portal: Portal) -> None:
    """Waits until the calendar was read two times more."""
    seen = len(portal.control.commands("calendar.event.get"))
    await person.until(
        lambda: len(portal.control.commands("calendar.event.get")) > seen + 2, "another look"
    )
    await person.until_status("Up to date")


async def test_a_meeting_is_booked_in_twelve_keys_and_arrives_complete(
    stage: Stage, trusted: Portal
) -> None:
    trusted.control.seed_contacts(120, responsible=7)
    alex = add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        person.keys = 0
        await open_card(person, "vronskij", "Alex Vronskij")
        person.press(Qt.Key.Key_M)
        await person.until_seen("meetingDialog")
        assert person.see(QLineEdit, "meetingTitle").text() == "Meeting with Alex Vronskij"
        await book(person)
        assert person.keys - len("vronskij") <= 12

        await person.until_drawn("Meeting with Alex Vronskij")
        await person.until(trusted.control.activities, "the meeting on the portal")
        await person.until_status("Up to date")

    fields = sent_activity(trusted)
    assert set(fields) == MEETING_FIELDS
    assert (fields["OWNER_TYPE_ID"], str(fields["OWNER_ID"])) == (3, str(alex))
    assert (fields["TYPE_ID"], fields["SUBJECT"]) == (1, "Meeting with Alex Vronskij")
    assert str(fields["RESPONSIBLE_ID"]) == "7"
    (communication,) = fields["COMMUNICATIONS"]
    assert set(communication) == {"VALUE", "ENTITY_TYPE_ID", "ENTITY_ID"}
    assert communication["VALUE"] == "+49 30 100 10 20"
    assert (communication["ENTITY_TYPE_ID"], str(communication["ENTITY_ID"])) == (3, str(alex))
    start, end = (datetime.fromisoformat(fields[key]) for key in ("START_TIME", "END_TIME"))
    assert start.tzinfo is not None
    assert start == MORNING + timedelta(minutes=30)
    assert end - start == timedelta(hours=1)
    assert (fields["DESCRIPTION_TYPE"], fields["PRIORITY"]) == (1, 2)
    usual = trusted.control.call("calendar.user.settings.get", by=7)["defaultReminders"]["withTime"]
    assert usual == [{"type": "min", "count": fields["NOTIFY_VALUE"]}], "the portal's own habit"
    assert fields["NOTIFY_TYPE"] == 1
    assert (fields["COMPLETED"], fields["ORIGINATOR_ID"]) == ("N", "parley")
    assert UUID(fields["ORIGIN_ID"]).version is not None


async def test_a_call_goes_out_as_a_call_with_all_that_was_typed(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await open_card(person, "vronskij", "Alex Vronskij")
        person.press(Qt.Key.Key_M)
        await person.until_seen("meetingDialog")
        person.click_text("Call", "meetingDialog")
        person.write("meetingTitle", "Talk about the offer")
        person.write("meetingLocation", "Office, room 3")
        person.write("meetingDescription", "Bring the revised offer")
        person.write("meetingStartTime", "1530")
        person.press(Qt.Key.Key_Tab)
        person.choose("meetingReminder", "15 min")
        if not person.sees("meetingPriority"):
            person.click("meetingMore")
        person.choose("meetingPriority", "High")
        await book(person)
        await person.until(trusted.control.activities, "the call on the portal")
        await person.until_status("Up to date")
        assert len(person.entries("Talk about the offer")) == 1

    fields = sent_activity(trusted)
    assert (fields["TYPE_ID"], fields["DIRECTION"]) == (2, 2)
    assert fields["SUBJECT"] == "Talk about the offer"
    assert fields["LOCATION"] == "Office, room 3"
    assert (fields["DESCRIPTION"], fields["DESCRIPTION_TYPE"]) == ("Bring the revised offer", 1)
    assert (fields["NOTIFY_TYPE"], fields["NOTIFY_VALUE"]) == (1, 15)
    assert fields["PRIORITY"] == 3
    start = datetime.fromisoformat(fields["START_TIME"])
    assert start == MORNING + timedelta(hours=6.5)
    assert trusted.control.events() == []


async def test_an_activity_and_the_event_that_it_causes_are_one_on_the_screen(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await open_card(person, "vronskij", "Alex Vronskij")
        person.press(Qt.Key.Key_M)
        await person.until_seen("meetingDialog")
        await book(person)
        await person.until(trusted.control.events, "the event of the meeting")
        await person.until_status("Up to date")
        await looks_again(person, trusted)
        assert len(person.entries("Meeting with Alex Vronskij")) == 1
    assert len(trusted.control.activities()) == len(trusted.control.events()) == 1


async def test_the_contacts_responsible_of_the_moment_gets_the_meeting(
    stage: Stage, trusted: Portal
) -> None:
    alex = add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await open_card(person, "vronskij", "Alex Vronskij")
        trusted.control.patch("contact", alex, ASSIGNED_BY_ID=12)  # nothing tells of it
        person.press(Qt.Key.Key_M)
        await person.until_seen("meetingDialog")
        await book(person)
        await person.until(trusted.control.activities, "the meeting on the portal")
        await person.until_status("Up to date")
        await person.until_drawn("Meeting with Alex Vronskij")
    assert str(sent_activity(trusted)["RESPONSIBLE_ID"]) == "12"


async def test_a_line_says_in_whose_calendar_it_lands_and_i_can_take_it_myself(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted, ASSIGNED_BY_ID=12)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await open_card(person, "vronskij", "Alex Vronskij")
        person.press(Qt.Key.Key_M)
        await person.until_read("The meeting lands in the calendar of", "meetingDialog")
        assert person.see(QComboBox, "meetingResponsible").currentIndex() == 0
        person.click("meetingTakeItMyself")
        await book(person)
        await person.until(trusted.control.activities, "the meeting on the portal")
    assert str(sent_activity(trusted)["RESPONSIBLE_ID"]) == "7"


async def test_a_number_typed_for_somebody_without_one_is_stored_before_the_meeting(
    stage: Stage, trusted: Portal
) -> None:
    alex = add_alex(trusted, PHONE=None)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await open_card(person, "vronskij", "Alex Vronskij")
        person.press(Qt.Key.Key_M)
        await person.until_seen("meetingMissingNumber")
        person.press(Qt.Key.Key_Return, CTRL)
        assert person.sees("meetingDialog")  # it cannot be booked like this
        person.write("meetingNewPhone", "+49 30 555 66 77")
        await book(person)
        await person.until(trusted.control.activities, "the meeting on the portal")
    methods = [entry["method"] for entry in trusted.control.requests()]
    assert methods.index("crm.contact.update") < methods.index("crm.activity.add")
    (communication,) = sent_activity(trusted)["COMMUNICATIONS"]
    assert communication["VALUE"] == "+49 30 555 66 77"
    (contact,) = [one for one in trusted.control.contacts() if int(one["ID"]) == alex]
    assert "555 66 77" in str(contact["PHONE"])


async def test_a_meeting_without_a_number_becomes_an_event_that_names_the_contact(
    stage: Stage, trusted: Portal
) -> None:
    alex = add_alex(trusted, PHONE=None)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await open_card(person, "vronskij", "Alex Vronskij")
        person.press(Qt.Key.Key_M)
        await person.until_seen("meetingMissingNumber")
        person.click("meetingWithoutCommunication")
        await book(person)
        await person.until(trusted.control.events, "the event on the portal")
        await person.until_status("Up to date")
        await person.until_drawn("Meeting with Alex Vronskij")
    (command,) = trusted.control.commands("calendar.event.add")
    assert command["crm_fields"] == [f"C_{alex}"]
    assert command["name"] == "Meeting with Alex Vronskij"
    assert trusted.control.commands("crm.activity.add") == []
