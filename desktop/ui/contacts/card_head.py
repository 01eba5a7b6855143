"""The head of a contact card: who it is, and what can be done with the record."""

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
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
    page_wished = Signal(object)  # QUrl
    fields_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._page = ""
        self._read_only = False
        self._disc = Avatar(DISC_PX)
        self._name = PlainLabel(wrap=True)
        self._name.setFont(theme.scaled(self._name.font(), 1.3, bold=True))
        self._job = PlainLabel(tone="muted", wrap=True)
        self._lock = IconMark("lock")
        self._lock.setAccessibleName(self.tr("Read only"))
        self._pinned = False
        self._pin = IconButton("pin", self.tr("Pin"), role="muted")
        self._more = IconButton("more", self.tr("More"), role="muted")
        self._open = IconButton("external", self.tr("Open in Bitrix24"), role="muted")
        self._open.setObjectName("openContactPage")
        self._menu = QMenu(self)
        self._edit = self._menu.addAction(icon("edit"), self.tr("Edit contact…"))
        self._fields = self._menu.addAction(icon("settings"), self.tr("Fields on the card…"))
        self._fields.setObjectName("chooseFieldsAction")
        self._delete = self._menu.addAction(icon("trash"), self.tr("Delete contact"))
        self._edit.triggered.connect(self.edit_wished)
        self._fields.triggered.connect(self.fields_wished)
        self._delete.triggered.connect(self.delete_wished)
        self._open.clicked.connect(self._on_open_clicked)
        self._pin.clicked.connect(self._on_pin_clicked)
        self._more.clicked.connect(self._on_more_clicked)
        self._arrange()
        self.show_page("", fields=False)

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
        self._read_only = contact.read_only
        self._settle()

    def show_page(self, page: str, *, fields: bool) -> None:
        """Offer the card's page in the browser, and the choice of the CRM's own ``fields``."""
        self._page = page
        self._open.setVisible(bool(page))
        self._fields.setVisible(fields)
        self._settle()

    def _settle(self) -> None:
        for action in (self._edit, self._delete):
            action.setVisible(not self._read_only)
        self._more.setVisible(not self._read_only or self._fields.isVisible())

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
        for tool in (self._lock, self._open, self._pin, self._more):
            tools.addWidget(tool)
        row.setAlignment(tools, Qt.AlignmentFlag.AlignTop)

    def _on_more_clicked(self) -> None:
        corner = self._more.rect().bottomRight() - QPoint(self._menu.sizeHint().width(), 0)
        self._menu.popup(self._more.mapToGlobal(corner))

    def _on_open_clicked(self) -> None:
        self.page_wished.emit(QUrl(self._page, QUrl.ParsingMode.StrictMode))

    def _on_pin_clicked(self) -> None:
        self.pin_wished.emit(not self._pinned)
