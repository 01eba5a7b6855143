"""A series cut in two at one of its occurrences. All pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from desktop.domain.event import Event
from desktop.domain.ids import EventId
from desktop.domain.occurrences import days, original_day, zone_of
from desktop.domain.reach import occurrence_on
from desktop.domain.recurrence import RecurrenceRule
from desktop.domain.timespan import DateSpan, TimeSpan, resolve_wall_time

_DAY = timedelta(days=1)


def ended_before(master: Event, original_start: date | datetime) -> Event:
    """The series up to the day before that occurrence; a count gives way to a last day.

    What was taken out later stays noted: it does no harm.
    """
    rule = master.recurrence
    if rule is None:
        return master
    last = original_day(master, original_start) - _DAY
    return replace(master, recurrence=replace(rule, count=None, until=until_day(master, last)))


def tail_of(master: Event, original_start: date | datetime, new_id: EventId) -> Event:
    """A series of its own from that occurrence on, with as many as were left."""
    rule = master.recurrence
    found = occurrence_on(master, original_start)
    if rule is None or found is None:
        return replace(master, id=new_id, uid="")
    cut = original_day(master, original_start)
    when = found.when.in_zone(UTC) if isinstance(found.when, TimeSpan) else found.when
    later = tuple(one for one in master.excluded_dates if original_day(master, one) >= cut)
    return replace(
        master,
        id=new_id,
        when=when,
        recurrence=_left(master, rule, cut),
        excluded_dates=later,
        uid="",
    )


def until_day(master: Event, last: date) -> date | datetime:
    """The end of a rule whose last possible day is ``last``, in the form of this series."""
    if isinstance(master.when, DateSpan):
        return last
    night = datetime.combine(last + _DAY, time()) - timedelta(seconds=1)
    return resolve_wall_time(night, zone_of(master)).astimezone(UTC)


def _left(master: Event, rule: RecurrenceRule, cut: date) -> RecurrenceRule:
    """The rule of the tail: a count is what remains of it, taken-out ones included."""
    if rule.count is None:
        return rule
    when = master.when
    first = (
        when.first if isinstance(when, DateSpan) else when.start.astimezone(zone_of(master)).date()
    )
    before = sum(1 for _day in days(rule, first, first, cut))
    return replace(rule, count=max(1, rule.count - before))


def rule_for(rule: RecurrenceRule, event: Event) -> RecurrenceRule:
    """The rule with its end in the form that the event's own times ask for."""
    until = rule.until
    if until is None or isinstance(until, datetime) != event.all_day:
        return rule
    if isinstance(until, datetime):
        return replace(rule, until=until.astimezone(zone_of(event)).date())
    return replace(rule, until=until_day(event, until))
