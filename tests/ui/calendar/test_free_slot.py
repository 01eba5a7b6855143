"""Alt+Down walks over the free hours of the real schedule, page by page."""

import asyncio
from collections.abc import Callable

from desktop.domain.timespan import TimeSpan
from desktop.ui.calendar.free_slot import SLOT_MIN, FreeSlotWalk
from desktop.ui.calendar.page import CalendarPage
from desktop.ui.feed import FeedSignals
from desktop.ui.tasks import TaskRunner
from tests.builders import MONDAY, MOSCOW, TUESDAY, make_draft, make_span
from tests.services.house import LOCAL_CALENDAR, open_house


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0)


async def test_each_press_goes_on_to_the_next_free_hour(qapp, tmp_path):
    async with open_house(tmp_path) as house:
        await house.schedule.book(
            make_draft(
                title="Demo",
                when=make_span(MONDAY, hours=(12, 17), zone=MOSCOW),
                calendar_id=LOCAL_CALENDAR.id,
            )
        )
        tasks = TaskRunner()
        page = CalendarPage(tasks, FeedSignals(house.feed), house.clock, MOSCOW)
        walk = FreeSlotWalk(page, house.schedule, tasks, house.clock, MOSCOW)
        found: list[TimeSpan] = []

        def here() -> TimeSpan | None:
            cursor = page.view.state.cursor
            when = None if cursor is None else cursor.when(MOSCOW, SLOT_MIN)
            return when if isinstance(when, TimeSpan) and when not in found else None

        for _ in range(2):
            walk.walk()
            await until(lambda: here() is not None)
            slot = here()
            assert slot is not None
            found.append(slot)
        page.view.choose_slot(None)
        house.clock.forward(hours=8)
        walk.walk()
        await until(lambda: here() is not None)
        tomorrow = here()
        await tasks.close()
        page.deleteLater()

    # It is 11:00 in Moscow, and the demo takes noon to five.
    assert found[0] == make_span(MONDAY, hours=(11, 12), zone=MOSCOW)
    assert found[1] == make_span(MONDAY, hours=(17, 18), zone=MOSCOW)
    assert tomorrow is not None
    assert tomorrow.start.date() == TUESDAY
