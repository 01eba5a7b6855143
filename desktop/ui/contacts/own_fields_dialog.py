"""OwnFieldsDialog: which of the CRM's own fields stand on the cards, and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.crm import MOST_OWN_FIELDS, OwnField
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.buttons import PrimaryButton, QuietButton
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.labels import PlainLabel, small_label

WIDTH_PX, HEIGHT_PX = 420, 460
_NAME = Qt.ItemDataRole.UserRole
_CHECK = Qt.ItemDataRole.CheckStateRole


class OwnFieldsDialog(QDialog):
    """A list to tick, at most six; the ticked ones come first, in the order of the card."""

    chosen = Signal(object)  # tuple[str, ...]: names of fields
    retried = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ownFieldsDialog")
        self.setWindowTitle(self.tr("Fields on the card"))
        self._list = QListWidget()
        self._list.setObjectName("ownFieldsList")
        self._list.setAccessibleName(self.tr("Own fields"))
        self._count = small_label()
        self._state = EmptyState()
        self._save = PrimaryButton(self.tr("Save"))
        self._save.setToolTip(self.tr("Ctrl+Enter"))
        self._save.setShortcut(QKeySequence("Ctrl+Return"))
        self._cancel = QuietButton(self.tr("Cancel"))
        self._pages = QStackedLayout()
        self._arrange()
        self._list.itemChanged.connect(self._on_item_changed)
        self._state.acted.connect(self.retried)
        self._save.clicked.connect(self._on_save)
        self._cancel.clicked.connect(self.reject)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.show_waiting()

    def show_waiting(self) -> None:
        """The server is being asked."""
        self._state.show_state("cloud", self.tr("Reading the fields of your CRM…"))
        self._state.show_progress(0, None)
        self._show_state()

    def show_trouble(self, title: str, text: str) -> None:
        """The server could not be asked; the way out is to try again."""
        self._state.show_state("warning", title, text, self.tr("Retry"))
        self._show_state()

    def show_fields(self, fields: Sequence[OwnField], chosen: Sequence[str]) -> None:
        """Show what can be chosen, and what is."""
        if not fields:
            self._state.show_state(
                "info",
                self.tr("No own fields"),
                self.tr(
                    "Your CRM has no fields of its own for contacts. Who administers it can "
                    "add some."
                ),
            )
            self._show_state()
            return
        by_name = {field.name: field for field in fields}
        first = [by_name[name] for name in chosen if name in by_name]
        rest = [field for field in fields if field.name not in chosen]
        self._list.blockSignals(True)
        self._list.clear()
        for field in (*first, *rest):
            self._list.addItem(_item(field, checked=field.name in chosen))
        self._list.blockSignals(False)
        self._list.setCurrentRow(0)
        self._settle()
        self._pages.setCurrentWidget(self._list)
        self._save.setEnabled(True)
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def names(self) -> tuple[str, ...]:
        """The ticked fields, in their order."""
        return tuple(str(item.data(_NAME)) for item in self._items() if _ticked(item))

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _show_state(self) -> None:
        self._pages.setCurrentWidget(self._state)
        self._save.setEnabled(False)
        self._count.setText("")

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        if len(self.names()) > MOST_OWN_FIELDS:
            item.setCheckState(Qt.CheckState.Unchecked)
            words = self.tr("Six fields at most: take another one out first.")
            self._count.setText(words)
            announce(self._list, words)
            return
        self._settle()

    def _settle(self) -> None:
        number = len(self.names())
        self._count.setText(self.tr("{n} of {most} chosen").format(n=number, most=MOST_OWN_FIELDS))

    def _on_save(self) -> None:
        self.chosen.emit(self.names())
        self.accept()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(
            PlainLabel(
                self.tr("Choose up to six fields of your CRM to see on every contact's card."),
                wrap=True,
            )
        )
        column.addLayout(self._pages, 1)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._state)
        column.addWidget(self._count)
        row = QHBoxLayout()
        column.addLayout(row)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._save)


def _item(field: OwnField, *, checked: bool) -> QListWidgetItem:
    item = QListWidgetItem(field.title)
    item.setData(_NAME, field.name)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setData(_CHECK, Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
    return item


def _ticked(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked
