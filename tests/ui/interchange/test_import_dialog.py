"""An import is looked at first: it is counted apart, and nothing comes without a click."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.event import Calendar
from desktop.services.interchange.contacts_csv import Column
from desktop.services.interchange.service import Imported
from desktop.ui.interchange.choices import ColumnMapping
from desktop.ui.interchange.import_dialog import ImportDialog
from tests.builders import MOSCOW, make_calendar
from tests.services.house import CRM_CALENDAR, LOCAL, LOCAL_CALENDAR
from tests.ui.accounts.conftest import Doorman, Rooms
from tests.ui.children import child
from tests.ui.waiting import until

__all__ = ["doorman"]

ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    "BEGIN:VEVENT\r\nUID:1@x\r\nSUMMARY:Demo\r\nDTSTART:20261120T100000Z\r\n"
    "DTEND:20261120T110000Z\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:2@x\r\nSUMMARY:<b>Broken</b>\r\nDTSTART:soon\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Petrova\r\nTEL:+7 916 123-45-67\r\nEND:VCARD\r\n"
TABLE = "Surname of person;Number\nOrlov;+7 911 000 00 00\nBelov;+7 912 000 00 00\n"


@pytest.fixture
def doorman(qapp: object, tmp_path: Path) -> Doorman:
    return Doorman(tmp_path / "profile")


class Desk:
    """A folder with files, and the dialog over one of them."""

    def __init__(self, qtbot: QtBot, rooms: Rooms, folder: Path) -> None:
        self.qtbot = qtbot
        self.rooms = rooms
        self.folder = folder
        self.results: list[Imported] = []

    def open(
        self, name: str, text: str, calendars: tuple[Calendar, ...] = (LOCAL_CALENDAR,)
    ) -> ImportDialog:
        path = self.folder / name
        path.write_text(text, "utf-8", newline="")
        dialog = ImportDialog(self.rooms.interchange, self.rooms.tasks, MOSCOW)
        self.qtbot.addWidget(dialog)
        dialog.imported.connect(self.results.append)
        dialog.open_file(path, calendars, {LOCAL.id: "This computer"})
        return dialog

    def press(self, dialog: ImportDialog) -> None:
        button = child(dialog, QPushButton, "importButton")
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def said(dialog: QWidget) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


async def test_a_look_counts_apart_and_takes_nothing(
    qtbot: QtBot, doorman: Doorman, tmp_path: Path
) -> None:
    async with doorman.open() as rooms:
        dialog = Desk(qtbot, rooms, tmp_path).open("fairs.ics", ICS)
        await until(lambda: "1 event to add" in said(dialog))

        assert "1 damaged, left out" in said(dialog)
        assert "<b>Broken</b>: it has no readable start" in said(dialog)
        dialog.reject()
        preview = await rooms.house.accounts.removal_preview(LOCAL.id)
        assert preview.events == 0


async def test_a_click_takes_it_over_and_says_what_it_did(
    qtbot: QtBot, doorman: Doorman, tmp_path: Path
) -> None:
    async with doorman.open() as rooms:
        desk = Desk(qtbot, rooms, tmp_path)
        dialog = desk.open("fairs.ics", ICS)
        await until(child(dialog, QPushButton, "importButton").isEnabled)

        desk.press(dialog)
        await until(lambda: desk.results)

        assert (desk.results[0].added, len(desk.results[0].damaged)) == (1, 1)
        assert "1 added" in said(dialog)
        desk.press(dialog)
        assert not dialog.isVisible()


async def test_the_second_time_it_asks_what_to_do_with_those_that_are_there(
    qtbot: QtBot, doorman: Doorman, tmp_path: Path
) -> None:
    async with doorman.open() as rooms:
        desk = Desk(qtbot, rooms, tmp_path)
        first = desk.open("fairs.ics", ICS)
        await until(child(first, QPushButton, "importButton").isEnabled)
        assert not child(first, QWidget, "duplicatesChoice").isVisible()
        desk.press(first)
        await until(lambda: len(desk.results) == 1)
        second = desk.open("fairs.ics", ICS)
        await until(lambda: "1 already there" in said(second))

        both = next(b for b in second.findChildren(QRadioButton) if b.text() == "Keep both")
        both.click()
        desk.press(second)
        await until(lambda: len(desk.results) == 2)

        assert (desk.results[1].added, desk.results[1].skipped) == (1, 0)


async def test_people_come_from_cards(qtbot: QtBot, doorman: Doorman, tmp_path: Path) -> None:
    async with doorman.open() as rooms:
        desk = Desk(qtbot, rooms, tmp_path)
        dialog = desk.open("people.vcf", CARD)
        await until(lambda: "1 contact to add" in said(dialog))

        desk.press(dialog)
        await until(lambda: desk.results)

        found = await rooms.house.contacts.find("petrova")
        assert [hit.contact.name for hit in found.hits] == ["Anna Petrova"]


async def test_columns_are_chosen_by_hand_and_remembered(
    qtbot: QtBot, doorman: Doorman, tmp_path: Path
) -> None:
    async with doorman.open() as rooms:
        desk = Desk(qtbot, rooms, tmp_path)
        first = desk.open("people.csv", TABLE)
        await until(lambda: "2 damaged" in said(first))
        mapping = child(first, ColumnMapping)
        boxes = mapping.findChildren(QComboBox)
        boxes[0].setCurrentIndex(boxes[0].findData(Column.FAMILY_NAME))
        boxes[1].setCurrentIndex(boxes[1].findData(Column.MOBILE))
        await until(lambda: "2 contacts to add" in said(first))
        first.reject()

        second = desk.open("people.csv", TABLE)
        await until(lambda: "2 contacts to add" in said(second))

        chosen = child(second, ColumnMapping).mapping()
        assert chosen == (Column.FAMILY_NAME, Column.MOBILE)


async def test_contacts_go_into_an_account_and_events_into_a_calendar(
    qtbot: QtBot, doorman: Doorman, tmp_path: Path
) -> None:
    async with doorman.open() as rooms:
        desk = Desk(qtbot, rooms, tmp_path)
        club = make_calendar("home:club", "Club", account_id=LOCAL.id)
        calendars = (LOCAL_CALENDAR, club, CRM_CALENDAR)

        people = child(desk.open("people.vcf", CARD, calendars), QComboBox, "importInto")
        events = child(desk.open("fairs.ics", ICS, calendars), QComboBox, "importInto")

        assert [people.itemText(n) for n in range(people.count())] == ["This computer", "Work"]
        assert [events.itemText(n) for n in range(events.count())] == ["Home", "Club", "Work"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("fairs.ics", "hello", "cannot be read"),
        ("fairs.ics", "", "nothing in this file"),
        ("people.zip", "PK", ".ics, .vcf and .csv"),
    ],
)
async def test_a_file_that_cannot_be_used_says_why(
    qtbot: QtBot, doorman: Doorman, tmp_path: Path, name: str, text: str, words: str
) -> None:
    async with doorman.open() as rooms:
        dialog = Desk(qtbot, rooms, tmp_path).open(name, text)
        await until(lambda: words in said(dialog))

        assert not child(dialog, QPushButton, "importButton").isEnabled()


async def test_without_a_calendar_it_says_what_is_missing(
    qtbot: QtBot, doorman: Doorman, tmp_path: Path
) -> None:
    async with doorman.open() as rooms:
        dialog = Desk(qtbot, rooms, tmp_path).open("fairs.ics", ICS, ())

        assert "no calendar on this computer" in said(dialog)


async def test_an_import_under_way_is_not_torn_apart(
    qtbot: QtBot, doorman: Doorman, tmp_path: Path
) -> None:
    async with doorman.open() as rooms:
        desk = Desk(qtbot, rooms, tmp_path)
        dialog = desk.open("fairs.ics", ICS)
        await until(child(dialog, QPushButton, "importButton").isEnabled)

        desk.press(dialog)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

        assert dialog.isVisible()
        await until(lambda: desk.results)


async def test_names_in_files_are_shown_as_they_are(
    qtbot: QtBot, doorman: Doorman, tmp_path: Path
) -> None:
    async with doorman.open() as rooms:
        dialog = Desk(qtbot, rooms, tmp_path).open("fairs.ics", ICS)
        await until(lambda: "Broken" in said(dialog))

        shown = [one for one in dialog.findChildren(QLabel) if "Broken" in one.text()]
        assert {one.textFormat() for one in shown} == {Qt.TextFormat.PlainText}
