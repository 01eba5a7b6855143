"""When a calendar event is: the portal tells it five times over, and not all of them are true."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from desktop.domain.timespan import DateSpan, TimeSpan, When, resolve_wall_time
from desktop.services.api.bitrix24.calendar.calendar_rows import EventRow
from desktop.services.api.bitrix24.culture import (
    Culture,
    calibrated,
    read_formatted,
    unix_instant,
    zone_of,
)
from desktop.services.api.bitrix24.values import as_id, as_int, as_text

DAY_S = 86_400
_NO_LENGTH = timedelta(minutes=15)
_LONGEST = timedelta(days=3660)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TimeReader:
    """Reads times; ``culture`` is the portal's way to write dates, None while unknown."""

    zone: tzinfo
    """The user's zone, for events that name none."""
    culture: Culture | None = None

    def zone_from(self, row: EventRow) -> tzinfo:
        """The zone of the event's start."""
        return zone_of(row.tz_from, row.tz_offset_from, self.zone)

    def when(self, row: EventRow) -> When | None:
        """The element's own time: of a series, this occurrence's. None where nothing tells it."""
        return self._days(row) if is_all_day(row) else self._hours(row)

    def first_of_series(self, row: EventRow, seen: When) -> When:
        """When a series began, or ``seen`` where that cannot be read."""
        told = None if self.culture is None else self.culture.read(row.series_from)
        if told is None:
            return seen
        day, clock = told
        if isinstance(seen, DateSpan):
            return seen.starting(day) if day <= seen.first else seen
        start = resolve_wall_time(datetime.combine(day, clock or time()), self.zone_from(row))
        return seen.starting(start) if start <= seen.start else seen

    def date_of(self, text: object) -> date | None:
        """A date in the portal's culture."""
        told = None if self.culture is None else self.culture.read(text)
        return None if told is None else told[0]

    def _days(self, row: EventRow) -> DateSpan | None:
        first = self._day(row, row.date_from_formatted, row.date_from_ts_utc, row.date_from)
        last = self._day(row, row.date_to_formatted, row.date_to_ts_utc, row.date_to)
        if first is None:
            return None
        if last is None or last < first:
            days = (as_int(row.dt_length) or DAY_S) // DAY_S
            last = first + timedelta(days=min(max(days, 1), _LONGEST.days) - 1)
        return DateSpan(first, last + timedelta(days=1))

    def _day(self, row: EventRow, formatted: object, ts: object, local: object) -> date | None:
        told = read_formatted(formatted)
        if told is not None:
            return told[0]
        if not is_series(row):
            moment = unix_instant(ts)
            if moment is not None:
                return moment.date()
        return self.date_of(local)

    def _hours(self, row: EventRow) -> TimeSpan | None:
        zone = self.zone_from(row)
        zone_to = zone_of(row.tz_to, row.tz_offset_to, zone)
        start = self._moment(row, zone, row.date_from_formatted, row.date_from_ts_utc)
        start = start or self._by_culture(row.date_from, zone)
        if start is None:
            return None
        end = self._moment(row, zone_to, row.date_to_formatted, row.date_to_ts_utc)
        end = end or self._by_culture(row.date_to, zone_to)
        if end is None or not timedelta() < _between(start, end) < _LONGEST:
            length = timedelta(seconds=as_int(row.dt_length) or 0)
            if not timedelta() < length < _LONGEST:
                length = _NO_LENGTH
            end = (start.astimezone(UTC) + length).astimezone(zone_to)
        return TimeSpan(start, end)

    def _moment(
        self, row: EventRow, zone: tzinfo, formatted: object, ts: object
    ) -> datetime | None:
        """By the wall clock; of a single event the instant decides where the two differ."""
        told = read_formatted(formatted)
        wall = None
        if told is not None:
            wall = resolve_wall_time(datetime.combine(told[0], told[1] or time()), zone)
        moment = None if is_series(row) else unix_instant(ts)
        if moment is None:
            return wall
        if wall is not None and wall.astimezone(UTC) != moment:
            # A doubled hour in autumn, or a zone whose rules are newer there than here.
            _log.info("event %s: wall clock and instant differ", as_id(row.id))
        return moment.astimezone(zone)

    def _by_culture(self, text: object, zone: tzinfo) -> datetime | None:
        told = None if self.culture is None else self.culture.read(text)
        if told is None:
            return None
        return resolve_wall_time(datetime.combine(told[0], told[1] or time()), zone)


def _between(start: datetime, end: datetime) -> timedelta:
    # In UTC, because Python subtracts wall clocks where both name the same zone.
    return end.astimezone(UTC) - start.astimezone(UTC)


def is_all_day(row: EventRow) -> bool:
    """Whether the event takes whole days."""
    return as_text(row.dt_skip_time).upper() == "Y"


def is_series(row: EventRow) -> bool:
    """Whether the element is an occurrence of a series, or its master."""
    return isinstance(row.rrule, dict) and bool(row.rrule)


def culture_of(
    rows: Iterable[EventRow], zone: tzinfo, known: Culture | None = None
) -> Culture | None:
    """How this portal writes dates: from single timed events, which tell their instant too, and
    from whatever tells its date in English beside the portal's own way.
    """
    samples = []
    for row in rows:
        place = zone_of(row.tz_from, row.tz_offset_from, zone)
        moment = _instant_of(row) or _in_english(row, place)
        if moment is not None:
            samples.append((row.date_from, moment, place))
    return calibrated(samples, known)


def _instant_of(row: EventRow) -> datetime | None:
    if is_all_day(row) or is_series(row):
        return None
    return unix_instant(row.date_from_ts_utc)


def _in_english(row: EventRow, zone: tzinfo) -> datetime | None:
    told = read_formatted(row.date_from_formatted)
    if told is None:
        return None
    return resolve_wall_time(datetime.combine(told[0], told[1] or time()), zone)
