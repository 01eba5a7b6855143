"""The day strip: one day's column with its events, and the proposed slot to drag among them."""

from datetime import UTC, timedelta

from PySide6.QtCore import QEvent, QLocale, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.domain.timespan import DateSpan, TimeSpan, When
from desktop.ui import theme
from desktop.ui.calendar.describe import accessible_text
from desktop.ui.calendar.dragging import SNAP_MIN
from desktop.ui.calendar.event_text import TextShaper
from desktop.ui.calendar.overlay import rects_of
from desktop.ui.calendar.paint_context import PaintContext, qrect
from desktop.ui.calendar.proposal import carried
from desktop.ui.calendar.scene import key_of
from desktop.ui.calendar.stamps import Stamps
from desktop.ui.meeting.busy_paint import lane_width
from desktop.ui.meeting.busy_texts import stretch_text
from desktop.ui.meeting.slot_drag import SlotDrag
from desktop.ui.meeting.strip_paint import gutter_width, paint_focus, paint_strip
from desktop.ui.meeting.strip_stage import StripStage
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.labels import plain_tooltip

WIDTH_PX = 248
LEAST_HEIGHT_PX = 160
USUAL_HEIGHT_PX = 400
KEY_STEPS = {Qt.Key.Key_Up: -SNAP_MIN, Qt.Key.Key_Down: SNAP_MIN}
SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
RESHAPED_BY = (
    QEvent.Type.FontChange,
    QEvent.Type.LayoutDirectionChange,
    QEvent.Type.StyleChange,
)


class SlotStrip(QAbstractScrollArea):
    """Shows one day; says where the slot was dragged to, while it is being dragged.

    A click on an empty place puts the slot there, a drag over it gives it another length. The
    keys: arrows move the slot by a quarter of an hour and leaf through days, with Shift they
    pull its end.
    """

    when_changed = Signal(object)  # When
    day_wished = Signal(int)  # days on

    def __init__(self, stage: StripStage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meetingDayStrip")
        self._stage = stage
        self._read_only = False
        self._stamps = Stamps()
        self._drag = SlotDrag(stage, self)
        self._drag.when_changed.connect(self.when_changed)
        self._drag.scroll_wished.connect(self._on_scroll_wished)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(WIDTH_PX, LEAST_HEIGHT_PX)
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
        self.verticalScrollBar().setValue(self._stage.wanted_scroll())

    def show_entries(self) -> None:
        """The stage has other entries."""
        self._shapes().keep_only({key_of(entry) for entry in self._stage.all_entries()})
        self._arrange()
        self._describe()

    def show_busy(self) -> None:
        """The stage knows other times of colleagues."""
        self._arrange()
        self._describe()

    def show_slot(self) -> None:
        """The stage has another slot; it is brought into sight unless it is just being dragged."""
        self._arrange()
        bar = self.verticalScrollBar()
        if not self._drag.active and self._stage.slot_here():
            bar.setValue(self._stage.scroll_to_slot(bar.value()))
        self._describe()

    def slot_rect(self) -> QRect:
        """Where the slot is drawn on the viewport; null where it is not."""
        rect = self._stage.slot_rect()
        return QRect() if rect is None else qrect(rect)

    def rect_of(self, span: TimeSpan) -> QRect:
        """Where a time lies on the viewport; null where the day is not shown."""
        rects = rects_of(span, self._stage.frame, self._context())
        return qrect(rects[0]) if rects else QRect()

    # Layout and words

    def _arrange(self) -> None:
        size, bar = self.viewport().size(), self.verticalScrollBar()
        gutter = gutter_width(self.font())
        self._stage.side_px = lane_width(self.font()) if self._stage.busy.names else 0
        self._stage.arrange(
            size.width(), size.height(), gutter, bar.value(), rtl=self.isRightToLeft()
        )
        frame = self._stage.frame
        bar.setPageStep(max(1, frame.grid.height))
        bar.setSingleStep(round(self._stage.hour_px / 2))
        bar.setRange(0, frame.most_scroll)
        self.viewport().update()

    def _shapes(self) -> TextShaper:
        if self._shaper is None:
            self._shaper = TextShaper(self.font(), self._stage.zone, rtl=self.isRightToLeft())
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
        slot = self._stage.slot
        told = self.tr("Day") if slot is None else accessible_text(slot, self._stage.zone)
        self.setAccessibleName(told)
        words = self.tr("Other events on {1}: {0}. Arrows move the meeting, with Shift its end.")
        count = QLocale().toString(len(self._stage.entries))
        day = QLocale().dayName(self._stage.day.isoweekday())
        busy = self._stage.busy
        lines = [stretch_text(one, busy.names, self._stage.zone) for one in busy.stretches]
        self.setAccessibleDescription(". ".join([words.format(count, day), *lines]))

    def _on_scroll_wished(self, pixels: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    def _on_scrolled(self) -> None:
        self._arrange()
        self._drag.refresh()

    def _show_pointer(self, at: QPoint) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if not self._read_only and self._drag.edge_at(at) is not None:
            shape = Qt.CursorShape.SizeVerCursor
        elif not self._read_only and self._drag.on_slot(at):
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)
        entry = self._drag.entry_at(at)
        told = self._busy_at(at) if entry is None else accessible_text(entry, self._stage.zone)
        self.viewport().setToolTip(plain_tooltip(told))

    def _busy_at(self, at: QPoint) -> str:
        """Whose time is taken where the pointer is."""
        busy = self._stage.busy
        here = (one for one in busy.stretches if _touches(self.rect_of(one.span), at))
        return "\n".join(stretch_text(one, busy.names, self._stage.zone) for one in here)

    def _step(self, minutes: int, *, end_only: bool) -> None:
        slot = self._stage.slot
        if slot is None or isinstance(slot.when, DateSpan):
            return
        when: When = carried(slot.when, 0, minutes, self._stage.zone)
        if end_only:
            length = slot.when.duration + timedelta(minutes=minutes)
            if length < timedelta(minutes=SNAP_MIN):
                return
            when = TimeSpan(slot.when.start, slot.when.start.astimezone(UTC) + length)
        self.when_changed.emit(when)
        announce(self, self.accessibleName())

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, USUAL_HEIGHT_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self._drag.cancel()
        elif event.button() == Qt.MouseButton.LeftButton and not self._read_only:
            self._drag.press(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if not self._drag.move(at, event.modifiers()):
            self._show_pointer(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag.release(event.position().toPoint(), event.modifiers())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._drag.active:
            self._drag.cancel()
        elif key in KEY_STEPS and not self._read_only:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(KEY_STEPS[key], end_only=shift)
        elif key in SIDEWAYS:
            self.day_wished.emit(SIDEWAYS[key] * (-1 if self.isRightToLeft() else 1))
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        context = self._context()
        paint_strip(painter, self._stage, context, self.viewport().rect())
        if self.hasFocus():
            paint_focus(painter, context, self.viewport().rect())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_day()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._drag.cancel()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in RESHAPED_BY:
            self._shaper = None
            if self.isVisible():
                self._stamps.clear()
                self._arrange()
        super().changeEvent(event)


def _touches(rect: QRect, at: QPoint) -> bool:
    return rect.top() <= at.y() <= rect.bottom()
