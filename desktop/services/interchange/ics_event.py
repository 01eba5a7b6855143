"""One VEVENT component (RFC 5545) -> Event."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from desktop.domain.event import (
    Attendee,
    Event,
    EventKind,
    EventStatus,
    Participation,
    Priority,
    Reminder,
)
from desktop.domain.ids import AccountId, CalendarId, ContactId, EventId
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import DateSpan, TimeSpan, When

Component = Any
"""A component of the iCalendar library, whose values are of two dozen types: checked one by one."""

SHORTEST = timedelta(minutes=15)
"""What an event without a length takes, so that it can be seen and moved."""

_HIGH, _MIDDLE = 4, 5


class DamagedError(Exception):
    """This one entry cannot be used; the argument is a short code that says why."""


@dataclass(frozen=True, slots=True)
class EventReader:
    """Reads components as events of one calendar. ``zone`` is for times without one."""

    account_id: AccountId
    calendar_id: CalendarId
    zone: tzinfo

    def read(self, component: Component, event_id: EventId) -> Event:
        """The event, or `DamagedError`."""
        broken = {name for name, _ in component.errors}
        if "DTSTART" in broken or component.get("DTSTART") is None:
            raise DamagedError("no start")
        if broken & {"DTEND", "DURATION"}:
            raise DamagedError("no end")
        if "RRULE" in broken:
            raise DamagedError("bad rule")
        when = self._when(component)
        original = component.get("RECURRENCE-ID")
        return Event(
            id=event_id,
            account_id=self.account_id,
            calendar_id=self.calendar_id,
            summary=str(component.get("SUMMARY", "")),
            when=when,
            kind=_kind(component),
            time_zone=self._zone_name(component, when),
            location=str(component.get("LOCATION", "")),
            description=str(component.get("DESCRIPTION", "")),
            reminders=_reminders(component),
            priority=_priority(component),
            contacts=tuple(ContactId(str(c)) for c in _listed(component, "X-PARLEY-CONTACT")),
            attendees=tuple(_attendee(a) for a in _listed(component, "ATTENDEE")),
            status=_status(component),
            busy=str(component.get("TRANSP", "OPAQUE")).upper() != "TRANSPARENT",
            private=str(component.get("CLASS", "PUBLIC")).upper() != "PUBLIC",
            completed=str(component.get("X-PARLEY-COMPLETED", "")).upper() == "TRUE",
            color=_color(component),
            recurrence=_rule(component, when),
            excluded_dates=self._excluded(component),
            original_start=None if original is None else self._aware(original.dt),
            uid=str(component.get("UID", "")),
        )

    def _aware(self, value: Any) -> date | datetime:
        """A date as it is; a time with a zone that has a name."""
        if not isinstance(value, datetime):
            if isinstance(value, date):
                return value
            raise DamagedError("no start")
        if value.tzinfo is None:
            return value.replace(tzinfo=self.zone)
        if isinstance(value.tzinfo, ZoneInfo):
            return value
        # The file's own zone: the instants are right, the name means nothing elsewhere.
        return value.astimezone(self.zone)

    def _when(self, component: Component) -> When:
        start = self._aware(component["DTSTART"].dt)
        end = self._end(component, start)
        try:
            if isinstance(start, datetime):
                if not isinstance(end, datetime):
                    raise DamagedError("no end")
                return TimeSpan(start, start + SHORTEST if end == start else end)
            if isinstance(end, datetime):
                raise DamagedError("no end")
            return DateSpan(start, max(end, start + timedelta(days=1)))
        except ValueError:
            raise DamagedError("ends before it starts") from None

    def _end(self, component: Component, start: date | datetime) -> date | datetime:
        if component.get("DTEND") is not None:
            return self._aware(component["DTEND"].dt)
        if component.get("DURATION") is not None:
            length: timedelta = component["DURATION"].dt
            if isinstance(start, datetime):
                utc = start.astimezone(ZoneInfo("UTC")) + length
                return utc.astimezone(start.tzinfo)
            return start + length
        return start

    def _zone_name(self, component: Component, when: When) -> str:
        if isinstance(when, TimeSpan) and isinstance(when.start.tzinfo, ZoneInfo):
            return when.start.tzinfo.key
        kept = str(component.get("X-PARLEY-TIME-ZONE", ""))
        if kept in _zones():
            return kept
        return self.zone.key if isinstance(self.zone, ZoneInfo) else "UTC"

    def _excluded(self, component: Component) -> tuple[date | datetime, ...]:
        return tuple(
            self._aware(item.dt) for entry in _listed(component, "EXDATE") for item in entry.dts
        )


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # reads a folder, each time


def _listed(component: Component, name: str) -> list[Any]:
    value = component.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _kind(component: Component) -> EventKind:
    text = str(component.get("X-PARLEY-KIND", "")).lower()
    return EventKind(text) if text in {kind.value for kind in EventKind} else EventKind.EVENT


def _status(component: Component) -> EventStatus:
    text = str(component.get("STATUS", "")).lower()
    known = {status.value: status for status in EventStatus}
    return known.get(text, EventStatus.CONFIRMED)


def _priority(component: Component) -> Priority:
    """RFC 5545: 1 to 4 high, 5 normal, 6 to 9 low, 0 undefined."""
    try:
        level = int(component.get("PRIORITY", 0))
    except (TypeError, ValueError):
        return Priority.NORMAL
    if 1 <= level <= _HIGH:
        return Priority.HIGH
    return Priority.LOW if level > _MIDDLE else Priority.NORMAL


def _color(component: Component) -> str:
    text = str(component.get("X-PARLEY-COLOR", "")).strip().lower()
    return text if re.fullmatch("#[0-9a-f]{6}", text) else ""


def _reminders(component: Component) -> tuple[Reminder, ...]:
    """Alarms before the start; those at fixed times or after the end have no place here."""
    minutes: set[int] = set()
    for alarm in component.walk("VALARM"):
        trigger = alarm.get("TRIGGER")
        offset = getattr(trigger, "dt", None)
        if isinstance(offset, timedelta) and trigger.params.get("RELATED", "START") == "START":
            minutes.add(max(0, round(-offset.total_seconds() / 60)))
    return tuple(Reminder(value) for value in sorted(minutes))


_ANSWERS = {
    "ACCEPTED": Participation.ACCEPTED,
    "DECLINED": Participation.DECLINED,
    "TENTATIVE": Participation.TENTATIVE,
}


def _attendee(value: Any) -> Attendee:
    address = str(value)
    email = address[7:] if address.lower().startswith("mailto:") else address
    answer = str(value.params.get("PARTSTAT", "")).upper()
    return Attendee(
        name=str(value.params.get("CN", "")),
        email=email,
        participation=_ANSWERS.get(answer, Participation.NEEDS_ACTION),
    )


def _rule(component: Component, when: When) -> RecurrenceRule | None:
    rule = component.get("RRULE")
    if rule is None:
        return None
    if isinstance(rule, list):
        raise DamagedError("several rules")
    try:
        return RecurrenceRule(
            frequency=Frequency(_first(rule, "FREQ")),
            interval=int(_first(rule, "INTERVAL") or 1),
            count=int(_first(rule, "COUNT")) if _first(rule, "COUNT") else None,
            until=_until(_first(rule, "UNTIL"), when),
            by_day=tuple(str(day) for day in rule.get("BYDAY", ())),
            by_month_day=tuple(int(day) for day in rule.get("BYMONTHDAY", ())),
            by_month=tuple(int(month) for month in rule.get("BYMONTH", ())),
            by_set_pos=tuple(int(place) for place in rule.get("BYSETPOS", ())),
            week_start=str(_first(rule, "WKST") or "MO"),
        )
    except (ValueError, TypeError):
        raise DamagedError("unsupported rule") from None


def _first(rule: Any, part: str) -> Any:
    values = rule.get(part) or [None]
    return values[0]


def _until(value: Any, when: When) -> date | datetime | None:
    """RFC 5545 3.3.10: a date with a date, else UTC; files often mix them."""
    if value is None:
        return None
    if isinstance(when, DateSpan):
        return value.date() if isinstance(value, datetime) else date.fromisoformat(str(value))
    zone = when.start.tzinfo
    if not isinstance(value, datetime):
        moment = datetime.combine(value, when.start.timetz())
    else:
        moment = value if value.tzinfo is not None else value.replace(tzinfo=zone)
    return moment.astimezone(ZoneInfo("UTC"))
