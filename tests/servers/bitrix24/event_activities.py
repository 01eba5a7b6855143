"""The activity that an event saved with CRM links makes by itself, on portals that do that."""

from . import calendar_records as records
from .clock import iso
from .values import Row
from .world import World

_OWNER_TYPES = {"L": 1, "D": 2, "C": 3, "CO": 4}
_KINDS = {
    "general": ("5", "CALENDAR", "EVENT"),
    "meeting": ("1", "CRM_MEETING", "MEETING"),
}


def record(world: World, event: Row) -> Row:
    """The event, with its activity from now on; as it was where the portal makes none."""
    how = world.settings.crm_event_activity
    if how == "none" or not event["crm"] or event["activity"] is not None:
        return event
    bindings = [_binding(code) for code in event["crm"]]
    start, end = (iso(at, world.zone) for at in records.instants(event))
    now, number = world.now_iso(), world.activities.new_id()
    type_id, provider, provider_type = _KINDS[how]
    person = str(event["owner"] or event["created_by"])
    activity: Row = {
        "ID": str(number),
        "TYPE_ID": type_id,
        "PROVIDER_ID": provider,
        "PROVIDER_TYPE_ID": provider_type,
        "OWNER_TYPE_ID": str(bindings[0][0]),
        "OWNER_ID": str(bindings[0][1]),
        "RESPONSIBLE_ID": person,
        "AUTHOR_ID": person,
        "EDITOR_ID": person,
        "SUBJECT": event["name"],
        "DESCRIPTION": event["description"],
        "DESCRIPTION_TYPE": "1",
        "LOCATION": event["location"],
        "START_TIME": start,
        "END_TIME": end,
        "DEADLINE": start,
        "CREATED": now,
        "LAST_UPDATED": now,
        "COMPLETED": "N",
        "STATUS": "1",
        "PRIORITY": "1",
        "DIRECTION": "0",
        "NOTIFY_TYPE": "0",
        "NOTIFY_VALUE": "0",
        "_COMM": [],
        "_BINDINGS": bindings,
        "_EVENT": event["id"],
        "_SEEN": world.clock.now() + world.settings.search_lag_s,
    }
    world.activities.put(number, activity)
    linked = {**event, "activity": number}
    world.events.put(event["id"], linked)
    return linked


def _binding(code: str) -> list[int]:
    prefix, _, number = code.partition("_")
    return [_OWNER_TYPES.get(prefix) or int(prefix[1:], 16), int(number)]
