"""The menu of a calendar: what can be done, what deletion takes along, and why something cannot."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.domain.account import Account
from desktop.domain.errors import OfflineError
from desktop.domain.event import Calendar, CalendarKind
from desktop.domain.ids import AccountId, CalendarId
from desktop.ui.sidebar.calendar_desk import CalendarDesk
from desktop.ui.sidebar.calendar_list import CalendarPane
from desktop.ui.sidebar.calendar_sheets import CalendarDeletionSheet, CalendarSheet
from desktop.ui.tasks import TaskRunner
from tests.builders import make_account, make_calendar
from tests.ui.waiting import until

CRM = make_account("crm")
MINE = replace(make_calendar("crm:41", "Trips", account_id=CRM.id), changeable=True)


@dataclass
class Service:
    """Stands at the door of the server."""

    reached: bool = True
    error: Exception | None = None
    events: int = 12
    done: list[tuple[str, ...]] = field(default_factory=list)

    def connected(self, _account: AccountId) -> bool:
        return self.reached

    async def places(self) -> tuple[Account, ...]:
        return (CRM,)

    async def count(self, _calendar: Calendar) -> int:
        return self.events

    async def add(self, account: AccountId, name: str, color: str) -> None:
        await self._do("add", account, name, color)

    async def change(self, calendar: Calendar, name: str, color: str) -> None:
        await self._do("change", calendar.id, name, color)

    async def delete(self, calendar: Calendar) -> None:
        await self._do("delete", calendar.id)

    async def _do(self, *what: str) -> None:
        if self.error is not None:
            raise self.error
        self.done.append(what)


@dataclass
class Scene:
    service: Any
    pane: CalendarPane
    window: QWidget
    desk: CalendarDesk

    def menu(self, calendar: Calendar = MINE) -> dict[str, QAction]:
        menu = self.desk.menu(calendar, CRM)
        return {action.text(): action for action in menu.actions() if action.text()}

    def sheet(self, kind: type) -> Any:
        return next(iter(self.window.findChildren(kind)), None)


@pytest.fixture
def scene(qtbot, qloop) -> Iterator[Scene]:
    window = QWidget()
    qtbot.addWidget(window)
    pane = CalendarPane(window)
    pane.resize(240, 300)
    tasks = TaskRunner()
    service: Any = Service()
    window.show()
    pane.show_calendars((MINE,), {CRM.id: CRM.title})
    yield Scene(service, pane, window, CalendarDesk(service, pane, tasks, window))
    qloop.run_until_complete(tasks.close())


async def test_a_right_click_opens_the_menu(scene: Scene):
    at = scene.pane.list.visualRect(scene.pane.list.calendars.index(1)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, QPoint(5, 5))

    QApplication.sendEvent(scene.pane.list.viewport(), event)

    await until(lambda: scene.sheet(QMenu) is not None)
    scene.sheet(QMenu).close()


async def test_a_calendar_gets_another_name_and_colour(qtbot, scene: Scene):
    scene.menu()["Name and colour…"].trigger()
    sheet = scene.sheet(CalendarSheet)
    assert (sheet.name.text(), sheet.color()) == ("Trips", MINE.color.lower())

    sheet.name.setText("Journeys")
    qtbot.mouseClick(sheet.save, Qt.MouseButton.LeftButton)

    await until(lambda: bool(scene.service.done))
    assert scene.service.done == [("change", "crm:41", "Journeys", MINE.color.lower())]
    await until(lambda: scene.sheet(CalendarSheet) is None)


async def test_a_failure_leaves_the_sheet_with_what_was_typed(qtbot, scene: Scene):
    scene.service.error = OfflineError()
    scene.menu()["New calendar…"].trigger()
    sheet = scene.sheet(CalendarSheet)
    assert not sheet.save.isEnabled()
    sheet.name.setText("Trips abroad")

    qtbot.keyClick(sheet.name, Qt.Key.Key_Return)

    await until(sheet.save.isEnabled)
    assert sheet.isVisible()
    assert sheet.name.text() == "Trips abroad"


async def test_deletion_says_what_goes_and_for_whom(qtbot, scene: Scene):
    scene.menu()["Delete calendar…"].trigger()
    await until(lambda: scene.sheet(CalendarDeletionSheet) is not None)
    sheet = scene.sheet(CalendarDeletionSheet)

    assert "12 events" in sheet.words.text()
    assert "everybody who is invited" in sheet.words.text()
    assert scene.service.done == []
    qtbot.mouseClick(sheet.delete, Qt.MouseButton.LeftButton)
    await until(lambda: scene.service.done == [("delete", "crm:41")])


@pytest.mark.parametrize(
    ("calendar", "reached", "reason"),
    [
        (MINE, False, "only while the server is reached"),
        (replace(MINE, changeable=False, external="google"), True, "Comes from Google"),
        (replace(MINE, changeable=False, kind=CalendarKind.GROUP), True, "changed in Bitrix24"),
        (replace(MINE, changeable=False, id=CalendarId("crm:calls")), True, "in Parley only"),
        (replace(MINE, changeable=False), True, "not change it"),
    ],
)
async def test_what_cannot_be_done_says_why(scene: Scene, calendar, reached, reason):
    scene.service.reached = reached

    menu = scene.menu(calendar)

    said = next(iter(menu))
    assert reason in said
    assert not menu[said].isEnabled()
    assert not menu["Name and colour…"].isEnabled()
    assert not menu["Delete calendar…"].isEnabled()
    assert menu["New calendar…"].isEnabled() is reached
