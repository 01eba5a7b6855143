"""The names that stay: whatever drives Parley from outside finds its parts by them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import Application, create
from desktop.domain.timespan import TimeSpan
from desktop.services import secrets
from desktop.ui.calendar.week_view import WeekView
from tests.app.drawer import Drawer
from tests.builders import MONDAY, make_days, make_span
from tests.ui.children import child
from tests.ui.waiting import until

pytestmark = pytest.mark.timeout(60)

WINDOW = (
    "contactSearchField", "contactList", "contactCard", "scheduleMeetingButton", "calendarView",
    "miniMonth", "calendarList", "undoToast", "syncStatus", "attentionPanel", "outboxView",
    "eventDetails",
)  # fmt: skip
ACTIONS = (
    "viewDayAction", "viewWorkWeekAction", "viewWeekAction", "viewMonthAction", "viewAgendaAction",
    "todayAction", "previousAction", "nextAction", "newMeetingAction", "syncNowAction",
    "settingsAction", "undoAction", "redoAction",
)  # fmt: skip
LATER_ACTIONS = ("viewMonthAction", "viewAgendaAction", "settingsAction")
POPOVER = (
    "eventPopover",
    "popoverTitle",
    "popoverContact",
    "popoverSaveButton",
    "popoverMoreButton",
)
WELCOME = (
    "welcomeWizard", "addBitrix24Button", "addLocalButton", "webhookUrlField",
    "accountTestButton", "accountMessage", "accountFinishButton", "sampleDataCheck",
)  # fmt: skip
MEETING = (
    "meetingDialog", "meetingKind", "meetingTitle", "meetingContacts", "meetingStartDate",
    "meetingStartTime", "meetingEndDate", "meetingEndTime", "meetingAllDay", "meetingTimeZone",
    "meetingLocation", "meetingDescription", "meetingReminder", "meetingPriority",
    "meetingResponsible", "meetingCalendar", "meetingMore", "meetingDayStrip",
    "meetingConflictBanner", "meetingMessage", "meetingSaveButton", "meetingCancelButton",
)  # fmt: skip
NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)


@asynccontextmanager
async def program(profile: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Application]:
    """The program with an account on this computer, on a Monday morning."""
    drawer = Drawer()
    monkeypatch.setattr(secrets, "_first_usable", lambda: drawer)
    application = create(profile, offline=True, clock=lambda: NOW)
    application.window.resize(1280, 900)
    application.window.show()
    await application.start()
    try:
        yield application
    finally:
        await application.close()


def named(name: str) -> list[QWidget]:
    """The widgets of this name, shown or not."""
    return [one for one in QApplication.allWidgets() if one.objectName() == name]


def missing(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if not named(name)]


async def test_every_part_of_the_window_has_its_name(qapp, tmp_path, monkeypatch):
    async with program(tmp_path, monkeypatch) as application:
        assert application.window.objectName() == "mainWindow"
        assert missing(WINDOW) == []


async def test_every_action_has_its_name_and_later_ones_are_hidden(qapp, tmp_path, monkeypatch):
    async with program(tmp_path, monkeypatch) as application:
        actions = {name: child(application.window, QAction, name) for name in ACTIONS}
        hidden = tuple(name for name, action in actions.items() if not action.isVisible())

        assert hidden == LATER_ACTIONS


async def test_the_welcome_and_its_pages_have_their_names(qapp, tmp_path, monkeypatch):
    async with program(tmp_path, monkeypatch):
        async with asyncio.timeout(10):
            while missing(WELCOME[:1]):  # the accounts are being read
                await asyncio.sleep(0.01)

        assert missing(WELCOME) == []


async def test_the_dialog_and_the_popover_have_their_names(qapp, tmp_path, monkeypatch):
    async with program(tmp_path, monkeypatch) as application:
        await application._running.backend.accounts.add_local(title="Mine")
        draft = await application._running.backend.drafts.new()
        application._running.front.deeds.desk.begin(make_span(MONDAY, hours=(12, 13)))
        await until(lambda: bool(named("eventPopover")))
        assert missing(POPOVER) == []

        application._running.back._back.meeting.open_new(draft)
        await until(lambda: any(one.isVisible() for one in named("meetingDialog")))
        assert [n for n in MEETING if not named(n) and not _objects(application, n)] == []


def _objects(application: Application, name: str) -> list[QObject]:
    return application.window.findChildren(QObject, name)


async def test_the_calendar_tells_where_events_and_times_are_drawn(qapp, tmp_path, monkeypatch):
    async with program(tmp_path, monkeypatch) as application:
        account = await application._running.backend.accounts.add_local(title="Mine")
        schedule = application._running.backend.schedule
        (calendar,) = await schedule.calendars()
        assert calendar.account_id == account.id
        when = make_span(MONDAY, hours=(10, 11), zone=application._settings.zone)
        draft = await application._running.backend.drafts.new(when=when, title="Demo")
        event_id = await schedule.book(draft)
        view = child(application.window, WeekView, "calendarView")
        await until(lambda: not view.event_rect(event_id).isNull())

        event, span = view.event_rect(event_id), view.rect_of(when)
        hour = view.rect_of(TimeSpan(when.start, when.end))
        assert isinstance(event, QRect)
        assert view.viewport().rect().contains(event)
        assert span == hour
        assert span.contains(event.center())
        assert abs(span.top() - event.top()) <= 2
        assert view.rect_of(make_days(MONDAY)).bottom() <= span.top()

        application._running.front.calendar.next()
        assert view.event_rect(event_id).isNull()
        assert view.rect_of(when).isNull()
