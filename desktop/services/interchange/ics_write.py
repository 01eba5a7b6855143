"""Writes iCalendar files (RFC 5545) that Outlook, Apple and Google read, and we read back whole."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, vCalAddress, vText
from icalendar import Calendar as IcsCalendar
from icalendar import Event as IcsEvent

from desktop.domain.event import Attendee, Event, Participation, Priority
from desktop.domain.ids import EventId
from desktop.domain.recurrence import RecurrenceRule
from desktop.domain.timespan import DateSpan

PRODUCT = "-//Parley//Parley Desktop//EN"
_PRIORITIES = {Priority.HIGH: 1, Priority.LOW: 9}
_ANSWERS = {
    Participation.ACCEPTED: "ACCEPTED",
    Participation.ORGANIZER: "ACCEPTED",
    Participation.DECLINED: "DECLINED",
    Participation.TENTATIVE: "TENTATIVE",
    Participation.NEEDS_ACTION: "NEEDS-ACTION",
}


def write_ics(events: Iterable[Event], *, now: datetime, name: str = "") -> bytes:
    """A VCALENDAR of ``events`` with the time zones that they name."""
    calendar = IcsCalendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if name:
        calendar.add("x-wr-calname", name)
    every = tuple(events)
    uids = {event.id: event.uid or str(event.id) for event in every}
    for event in every:
        calendar.add_component(_component(event, uids, now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _component(event: Event, uids: Mapping[EventId, str], now: datetime) -> IcsEvent:
    made = IcsEvent()
    master = uids.get(event.series_id) if event.series_id is not None else None
    made.add("uid", master or uids[event.id])
    made.add("dtstamp", now.astimezone(UTC))
    made.add("summary", event.summary)
    if isinstance(event.when, DateSpan):
        made.add("dtstart", event.when.first)
        made.add("dtend", event.when.end)
        # Dates have no zone; it is kept for the day when the event gets a time.
        made.add("x-parley-time-zone", event.time_zone)
    else:
        made.add("dtstart", _named(event.when.start, event.time_zone))
        made.add("dtend", _named(event.when.end, event.time_zone))
    for field, text in (("location", event.location), ("description", event.description)):
        if text:
            made.add(field, text)
    _add_flags(made, event)
    if event.recurrence is not None:
        made.add("rrule", _rule(event.recurrence))
    for excluded in event.excluded_dates:
        made.add("exdate", _moment(excluded, event.time_zone))
    if event.original_start is not None and master is not None:
        made.add("recurrence-id", _moment(event.original_start, event.time_zone))
    for attendee in event.attendees:
        made.add("attendee", _address(attendee))
    for reminder in event.reminders:
        made.add_component(_alarm(reminder.minutes_before, event.summary))
    return made


def _add_flags(made: IcsEvent, event: Event) -> None:
    made.add("status", event.status.value.upper())
    made.add("transp", "OPAQUE" if event.busy else "TRANSPARENT")
    made.add("class", "PRIVATE" if event.private else "PUBLIC")
    made.add("x-parley-kind", event.kind.value)
    if event.priority in _PRIORITIES:
        made.add("priority", _PRIORITIES[event.priority])
    if event.completed:
        made.add("x-parley-completed", "TRUE")
    if event.color:
        made.add("x-parley-color", event.color)
    for contact in event.contacts:
        made.add("x-parley-contact", str(contact))


def _named(moment: datetime, zone: str) -> datetime:
    """The instant on the wall clock of the zone that the user thought in."""
    if isinstance(moment.tzinfo, ZoneInfo):
        return moment
    return moment.astimezone(ZoneInfo(zone))


def _moment(value: date | datetime, zone: str) -> date | datetime:
    return _named(value, zone) if isinstance(value, datetime) else value


def _rule(rule: RecurrenceRule) -> dict[str, object]:
    parts: dict[str, object] = {"FREQ": rule.frequency.value}
    if rule.interval != 1:
        parts["INTERVAL"] = rule.interval
    if rule.count is not None:
        parts["COUNT"] = rule.count
    if rule.until is not None:
        parts["UNTIL"] = rule.until
    for name, values in (
        ("BYDAY", rule.by_day),
        ("BYMONTHDAY", rule.by_month_day),
        ("BYMONTH", rule.by_month),
        ("BYSETPOS", rule.by_set_pos),
    ):
        if values:
            parts[name] = list(values)
    if rule.week_start != "MO":
        parts["WKST"] = rule.week_start
    return parts


def _address(attendee: Attendee) -> vCalAddress:
    address = vCalAddress(f"mailto:{attendee.email}")
    if attendee.name:
        address.params["CN"] = vText(attendee.name)
    address.params["PARTSTAT"] = vText(_ANSWERS[attendee.participation])
    return address


def _alarm(minutes_before: int, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary or "Reminder")
    alarm.add("trigger", timedelta(minutes=-minutes_before))
    return alarm
