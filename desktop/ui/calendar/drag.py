"""A drag while it lasts: what is held, what it proposes, and the view moving under it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QElapsedTimer, QObject, QPoint, Qt, QTimer, Signal

from desktop.domain.event import CalendarEntry
from desktop.domain.timespan import TimeSpan, When
from desktop.ui.calendar.dragging import EXACT_MIN, FINE_SNAP_MIN, SNAP_MIN, Edge, Snap
from desktop.ui.calendar.geometry import Frame, edge_speed
from desktop.ui.calendar.proposal import USUAL_MIN, Drag, DragKind, Pointer, carried, proposed
from desktop.ui.calendar.scene import days_of
from desktop.ui.calendar.stage import Stage
from desktop.ui.calendar.walltime import day_of, wall_of

EDGE_PX = 24
MAGNET_PX = 6
FRAME_MS = 16
TURN_FIRST_MS = 600
TURN_NEXT_MS = 900
LANDING_MS = 1000


class DragController(QObject):
    """Holds at most one drag. Nothing is written before `dropped`."""

    changed = Signal()
    """The proposal is another one, or there is none any more."""
    dropped = Signal(object, object, bool)  # Drag, When, whether to copy
    scroll_wished = Signal(int)  # pixels down
    page_wished = Signal(int)  # pages on

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.drag: Drag | None = None
        self.proposal: When | None = None
        self.copying = False
        self.by_keyboard = False
        self.landing: tuple[Drag, When] | None = None
        """What was dropped and is on its way to be stored: it is drawn where it went."""
        self._landed = QTimer(self)
        self._landed.setSingleShot(True)
        self._landed.setInterval(LANDING_MS)
        self._landed.timeout.connect(self.settle)
        self._at = QPoint()
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(FRAME_MS)
        self._scrolling.timeout.connect(self._on_scroll_frame)
        self._held = QElapsedTimer()
        self._turn_after_ms = TURN_FIRST_MS
        self._side = 0
        self.day_finder: Callable[[QPoint], date | None] | None = None
        """Knows the day under a point of the view where that is outside of it: the mini month."""
        self._remembered: dict[str, int] = {}
        """How long events were, in minutes, before they were made whole days."""

    @property
    def active(self) -> bool:
        """Whether something is held."""
        return self.drag is not None

    def begin(
        self, kind: DragKind, at: QPoint, entry: CalendarEntry | None = None, edge: Edge = Edge.END
    ) -> None:
        """Take hold of ``entry`` at a point of the view, or of an empty slot."""
        usual = USUAL_MIN if entry is None else self._remembered.get(entry.event.id, USUAL_MIN)
        self.drag = Drag(kind, self._pointer(at), entry, edge, usual)
        self.by_keyboard = False
        self._at = at
        self._propose()

    def lift(self, entry: CalendarEntry) -> None:
        """Take hold of ``entry`` by keyboard."""
        self.drag = Drag(DragKind.MOVE, Pointer(0.0), entry)
        self.by_keyboard = True
        self.copying = False
        self.proposal = entry.when
        self.changed.emit()

    def step(self, days: int, minutes: int) -> None:
        """Carry what the keyboard holds by days and minutes."""
        if self.drag is not None and self.proposal is not None:
            self.proposal = carried(self.proposal, days, minutes, self._stage.zone)
            self.changed.emit()

    def follow(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """The pointer is at ``at`` now."""
        if self.drag is None or self.by_keyboard:
            return
        self._at, self._modifiers = at, modifiers
        self.copying = bool(modifiers & Qt.KeyboardModifier.AltModifier) and (
            self.drag.kind is DragKind.MOVE
        )
        self._propose()
        self._watch_edges()

    def drop(self) -> None:
        """Let go here. A drag that changed nothing is no change."""
        drag, when, copy = self.drag, self.proposal, self.copying
        self._end()
        if drag is None or when is None:
            return
        if drag.entry is not None:
            if when == drag.entry.when and not copy:
                return
            self._remember(drag.entry, when)
            if not copy:
                self.landing = (drag, when)
                self._landed.start()
                self.changed.emit()
        self.dropped.emit(drag, when, copy)

    def settle(self) -> None:
        """What was dropped is shown at its new place now, or stays at its old one."""
        if self.landing is not None:
            self.landing = None
            self._landed.stop()
            self.changed.emit()

    @property
    def lifted(self) -> CalendarEntry | None:
        """What is shown as an outline: held, or dropped and not yet shown where it went."""
        if self.drag is not None:
            return None if self.copying else self.drag.entry
        return None if self.landing is None else self.landing[0].entry

    def cancel(self) -> None:
        """Put everything back."""
        if self.active:
            self._end()

    def turning_share(self) -> float:
        """How far the page is from being turned, 0 to 1; 0 where no edge is touched."""
        if not self._side or not self._held.isValid():
            return 0.0
        return self._held.elapsed() / self._turn_after_ms

    @property
    def side(self) -> int:
        """The edge that the pointer is in: -1 left, 1 right, 0 none."""
        return self._side

    def refresh(self) -> None:
        """The view moved under the pointer."""
        if self.active and not self.by_keyboard:
            self._propose()

    def _end(self) -> None:
        self.drag = None
        self.proposal = None
        self.copying = False
        self._side = 0
        self._held.invalidate()
        self._scrolling.stop()
        self.changed.emit()

    def _remember(self, entry: CalendarEntry, when: When) -> None:
        if isinstance(entry.when, TimeSpan) and not isinstance(when, TimeSpan):
            self._remembered[entry.event.id] = round(entry.when.duration.total_seconds() / 60)

    def _pointer(self, at: QPoint) -> Pointer:
        frame = self._stage.frame
        if frame.in_lane(at.y()) and not self._held_among_hours():
            return Pointer(frame.wall_at(at.x(), frame.top - frame.scroll_px), lane=True)
        # Between the lane and the first visible row the pointer counts as being at that row.
        return Pointer(frame.wall_at(at.x(), max(at.y(), frame.top)))

    def _held_among_hours(self) -> bool:
        """What is created or resized among hours stays there."""
        drag = self.drag
        return drag is not None and drag.kind is not DragKind.MOVE and not drag.grab.lane

    def _propose(self) -> None:
        if self.drag is None:
            return
        day = None if self.day_finder is None else self.day_finder(self._at)
        if day is not None and self.drag.kind is DragKind.MOVE and self.drag.entry is not None:
            when = self.drag.entry.when
            first = days_of(when, self._stage.zone).first
            self.proposal = carried(when, (day - first).days, 0, self._stage.zone)
        else:
            pointer = self._pointer(self._at)
            self.proposal = proposed(self.drag, pointer, self._snap(), self._stage.zone)
        self.changed.emit()

    def _snap(self) -> Snap:
        scale = self._stage.frame.scale
        pixel = scale.minutes_of(1)
        if self._modifiers & Qt.KeyboardModifier.ControlModifier:
            return Snap(EXACT_MIN, pixel=pixel)
        fine = self._modifiers & Qt.KeyboardModifier.ShiftModifier
        return Snap(
            FINE_SNAP_MIN if fine else SNAP_MIN,
            magnets=self._magnets(),
            reach=scale.minutes_of(MAGNET_PX),
            pixel=pixel,
            now=wall_of(self._stage.now(), self._stage.zone),
        )

    def _magnets(self) -> tuple[int, ...]:
        """Starts and ends of the other events of the day under the pointer."""
        assert self.drag is not None
        day = day_of(int(self._pointer(self._at).wall))
        zone = self._stage.zone
        walls: list[int] = []
        for entry in self._stage.entries:
            if entry is self.drag.entry or not isinstance(entry.when, TimeSpan):
                continue
            ends = (wall_of(entry.when.start, zone), wall_of(entry.when.end, zone))
            walls.extend(wall for wall in ends if day_of(wall) == day)
        return tuple(walls)

    def _watch_edges(self) -> None:
        frame = self._stage.frame
        side = self._side_of(frame)
        if side != self._side:
            self._side = side
            self._turn_after_ms = TURN_FIRST_MS
            if side:
                self._held.start()
            else:
                self._held.invalidate()
        if side or self._speed(frame):
            if not self._scrolling.isActive():
                self._scrolling.start()
        else:
            self._scrolling.stop()

    def _side_of(self, frame: Frame) -> int:
        grid = frame.grid
        outside = self._at.x() < 0 or self._at.y() < 0 or self._at.y() > frame.height_px
        if self.drag is None or self.drag.kind is not DragKind.MOVE or outside:
            return 0
        if self._at.x() < grid.x + EDGE_PX:
            return -1
        return 1 if self._at.x() >= grid.right - EDGE_PX else 0

    def _speed(self, frame: Frame) -> int:
        """Pixels to scroll down in this frame."""
        if frame.in_lane(self._at.y()):
            return 0
        above = frame.top + EDGE_PX - self._at.y()
        below = self._at.y() - (frame.height_px - EDGE_PX)
        return edge_speed(below, EDGE_PX) - edge_speed(above, EDGE_PX)

    def _on_scroll_frame(self) -> None:
        if speed := self._speed(self._stage.frame):
            self.scroll_wished.emit(speed)
        if self._side:
            if self._held.elapsed() >= self._turn_after_ms:
                self._turn_after_ms = TURN_NEXT_MS
                self._held.start()
                self.page_wished.emit(-self._side if self._stage.frame.columns.rtl else self._side)
            self.changed.emit()
