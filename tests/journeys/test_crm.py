"""What the CRM knows of a person: on the card, on the train, and never made twice."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from tests.journeys.deeds import add_alex, enter_signed_in, open_card
from tests.journeys.person import CTRL, Person
from tests.journeys.stage import Stage
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(90)]


def add_offer(portal: Portal, contact: int) -> int:
    return portal.control.add_deal(
        TITLE="Annual licence", CONTACT_ID=contact, OPPORTUNITY="12500", CURRENCY_ID="EUR"
    )


async def note(person: Person, text: str) -> None:
    """A comment from the card, by keyboard."""
    await person.until_seen("addCommentButton")
    person.click("addCommentButton")
    await person.until_seen("commentField")
    person.write("commentField", text)
    person.press(Qt.Key.Key_Return, CTRL)
    await person.until_read(text, "contactCard")


async def test_deals_stand_on_the_card_and_stay_there_without_a_network(
    stage: Stage, trusted: Portal
) -> None:
    deal = add_offer(trusted, add_alex(trusted))
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await open_card(person, "vronskij", "Alex Vronskij")
        await person.until_read("Annual licence", "contactCard")
        assert any("500" in said and "EUR" in said for said in person.words("contactCard"))
        await stage.leave(person)

        trusted.stop()
        person = await stage.enter()
        await open_card(person, "vronskij", "Alex Vronskij")
        await person.until_read("Annual licence", "contactCard")
        person.press(Qt.Key.Key_M)
        await person.until_seen("meetingDialog")
        await person.until_seen("meetingDeal")
        assert person.see(QComboBox, "meetingDeal").currentData() == str(deal)
        person.press(Qt.Key.Key_Return, CTRL)
        await person.until_gone("meetingDialog")
        await person.until_drawn("Meeting with Alex Vronskij")
        trusted.start()
        await person.until(trusted.control.activities, "the meeting on the portal")
        await person.until_status("Up to date")


async def test_a_comment_from_the_train_arrives_once(stage: Stage, trusted: Portal) -> None:
    alex = add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await open_card(person, "vronskij", "Alex Vronskij")
        trusted.stop()
        await person.until_status("Offline")
        await note(person, "Prefers mornings")
        await person.until_read("waiting to be sent", "contactCard")
        trusted.start()
        await person.until(lambda: trusted.control.records("comment"), "the comment")
        await person.until_status("Up to date")
        await person.until(
            lambda: not person.reads("waiting to be sent", "contactCard"), "the comment to settle"
        )

    (comment,) = trusted.control.records("comment")
    assert comment["ENTITY_ID"] == str(alex)
    assert comment["COMMENT"].startswith("Prefers mornings\nRef. P-")


async def test_a_comment_whose_answer_is_lost_is_not_made_twice(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await open_card(person, "vronskij", "Alex Vronskij")
        trusted.control.fault("drop_after", "crm.timeline.comment.add")
        await note(person, "Wants a call")
        await person.until(lambda: trusted.control.records("comment"), "the comment")
        await person.until(
            lambda: not person.reads("waiting to be sent", "contactCard"), "the comment to settle"
        )
        await person.until_status("Up to date")

    assert len(trusted.control.records("comment")) == 1


async def add_by_hand(person: Person, given: str, family: str, phone: str) -> None:
    """A new contact, typed into the dialog."""
    person.trigger("newContactAction")
    await person.until_seen("contactEditor")
    editor = person.see(QWidget, "contactEditor")
    fields = {one.accessibleName(): one for one in editor.findChildren(QLineEdit)}
    if not any(name.startswith("Phone") for name in fields):
        person.click_text("Add a phone number", "contactEditor")
        fields = {one.accessibleName(): one for one in editor.findChildren(QLineEdit)}
    number = next(field for name, field in fields.items() if name.startswith("Phone"))
    for field, text in (
        (fields["Given name"], given),
        (fields["Family name"], family),
        (number, phone),
    ):
        field.setFocus()
        QTest.keyClicks(field, text)
    person.press(Qt.Key.Key_Return, CTRL)
    await person.until_gone("contactEditor")


async def test_whom_the_portal_has_already_is_not_made_twice(stage: Stage, trusted: Portal) -> None:
    async with stage:
        person = await enter_signed_in(stage, trusted)
        add_alex(trusted)  # by a colleague, who has met the same person
        trusted.stop()
        await person.until_status("Offline")
        await add_by_hand(person, "Alexander", "Zwilling", "+49 30 100 10 20")
        trusted.start()
        await person.until(
            lambda: trusted.control.commands("crm.duplicate.findbycomm"), "the question"
        )
        person.click("syncStatus")
        await person.until_seen("syncPanel")
        await person.until_read("same number", "syncPanel")
        await person.until_button("Compare both", "syncPanel")  # the row says these words, too
        person.click_text("Compare both", "syncPanel")
        await person.until_seen("conflictSheet")
        assert person.reads("Alex Vronskij", "conflictSheet")
        person.click("keepTheirsButton")
        await person.until_gone("conflictSheet")
        await person.until_status("Up to date")

    assert len(trusted.control.contacts()) == 1
    assert trusted.control.commands("crm.contact.add") == []
