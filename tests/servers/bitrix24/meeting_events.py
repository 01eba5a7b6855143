"""The calendar event that a meeting in the CRM makes, and how the two stay together."""

from datetime import datetime

from . import calendar_records as records
from .activity_fields import CALL, MEETING
from .clock import iso, parse_instant, zone_named
from .meetings import mirror
from .owners import crm_code
from .values import Row, to_int
from .world import World

_IMPORTANCE = {"1": "low", "2": "normal", "3": "high"}
_REMIND_UNITS = {"1": "min", "2": "hour", "3": "day"}


def makes_event(world: World, activity: Row) -> bool:
    """Whether an activity of that kind stands in the calendar: meetings, once also calls."""
    kinds = (MEETING, CALL) if world.settings.call_events else (MEETING,)
    return int(activity["TYPE_ID"]) in kinds


def keep_event_in_step(world: World, activity_id: int) -> None:
    """Make or change the event of a meeting after the meeting was written."""
    activity = world.activities.rows[activity_id]
    event_id = activity.get("_EVENT")
    done = activity["COMPLETED"] == "Y" and not world.settings.keep_completed_meetings
    if done or not activity.get("START_TIME") or not world.settings.meeting_events:
        drop_event(world, activity)
        if event_id is not None:
            world.activities.put(activity_id, {**activity, "_EVENT": None})
        return
    wanted = _event_fields(world, activity_id, activity)
    present = world.events.get(event_id)
    if present is not None:
        changed = {name for name, value in wanted.items() if present.get(name) != value}
        if changed:
            mirror(world, records.save(world, {**present, **wanted}))
        return
    event = records.new_event(world, int(activity["RESPONSIBLE_ID"]), **wanted)
    world.activities.put(activity_id, {**activity, "_EVENT": event["id"]})


def _event_fields(world: World, activity_id: int, activity: Row) -> Row:
    responsible = int(activity["RESPONSIBLE_ID"])
    zone_name = world.user_zone(responsible)
    zone = zone_named(zone_name)

    def wall_clock(name: str) -> str:
        instant = parse_instant(activity[name], world.zone) or 0.0
        return datetime.fromtimestamp(instant, zone).replace(tzinfo=None).isoformat()

    unit = _REMIND_UNITS.get(activity.get("NOTIFY_TYPE", "0"))
    remind = [{"type": unit, "count": to_int(activity["NOTIFY_VALUE"]) or 0}] if unit else []
    return {
        "type": "user",
        "owner": responsible,
        "section": records.crm_section(world, responsible),
        "name": activity["SUBJECT"],
        "description": activity.get("DESCRIPTION", ""),
        "location": activity.get("LOCATION", ""),
        "start": wall_clock("START_TIME"),
        "end": wall_clock("END_TIME"),
        "tz_from": zone_name,
        "tz_to": zone_name,
        "importance": _IMPORTANCE.get(activity.get("PRIORITY", "1"), "normal"),
        "remind": remind,
        "crm": [crm_code(*bound) for bound in activity["_BINDINGS"]],
        "activity": activity_id,
    }


def drop_event(world: World, activity: Row) -> None:
    """Remove the event of a meeting, if it still has one."""
    event = world.events.get(activity.get("_EVENT"))
    if event is not None:
        records.remove(world, event)


def follow_event(world: World, event: Row) -> None:
    """Take times and title of an event that was moved in the calendar over into its meeting."""
    activity = world.activities.get(event.get("activity"))
    if activity is None:
        return
    start, end = records.instants(event)
    times = {
        "SUBJECT": event["name"],
        "START_TIME": iso(start, world.zone),
        "END_TIME": iso(end, world.zone),
        "DEADLINE": iso(start, world.zone),
        "LAST_UPDATED": world.now_iso(),
    }
    world.activities.put(event["activity"], {**activity, **times})
