"""Reading the calendar: windows, single events, sections, settings, free and busy."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from . import calendar_records as records
from . import event_wire
from .errors import refused
from .occurrences import LAST_DAY, days
from .values import Row, to_int, to_list, to_text
from .world import Call, World

_BEGINNING = date(1970, 1, 1)


def required(call: Call, *names: str) -> None:
    """Refuses a call that lacks one of the named parameters."""
    for name in names:
        if call.params.get(name) in (None, "", []):
            raise refused(
                f'The required parameter "{name}" for the method "{call.method}" is not set'
            )


def owner_of(call: Call) -> tuple[str, int]:
    """The calendar's type and owner; the company's calendars belong to 0."""
    required(call, "type")
    kind = to_text(call.params["type"])
    owner = to_int(call.params.get("ownerId"))
    if owner is None:
        owner = call.caller.user_id if kind == "user" else 0
    return kind, owner


def window(call: Call) -> tuple[date, date]:
    """First and last day asked for.

    Without ``to`` the window is open, without ``from`` it starts at the beginning of time.
    """
    first = _day(call.params.get("from"))
    last = _day(call.params.get("to"))
    today = datetime.fromtimestamp(call.world.clock.now(), call.world.zone).date()
    if first is None and last is None:
        return today - timedelta(days=31), today + timedelta(days=92)
    return first or _BEGINNING, last or LAST_DAY


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(to_text(value)[:10])
    except ValueError:
        return None


def get_events(call: Call) -> list[Row]:
    """``calendar.event.get``: every occurrence inside the window, unpaged."""
    if "ownerId" not in call.params:
        required(call, "ownerId")
    kind, owner = owner_of(call)
    first, last = window(call)
    chosen = {number for number in map(to_int, to_list(call.params.get("section"))) if number}
    found: list[Row] = []
    for row in call.world.events.rows.values():
        if row["type"] != kind or row["owner"] != owner:
            continue
        if chosen and row["section"] not in chosen:
            continue
        if not call.world.is_hidden("event", row["id"]):
            found.extend(shown_between(call, row, first, last))
    return sorted(found, key=lambda event: int(event["DATE_FROM_TS_UTC"]))


def shown_between(call: Call, row: Row, first: date, last: date) -> Iterator[Row]:
    """An event, or the occurrences of a series, that touch these days of the caller."""
    world, caller = call.world, call.caller
    if not row["rrule"]:
        if _touches(world, caller.user_id, row, first, last):
            yield event_wire.single(world, caller, row)
        return
    gone, index = records.excluded(row), 0
    for day in days(records.wall_clock(row)[0].date(), row["rrule"], last + timedelta(days=1)):
        start, end = event_wire.occurrence_times(row, day)
        once = {**row, "start": start.isoformat(), "end": end.isoformat()}
        if day not in gone and _touches(world, caller.user_id, once, first, last):
            yield event_wire.occurrence(world, caller, row, day, index)
            index += 1


def _touches(world: World, user_id: int, row: Row, first: date, last: date) -> bool:
    start, end = records.wall_clock(row)
    if row["all_day"]:
        return start.date() <= last and end.date() >= first
    zone = records.zone_of(world.user_zone(user_id))
    begin, finish = (datetime.fromtimestamp(at, zone).date() for at in records.instants(row))
    return begin <= last and finish >= first


def get_by_id(call: Call) -> Row | None:
    """``calendar.event.getbyid``: None for one that is gone or may not be seen."""
    required(call, "id")
    row = call.world.events.get(to_int(call.params["id"]))
    if row is None or call.world.is_hidden("event", row["id"]):
        return None
    return event_wire.single(call.world, call.caller, row)


def get_sections(call: Call) -> list[Row]:
    """``calendar.section.get``."""
    kind, owner = owner_of(call)
    return [
        row
        for row in call.world.sections.rows.values()
        if row["CAL_TYPE"] == kind and row["OWNER_ID"] == str(owner)
    ]


def add_section(call: Call) -> int:
    """``calendar.section.add``: only for oneself."""
    kind, owner = owner_of(call)
    required(call, "name")
    if kind == "user" and owner != call.caller.user_id:
        raise refused("Access denied")
    color = to_text(call.params.get("color")) or "#9cbeee"
    return records.make_section(call.world, kind, owner, to_text(call.params["name"]), color)


def portal_settings(call: Call) -> Row:
    """``calendar.settings.get``; guests see only the working hours."""
    user = call.world.users.get(call.caller.user_id) or {}
    if user.get("USER_TYPE") == "extranet":
        return {"work_time_start": 9, "work_time_end": 19}
    return {
        "work_time_start": "9",
        "work_time_end": "19",
        "year_holidays": "1.01,2.01,1.05,9.05,12.06",
        "year_workdays": "31.12",
        "week_holidays": ["SA", "SU"],
        "week_start": "MO",
        "user_name_template": "#NAME# #LAST_NAME#",
        "sync_by_push": False,
        "user_show_login": True,
        "path_to_user": "/company/personal/user/#user_id#/",
        "path_to_user_calendar": "/company/personal/user/#user_id#/calendar/",
        "dep_manager_sub": True,
        "denied_superpose_types": [],
        "pathes_for_sites": "",
        "forum_id": "8",
        "rm_for_sites": True,
    }


def user_settings(call: Call) -> Row:
    """``calendar.user.settings.get``: the best source of the user's zone."""
    world, user_id = call.world, call.caller.user_id
    section = to_text((world.users.get(user_id) or {}).get("_CRM_SECTION")) or to_text(
        records.first_section(world, "user", user_id)
    )
    zone = world.user_zone(user_id)
    now = datetime.fromtimestamp(world.clock.now(), UTC).astimezone(records.zone_of(zone))
    offset = now.utcoffset() or timedelta()
    return {
        "view": "week",
        "meetSection": section,
        "crmSection": section,
        "showDeclined": True,
        "denyBusyInvitation": False,
        "collapseOffHours": "N",
        "showWeekNumbers": "N",
        "showTasks": "Y",
        "syncTasks": "N",
        "showCompletedTasks": "N",
        "lastUsedSection": "false",
        "sendFromEmail": "",
        "defaultSections": {f"user{user_id}": section} if section else [],
        "syncPeriodPast": "3",
        "syncPeriodFuture": "12",
        "defaultReminders": {
            "fullDay": [{"type": "min", "count": 15}],
            "withTime": [{"type": "min", "count": 50}],
        },
        "timezoneName": zone,
        "timezoneOffsetUTC": int(offset.total_seconds()),
        "timezoneDefaultName": "",
        "work_time_start": "9.00",
        "work_time_end": "19.30",
    }


