"""A portal's habits and its people's calendars: taken over, shown, worked with, refused."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.domain.timespan import TimeSpan
from desktop.services.preferences import load_preferences
from tests.builders import MONDAY
from tests.journeys.deeds import book_by_drag, enter_signed_in
from tests.journeys.stage import Stage, hours
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(90)]

THURSDAY = MONDAY + timedelta(days=3)


def furnish(portal: Portal) -> int:
    """A group with an event, the company with one, a holiday on Thursday; the group's section."""
    group = portal.control.add_group("Sales team", 7, 12, number=6)
    usual = {"user7": "41", "group6": str(group["section"])}
    portal.control.set_user_options(7, defaultSections=usual, work_time_start="8.30")
    options = {"year_holidays": f"{THURSDAY.day}.{THURSDAY.month:02}", "week_start": "SU"}
    portal.control.configure(calendar_options=options)
    for kind, owner, name, day in (
        ("group", 6, "Sprint", MONDAY),
        ("company_calendar", 0, "Town hall", MONDAY + timedelta(days=1)),
    ):
        at = f"{day.isoformat()}T14:00:00", f"{day.isoformat()}T15:00:00"
        sent = {"type": kind, "ownerId": owner, "section": 0, "name": name}
        portal.control.call("calendar.event.add", {**sent, "from": at[0], "to": at[1]}, by=12)
    return int(group["section"])


def shown(stage: Stage) -> str:
    return load_preferences(Path(stage.profile)).following


async def test_the_portals_habits_are_taken_over_and_can_be_refused(
    stage: Stage, trusted: Portal
) -> None:
    furnish(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await person.until(lambda: person.calendar.state.work.start.hour == 8, "the portal's hours")
        work = person.calendar.state.work
        assert (work.start.minute, work.end.hour) == (30, 19)
        assert work.is_holiday(THURSDAY)
        assert person.calendar.state.first.isoweekday() == 7
        person.trigger("accountsAction")
        await person.until_seen("accountsDialog")
        await person.until_read("Taken over", "accountsDialog")
        told = person.see(QLabel, "customsTold").text()
        assert "1 holiday" in told
        assert "week starts on Sunday" in told

        person.click("customsKeep")
        await person.until_read("Not taken over", "accountsDialog")
        assert person.calendar.state.work.start.hour == 9
        assert not person.calendar.state.work.is_holiday(THURSDAY)
        person.press(Qt.Key.Key_Escape)
    assert shown(stage) == "own"


async def test_groups_and_the_company_are_seen_and_written_to(
    stage: Stage, trusted: Portal
) -> None:
    section = furnish(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await person.until_drawn("Sprint")
        await person.until_drawn("Town hall")
        await person.until(
            lambda: "Groups" in person.names("calendarList"), "the calendars by whose they are"
        )
        names = person.names("calendarList")
        assert names.index("Mine") < names.index("My calendar") < names.index("Groups")
        assert names.index("My calendar") < names.index("Sales team") < names.index("Company")

        person.trigger("newMeetingAction")
        await person.until_seen("meetingDialog")
        person.write("meetingTitle", "Retrospective")
        person.choose("meetingCalendar", "Sales team")
        person.click("meetingSaveButton")
        await person.until_gone("meetingDialog")
        await person.until(
            lambda: [
                one
                for one in trusted.control.records("event")
                if one["name"] == "Retrospective" and one["section"] == section
            ],
            "the meeting in the group's calendar",
        )
        await person.until_status("Up to date")
    (event,) = [one for one in trusted.control.records("event") if one["name"] == "Retrospective"]
    assert (event["type"], event["owner"]) == ("group", 6)


SPAN: TimeSpan = hours(MONDAY, 10, 11)


async def test_what_is_dragged_lands_in_ones_own_calendar(stage: Stage, trusted: Portal) -> None:
    furnish(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await person.until_drawn("Sprint")
        await book_by_drag(person, SPAN, "Quiet hour")
        await person.until(
            lambda: [o for o in trusted.control.records("event") if o["name"] == "Quiet hour"],
            "the event on the portal",
        )
    (event,) = [one for one in trusted.control.records("event") if one["name"] == "Quiet hour"]
    assert (event["type"], event["owner"]) == ("user", 7)
