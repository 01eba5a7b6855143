"""What becomes of a series when one of it, or all of it, is moved or taken out. All pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from desktop.domain.event import Event
from desktop.domain.ids import EventId
from desktop.domain.occurrences import original_day
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import DateSpan, TimeSpan, When, resolve_wall_time

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def exception_of(
    master: Event, original_start: date | datetime, when: When, event_id: EventId
) -> Event:
    """An event that stands in for one occurrence of ``master`` (RFC 5545 RECURRENCE-ID)."""
    return replace(
        master,
        id=event_id,
        when=when,
        recurrence=None,
        excluded_dates=(),
        series_id=master.id,
        original_start=original_start,
    )


def without_occurrence(master: Event, original_start: date | datetime) -> Event:
    """The series without one of its occurrences (RFC 5545 EXDATE)."""
    if original_start in master.excluded_dates:
        return master
    return replace(master, excluded_dates=(*master.excluded_dates, original_start))


def series_moved(master: Event, shown: When, when: When) -> Event:
    """The whole series moved as its occurrence at ``shown`` is moved to ``when``.

    On the wall clock of the series' zone, so that ten o'clock stays ten o'clock in winter. The
    weekdays of a weekly rule move along, and so do the occurrences that were taken out. A
    series of whole days stays one, and so does one with times.
    """
    zone = ZoneInfo(master.time_zone)
    if isinstance(shown, DateSpan) or isinstance(when, DateSpan):
        return _days_moved(master, shown, when)
    by = _wall(when.start, zone) - _wall(shown.start, zone)
    first = master.when.in_zone(zone) if isinstance(master.when, DateSpan) else master.when
    start = _shifted(first.start, by, zone)
    moved = TimeSpan(start, (start.astimezone(UTC) + when.duration).astimezone(zone))
    days = _wall(when.start, zone).date() - _wall(shown.start, zone).date()
    return replace(
        master,
        when=moved.in_zone(UTC),
        recurrence=_rule_moved(master.recurrence, days, by, zone),
        excluded_dates=tuple(_point_moved(one, by, zone) for one in master.excluded_dates),
    )


def moved_like(master: Event, original: date | datetime, shown: When, when: When) -> When:
    """When an occurrence of the series would be, moved as the one at ``shown`` is to ``when``."""
    zone = ZoneInfo(master.time_zone)
    if isinstance(shown, DateSpan) or isinstance(when, DateSpan):
        day = original_day(master, original)
        if isinstance(shown, DateSpan) and isinstance(when, DateSpan):
            return when.starting(day + (when.first - shown.first))
        return when
    by = _wall(when.start, zone) - _wall(shown.start, zone)
    point = original
    if not isinstance(point, datetime):
        point = resolve_wall_time(datetime.combine(point, _wall(shown.start, zone).time()), zone)
    return when.starting(_shifted(point, by, zone)).in_zone(UTC)


def exception_following(exception: Event, master: Event, shown: When, when: When) -> Event:
    """An exception of a series that `series_moved` moves: it stays where it is, and keeps
    standing in for the same occurrence.
    """
    original = exception.original_start
    zone = ZoneInfo(master.time_zone)
    if original is None:
        return exception
    if isinstance(shown, DateSpan) and isinstance(when, DateSpan):
        by = when.first - shown.first
    elif isinstance(shown, TimeSpan) and isinstance(when, TimeSpan):
        by = _wall(when.start, zone) - _wall(shown.start, zone)
    else:
        return exception
    return replace(exception, original_start=_point_moved(original, by, zone))


def _days_moved(master: Event, shown: When, when: When) -> Event:
    if not (isinstance(shown, DateSpan) and isinstance(when, DateSpan)):
        return master
    if not isinstance(master.when, DateSpan):
        return master
    by = when.first - shown.first
    first = master.when.first + by
    zone = ZoneInfo(master.time_zone)
    return replace(
        master,
        when=DateSpan(first, first + timedelta(days=when.days)),
        recurrence=_rule_moved(master.recurrence, by, by, zone),
        excluded_dates=tuple(_point_moved(one, by, zone) for one in master.excluded_dates),
    )


def _rule_moved(
    rule: RecurrenceRule | None, days: timedelta, by: timedelta, zone: tzinfo
) -> RecurrenceRule | None:
    if rule is None:
        return None
    until = None if rule.until is None else _point_moved(rule.until, by, zone)
    if rule.frequency is not Frequency.WEEKLY:
        return replace(rule, until=until)
    turned = tuple(_weekday_moved(day, days.days) for day in rule.by_day)
    return replace(rule, by_day=turned, until=until)


def _weekday_moved(day: str, days: int) -> str:
    return _WEEKDAYS[(_WEEKDAYS.index(day) + days) % 7] if day in _WEEKDAYS else day


def _point_moved(point: date | datetime, by: timedelta, zone: tzinfo) -> date | datetime:
    return _shifted(point, by, zone) if isinstance(point, datetime) else point + by


def _shifted(moment: datetime, by: timedelta, zone: tzinfo) -> datetime:
    return resolve_wall_time(_wall(moment, zone) + by, zone).astimezone(UTC)


def _wall(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)
