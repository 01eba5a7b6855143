"""Who a meeting is with: chips, and the same search as everywhere under a line to type in."""

from asyncio import Task
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.contact import Contact, SearchResult
from desktop.domain.ids import ContactId
from desktop.services.contacts import ContactService
from desktop.ui.meeting.found_list import FoundList
from desktop.ui.meeting.tab_order import put_before
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.avatar import avatar_pixmap
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout

MOST_FOUND = 20
CHIP_DISC_PX = 18
PICK_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ContactPicker(QFrame):
    """Chips and a line in one frame; what is found stands in a list over the dialog."""

    contact_chosen = Signal(object)  # Contact
    removal_requested = Signal(object)  # ContactId

    def __init__(
        self,
        people: ContactService,
        tasks: TaskRunner,
        clock: Callable[[], datetime],
        zone: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("meetingContacts")
        self.setProperty("kind", "field")
        self._people = people
        self._tasks = tasks
        self._search: Task[SearchResult] | None = None
        self._contacts: tuple[Contact, ...] = ()
        self._chips: dict[ContactId, Chip] = {}
        inside = QWidget()
        self._flow = FlowLayout(inside, gap_px=4)
        self._line = _Line(inside)
        self._flow.addWidget(self._line)
        self._line.textEdited.connect(self._on_text_edited)
        self._line.installEventFilter(self)
        self.setFocusProxy(self._line)
        self._list = FoundList(self._chosen_already, clock, zone)
        self._list.picked.connect(self._pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 3, 6, 3)
        column.addWidget(inside)

    def set_stage(self, stage: QWidget) -> None:
        """The list of what was found stands over ``stage``, so that nothing cuts it off."""
        self._list.setParent(stage)

    def show_contacts(self, contacts: Sequence[Contact]) -> None:
        """Show these people as chips."""
        contacts = tuple(contacts)
        if contacts == self._contacts:
            return
        self._contacts = contacts
        for contact_id in set(self._chips) - {one.id for one in contacts}:
            self._take_out(self._chips.pop(contact_id))
        self._flow.removeWidget(self._line)
        for contact in contacts:
            if contact.id not in self._chips:
                chip = self._chips[contact.id] = self._chip(contact)
                self._flow.addWidget(chip)
                put_before((chip,), self._line)
        self._flow.addWidget(self._line)
        self._line.setPlaceholderText(
            self.tr("Add a contact…") if not contacts else self.tr("Add another…")
        )
        self.updateGeometry()

    def set_offered(self, offered: bool) -> None:
        """Whether people can be added and removed."""
        self._line.setHidden(not offered)
        for chip in self._chips.values():
            chip.setEnabled(offered)

    def left_over(self) -> str:
        """What was typed and is nobody yet."""
        return self._line.text().strip() if not self._line.isHidden() else ""

    @property
    def line(self) -> QLineEdit:
        """Where names are typed."""
        return self._line

    def reset(self) -> None:
        """Forget what was typed and searched for."""
        self._line.clear()
        self.close_list()

    @property
    def list_open(self) -> bool:
        """Whether the list of what was found is shown."""
        return self._list.isVisible()

    def close_list(self) -> None:
        """Hide the list; a search that is under way is no longer wanted."""
        if self._search is not None:
            self._search.cancel()
            self._search = None
        self._list.hide()

    def _chip(self, contact: Contact) -> Chip:
        picture = avatar_pixmap(contact.name, contact.id, CHIP_DISC_PX, self.devicePixelRatioF())
        company = contact.company if contact.company != contact.name else ""
        text = " · ".join(part for part in (contact.name, company) if part)
        chip = Chip(text, removable=True, picture=picture)
        chip.setProperty("contact", contact.id)
        chip.remove_requested.connect(self._on_remove_requested)
        return chip

    def _take_out(self, chip: Chip) -> None:
        if chip.hasFocus():
            self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _chosen_already(self, contact: Contact) -> bool:
        return any(one.id == contact.id for one in self._contacts)

    def _on_remove_requested(self) -> None:
        self.removal_requested.emit(self.sender().property("contact"))

    def _on_text_edited(self, text: str) -> None:
        self._find(text)

    def _find(self, text: str) -> None:
        self._search = self._tasks.start(
            self._people.find(text.strip(), limit=MOST_FOUND),
            owner=self,
            done=self._on_found,
            replaces=self._search,
        )

    def _on_found(self, result: SearchResult) -> None:
        if self._line.hasFocus():
            self._list.show_result(result)
            self._list.open_under(self)

    def _pick(self, contact: Contact) -> None:
        self._line.clear()
        self.close_list()
        self.contact_chosen.emit(contact)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick_current(self) -> bool:
        contact = self._list.current() if self.list_open else None
        if contact is None:
            return False
        self._pick(contact)
        return True

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._line:
            return False
        if event.type() == QEvent.Type.FocusOut:
            self.close_list()
        self._mark_focus(event)
        return (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and (self._take_key(event))
        )

    def _mark_focus(self, event: QEvent) -> None:
        if event.type() not in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            return
        focused = event.type() == QEvent.Type.FocusIn
        self.setProperty("focused", "true" if focused else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, typed = Qt.Key(event.key()), self._line.text()
        if key in PICK_KEYS:
            # Tab goes on where nothing was typed.
            return (key is not Qt.Key.Key_Tab or bool(typed.strip())) and self._pick_current()
        if key in STEPS:
            self._step(STEPS[key])
        elif key == Qt.Key.Key_Escape and (self.list_open or typed):
            self.reset()
        elif key == Qt.Key.Key_Backspace and not typed and self._contacts:
            self.removal_requested.emit(self._contacts[-1].id)
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        if self.list_open:
            self._list.step(by)
        else:
            self._find(self._line.text())


class _Line(QLineEdit):
    """The line to type in, without a frame of its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("meetingContactSearch")
        self.setProperty("kind", "bare")
        self.setAccessibleName(self.tr("With: type a name, a number or a company"))
        self.setPlaceholderText(self.tr("Add a contact…"))
        self.setMinimumWidth(140)
