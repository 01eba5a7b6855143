"""What the view shows, as rectangles: from entries and a frame to boxes, bars and chips.

Pure, and kept until entries or sizes change. Boxes of the grid are in content pixels (midnight
is row 0, nothing scrolled); bars of the lane are in pixels of the view.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from desktop.domain.event import CalendarEntry, EventStatus, Participation
from desktop.domain.ids import EventId
from desktop.domain.timespan import DateSpan, TimeSpan, When
from desktop.ui.calendar.geometry import Frame, Rect
from desktop.ui.calendar.layout import (
    Bar,
    BarPlace,
    Block,
    DayLayout,
    LaneLayout,
    More,
    lay_out_day,
    lay_out_lane,
    unfolded,
)
from desktop.ui.calendar.walltime import DAY_MIN, minute_of, wall_of

LEAST_MIN = 15
LEAST_PX = 14
GAP_PX = 2
"""Left free between neighbours, and beside the last one for clicking."""
BAR_PX = 22
LANE_PAD_PX = 4
LANE_ROWS = 4
LANE_SHARE = 0.25
CHIP_PX = 18

Key = tuple[EventId, date | datetime | None]
"""What tells the occurrences on the screen apart."""


def key_of(entry: CalendarEntry) -> Key:
    """The key of an entry: its event and which occurrence."""
    return entry.event.id, entry.occurrence.original_start


def text_of(key: Key) -> str:
    """A key as a text that sorts the same on every run."""
    original = key[1]
    return f"{key[0]}|{original.isoformat() if original is not None else ''}"


def is_free(entry: CalendarEntry) -> bool:
    """Whether it leaves the time free: declined, tentative, cancelled or marked so."""
    event = entry.event
    return (
        not event.busy
        or event.status is not EventStatus.CONFIRMED
        or event.participation in (Participation.DECLINED, Participation.TENTATIVE)
    )


def in_lane(when: When) -> bool:
    """Whether it stands above the grid: whole days, or a day and longer."""
    return isinstance(when, DateSpan) or when.duration >= timedelta(days=1)


def days_of(when: When, zone: tzinfo) -> DateSpan:
    """The days that it touches for somebody in ``zone``."""
    if isinstance(when, DateSpan):
        return when
    first = when.start.astimezone(zone).date()
    last = (when.end.astimezone(UTC) - timedelta(microseconds=1)).astimezone(zone).date()
    return DateSpan(first, max(first, last) + timedelta(days=1))


def minute_in_grid(when: When, zone: tzinfo) -> int | None:
    """The minute of the day that it begins at; None where it stands in the lane."""
    if isinstance(when, DateSpan) or in_lane(when):
        return None
    return minute_of(wall_of(when.start, zone))


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a stretch of time that lies on one day, in minutes of its wall clock."""

    index: int
    start: int
    end: int
    begins: bool = True
    """The stretch begins here; otherwise it goes on from the day before."""
    ends: bool = True


def pieces_of(span: TimeSpan, zone: tzinfo, frame: Frame) -> Iterator[Piece]:
    """The parts of ``span`` on the days of ``frame``, in order."""
    start, end = wall_of(span.start, zone), wall_of(span.end, zone)
    days = days_of(span, zone)
    for day in days.dates():
        index = frame.index_of(day)
        if index is None:
            continue
        begins, ends = day == days.first, day == days.last
        first = start % DAY_MIN if begins else 0
        last = end - day.toordinal() * DAY_MIN if ends else DAY_MIN
        yield Piece(index, first, max(last, first + 1), begins, ends)


@dataclass(frozen=True, slots=True)
class Box:
    """An entry's piece in the grid."""

    entry: CalendarEntry
    key: Key
    piece: Piece
    rect: Rect
    behind: bool


@dataclass(frozen=True, slots=True)
class BarBox:
    """An entry in the lane of whole days."""

    entry: CalendarEntry
    key: Key
    place: BarPlace
    rect: Rect


@dataclass(frozen=True, slots=True)
class Chip:
    """Stands for entries that found no room: "+k"."""

    keys: tuple[Key, ...]
    rect: Rect
    index: int
    minute: int | None
    """Where in the day; None in the lane."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything placed, in the order of painting."""

    boxes: tuple[Box, ...] = ()
    chips: tuple[Chip, ...] = ()
    bars: tuple[BarBox, ...] = ()
    bar_chips: tuple[Chip, ...] = ()
    lane: LaneLayout = field(default_factory=LaneLayout)

    def boxes_of(self, key: Key) -> list[Box]:
        """The pieces of an entry in the grid."""
        return [box for box in self.boxes if box.key == key]

    def bar_of(self, key: Key) -> BarBox | None:
        """Its bar in the lane."""
        return next((bar for bar in self.bars if bar.key == key), None)

    def box_at(self, x: float, y: float) -> Box | None:
        """The uppermost box at a point of the content."""
        return next((box for box in reversed(self.boxes) if box.rect.has(x, y)), None)


def lane_of(
    entries: Iterable[CalendarEntry], first: date, days: int, zone: tzinfo, most_rows: int
) -> LaneLayout:
    """The rows of the lane for so many days."""
    bars = []
    for entry in entries:
        if in_lane(entry.when):
            span = days_of(entry.when, zone)
            bars.append(Bar(text_of(key_of(entry)), span.first.toordinal(), span.end.toordinal()))
    return lay_out_lane(bars, first.toordinal(), days, most_rows)


