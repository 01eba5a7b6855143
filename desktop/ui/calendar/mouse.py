"""What the mouse does in the view: click, drag, hover, wheel."""

from PySide6.QtCore import QElapsedTimer, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.calendar.commands import Commands
from desktop.ui.calendar.drag import DragController
from desktop.ui.calendar.dragging import slot_at
from desktop.ui.calendar.hits import Hit, Spot, hit_at
from desktop.ui.calendar.hover_card import HoverCard
from desktop.ui.calendar.proposal import DragKind
from desktop.ui.calendar.scene import text_of
from desktop.ui.calendar.view_state import SLOT_MIN, Cursor, ViewState
from desktop.ui.calendar.walltime import day_of, minute_of

DRAG_PX = 4
DRAG_MS = 150
HOVER_MS = 400
ZOOM_STEP = 1.1
WHEEL_NOTCH = 120


class MouseController(QObject):
    """Turns mouse events of the viewport into commands and drags."""

    def __init__(
        self, state: ViewState, drags: DragController, commands: Commands, viewport: QWidget
    ) -> None:
        super().__init__(viewport)
        self._state = state
        self._drags = drags
        self._commands = commands
        self._viewport = viewport
        self._pressed_at: QPoint | None = None
        self._pressed_on = Hit(Spot.GUTTER)
        self._refused = False
        self._since = QElapsedTimer()
        self._wheel_rest = 0
        self.card = HoverCard(viewport)
        self._hovered = ""
        self._hover = QTimer(self)
        self._hover.setSingleShot(True)
        self._hover.setInterval(HOVER_MS)
        self._hover.timeout.connect(self.show_card)
        viewport.setMouseTracking(True)

    def hit(self, at: QPoint) -> Hit:
        """What is under a point of the viewport."""
        return hit_at(self._state, at.x(), at.y(), self._state.selected)

    # Buttons

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        self.hide_card()
        if event.button() == Qt.MouseButton.RightButton and self._drags.active:
            self.let_go()
            return
        if event.button() != Qt.MouseButton.LeftButton or self._drags.active:
            return
        at = event.position().toPoint()
        hit = self.hit(at)
        self._pressed_at, self._pressed_on, self._refused = at, hit, False
        self._since.start()
        if hit.spot is Spot.CHIP and hit.chip is not None:
            self._pressed_at = None
            self._commands.open_list(hit.chip, at)
        elif hit.spot is Spot.EVENT:
            self._commands.choose_entry(hit.entry)
        elif hit.spot is Spot.SLOT:
            self._commands.choose_slot(self._cursor_at(at, lane=hit.lane))
        elif hit.spot is Spot.FOLD:
            self._commands.set_folded(False)
        elif hit.spot is Spot.GUTTER and hit.lane:
            self._commands.open_lane(not self._state.lane_open)

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved, with or without a button."""
        at = event.position().toPoint()
        if self._drags.active:
            self._drags.follow(at, event.modifiers())
        elif self._pressed_at is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if self._far_enough(at):
                self._begin(self._pressed_at)
                self._drags.follow(at, event.modifiers())
        else:
            self._hover_at(at)

    def release(self, event: QMouseEvent) -> None:
        """A button went up."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed_at = None
        if self._drags.active and not self._drags.by_keyboard:
            self._drags.follow(event.position().toPoint(), event.modifiers())
            self._drags.drop()
        self._show_cursor(self.hit(event.position().toPoint()))

    def double_click(self, event: QMouseEvent) -> None:
        """Open what is there, or begin a meeting."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.hide_card()
        self._pressed_at = None
        at = event.position().toPoint()
        hit = self.hit(at)
        if hit.spot is Spot.EVENT and hit.entry is not None:
            self._commands.open_entry(hit.entry)
        elif hit.spot is Spot.SLOT:
            self._commands.offer_slot(self._cursor_at(at, lane=hit.lane).when(self._state.zone))

    def wheel(self, event: QWheelEvent) -> bool:
        """Zoom with Ctrl, scroll the opened lane; says whether the wheel was meant for us."""
        at = event.position().toPoint()
        self.hide_card()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = event.angleDelta().y() / WHEEL_NOTCH
            self._commands.zoom_by(ZOOM_STEP**notches, at.y())
            return True
        if self._state.lane_open and self._state.frame.in_lane(at.y()):
            self._wheel_rest += event.angleDelta().y()
            rows, self._wheel_rest = divmod(self._wheel_rest, WHEEL_NOTCH)
            self._commands.scroll_lane(-rows)
            return True
        return False

    def leave(self) -> None:
        """The pointer left the view."""
        self.hide_card()
        if not self._drags.active:
            self._viewport.unsetCursor()

    def let_go(self) -> None:
        """End a drag without a change, and forget the press."""
        self._pressed_at = None
        self._drags.cancel()
        self._viewport.unsetCursor()

    def _far_enough(self, at: QPoint) -> bool:
        assert self._pressed_at is not None
        far = (at - self._pressed_at).manhattanLength() >= DRAG_PX
        held = self._since.elapsed() >= DRAG_MS and at != self._pressed_at
        return far or held

    def _begin(self, at: QPoint) -> None:
        hit = self._pressed_on
        if hit.spot is Spot.SLOT:
            self._commands.choose_slot(None)
            self._drags.begin(DragKind.CREATE, at)
        elif hit.spot is Spot.EVENT and hit.entry is not None:
            if hit.entry.event.read_only:
                self._refuse()
            elif hit.edge is not None:
                self._drags.begin(DragKind.RESIZE, at, hit.entry, hit.edge)
            else:
                self._drags.begin(DragKind.MOVE, at, hit.entry)
                self._viewport.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _refuse(self) -> None:
        if not self._refused:
            self._refused = True
            self._viewport.setCursor(Qt.CursorShape.ForbiddenCursor)
            self._commands.refuse("read_only")

    def _cursor_at(self, at: QPoint, *, lane: bool) -> Cursor:
        frame = self._state.frame
        if lane:
            return Cursor(frame.day(frame.columns.at(at.x())), None)
        wall = slot_at(frame.wall_at(at.x(), at.y()), SLOT_MIN)
        return Cursor(day_of(wall), minute_of(wall))

    # Hover

    def _hover_at(self, at: QPoint) -> None:
        hit = self.hit(at)
        self._show_cursor(hit)
        name = "" if hit.key is None else text_of(hit.key)
        if name == self._hovered:
            return
        self.hide_card()
        self._hovered = name
        if name:
            self._hovered_hit = hit
            self._hover.start()

    def _show_cursor(self, hit: Hit) -> None:
        if hit.edge is not None and hit.entry is not None and not hit.entry.event.read_only:
            shape = Qt.CursorShape.SizeHorCursor if hit.lane else Qt.CursorShape.SizeVerCursor
            self._viewport.setCursor(shape)
        elif hit.spot in (Spot.CHIP, Spot.FOLD):
            self._viewport.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self._viewport.unsetCursor()

    def show_card(self) -> None:
        """Tell about the event under the pointer."""
        hit = self._hovered_hit
        if not self._hovered or hit.entry is None or hit.rect is None or self._drags.active:
            return
        rect = QRect(hit.rect.x, hit.rect.y, hit.rect.width, hit.rect.height)
        clashes = self._state.clashes(hit.entry)
        self.card.show_entry(hit.entry, self._state.zone, rect, clashes=clashes)

    def hide_card(self) -> None:
        """Tell no more."""
        self._hover.stop()
        self._hovered = ""
        self.card.hide()

    _hovered_hit = Hit(Spot.GUTTER)
