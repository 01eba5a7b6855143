"""The day strip: one day's column with its events, and the proposed slot to drag among them."""

from datetime import timedelta

from PySide6.QtCore import QEvent, QLocale, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.domain.event import CalendarEntry
from desktop.domain.timespan import DateSpan, TimeSpan, When
from desktop.ui import theme
from desktop.ui.calendar.describe import accessible_text, minute_text
from desktop.ui.calendar.drag import DragController
from desktop.ui.calendar.dragging import SNAP_MIN, Edge, edge_under
from desktop.ui.calendar.event_text import TextShaper
from desktop.ui.calendar.geometry import Rect
from desktop.ui.calendar.overlay import paint_now, rects_of
from desktop.ui.calendar.paint_context import PaintContext, qrect
from desktop.ui.calendar.painter import paint_boxes, paint_grid, paint_gutter, paint_lane
from desktop.ui.calendar.proposal import Drag, DragKind, carried
from desktop.ui.calendar.scene import key_of
from desktop.ui.calendar.stamps import Stamps
from desktop.ui.calendar.walltime import DAY_MIN
from desktop.ui.meeting.strip_stage import StripStage
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.labels import plain_tooltip

DRAG_PX = 4
GUTTER_MARGIN_PX = 18
WIDTH_PX = 248
KEY_STEPS = {Qt.Key.Key_Up: -SNAP_MIN, Qt.Key.Key_Down: SNAP_MIN}


