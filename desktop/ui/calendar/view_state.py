"""What the view shows and what is chosen in it, and how that is laid out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from desktop.domain.event import CalendarEntry
from desktop.domain.freebusy import WorkHours
from desktop.domain.ids import DraftId
from desktop.domain.timespan import DateSpan, TimeSpan, When
from desktop.ui.calendar.geometry import USUAL_HOUR_PX, Columns, Frame, Scale
from desktop.ui.calendar.overlaps import double_booked
from desktop.ui.calendar.painter import work_minutes
from desktop.ui.calendar.proposal import USUAL_MIN
from desktop.ui.calendar.scene import (
    Key,
    Scene,
    build,
    days_of,
    in_lane,
    key_of,
    lane_height,
    lane_of,
    lane_rows,
    pieces_of,
)
from desktop.ui.calendar.walltime import DAY_MIN, span_of_walls, wall_at

SLOT_MIN = 30
"""What the arrow keys step by."""
FOLD_MARGIN_MIN = 60
"""Folding leaves so much around the hours of work."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The slot that the keyboard is on; ``minute`` is None among whole days."""

    day: date
    minute: int | None

    def when(self, zone: tzinfo, minutes: int = USUAL_MIN) -> When:
        """The time of a meeting made here."""
        if self.minute is None:
            return DateSpan(self.day, self.day + timedelta(days=1))
        start = wall_at(self.day, self.minute)
        return span_of_walls(start, start + minutes, zone)


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A meeting that is being written, drawn dashed; pressing it takes it up again."""

    when: When
    id: DraftId | None = None
    title: str = ""
    folded: bool = False
    """It is not open anywhere: the block says how to go on."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Pixels that come from fonts and from the window."""

    width: int = 0
    height: int = 0
    gutter: int = 56
    head: int = 48
    rtl: bool = False


class ViewState:
    """Entries, days and choice; `arrange` turns them into a frame and a scene."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.zone: tzinfo = UTC
        self.first = clock().date()
        self.count = 7
        self.entries: tuple[CalendarEntry, ...] = ()
        self.double_booked: frozenset[Key] = frozenset()
        """Busy entries that share time with another one."""
        self.work = WorkHours()
        self.hour_px = float(USUAL_HOUR_PX)
        self.folded = False
        self.lane_open = False
        self.lane_scroll = 0
        self.selected: Key | None = None
        self.cursor: Cursor | None = None
        self.drafts: tuple[DraftBlock, ...] = ()
        self.other_zone: tuple[tzinfo, str] | None = None
        """Somebody else's zone and name, for the times beside a drag."""
        self.sizes = Sizes()
        self.frame = Frame(self.first, Columns(0, 1, 1), Scale(), 0, 0, 0)
        self.scene = Scene()

    def now(self) -> datetime:
        """The present, UTC."""
        return self.clock().astimezone(UTC)

    @property
    def today(self) -> date:
        """The day that it is in the view's zone."""
        return self.now().astimezone(self.zone).date()

    def take(self, entries: tuple[CalendarEntry, ...]) -> bool:
        """Show other entries; say whether any differs. What is equal stays the same object."""
        if entries == self.entries:
            return False
        self.double_booked = double_booked(entries)
        known = {key_of(entry): entry for entry in self.entries}
        self.entries = tuple(
            known[key] if known.get(key := key_of(entry)) == entry else entry for entry in entries
        )
        return True

    def entry_of(self, key: Key | None) -> CalendarEntry | None:
        """The entry of a key, if it is shown."""
        if key is None:
            return None
        return next((entry for entry in self.entries if key_of(entry) == key), None)

    def clashes(self, entry: CalendarEntry) -> bool:
        """Whether it is double-booked and not over yet: then it says so."""
        span = entry.when
        coming = isinstance(span, TimeSpan) and span.end > self.now()
        return coming and key_of(entry) in self.double_booked

    @property
    def chosen(self) -> CalendarEntry | None:
        """The selected entry."""
        return self.entry_of(self.selected)

    def scale(self) -> Scale:
        """Zoom and folds."""
        if not self.folded:
            return Scale(self.hour_px)
        start, end = work_minutes(self.work)
        before = max(0, start - FOLD_MARGIN_MIN)
        return Scale(self.hour_px, before, min(DAY_MIN, end + FOLD_MARGIN_MIN))

    def hides(self, when: When | None) -> bool:
        """Whether a part of ``when`` lies in hours that are folded away."""
        scale = self.frame.scale
        if when is None or not self.folded or isinstance(when, DateSpan) or in_lane(when):
            return False
        return any(
            piece.start < scale.fold_before or piece.end > scale.fold_after
            for piece in pieces_of(when, self.zone, self.frame)
        )

    def arrange(self, sizes: Sizes, scroll: int) -> None:
        """Lay everything out for a window so large; ``scroll`` is cut to what there is."""
        self.sizes = sizes
        most = lane_rows(sizes.height, open_wide=self.lane_open)
        lane = lane_of(self.entries, self.first, self.count, self.zone, most)
        if self.lane_open:
            lane = lane_of(self.entries, self.first, self.count, self.zone, 10_000)
        shown_rows = min(lane.rows, most) if self.lane_open else lane.rows
        self.lane_scroll = min(self.lane_scroll, max(0, lane.total_rows - shown_rows))
        left = 0 if sizes.rtl else sizes.gutter
        frame = Frame(
            self.first,
            Columns(left, max(1, sizes.width - sizes.gutter), self.count, sizes.rtl),
            self.scale(),
            sizes.head,
            lane_height(shown_rows),
            sizes.height,
        )
        self.frame = replace(frame, scroll_px=min(max(0, scroll), frame.most_scroll))
        self.scene = build(self.entries, self.frame, self.zone, lane, lane_scroll=self.lane_scroll)

    def scrolled(self, scroll: int) -> None:
        """Only the scroll changed."""
        self.frame = replace(self.frame, scroll_px=scroll)

    def shows(self, when: When) -> bool:
        """Whether any of its days is on the view."""
        days = DateSpan(self.first, self.first + timedelta(days=self.count))
        return days_of(when, self.zone).overlaps(days)

    def ordered(self) -> list[CalendarEntry]:
        """The entries of the days shown, as one steps through them."""
        shown = [entry for entry in self.entries if self.shows(entry.when)]
        return sorted(shown, key=self._order)

    def _order(self, entry: CalendarEntry) -> tuple[date, bool, float, str]:
        when = entry.when
        days = days_of(when, self.zone)
        start = when.start.timestamp() if isinstance(when, TimeSpan) else 0.0
        return days.first, not in_lane(when), start, str(entry.event.id)

    def entry_at(self, cursor: Cursor) -> CalendarEntry | None:
        """The first entry that covers the cursor's slot."""
        slot = cursor.when(self.zone, SLOT_MIN)
        lane = isinstance(slot, DateSpan)
        for entry in self.ordered():
            if in_lane(entry.when) is not lane:
                continue
            if isinstance(slot, DateSpan):
                if days_of(entry.when, self.zone).overlaps(slot):
                    return entry
            elif isinstance(entry.when, TimeSpan) and entry.when.overlaps(slot):
                return entry
        return None
