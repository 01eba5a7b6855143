"""A field that finds a contact as one types, with what it found right under it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.domain.contact import Contact, SearchResult
from desktop.domain.ids import ContactId
from desktop.ui import theme
from desktop.ui.assets import icon
from desktop.ui.tasks import TaskRunner

Find = Callable[[str], Coroutine[Any, Any, SearchResult]]
MOST_ROWS = 5
CONTACT_ROLE = Qt.ItemDataRole.UserRole


class ContactField(QWidget):
    """Holds one contact, or none. What is typed and not chosen is no contact."""

    contact_changed = Signal()
    submitted = Signal()
    """Enter, with nothing left to choose."""
    size_changed = Signal()

    def __init__(self, find: Find, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._tasks = tasks
        self._search: asyncio.Task[SearchResult] | None = None
        self.contact_id: ContactId | None = None
        self.contact_name = ""
        self.field = QLineEdit(self)
        self.field.setObjectName("popoverContact")
        self.field.setPlaceholderText(self.tr("With whom"))
        self.field.setAccessibleName(self.tr("Contact"))
        self._clear = self.field.addAction(
            icon("close", "muted"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._clear.setText(self.tr("Clear"))
        self._clear.setToolTip(self.tr("Clear"))
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.field.clear)
        self.field.textEdited.connect(self._on_edited)
        self.field.textChanged.connect(self._on_changed)
        self.field.installEventFilter(self)
        self.hits = QListWidget(self)
        self.hits.setObjectName("popoverContactList")
        self.hits.setAccessibleName(self.tr("Found contacts"))
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.hits.itemClicked.connect(self._choose)
        self.hits.hide()
        self.setFocusProxy(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.hits)

    def show_contact(self, contact_id: ContactId | None, name: str = "") -> None:
        """Hold this contact."""
        self.contact_id, self.contact_name = contact_id, name
        self.field.setText(name)
        self._fold()

    def _on_edited(self, text: str) -> None:
        if self.contact_id is not None and text != self.contact_name:
            self.contact_id, self.contact_name = None, ""
            self.contact_changed.emit()
        if not text.strip():
            self._fold()
            return
        self._search = self._tasks.start(
            self._find(text), owner=self, done=self._on_found, replaces=self._search
        )

    def _on_changed(self, text: str) -> None:
        """The clear button tells by this signal alone."""
        self._clear.setVisible(bool(text))
        if not text and self.contact_id is not None:
            self.contact_id, self.contact_name = None, ""
            self._fold()
            self.contact_changed.emit()

    def _on_found(self, result: SearchResult) -> None:
        if result.query.strip() != self.field.text().strip():
            return
        self.hits.clear()
        for hit in result.hits[:MOST_ROWS]:
            self.hits.addItem(_row(hit.contact))
        if not result.hits:
            self._add_words(self.tr("Nobody found. It stays a meeting without a contact."))
        else:
            self.hits.setCurrentRow(0)
        self._dress()
        self.hits.setFixedHeight(max(1, self.hits.count()) * self._row_px() + 2)
        self.hits.show()
        self.size_changed.emit()

    def _add_words(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.hits.addItem(item)

    def _row_px(self) -> int:
        return self.fontMetrics().height() + 12

    def _dress(self) -> None:
        """Rows one can hit, in the colours of the moment."""
        for row in range(self.hits.count()):
            self.hits.item(row).setSizeHint(QSize(0, self._row_px()))
        colors = theme.current().colors
        self.hits.setStyleSheet(
            f"QListWidget {{ border: none; background: {colors.window.name()}; }}"
            "QListWidget::item { padding: 0 8px; border-radius: 4px;"
            f" color: {colors.text.name()}; }}"
            f"QListWidget::item:selected {{ background: {colors.accent_soft.name()};"
            f" color: {colors.text.name()}; }}"
            f"QListWidget::item:disabled {{ color: {colors.muted.name()}; }}"
        )

    def _choose(self, item: QListWidgetItem) -> None:
        contact = item.data(CONTACT_ROLE)
        if isinstance(contact, Contact):
            self.show_contact(contact.id, contact.name)
            self.contact_changed.emit()

    def _fold(self) -> None:
        if self._search is not None:
            self._search.cancel()
            self._search = None
        if not self.hits.isHidden():
            self.hits.hide()
            self.size_changed.emit()

    def _key(self, event: QKeyEvent) -> bool:
        """Keys that act on the list; says whether it was one."""
        key = event.key()
        shown = not self.hits.isHidden()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.hits.currentItem() if shown else None
            if item is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self._choose(item)
            else:
                self.submitted.emit()
            return True
        if not shown:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.hits.setCurrentRow(
                min(max(self.hits.currentRow() + step, 0), self.hits.count() - 1)
            )
            return True
        if key == Qt.Key.Key_Escape:
            self._fold()
            return True
        return False

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)


def _row(contact: Contact) -> QListWidgetItem:
    text = f"{contact.name} · {contact.company}" if contact.company else contact.name
    item = QListWidgetItem(" ".join(text.split()))
    item.setData(CONTACT_ROLE, contact)
    return item
