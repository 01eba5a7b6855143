"""DossierView: what the CRM knows of a contact, in blocks, each with its age and troubles."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.crm import Block, Dossier, TimelineEntry, TimelineKind
from desktop.domain.event import DeliveryMark
from desktop.ui.contacts.card_parts import Part
from desktop.ui.contacts.comment_box import CommentBox
from desktop.ui.contacts.dossier_rows import (
    BlockHead,
    FieldRow,
    MoreLink,
    PageRow,
    TimelineRow,
)
from desktop.ui.contacts.dossier_texts import (
    ICONS,
    age_text,
    deal_text,
    deal_title,
    entry_text,
    entry_title,
    missing_text,
    nothing_text,
    value_text,
)
from desktop.ui.widgets.labels import section_label, small_label

FEW_DEALS, FEW_ENTRIES = 4, 5


class DossierView(QWidget):
    """Parts that did not change stay as they are, with their focus."""

    page_wished = Signal(object)  # QUrl
    comment_saved = Signal(str)
    comment_unwished = Signal(object)  # CommentId: it shall go

    def __init__(self, clock: Callable[[], datetime], zone: tzinfo) -> None:
        super().__init__()
        self._clock, self._zone = clock, zone
        self._dossier: Dossier | None = None
        self._trouble = ""
        self._whole: set[Block] = set()
        self._quiet, self._timeline = Part(), Part()
        self._deals, self._companies, self._fields = Part(), Part(), Part()
        self._comment = CommentBox()
        self._comment.saved.connect(self.comment_saved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        parts = (self._quiet, self._deals, self._companies, self._fields, self._timeline)
        for part in parts:
            column.addWidget(part)
        column.addWidget(self._comment)
        self._comment.hide()

    def show_dossier(self, dossier: Dossier) -> None:
        """Show somebody's dossier, or newer values of it."""
        if self._dossier is None or self._dossier.contact != dossier.contact:
            self._whole.clear()
            self._comment.clear()
            self._trouble = ""
        self._dossier = dossier
        self._show()

    def show_trouble(self, words: str) -> None:
        """Say, in one line, why what was never read is not there; empty: it is being read."""
        if words != self._trouble:
            self._trouble = words
            self._show()

    def dossier(self) -> Dossier | None:
        """What is shown."""
        return self._dossier

    def comment_box(self) -> CommentBox:
        """Where a comment is typed."""
        return self._comment

    def comment_kept(self) -> None:
        """The comment is durable: the field is free for the next one."""
        self._comment.clear()

    def comment_failed(self, words: str) -> None:
        """The comment could not be kept, and why; its text stays in the field."""
        self._comment.say(words)

    def _show(self) -> None:
        dossier = self._dossier
        if dossier is None:
            return
        words = self._one_reason(dossier)
        self._show_quiet(words)
        self._show_deals(dossier, quiet=bool(words))
        self._show_companies(dossier)
        self._show_fields(dossier, quiet=bool(words))
        self._show_timeline(dossier, quiet=bool(words))
        self._comment.setVisible(dossier.commentable)

    def _one_reason(self, dossier: Dossier) -> str:
        """Why there is nothing at all, said once; empty where there is something to show."""
        asked = {Block.DEALS, Block.TIMELINE} <= set(dossier.blocks)
        something = dossier.deals or dossier.leads or dossier.timeline
        on_its_way = dossier.remote_id is not None
        if not asked or something or not on_its_way:
            return ""
        deals, past = dossier.state_of(Block.DEALS), dossier.state_of(Block.TIMELINE)
        if deals.problem != past.problem or deals.as_of or past.as_of:
            return ""
        return nothing_text(deals.problem) or self._trouble or self.tr("Being read…")

    # Blocks

    def _show_quiet(self, words: str) -> None:
        if not self._quiet.is_new(words):
            return
        self._quiet.clear()
        if words:
            self._quiet.add(section_label(self.tr("Deals and timeline")))
            self._quiet.add(small_label(words, wrap=True))

    def _show_deals(self, dossier: Dossier, *, quiet: bool) -> None:
        shown = Block.DEALS in dossier.blocks and not quiet
        state, whole = self._state(dossier, Block.DEALS), Block.DEALS in self._whole
        if not self._deals.is_new((shown, state, dossier.deals, dossier.leads, whole)):
            return
        self._deals.clear()
        if not shown:
            return
        self._deals.add(self._head(dossier, Block.DEALS, self.tr("Open deals")))
        deals = dossier.deals if whole else dossier.deals[:FEW_DEALS]
        pages = dossier.pages
        for deal in deals:
            url = "" if pages is None else pages.deal(deal.id)
            self._deals.add(self._page_row(deal_title(deal), deal_text(deal), url))
        for lead in dossier.leads:
            url = "" if pages is None else pages.lead(lead.remote_id)
            small = ", ".join(part for part in (self.tr("Lead"), lead.status) if part)
            self._deals.add(self._page_row(lead.title or self.tr("Lead"), small, url))
        self._add_rest(self._deals, Block.DEALS, len(dossier.deals) - len(deals))
        empty = self.tr("No open deals.") if not (dossier.deals or dossier.leads) else ""
        self._add_state(self._deals, dossier, Block.DEALS, empty)

    def _show_companies(self, dossier: Dossier) -> None:
        shown = Block.COMPANIES in dossier.blocks and bool(dossier.companies)
        if not self._companies.is_new((shown, dossier.companies)):
            return
        self._companies.clear()
        if not shown:
            return
        self._companies.add(self._head(dossier, Block.COMPANIES, self.tr("Companies")))
        for link in dossier.companies:
            url = "" if dossier.pages is None else dossier.pages.company(link.remote_id)
            several = link.main and len(dossier.companies) > 1
            small = self.tr("Main company") if several else ""
            self._companies.add(self._page_row(link.name, small, url))

    def _show_fields(self, dossier: Dossier, *, quiet: bool) -> None:
        shown = Block.FIELDS in dossier.blocks and not (quiet and not dossier.fields)
        state = self._state(dossier, Block.FIELDS)
        if not self._fields.is_new((shown, state, dossier.fields)):
            return
        self._fields.clear()
        if not shown:
            return
        self._fields.add(self._head(dossier, Block.FIELDS, self.tr("Own fields")))
        for value in dossier.fields:
            words = value_text(value, self._clock(), self._zone)
            self._fields.add(FieldRow(value.field.title, words))
        self._add_state(self._fields, dossier, Block.FIELDS, "")

    def _show_timeline(self, dossier: Dossier, *, quiet: bool) -> None:
        state, whole = self._state(dossier, Block.TIMELINE), Block.TIMELINE in self._whole
        today = self._clock().astimezone(self._zone).date()
        if not self._timeline.is_new((state, dossier.timeline, whole, today, quiet)):
            return
        self._timeline.clear()
        if quiet:
            return
        self._timeline.add(self._head(dossier, Block.TIMELINE, self.tr("Timeline")))
        entries = dossier.timeline if whole else dossier.timeline[:FEW_ENTRIES]
        for entry in entries:
            self._timeline.add(self._entry_row(entry))
        self._add_rest(self._timeline, Block.TIMELINE, len(dossier.timeline) - len(entries))
        empty = "" if dossier.timeline else self.tr("Nothing has been noted yet.")
        self._add_state(self._timeline, dossier, Block.TIMELINE, empty)

    # Lines

    def _head(self, dossier: Dossier, block: Block, title: str) -> BlockHead:
        return BlockHead(title, age_text(dossier, block, self._clock(), self._zone))

    def _page_row(self, name: str, small: str, url: str) -> PageRow:
        row = PageRow(name, small, url, self.tr("Opens in Bitrix24"))
        row.opened.connect(self.page_wished)
        return row

    def _entry_row(self, entry: TimelineEntry) -> TimelineRow:
        small = entry_text(entry, self._clock(), self._zone)
        trouble = entry.mark is DeliveryMark.TROUBLE
        deletable = entry.kind is TimelineKind.COMMENT and entry.mark is not DeliveryMark.SETTLED
        row = TimelineRow(
            ICONS[entry.kind],
            entry_title(entry),
            small,
            tone="danger" if trouble else "muted",
            comment=entry.comment,
            delete_text=self.tr("Take the comment back") if deletable else "",
        )
        row.delete_wished.connect(self.comment_unwished)
        return row

    def _add_rest(self, part: Part, block: Block, count: int) -> None:
        if count > 0:
            more = MoreLink(self.tr("Show %n more", "", count), block)
            more.wished.connect(self._on_more)
            part.add(more)

    def _add_state(self, part: Part, dossier: Dossier, block: Block, empty: str) -> None:
        """The one line of a block that has nothing, or not the newest, to show."""
        state = dossier.state_of(block)
        never = state.as_of is None and dossier.pages is not None
        if state.problem:
            part.add(small_label(missing_text(block, state.problem), wrap=True))
        elif never and dossier.remote_id is not None:
            part.add(small_label(self._trouble or self.tr("Being read…"), wrap=True))
        elif empty:
            part.add(small_label(empty, wrap=True))

    def _state(self, dossier: Dossier, block: Block) -> object:
        pages = dossier.pages is not None
        trouble = self._trouble if dossier.state_of(block).as_of is None else ""
        return dossier.state_of(block), pages, dossier.remote_id, trouble

    def _on_more(self, block: Block) -> None:
        self._whole.add(block)
        self._show()
