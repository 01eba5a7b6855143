"""What a time clashes with, and the next free times instead."""

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.timespan import TimeSpan
from desktop.ui.calendar.describe import time_text
from desktop.ui.calendar.painter import offset_text
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.labels import small_label


class ClashHint(QWidget):
    """A quiet sentence and a few times to press. It never forbids anything."""

    slot_taken = Signal(object)  # TimeSpan
    size_changed = Signal()

    def __init__(self, zone: Callable[[], tzinfo], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._text = small_label(tone="warning", wrap=True)
        self._slots = QWidget(self)
        self._row = FlowLayout(self._slots, gap_px=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._text)
        column.addWidget(self._slots)
        self.say("")

    def say(self, text: str, slots: tuple[TimeSpan, ...] = ()) -> None:
        """Show a sentence and offer times; with an empty one nothing is shown."""
        self._text.setText(text)
        self._row.clear()
        for slot in slots:
            chip = _SlotChip(slot, self._zone(), self._slots)
            chip.taken.connect(self.slot_taken)
            self._row.addWidget(chip)
            chip.show()
        self._slots.setVisible(bool(slots))
        self.setVisible(bool(text))
        self.size_changed.emit()

    def text(self) -> str:
        """The sentence."""
        return self._text.whole_text()

    def slots(self) -> tuple[TimeSpan, ...]:
        """The times on offer."""
        chips = self._slots.findChildren(_SlotChip)
        return tuple(chip.slot for chip in chips if not chip.isHidden())


class _SlotChip(Chip):
    """A free time that one can take instead."""

    taken = Signal(object)  # TimeSpan

    def __init__(self, slot: TimeSpan, zone: tzinfo, parent: QWidget) -> None:
        day = slot.start.astimezone(zone).date()
        name = QLocale().toString(QDate(day.year, day.month, day.day), "ddd d")
        local = slot.start.astimezone(zone)
        text = f"{name}, {time_text(slot.start, zone)}"
        if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
            text += f" {offset_text(local.utcoffset())}"  # an hour that comes twice
        super().__init__(text, parent)
        self.slot = slot
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.taken.emit(self.slot)
