"""The time grid as a widget that shows: days, entries, scroll, zoom. It takes no input."""

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.domain.event import CalendarEntry
from desktop.domain.freebusy import WorkHours
from desktop.domain.ids import EventId
from desktop.domain.timespan import When
from desktop.ui.calendar.canvas import Canvas
from desktop.ui.calendar.drag import DragController
from desktop.ui.calendar.event_text import TextShaper
from desktop.ui.calendar.geometry import opening_scroll, zoomed
from desktop.ui.calendar.metrics import sizes_of
from desktop.ui.calendar.now_line import NowLine
from desktop.ui.calendar.paint_context import PaintContext, qrect
from desktop.ui.calendar.painter import work_minutes
from desktop.ui.calendar.scene import Key, key_of
from desktop.ui.calendar.speech import EventSpeech
from desktop.ui.calendar.stamps import Stamps
from desktop.ui.calendar.view_paint import paint_view
from desktop.ui.calendar.view_state import DraftBlock, Sizes, ViewState
from desktop.ui.calendar.walltime import minute_of, wall_of
from desktop.ui.calendar.whereabouts import event_place, scroll_to_show, time_place
from desktop.ui.theme import current


def utc_now() -> datetime:
    """The present."""
    return datetime.now(UTC)


class GridView(QAbstractScrollArea):
    """Some days of events. Everything that can be seen is painted on the viewport."""

    zoom_changed = Signal(float)  # pixels per hour
    fold_changed = Signal(bool)  # whether hours far from work are folded
    rects_moved = Signal()
    """Scrolled, zoomed or laid out anew: what stands beside an event has to follow."""

    def __init__(
        self, parent: QWidget | None = None, *, clock: Callable[[], datetime] = utc_now
    ) -> None:
        super().__init__(parent)
        # One of ours: asked for one that Qt has made, the binding makes every class of widgets.
        self.setViewport(QWidget(self))
        self.setObjectName("calendarView")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(self.tr("Calendar"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.state = ViewState(clock)
        self.canvas = Canvas()
        self.drags = DragController(self.state, self)
        self.speech = EventSpeech(self.viewport(), self.state)
        self._shaper: TextShaper | None = None
        self._stamps = Stamps()
        self._opened = False
        self._open_minute: int | None = None
        self._lifted_before: Key | None = None
        self.now_line = NowLine(self.state, self.canvas, self)
        self.now_line.rows_changed.connect(self._on_rows_changed)
        self.now_line.all_changed.connect(self.viewport().update)
        self.drags.changed.connect(self._on_drag_changed)

    # What is shown

    def show_days(self, first: date, count: int) -> None:
        """Show so many days from ``first`` on; the hour at the top stays."""
        state = self.state
        if (first, count) == (state.first, state.count):
            return
        state.first, state.count = first, count
        self._rebuild()
        self.drags.refresh()

    def show_entries(self, entries: tuple[CalendarEntry, ...]) -> None:
        """Show these entries. Where nothing differs nothing is painted."""
        if not self.state.take(entries):
            return
        self.drags.settle()
        self._cancel_drag_of_the_gone()
        if self.state.selected is not None and self.state.chosen is None:
            self._selected_is_gone()
        self._rebuild()

    def settle(self) -> None:
        """What was dropped has been stored, or refused."""
        self.drags.settle()

    def set_zone(self, zone: tzinfo) -> None:
        """Show the wall clock of ``zone``."""
        if zone != self.state.zone:
            self.state.zone = zone
            self._shaper = None
            self._rebuild()

    def set_other_zone(self, zone: tzinfo | None, name: str = "") -> None:
        """Say the times of somebody else, called ``name``, beside a drag."""
        self.state.other_zone = None if zone is None else (zone, name)

    def set_work_hours(self, work: WorkHours) -> None:
        """Tint the hours outside these."""
        if work != self.state.work:
            self.state.work = work
            self._rebuild()

    def set_folded(self, folded: bool) -> None:
        """Fold the hours far from work, or open them."""
        if folded != self.state.folded:
            minute = self.state.frame.minute_at(self.state.frame.top)
            self.state.folded = folded
            self._rebuild()
            self.verticalScrollBar().setValue(self.state.frame.scale.y_of(minute))
            self.fold_changed.emit(folded)

    def open_at(self, minute: int) -> None:
        """Begin with this minute of the day at the top, instead of where a first look begins."""
        self._open_minute = minute
        if self._opened:
            self.verticalScrollBar().setValue(self.state.frame.scale.y_of(minute))

    def set_clock(self, clock: Callable[[], datetime]) -> None:
        """Tell the time by another clock."""
        self.state.clock = clock
        self._rebuild()
        self.now_line.check()

    def set_busy_draft(self, when: When | None) -> None:
        """Draw the dashed block of a meeting that is being written, or take it away."""
        self.set_drafts(() if when is None else (DraftBlock(when),))

    def set_drafts(self, drafts: tuple[DraftBlock, ...]) -> None:
        """Draw these meetings that are being written."""
        if drafts != self.state.drafts:
            self.state.drafts = drafts
            self.viewport().update()

    # Where things are

    def event_rect(self, event_id: EventId) -> QRect:
        """The first piece of an event on `viewport`, cut to what is seen; null when not shown."""
        place = event_place(self.state, event_id)
        return QRect() if place is None else qrect(place)

    def rect_of(self, span: When) -> QRect:
        """The first piece of a time on `viewport`, cut to what is seen; null when not shown."""
        place = time_place(self.state, span, self.context())
        return QRect() if place is None else qrect(place)

    def show_time(self, when: When) -> None:
        """Scroll as little as needed to see ``when``; whole days are always in sight."""
        if pixels := scroll_to_show(self.state, when, self.context()):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + pixels)

    def context(self) -> PaintContext:
        """What is painted with now."""
        if self._shaper is None:
            self._shaper = TextShaper(self.font(), self.state.zone, rtl=self.isRightToLeft())
        now = self.state.now()
        lifted = self.drags.lifted
        return PaintContext(
            theme=current(),
            font=self.font(),
            shaper=self._shaper,
            stamps=self._stamps,
            dpr=self.viewport().devicePixelRatioF(),
            zone=self.state.zone,
            now=now,
            today=now.astimezone(self.state.zone).date(),
            work=self.state.work,
            rtl=self.isRightToLeft(),
            selected=self.state.selected,
            focused=self.hasFocus(),
            lifted=None if lifted is None else key_of(lifted),
            double_booked=self.state.double_booked,
        )

    # Scroll and zoom

    def scroll_by(self, pixels: int) -> None:
        """Scroll down, or up by a negative number."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pixels)
        self.drags.refresh()

    def zoom_by(self, factor: float, at_y: int) -> None:
        """Make hours higher or lower; the time at row ``at_y`` stays where it is."""
        frame = self.state.frame
        inside = min(max(at_y, frame.top), frame.height_px)
        after = zoomed(frame, self.state.hour_px * factor, inside)
        self.set_hour_px(after.scale.hour_px, after.scroll_px)

    def set_hour_px(self, hour_px: float, scroll: int | None = None) -> None:
        """Show an hour so high; ``scroll`` pixels down, else as before."""
        if hour_px == self.state.hour_px:
            return
        self.state.hour_px = hour_px
        self._rebuild(scroll)
        self.zoom_changed.emit(hour_px)

    def open_lane(self, wide: bool) -> None:
        """Show all rows of whole days, or fold those beyond the cap."""
        self.state.lane_open = wide
        self.state.lane_scroll = 0
        self._rebuild()

    def scroll_lane(self, rows: int) -> None:
        """Scroll the rows of whole days down."""
        self.state.lane_scroll = max(0, self.state.lane_scroll + rows)
        self._rebuild()

    def _rebuild(self, scroll: int | None = None) -> None:
        bar = self.verticalScrollBar()
        self.state.arrange(self._sizes(), bar.value() if scroll is None else scroll)
        frame = self.state.frame
        blocked = bar.blockSignals(True)
        bar.setRange(0, frame.most_scroll)
        bar.setPageStep(max(1, frame.grid.height))
        bar.setSingleStep(max(1, round(self.state.hour_px / 2)))
        bar.setValue(frame.scroll_px)
        bar.blockSignals(blocked)
        bar.update()
        if self._shaper is not None:
            self._shaper.keep_only({key_of(entry) for entry in self.state.entries})
        self.canvas.invalidate()
        self._moved()

    def _moved(self) -> None:
        self.speech.follow()
        self.viewport().update()
        self.rects_moved.emit()

    def _sizes(self) -> Sizes:
        return sizes_of(self.font(), self.viewport().size(), rtl=self.isRightToLeft())

    def _open_once(self) -> None:
        """At the first look, scroll to where the day is useful."""
        if self._opened or not self.isVisible() or self.viewport().height() <= 1:
            return
        self._opened = True
        state = self.state
        if self._open_minute is not None:
            self.verticalScrollBar().setValue(state.frame.scale.y_of(self._open_minute))
            return
        now = None
        if state.frame.index_of(state.today) is not None:
            now = minute_of(wall_of(state.now(), state.zone))
        work_start, _ = work_minutes(state.work)
        self.verticalScrollBar().setValue(opening_scroll(state.frame, now, work_start))

    # Changes

    def _on_rows_changed(self, first: int, count: int) -> None:
        self.viewport().update(0, first, self.viewport().width(), count)

    def _on_drag_changed(self) -> None:
        lifted = self.drags.lifted
        shown = None if lifted is None else key_of(lifted)
        if shown != self._lifted_before:
            for key in (shown, self._lifted_before):
                for box in self.state.scene.boxes_of(key) if key is not None else []:
                    self.canvas.invalidate(qrect(box.rect))
            self._lifted_before = shown
        if self.drags.drag is not None and self.state.hides(self.drags.proposal):
            self.set_folded(False)
        self.viewport().update()

    def _cancel_drag_of_the_gone(self) -> None:
        drag = self.drags.drag
        if drag is None or drag.entry is None or not self.state.shows(drag.entry.when):
            return
        if self.state.entry_of(key_of(drag.entry)) is None:
            self.drags.cancel()

    def _selected_is_gone(self) -> None:
        """Nothing to do for a view that only shows."""

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        paint_view(
            painter,
            event.region().boundingRect(),
            self.state,
            self.canvas,
            self.drags,
            self.context(),
        )
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rebuild()
        self._open_once()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.now_line.start()
        self._open_once()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.now_line.stop()
        self._stamps.clear()
        self.canvas.invalidate()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002
        self.state.scrolled(self.verticalScrollBar().value())
        frame = self.state.frame
        self.viewport().update(0, frame.top, self.viewport().width(), frame.grid.height)
        self.speech.follow()
        self.rects_moved.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (
            QEvent.Type.FontChange,
            QEvent.Type.PaletteChange,
            QEvent.Type.LayoutDirectionChange,
            QEvent.Type.LocaleChange,
        ):
            self._shaper = None
            self._rebuild()

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)