_BUSY_KEYS = (
    "ID NAME DATE_FROM DATE_TO DATE_FROM_TS_UTC DATE_TO_TS_UTC ~USER_OFFSET_FROM ~USER_OFFSET_TO "
    "DT_SKIP_TIME TZ_FROM TZ_TO ACCESSIBILITY IMPORTANCE EVENT_TYPE"
).split()


def accessibility(call: Call) -> Row | list[Row]:
    """``calendar.accessibility.get``: user id -> events; ``[]`` when nobody has any."""
    required(call, "users", "from", "to")
    first, last = window(call)
    busy: Row = {}
    for user in map(to_int, to_list(call.params["users"])):
        entries = [
            {key: event[key] for key in _BUSY_KEYS if key in event}
            for row in call.world.events.rows.values()
            if row["type"] == "user" and row["owner"] == user and row["status"] != "N"
            for event in shown_between(call, row, first, last)
        ]
        busy[str(user)] = entries
    return busy if any(busy.values()) else []


METHODS = {
    "calendar.event.get": get_events,
    "calendar.event.getbyid": get_by_id,
    "calendar.section.get": get_sections,
    "calendar.section.add": add_section,
    "calendar.settings.get": portal_settings,
    "calendar.user.settings.get": user_settings,
    "calendar.accessibility.get": accessibility,
}
