"""A booking in each of the ways that a CRM records it: online, offline, with lost answers."""

from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from tests.builders import TUESDAY, WEDNESDAY
from tests.journeys.deeds import add_alex, book_with_alex, enter_signed_in
from tests.journeys.person import Person
from tests.journeys.stage import Stage, hours
from tests.journeys.system_browser import SystemBrowser, sign_in_by_browser
from tests.journeys.test_sign_in import app, browser
from tests.servers.portal import Portal

__all__ = ["app", "browser"]

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(120)]

WAYS = {
    "Meeting or call": "crm.activity.add",
    "To-do": "crm.activity.todo.add",
    "Parley's card": "crm.activity.configurable.add",
    "Calendar event": "calendar.event.add",
}
"""What the choice says, and the method that makes such a record."""


async def choose(person: Person, way: str) -> None:
    """In the accounts dialog, as the user does."""
    person.trigger("accountsAction")
    await person.until_seen("recordingChoice")
    person.choose("recordingChoice", way)
    box = person.see(QComboBox, "recordingChoice")
    await person.until(lambda: box.currentText().startswith(way), way)
    person.press(Qt.Key.Key_Escape)
    await person.until_gone("accountsDialog")


async def enter(stage: Stage, portal: Portal, way: str, application: dict[str, Any]) -> Person:
    """Signed in so that the way is open, which is chosen."""
    if way != "Parley's card":
        person = await enter_signed_in(stage, portal)
    else:
        person = await stage.enter()
        await sign_in_by_browser(person, portal, application)
    await choose(person, way)
    return person


def titles(portal: Portal) -> Counter[str]:
    """Every object of the portal that a colleague would call the meeting, by its title.

    The calendar event that a meeting makes by itself is the same thing.
    """
    activities = portal.control.activities()
    own = {row.get("_EVENT") for row in activities}
    events = [row for row in portal.control.events() if row["id"] not in own]
    return Counter([row["SUBJECT"] for row in activities] + [row["name"] for row in events])


async def looks_again(person: Person, portal: Portal) -> None:
    """Waits until the calendar was read two times more."""
    seen = len(portal.control.commands("calendar.event.get"))
    await person.until(
        lambda: len(portal.control.commands("calendar.event.get")) > seen + 2, "another look"
    )
    await person.until_status("Up to date")


@pytest.mark.parametrize("way", WAYS)
async def test_lost_answers_make_one_object_each(
    stage: Stage,
    trusted: Portal,
    app: dict[str, Any],
    browser: SystemBrowser,
    way: str,
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter(stage, trusted, way, app)
        await book_with_alex(person, hours(TUESDAY, 10, 11), "First")  # proves the search
        await person.until_status("Up to date")
        trusted.control.fault("drop_after", WAYS[way], contains="Second")
        await book_with_alex(person, hours(TUESDAY, 12, 13), "Second")
        await person.until_status("Up to date")
        trusted.control.fault("drop_before", WAYS[way], contains="Third")
        await book_with_alex(person, hours(TUESDAY, 14, 15.5), "Third")
        await person.until(lambda: titles(trusted)["Third"], "the third")
        await person.until_status("Up to date")
        await looks_again(person, trusted)

        for title in ("First", "Second", "Third"):
            assert len(person.entries(title)) == 1, title
        shown = person.entry("Third").when
        assert shown == hours(TUESDAY, 14, 15.5)

    assert titles(trusted) == Counter(["First", "Second", "Third"])
    assert trusted.control.faults_pending() == []


@pytest.mark.parametrize("way", WAYS)
async def test_what_is_booked_offline_arrives_once(
    stage: Stage,
    trusted: Portal,
    app: dict[str, Any],
    browser: SystemBrowser,
    way: str,
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter(stage, trusted, way, app)
        await stage.leave(person)
        person = await stage.enter(offline=True)
        await book_with_alex(person, hours(WEDNESDAY, 10, 11.5), "On the train")
        assert titles(trusted) == Counter()
        await stage.leave(person)
        person = await stage.enter()
        await person.until(lambda: titles(trusted)["On the train"], "the meeting to arrive")
        await person.until_status("Up to date")
        await looks_again(person, trusted)

        assert len(person.entries("On the train")) == 1
        assert person.entry("On the train").when == hours(WEDNESDAY, 10, 11.5)

    assert titles(trusted) == Counter(["On the train"])
    made = {one["method"].lower() for one in trusted.control.requests() if one["executed"]}
    assert WAYS[way] in made
