"""The window's pages, all of them: those of the first paint, and those that a click brings."""

from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from desktop.app.backend import Backend
from desktop.app.first_look import FirstLook
from desktop.app.inside import Inside
from desktop.app.settings import Settings
from desktop.ui.actions import Actions
from desktop.ui.calendar.deeds import CalendarDeeds
from desktop.ui.calendar.page import CalendarPage
from desktop.ui.contacts.card_page import ContactCardPage
from desktop.ui.contacts.dossier_desk import CrmParts
from desktop.ui.contacts.page import ContactsPage
from desktop.ui.details.page import EventDetailsPage
from desktop.ui.details.snapshot import DetailsReader
from desktop.ui.feed import FeedSignals
from desktop.ui.history import HistoryPage
from desktop.ui.main_window import MainWindow
from desktop.ui.sidebar.page import SidebarPage
from desktop.ui.sync.status import SyncStatusBar
from desktop.ui.tab_order import follow
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.side_pane import SidePane


@dataclass(frozen=True, slots=True)
class Front:
    """Everything that stands in the window."""

    tasks: TaskRunner
    feed: FeedSignals
    actions: Actions
    contacts: ContactsPage
    card: ContactCardPage
    event: EventDetailsPage
    details: SidePane
    sidebar: SidebarPage
    calendar: CalendarPage
    deeds: CalendarDeeds
    centre: QStackedWidget
    status: SyncStatusBar
    history: HistoryPage
    window: MainWindow


def build_front(look: FirstLook, inside: Inside, backend: Backend, settings: Settings) -> Front:
    """The pane's pages join those of the first paint; not connected yet."""
    tasks, feed, details, window = look.tasks, look.feed, inside.details, look.window
    clock, zone = backend.clock, settings.zone
    crm = CrmParts(backend.dossiers, backend.comments)
    card = ContactCardPage(backend.contacts, tasks, feed, clock, zone, details, crm=crm)
    reader = DetailsReader(
        backend.schedule,
        backend.contacts,
        backend.accounts,
        backend.local_times,
        backend.links.of_event,
        clock,
    )
    event = EventDetailsPage(reader, tasks, feed, clock, zone, details)
    details.add_page(card)
    details.add_page(event)
    follow(inside.status, details)  # the pages came later, and stand before it
    follow(window.toast, inside.status)
    actions = (look.actions.undo, look.actions.redo)
    history = HistoryPage(backend.undo, actions, window.toast, window.notices, tasks, feed)
    return Front(
        tasks=tasks,
        feed=feed,
        actions=look.actions,
        contacts=inside.contacts,
        card=card,
        event=event,
        details=details,
        sidebar=inside.sidebar,
        calendar=look.calendar,
        deeds=inside.deeds,
        centre=look.centre,
        status=inside.status,
        history=history,
        window=window,
    )
