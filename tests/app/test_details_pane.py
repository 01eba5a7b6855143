"""The pane beside the calendar in the whole program: events, people, the way back, Escape."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from desktop.app import Application, create
from desktop.domain.contact import Contact
from desktop.domain.ids import EventId
from desktop.services import secrets
from desktop.ui.calendar.week_view import WeekView
from tests.app.drawer import Drawer
from tests.builders import MONDAY, make_contact, make_span
from tests.ui.children import child
from tests.ui.waiting import until

pytestmark = pytest.mark.timeout(60)
NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
KEY = Qt.Key


@dataclass
class Desk:
    application: Application
    alex: Contact
    demo: EventId
    lunch: EventId

    @property
    def view(self) -> WeekView:
        return child(self.application.window, WeekView, "calendarView")

    def part(self, name: str) -> QWidget:
        return child(self.application.window, QWidget, name)

    async def select(self, event_id: EventId) -> None:
        self.view.setFocus()
        self.view.select(event_id)
        page = self.application._running.front.event
        await until(lambda: (d := page.details()) is not None and d.event.id == event_id)
        await until(self.part("eventDetails").isVisible)

    def press(self, key: Qt.Key, on: QWidget | None = None) -> None:
        QTest.keyClick(on or self.application.window.focusWidget(), key)


@asynccontextmanager
async def desk(profile: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    drawer = Drawer()
    monkeypatch.setattr(secrets, "_first_usable", lambda: drawer)
    application = create(profile, offline=True, clock=lambda: NOW)
    window = application.window
    window.resize(1280, 900)
    window.show()
    window.activateWindow()
    await application.start()
    backend, zone = application._running.backend, application._settings.zone
    account = await backend.accounts.add_local(title="Mine")
    alex = make_contact("alex", "Alex Vronsky", account=account.id, phone="+49 30 1001020")
    await backend.contacts.save(alex, new=True)
    booked = []
    for title, hours, contact in (("Demo", (10, 11), alex.id), ("Lunch", (12, 13), None)):
        when = make_span(MONDAY, hours=hours, zone=zone)
        draft = await backend.drafts.new(contact=contact, when=when, title=title)
        booked.append(await backend.schedule.book(draft))
    view = child(window, WeekView, "calendarView")
    await until(lambda: len(view.state.entries) == 2)
    try:
        yield Desk(application, alex, *booked)
    finally:
        await application.close()


async def test_what_is_selected_is_shown_and_nothing_closes_the_pane(qapp, tmp_path, monkeypatch):
    async with desk(tmp_path, monkeypatch) as here:
        await here.select(here.demo)
        assert not here.part("contactCard").isVisible()
        await here.select(here.lunch)

        here.press(KEY.Key_Escape, here.view)

        assert not here.part("sidePane").isVisible()


async def test_escape_in_the_details_goes_back_to_the_grid(qapp, tmp_path, monkeypatch):
    async with desk(tmp_path, monkeypatch) as here:
        await here.select(here.demo)
        edit = child(here.application.window, QPushButton, "eventDetailsEdit")
        edit.setFocus()
        here.press(KEY.Key_Escape, edit)

        assert here.application.window.focusWidget() is here.view
        assert here.view.state.selected is not None
        assert here.part("eventDetails").isVisible()


async def test_a_person_is_shown_with_a_way_back(qapp, tmp_path, monkeypatch):
    async with desk(tmp_path, monkeypatch) as here:
        await here.select(here.demo)
        chip = next(
            one
            for one in here.part("eventDetails").findChildren(QPushButton)
            if one.property("kind") == "chip"
        )
        chip.click()
        await until(here.part("contactCard").isVisible)
        here.view.select(None)
        assert here.part("contactCard").isVisible()

        back = child(here.application.window, QPushButton, "sidePaneBack")
        assert back.accessibleName() == "Back to Demo"
        back.click()
        assert here.part("eventDetails").isVisible()


async def test_escape_closes_a_contacts_card(qapp, tmp_path, monkeypatch):
    async with desk(tmp_path, monkeypatch) as here:
        here.application._running.wiring.open_contact(here.alex.id)
        button = child(here.application.window, QPushButton, "scheduleMeetingButton")
        await until(button.isVisible)
        here.press(KEY.Key_Escape, button)
        assert not here.part("sidePane").isVisible()

        here.application._running.wiring.open_contact(here.alex.id)
        here.view.setFocus()
        here.press(KEY.Key_Escape, here.view)
        assert not here.part("sidePane").isVisible()


async def test_m_books_with_whom_the_shown_event_is(qapp, tmp_path, monkeypatch):
    async with desk(tmp_path, monkeypatch) as here:
        await here.select(here.demo)
        QTest.keyClicks(here.view, "m")
        meeting = here.application._running.back._back.meeting
        await until(lambda: meeting.is_open)

        title = child(meeting.dialog, QLineEdit, "meetingTitle")
        assert title.text() == "Meeting with Alex Vronsky"


async def test_a_copy_is_selected_and_shown(qapp, tmp_path, monkeypatch):
    async with desk(tmp_path, monkeypatch) as here:
        await here.select(here.lunch)
        child(here.application.window, QPushButton, "eventDetailsDuplicate").click()
        page = here.application._running.front.event
        await until(lambda: (d := page.details()) is not None and d.event.id != here.lunch)

        assert page.title() == "Lunch"
        assert len(here.view.state.entries) == 3


async def test_deleting_there_gives_the_keys_back_to_the_grid(qapp, tmp_path, monkeypatch):
    async with desk(tmp_path, monkeypatch) as here:
        await here.select(here.lunch)
        child(here.application.window, QPushButton, "eventDetailsDelete").click()
        await until(lambda: not here.part("sidePane").isVisible())

        assert here.application.window.focusWidget() is here.view
        await until(lambda: len(here.view.state.entries) == 1)
        assert here.part("undoToast").isVisible()


async def test_a_press_selects_now_and_opens_the_pane_when_it_is_over(qapp, tmp_path, monkeypatch):
    async with desk(tmp_path, monkeypatch) as here:
        viewport = here.view.viewport()
        width = viewport.width()
        held = [Qt.MouseButton.LeftButton]
        monkeypatch.setattr(QApplication, "mouseButtons", lambda: held[0])
        monkeypatch.setattr("PySide6.QtGui.QGuiApplication.mouseButtons", lambda: held[0])
        at = here.view.event_rect(here.demo).center()
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at)
        assert here.view.state.selected is not None
        assert viewport.width() == width

        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at)
        held[0] = Qt.MouseButton.NoButton
        await until(here.part("eventDetails").isVisible)
