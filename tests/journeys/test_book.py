"""Journey 1 and 7: from the first start to a meeting that the portal has, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from tests.journeys.conftest import Stage
from tests.journeys.person import Person
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(90)]
CTRL = Qt.KeyboardModifier.ControlModifier


async def sign_in(person: Person, portal: Portal) -> None:
    """Through the welcome page's Bitrix24 door."""
    await person.until_seen("addBitrix24Button")
    person.click("addBitrix24Button")
    await person.until_seen("webhookUrlField")
    person.write("webhookUrlField", portal.webhook_url)
    person.click("accountTestButton")
    finish = person.see(QPushButton, "accountFinishButton")
    await person.until(finish.isEnabled, "the test of the connection")
    person.click("accountFinishButton")
    await person.until_gone("welcomeWizard")


async def test_the_first_run_signs_in_and_books_in_twelve_keys(
    stage: Stage, trusted: Portal
) -> None:
    trusted.control.seed_contacts(300, responsible=7)
    alex = trusted.control.add_contact(
        NAME="Alex", LAST_NAME="Vronskij", PHONE="+49 30 100 10 20", ASSIGNED_BY_ID=7
    )
    async with stage:
        person = await stage.enter()
        await sign_in(person, trusted)
        await person.until(lambda: person.status.startswith("Up to date"), "the first sync")

        person.press(Qt.Key.Key_Slash, on=person.application.window)
        person.type("vronskij")
        await person.until(lambda: any("Vronskij" in n for n in person.names("contactList")))
        person.press(Qt.Key.Key_Return, on=person.see(QLineEdit, "contactSearchField"))
        await person.until_seen("contactCard")
        person.press(Qt.Key.Key_M)
        await person.until_seen("meetingDialog")
        assert person.see(QLineEdit, "meetingTitle").text() == "Meeting with Alex Vronskij"
        person.press(Qt.Key.Key_Return, CTRL, on=person.see(QWidget, "meetingDialog"))
        await person.until_gone("meetingDialog")

        await person.until(trusted.control.activities, "the meeting on the portal")
        await person.until(lambda: person.status.startswith("Up to date"))
    (activity,) = trusted.control.activities()
    assert activity["SUBJECT"] == "Meeting with Alex Vronskij"
    assert activity["OWNER_ID"] == str(alex)
    assert activity["ORIGINATOR_ID"] == "parley"
