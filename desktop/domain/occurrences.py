"""The occurrences of a series within a span (RFC 5545 RRULE, EXDATE).

A rule works on days of the wall clock; the time of day and the zone are attached afterwards, so
that ten o'clock stays ten o'clock over a change of the clocks. Whole days never meet a zone at all.
Without a COUNT the periods before the span are skipped by arithmetic. Every loop ends: a rule may
come from a stranger, and some never match a day.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop.domain.event import Event, Occurrence
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import DateSpan, TimeSpan, resolve_wall_time

MOST_INSTANCES = 2_000
MOST_PERIODS = 50_000
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = timedelta(days=1)


def occurrences(event: Event, span: TimeSpan) -> tuple[Occurrence, ...]:
    """Every instance of ``event`` that overlaps ``span``, in order; at most 2,000.

    An all-day instance counts where its dates are within a day of the span, for whoever asks knows
    in which zone the days are meant. Instances that were edited alone are events of their own, and
    not looked at here.
    """
    if isinstance(event.when, DateSpan):
        near = DateSpan(span.start.astimezone(UTC).date() - _DAY, _after(span) + 2 * _DAY)
        return _all_day(event, event.when, near)
    return _timed(event, event.when, span)


def zone_of(event: Event) -> tzinfo:
    """The zone whose wall clock a series follows."""
    try:
        return ZoneInfo(event.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        start = event.when.start if isinstance(event.when, TimeSpan) else None
        return (start.tzinfo if start is not None else None) or UTC


def original_day(event: Event, point: date | datetime) -> date:
    """The day that tells an instance apart within its series: by the series' own wall clock."""
    return point.astimezone(zone_of(event)).date() if isinstance(point, datetime) else point


def days(rule: RecurrenceRule, first: date, low: date, high: date) -> Iterator[date]:
    """The days of a rule that begins on ``first``, from ``low`` on and before ``high``.

    The rule's own ``until`` is not looked at. Ends after 2,000 days or 50,000 periods.
    """
    given = counted = 0
    skip = 0
    if rule.count is None:
        skip = _periods_before(rule, first, low)
    elif rule.frequency is Frequency.DAILY and not _filters(rule):
        counted = skip = _periods_before(rule, first, low)  # each period has its one day
    for index in range(skip, skip + MOST_PERIODS):
        period = _period(rule, first, index)
        if period is None or period[0] >= high:
            return
        for day in period[1]:
            if day < first:
                continue
            counted += 1
            if rule.count is not None and counted > rule.count:
                return
            if day >= high or given >= MOST_INSTANCES:
                return
            if day >= low:
                given += 1
                yield day


def _all_day(event: Event, when: DateSpan, near: DateSpan) -> tuple[Occurrence, ...]:
    if event.recurrence is None:
        return (Occurrence(event, when),) if when.overlaps(near) else ()
    until = event.recurrence.until
    last = until.date() if isinstance(until, datetime) else until
    high = near.end if last is None else min(near.end, last + _DAY)
    excluded = {original_day(event, point) for point in event.excluded_dates}
    low = near.first - timedelta(days=when.days - 1)
    return tuple(
        Occurrence(event, when.starting(day), day)
        for day in days(event.recurrence, when.first, low, high)
        if day not in excluded
    )


def _timed(event: Event, when: TimeSpan, span: TimeSpan) -> tuple[Occurrence, ...]:
    if event.recurrence is None:
        return (Occurrence(event, when),) if when.overlaps(span) else ()
    zone = zone_of(event)
    wall = when.start.astimezone(zone)
    at, end_zone = wall.time(), when.end.tzinfo or zone
    excluded = {original_day(event, point) for point in event.excluded_dates}
    low = (span.start.astimezone(UTC) - when.duration).date() - _DAY
    found: list[Occurrence] = []
    for day in days(event.recurrence, wall.date(), low, _after(span) + 2 * _DAY):
        start = resolve_wall_time(datetime.combine(day, at), zone)
        if _is_over(event.recurrence, day, start):
            break
        end = (start.astimezone(UTC) + when.duration).astimezone(end_zone)
        instance = TimeSpan(start, end)
        if day not in excluded and instance.overlaps(span):
            found.append(Occurrence(event, instance, start))
    return tuple(found)


def _is_over(rule: RecurrenceRule, day: date, start: datetime) -> bool:
    if isinstance(rule.until, datetime):
        return start.astimezone(UTC) > rule.until.astimezone(UTC)
    return rule.until is not None and day > rule.until


def _after(span: TimeSpan) -> date:
    return span.end.astimezone(UTC).date()


