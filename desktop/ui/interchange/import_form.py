"""ImportForm: where the parts of an import stand, and which of them there is reason to show."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.services.interchange.content import DamagedEntry
from desktop.ui.interchange.texts import damaged_text
from desktop.ui.sync.status_texts import number
from desktop.ui.widgets.buttons import PrimaryButton, QuietButton
from desktop.ui.widgets.facts_label import Fact, FactsLabel
from desktop.ui.widgets.fitting_area import FittingArea
from desktop.ui.widgets.labels import PlainLabel, section_label, title_label
from desktop.ui.widgets.message_box import MessageBox

WIDTH_PX = 640
HIGHEST_PX = 680
MOST_DAMAGED = 200
"""Damaged entries that are listed; the rest is counted."""


class ImportForm:
    """Fills ``dialog``. Every part is hidden until a file has been looked at."""

    def __init__(
        self, dialog: QDialog, where: QComboBox, mapping: QWidget, duplicates: QWidget
    ) -> None:
        self._dialog = dialog
        self._title = title_label("")
        self._found = FactsLabel()
        self._found.setObjectName("importSummary")
        self._message = MessageBox("importMessage")
        self._where = QWidget()
        self._columns = _part(dialog.tr("Columns of the file"), mapping)
        self._known = _part(dialog.tr("What is there already"), duplicates)
        self._damaged = FactsLabel()
        self._damaged.setObjectName("importDamaged")
        self._damaged_part = _part(dialog.tr("Damaged entries"), _boxed(self._damaged))
        self._parts = (self._where, self._columns, self._known, self._damaged_part)
        self._inner = QWidget()
        self._column = QVBoxLayout(dialog)
        self._fill(where)
        self._scrolled = FittingArea(self._inner)
        self._arrange()

    def add_buttons(self, *buttons: QuietButton | PrimaryButton) -> None:
        """The row at the end."""
        row = QHBoxLayout()
        row.setSpacing(8)
        self._column.addLayout(row)
        row.addStretch()
        for button in buttons:
            row.addWidget(button)
        self._fit()

    def show_title(self, name: str) -> None:
        """Name the file."""
        self._title.setText(name)

    def say_working(self, text: str) -> None:
        """Say what is being waited for."""
        self._message.say_working(text)
        self._fit()

    def say_error(self, text: str) -> None:
        """Say what went wrong."""
        self._message.say("error", text)
        self._fit()

    def show_found(
        self,
        facts: Sequence[Fact],
        damaged: Sequence[DamagedEntry],
        *,
        known: bool,
        table: bool,
    ) -> None:
        """Show what the file would bring and what there is to decide."""
        self._message.clear()
        self._found.show_facts(facts)
        self._found.show()
        self._where.show()
        self._columns.setVisible(table)
        self._known.setVisible(known)
        self._damaged.show_facts(self._damaged_facts(damaged))
        self._damaged_part.setVisible(bool(damaged))
        self._fit()

    def show_done(self, facts: Sequence[Fact]) -> None:
        """Show what was taken over; there is nothing left to decide."""
        for part in (self._found, self._where, self._columns, self._known):
            part.hide()
        self._message.say_facts("success", facts)
        self._fit()

    def _damaged_facts(self, damaged: Sequence[DamagedEntry]) -> list[Fact]:
        facts = [Fact(damaged_text(entry)) for entry in damaged[:MOST_DAMAGED]]
        if len(damaged) > MOST_DAMAGED:
            more = self._dialog.tr("and {n} more").format(n=number(len(damaged) - MOST_DAMAGED))
            facts.append(Fact(more, bold=True))
        return facts

    def _fit(self) -> None:
        """Take the height that the parts need, up to what every screen has."""
        self._scrolled.setVisible(not all(part.isHidden() for part in self._parts))
        self._scrolled.fit_dialog(self._dialog, WIDTH_PX, HIGHEST_PX)

    def _fill(self, where: QComboBox) -> None:
        where.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self._where)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        label = PlainLabel(self._dialog.tr("Into"), tone="muted")
        label.setBuddy(where)
        row.addWidget(label)
        row.addWidget(where, 1)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in self._parts:
            part.hide()
            column.addWidget(part)
        column.addStretch()

    def _arrange(self) -> None:
        self._found.hide()
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(12)
        self._column.addWidget(self._title)
        self._column.addWidget(self._found)
        self._column.addWidget(self._message)
        self._column.addWidget(self._scrolled, 1)
        self._column.addStretch()


def _part(title: str, content: QWidget) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(section_label(title))
    column.addWidget(content)
    return part


def _boxed(content: QWidget) -> QFrame:
    box = QFrame()
    box.setProperty("surface", "box")
    column = QVBoxLayout(box)
    column.setContentsMargins(12, 10, 12, 10)
    column.addWidget(content)
    return box
