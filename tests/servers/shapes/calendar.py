"""Calendar methods: parameters as section 5 of the reference tells them."""

from .crm import Shape
from .kinds import (
    boolean,
    color,
    day,
    fields,
    filled,
    flag,
    integer,
    list_of,
    one_of,
    text,
    wall,
)

_KIND = one_of("user", "group", "company_calendar", "location", "resource")
_OWNER: Shape = {"type*": _KIND, "ownerId*": integer}
_RULE = fields(
    {
        "FREQ": one_of("DAILY", "WEEKLY", "MONTHLY", "YEARLY"),
        "INTERVAL": integer,
        "COUNT": integer,
        "UNTIL": day,
        "BYDAY": list_of(one_of("MO", "TU", "WE", "TH", "FR", "SA", "SU")),
    },
    "FREQ",
)
_REMINDER = fields({"type": one_of("min", "hour", "day"), "count": integer}, "type", "count")
_MEETING = fields(
    {"notify": boolean, "reinvite": boolean, "allow_invite": boolean, "hide_guests": boolean}
)
_EVENT: Shape = {
    **_OWNER,
    "name*": filled,
    "from*": wall,
    "to*": wall,
    "skip_time*": flag,
    "section": integer,
    "auto_detect_section": flag,
    "timezone_from": text,
    "timezone_to": text,
    "description": text,
    "color": color,
    "text_color": color,
    "accessibility": one_of("busy", "absent", "quest", "free"),
    "importance": one_of("high", "normal", "low"),
    "private_event": flag,
    "rrule": _RULE,
    "is_meeting": flag,
    "attendees": list_of(integer),
    "location": text,
    "meeting": _MEETING,
    "crm_fields": list_of(filled),
}
_SECTION: Shape = {
    "name": filled,
    "description": text,
    "color": color,
    "text_color": color,
    "export": fields({"ALLOW": boolean, "SET": one_of("all", "3_9", "6_12")}),
}


def _reminders_read_or_made(value: object, typed: bool) -> list[str]:
    """What Parley writes is known; what the portal's own pages wrote goes back untouched."""
    if not isinstance(value, list):
        return [f"{value!r} is no list"]
    return [
        f"[{number}] {wrong}"
        for number, one in enumerate(value)
        if isinstance(one, dict) and set(one) <= {"type", "count"}
        for wrong in _REMINDER(one, typed)
    ]


_EVENT["remind"] = lambda value, typed: iter(_reminders_read_or_made(value, typed))

CALENDAR: dict[str, Shape] = {
    "calendar.event.get": {
        "type*": _KIND,
        "ownerId*": integer,
        "from*": day,
        "to*": day,
        "section": list_of(integer),
    },
    "calendar.event.getbyid": {"id*": integer},
    "calendar.event.add": _EVENT,
    "calendar.event.update": {
        "id*": integer,
        **_EVENT,
        "recurrence_mode": one_of("this", "next", "all"),
        "current_date_from": day,
        "host": integer,
    },
    "calendar.event.delete": {"id*": integer},
    "calendar.section.get": {"type*": _KIND, "ownerId": integer},
    "calendar.section.add": {**_OWNER, **_SECTION},
    "calendar.section.update": {**_OWNER, "id*": integer, **_SECTION},
    "calendar.section.delete": {**_OWNER, "id*": integer},
    "calendar.accessibility.get": {
        "users*": list_of(integer, least=1),
        "from*": day,
        "to*": day,
    },
    "calendar.meeting.status.get": {"eventId*": integer},
    "calendar.meeting.status.set": {"eventId*": integer, "status*": one_of("Y", "N", "Q")},
    "calendar.settings.get": {},
    "calendar.user.settings.get": {},
    "calendar.resource.list": {},
}
