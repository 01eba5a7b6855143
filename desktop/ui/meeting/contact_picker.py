"""Who a meeting is with: chips, and the same search as everywhere under a line to type in."""

from asyncio import Task
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.contact import Contact, SearchResult
from desktop.services.contacts import ContactService
from desktop.ui.meeting.chip_field import ChipField
from desktop.ui.meeting.found_list import FoundList
from desktop.ui.tasks import TaskRunner

MOST_FOUND = 20


class ContactPicker(ChipField):
    """The meeting's contacts; ``removal_requested`` tells a `ContactId`."""

    contact_chosen = Signal(object)  # Contact

    def __init__(
        self,
        people: ContactService,
        tasks: TaskRunner,
        clock: Callable[[], datetime],
        zone: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        self._contacts: tuple[Contact, ...] = ()
        self._found = FoundList(self._chosen_already, clock, zone)
        line = QLineEdit()
        line.setObjectName("meetingContactSearch")
        super().__init__(line, self._found, parent)
        self.setObjectName("meetingContacts")
        line.setAccessibleName(self.tr("With: type a name, a number or a company"))
        line.setPlaceholderText(self.tr("Add a contact…"))
        self._people = people
        self._tasks = tasks
        self._search: Task[SearchResult] | None = None
        self._found.picked.connect(self._pick)

    def show_contacts(self, contacts: Sequence[Contact]) -> None:
        """Show these people as chips."""
        contacts = tuple(contacts)
        if contacts == self._contacts:
            return
        self._contacts = contacts
        self._show_chips([(one.id, _chip_text(one), one.name) for one in contacts])
        self._line.setPlaceholderText(
            self.tr("Add a contact…") if not contacts else self.tr("Add another…")
        )

    def close_list(self) -> None:
        """Hide the list; a search that is under way is no longer wanted."""
        if self._search is not None:
            self._search.cancel()
            self._search = None
        super().close_list()

    def _chosen_already(self, contact: Contact) -> bool:
        return any(one.id == contact.id for one in self._contacts)

    def _find(self, text: str) -> None:
        self._search = self._tasks.start(
            self._people.find(text.strip(), limit=MOST_FOUND),
            owner=self,
            done=self._on_found,
            replaces=self._search,
        )

    def _on_found(self, result: SearchResult) -> None:
        if self._line.hasFocus():
            self._found.show_result(result)
            self._open_list()

    def _pick(self, contact: Contact) -> None:
        self._picked()
        self.contact_chosen.emit(contact)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick_current(self) -> bool:
        contact = self._found.current()
        if contact is None:
            return False
        self._pick(contact)
        return True


def _chip_text(contact: Contact) -> str:
    company = contact.company if contact.company != contact.name else ""
    return " · ".join(part for part in (contact.name, company) if part)
