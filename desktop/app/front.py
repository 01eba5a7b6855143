"""The window and what the first paint shows. Everything else is built after it."""

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QStackedWidget

from desktop.app.backend import Backend
from desktop.app.settings import Settings
from desktop.app.window_preferences import WindowPreferences
from desktop.ui import theme
from desktop.ui.actions import Actions
from desktop.ui.calendar.page import CalendarPage
from desktop.ui.contacts.card_page import ContactCardPage
from desktop.ui.contacts.page import ContactsPage
from desktop.ui.details.page import EventDetailsPage
from desktop.ui.details.snapshot import DetailsReader
from desktop.ui.feed import FeedSignals
from desktop.ui.history import HistoryPage
from desktop.ui.main_window import MainWindow, Pages
from desktop.ui.sidebar.page import SidebarPage
from desktop.ui.sync.status import SyncStatusBar
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.side_pane import SidePane


@dataclass(frozen=True, slots=True)
class Front:
    """The widgets that are there from the start."""

    tasks: TaskRunner
    feed: FeedSignals
    actions: Actions
    contacts: ContactsPage
    card: ContactCardPage
    event: EventDetailsPage
    details: SidePane
    sidebar: SidebarPage
    calendar: CalendarPage
    centre: QStackedWidget
    """The calendar; before there is any account, the welcome."""
    status: SyncStatusBar
    history: HistoryPage
    window: MainWindow


def build_front(
    app: QApplication, backend: Backend, settings: Settings, preferences: WindowPreferences
) -> Front:
    """The window with its pages, hidden and not connected yet."""
    theme.apply(app, preferences.now.theme)
    tasks = TaskRunner()
    feed = FeedSignals(backend.feed)
    clock, zone = backend.clock, settings.zone
    actions = Actions()
    contacts = ContactsPage(backend.contacts, tasks, feed, clock, zone)
    details = SidePane()
    card = ContactCardPage(backend.contacts, tasks, feed, clock, zone, details)
    reader = DetailsReader(
        backend.schedule, backend.contacts, backend.accounts, backend.local_times
    )
    event = EventDetailsPage(reader, tasks, feed, clock, zone, details)
    details.add_page(card)
    details.add_page(event)
    sidebar = SidebarPage(backend.schedule, backend.accounts.all, tasks, feed, clock, zone)
    calendar = CalendarPage(
        backend.schedule,
        backend.drafts,
        backend.contacts,
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
    tasks.setParent(window)
    feed.setParent(window)
    actions.setParent(window)
    sidebar.setParent(window)
    history = HistoryPage(
        backend.undo, (actions.undo, actions.redo), window.toast, window.notices, tasks, feed
    )
    return Front(
        tasks,
        feed,
        actions,
        contacts,
        card,
        event,
        details,
        sidebar,
        calendar,
        centre,
        status,
        history,
        window,
    )