def _filters(rule: RecurrenceRule) -> bool:
    return bool(rule.by_day or rule.by_month_day or rule.by_month or rule.by_set_pos)


def _periods_before(rule: RecurrenceRule, first: date, low: date) -> int:
    if low <= first:
        return 0
    match rule.frequency:
        case Frequency.DAILY:
            return (low - first).days // rule.interval
        case Frequency.WEEKLY:
            return (low - _week_of(rule, first)).days // (7 * rule.interval)
        case Frequency.MONTHLY:
            return (_month_number(low) - _month_number(first)) // rule.interval
        case Frequency.YEARLY:
            return (low.year - first.year) // rule.interval


def _period(rule: RecurrenceRule, first: date, index: int) -> tuple[date, list[date]] | None:
    """The first day of a period and the rule's days in it; None after the end of all dates."""
    steps = index * rule.interval
    try:
        match rule.frequency:
            case Frequency.DAILY:
                start = first + timedelta(days=steps)
                return start, _positions(rule, _fitting(rule, [start]))
            case Frequency.WEEKLY:
                start = _week_of(rule, first) + timedelta(weeks=steps)
                return start, _positions(rule, _in_week(rule, first, start))
            case Frequency.MONTHLY:
                year, month = divmod(_month_number(first) + steps, 12)
                start = date(year, month + 1, 1)
                return start, _positions(rule, _in_month(rule, first, start))
            case Frequency.YEARLY:
                start = date(first.year + steps, 1, 1)
                return start, _positions(rule, _in_year(rule, first, start.year))
    except (OverflowError, ValueError):
        return None


def _in_week(rule: RecurrenceRule, first: date, start: date) -> list[date]:
    week = [start + timedelta(days=offset) for offset in range(7)]
    if not rule.by_day:
        week = [day for day in week if day.weekday() == first.weekday()]
    return [day for day in _fitting(rule, week) if day >= first]


def _in_month(rule: RecurrenceRule, first: date, start: date) -> list[date]:
    if rule.by_month and start.month not in rule.by_month:
        return []
    month = _month(start.year, start.month)
    if not rule.by_day and not rule.by_month_day:
        return [day for day in month if day.day == first.day]
    return _fitting(rule, month, (month,))


def _in_year(rule: RecurrenceRule, first: date, year: int) -> list[date]:
    wanted = rule.by_month or (range(1, 13) if rule.by_day or rule.by_month_day else (first.month,))
    months = [_month(year, month) for month in sorted(set(wanted))]
    whole = [day for month in months for day in month]
    if not rule.by_day and not rule.by_month_day:
        return [day for day in whole if day.day == first.day]
    # "2TU" counts within the months that are named, else within the year.
    counted = months if rule.by_month else [whole]
    return _fitting(rule, whole, tuple(counted))


def _fitting(
    rule: RecurrenceRule, candidates: list[date], counted: tuple[list[date], ...] = ()
) -> list[date]:
    """The candidates that the whole rule allows; ordinals count within each of ``counted``."""
    allowed = _weekdays(rule.by_day, candidates, counted) if rule.by_day else None
    return [
        day
        for day in candidates
        if (allowed is None or day in allowed)
        and (not rule.by_month or day.month in rule.by_month)
        and (not rule.by_month_day or _is_month_day(day, rule.by_month_day))
    ]


def _weekdays(
    by_day: tuple[str, ...], candidates: list[date], counted: tuple[list[date], ...]
) -> set[date]:
    allowed: set[date] = set()
    for part in by_day:
        weekday, ordinal = _WEEKDAYS.index(part[-2:]), int(part[:-2] or 0)
        if not ordinal or not counted:
            allowed.update(day for day in candidates if day.weekday() == weekday)
            continue
        for group in counted:
            same = [day for day in group if day.weekday() == weekday]
            place = ordinal - 1 if ordinal > 0 else len(same) + ordinal
            if 0 <= place < len(same):
                allowed.add(same[place])
    return allowed


def _is_month_day(day: date, wanted: tuple[int, ...]) -> bool:
    if day.day in wanted:
        return True
    return day.day - monthrange(day.year, day.month)[1] - 1 in wanted


def _positions(rule: RecurrenceRule, period: list[date]) -> list[date]:
    if not rule.by_set_pos:
        return period
    places = {p - 1 if p > 0 else len(period) + p for p in rule.by_set_pos}
    return [day for place, day in enumerate(period) if place in places]


def _month(year: int, month: int) -> list[date]:
    return [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _week_of(rule: RecurrenceRule, day: date) -> date:
    back = (day.weekday() - _WEEKDAYS.index(rule.week_start)) % 7
    return day - timedelta(days=back)
