"""The dialog over a real profile: two accounts, a few people, a Thursday with some events."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop.domain.account import Account, Capabilities
from desktop.domain.contact import Contact
from desktop.domain.crm import Block, Deal
from desktop.domain.event import CalendarEntry, Event
from desktop.domain.ids import ContactId, EventId, UserId
from desktop.domain.meeting import MeetingDraft
from desktop.domain.phones import origin_of
from desktop.domain.timespan import TimeSpan, When
from desktop.services.availability import AvailabilityService, BusyReader
from desktop.services.dossiers import DossierService, Reads
from desktop.services.local_times import LocalTimes
from desktop.store.cache import CacheTables
from desktop.store.dossier_blocks import Deals, put_block
from desktop.ui import theme
from desktop.ui.feed import FeedSignals
from desktop.ui.meeting.dialog import MeetingDialog
from desktop.ui.meeting.page import MeetingPage
from desktop.ui.meeting.parts import FormParts
from desktop.ui.preferences import MemoryPreferences
from desktop.ui.tasks import TaskRunner
from tests.builders import (
    MOSCOW,
    NOW,
    THURSDAY,
    make_account,
    make_calendar,
    make_contact,
    make_event,
    make_remote,
    make_span,
    make_user,
)
from tests.services.house import House, open_house
from tests.ui.children import child
from tests.ui.waiting import until

W = TypeVar("W", bound=QWidget)

CRM = make_account("a1", capabilities=Capabilities(responsible=True), user_name="Anna Titova")
CLIENTS = make_calendar("a1:cal", "Clients", color="#15803D")
COMPANY = make_calendar("a1:ro", "Company", color="#B45309", writable=False)
ALEX = make_contact("c1", "Alex Vronsky", phone="+49 30 100 10 20", company="Acme")
ANNA = make_contact("c2", "Anna Vronskaya", email="anna@example.com")
SILENT = make_contact("c3", "Pyotr Silent")
LENA = make_contact("c4", "Lena Vrona", phone="+7 916 1234567", responsible=UserId("a1:8"))
PEOPLE = (ALEX, ANNA, SILENT, LENA)


def at(start: float, end: float) -> TimeSpan:
    """Hours of Thursday on the user's clock."""
    return make_span(THURSDAY, hours=(start, end), zone=MOSCOW)


STAND_UP = make_event("e1", "Stand-up", at(9, 9.75), time_zone="Europe/Moscow")
FORECAST = make_event(
    "e2", "Quarter forecast", at(15.5, 17), time_zone="Europe/Moscow", location="Room 4"
)
BOARD = make_event(
    "e3", "Board", at(20, 21), calendar="a1:ro", read_only=True, time_zone="Europe/Moscow"
)


@dataclass
class Desk:
    """A page with its house, and what it told."""

    house: House
    page: MeetingPage
    preferences: MemoryPreferences
    booked: list[EventId]
    deleted: list[EventId]
    closed: list[bool]
    errors: list[BaseException]

    @property
    def dialog(self) -> MeetingDialog:
        return self.page.dialog

    @property
    def draft(self) -> MeetingDraft:
        return self.page.editor.draft

    def find(self, kind: type[W], name: str) -> W:
        """The widget that has this name."""
        return child(self.dialog, kind, name)

    def line(self, name: str) -> QLineEdit:
        return self.find(QLineEdit, name)

    def write(self, name: str, text: str) -> None:
        """Type into a field in place of what is there, and leave it by Tab."""
        line = self.line(name)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Tab)

    def press(self, name: str) -> None:
        QTest.mouseClick(self.find(QWidget, name), Qt.MouseButton.LeftButton)

    def save_by_keys(self) -> None:
        """Ctrl+Enter wherever the focus is."""
        focus = self.dialog.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    async def open_new(self, when: When | None = None, contact: Contact | None = None) -> None:
        draft = await self.house.drafts.new(
            contact=None if contact is None else contact.id, when=when or at(11, 12)
        )
        await self.open_draft(draft)

    async def open_draft(self, draft: MeetingDraft) -> None:
        self.page.open_new(draft)
        await until(lambda: self.page.is_open)
        await self.settle()

    async def open_event(self, event_id: str) -> None:
        self.page.open_event(EventId(event_id))
        await until(lambda: self.page.is_open)
        await self.settle()

    async def settle(self) -> None:
        """Until every question that is under way is answered, and the answer is shown."""
        await asyncio.sleep(0)  # an answer is shown right after its task has ended
        while asked := [task for task in self.page.questions() if task and not task.done()]:
            await asyncio.wait(asked)
            await asyncio.sleep(0)

    async def event(self, event_id: EventId) -> Event:
        entry: CalendarEntry = await self.house.schedule.entry(event_id)
        return entry.event

    async def kept(self) -> tuple[MeetingDraft, ...]:
        """The drafts in the store."""
        return await self.house.drafts.open_drafts()


