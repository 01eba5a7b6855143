"""Where a meeting is: any text, or one of the account's rooms, and what becomes of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt

from desktop.domain.availability import Availability, BusyTime
from desktop.domain.errors import OfflineError
from desktop.domain.event import Calendar, CalendarKind, EventKind, Recording
from desktop.domain.ids import AccountId, CalendarId, UserId
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.meeting.location_field import LocationField
from desktop.ui.meeting.surroundings import Surroundings
from desktop.ui.tasks import TaskRunner
from tests.builders import (
    NOW,
    make_account,
    make_calendar,
    make_contact,
    make_draft,
    make_span,
)
from tests.ui.waiting import until

CRM = replace(make_account("crm", user_id="7"), recording=Recording.ACTIVITY)
WORK = make_calendar("crm:1", "Work", account_id=CRM.id)
ALEX = make_contact("c1", "Alex Vronsky", account="crm")


def room(name: str, account: str = "crm") -> Calendar:
    number = CalendarId(f"{account}:location0:{name}")
    return Calendar(number, AccountId(account), name, "#888888", kind=CalendarKind.ROOM)


@pytest.fixture(autouse=True)
def british() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def editor() -> MeetingEditor:
    return MeetingEditor()


@dataclass
class Door:
    """Who knows when rooms are taken."""

    times: tuple[BusyTime, ...] = ()
    error: Exception | None = None
    asked: list[tuple[object, ...]] = field(default_factory=list)

    async def refresh(self, account: object, users: list[UserId], span: object) -> Any:
        self.asked.append((account, *users, span))
        if self.error is not None:
            raise self.error
        return tuple(Availability(user, self.times, NOW, fresh=True) for user in users)


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def where(qtbot, qloop, editor: MeetingEditor, door: Door) -> Iterator[LocationField]:
    tasks = TaskRunner()
    parts: Any = SimpleNamespace(availability=door, tasks=tasks, zone=UTC)
    line = LocationField(editor, parts)
    qtbot.addWidget(line)
    line.resize(360, 80)
    line.show()
    editor.changed.connect(line.show_draft)
    yield line
    qloop.run_until_complete(tasks.close())


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


async def test_a_chosen_room_is_the_place(qtbot, editor, where):
    begin(editor, room("Blue"), kind=EventKind.EVENT)
    where.line.setFocus()
    qtbot.keyClicks(where.line, "blu")

    popup = where.line.completer().popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)

    assert editor.draft.location == where.line.text() == "Blue"
    assert "is booked with the meeting" in where.note.text()


async def test_a_meeting_of_the_crm_only_names_the_room(editor, where):
    begin(editor, room("Blue"), contacts=(ALEX.id,), location="blue ")

    assert where.note.isVisible()
    assert "only a calendar event books it" in where.note.text()


async def test_a_room_that_is_taken_then_says_when(editor, where, door):
    door.times = (BusyTime(make_span(hours=(9, 12))),)
    begin(
        editor, room("Blue"), location="Blue", kind=EventKind.EVENT, when=make_span(hours=(10, 11))
    )

    await until(lambda: "is taken" in where.note.text())
    assert "09:00–12:00" in where.note.text()
    assert door.asked == [(CRM.id, "crm:location0:Blue", make_span(hours=(10, 11)))]

    door.times = ()
    editor.set_when(make_span(hours=(14, 15)))
    await until(lambda: "is free then" in where.note.text())


async def test_without_a_network_nothing_is_promised_of_a_room(editor, where, door):
    door.error = OfflineError()
    begin(editor, room("Blue"), location="Blue", kind=EventKind.EVENT)

    await until(lambda: "not known now" in where.note.text())


def test_any_other_place_is_not_commented_on(editor, where):
    begin(editor, room("Blue"), location="Café Blue")

    assert not where.note.isVisible()
