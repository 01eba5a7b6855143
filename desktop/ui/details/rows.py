"""The lines of an event's details: an icon and words, a link, a person, somebody invited."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.contact import Contact
from desktop.ui import theme
from desktop.ui.assets import IconRole
from desktop.ui.contacts.card_rows import AddressRow, CopyButton, mail_url, phone_url
from desktop.ui.contacts.texts import SEPARATOR
from desktop.ui.details.links import Link
from desktop.ui.widgets.avatar import avatar_pixmap
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.elided_link import ElidedLink
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel, Tone, plain_tooltip, small_label

FACE_PX = 18
LONG_TEXT = 600
LONG_LINES = 12


class FactRow(QWidget):
    """An icon and words that may take several lines; ``more`` stands below in small print."""

    def __init__(
        self,
        icon_name: str,
        text: str,
        *more: str,
        role: IconRole = "muted",
        tone: Tone = "",
        bold: bool = False,
        copied: str = "",
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = PlainLabel(text, tone=tone, wrap=True)
        if bold:
            label.setFont(theme.tabular(theme.scaled(label.font(), bold=True)))
        button = CopyButton(copied, self.tr("Copy {text}").format(text=copied)) if copied else None
        text_px = label.fontMetrics().height()
        line_px = max(theme.ICON_PX, text_px, 0 if button is None else button.sizeHint().height())
        column = QVBoxLayout()
        column.setContentsMargins(4, (line_px - text_px) // 2, 0, 0)
        column.setSpacing(2)
        row.addWidget(_mark_of_line(icon_name, role, line_px), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        column.addWidget(label)
        for line in more:
            column.addWidget(small_label(line, wrap=True))
        column.addStretch(1)  # what is left over must not move the words from the icon
        if button is not None:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)


class LinkRow(QWidget):
    """A link by the words that say where it leads; the whole address is in the tooltip."""

    opened = Signal(object)  # QUrl

    def __init__(self, link: Link) -> None:
        super().__init__()
        self._link = link
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = ElidedLink(link.text, plain=False)
        words.setAccessibleDescription(link.whole)
        words.clicked.connect(self._on_clicked)
        self.setToolTip(plain_tooltip(link.whole))
        row.addWidget(IconMark("external"))
        row.addWidget(words, 1)
        row.addWidget(CopyButton(link.whole, self.tr("Copy {text}").format(text=link.whole)))

    def _on_clicked(self) -> None:
        self.opened.emit(self._link.url)


class PersonRow(QWidget):
    """A contact: a chip that opens the card, what they do, and how to reach them."""

    contact_requested = Signal(object)  # ContactId
    opened = Signal(object)  # QUrl

    def __init__(self, contact: Contact) -> None:
        super().__init__()
        self._contact_id = contact.id
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        face = avatar_pixmap(contact.name, contact.id, FACE_PX, self.devicePixelRatioF())
        chip = Chip(contact.name or self.tr("No name"), picture=face)
        chip.setAccessibleDescription(self.tr("Opens the contact's card"))
        chip.clicked.connect(self._on_clicked)
        column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeading)
        company = contact.company if contact.company != contact.name else ""
        job = SEPARATOR.join(part for part in (contact.position, company) if part)
        if job:
            column.addWidget(small_label(job, wrap=True))
        for phone in contact.phones:
            if phone.value.strip():
                self._add(column, AddressRow("phone", phone.value, phone_url(phone.value)))
        for email in contact.emails:
            if email.value.strip():
                self._add(column, AddressRow("mail", email.value, mail_url(email.value)))

    def _add(self, column: QVBoxLayout, row: AddressRow) -> None:
        row.opened.connect(self.opened)
        column.addWidget(row)

    def _on_clicked(self) -> None:
        self.contact_requested.emit(self._contact_id)


class NotesBlock(QWidget):
    """Foreign text as it is; a long one unfolds on demand."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        short = _shortened(text)
        self._label = PlainLabel(short, wrap=True)
        column.addWidget(self._label)
        if short != text:
            self._more = LinkButton(self.tr("Show all"))
            self._more.clicked.connect(self._on_more)
            column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)

    def text(self) -> str:
        """What stands there now."""
        return self._label.whole_text()

    def _on_more(self) -> None:
        self._label.setText(self._text)
        self._label.updateGeometry()
        self._more.hide()


def _shortened(text: str) -> str:
    lines = text.split("\n")
    if len(text) <= LONG_TEXT and len(lines) <= LONG_LINES:
        return text
    return "\n".join(lines[:LONG_LINES])[:LONG_TEXT].rstrip() + "…"


def _mark_of_line(icon_name: str, role: IconRole, line_px: int) -> QWidget:
    """The icon in the middle of the first line, however large the letters are."""
    place = QWidget()
    place.setFixedSize(theme.ICON_PX, line_px)
    mark = IconMark(icon_name, role, parent=place)
    mark.move(0, (line_px - theme.ICON_PX) // 2)
    return place
