"""Two versions side by side: what differs is marked, and the loser is kept."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.contact import Phone
from desktop.domain.event import Attendee, Participation, Priority, Reminder
from desktop.domain.ids import RecordKind, UserId
from desktop.domain.sync import Conflict, OpState, Record
from desktop.services.outbox import OutboxLine
from desktop.services.sync.delivery_values import Reason
from desktop.ui.sync.conflict_sheet import ConflictSheet
from desktop.ui.sync.record_facts import compared, facts_of
from tests.builders import MOSCOW, NOW, make_contact, make_op
from tests.ui.children import child
from tests.ui.sync.lines import MINE, THEIRS, make_line

LINE = make_line("op7", OpState.CONFLICT, "Demo at Acme", event=MINE)


def make_sheet(qtbot: QtBot, mine: Record | None, theirs: Record | None) -> ConflictSheet:
    sheet = ConflictSheet(replace(LINE, conflict=Conflict(7, MINE, mine, theirs)), MOSCOW)
    qtbot.addWidget(sheet)
    sheet.show()
    return sheet


def texts(sheet: ConflictSheet) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]


def test_both_versions_are_shown_and_the_difference_is_marked(qtbot: QtBot) -> None:
    sheet = make_sheet(qtbot, MINE, THEIRS)

    assert {"Demo at Acme", "Demo at Acme GmbH", "Friedrichstr. 12", "Room 4"} <= set(texts(sheet))
    differing = {
        label.text() for label in sheet.findChildren(QLabel) if label.accessibleDescription()
    }
    assert differing == {"Demo at Acme", "Demo at Acme GmbH", "Friedrichstr. 12", "Room 4"}


@pytest.mark.parametrize(
    ("button", "keep"), [("keepMineButton", "mine"), ("keepTheirsButton", "theirs")]
)
def test_the_choice_names_the_change_and_the_side(qtbot: QtBot, button: str, keep: str) -> None:
    sheet = make_sheet(qtbot, MINE, THEIRS)

    with qtbot.waitSignal(sheet.resolved) as told:
        qtbot.mouseClick(child(sheet, QPushButton, button), Qt.MouseButton.LeftButton)

    assert told.args == ["op7", keep]
    assert not sheet.isVisible()


def test_deciding_later_decides_nothing(qtbot: QtBot) -> None:
    sheet = make_sheet(qtbot, MINE, THEIRS)

    with qtbot.assertNotEmitted(sheet.resolved):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)

    assert not sheet.isVisible()


def test_a_version_that_was_deleted_says_so_once(qtbot: QtBot) -> None:
    sheet = make_sheet(qtbot, MINE, None)

    assert texts(sheet).count("Deleted") == 1


def test_a_difference_outside_the_first_facts_is_shown_too(qtbot: QtBot) -> None:
    sheet = make_sheet(
        qtbot,
        replace(MINE, priority=Priority.HIGH),
        replace(MINE, reminders=(Reminder(30),)),
    )

    assert {"Priority", "High", "Normal", "Reminders", "30 min before"} <= set(texts(sheet))
    assert "Repeats" not in texts(sheet)


def test_every_field_that_can_differ_makes_a_row() -> None:
    contact = make_contact("c1", "Anna Petrova", company="Acme", city="Berlin")
    other = replace(contact, phones=(Phone("+49 30 1"),), notes="new", second_name="Maria")

    rows = compared(facts_of(contact, MOSCOW, NOW), facts_of(other, MOSCOW, NOW))

    differing = {name for name, mine, theirs in rows if mine != theirs}
    assert differing == {"Name", "Phone", "Notes"}


def test_foreign_text_is_plain(qtbot: QtBot) -> None:
    sheet = make_sheet(qtbot, MINE, replace(MINE, location="<b>Room</b>"))

    (room,) = [one for one in sheet.findChildren(QLabel) if "<b>" in one.text()]
    assert room.textFormat() is Qt.TextFormat.PlainText


NEW = make_contact("new", "Alex Vronsky", phone="+49 30 1234567")
THERE = make_contact("a1:contact:15", "Alexander Vronsky", phone="+49301234567")


def make_twin_sheet(qtbot: QtBot, detail: str = "") -> ConflictSheet:
    op = make_op(
        "op9",
        NEW,
        kind=RecordKind.CONTACT,
        uid="new",
        state=OpState.ASK,
        reason=Reason.TWIN,
        detail=detail,
    )
    line = OutboxLine(op, "acme · Anna", "Alex Vronsky", None, Conflict(9, None, NEW, THERE))
    sheet = ConflictSheet(line, MOSCOW)
    qtbot.addWidget(sheet)
    sheet.show()
    return sheet


def test_perhaps_the_same_person_is_asked_as_that(qtbot: QtBot) -> None:
    sheet = make_twin_sheet(qtbot, "Alex V.")

    shown = texts(sheet)
    assert {"Alex Vronsky", "Alexander Vronsky", "New", "Existing"} <= set(shown)
    assert any("Also alike: Alex V." in text for text in shown)
    assert child(sheet, QPushButton, "keepTheirsButton").text() == "Use the existing card"
    assert child(sheet, QPushButton, "keepMineButton").text() == "Create anyway"


def test_the_existing_card_is_what_enter_takes(qtbot: QtBot) -> None:
    sheet = make_twin_sheet(qtbot)

    existing = child(sheet, QPushButton, "keepTheirsButton")
    with qtbot.waitSignal(sheet.resolved) as told:
        qtbot.keyClick(existing, Qt.Key.Key_Return)
    assert told.args == ["op9", "theirs"]


def test_answers_and_how_the_time_shows_are_told_in_words(qtbot: QtBot) -> None:
    asked = replace(MINE, read_only=True, attendees=(Attendee(), Attendee()))
    mine = replace(asked, participation=Participation.ACCEPTED)
    theirs = replace(asked, participation=Participation.DECLINED, away=True)

    told = texts(make_sheet(qtbot, mine, theirs))

    assert {"My answer", "Accepted", "Declined", "Shown as", "Busy", "Out of office"} <= set(told)


def test_colleagues_stand_there_by_name(qtbot: QtBot) -> None:
    names = {UserId("7"): "Anna Titova", UserId("9"): "Boris Kern"}
    mine = replace(MINE, responsible=UserId("7"), attendees=(Attendee(UserId("9")),))
    theirs = replace(MINE, responsible=UserId("9"), attendees=(Attendee(UserId("31")),))
    line = replace(LINE, conflict=Conflict(7, MINE, mine, theirs))
    sheet = ConflictSheet(line, MOSCOW, names=names)
    qtbot.addWidget(sheet)
    sheet.show()

    told = texts(sheet)

    assert told[told.index("Responsible") :][:3] == ["Responsible", "Anna Titova", "Boris Kern"]
    assert told[told.index("Colleagues") :][:3] == ["Colleagues", "Boris Kern", "Colleague 31"]
