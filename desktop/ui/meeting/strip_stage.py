"""What the day strip shows: one day, its entries, and the proposed slot among them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo

from desktop.domain.availability import SharedBusy
from desktop.domain.event import CalendarEntry
from desktop.domain.freebusy import WorkHours
from desktop.domain.ids import UserId
from desktop.domain.timespan import DateSpan
from desktop.ui.calendar.geometry import (
    USUAL_HOUR_PX,
    Columns,
    Frame,
    Rect,
    Scale,
    opening_scroll,
)
from desktop.ui.calendar.painter import work_minutes
from desktop.ui.calendar.scene import (
    Scene,
    build,
    days_of,
    key_of,
    lane_height,
    lane_of,
    lane_rows,
)
from desktop.ui.calendar.walltime import minute_of, wall_of


@dataclass(frozen=True, slots=True)
class DayBusy:
    """The invited colleagues' time on the shown day."""

    stretches: tuple[SharedBusy, ...] = ()
    names: Mapping[UserId, str] = field(default_factory=dict)
    unknown: bool = False
    """Of somebody it is not known when else they are free."""


class StripStage:
    """A `calendar.stage.Stage` of one column. ``entries`` leaves the slot itself out."""

    def __init__(
        self, clock: Callable[[], datetime], zone: tzinfo, work: Callable[[], WorkHours]
    ) -> None:
        self._clock = clock
        self.zone = zone
        self._work = work
        self.day = self.today
        self.entries: tuple[CalendarEntry, ...] = ()
        self.slot: CalendarEntry | None = None
        self.busy = DayBusy()
        self.side_px = 0
        """Room beside the day for the colleagues' time."""
        self.hour_px = float(USUAL_HOUR_PX)
        self.frame = Frame(self.day, Columns(0, 1, 1), Scale(), 0, 0, 0)
        self.scene = Scene()

    def now(self) -> datetime:
        """The present, UTC."""
        return self._clock().astimezone(UTC)

    @property
    def work(self) -> WorkHours:
        """When one works."""
        return self._work()

    @property
    def today(self) -> date:
        """The day that it is."""
        return self.now().astimezone(self.zone).date()

    def slot_here(self) -> bool:
        """Whether the slot touches the shown day."""
        return self.slot is not None and days_of(self.slot.when, self.zone).overlaps(
            DateSpan(self.day, date.fromordinal(self.day.toordinal() + 1))
        )

    def all_entries(self) -> tuple[CalendarEntry, ...]:
        """Everything that is drawn."""
        return self.entries if self.slot is None else (*self.entries, self.slot)

    def arrange(self, width: int, height: int, gutter: int, scroll: int, *, rtl: bool) -> None:
        """Lay the day out for a view so large; ``scroll`` is cut to what there is."""
        entries = self.all_entries()
        lane = lane_of(entries, self.day, 1, self.zone, lane_rows(height))
        room = max(1, width - gutter - self.side_px)
        columns = Columns(self.side_px if rtl else gutter, room, 1, rtl)
        lane_px = lane_height(lane.rows) if lane.rows else 0
        frame = Frame(self.day, columns, Scale(self.hour_px), 0, lane_px, height)
        self.frame = replace(frame, scroll_px=min(max(0, scroll), frame.most_scroll))
        self.scene = build(entries, self.frame, self.zone, lane)

    def wanted_scroll(self) -> int:
        """Where the day is opened: at the slot, else where a calendar opens it."""
        now = self.now().astimezone(self.zone)
        minute = now.hour * 60 + now.minute if self.day == self.today else None
        start, _ = work_minutes(self.work)
        scroll = opening_scroll(self.frame, minute, start)
        rows = self.slot_rows()
        if rows is None:
            return scroll
        start_y = self.frame.scale.y_of(max(0, start - 30))
        if rows[0] >= start_y and rows[1] <= start_y + self.frame.grid.height:
            return min(start_y, self.frame.most_scroll)
        return self.scroll_to_slot(scroll)

    def scroll_to_slot(self, scroll: int) -> int:
        """The nearest scroll at which the slot is seen with an hour around it."""
        rows = self.slot_rows()
        if rows is None:
            return scroll
        margin = round(self.hour_px)
        top, bottom = rows[0] - margin, rows[1] + margin
        if bottom > scroll + self.frame.grid.height:
            scroll = bottom - self.frame.grid.height
        return min(max(0, min(scroll, top)), self.frame.most_scroll)

    def slot_rows(self) -> tuple[int, int] | None:
        """The pixel rows of the content that the slot takes; None where it is not in the grid."""
        if self.slot is None:
            return None
        boxes = self.scene.boxes_of(key_of(self.slot))
        return (boxes[0].rect.y, boxes[0].rect.bottom) if boxes else None

    def slot_rect(self) -> Rect | None:
        """Where the slot is in the view, in the grid or in the lane."""
        if self.slot is None:
            return None
        key = key_of(self.slot)
        boxes = self.scene.boxes_of(key)
        if boxes:
            return boxes[0].rect.moved(dy=self.frame.top - self.frame.scroll_px)
        bar = self.scene.bar_of(key)
        return None if bar is None else bar.rect

    def slot_minute(self) -> int:
        """The minute of the day that the slot begins at; 0 for whole days."""
        if self.slot is None or isinstance(self.slot.when, DateSpan):
            return 0
        return minute_of(wall_of(self.slot.when.start, self.zone))
