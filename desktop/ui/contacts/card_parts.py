"""What a contact card is put together from."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.event import CalendarEntry, EventKind
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.ui.contacts.texts import SEPARATOR
from desktop.ui.time_texts import date_text, distance_text, when_text
from desktop.ui.widgets.chip import Chip


class Part(QWidget):
    """A column that is filled anew only when what it shows has changed."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    def is_new(self, shown: object) -> bool:
        """Whether ``shown`` differs from the last one."""
        new = shown != self._shown
        self._shown = shown
        return new

    def add(self, widget: QWidget, *, gap_px: int = 0) -> None:
        """Append a line, ``gap_px`` further down than usual."""
        self._column.addSpacing(gap_px)
        self._column.addWidget(widget)
        self.show()

    def clear(self) -> None:
        """Take every line out; an empty part takes no room."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.hide()


class FreeChip(Chip):
    """A free hour: pressing it books there."""

    chosen = Signal(object)  # TimeSpan

    def __init__(self, text: str, span: TimeSpan) -> None:
        super().__init__(text)
        self._span = span
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.chosen.emit(self._span)


class EntryOpener(QObject):
    """Remembers which meeting a line shows."""

    opened = Signal(object, object)  # EventId, original start or None

    def __init__(self, row: QObject, entry: CalendarEntry) -> None:
        super().__init__(row)
        self._entry = entry

    def open(self) -> None:
        """Tell that the line was pressed."""
        self.opened.emit(self._entry.event.id, self._entry.occurrence.original_start)


def next_texts(entry: CalendarEntry, now: datetime, zone: tzinfo) -> tuple[str, str]:
    """When the next meeting is, and what, where and how soon."""
    event = entry.event
    parts = (event.summary, event.location, distance_text(entry.when, now, zone))
    return when_text(entry.when, now, zone), SEPARATOR.join(part for part in parts if part)


def past_texts(entry: CalendarEntry, now: datetime, zone: tzinfo) -> tuple[str, str]:
    """The day of a past meeting, and what it was."""
    when = entry.when
    day = when.first if isinstance(when, DateSpan) else when.start.astimezone(zone).date()
    words = entry.event.summary
    if not words and entry.event.kind is EventKind.CALL:
        words = QCoreApplication.translate("Contacts", "Call")
    return date_text(day, now.astimezone(zone).date()), words
