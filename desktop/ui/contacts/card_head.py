"""The head of a contact card: who it is, and what can be done with the record."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.services.contacts import ContactCard
from desktop.ui import theme
from desktop.ui.assets import icon
from desktop.ui.contacts.texts import SEPARATOR
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel

DISC_PX = 44


class CardHead(QWidget):
    """Disc, name, position and company; pin, edit and delete where they are allowed."""

    pin_wished = Signal(bool)
    edit_wished = Signal()
    delete_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._disc = Avatar(DISC_PX)
        self._name = PlainLabel(wrap=True)
        self._name.setFont(theme.scaled(self._name.font(), 1.3, bold=True))
        self._job = PlainLabel(tone="muted", wrap=True)
        self._lock = IconMark("lock")
        self._lock.setAccessibleName(self.tr("Read only"))
        self._pinned = False
        self._pin = IconButton("pin", self.tr("Pin"), role="muted")
        self._more = IconButton("more", self.tr("More"), role="muted")
        self._menu = QMenu(self)
        self._menu.addAction(icon("edit"), self.tr("Edit contact…")).triggered.connect(
            self.edit_wished
        )
        self._menu.addAction(icon("trash"), self.tr("Delete contact")).triggered.connect(
            self.delete_wished
        )
        self._pin.clicked.connect(self._on_pin_clicked)
        self._more.clicked.connect(self._on_more_clicked)
        self._arrange()

    def show_card(self, card: ContactCard) -> None:
        """Show another contact or newer values."""
        contact = card.contact
        self._disc.show_person(contact.name, contact.id)
        self._name.setText(contact.name)
        company = contact.company if contact.company != contact.name else ""
        job = SEPARATOR.join(part for part in (contact.position, company) if part)
        self._job.setText(job)
        self._job.setVisible(bool(job))
        self._pinned = card.pinned
        self._pin.show_as(
            "pin-filled" if card.pinned else "pin",
            self.tr("Unpin") if card.pinned else self.tr("Pin"),
        )
        self._lock.setVisible(contact.read_only)
        self._more.setVisible(not contact.read_only)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        words.addWidget(self._name)
        words.addWidget(self._job)
        row.addLayout(tools)
        for tool in (self._lock, self._pin, self._more):
            tools.addWidget(tool)
        row.setAlignment(tools, Qt.AlignmentFlag.AlignTop)

    def _on_more_clicked(self) -> None:
        corner = self._more.rect().bottomRight() - QPoint(self._menu.sizeHint().width(), 0)
        self._menu.popup(self._more.mapToGlobal(corner))

    def _on_pin_clicked(self) -> None:
        self.pin_wished.emit(not self._pinned)