class Opener:
    """Opens a desk in the test's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @asynccontextmanager
    async def __call__(
        self,
        *,
        account: Account = CRM,
        people: Sequence[Contact] = PEOPLE,
        events: Sequence[Event] = (STAND_UP, FORECAST, BOARD),
        session_only: bool = False,
        clock: Callable[[], datetime] | None = None,
        preferences: MemoryPreferences | None = None,
        deals: Mapping[str, Sequence[Deal]] | None = None,
        reader: Reads | None = None,
        busy: BusyReader | None = None,
    ) -> AsyncIterator[Desk]:
        async with open_house(self._folder) as house:
            await house.add(account, CLIENTS, COMPANY)
            users = (make_user("a1:7", "Anna Titova"), make_user("a1:8", "Boris Orlov"))
            records = [make_remote(event, event.id) for event in events]
            await house.files.cache.write(lambda cache: cache.users.replace(account.id, users))
            await house.files.cache.write(lambda cache: cache.contacts.upsert(people))
            await house.files.cache.write(lambda cache: cache.events.upsert_records(records))
            for contact, known in (deals or {}).items():
                await house.files.cache.write(
                    partial(_know_deals, contact=ContactId(contact), deals=tuple(known))
                )
            tasks, feed, window = TaskRunner(), FeedSignals(house.feed), QWidget()
            errors: list[BaseException] = []
            tasks.failed.connect(errors.append)
            window.resize(1280, 800)
            window.show()
            preferences = preferences or MemoryPreferences()
            parts = FormParts(
                schedule=house.schedule,
                series=house.series,
                contacts=house.contacts,
                drafts=house.drafts,
                accounts=house.accounts,
                tasks=tasks,
                clock=clock or house.clock,
                zone=MOSCOW,
                preferences=preferences,
                local_time=LocalTimes(house.feed, origin_of),
                dossiers=DossierService(house.files, house.feed, lambda _account: reader),
                availability=AvailabilityService(house.files, lambda _account: busy, house.clock),
                session_only=session_only,
            )
            page = MeetingPage(parts, feed, window)
            desk = Desk(house, page, preferences, [], [], [], errors)
            page.booked.connect(desk.booked.append)
            page.deleted.connect(desk.deleted.append)
            page.closed.connect(lambda: desk.closed.append(True))
            try:
                yield desk
                assert not errors, errors
            finally:
                await page.end()
                await tasks.close()
                feed.close()
                window.close()
                window.deleteLater()


def _know_deals(cache: CacheTables, contact: ContactId, deals: tuple[Deal, ...]) -> None:
    put_block(cache.dossiers, contact, CRM.id, Block.DEALS, Deals(deals), NOW)


@pytest.fixture
def open_desk(qapp: QApplication, tmp_path: Path) -> Opener:
    """Opens a desk: ``async with open_desk() as desk``."""
    theme.apply(qapp, "light")
    return Opener(tmp_path / "profile")


def middle_of(widget: QWidget) -> QPoint:
    return widget.rect().center()


def without(account: Account, **missing: object) -> Account:
    """The account of a system that can do less."""
    return replace(account, capabilities=replace(account.capabilities, **missing))  # type: ignore[arg-type]


def contact_id(value: str) -> ContactId:
    return ContactId(value)
