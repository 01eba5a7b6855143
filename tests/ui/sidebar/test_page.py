from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.timespan import DateSpan
from desktop.ui.feed import FeedSignals
from desktop.ui.sidebar.page import SidebarPage
from desktop.ui.tasks import TaskRunner
from tests.builders import MONDAY, MOSCOW, make_draft, make_span
from tests.services.house import LOCAL_CALENDAR, House, open_house
from tests.ui.waiting import until


def make_page(house: House, tasks: TaskRunner) -> SidebarPage:
    feed = FeedSignals(house.feed, tasks)
    return SidebarPage(house.schedule, house.accounts.all, tasks, feed, house.clock, MOSCOW, tasks)


def rows(page: SidebarPage) -> list[str]:
    model = page.calendars.list.calendars
    return [model.index(row).data() for row in range(model.rowCount())]


async def test_it_shows_the_calendars_of_every_account(tmp_path, qtbot):
    async with open_house(tmp_path) as house:
        tasks = TaskRunner()
        page = make_page(house, tasks)
        page.start()

        await until(lambda: bool(rows(page)))

        assert "This computer" in rows(page)
        assert "Home" in rows(page)
        await tasks.close()


async def test_the_words_of_an_empty_list_do_not_cut_the_month(tmp_path, qtbot):
    async with open_house(tmp_path) as house:
        tasks = TaskRunner()
        page = make_page(house, tasks)
        pane = QWidget()
        qtbot.addWidget(pane)
        column = QVBoxLayout(pane)
        column.addWidget(page.month)
        column.addWidget(page.calendars, 1)
        page.calendars.show_calendars((), {})
        pane.show()

        pane.resize(260, page.month.minimumSizeHint().height() + 100)

        assert page.month.height() >= page.month.minimumSizeHint().height()
        await tasks.close()


async def test_hiding_a_calendar_comes_back_as_a_change(tmp_path, qtbot):
    async with open_house(tmp_path) as house:
        tasks = TaskRunner()
        page = make_page(house, tasks)
        page.start()
        await until(lambda: bool(rows(page)))
        calendars = page.calendars.list

        row = rows(page).index("Home")
        calendars.toggle(calendars.calendars.index(row))

        def hidden() -> bool:
            shown = calendars.calendars.calendar(calendars.calendars.index(row))
            return shown is not None and not shown.visible

        await until(hidden)
        await tasks.close()


async def test_a_booked_day_becomes_bold(tmp_path, qtbot):
    async with open_house(tmp_path) as house:
        tasks = TaskRunner()
        page = make_page(house, tasks)
        page.start()
        draft = make_draft(
            "d", make_span(MONDAY), title="Demo", calendar_id=LOCAL_CALENDAR.id, contacts=()
        )
        await house.schedule.book(draft)

        await until(lambda: MONDAY in page.month._days.busy)
        await tasks.close()


async def test_today_follows_the_clock(tmp_path, qtbot):
    async with open_house(tmp_path) as house:
        tasks = TaskRunner()
        page = make_page(house, tasks)

        house.clock.forward(days=1)
        page._on_midnight()

        assert page.month._days.today == date(2026, 11, 17)
        await tasks.close()


async def test_turning_the_month_asks_for_its_days(tmp_path, qtbot):
    async with open_house(tmp_path) as house:
        tasks = TaskRunner()
        page = make_page(house, tasks)
        draft = make_draft(
            "d", make_span(date(2027, 3, 3)), title="Demo", calendar_id=LOCAL_CALENDAR.id
        )
        await house.schedule.book(draft)
        page.start()

        page.month.show_visible(DateSpan(date(2027, 3, 1), date(2027, 3, 8)))

        await until(lambda: date(2027, 3, 3) in page.month._days.busy)
        await tasks.close()


async def test_nothing_is_asked_before_the_start(tmp_path, qtbot):
    async with open_house(tmp_path) as house:
        tasks = TaskRunner()
        page = make_page(house, tasks)

        page.month.show_visible(DateSpan(date(2027, 3, 1), date(2027, 3, 8)))

        assert page._days is None
        await tasks.close()
