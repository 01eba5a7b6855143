"""What fills the window after its first paint: the pages, and the services that they read."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt

from desktop.app.first_look import FirstLook
from desktop.app.ground import Ground, build_ground
from desktop.app.settings import Settings
from desktop.app.window_preferences import WindowPreferences
from desktop.ui.calendar.deeds import CalendarDeeds
from desktop.ui.contacts.page import ContactsPage
from desktop.ui.main_window import Pages
from desktop.ui.sidebar.page import SidebarPage
from desktop.ui.sync.status import SyncStatusBar
from desktop.ui.widgets.side_pane import SidePane

PATIENCE_S = 1.0
"""What is loaded next would only take its time from what is waited for."""


@dataclass(frozen=True, slots=True)
class Inside:
    """Everything that can be seen without a click."""

    ground: Ground
    contacts: ContactsPage
    details: SidePane
    sidebar: SidebarPage
    deeds: CalendarDeeds
    status: SyncStatusBar
    wiring: QObject

    async def start(self) -> None:
        """Read what is shown, as soon as the files are open; wait a while until it is there."""
        people, calendars = asyncio.Event(), asyncio.Event()
        self.contacts.answered.connect(people.set)
        self.sidebar.accounts_shown.connect(calendars.set)
        self.contacts.start()
        self.sidebar.start()
        self.deeds.start()
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                await people.wait()
                await calendars.wait()
        self.contacts.answered.disconnect(people.set)
        self.sidebar.accounts_shown.disconnect(calendars.set)


def build_inside(look: FirstLook, settings: Settings, preferences: WindowPreferences) -> Inside:
    """The pages in their places, connected with each other; nothing is asked of the files yet."""
    ground = build_ground(look, settings, preferences)
    tasks, feed, clock, zone = look.tasks, look.feed, look.clock, settings.zone
    typing = look.search.hasFocus()
    contacts = ContactsPage(ground.contacts, tasks, feed, clock, zone, field=look.search)
    sidebar = SidebarPage(ground.schedule, ground.accounts, tasks, feed, clock, zone)
    sidebar.month.set_first_weekday(preferences.now.week_start)
    details, status = SidePane(), SyncStatusBar(clock)
    look.window.fill(Pages(contacts, sidebar.month, sidebar.calendars, details, status))
    sidebar.setParent(look.window)
    if typing:
        look.search.setFocus(Qt.FocusReason.OtherFocusReason)
    deeds = CalendarDeeds(
        look.calendar, ground.schedule, ground.drafts, ground.contacts, tasks, feed
    )
    return Inside(
        ground=ground,
        contacts=contacts,
        details=details,
        sidebar=sidebar,
        deeds=deeds,
        status=status,
        wiring=InsideWiring(look, contacts, sidebar, status),
    )


class InsideWiring(QObject):
    """Connects the calendar with the month beside it, and the pages with their commands."""

    def __init__(
        self,
        look: FirstLook,
        contacts: ContactsPage,
        sidebar: SidebarPage,
        status: SyncStatusBar,
    ) -> None:
        super().__init__(look.window)
        calendar = look.calendar
        calendar.days_changed.connect(sidebar.show_visible)
        sidebar.day_chosen.connect(calendar.go_to)
        calendar.set_day_finder(sidebar.month.day_at_global)
        look.actions.find_contact.triggered.connect(contacts.focus_search)
        sidebar.accounts_shown.connect(status.show_accounts)
        sidebar.accounts_shown.connect(contacts.filter.show_accounts)
        state = calendar.view.state
        sidebar.show_visible(state.first, state.count)
