"""A webhook without the permission for calendars still books into the CRM."""

import pytest
from PySide6.QtCore import Qt

from tests.builders import TUESDAY
from tests.journeys.deeds import add_alex, enter_signed_in, open_card
from tests.journeys.person import CTRL
from tests.journeys.stage import ZONE, Stage, hours
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(90)]


async def test_without_the_calendars_permission_a_meeting_is_booked_into_the_crm(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    trusted.control.set_scopes("crm")
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await person.until(lambda: "Calls and activities" in person.names("calendarList"), "it")
        await open_card(person, "vronskij", "Alex Vronskij")
        person.press(Qt.Key.Key_M)
        await person.until_seen("meetingDialog")
        person.press(Qt.Key.Key_Return, CTRL)
        await person.until_gone("meetingDialog")
        await person.until(trusted.control.activities, "the meeting on the portal")
        await person.until_status("Up to date")
        assert len(person.entries("Meeting with Alex Vronskij")) == 1
    (made,) = trusted.control.activities()
    assert made["SUBJECT"] == "Meeting with Alex Vronskij"


async def test_a_permission_that_was_taken_away_takes_no_event_from_the_screen(
    stage: Stage, trusted: Portal
) -> None:
    nine = hours(TUESDAY, 9, 10)
    start, end = (str(at)[:19].replace(" ", "T") for at in (nine.start, nine.end))
    trusted.control.add_event(name="Review", start=start, end=end, timezone_from=ZONE.key)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await person.until_drawn("Review")
        await stage.leave(person)
        trusted.control.set_scopes("crm")
        person = await stage.enter()
        await person.until_drawn("Review")
        before = len(trusted.control.requests())
        person.trigger("syncNowAction")
        await person.until(lambda: len(trusted.control.requests()) > before + 2, "another look")
        assert len(person.entries("Review")) == 1
        assert "My calendar" in person.names("calendarList")
