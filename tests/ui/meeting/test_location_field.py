"""Where a meeting is: any text, or one of the account's rooms, and what becomes of it."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.domain.event import Calendar, CalendarKind, EventKind, Recording
from desktop.domain.ids import AccountId, CalendarId
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.meeting.location_field import LocationField
from desktop.ui.meeting.surroundings import Surroundings
from tests.builders import make_account, make_calendar, make_contact, make_draft

CRM = replace(make_account("crm", user_id="7"), recording=Recording.ACTIVITY)
WORK = make_calendar("crm:1", "Work", account_id=CRM.id)
ALEX = make_contact("c1", "Alex Vronsky", account="crm")


def room(name: str, account: str = "crm") -> Calendar:
    number = CalendarId(f"{account}:location0:{name}")
    return Calendar(number, AccountId(account), name, "#888888", kind=CalendarKind.ROOM)


@pytest.fixture
def editor() -> MeetingEditor:
    return MeetingEditor()


@pytest.fixture
def where(qtbot, editor: MeetingEditor) -> LocationField:
    field = LocationField(editor)
    qtbot.addWidget(field)
    field.resize(360, 80)
    field.show()
    editor.changed.connect(field.show_draft)
    return field


def begin(editor: MeetingEditor, *rooms: Calendar, **more: Any) -> None:
    around = Surroundings((CRM,), (WORK,), people={ALEX.id: ALEX}, rooms=rooms)
    editor.begin(make_draft(calendar_id=WORK.id, **more), around)


def test_without_rooms_it_is_a_plain_line(editor, where):
    begin(editor, room("Elsewhere", "other"))

    assert where.rooms() == ()
    assert where.line.completer() is None
    assert not where.list_rooms.isVisible()


def test_rooms_are_listed_while_one_types_and_by_the_arrow(qtbot, editor, where):
    begin(editor, room("Blue"), room("Green"))

    qtbot.keyClicks(where.line, "gre")
    listed = where.line.completer().completionModel()
    assert [listed.index(row, 0).data() for row in range(listed.rowCount())] == ["Room: Green"]

    where.list_rooms.trigger()
    assert listed.rowCount() == 2
    where.line.completer().popup().hide()


def test_a_chosen_room_is_the_place(qtbot, editor, where):
    begin(editor, room("Blue"), kind=EventKind.EVENT)
    where.line.setFocus()
    qtbot.keyClicks(where.line, "blu")

    popup = where.line.completer().popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)

    assert editor.draft.location == where.line.text() == "Blue"
    assert "is booked with the meeting" in where.note.text()


def test_a_meeting_of_the_crm_only_names_the_room(editor, where):
    begin(editor, room("Blue"), contacts=(ALEX.id,), location="blue ")

    assert where.note.isVisible()
    assert "only a calendar event books it" in where.note.text()


def test_any_other_place_is_not_commented_on(editor, where):
    begin(editor, room("Blue"), location="Café Blue")

    assert not where.note.isVisible()
