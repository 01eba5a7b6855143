"""What the mouse does in the day strip: carries the slot, pulls its ends, draws a new one."""

from PySide6.QtCore import QObject, QPoint, Qt, Signal

from desktop.domain.event import CalendarEntry
from desktop.domain.timespan import DateSpan, When
from desktop.ui.calendar.drag import DragController
from desktop.ui.calendar.dragging import Edge, edge_under
from desktop.ui.calendar.proposal import Drag, DragKind, carried
from desktop.ui.meeting.strip_stage import StripStage

DRAG_PX = 4
CLICK_STEP_MIN = 30


class SlotDrag(QObject):
    """Tells every place that the slot is dragged over; Escape brings back where it was."""

    when_changed = Signal(object)  # When
    scroll_wished = Signal(int)  # pixels down

    def __init__(self, stage: StripStage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._pressed: QPoint | None = None
        self._before: When | None = None
        self._drags = DragController(stage, self)
        self._drags.changed.connect(self._on_changed)
        self._drags.dropped.connect(self._on_dropped)
        self._drags.scroll_wished.connect(self.scroll_wished)

    @property
    def active(self) -> bool:
        """Whether something is being dragged."""
        return self._drags.active

    def press(self, at: QPoint) -> None:
        """The left button went down."""
        columns = self._stage.frame.columns
        if columns.left <= at.x() < columns.left + columns.width:
            self._pressed = at

    def move(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> bool:
        """The pointer moved; says whether the button is held here."""
        if self._pressed is not None and not self.active:
            if (at - self._pressed).manhattanLength() < DRAG_PX:
                return True
            self._begin(self._pressed)
        if self.active:
            self._drags.follow(at, modifiers)
        return self.active

    def release(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """The left button went up: drop, or put the slot where an empty place was clicked."""
        pressed, self._pressed = self._pressed, None
        if self.active:
            self._drags.follow(at, modifiers)
            self._drags.drop()
        elif pressed is not None and self.entry_at(at) is None:
            self._place_at(at)

    def refresh(self) -> None:
        """The strip was scrolled under the pointer."""
        self._drags.refresh()

    def cancel(self) -> None:
        """Put everything back."""
        self._pressed = None
        if not self.active:
            return
        before, self._before = self._before, None
        self._drags.cancel()
        if before is not None:
            self.when_changed.emit(before)

    def edge_at(self, at: QPoint) -> Edge | None:
        """The end of the slot that a point is on."""
        rect, slot = self._stage.slot_rect(), self._stage.slot
        if rect is None or slot is None or isinstance(slot.when, DateSpan):
            return None
        inside = rect.has(at.x(), at.y())
        return edge_under(at.y(), rect.y, rect.height, selected=True) if inside else None

    def on_slot(self, at: QPoint) -> bool:
        """Whether a point is on the slot."""
        rect = self._stage.slot_rect()
        return rect is not None and rect.has(at.x(), at.y())

    def entry_at(self, at: QPoint) -> CalendarEntry | None:
        """What is drawn at a point."""
        frame, scene = self._stage.frame, self._stage.scene
        if frame.in_lane(at.y()):
            return next((bar.entry for bar in scene.bars if bar.rect.has(at.x(), at.y())), None)
        box = scene.box_at(at.x(), at.y() - frame.top + frame.scroll_px)
        return None if box is None else box.entry

    def _begin(self, at: QPoint) -> None:
        slot = self._stage.slot
        self._before = None if slot is None else slot.when
        if slot is None or not self.on_slot(at):
            self._drags.begin(DragKind.CREATE, at)
            return
        edge = self.edge_at(at)
        kind = DragKind.MOVE if edge is None else DragKind.RESIZE
        self._drags.begin(kind, at, slot, edge or Edge.END)

    def _place_at(self, at: QPoint) -> None:
        """Put the slot where was clicked: on the half hour, as long as before."""
        slot, frame = self._stage.slot, self._stage.frame
        if slot is None or isinstance(slot.when, DateSpan) or frame.in_lane(at.y()):
            return
        clicked = int(frame.minute_at(at.y())) // CLICK_STEP_MIN * CLICK_STEP_MIN
        days = (self._stage.day - slot.when.start.astimezone(self._stage.zone).date()).days
        minutes = clicked - self._stage.slot_minute()
        self.when_changed.emit(carried(slot.when, days, minutes, self._stage.zone))

    def _on_changed(self) -> None:
        if self._drags.proposal is not None:
            self.when_changed.emit(self._drags.proposal)

    def _on_dropped(self, _drag: Drag, when: When, _copy: bool) -> None:
        self._before = None
        self.when_changed.emit(when)
