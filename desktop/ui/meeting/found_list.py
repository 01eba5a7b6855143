"""The list of found contacts, over the dialog and under the line that is typed in."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt

from desktop.domain.contact import Contact, SearchResult
from desktop.ui.contacts.list_view import ContactList
from desktop.ui.meeting.popup_list import PAD_PX, PopupList
from desktop.ui.widgets.labels import PlainLabel

MOST_ROWS = 5


class FoundList(PopupList):
    """What a search found; a `Contact` is picked."""

    def __init__(
        self,
        known: Callable[[Contact], bool],
        clock: Callable[[], datetime],
        zone: tzinfo,
    ) -> None:
        self._known = known
        self._view = ContactList(clock, zone)
        self._view.setObjectName("meetingContactList")
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nobody = PlainLabel(tone="muted", wrap=True)
        self._nobody.setContentsMargins(8, 4, 8, 4)
        super().__init__(self._view, self._nobody)
        self._view.contact_activated.connect(self._on_activated)

    def show_result(self, result: SearchResult) -> None:
        """Show what was found and is not chosen yet, or that nobody was."""
        hits = tuple(hit for hit in result.hits if not self._known(hit.contact))
        self._view.show_hits(hits, select_first=True)
        self._view.setVisible(bool(hits))
        self._nobody.setVisible(not hits)
        if result.query.strip():
            self._nobody.setText(self.tr("Nobody found for “{0}”").format(result.query.strip()))
        else:
            self._nobody.setText(self.tr("Type a name, a number or a company"))

    def current(self) -> Contact | None:
        """The contact under the cursor."""
        hit = self._view.contacts.hit(self._view.currentIndex())
        return None if hit is None else hit.contact

    def step(self, by: int) -> None:
        """Move the cursor."""
        self._view.move_by(by)

    def _wanted_height(self, width: int) -> int:
        rows = min(MOST_ROWS, self._view.contacts.rowCount())
        if not rows:
            return self._nobody.heightForWidth(max(100, width)) + 4 * PAD_PX
        return sum(self._view.sizeHintForRow(row) for row in range(rows)) + 3 * PAD_PX

    def _on_activated(self) -> None:
        contact = self.current()
        if contact is not None:
            self.picked.emit(contact)
