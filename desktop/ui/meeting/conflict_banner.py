"""What a plan overlaps, and the next free slots to take instead."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.timespan import TimeSpan
from desktop.ui.meeting.tab_order import put_after
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel


class ConflictBanner(QFrame):
    """A quiet sentence; it keeps nobody from saving."""

    slot_chosen = Signal(object)  # TimeSpan

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meetingConflictBanner")
        self.preceded_by: QWidget | None = None
        """The input that Tab comes from to the slots."""
        self.setProperty("notice", "warning")
        self._text = PlainLabel(wrap=True)
        self._slots: dict[Chip, TimeSpan] = {}
        self._instead = PlainLabel(self.tr("Free:"))
        self._row = QWidget()
        self._flow = FlowLayout(self._row, gap_px=6)
        self._arrange()
        self.hide()

    def show_clash(self, text: str, slots: Sequence[tuple[str, TimeSpan]]) -> None:
        """Say what is in the way, and offer ``slots`` with their names."""
        if not self.isHidden() and text == self._text.whole_text() and self._offers(slots):
            return
        news = self.isHidden() or text != self._text.whole_text()
        self._text.setText(text)
        self.setAccessibleName(text)
        self._offer(slots)
        self.show()
        if news:
            announce(self, text)

    def clear(self) -> None:
        """There is nothing in the way."""
        self.hide()

    def text(self) -> str:
        """The sentence that is shown; empty when there is none."""
        return "" if self.isHidden() else self._text.whole_text()

    def chips(self) -> tuple[Chip, ...]:
        """The slots on offer."""
        return tuple(self._slots)

    def _offers(self, slots: Sequence[tuple[str, TimeSpan]]) -> bool:
        shown = [(chip.value(), slot) for chip, slot in self._slots.items()]
        return shown == list(slots)

    def _offer(self, slots: Sequence[tuple[str, TimeSpan]]) -> None:
        for chip in self._slots:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._slots = {}
        for name, slot in slots:
            chip = Chip(name, self._row)
            chip.setAccessibleName(self.tr("Take {0} instead").format(name))
            chip.clicked.connect(self._on_chip)
            self._slots[chip] = slot
            self._flow.addWidget(chip)
        if self.preceded_by is not None:
            put_after(self._slots, self.preceded_by)
        self._row.setVisible(bool(slots))
        self._instead.setVisible(bool(slots))

    def _on_chip(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip) and chip in self._slots:
            self.slot_chosen.emit(self._slots[chip])

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        offers = QHBoxLayout()
        offers.setContentsMargins(24, 0, 0, 0)
        offers.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(row)
        row.addWidget(IconMark("warning", "warning"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        column.addLayout(offers)
        offers.addWidget(self._instead)
        offers.addWidget(self._row, 1)
