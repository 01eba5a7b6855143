"""What the keyboard does in the view: slots, events, lifting."""

from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

from desktop.domain.event import CalendarEntry
from desktop.ui.calendar.commands import Commands
from desktop.ui.calendar.describe import when_text
from desktop.ui.calendar.drag import DragController
from desktop.ui.calendar.dragging import FINE_SNAP_MIN, SNAP_MIN, slot_at
from desktop.ui.calendar.proposal import carried
from desktop.ui.calendar.scene import days_of, key_of, minute_in_grid
from desktop.ui.calendar.view_state import SLOT_MIN, Cursor, ViewState
from desktop.ui.calendar.walltime import DAY_MIN

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
ZOOM_STEP = 1.2
WEEK_DAYS = 7

ARROWS = {
    Key.Key_Left: (-1, 0),
    Key.Key_Right: (1, 0),
    Key.Key_Up: (0, -1),
    Key.Key_Down: (0, 1),
}


class KeyController:
    """Turns keys into commands. Answers whether a key was one of its own."""

    def __init__(self, state: ViewState, drags: DragController, commands: Commands) -> None:
        self._state = state
        self._drags = drags
        self._commands = commands

    def slot_of(self, entry: CalendarEntry) -> Cursor:
        """The slot that an event begins in."""
        day = max(days_of(entry.when, self._state.zone).first, self._state.first)
        minute = minute_in_grid(entry.when, self._state.zone)
        return Cursor(day, None if minute is None else slot_at(minute, SLOT_MIN))

    def press(self, event: QKeyEvent) -> bool:
        """A key went down in the view."""
        key = Key(event.key())
        modifiers = event.modifiers() & (CTRL | SHIFT | ALT)
        if self._drags.active:
            return self._while_held(key, modifiers)
        if key in ARROWS:
            return self._arrow(key, modifiers)
        if modifiers == CTRL:
            return self._with_ctrl(key)
        if modifiers in (Qt.KeyboardModifier.NoModifier, SHIFT):
            return self._plain(key)
        return False

    def _plain(self, key: Key) -> bool:
        chosen = self._state.chosen
        if key in (Key.Key_Return, Key.Key_Enter):
            self._enter()
        elif key in (Key.Key_Home, Key.Key_End):
            self._to_end_of_day(last=key == Key.Key_End)
        elif key in (Key.Key_PageUp, Key.Key_PageDown):
            self._commands.turn_page(-1 if key == Key.Key_PageUp else 1)
        elif chosen is not None:
            return self._with_entry(key, chosen)
        else:
            return False
        return True

    def _with_entry(self, key: Key, chosen: CalendarEntry) -> bool:
        if key == Key.Key_Space:
            self._lift(chosen)
        elif key in (Key.Key_Delete, Key.Key_Backspace):
            if chosen.event.read_only:
                self._commands.refuse("invited" if chosen.event.invited else "read_only")
            else:
                self._commands.delete_entry(chosen)
        elif key in (Key.Key_F10, Key.Key_Menu):
            self._commands.open_menu(chosen, QPoint())
        elif key == Key.Key_Escape:
            self._commands.choose_entry(None)
        else:
            return False
        return True

    def _with_ctrl(self, key: Key) -> bool:
        middle = (self._state.frame.top + self._state.frame.height_px) // 2
        chosen = self._state.chosen
        if key in (Key.Key_Plus, Key.Key_Equal):
            self._commands.zoom_by(ZOOM_STEP, middle)
        elif key == Key.Key_Minus:
            self._commands.zoom_by(1 / ZOOM_STEP, middle)
        elif key == Key.Key_D and chosen is not None:
            self._commands.duplicate_entry(chosen)
        else:
            return False
        return True

    # Slots and events

    def _arrow(self, key: Key, modifiers: Qt.KeyboardModifier) -> bool:
        across, down = self._direction(key)
        if modifiers == CTRL:
            self._next_entry(across + down)
        elif modifiers == SHIFT and across:
            self._shift_week(across)
        elif modifiers == Qt.KeyboardModifier.NoModifier:
            self._next_slot(across, down)
        else:
            return False
        return True

    def _direction(self, key: Key) -> tuple[int, int]:
        across, down = ARROWS[key]
        return (-across if self._state.sizes.rtl else across), down

    def here(self) -> Cursor:
        """Where the keyboard is: its slot, the selected event's, or what is on top of the view."""
        state = self._state
        if state.cursor is not None and state.shows(state.cursor.when(state.zone)):
            return state.cursor
        if (chosen := state.chosen) is not None:
            return self.slot_of(chosen)
        today = state.frame.index_of(state.today)
        first_row = slot_at(state.frame.minute_at(state.frame.top) + SLOT_MIN - 1, SLOT_MIN)
        return Cursor(state.frame.day(today or 0), min(first_row, DAY_MIN - SLOT_MIN))

    def _next_slot(self, across: int, down: int) -> None:
        state = self._state
        fresh = state.cursor is None and state.chosen is None
        cursor = self.here()
        if not fresh:
            cursor = self._stepped(cursor, across, down)
        if state.frame.index_of(cursor.day) is None:
            self._commands.turn_page(across)
        self._commands.choose_slot(cursor)
        self._say(cursor)

    def _stepped(self, cursor: Cursor, across: int, down: int) -> Cursor:
        day = cursor.day + timedelta(days=across)
        if not down:
            return Cursor(day, cursor.minute)
        if cursor.minute is None:
            return cursor if down < 0 else Cursor(day, 0)
        minute = cursor.minute + down * SLOT_MIN
        if minute < 0:
            return Cursor(day, None)
        return Cursor(day, min(minute, DAY_MIN - SLOT_MIN))

    def _say(self, cursor: Cursor) -> None:
        self._commands.announce(
            when_text(cursor.when(self._state.zone, SLOT_MIN), self._state.zone)
        )

    def _next_entry(self, by: int) -> None:
        state = self._state
        ordered = state.ordered()
        if not ordered:
            return
        keys = [key_of(entry) for entry in ordered]
        if state.selected in keys:
            place = keys.index(state.selected) + by
        else:
            place = self._place_of_cursor(ordered, by)
        self._commands.choose_entry(ordered[min(max(place, 0), len(ordered) - 1)])

    def _place_of_cursor(self, ordered: list[CalendarEntry], by: int) -> int:
        state = self._state
        if state.cursor is None:
            return 0 if by > 0 else len(ordered) - 1
        slot = state.cursor.when(state.zone, SLOT_MIN)
        minute = state.cursor.minute
        here = (days_of(slot, state.zone).first, -1 if minute is None else minute)
        before = 0
        for entry in ordered:
            day = days_of(entry.when, state.zone).first
            minute = minute_in_grid(entry.when, state.zone)
            before += (day, -1 if minute is None else minute) < here
        return before if by > 0 else before - 1

    def _to_end_of_day(self, *, last: bool) -> None:
        cursor = Cursor(self.here().day, DAY_MIN - SLOT_MIN if last else 0)
        self._commands.choose_slot(cursor)
        self._say(cursor)

    def _enter(self) -> None:
        state = self._state
        entry = state.chosen
        if entry is None and state.cursor is not None:
            entry = state.entry_at(state.cursor)
        if entry is not None:
            self._commands.open_entry(entry)
            return
        self._commands.offer_slot(self.here().when(state.zone))

    # Lifting

    def _lift(self, entry: CalendarEntry) -> None:
        if entry.event.read_only:
            self._commands.refuse("read_only")
            return
        self._drags.lift(entry)
        self._say_proposal()

    def _shift_week(self, across: int) -> None:
        entry = self._state.chosen
        if entry is None:
            return
        if entry.event.read_only:
            self._commands.refuse("read_only")
            return
        when = carried(entry.when, across * WEEK_DAYS, 0, self._state.zone)
        self._commands.move_entry(entry, when)

    def _while_held(self, key: Key, modifiers: Qt.KeyboardModifier) -> bool:
        if key == Key.Key_Escape:
            self._drags.cancel()
        elif not self._drags.by_keyboard:
            return True  # the mouse holds it
        elif key in (Key.Key_Return, Key.Key_Enter, Key.Key_Space):
            self._drags.drop()
        elif key in ARROWS:
            across, down = self._direction(key)
            step = FINE_SNAP_MIN if modifiers & SHIFT else SNAP_MIN
            self._drags.step(across, down * step)
            self._say_proposal()
        return True

    def _say_proposal(self) -> None:
        when = self._drags.proposal
        if when is not None:
            self._commands.announce(when_text(when, self._state.zone))