class SlotStrip(QAbstractScrollArea):
    """Shows one day; says where the slot was dragged to, while it is being dragged.

    A click on an empty place puts the slot there, a drag over it gives it another length. The
    keys: arrows move the slot by a quarter of an hour and by days, with Shift they pull its end.
    """

    when_changed = Signal(object)  # When
    day_wished = Signal(int)  # days on

    def __init__(self, stage: StripStage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meetingDayStrip")
        self._stage = stage
        self._read_only = False
        self._pressed: QPoint | None = None
        self._before: When | None = None
        self._stamps = Stamps()
        self._drags = DragController(stage, self)
        self._drags.changed.connect(self._on_drag_changed)
        self._drags.dropped.connect(self._on_dropped)
        self._drags.scroll_wished.connect(self._on_scroll_wished)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(WIDTH_PX, 160)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    _shaper: TextShaper | None = None
    """Made again when font or direction change."""

    # Values in

    def set_read_only(self, read_only: bool) -> None:
        """Whether the slot stays where it is."""
        self._read_only = read_only

    def show_day(self) -> None:
        """The stage shows another day: open it at the slot."""
        self._arrange()
        self._scroll_to(self._stage.wanted_scroll())

    def show_entries(self) -> None:
        """The stage has other entries."""
        self._shapes().keep_only({key_of(entry) for entry in self._stage.all_entries()})
        self._arrange()

    def show_slot(self) -> None:
        """The stage has another slot; it is brought into sight unless it is just being dragged."""
        self._arrange()
        if not self._drags.active and self._stage.slot_here():
            self._scroll_to(self._stage.scroll_to_slot(self.verticalScrollBar().value()))
        self._describe()

    def slot_rect(self) -> QRect:
        """Where the slot is drawn on the viewport; null where it is not."""
        rect = self._stage.slot_rect()
        return QRect() if rect is None else qrect(rect)

    def rect_of(self, span: TimeSpan) -> QRect:
        """Where a time lies on the viewport; null where the day is not shown."""
        rects = rects_of(span, self._stage.frame, self._context())
        return qrect(rects[0]) if rects else QRect()

    # Layout

    def _arrange(self) -> None:
        size = self.viewport().size()
        rtl = self.isRightToLeft()
        bar = self.verticalScrollBar()
        self._stage.arrange(size.width(), size.height(), self._gutter_px(), bar.value(), rtl=rtl)
        frame = self._stage.frame
        bar.setPageStep(max(1, frame.grid.height))
        bar.setSingleStep(round(self._stage.hour_px / 2))
        bar.setRange(0, frame.most_scroll)
        self.viewport().update()

    def _scroll_to(self, value: int) -> None:
        self.verticalScrollBar().setValue(value)

    def _gutter_px(self) -> int:
        metrics = QFontMetrics(theme.tabular(theme.scaled(self.font(), 0.88)))
        widest = max(metrics.horizontalAdvance(minute_text(m)) for m in (22 * 60, 12 * 60))
        return widest + GUTTER_MARGIN_PX

    def _gutter(self) -> Rect:
        """The room of the hours; an hour that would be cut at an edge is left out."""
        frame = self._stage.frame
        half = QFontMetrics(self.font()).height() / 2
        top, bottom = float(frame.top), float(frame.grid.bottom)
        for minute in range(0, DAY_MIN, 60):
            y = frame.y_of(minute)
            if abs(y - frame.top) < half:
                top = y + half
            if abs(y - frame.grid.bottom) < half:
                bottom = y - half
        x = frame.columns.width if self.isRightToLeft() else 0
        return Rect(x, round(top), self._gutter_px(), max(0, round(bottom - top)))

    def _shapes(self) -> TextShaper:
        if self._shaper is None:
            rtl = self.isRightToLeft()
            self._shaper = TextShaper(self.font(), self._stage.zone, rtl=rtl)
        return self._shaper

    def _context(self) -> PaintContext:
        stage = self._stage
        return PaintContext(
            theme=theme.current(),
            font=self.font(),
            shaper=self._shapes(),
            stamps=self._stamps,
            dpr=self.viewport().devicePixelRatioF(),
            zone=stage.zone,
            now=stage.now(),
            today=stage.today,
            work=stage.work,
            rtl=self.isRightToLeft(),
            selected=None if stage.slot is None else key_of(stage.slot),
            focused=True,
        )

    def _describe(self) -> None:
        slot, day = self._stage.slot, self._stage.day
        name = self.tr("Day")
        if slot is not None:
            name = accessible_text(slot, self._stage.zone)
        self.setAccessibleName(name)
        count = sum(1 for _ in self._stage.entries)
        words = self.tr("{0} events on {1}. Arrow keys move the meeting, with Shift its end.")
        self.setAccessibleDescription(
            words.format(QLocale().toString(count), QLocale().dayName(day.isoweekday()))
        )

    # Dragging

    def _on_drag_changed(self) -> None:
        proposal = self._drags.proposal
        if proposal is not None:
            self.when_changed.emit(proposal)
        self.viewport().update()

    def _on_dropped(self, _drag: Drag, when: When, _copy: bool) -> None:
        self._before = None
        self.when_changed.emit(when)

    def _on_scroll_wished(self, pixels: int) -> None:
        self._scroll_to(self.verticalScrollBar().value() + pixels)

    def _on_scrolled(self) -> None:
        self._arrange()
        self._drags.refresh()

    def _cancel_drag(self) -> None:
        if not self._drags.active:
            return
        before, self._before = self._before, None
        self._drags.cancel()
        if before is not None:
            self.when_changed.emit(before)

    def _edge_at(self, at: QPoint) -> Edge | None:
        rect = self._stage.slot_rect()
        slot = self._stage.slot
        if rect is None or slot is None or isinstance(slot.when, DateSpan):
            return None
        if not rect.has(at.x(), at.y()):
            return None
        return edge_under(at.y(), rect.y, rect.height, selected=True)

    def _on_slot(self, at: QPoint) -> bool:
        rect = self._stage.slot_rect()
        return rect is not None and rect.has(at.x(), at.y())

    def _begin(self, at: QPoint) -> None:
        slot = self._stage.slot
        self._before = None if slot is None else slot.when
        if slot is None or not self._on_slot(at):
            self._drags.begin(DragKind.CREATE, at)
            return
        edge = self._edge_at(at)
        kind = DragKind.MOVE if edge is None else DragKind.RESIZE
        self._drags.begin(kind, at, slot, edge or Edge.END)

    def _place_at(self, at: QPoint) -> None:
        """Put the slot where was clicked: on the half hour, as long as before."""
        slot, frame = self._stage.slot, self._stage.frame
        if slot is None or isinstance(slot.when, DateSpan) or frame.in_lane(at.y()):
            return
        half = int(frame.minute_at(at.y())) // 30 * 30
        days = (self._stage.day - slot.when.start.astimezone(self._stage.zone).date()).days
        minutes = half - self._stage.slot_minute()
        self.when_changed.emit(carried(slot.when, days, minutes, self._stage.zone))

    def _entry_at(self, at: QPoint) -> CalendarEntry | None:
        frame = self._stage.frame
        if frame.in_lane(at.y()):
            bars = self._stage.scene.bars
            return next((bar.entry for bar in bars if bar.rect.has(at.x(), at.y())), None)
        box = self._stage.scene.box_at(at.x(), at.y() - frame.top + frame.scroll_px)
        return None if box is None else box.entry

    def _among_hours(self, at: QPoint) -> bool:
        columns = self._stage.frame.columns
        return columns.left <= at.x() < columns.left + columns.width

    def _show_pointer(self, at: QPoint) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if not self._read_only and self._edge_at(at) is not None:
            shape = Qt.CursorShape.SizeVerCursor
        elif not self._read_only and self._on_slot(at):
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)
        entry = self._entry_at(at)
        told = "" if entry is None else accessible_text(entry, self._stage.zone)
        self.viewport().setToolTip(plain_tooltip(told))

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, 400)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton and self._drags.active:
            self._cancel_drag()
        at = event.position().toPoint()
        free = not self._read_only and self._among_hours(at)
        if event.button() == Qt.MouseButton.LeftButton and free:
            self._pressed = at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._drags.active:
            self._drags.follow(at, event.modifiers())
        elif self._pressed is not None:
            if (at - self._pressed).manhattanLength() >= DRAG_PX:
                self._begin(self._pressed)
                self._drags.follow(at, event.modifiers())
        else:
            self._show_pointer(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        at = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._drags.active:
            self._drags.follow(at, event.modifiers())
            self._drags.drop()
        elif pressed is not None and self._entry_at(at) is None:
            self._place_at(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._drags.active:
            self._pressed = None
            self._cancel_drag()
        elif key in KEY_STEPS and not self._read_only:
            self._step(KEY_STEPS[key], event.modifiers())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            rtl = self.isRightToLeft()
            self.day_wished.emit(1 if (key == Qt.Key.Key_Right) is not rtl else -1)
        else:
            event.ignore()

    def _step(self, minutes: int, modifiers: Qt.KeyboardModifier) -> None:
        slot = self._stage.slot
        if slot is None or isinstance(slot.when, DateSpan):
            return
        when: When = carried(slot.when, 0, minutes, self._stage.zone)
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            length = slot.when.duration + timedelta(minutes=minutes)
            if length < timedelta(minutes=SNAP_MIN):
                return
            when = TimeSpan(slot.when.start, slot.when.start + length)
        self.when_changed.emit(when)
        announce(self, self.accessibleName())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        frame, scene, context = self._stage.frame, self._stage.scene, self._context()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), context.theme.colors.window)
        self._paint_grid(painter, context)
        paint_gutter(painter, frame, context, self._gutter(), None)
        if frame.lane_px:
            paint_lane(painter, scene, context)
        if self.hasFocus():
            painter.setPen(context.theme.colors.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.viewport().rect().adjusted(0, 0, -1, -1), 4, 4)
        painter.end()

    def _paint_grid(self, painter: QPainter, context: PaintContext) -> None:
        frame = self._stage.frame
        grid, scroll = frame.grid, frame.scroll_px
        painter.save()
        painter.setClipRect(qrect(grid))
        painter.translate(0, frame.top - scroll)
        area = QRect(grid.x, scroll, grid.width, grid.height)
        paint_grid(painter, frame, context, area)
        paint_boxes(painter, self._stage.scene, context, area, scroll)
        painter.translate(0, scroll - frame.top)
        paint_now(painter, frame, context)
        painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_day()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._cancel_drag()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (
            QEvent.Type.FontChange,
            QEvent.Type.LayoutDirectionChange,
            QEvent.Type.StyleChange,
        ):
            self._shaper = None
            self._stamps.clear()
            if self.isVisible():
                self._arrange()
        super().changeEvent(event)
