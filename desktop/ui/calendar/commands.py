"""What mouse and keyboard ask of the view."""

from typing import Protocol

from PySide6.QtCore import QPoint

from desktop.domain.event import CalendarEntry
from desktop.domain.timespan import When
from desktop.ui.calendar.scene import Chip
from desktop.ui.calendar.view_state import Cursor


class Commands(Protocol):
    """Each does one thing and tells who has to know."""

    def choose_entry(self, entry: CalendarEntry | None) -> None:
        """Select an event, or none."""

    def choose_slot(self, cursor: Cursor | None) -> None:
        """Put the keyboard's cursor on a slot; no event is selected then."""

    def open_entry(self, entry: CalendarEntry) -> None:
        """Open an event."""

    def offer_slot(self, when: When) -> None:
        """Begin a meeting at this time."""

    def delete_entry(self, entry: CalendarEntry) -> None:
        """Ask for an event's end."""

    def duplicate_entry(self, entry: CalendarEntry) -> None:
        """Ask for a second one like it."""

    def move_entry(self, entry: CalendarEntry, when: When) -> None:
        """Ask for another time."""

    def refuse(self, code: str) -> None:
        """Say why something cannot be done."""

    def open_menu(self, entry: CalendarEntry, at: QPoint) -> None:
        """Show an event's menu at a point of the view."""

    def open_list(self, chip: Chip, at: QPoint) -> None:
        """Show what a chip stands for."""

    def scroll_by(self, pixels: int) -> None:
        """Scroll the grid down."""

    def zoom_by(self, factor: float, at_y: int) -> None:
        """Zoom; the time at that row stays."""

    def turn_page(self, pages: int) -> None:
        """Ask for days later, or earlier."""

    def open_lane(self, wide: bool) -> None:
        """Show all rows of whole days, or fold them."""

    def set_folded(self, folded: bool) -> None:
        """Fold the hours far from work, or open them."""

    def scroll_lane(self, rows: int) -> None:
        """Scroll the rows of whole days."""

    def announce(self, text: str) -> None:
        """Say something to a screen reader."""