def lane_rows(height_px: int, *, open_wide: bool = False) -> int:
    """How many rows the lane may take of a view so high; twice the share when it is opened."""
    share = int(height_px * LANE_SHARE * (2 if open_wide else 1)) // BAR_PX
    return max(1, share if open_wide else min(LANE_ROWS, share))


def lane_height(rows: int) -> int:
    """Pixels of a lane of so many rows; an empty one stays to be dropped into."""
    return max(1, rows) * BAR_PX + LANE_PAD_PX


def build(
    entries: tuple[CalendarEntry, ...],
    frame: Frame,
    zone: tzinfo,
    lane: LaneLayout,
    *,
    lane_scroll: int = 0,
) -> Scene:
    """Place every entry."""
    boxes, chips = _grid(entries, frame, zone)
    bars, bar_chips = _bars(entries, frame, unfolded(lane, lane_scroll))
    return Scene(tuple(boxes), tuple(chips), tuple(bars), tuple(bar_chips), lane)


def _grid(
    entries: tuple[CalendarEntry, ...], frame: Frame, zone: tzinfo
) -> tuple[list[Box], list[Chip]]:
    by_day: list[dict[str, tuple[CalendarEntry, Piece]]] = [{} for _ in range(frame.columns.count)]
    for entry in entries:
        when = entry.when
        if isinstance(when, DateSpan) or in_lane(when):
            continue
        for piece in pieces_of(when, zone, frame):
            by_day[piece.index][text_of(key_of(entry))] = (entry, piece)
    least = max(LEAST_MIN, round(frame.scale.minutes_of(LEAST_PX)))
    boxes: list[Box] = []
    chips: list[Chip] = []
    for index, found in enumerate(by_day):
        x, width = frame.columns.of(index)
        blocks = [_block(key, entry, piece, least) for key, (entry, piece) in found.items()]
        day = lay_out_day(blocks, width - 3 * GAP_PX)
        boxes.extend(_boxes(day, found, frame, x, width))
        chips.extend(_chip(more, found, frame, index) for more in day.more)
    return boxes, chips


def _block(key: str, entry: CalendarEntry, piece: Piece, least: int) -> Block:
    start = max(0, min(piece.start, DAY_MIN - least))
    end = max(piece.end, start + least)
    return Block(key, start, end, piece.end - piece.start, is_free(entry))


def _boxes(
    day: DayLayout, found: dict[str, tuple[CalendarEntry, Piece]], frame: Frame, x: int, width: int
) -> Iterator[Box]:
    for place in day.places:
        entry, piece = found[place.block.key]
        y = frame.scale.y_of(place.block.start)
        height = max(frame.scale.y_of(place.block.end) - y - 1, 4)
        left = _mirrored(place.x + GAP_PX, place.width, width, frame.columns.rtl)
        rect = Rect(x + left, y, max(4, place.width - GAP_PX), height)
        yield Box(entry, key_of(entry), piece, rect, place.block.behind)


def _mirrored(left: int, width: int, whole: int, rtl: bool) -> int:
    return whole - left - width if rtl else left


def _chip(
    more: More, found: dict[str, tuple[CalendarEntry, Piece]], frame: Frame, index: int
) -> Chip:
    x, width = frame.columns.of(index)
    y = frame.scale.y_of(more.start)
    height = min(CHIP_PX, frame.scale.y_of(more.end) - y - 1)
    left = _mirrored(more.x + GAP_PX, more.width, width, frame.columns.rtl)
    keys = tuple(key_of(found[key][0]) for key in more.keys)
    return Chip(keys, Rect(x + left, y, more.width, height), index, more.start)


def _bars(
    entries: tuple[CalendarEntry, ...], frame: Frame, lane: LaneLayout
) -> tuple[list[BarBox], list[Chip]]:
    found = {text_of(key_of(entry)): entry for entry in entries if in_lane(entry.when)}
    bars: list[BarBox] = []
    most_rows = max(1, (frame.lane_px - LANE_PAD_PX) // BAR_PX)
    for place in lane.places:
        if place.row < most_rows and place.bar.key in found:
            entry = found[place.bar.key]
            rect = lane_rect(frame, place.first, place.end, place.row)
            bars.append(BarBox(entry, key_of(entry), place, rect))
    chips = [
        Chip(
            tuple(key_of(found[key]) for key in more.keys if key in found),
            lane_rect(frame, more.column, more.column + 1, lane.rows - 1),
            more.column,
            None,
        )
        for more in lane.more
    ]
    return bars, chips


def lane_rect(frame: Frame, first: int, end: int, row: int) -> Rect:
    """The place in the lane of the columns ``first`` to before ``end``, in pixels of the view."""
    one, two = frame.columns.of(first), frame.columns.of(end - 1)
    left, right = min(one[0], two[0]), max(one[0] + one[1], two[0] + two[1])
    y = frame.head_px + LANE_PAD_PX // 2 + row * BAR_PX
    return Rect(left + GAP_PX, y + 1, right - left - 3 * GAP_PX, BAR_PX - 3)
