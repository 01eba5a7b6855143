"""The list of found contacts, over the dialog and under the line that is typed in."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.contact import Contact, SearchResult
from desktop.ui.contacts.list_view import ContactList
from desktop.ui.widgets.labels import PlainLabel

MOST_ROWS = 5
PAD_PX = 4


class FoundList(QFrame):
    """What a search found; the keyboard stays in the line above."""

    picked = Signal(object)  # Contact

    def __init__(
        self,
        known: Callable[[Contact], bool],
        clock: Callable[[], datetime],
        zone: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("popup", "true")
        self._known = known
        self._view = ContactList(clock, zone, self)
        self._view.setObjectName("meetingContactList")
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.contact_activated.connect(self._on_activated)
        self._nobody = PlainLabel(tone="muted", wrap=True)
        self._nobody.setContentsMargins(8, 4, 8, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAD_PX, PAD_PX, PAD_PX, PAD_PX)
        column.addWidget(self._view)
        column.addWidget(self._nobody)
        self.hide()

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

    def open_under(self, field: QWidget) -> None:
        """Show the list under ``field``, or over it where there is no room below."""
        stage = self.parentWidget()
        if stage is None:
            return
        at = field.mapTo(stage, QPoint(0, field.height() + PAD_PX))
        height = self._wanted_height()
        if at.y() + height > stage.height():
            above = field.mapTo(stage, QPoint(0, 0)).y() - height - PAD_PX
            at.setY(above if above >= 0 else max(0, stage.height() - height))
        self.setGeometry(at.x(), at.y(), field.width(), height)
        self.show()
        self.raise_()

    def current(self) -> Contact | None:
        """The contact under the cursor."""
        hit = self._view.contacts.hit(self._view.currentIndex())
        return None if hit is None else hit.contact

    def step(self, by: int) -> None:
        """Move the cursor."""
        self._view.move_by(by)

    def _wanted_height(self) -> int:
        rows = min(MOST_ROWS, self._view.contacts.rowCount())
        if not rows:
            return self._nobody.heightForWidth(max(100, self.width())) + 4 * PAD_PX
        return sum(self._view.sizeHintForRow(row) for row in range(rows)) + 3 * PAD_PX

    def _on_activated(self) -> None:
        contact = self.current()
        if contact is not None:
            self.picked.emit(contact)
