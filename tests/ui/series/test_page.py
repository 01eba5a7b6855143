"""Asking how far a change of one of a series reaches, and making it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton

from desktop.domain.errors import AppError, NotFoundError
from desktop.domain.event import EventKind
from desktop.domain.ids import EventId
from desktop.domain.reach import Reach
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import TimeSpan
from desktop.services.steps import RecordChange, StepCode
from desktop.ui.series.page import SeriesPage
from desktop.ui.tasks import TaskRunner
from tests.builders import FRIDAY, MONDAY, MOSCOW, TUESDAY, WEDNESDAY, make_event, make_span
from tests.services.house import LOCAL_CALENDAR, House, open_house
from tests.ui.children import child
from tests.ui.waiting import until

SERIES = EventId("series")
WEEK = TimeSpan(make_span(MONDAY, hours=(0, 1)).start, make_span(FRIDAY, hours=(23, 24)).end)
WEDNESDAY_AT_TEN = make_span(WEDNESDAY).start
AT_THREE = make_span(WEDNESDAY, hours=(15, 16))


@dataclass
class Scene:
    """A page over a daily stand-up, and what it told."""

    house: House
    page: SeriesPage
    done: list[tuple[str, str]]
    deleted: list[EventId]
    cancelled: list[bool]
    failed: list[AppError]

    async def asked(self) -> None:
        await until(self.page.sheet.isVisible)

    async def week(self) -> list[str]:
        entries = await self.house.schedule.entries(WEEK)
        return [f"{one.when.in_zone(UTC).start:%a %H}" for one in entries]


@asynccontextmanager
async def scene(folder: Path) -> AsyncIterator[Scene]:
    async with open_house(folder) as house:
        event = make_event(
            SERIES,
            "Stand-up",
            account="home",
            calendar=LOCAL_CALENDAR.id,
            kind=EventKind.EVENT,
            recurrence=RecurrenceRule(Frequency.DAILY, count=5),
        )
        change = RecordChange(event.account_id, event.id, None, event)
        await house.undo.perform(StepCode.BOOKED, "Stand-up", (change,))
        tasks = TaskRunner()
        page = SeriesPage(house.series, house.schedule, tasks, house.clock, MOSCOW)
        told = Scene(house, page, [], [], [], [])
        page.done.connect(lambda code, title: told.done.append((code, title)))
        page.deleted.connect(told.deleted.append)
        page.cancelled.connect(lambda: told.cancelled.append(True))
        page.failed.connect(told.failed.append)
        yield told
        page.sheet.close()
        page.sheet.deleteLater()
        await tasks.close()


async def test_a_move_is_made_as_far_as_was_answered(tmp_path, qapp):
    async with scene(tmp_path) as told:
        told.page.move(SERIES, WEDNESDAY_AT_TEN, AT_THREE, "Stand-up")
        await told.asked()
        child(told.page.sheet, QRadioButton, "reachFollowing").click()
        told.page.sheet.go.click()
        await until(lambda: bool(told.done))

        assert told.done == [("moved", "Stand-up")]
        assert await told.week() == ["Mon 10", "Tue 10", "Wed 15", "Thu 15", "Fri 15"]


async def test_escape_changes_nothing_and_says_so(tmp_path, qapp):
    async with scene(tmp_path) as told:
        told.page.move(SERIES, WEDNESDAY_AT_TEN, AT_THREE, "Stand-up")
        await told.asked()
        QTest.keyClick(told.page.sheet, Qt.Key.Key_Escape)

        assert (told.cancelled, told.done) == ([True], [])
        assert (await told.week())[2] == "Wed 10"


async def test_a_deletion_tells_what_is_gone(tmp_path, qapp):
    async with scene(tmp_path) as told:
        told.page.delete(SERIES, WEDNESDAY_AT_TEN, "Stand-up")
        await told.asked()
        told.page.sheet.go.click()
        await until(lambda: bool(told.deleted))

        assert (told.done, told.deleted) == ([("deleted", "Stand-up")], [SERIES])
        assert await told.week() == ["Mon 10", "Tue 10", "Thu 10", "Fri 10"]


async def test_what_was_changed_alone_moves_without_a_question(tmp_path, qapp):
    async with scene(tmp_path) as told:
        alone = await told.house.series.move(SERIES, WEDNESDAY_AT_TEN, AT_THREE, Reach.THIS)

        told.page.move(alone, None, make_span(TUESDAY, hours=(18, 19)), "Stand-up")
        await until(lambda: bool(told.done))

        assert not told.page.sheet.isVisible()
        assert await told.week() == ["Mon 10", "Tue 10", "Tue 18", "Thu 10", "Fri 10"]


async def test_what_is_gone_meanwhile_is_a_failure_that_is_told(tmp_path, qapp):
    async with scene(tmp_path) as told:
        told.page.delete(EventId("gone"), WEDNESDAY_AT_TEN, "Stand-up")
        await until(lambda: bool(told.failed))

        assert isinstance(told.failed[0], NotFoundError)


async def test_a_second_wish_waits_for_the_first_answer(tmp_path, qapp):
    async with scene(tmp_path) as told:
        told.page.delete(SERIES, WEDNESDAY_AT_TEN, "Stand-up")
        await told.asked()

        told.page.move(SERIES, WEDNESDAY_AT_TEN, AT_THREE, "Stand-up")

        assert told.cancelled == [True]
        assert told.page.sheet.isVisible()
