"""Which signal of one page is what another page does."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from desktop.app.backend import Backend
from desktop.app.front import Front
from desktop.domain.event import CalendarEntry
from desktop.domain.ids import ContactId, EventId
from desktop.ui.calendar.page import OriginalStart
from desktop.ui.details.following import SelectionFollower


class FrontWiring(QObject):
    """Connects the pages of the window with each other and with the services."""

    def __init__(self, front: Front, backend: Backend) -> None:
        super().__init__(front.window)
        self._front = front
        self._backend = backend
        self._connect_contacts()
        self._connect_details()
        self._connect_sync()

    def _connect_contacts(self) -> None:
        front = self._front
        front.contacts.contact_opened.connect(self.open_contact)
        front.card.gone.connect(front.details.clear)
        front.card.shown.connect(self._on_card_shown)
        front.details.emptied.connect(self._on_card_gone)
        front.card.event_activated.connect(self._on_entry_wanted)

    def _connect_details(self) -> None:
        front = self._front
        self._follower = SelectionFollower(front.details, front.event)
        front.calendar.event_selected.connect(self._follower.follow)
        front.event.ready.connect(self._on_event_shown)
        front.event.contact_requested.connect(self._on_person_wanted)
        front.event.outbox_requested.connect(front.actions.show_outbox.trigger)
        front.event.duplicated.connect(self._on_duplicated)
        for left in (front.event.close_requested, front.event.deleted):
            left.connect(self._on_event_left)
        front.details.left.connect(self._on_pane_left)

    def _connect_sync(self) -> None:
        front = self._front
        front.actions.sync_now.triggered.connect(self._backend.supervisor.sync_now)

    def open_contact(self, contact_id: ContactId) -> None:
        """Show a contact's card and give it the keys."""
        self._front.details.show_page(self._front.card)
        self._front.card.open(contact_id)

    def _on_entry_wanted(self, event_id: EventId, original: OriginalStart) -> None:
        self._front.tasks.start(
            self._backend.schedule.entry(event_id, original), owner=self, done=self.reveal
        )

    def reveal(self, entry: CalendarEntry) -> None:
        """Go to an event and select it."""
        self._front.calendar.reveal(entry.event.id, entry.when)

    def shown_contact(self) -> ContactId | None:
        """Whom the pane shows: the card's contact, or whom the shown event is with."""
        front = self._front
        if front.details.shows(front.card):
            return front.card.contact_id()
        return front.event.contact_id() if front.details.shows(front.event) else None

    def _on_person_wanted(self, contact_id: ContactId) -> None:
        """Somebody the event is with: their card, and the way back."""
        front = self._front
        front.details.show_page(front.card, back_to=front.event, back_text=front.event.title())
        front.card.open(contact_id)

    def _on_duplicated(self, event_id: EventId) -> None:
        self._front.tasks.start(
            self._backend.schedule.entry(event_id), owner=self, done=self.reveal
        )

    def leave_event(self, event_id: EventId) -> None:
        """An event is gone: nothing is left to show of it."""
        shown = self._front.event.details()
        if shown is None or shown.event.id == event_id:
            self._on_event_left()

    def _on_event_left(self) -> None:
        front = self._front
        front.calendar.view.select(None)
        if front.details.shows(front.event):
            front.event.clear()
            front.details.clear()
        front.calendar.setFocus()

    def _on_pane_left(self) -> None:
        """Escape: back to the calendar. What is selected there stays, and so do its details."""
        front = self._front
        if front.details.shows(front.card):
            front.details.clear()
        front.calendar.setFocus()

    def _on_event_shown(self) -> None:
        """The clock of whom the event is with also stands beside a drag."""
        details = self._front.event.details()
        people = () if details is None else details.people
        person = next((one for one in people if one.local is not None), None)
        if person is None or person.local is None:
            self._on_card_gone()
            return
        name = person.contact.given_name or person.contact.name
        self._front.calendar.view.set_other_zone(ZoneInfo(person.local.zone), name)

    def _on_card_shown(self, _contact_id: ContactId) -> None:
        """While a contact is shown, a drag tells the time on their clock too."""
        card = self._front.card.view.card()
        if card is None or card.local_time is None:
            self._on_card_gone()
            return
        name = card.contact.given_name or card.contact.name
        self._front.calendar.view.set_other_zone(ZoneInfo(card.local_time.zone), name)

    def _on_card_gone(self) -> None:
        self._front.calendar.view.set_other_zone(None)
