"""After a meeting: what became of it, a note and the next step, in a few keys, also offline."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.builders import MONDAY
from tests.journeys.deeds import add_alex, book_with_alex, enter_signed_in
from tests.journeys.person import CTRL, LEFT, Person
from tests.journeys.stage import MORNING, Stage, hours
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(120)]

NOTE = "Wants the offer by Friday"
BEFORE = hours(MONDAY, 7, 8)


def comments(portal: Portal) -> list[str]:
    return [row["COMMENT"] for row in portal.control.records("comment")]


async def met(person: Person, portal: Portal) -> None:
    """A meeting of this morning that the portal has, selected."""
    await book_with_alex(person, BEFORE, "Demo")
    await person.until(portal.control.activities, "the meeting")
    await person.until_status("Up to date")
    QTest.mouseClick(person.grid, LEFT, pos=person.rect_of_entry("Demo").center())


async def note_outcome(person: Person) -> None:
    """O, H, the note, the third step, Enter, and in the dialog Ctrl+Enter."""
    person.press(Qt.Key.Key_O)
    await person.until_seen("outcomeSheet")
    person.press(Qt.Key.Key_H)
    person.type(NOTE)
    person.press(Qt.Key.Key_3, CTRL)
    person.press(Qt.Key.Key_Return)
    await person.until_seen("meetingDialog")
    assert person.see(QLineEdit, "meetingTitle").text() == "Meeting with Alex Vronskij"
    person.press(Qt.Key.Key_Return, CTRL)
    await person.until_gone("meetingDialog")


async def test_held_with_a_note_and_the_next_meeting_in_six_keys(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await met(person, trusted)
        person.keys = 0
        await note_outcome(person)
        assert person.keys - len(NOTE) <= 6

        await person.until(lambda: len(trusted.control.activities()) == 2, "the next meeting")
        await person.until(lambda: comments(trusted), "the comment")
        await person.until_status("Up to date")

    first, following = trusted.control.activities()
    assert (first["SUBJECT"], first["COMPLETED"]) == ("Demo", "Y")
    (comment,) = comments(trusted)
    assert comment.startswith("Held: Demo, ")
    assert NOTE in comment
    assert following["COMPLETED"] == "N"
    assert following["SUBJECT"] == "Meeting with Alex Vronskij"
    again = trusted.control.events()[-1]["start"]
    assert again[:10] == (MORNING + timedelta(days=7)).date().isoformat()


async def test_on_the_train_it_is_kept_and_goes_out_later(stage: Stage, trusted: Portal) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await met(person, trusted)
        await stage.leave(person)
        person = await stage.enter(offline=True)
        await person.until_drawn("Demo")
        person.grid.setFocus()
        person.press(Qt.Key.Key_O)  # nothing is selected: the last meeting is meant
        await person.until_seen("outcomeSheet")
        person.press(Qt.Key.Key_N)
        person.press(Qt.Key.Key_Return)
        await person.until_gone("outcomeSheet")
        await stage.leave(person)
        assert comments(trusted) == []

        person = await stage.enter()
        await person.until(lambda: comments(trusted), "the comment")
        await person.until_status("Up to date")

    (first,) = trusted.control.activities()
    assert first["COMPLETED"] == "Y"
    (comment,) = comments(trusted)
    assert comment.startswith("Nobody came: Demo")


async def test_all_of_it_is_taken_back_at_once(stage: Stage, trusted: Portal) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await met(person, trusted)
        person.press(Qt.Key.Key_O)
        await person.until_seen("outcomeSheet")
        person.press(Qt.Key.Key_H)
        person.press(Qt.Key.Key_Return)
        await person.until_gone("outcomeSheet")
        await person.until(lambda: comments(trusted), "the comment")
        await person.until_status("Up to date")
        person.press(Qt.Key.Key_Z, CTRL)
        await person.until(lambda: not comments(trusted), "the comment to go")
        await person.until_status("Up to date")

    (first,) = trusted.control.activities()
    assert first["COMPLETED"] == "N"
