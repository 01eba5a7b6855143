"""The list of contacts: virtual rows, and keys that are commands rather than a search in it."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.domain.contact import ContactHit
from desktop.domain.ids import ContactId
from desktop.ui.contacts.delegate import ContactDelegate
from desktop.ui.contacts.model import ContactModel
from desktop.ui.contacts.texts import spoken_text
from desktop.ui.widgets.announce import announce


class ContactList(QListView):
    """Shows hits; the field beside it moves the selection."""

    contact_activated = Signal(object)  # ContactId
    schedule_requested = Signal(object)  # ContactId

    def __init__(
        self, clock: Callable[[], datetime], zone: tzinfo, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("contactList")
        self.setAccessibleName(self.tr("Contacts found"))
        self._clock, self._zone = clock, zone
        self.contacts = ContactModel(self._spoken, self)
        self.setModel(self.contacts)
        self.setItemDelegate(ContactDelegate(clock, zone, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        # Tab goes from the search field to the toolbar; arrows in the field reach the rows.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_hits(self, hits: tuple[ContactHit, ...], *, select_first: bool) -> None:
        """Show the answer to a new question from its top."""
        self.contacts.show(hits)
        self.setUniformItemSizes(not self.contacts.has_sections())
        self.scrollToTop()
        if select_first and hits:
            self.setCurrentIndex(self.contacts.index(0))

    def refresh_hits(self, hits: tuple[ContactHit, ...]) -> None:
        """Show a newer answer to the same question without moving what is selected."""
        self.contacts.refresh(hits)
        self.setUniformItemSizes(not self.contacts.has_sections())

    def move_by(self, rows: int) -> None:
        """Move the selection, stopping at both ends; from no selection to the first row."""
        count = self.contacts.rowCount()
        if not count:
            return
        current = self.currentIndex().row()
        target = 0 if current < 0 else max(0, min(count - 1, current + rows))
        index = self.contacts.index(target)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)
        announce(self, self.contacts.data(index, Qt.ItemDataRole.AccessibleTextRole))

    def rows_per_page(self) -> int:
        """How many rows are seen at once, less one to keep the thread."""
        height = self.sizeHintForRow(0)
        return max(1, self.viewport().height() // height - 1) if height > 0 else 1

    def current_id(self) -> ContactId | None:
        """Whose row is selected."""
        hit = self.contacts.hit(self.currentIndex())
        return None if hit is None else hit.contact.id

    def _spoken(self, hit: ContactHit) -> str:
        return spoken_text(hit, self._clock(), self._zone)

    def _activate(self, index: QModelIndex) -> None:
        hit = self.contacts.hit(index)
        if hit is not None:
            self.contact_activated.emit(hit.contact.id)

    # Qt overrides

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._activate(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            current = self.current_id()
            if current is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.schedule_requested.emit(current)
            else:
                self._activate(self.currentIndex())
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)
