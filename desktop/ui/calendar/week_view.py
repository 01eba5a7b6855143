"""The calendar's time grid: shows what it is given, says what the user did."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.event import CalendarEntry, Participation
from desktop.domain.ids import EventId
from desktop.domain.timespan import When
from desktop.ui.calendar.describe import accessible_text, details_text, times_text, when_text
from desktop.ui.calendar.grid_view import GridView, utc_now
from desktop.ui.calendar.hits import Spot
from desktop.ui.calendar.keys import KeyController
from desktop.ui.calendar.menu import event_menu, hours_menu, list_menu
from desktop.ui.calendar.mouse import MouseController
from desktop.ui.calendar.paint_context import qrect
from desktop.ui.calendar.proposal import Drag, DragKind
from desktop.ui.calendar.scene import Chip, key_of
from desktop.ui.calendar.view_paint import edge_chips
from desktop.ui.calendar.view_state import Cursor


class WeekView(GridView):
    """Some days of events that can be clicked, dragged and walked through."""

    event_activated = Signal(object, object)  # EventId, its original start or None
    event_selected = Signal(object, object)  # EventId or None, its original start or None
    edit_requested = Signal(object, object)  # EventId, its original start or None
    slot_chosen = Signal(object)  # TimeSpan or DateSpan
    move_requested = Signal(object, object, object)  # EventId, its original start or None, When
    copy_requested = Signal(object, object, object)  # EventId, its original start or None, When
    delete_requested = Signal(object, object)  # EventId, its original start or None
    duplicate_requested = Signal(object, object)  # EventId, its original start or None
    answer_requested = Signal(object, object)  # EventId, Participation
    outcome_requested = Signal(object, object)  # EventId, its original start or None
    page_requested = Signal(int)  # pages later, or earlier
    day_activated = Signal(object)  # date: its head was clicked
    draft_activated = Signal(object)  # DraftId
    pressed = Signal()
    """The mouse went down somewhere: what floats over the calendar folds."""
    refused = Signal(str)  # "read_only"; "invited": it can only be declined
    details_copied = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, clock: Callable[[], datetime] = utc_now
    ) -> None:
        super().__init__(parent, clock=clock)
        self.mouse = MouseController(self.state, self.drags, self, self.viewport())
        self._keys = KeyController(self.state, self.drags, self)
        self._place_of_choice: Cursor | None = None
        self.menu: QMenu | None = None
        self.drags.dropped.connect(self._on_dropped)
        self.drags.scroll_wished.connect(self.scroll_by)
        self.drags.page_wished.connect(self.turn_page)
        self.verticalScrollBar().valueChanged.connect(self.mouse.hide_card)

    # What is chosen

    def select(
        self, event_id: EventId | None, original_start: date | datetime | None = None
    ) -> None:
        """Select an event as a click does, scrolling to it; None selects nothing."""
        key = None if event_id is None else (event_id, original_start)
        entry = self.state.entry_of(key)
        if entry is None and event_id is not None:
            entry = next((one for one in self.state.entries if one.event.id == event_id), None)
        self.choose_entry(entry)

    def choose_entry(self, entry: CalendarEntry | None) -> None:
        """Select an event, or none, and tell."""
        key = None if entry is None else key_of(entry)
        before = self.state.selected
        self.state.cursor = None
        self.state.selected = key
        if entry is not None:
            self.show_time(entry.when)
            self._place_of_choice = self._keys.slot_of(entry)
            clashes = self.state.clashes(entry)
            text = accessible_text(entry, self.state.zone, clashes=clashes)
            self.setAccessibleDescription(text)
            self.announce(text)
        self._repaint_choice(before)
        if key != before:
            self.event_selected.emit(*(key or (None, None)))

    def choose_slot(self, cursor: Cursor | None) -> None:
        """Put the keyboard's cursor on a slot, or take it away."""
        before = self.state.selected
        self.state.selected = None
        self.state.cursor = cursor
        if cursor is not None:
            when = cursor.when(self.state.zone, 30)
            self.show_time(when)
            self.setAccessibleDescription(when_text(when, self.state.zone))
        self._repaint_choice(before)
        if before is not None:
            self.event_selected.emit(None, None)

    def _repaint_choice(self, before: tuple[EventId, date | datetime | None] | None) -> None:
        for key in (before, self.state.selected):
            for box in self.state.scene.boxes_of(key) if key is not None else []:
                self.canvas.invalidate(qrect(box.rect))
        self.viewport().update()

    def _selected_is_gone(self) -> None:
        """The event went away: the keyboard stays at its slot."""
        self.state.cursor = self._place_of_choice
        self.state.selected = None
        self.event_selected.emit(None, None)

    # What is asked for

    def open_entry(self, entry: CalendarEntry) -> None:
        """Ask to open an event."""
        self.event_activated.emit(*key_of(entry))

    def edit_entry(self, entry: CalendarEntry) -> None:
        """Ask to edit an event."""
        self.edit_requested.emit(*key_of(entry))

    def offer_slot(self, when: When) -> None:
        """Ask for a meeting at a time."""
        self.slot_chosen.emit(when)

    def delete_entry(self, entry: CalendarEntry) -> None:
        """Ask for an event's end."""
        self.delete_requested.emit(*key_of(entry))

    def duplicate_entry(self, entry: CalendarEntry) -> None:
        """Ask for a second one like it."""
        self.duplicate_requested.emit(*key_of(entry))

    def move_entry(self, entry: CalendarEntry, when: When) -> None:
        """Ask for another time."""
        self.move_requested.emit(*key_of(entry), when)

    def note_entry(self, entry: CalendarEntry) -> None:
        """Ask what became of a meeting."""
        self.outcome_requested.emit(entry.event.id, entry.occurrence.original_start)

    def answer_entry(self, entry: CalendarEntry, answer: Participation) -> None:
        """Ask to answer an invitation."""
        self.answer_requested.emit(entry.event.id, answer)

    def copy_details(self, entry: CalendarEntry) -> None:
        """Put what an event says on the clipboard."""
        QGuiApplication.clipboard().setText(details_text(entry, self.state.zone))
        self.details_copied.emit()

    def refuse(self, code: str) -> None:
        """Say why something cannot be done."""
        self.refused.emit(code)
        if code == "read_only":
            self.announce(self.tr("This event is read only."))

    def turn_page(self, pages: int) -> None:
        """Ask for days later, or earlier."""
        if pages:
            self.page_requested.emit(pages)

    def announce(self, text: str) -> None:
        """Say something to a screen reader."""
        self.speech.say(text)

    def _on_dropped(self, drag: Drag, when: When, copy: bool) -> None:
        if drag.entry is None or drag.kind is DragKind.CREATE:
            self.slot_chosen.emit(when)
        elif copy:
            self.copy_requested.emit(*key_of(drag.entry), when)
        else:
            self.move_entry(drag.entry, when)

    # Menus

    def open_menu(self, entry: CalendarEntry, at: QPoint) -> None:
        """Show an event's menu at a point of the viewport, or at the event."""
        self.mouse.hide_card()
        if at.isNull():
            at = self.event_rect(entry.event.id).center()
        self.menu = event_menu(
            self,
            entry,
            opened=self.open_entry,
            edited=self.edit_entry,
            duplicated=self.duplicate_entry,
            deleted=self.delete_entry,
            copied=self.copy_details,
            answered=self.answer_entry,
            noted=self.note_entry,
        )
        self.menu.popup(self.viewport().mapToGlobal(at))

    def open_list(self, chip: Chip, at: QPoint) -> None:
        """Show the events that a chip stands for; the lane opens instead."""
        if chip.minute is None:
            self.open_lane(True)
            return
        found = (self.state.entry_of(key) for key in chip.keys)
        entries = [entry for entry in found if entry is not None]
        self.menu = list_menu(self, entries, self._times, self.open_entry)
        self.menu.popup(self.viewport().mapToGlobal(at))

    def _open_hours_menu(self, at: QPoint) -> None:
        self.menu = hours_menu(self, folded=self.state.folded, fold=self.set_folded)
        self.menu.popup(at)

    def _times(self, entry: CalendarEntry) -> str:
        return times_text(entry.when, self.state.zone)

    # Qt overrides

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.mouse.leave()
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        for above, rect, _ in edge_chips(self.state, self.context()):
            if rect.has(at.x(), at.y()):
                self._go_to_hidden(above=above)
                return
        if event.button() == Qt.MouseButton.LeftButton:
            for draft in self.state.drafts:
                if draft.folded and self.rect_of(draft.when).contains(at):
                    self.draft_activated.emit(draft.id)
                    return
        self.pressed.emit()
        self.mouse.press(event)

    def _go_to_hidden(self, *, above: bool) -> None:
        """Scroll to the nearest event out of sight in this direction."""
        frame = self.state.frame
        low, high = frame.scroll_px, frame.scroll_px + frame.grid.height
        rects = [box.rect for box in self.state.scene.boxes]
        if above:
            to = max(rect.y for rect in rects if rect.bottom <= low) - 40
        else:
            to = min(rect.bottom for rect in rects if rect.y >= high) + 40 - frame.grid.height
        self.verticalScrollBar().setValue(to)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        hit = self.mouse.hit(event.position().toPoint())
        if hit.spot is Spot.HEAD and not self.drags.active:
            frame = self.state.frame
            self.day_activated.emit(frame.day(frame.columns.at(event.position().x())))
        self.mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mouse.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.mouse.wheel(event):
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            hit = self.mouse.hit(event.pos())
            entry, at = hit.entry, event.pos()
            if hit.spot is Spot.GUTTER:
                self._open_hours_menu(event.globalPos())
        else:
            entry, at = self.state.chosen, QPoint()
        if entry is not None and not self.drags.active:
            self.choose_entry(entry)
            self.open_menu(entry, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._keys.press(event):
            event.accept()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._repaint_choice(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.drags.active and not self.isActiveWindow():
            self.mouse.let_go()
        self._repaint_choice(None)
