"""The contact card: who it is, how to reach them, what time it is there, and when to meet."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.crm import Dossier
from desktop.domain.event import CalendarEntry, DeliveryMark
from desktop.domain.timespan import TimeSpan
from desktop.services.contacts import ContactCard
from desktop.ui.contacts.card_head import CardHead
from desktop.ui.contacts.card_parts import EntryOpener, FreeChip, Part, next_texts, past_texts
from desktop.ui.contacts.card_rows import (
    AddressRow,
    EntryRow,
    Opener,
    PastRow,
    mail_url,
    phone_url,
)
from desktop.ui.contacts.dossier_view import DossierView
from desktop.ui.contacts.local_time_box import LocalTimeBox
from desktop.ui.contacts.texts import SEPARATOR, address_text
from desktop.ui.time_texts import date_text, moment_text, time_text
from desktop.ui.widgets.banner import NoticeBanner
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.hinted_button import HintedButton
from desktop.ui.widgets.labels import PlainLabel, section_label, separator, small_label


class ContactCardView(QScrollArea):
    """Shows a `ContactCard`. Parts that did not change stay as they are, with their focus."""

    schedule_requested = Signal(object, object)  # ContactId, TimeSpan or None
    event_activated = Signal(object, object)  # EventId, original start or None
    edit_requested = Signal(object)  # ContactId
    delete_requested = Signal(object)  # ContactId
    pin_requested = Signal(object, bool)  # ContactId, whether it shall be pinned
    comment_requested = Signal(object, str)  # ContactId, the comment's text
    comment_unwished = Signal(object)  # CommentId: it shall be taken back
    fields_requested = Signal(object)  # AccountId whose fields are to be chosen

    def __init__(
        self,
        clock: Callable[[], datetime],
        zone: tzinfo,
        parent: QWidget | None = None,
        *,
        open_url: Opener = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("contactCard")
        self._clock, self._zone, self._open_url = clock, zone, open_url
        self._card: ContactCard | None = None
        self._head = CardHead()
        self._local = LocalTimeBox(clock, zone)
        self._unreachable = NoticeBanner()
        self._addresses, self._free, self._meetings = Part(), Part(), Part()
        self.dossier = DossierView(clock, zone)
        self._notes_title = section_label(self.tr("Notes"))
        self._notes = PlainLabel(wrap=True)
        self._schedule = HintedButton(self.tr("Schedule meeting"), hint="M")
        self._schedule.setObjectName("scheduleMeetingButton")
        self._as_of = small_label(wrap=True)
        self._arrange()
        self._connect()

    def show_card(self, card: ContactCard) -> None:
        """Show a contact, or newer values of the one that is shown."""
        before, self._card = self._card, card
        contact = card.contact
        if before is None or before.contact.id != contact.id:
            self.verticalScrollBar().setValue(0)
            self.dossier.hide()
            self._head.show_page("", fields=False)
        self._head.show_card(card)
        self._local.show_local_time(card.local_time)
        if before is None or before.contact != contact:
            self._show_addresses(card)
        if before is None or before.free != card.free:
            self._show_free(card.free)
        self._show_meetings(card.next_entry, card.recent)
        self._notes.setText(contact.notes)
        for part in (self._notes_title, self._notes):
            part.setVisible(bool(contact.notes))
        self._as_of.setText(self._as_of_text(card))
        self.setAccessibleName(contact.name)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show what the CRM knows of the contact that is shown."""
        card = self._card
        if card is None or card.contact.id != dossier.contact:
            return
        self.dossier.show_dossier(dossier)
        self.dossier.show()
        pages, remote_id = dossier.pages, dossier.remote_id
        page = "" if pages is None or remote_id is None else pages.contact(remote_id)
        self._head.show_page(page, fields=pages is not None)
        self._show_meetings(card.next_entry, card.recent)

    def card(self) -> ContactCard | None:
        """What is shown."""
        return self._card

    def focus_card(self) -> None:
        """Move the focus here, so that M, Enter and Tab act on this contact."""
        self._schedule.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh_times(self) -> None:
        """Tell the times anew: another minute has begun."""
        self._local.refresh()
        if self._card is not None:
            self._show_meetings(self._card.next_entry, self._card.recent)

    def schedule(self) -> None:
        """Book with the shown contact, at a time that the dialog proposes."""
        if self._card is not None:
            self.schedule_requested.emit(self._card.contact.id, None)

    def _arrange(self) -> None:
        body = QWidget()
        body.setProperty("surface", "window")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        for part in (
            self._head,
            self._local,
            self._addresses,
            self._unreachable,
            self._schedule,
            self._free,
            separator(),
            self._meetings,
            self.dossier,
            self._notes_title,
            self._notes,
        ):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self._as_of)
        self._unreachable.hide()
        self.dossier.hide()
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self._schedule)

    def _connect(self) -> None:
        self._schedule.clicked.connect(self.schedule)
        self._head.edit_wished.connect(self._on_edit_wished)
        self._head.delete_wished.connect(self._on_delete_wished)
        self._head.pin_wished.connect(self._on_pin_wished)
        self._unreachable.acted.connect(self._on_edit_wished)
        self._head.page_wished.connect(self._open_url)
        self._head.fields_wished.connect(self._on_fields_wished)
        self.dossier.page_wished.connect(self._open_url)
        self.dossier.comment_saved.connect(self._on_comment_saved)
        self.dossier.comment_unwished.connect(self.comment_unwished)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def _on_range_changed(self, _lowest: int, _highest: int) -> None:
        """The card became longer: what is being typed stays in sight, with its buttons."""
        box, body = self.dossier.comment_box(), self.widget()
        layout = body.layout() if body is not None else None
        if box.typing() and layout is not None:
            layout.activate()
            self.ensureWidgetVisible(box, 0, 12)

    # Parts

    def _show_addresses(self, card: ContactCard) -> None:
        contact = card.contact
        self._addresses.clear()
        for phone in contact.phones:
            if phone.value.strip():
                self._add_address("phone", phone.value, phone_url(phone.value))
        for email in contact.emails:
            if email.value.strip():
                self._add_address("mail", email.value, mail_url(email.value))
        postal = address_text(contact)
        if postal:
            self._add_address("pin-place", postal, None)
        self._unreachable.setVisible(not contact.reachable)
        if not contact.reachable:
            self._unreachable.show_notice(
                "warning",
                self.tr("No phone number and no e-mail address: a meeting cannot be confirmed."),
                "" if contact.read_only else self.tr("Add one"),
            )

    def _add_address(self, icon_name: str, value: str, url: QUrl | None) -> None:
        row = AddressRow(icon_name, value, url)
        row.opened.connect(self._open_url)
        self._addresses.add(row)

    def _show_free(self, spans: tuple[TimeSpan, ...]) -> None:
        self._free.clear()
        if not spans:
            return
        self._free.add(small_label(self.tr("Next free hours")))
        chips = QWidget()
        flow = FlowLayout(chips)
        for span in spans:
            flow.addWidget(self._free_chip(span))
        self._free.add(chips)

    def _free_chip(self, span: TimeSpan) -> Chip:
        words = moment_text(span.start, self._clock(), self._zone)
        chip = FreeChip(words, span)
        chip.setAccessibleName(self.tr("Schedule a meeting: {when}").format(when=words))
        chip.chosen.connect(self._on_free_chosen)
        return chip

    def _show_meetings(
        self, next_entry: CalendarEntry | None, recent: tuple[CalendarEntry, ...]
    ) -> None:
        now = self._clock()
        recent = () if self._told_by_crm() else recent
        rows: list[tuple[CalendarEntry, tuple[str, str]]] = []
        if next_entry is not None:
            rows.append((next_entry, next_texts(next_entry, now, self._zone)))
        rows.extend((entry, past_texts(entry, now, self._zone)) for entry in recent)
        if not self._meetings.is_new((next_entry is not None, tuple(rows))):
            return
        self._meetings.clear()
        if next_entry is not None:
            self._meetings.add(section_label(self.tr("Next")))
            entry, words = rows.pop(0)
            self._add_entry(EntryRow(entry.color, *words), entry)
        if rows:
            self._meetings.add(section_label(self.tr("Recent")), gap_px=10)
        for entry, words in rows:
            self._add_entry(PastRow(*words), entry)
        if next_entry is None and not recent and not self._told_by_crm():
            self._meetings.add(small_label(self.tr("No meetings with this contact yet.")))

    def _told_by_crm(self) -> bool:
        """Whether the timeline below tells of past meetings, with all else that happened."""
        dossier = self.dossier.dossier()
        card = self._card
        if dossier is None or card is None or dossier.contact != card.contact.id:
            return False
        return dossier.pages is not None and bool(dossier.timeline)

    def _add_entry(self, row: EntryRow | PastRow, entry: CalendarEntry) -> None:
        opener = EntryOpener(row, entry)
        opener.opened.connect(self.event_activated)
        row.activated.connect(opener.open)
        self._meetings.add(row)

    def _as_of_text(self, card: ContactCard) -> str:
        parts = [card.account_title]
        if card.mark is DeliveryMark.TROUBLE:
            parts.append(self.tr("Changes could not be sent"))
        elif card.mark is not DeliveryMark.SETTLED:
            parts.append(self.tr("Changes waiting to be sent"))
        if card.as_of is not None:
            parts.append(self.tr("As of {time}").format(time=self._as_of_time(card.as_of)))
        return SEPARATOR.join(part for part in parts if part)

    def _as_of_time(self, as_of: datetime) -> str:
        local, now = as_of.astimezone(self._zone), self._clock().astimezone(self._zone)
        if local.date() == now.date():
            return time_text(local)
        return f"{date_text(local.date(), now.date())} {time_text(local)}"

    # Wishes

    def _on_free_chosen(self, span: TimeSpan) -> None:
        if self._card is not None:
            self.schedule_requested.emit(self._card.contact.id, span)

    def _on_edit_wished(self) -> None:
        if self._card is not None:
            self.edit_requested.emit(self._card.contact.id)

    def _on_delete_wished(self) -> None:
        if self._card is not None:
            self.delete_requested.emit(self._card.contact.id)

    def _on_pin_wished(self, pinned: bool) -> None:
        if self._card is not None:
            self.pin_requested.emit(self._card.contact.id, pinned)

    def _on_comment_saved(self, text: str) -> None:
        if self._card is not None:
            self.comment_requested.emit(self._card.contact.id, text)

    def _on_fields_wished(self) -> None:
        if self._card is not None:
            self.fields_requested.emit(self._card.contact.account_id)
