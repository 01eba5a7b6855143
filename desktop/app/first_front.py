"""The window and what the first paint shows. Everything else is built after it."""

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QStackedWidget

from desktop.app.ground import Ground
from desktop.app.settings import Settings
from desktop.app.window_preferences import WindowPreferences
from desktop.ui import theme
from desktop.ui.actions import Actions
from desktop.ui.calendar.page import CalendarPage
from desktop.ui.contacts.page import ContactsPage
from desktop.ui.feed import FeedSignals
from desktop.ui.main_window import MainWindow, Pages
from desktop.ui.sidebar.page import SidebarPage
from desktop.ui.sync.status import SyncStatusBar
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.side_pane import SidePane


@dataclass(frozen=True, slots=True)
class FirstFront:
    """The widgets that are there from the start."""

    tasks: TaskRunner
    feed: FeedSignals
    actions: Actions
    contacts: ContactsPage
    details: SidePane
    sidebar: SidebarPage
    calendar: CalendarPage
    centre: QStackedWidget
    """The calendar; before there is any account, the welcome."""
    status: SyncStatusBar
    window: MainWindow


def build_first_front(
    app: QApplication, ground: Ground, settings: Settings, preferences: WindowPreferences
) -> FirstFront:
    """The window with its pages, hidden and not connected yet."""
    theme.apply(app, preferences.now.theme)
    tasks = TaskRunner()
    feed = FeedSignals(ground.feed)
    clock, zone = ground.clock, settings.zone
    actions = Actions()
    contacts = ContactsPage(ground.contacts, tasks, feed, clock, zone)
    details = SidePane()
    sidebar = SidebarPage(ground.schedule, ground.accounts, tasks, feed, clock, zone)
    calendar = CalendarPage(
        ground.schedule,
        ground.drafts,
        ground.contacts,
        tasks,
        feed,
        clock,
        zone,
        work=preferences.now.work_hours,
    )
    centre = QStackedWidget()
    centre.addWidget(calendar)
    centre.setFocusProxy(calendar)
    status = SyncStatusBar(clock)
    pages = Pages(contacts, sidebar.month, sidebar.calendars, centre, details, status)
    window = MainWindow(actions, pages, preferences)
    for part in (tasks, feed, actions, sidebar):
        part.setParent(window)
    return FirstFront(
        tasks=tasks,
        feed=feed,
        actions=actions,
        contacts=contacts,
        details=details,
        sidebar=sidebar,
        calendar=calendar,
        centre=centre,
        status=status,
        window=window,
    )
