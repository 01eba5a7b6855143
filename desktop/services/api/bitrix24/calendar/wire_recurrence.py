"""The portal's recurrence rules: what an answer says of a series, as a rule of ours, and back."""

from datetime import UTC, date, datetime, time, timedelta

from desktop.domain.event import Event
from desktop.domain.occurrences import zone_of
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import DateSpan, TimeSpan, When, resolve_wall_time
from desktop.services.api.bitrix24.calendar.calendar_rows import EventRow
from desktop.services.api.bitrix24.calendar.calendar_times import TimeReader
from desktop.services.api.bitrix24.culture import unix_instant
from desktop.services.api.bitrix24.values import as_int, as_list, as_text

ONCE = {"FREQ": "DAILY", "INTERVAL": 1, "COUNT": 1}
"""What ends a series with its first one: the reference knows no rule for "not any more"."""

_FREQUENCIES = {one.value: one for one in Frequency}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST_INTERVAL = 999
_MOST = 10_000
_ENDLESS_YEAR = 2037


def rule_of(row: EventRow, reader: TimeReader) -> RecurrenceRule | None:
    """The series' rule; None where there is none, or one that we cannot read."""
    if not isinstance(row.rrule, dict):
        return None
    told = row.rrule
    frequency = _FREQUENCIES.get(as_text(told.get("FREQ")).upper())
    if frequency is None:
        return None
    interval = as_int(told.get("INTERVAL")) or 1
    count = as_int(told.get("COUNT"))
    if count is not None and not 1 <= count <= _MOST:
        count = None
    days: tuple[str, ...] = ()
    if frequency is Frequency.WEEKLY:  # the server ignores weekdays everywhere else
        named = {as_text(day).upper() for day in as_list(told.get("BYDAY"))}
        days = tuple(day for day in _DAYS if day in named)
    return RecurrenceRule(
        frequency,
        interval=min(max(interval, 1), _LONGEST_INTERVAL),
        count=count,
        until=None if count is not None else _until(row, reader),
        by_day=days,
    )


def rule_fields(event: Event) -> dict[str, object] | None:
    """The rule as it is sent; None for an event that does not repeat.

    The end is a day, told as ISO 8601. Weekdays are always named, for without them a week means
    Monday there.
    """
    rule = event.recurrence
    if rule is None:
        return None
    told: dict[str, object] = {"FREQ": rule.frequency.value, "INTERVAL": rule.interval}
    if rule.count is not None:
        told["COUNT"] = rule.count
    elif rule.until is not None:
        told["UNTIL"] = _last_day(event, rule.until).isoformat()
    if rule.frequency is Frequency.WEEKLY:
        named = {day for day in rule.by_day if day in _DAYS} or {_DAYS[_first(event).weekday()]}
        told["BYDAY"] = [day for day in _DAYS if day in named]
    return told


def excluded(row: EventRow, reader: TimeReader, first: When) -> tuple[date | datetime, ...]:
    """The occurrences that were taken out: dates of an all-day series, else instants in UTC."""
    dates = [reader.date_of(part) for part in as_text(row.exdate).split(";")[:_MOST]]
    days = [day for day in dates if day is not None]
    if isinstance(first, DateSpan):
        return tuple(days)
    zone = reader.zone_from(row)
    clock = first.start.astimezone(zone).time()
    return tuple(
        resolve_wall_time(datetime.combine(day, clock), zone).astimezone(UTC) for day in days
    )


def _until(row: EventRow, reader: TimeReader) -> date | datetime | None:
    """The last day of the series, inclusive; an empty ``~UNTIL`` means that there is none."""
    told = row.rrule
    if "~UNTIL" in told and not as_text(told["~UNTIL"]):
        return None
    moment = unix_instant(told.get("UNTIL_TS"))
    day = moment.date() if moment is not None else reader.date_of(told.get("UNTIL"))
    if day is None or day.year > _ENDLESS_YEAR:
        return None
    if as_text(row.dt_skip_time).upper() == "Y":
        return day
    night = datetime.combine(day + timedelta(days=1), time()) - timedelta(seconds=1)
    return resolve_wall_time(night, reader.zone_from(row)).astimezone(UTC)


def _last_day(event: Event, until: date | datetime) -> date:
    """The last day on which an occurrence can begin."""
    if not isinstance(until, datetime):
        return until
    zone = zone_of(event)
    local = until.astimezone(zone)
    if not isinstance(event.when, TimeSpan):
        return local.date()
    clock = event.when.start.astimezone(zone).time()
    return local.date() if local.time() >= clock else local.date() - timedelta(days=1)


def _first(event: Event) -> date:
    if isinstance(event.when, DateSpan):
        return event.when.first
    return event.when.start.astimezone(zone_of(event)).date()
