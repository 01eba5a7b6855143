"""Free and busy: busy spans in, the free slots that one can book out."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice

from desktop.domain.event import CalendarEntry, EventStatus, Participation
from desktop.domain.ids import EventId
from desktop.domain.timespan import DateSpan, TimeSpan, When, resolve_wall_time, start_of_day

SLOT_STEP = timedelta(minutes=30)
"""Slots begin on the half hour of the wall clock."""
SEARCH_DAYS = 60
"""How far ahead a free slot is looked for."""
_DAY = timedelta(days=1)

YearDay = tuple[int, int]
"""A day of every year: month and day."""


@dataclass(frozen=True, slots=True)
class WorkHours:
    """When one works: the same hours on each working day. ``days`` are ISO weekdays, Monday 1.

    ``end`` at midnight means the end of the day. Working past midnight is not known.
    """

    start: time = time(9)
    end: time = time(18)
    days: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    holidays: frozenset[YearDay] = frozenset()
    """On these days of every year nobody works."""
    extra_days: frozenset[YearDay] = frozenset()
    """On these one works whatever the weekday, and even on a holiday."""

    def __post_init__(self) -> None:
        if self.end != time() and self.end <= self.start:
            raise ValueError("work ends after it starts, on the same day")

    def is_holiday(self, day: date) -> bool:
        """Whether nobody works because of the date, whatever the weekday."""
        here = (day.month, day.day)
        return here in self.holidays and here not in self.extra_days

    def works_on(self, day: date) -> bool:
        """Whether one works on that day at all."""
        if (day.month, day.day) in self.extra_days:
            return True
        return day.isoweekday() in self.days and not self.is_holiday(day)

    def on(self, day: date, zone: tzinfo) -> TimeSpan | None:
        """The working time of one day in ``zone``; None on a day off."""
        if not self.works_on(day):
            return None
        start = resolve_wall_time(datetime.combine(day, self.start), zone)
        end = (
            start_of_day(day + _DAY, zone)
            if self.end == time()
            else resolve_wall_time(datetime.combine(day, self.end), zone)
        )
        # A clock that skips the whole working time leaves none.
        return TimeSpan(start, end) if _utc(start) < _utc(end) else None

    def cover(self, span: TimeSpan, zone: tzinfo) -> bool:
        """Whether the whole of ``span`` lies inside the working time of one day in ``zone``."""
        hours = self.on(span.start.astimezone(zone).date(), zone)
        return (
            hours is not None
            and _utc(hours.start) <= _utc(span.start)
            and _utc(span.end) <= _utc(hours.end)
        )


def counts_as_busy(entry: CalendarEntry) -> bool:
    """Whether an entry takes time: free, declined and cancelled ones do not.

    All-day entries do not either: a birthday, a fair or a deadline says something about the day,
    and one books meetings inside it all the same.
    """
    event = entry.event
    return (
        event.busy
        and event.status is not EventStatus.CANCELLED
        and event.participation is not Participation.DECLINED
        and isinstance(entry.when, TimeSpan)
    )


def busy_entries(
    entries: Iterable[CalendarEntry], *, ignoring: EventId | None = None
) -> tuple[CalendarEntry, ...]:
    """The entries that take time, without those of the event ``ignoring`` and of its series."""
    return tuple(
        entry
        for entry in entries
        if counts_as_busy(entry)
        and (ignoring is None or ignoring not in (entry.event.id, entry.event.series_id))
    )


def busy_spans(
    entries: Iterable[CalendarEntry], *, ignoring: EventId | None = None
) -> tuple[TimeSpan, ...]:
    """When somebody is busy, in UTC: sorted, without overlaps, touching spans joined."""
    return merged(
        entry.when
        for entry in busy_entries(entries, ignoring=ignoring)
        if isinstance(entry.when, TimeSpan)
    )


def merged(spans: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
    """The same time as sorted spans in UTC that neither overlap nor touch."""
    joined: list[TimeSpan] = []
    for span in sorted((span.in_zone(UTC) for span in spans), key=lambda span: span.start):
        if joined and span.start <= joined[-1].end:
            joined[-1] = TimeSpan(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def clashes(
    when: When, entries: Iterable[CalendarEntry], *, ignoring: EventId | None = None
) -> tuple[CalendarEntry, ...]:
    """The entries that take time and overlap ``when``, by start; all-day plans meet none."""
    if isinstance(when, DateSpan):
        return ()
    found = [
        (entry.when, entry)
        for entry in busy_entries(entries, ignoring=ignoring)
        if isinstance(entry.when, TimeSpan) and entry.when.overlaps(when)
    ]
    return tuple(entry for _, entry in sorted(found, key=lambda pair: _utc(pair[0].start)))


def free_slots(
    busy: Sequence[TimeSpan],
    after: datetime,
    length: timedelta,
    work_hours: WorkHours,
    zone: tzinfo,
    *,
    count: int = 3,
    notice: timedelta = timedelta(0),
    before: datetime | None = None,
    step: timedelta = SLOT_STEP,
) -> tuple[TimeSpan, ...]:
    """The next ``count`` slots of ``length`` that do not overlap each other, told in ``zone``.

    Each begins on a whole ``step`` of the wall clock, not before ``after`` plus ``notice``, ends
    by ``before``, and lies inside the working time of one day. ``busy`` comes from `busy_spans`.
    """
    if length <= timedelta(0):
        raise ValueError("a slot has a length")
    earliest = _utc(after) + notice
    latest = None if before is None else _utc(before)
    slots = _slots(merged(busy), earliest, length, work_hours, zone, step)
    if latest is not None:
        slots = (slot for slot in slots if _utc(slot.end) <= latest)
    return tuple(islice(slots, count))


def next_free_hour(
    busy: Sequence[TimeSpan], now: datetime, work_hours: WorkHours, zone: tzinfo
) -> TimeSpan:
    """The next free hour inside working hours; where there is none, the next full hour."""
    hour = timedelta(hours=1)
    found = free_slots(busy, now, hour, work_hours, zone, count=1)
    if found:
        return found[0]
    start = _utc(now).replace(minute=0, second=0, microsecond=0) + hour
    return TimeSpan(start, start + hour).in_zone(zone)


def _slots(
    busy: Sequence[TimeSpan],
    earliest: datetime,
    length: timedelta,
    work_hours: WorkHours,
    zone: tzinfo,
    step: timedelta,
) -> Iterator[TimeSpan]:
    starts = [span.start for span in busy]
    first = earliest.astimezone(zone).date()
    for offset in range(SEARCH_DAYS):
        hours = work_hours.on(first + offset * _DAY, zone)
        if hours is None:
            continue
        for start in _steps(hours, zone, step):
            end = start + length
            if start < earliest:
                continue
            if end > _utc(hours.end):
                break
            before = bisect_right(starts, start) - 1
            taken = before >= 0 and busy[before].end > start
            ahead = before + 1 < len(busy) and starts[before + 1] < end
            if not taken and not ahead:
                earliest = end
                yield TimeSpan(start, end).in_zone(zone)


def _steps(hours: TimeSpan, zone: tzinfo, step: timedelta) -> Iterator[datetime]:
    """The instants in UTC at which the wall clock of that day shows a whole step."""
    day = hours.start.astimezone(zone).date()
    midnight = datetime.combine(day, time())
    last: datetime | None = None
    for number in range(_DAY // step):
        instant = _utc(resolve_wall_time(midnight + number * step, zone))
        if _utc(hours.start) <= instant < _utc(hours.end) and (last is None or instant > last):
            last = instant
            yield instant


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
