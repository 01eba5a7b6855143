"""When colleagues are busy, from ``calendar.accessibility.get``. Names are not even looked at."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import msgspec

from desktop.domain.availability import BusyTime, Taken
from desktop.domain.timespan import TimeSpan, resolve_wall_time, start_of_day
from desktop.services.api.bitrix24.culture import Culture, calibrated, unix_instant, zone_of
from desktop.services.api.bitrix24.values import as_id, as_text
from desktop.services.api.bitrix24.wire import RowReader

_TAKEN = {"absent": Taken.AWAY, "quest": Taken.TENTATIVE}
_DAY = timedelta(days=1)
_SHORTEST = timedelta(minutes=15)
_LONGEST = timedelta(days=3660)


class BusyRow(msgspec.Struct, rename="upper"):
    """One entry of an employee: an event, an occurrence, or an absence of the personnel records."""

    id: Any = None
    date_from: Any = None
    date_to: Any = None
    date_from_ts_utc: Any = None
    date_to_ts_utc: Any = None
    dt_skip_time: Any = None
    tz_from: Any = None
    tz_to: Any = None
    accessibility: Any = None


BUSY = RowReader(BusyRow)


def culture_of_busy(rows: Iterable[BusyRow], zone: tzinfo, known: Culture | None) -> Culture | None:
    """How the portal writes dates, as far as these entries tell it."""
    samples = [
        (row.date_from, moment, zone_of(row.tz_from, None, zone))
        for row in rows
        if not _whole_days(row) and (moment := unix_instant(row.date_from_ts_utc)) is not None
    ]
    return calibrated(samples, known)


def busy_times(
    rows: Sequence[BusyRow], asked: TimeSpan, zone: tzinfo, culture: Culture | None
) -> tuple[BusyTime, ...] | None:
    """What takes time; None where an entry does not tell when, so that nothing may be called free.

    ``zone`` is for entries that name none. An entry of a series may carry the instants of the
    whole series: where wall clock and instant differ, the wall clock is right; and instants that
    lie outside what was ``asked`` for are no answer.
    """
    taking = [row for row in rows if as_text(row.accessibility).lower() != "free"]
    bare = [row for row in taking if culture is None or culture.read(row.date_from) is None]
    if _same_instant_twice(bare):
        return None
    found = []
    for row in taking:
        try:
            span = _days(row, zone, culture) if _whole_days(row) else _hours(row, zone, culture)
        except (OverflowError, ValueError):
            return None
        if span is None or not span.overlaps(asked):
            return None
        found.append(BusyTime(span, _TAKEN.get(as_text(row.accessibility).lower(), Taken.BUSY)))
    return tuple(sorted(found, key=lambda one: (one.span.start, one.span.end, one.how.value)))


def _whole_days(row: BusyRow) -> bool:
    return as_text(row.dt_skip_time).upper() == "Y"


def _hours(row: BusyRow, zone: tzinfo, culture: Culture | None) -> TimeSpan | None:
    zone = zone_of(row.tz_from, None, zone)
    start = _moment(row.date_from, row.date_from_ts_utc, zone, culture)
    end = _moment(row.date_to, row.date_to_ts_utc, zone_of(row.tz_to, None, zone), culture)
    if start is None or end is None:
        start, end = unix_instant(row.date_from_ts_utc), unix_instant(row.date_to_ts_utc)
    if start is None or end is None:
        return None
    if end <= start:
        end = start + _SHORTEST
    return TimeSpan(start, end) if end - start < _LONGEST else None


def _moment(text: object, ts: object, zone: tzinfo, culture: Culture | None) -> datetime | None:
    told = None if culture is None else culture.read(text)
    if told is None:
        return None
    wall = datetime.combine(told[0], told[1] or time())
    moment = unix_instant(ts)
    if moment is not None and moment.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
        return moment  # of a doubled hour only the instant knows which
    return resolve_wall_time(wall, zone).astimezone(UTC)


def _days(row: BusyRow, zone: tzinfo, culture: Culture | None) -> TimeSpan | None:
    first = _day(row.date_from, row.date_from_ts_utc, culture)
    last = _day(row.date_to, row.date_to_ts_utc, culture)
    if first is None or last is None:
        return None
    last = max(first, last)
    if last - first > _LONGEST:
        return None
    zone = zone_of(row.tz_from, None, zone)
    start, end = start_of_day(first, zone), start_of_day(last + _DAY, zone)
    return TimeSpan(start.astimezone(UTC), end.astimezone(UTC))


def _day(text: object, ts: object, culture: Culture | None) -> date | None:
    told = None if culture is None else culture.read(text)
    if told is not None:
        return told[0]
    moment = unix_instant(ts)
    return None if moment is None else moment.date()


def _same_instant_twice(rows: Sequence[BusyRow]) -> bool:
    """Whether occurrences of a series all carry its first instant: then nothing tells when."""
    counted = Counter((as_id(row.id), as_text(row.date_from_ts_utc)) for row in rows)
    return any(count > 1 for count in counted.values())
