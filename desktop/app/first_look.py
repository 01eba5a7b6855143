"""The window as the first paint shows it: the week, and places for everything else."""

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QStackedWidget

from desktop.app.settings import Settings
from desktop.app.window_preferences import WindowPreferences
from desktop.services.changes import ChangeFeed
from desktop.services.sync.clock import SteadyClock
from desktop.ui import theme
from desktop.ui.actions import Actions
from desktop.ui.calendar.page import CalendarPage
from desktop.ui.contacts.query_field import QueryField
from desktop.ui.feed import FeedSignals
from desktop.ui.main_window import MainWindow
from desktop.ui.tasks import TaskRunner


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What is there from the start."""

    clock: SteadyClock
    changes: ChangeFeed
    feed: FeedSignals
    tasks: TaskRunner
    actions: Actions
    search: QueryField
    calendar: CalendarPage
    centre: QStackedWidget
    """The calendar; before there is any account, the welcome."""
    window: MainWindow


def build_first_look(
    app: QApplication, settings: Settings, preferences: WindowPreferences
) -> FirstLook:
    """The window, hidden and not connected yet."""
    theme.apply(app, preferences.now.theme)
    clock, changes = SteadyClock(settings.clock), ChangeFeed()
    feed = FeedSignals(changes)
    tasks = TaskRunner()
    actions = Actions()
    search = QueryField()
    chosen = preferences.now
    calendar = CalendarPage(
        tasks,
        feed,
        clock,
        settings.zone,
        work=chosen.work_hours,
        first_weekday=chosen.week_start or None,
    )
    centre = QStackedWidget()
    centre.addWidget(calendar)
    centre.setFocusProxy(calendar)
    window = MainWindow(actions, search, centre, preferences)
    for part in (tasks, feed, actions):
        part.setParent(window)
    return FirstLook(
        clock=clock,
        changes=changes,
        feed=feed,
        tasks=tasks,
        actions=actions,
        search=search,
        calendar=calendar,
        centre=centre,
        window=window,
    )
