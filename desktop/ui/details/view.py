"""The event's details as widgets: shows a snapshot, says what the user wants."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.calendar.describe import accessible_text
from desktop.ui.contacts.card_parts import Part
from desktop.ui.contacts.card_rows import Opener
from desktop.ui.details.guests import GuestList
from desktop.ui.details.head import DetailsHead, DetailsTools
from desktop.ui.details.invitation import InvitationBlock
from desktop.ui.details.links import links_in, map_link
from desktop.ui.details.rows import FactRow, LinkRow, NotesBlock, PersonRow
from desktop.ui.details.snapshot import EventDetails
from desktop.ui.details.texts import (
    clash_sentence,
    delivery_notice,
    elsewhere_texts,
    files_text,
    priority_sentence,
    reminders_text,
    roles_text,
    series_text,
    state_text,
    when_texts,
)
from desktop.ui.widgets.banner import NoticeBanner
from desktop.ui.widgets.labels import section_label


class EventDetailsView(QScrollArea):
    """Parts that did not change stay as they are, with their focus."""

    outcome_wished = Signal()
    edit_wished = Signal()
    duplicate_wished = Signal()
    delete_wished = Signal()
    close_wished = Signal()
    outbox_wished = Signal()
    contact_requested = Signal(object)  # ContactId
    answer_wished = Signal(object)  # Participation

    def __init__(
        self,
        clock: Callable[[], datetime],
        zone: tzinfo,
        parent: QWidget | None = None,
        *,
        open_url: Opener = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self._clock, self._zone, self._open_url = clock, zone, open_url
        self._details: EventDetails | None = None
        self._head = DetailsHead()
        self._delivery = NoticeBanner()
        self._tools = DetailsTools()
        self.invitation = InvitationBlock()
        self.invitation.answer_wished.connect(self.answer_wished)
        self.guests = GuestList()
        self._when, self._place, self._people = Part(), Part(), Part()
        self._facts, self._notes = Part(), Part()
        self._arrange()
        self._head.close_wished.connect(self.close_wished)
        self._tools.outcome_wished.connect(self.outcome_wished)
        self._tools.edit_wished.connect(self.edit_wished)
        self._tools.duplicate_wished.connect(self.duplicate_wished)
        self._tools.delete_wished.connect(self.delete_wished)
        self._tools.page_wished.connect(self._open_url)
        self._delivery.acted.connect(self.outbox_wished)

    def show_details(self, details: EventDetails) -> None:
        """Show an event, or newer values of the one that is shown."""
        before, self._details = self._details, details
        if before is None or before.event.id != details.event.id:
            self.verticalScrollBar().setValue(0)
        self._head.show_details(details)
        self._show_delivery(details)
        self._tools.show_details(details)
        self.invitation.show_details(details)
        self.guests.show_details(details)
        self._show_when(details)
        self._show_place(details)
        self._show_people(details)
        self._show_facts(details)
        self._show_notes(details)
        answering = None if self.invitation.isHidden() else self.invitation.first()
        self._take_focus_at(answering or self._tools.first())
        self.setAccessibleName(accessible_text(details.entry, self._zone))

    def details(self) -> EventDetails | None:
        """What is shown."""
        return self._details

    def refresh_times(self) -> None:
        """Tell the times anew: another minute has begun."""
        if self._details is not None:
            self._show_when(self._details)

    # Parts

    def _show_delivery(self, details: EventDetails) -> None:
        notice = delivery_notice(details.entry)
        if notice is None:
            self._delivery.hide()
        elif self._delivery.isHidden() or notice[1] != self._delivery.text():
            self._delivery.show_notice(*notice)

    def _show_when(self, details: EventDetails) -> None:
        now = self._clock()
        texts = when_texts(details, now, self._zone)
        elsewhere = elsewhere_texts(details, self._zone)
        series = series_text(details, self._zone, now)
        clash = clash_sentence(details, self._zone)
        state = state_text(details)
        if not self._when.is_new((texts, elsewhere, series, clash, state, details.locked)):
            return
        self._when.clear()
        self._when.add(FactRow("clock", texts[0], texts[1], bold=True))
        for text in elsewhere:
            self._when.add(FactRow("globe", text))
        if series:
            self._when.add(FactRow("repeat", series))
        if clash:
            self._when.add(FactRow("warning", clash, role="warning", tone="warning"))
        if state:
            self._when.add(FactRow("info", state))
        if details.locked:
            self._when.add(FactRow("lock", details.locked, tone="muted"))

    def _show_place(self, details: EventDetails) -> None:
        place, notes = details.event.location.strip(), details.event.description
        if not self._place.is_new((place, notes)):
            return
        self._place.clear()
        links = links_in(place)
        if place:
            self._place.add(FactRow("pin-place", place, copied=place))
            on_map = map_link(place)
            links += (on_map,) if on_map is not None else ()
        seen = {link.whole for link in links}
        links += tuple(link for link in links_in(notes) if link.whole not in seen)
        for link in links:
            row = LinkRow(link)
            row.opened.connect(self._open_url)
            self._place.add(row)

    def _show_people(self, details: EventDetails) -> None:
        contacts = tuple(person.contact for person in details.people)
        if not self._people.is_new(contacts):
            return
        self._people.clear()
        if contacts:
            self._people.add(section_label(self.tr("With")), gap_px=4)
        for number, contact in enumerate(contacts):
            row = PersonRow(contact)
            row.contact_requested.connect(self.contact_requested)
            row.opened.connect(self._open_url)
            self._people.add(row, gap_px=6 if number else 0)

    def _show_facts(self, details: EventDetails) -> None:
        facts = (
            ("bell", reminders_text(details)),
            ("flag", priority_sentence(details.event.priority)),
            ("person", roles_text(details)),
            ("file", files_text(details.event)),
        )
        if not self._facts.is_new(facts):
            return
        self._facts.clear()
        for icon_name, text in facts:
            if text:
                self._facts.add(FactRow(icon_name, text))

    def _show_notes(self, details: EventDetails) -> None:
        notes = details.event.description.strip()
        if not self._notes.is_new(notes):
            return
        self._notes.clear()
        if notes:
            self._notes.add(section_label(self.tr("Notes")), gap_px=4)
            self._notes.add(NotesBlock(notes))

    def _take_focus_at(self, first: QWidget | None) -> None:
        """Where there is no button, the pane itself takes the keys, to be scrolled by them."""
        if first is None:
            self.setFocusProxy(None)  # type: ignore[arg-type]
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setFocusProxy(first)

    def _arrange(self) -> None:
        body = QWidget()
        body.setProperty("surface", "window")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        for part in (
            self._head,
            self._delivery,
            self._when,
            self._place,
            self.invitation,
            self._tools,
            self._people,
            self.guests,
            self._facts,
            self._notes,
        ):
            column.addWidget(part)
        column.addStretch(1)
        self._delivery.hide()
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
