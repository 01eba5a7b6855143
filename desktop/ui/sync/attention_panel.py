"""AttentionPanel: what only the user can mend, each with a way out."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.sync import AttentionItem
from desktop.ui.sync.outbox_texts import attention_action, attention_text
from desktop.ui.sync.status_texts import number
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel, small_label

MOST_SHOWN = 4
"""The gravest; changes in trouble stand in the list of changes, too."""


class AttentionPanel(QWidget):
    """Sentences with a button each; hidden when nothing needs anybody."""

    acted = Signal(object)  # AttentionItem

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attentionPanel")
        self.setAccessibleName(self.tr("Needs attention"))
        self._items: tuple[AttentionItem, ...] = ()
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def show_items(self, items: Sequence[AttentionItem]) -> None:
        """Show what needs the user, the gravest first; the same items change nothing."""
        if tuple(items) == self._items:
            return
        self._items = tuple(items)
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(item) for item in self._items[:MOST_SHOWN]]
        if len(self._items) > MOST_SHOWN:
            more = self.tr("and {n} more").format(n=number(len(self._items) - MOST_SHOWN))
            self._rows.append(small_label(more))
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(self._items))

    def texts(self) -> tuple[str, ...]:
        """The sentences that are shown."""
        return tuple(attention_text(item) for item in self._items[:MOST_SHOWN])

    def _row(self, item: AttentionItem) -> QWidget:
        row = QFrame()
        row.setProperty("surface", "box")
        line = QHBoxLayout(row)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(8)
        line.addWidget(IconMark("error", "danger"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(PlainLabel(attention_text(item), wrap=True), 1)
        action = attention_action(item)
        if action:
            button = LinkButton(action)
            button.clicked.connect(partial(self.acted.emit, item))
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row
