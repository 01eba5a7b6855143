"""Who stands where: lanes for overlapping events of a day, rows for those of whole days.

Knows no Qt, no clock and no colours. The same input gives the same places in whatever order
it arrives.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

LEAST_PX = 28
"""Narrower than this no event is drawn."""

LEAST_CHIP_PX = 12

EDGE_PX = 10
"""So much of an event that stays behind is left visible."""


@dataclass(frozen=True, slots=True)
class Block:
    """An event in one day's column, in minutes as it is drawn: never shorter than is readable."""

    key: str
    start: int
    end: int
    length: int = 0
    """How long it really is: of two that start together the longer one comes first."""
    behind: bool = False
    """Tentative, declined or free: takes no room from the others."""

    @property
    def order(self) -> tuple[int, int, int, str]:
        """By start, longer first, then by key."""
        return (self.start, -self.length, self.start - self.end, self.key)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block goes: pixels across the column."""

    block: Block
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class More:
    """Blocks that found no room: a chip "+k" stands for them."""

    keys: tuple[str, ...]
    start: int
    end: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class DayLayout:
    """One column: those behind come first, so they can be drawn in this order."""

    places: tuple[Place, ...] = ()
    more: tuple[More, ...] = ()


def lay_out_day(blocks: Iterable[Block], width: int, least_px: int = LEAST_PX) -> DayLayout:
    """Give each block of one day its share of ``width`` pixels."""
    ordered = sorted(blocks, key=lambda block: block.order)
    behind = [block for block in ordered if block.behind]
    places: list[Place] = []
    more: list[More] = []
    for cluster in clusters(behind):
        _place_cluster(cluster, 0, width, least_px, places, more)
    for cluster in clusters([block for block in ordered if not block.behind]):
        first, last = cluster[0].start, max(block.end for block in cluster)
        hides = any(other.start < last and first < other.end for other in behind)
        inset = min(EDGE_PX, width // 4) if hides else 0
        _place_cluster(cluster, inset, width - inset, least_px, places, more)
    return DayLayout(tuple(places), tuple(more))


def clusters(ordered: Sequence[Block]) -> Iterator[list[Block]]:
    """Groups that overlap transitively; touching ends are no overlap. Wants them by start."""
    group: list[Block] = []
    end = 0
    for block in ordered:
        if group and block.start >= end:
            yield group
            group = []
        end = max(end, block.end) if group else block.end
        group.append(block)
    if group:
        yield group


def _place_cluster(
    cluster: list[Block],
    left: int,
    width: int,
    least_px: int,
    places: list[Place],
    more: list[More],
) -> None:
    columns = _first_free_columns(cluster)
    hidden: list[Block] = []
    room = width
    if len(columns) > max(1, width // least_px):
        shown = max(1, (width - least_px) // least_px)
        room = width - max(LEAST_CHIP_PX, min(least_px, width - least_px))
        hidden = sorted(
            (block for column in columns[shown:] for block in column),
            key=lambda block: block.order,
        )
        columns = columns[:shown]
    count = len(columns)
    for number, column in enumerate(columns):
        x = left + room * number // count
        for block in column:
            end = left + room * _widened(block, number, columns) // count
            places.append(Place(block, x, end - x))
    for group in clusters(hidden):
        keys = tuple(block.key for block in group)
        end_min = max(block.end for block in group)
        more.append(More(keys, group[0].start, end_min, left + room, width - room))


def _first_free_columns(cluster: list[Block]) -> list[list[Block]]:
    columns: list[list[Block]] = []
    for block in cluster:
        for column in columns:
            if column[-1].end <= block.start:
                column.append(block)
                break
        else:
            columns.append([block])
    return columns


def _widened(block: Block, number: int, columns: list[list[Block]]) -> int:
    """The first column to the right that is not empty for the whole time of ``block``."""
    after = number + 1
    while after < len(columns) and not any(
        other.start < block.end and block.start < other.end for other in columns[after]
    ):
        after += 1
    return after


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that takes whole days, numbered as days are; ``end`` is not inside."""

    key: str
    first: int
    end: int

    @property
    def order(self) -> tuple[int, int, str]:
        """By first day, longer first, then by key."""
        return (self.first, self.first - self.end, self.key)


@dataclass(frozen=True, slots=True)
class BarPlace:
    """A bar in its row, cut to the days that are shown: columns ``first`` to before ``end``."""

    bar: Bar
    row: int
    first: int
    end: int
    begins: bool
    """The bar's first day is shown."""
    ends: bool


@dataclass(frozen=True, slots=True)
class MoreDays:
    """Bars of one day that are folded away."""

    column: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaneLayout:
    """The lane of whole days. ``rows`` counts those drawn, with the row of the "+n"."""

    rows: int = 0
    total_rows: int = 0
    places: tuple[BarPlace, ...] = ()
    more: tuple[MoreDays, ...] = ()


def lay_out_lane(bars: Iterable[Bar], first: int, days: int, most_rows: int) -> LaneLayout:
    """Give each bar one row for all its days, and fold away what needs more than ``most_rows``."""
    placed: list[BarPlace] = []
    ends: list[int] = []
    for bar in sorted(bars, key=lambda bar: bar.order):
        if bar.end <= first or bar.first >= first + days:
            continue
        row = next((row for row, end in enumerate(ends) if end <= bar.first), len(ends))
        if row == len(ends):
            ends.append(bar.end)
        ends[row] = bar.end
        placed.append(_cut(bar, row, first, days))
    total = len(ends)
    most_rows = max(1, most_rows)
    if total <= most_rows:
        return LaneLayout(total, total, tuple(placed))
    shown = tuple(place for place in placed if place.row < most_rows - 1)
    folded = [place for place in placed if place.row >= most_rows - 1]
    return LaneLayout(most_rows, total, shown, tuple(_more_days(folded, days)))


def _cut(bar: Bar, row: int, first: int, days: int) -> BarPlace:
    start, end = bar.first - first, bar.end - first
    return BarPlace(bar, row, max(0, start), min(days, end), start >= 0, end <= days)


def _more_days(folded: list[BarPlace], days: int) -> Iterator[MoreDays]:
    for column in range(days):
        keys = tuple(place.bar.key for place in folded if place.first <= column < place.end)
        if keys:
            yield MoreDays(column, keys)


def unfolded(lane: LaneLayout, scrolled_rows: int) -> LaneLayout:
    """The same lane moved up by some rows, as its own scrolling shows it."""
    places = tuple(
        replace(place, row=place.row - scrolled_rows)
        for place in lane.places
        if scrolled_rows <= place.row
    )
    return replace(lane, places=places)
