"""Meeting rooms: an event held in one books it, as an event in the room's own calendar."""

import re

from . import calendar_records as records
from .values import Row, to_int
from .world import World

_ROOM = re.compile(r"calendar_(\d+)(?:_\d+)?$")
_SHARED = "name start end tz_from tz_to all_day rrule exdates created_by".split()


def book(world: World, row: Row) -> Row:
    """Bring the room's calendar in step with an event; its location then names the booking.

    Whether the room is free is not looked at. A location that names no room stays plain text.
    """
    room, present = _room(world, row["location"]), world.events.get(row.get("booking"))
    if present is not None and present["section"] != room:
        world.events.remove(present["id"])
        present = None
    if room is None:
        return _noted(world, row, None, row["location"])
    shared = {key: row[key] for key in _SHARED}
    if present is None:
        present = records.new_event(
            world, row["created_by"], type="location", owner=0, section=room, **shared
        )
    elif any(present[key] != value for key, value in shared.items()):
        records.save(world, {**present, **shared})
    return _noted(world, row, present["id"], f"calendar_{room}_{present['id']}")


def _noted(world: World, row: Row, booking: int | None, location: str) -> Row:
    if (row.get("booking"), row["location"]) == (booking, location):
        return row
    noted = {**row, "booking": booking, "location": location}
    world.events.put(row["id"], noted)
    return noted


def _room(world: World, location: str) -> int | None:
    match = _ROOM.match(location)
    section = world.sections.get(to_int(match[1])) if match else None
    return int(section["ID"]) if section and section["CAL_TYPE"] == "location" else None
