"""Where minutes and days lie in pixels: one place for painting, clicking and dragging alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from desktop.ui.calendar.walltime import DAY_MIN, wall_at

LEAST_HOUR_PX = 20
MOST_HOUR_PX = 160
USUAL_HOUR_PX = 56
FOLD_PX = 24
"""What a folded stretch of hours takes."""

NOW_AT = 0.35
"""The part of the height at which the view opens with the present moment."""


class Rect(NamedTuple):
    """Pixels; the right and bottom edges are outside."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first pixel column beside it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first pixel row below it."""
        return self.y + self.height

    def moved(self, dx: int = 0, dy: int = 0) -> "Rect":
        """The same size elsewhere."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def has(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def cut(self, other: "Rect") -> "Rect | None":
        """What both share, or nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(x, y, right - x, bottom - y) if right > x and bottom > y else None


@dataclass(frozen=True, slots=True)
class Scale:
    """Minutes of a day down the page. Minutes before and after the two folds take ``FOLD_PX``."""

    hour_px: float = USUAL_HOUR_PX
    fold_before: int = 0
    fold_after: int = DAY_MIN

    @property
    def height(self) -> int:
        """Pixels of a whole day."""
        return self.y_of(DAY_MIN)

    def y_of(self, minute: float) -> int:
        """The pixel row that ``minute`` begins on, midnight being 0."""
        top = FOLD_PX if self.fold_before else 0
        if minute < self.fold_before:
            return round(minute * FOLD_PX / self.fold_before)
        open_until = min(minute, self.fold_after)
        y = top + (open_until - self.fold_before) * self.hour_px / 60
        if minute > self.fold_after:
            y += (minute - self.fold_after) * FOLD_PX / (DAY_MIN - self.fold_after)
        return round(y)

    def minute_at(self, y: float) -> float:
        """The minute under the middle of a pixel row; outside the day it is cut to it."""
        y += 0.5
        top = FOLD_PX if self.fold_before else 0
        if y < top:
            return max(0.0, y * self.fold_before / FOLD_PX)
        minute = self.fold_before + (y - top) * 60 / self.hour_px
        if minute > self.fold_after and self.fold_after < DAY_MIN:
            below = (minute - self.fold_after) * self.hour_px / 60
            minute = self.fold_after + below * (DAY_MIN - self.fold_after) / FOLD_PX
        return min(minute, float(DAY_MIN))

    def minutes_of(self, pixels: float) -> float:
        """How long a stretch of so many pixels is where nothing is folded."""
        return pixels * 60 / self.hour_px


@dataclass(frozen=True, slots=True)
class Columns:
    """Days across the page: from the left, or from the right where one reads that way."""

    left: int
    width: int
    count: int
    rtl: bool = False

    def of(self, index: int) -> tuple[int, int]:
        """The left edge and the width of a day's column; neighbours share no pixel."""
        place = self.count - 1 - index if self.rtl else index
        x = self.width * place // self.count
        return self.left + x, self.width * (place + 1) // self.count - x

    def at(self, x: float) -> int:
        """The day under ``x``, the nearest one where none is."""
        place = int(
            (min(max(x, self.left), self.left + self.width - 1) - self.left + 0.5)
            * self.count
            / max(1, self.width)
        )
        place = min(max(place, 0), self.count - 1)
        # Columns are cut to whole pixels, so the guess may be one beside.
        for guess in (place, place - 1, place + 1):
            index = self.count - 1 - guess if self.rtl else guess
            if 0 <= index < self.count:
                left, width = self.of(index)
                if left <= x < left + width:
                    return index
        return self.count - 1 - place if self.rtl else place


@dataclass(frozen=True, slots=True)
class Frame:
    """The whole view: day heads, the lane of whole days, and the scrolled grid below them."""

    first: date
    columns: Columns
    scale: Scale
    head_px: int
    lane_px: int
    height_px: int
    scroll_px: int = 0

    @property
    def top(self) -> int:
        """Where the grid begins."""
        return self.head_px + self.lane_px

    @property
    def grid(self) -> Rect:
        """What of the grid can be seen."""
        height = max(0, self.height_px - self.top)
        return Rect(self.columns.left, self.top, self.columns.width, height)

    @property
    def most_scroll(self) -> int:
        """How far one can scroll down."""
        return max(0, self.scale.height - self.grid.height)

    def day(self, index: int) -> date:
        """The day of a column."""
        return self.first + timedelta(days=index)

    def index_of(self, day: date) -> int | None:
        """The column of a day, None when it is not shown."""
        index = (day - self.first).days
        return index if 0 <= index < self.columns.count else None

    def y_of(self, minute: float) -> int:
        """Where a minute is now, scrolled as the view is."""
        return self.top - self.scroll_px + self.scale.y_of(minute)

    def minute_at(self, y: float) -> float:
        """The minute of the day under ``y``."""
        return self.scale.minute_at(y - self.top + self.scroll_px)

    def wall_at(self, x: float, y: float) -> float:
        """The wall-clock minute under a point, counted as `walltime` does, with a fraction."""
        return wall_at(self.day(self.columns.at(x))) + self.minute_at(y)

    def rect_of(self, index: int, start: float, end: float) -> Rect:
        """The place of a stretch of minutes in a column, as it is scrolled."""
        x, width = self.columns.of(index)
        y = self.y_of(start)
        return Rect(x, y, width, self.y_of(end) - y)

    def in_lane(self, y: float) -> bool:
        """Whether ``y`` is among whole days: from the day heads down to the grid."""
        return y < self.top


def opening_scroll(frame: Frame, now_minute: int | None, work_start: int) -> int:
    """Where a first look begins (pixels scrolled down).

    With today in sight the present is at a third of the height, yet the start of work stays
    visible when both fit; otherwise half an hour before work.
    """
    height = frame.grid.height
    start = frame.scale.y_of(max(0, work_start - 30))
    if now_minute is None:
        return min(max(0, start), frame.most_scroll)
    now = frame.scale.y_of(now_minute)
    scroll = round(now - NOW_AT * height)
    if frame.scale.y_of(work_start) < scroll and now - start < height:
        scroll = start
    return min(max(0, scroll), frame.most_scroll)


def zoomed(frame: Frame, hour_px: float, anchor_y: float) -> Frame:
    """The frame at another zoom; the time at ``anchor_y`` stays where it is."""
    hour_px = min(max(hour_px, LEAST_HOUR_PX), MOST_HOUR_PX)
    minute = frame.minute_at(anchor_y)
    scale = Scale(hour_px, frame.scale.fold_before, frame.scale.fold_after)
    scroll = scale.y_of(minute) - round(anchor_y - frame.top)
    most = max(0, scale.height - frame.grid.height)
    return Frame(
        frame.first,
        frame.columns,
        scale,
        frame.head_px,
        frame.lane_px,
        frame.height_px,
        min(max(0, scroll), most),
    )


def edge_speed(depth_px: float, zone_px: int = 24) -> int:
    """Pixels per frame that a drag scrolls by, ``depth_px`` inside the edge zone: 4 to 24."""
    if depth_px <= 0:
        return 0
    return round(4 + 20 * min(1.0, depth_px / zone_px))


def outside(rects: Iterable[Rect], top: int, bottom: int) -> tuple[int, int]:
    """How many of the rectangles lie wholly above ``top`` and wholly below ``bottom``."""
    above = below = 0
    for rect in rects:
        above += rect.bottom <= top
        below += rect.y >= bottom
    return above, below
