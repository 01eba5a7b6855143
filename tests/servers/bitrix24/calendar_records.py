"""Calendar events as the portal keeps them: wall clock, zones and a rule."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from .calendar_rights import RIGHTS, usual_access
from .clock import zone_named
from .values import Row, to_int
from .world import World


def new_event(world: World, creator: int, **fields: object) -> Row:
    """Keep a new event of ``creator``; what ``fields`` does not name has the usual value."""
    number, now = world.events.new_id(), world.clock.now()
    start = str(fields["start"])
    digest = hashlib.md5(f"{number} {now}".encode(), usedforsecurity=False).hexdigest()
    row: Row = {
        "id": number,
        "parent": number,
        "type": "user",
        "owner": creator,
        "section": 0,
        "name": "",
        "description": "",
        "location": "",
        "start": start,
        "end": start,
        "all_day": False,
        "tz_from": "",
        "tz_to": "",
        "rrule": None,
        "exdates": [],
        "remind": [],
        "color": "",
        "accessibility": "busy",
        "importance": "normal",
        "private": False,
        "is_meeting": False,
        "host": 0,
        "meeting": None,
        "attendees": [],
        "status": "Y",
        "crm": [],
        "files": [],
        "recurrence_id": None,
        "original": None,
        "relations": None,
        "activity": None,
        "booking": None,
        "event_type": None,
        "version": 1,
        "created": now,
        "modified": now,
        "created_by": creator,
        **fields,
    }
    first = datetime.fromtimestamp(instants(row)[0], UTC)
    row["uid"] = f"{first:%Y%m%dT%H%M%SZ}-{digest}@portal.example"
    world.events.put(number, row)
    return row


def save(world: World, row: Row) -> Row:
    """Keep a changed event: its version grows and it is stamped."""
    row = {**row, "version": row["version"] + 1, "modified": world.clock.now()}
    world.events.put(row["id"], row)
    return row


def zone_of(name: str) -> tzinfo:
    """An IANA zone or a bare offset such as ``+03:00``."""
    if name[:1] in ("+", "-"):
        hours, _, minutes = name[1:].partition(":")
        size = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(size if name[0] == "+" else -size)
    return zone_named(name)


def instants(row: Row) -> tuple[float, float]:
    """Start and end of an event, of a series' first occurrence, as Unix seconds.

    All-day: midnight UTC of the first and of the last day.
    """
    start, end = wall_clock(row)
    if row["all_day"]:
        return start.replace(tzinfo=UTC).timestamp(), end.replace(tzinfo=UTC).timestamp()
    return (
        start.replace(tzinfo=zone_of(row["tz_from"])).timestamp(),
        end.replace(tzinfo=zone_of(row["tz_to"] or row["tz_from"])).timestamp(),
    )


def wall_clock(row: Row) -> tuple[datetime, datetime]:
    """Start and end as naive local times in their zones."""
    return datetime.fromisoformat(row["start"]), datetime.fromisoformat(row["end"])


def length_s(row: Row) -> int:
    """``DT_LENGTH``; all-day: days x 86400."""
    if row["all_day"]:
        start, end = wall_clock(row)
        return ((end - start).days + 1) * 86400
    begin, finish = instants(row)
    return int(finish - begin)


def excluded(row: Row) -> set[date]:
    """The local dates on which the series does not take place."""
    return {date.fromisoformat(day) for day in row["exdates"]}


def crm_section(world: World, user_id: int) -> int:
    """The calendar into which meetings of the CRM go: the user's setting, else the first one."""
    user = world.users.get(user_id) or {}
    chosen = to_int(user.get("_CRM_SECTION"))
    if chosen is not None and world.sections.get(chosen) is not None:
        return chosen
    return first_section(world, "user", user_id) or make_section(world, "user", user_id)


def meet_section(world: World, user_id: int) -> int:
    """The calendar into which invitations go: the user's setting, else as for the CRM."""
    options = (world.users.get(user_id) or {}).get("_OPTIONS") or {}
    chosen = world.sections.get(to_int(options.get("meetSection")))
    return int(chosen["ID"]) if chosen else crm_section(world, user_id)


def first_section(world: World, kind: str, owner: int) -> int | None:
    """The owner's first calendar that can be written to."""
    for number, row in world.sections.rows.items():
        if row["CAL_TYPE"] == kind and row["OWNER_ID"] == str(owner) and row["PERM"]["add"]:
            return number
    return None


def make_section(
    world: World,
    kind: str,
    owner: int,
    name: str = "My calendar",
    color: str = "#9cbeee",
    creator: int | None = None,
) -> int:
    """A new local calendar; made by its owner unless told otherwise."""
    number = world.sections.new_id()
    stamp = f"{datetime.fromtimestamp(world.clock.now(), world.zone):%Y-%m-%d %H:%M:%S}"
    world.sections.put(
        number,
        {
            "ID": str(number),
            "NAME": name,
            "GAPI_CALENDAR_ID": None,
            "DESCRIPTION": "",
            "COLOR": color,
            "TEXT_COLOR": "#283000",
            "EXPORT": {"ALLOW": True},
            "CAL_TYPE": kind,
            "OWNER_ID": str(owner),
            "CREATED_BY": str(owner if creator is None else creator),
            "DATE_CREATE": stamp,
            "TIMESTAMP_X": stamp,
            "CAL_DAV_CON": None,
            "SYNC_TOKEN": None,
            "PAGE_TOKEN": None,
            "EXTERNAL_TYPE": "local",
            "ACCESS": usual_access(kind, owner),
            "IS_COLLAB": False,
            "PERM": dict.fromkeys(RIGHTS, True),
        },
    )
    return number


def remove(world: World, row: Row) -> None:
    """Delete an event, its copies and the edited occurrences of its series."""
    gone = [
        other
        for other in world.events.rows.values()
        if row["id"] in (other["id"], other["parent"], other["recurrence_id"])
    ]
    for other in gone:
        forget_event(world, other)
        world.events.remove(other["id"])
        if world.events.get(other.get("booking")) is not None:
            world.events.remove(other["booking"])


def forget_event(world: World, event: Row) -> None:
    """An event was deleted in the calendar: its meeting in the CRM stays, without one."""
    activity = world.activities.get(event.get("activity"))
    if activity is not None:
        world.activities.put(event["activity"], {**activity, "_EVENT": None})
