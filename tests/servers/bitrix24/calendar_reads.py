"""Reading events: windows, single ones, the nearest."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from . import calendar_records as records
from . import event_wire
from .calendar_rights import DENIED
from .calendar_sections import owner_of
from .calendar_texts import required
from .occurrences import LAST_DAY, days
from .values import Row, to_flag, to_int, to_list, to_text
from .world import Call, World

_BEGINNING = date(1970, 1, 1)


def window(call: Call) -> tuple[date, date]:
    """First and last day asked for.

    Without ``to`` the window is open, without ``from`` it starts at the beginning of time, on
    portals that behave as observed.
    """
    first = _day(call.params.get("from"))
    last = _day(call.params.get("to"))
    today = datetime.fromtimestamp(call.world.clock.now(), call.world.zone).date()
    if (first is None and last is None) or not call.world.settings.open_windows:
        return first or today - timedelta(days=31), last or today + timedelta(days=92)
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
    for row in _visible(call, kind, owner):
        if not chosen or row["section"] in chosen:
            shown = list(shown_between(call, row, first, last))
            if row["rrule"] and call.world.settings.expansion == "masters":
                shown = [event_wire.single(call.world, call.caller, row)] if shown else []
            found.extend(shown)
    return sorted(found, key=lambda event: int(event["DATE_FROM_TS_UTC"]))


def _visible(call: Call, kind: str, owner: int) -> Iterator[Row]:
    for row in list(call.world.events.rows.values()):
        if (row["type"], row["owner"]) == (kind, owner) and not _is_hidden(call, row):
            yield row


def _is_hidden(call: Call, row: Row) -> bool:
    world, caller = call.world, call.caller
    if world.is_hidden("event", row["id"]):
        return True
    if event_wire.sight(world, caller, row) == DENIED:
        return True
    if row["status"] != "N" or world.settings.declined == "shown":
        return False
    if world.settings.declined == "hidden":
        return True
    options = (world.users.get(caller.user_id) or {}).get("_OPTIONS") or {}
    return not options.get("showDeclined", True)


def shown_between(
    call: Call, row: Row, first: date, last: date, how: event_wire.Telling = event_wire.USUAL
) -> Iterator[Row]:
    """An event, or the occurrences of a series, that touch these days of the caller."""
    world, caller = call.world, call.caller
    if not row["rrule"]:
        if _touches(world, caller.user_id, row, first, last):
            yield event_wire.single(world, caller, row, how)
        return
    gone, index = records.excluded(row), 0
    for day in days(records.wall_clock(row)[0].date(), row["rrule"], last + timedelta(days=1)):
        start, end = event_wire.occurrence_times(row, day)
        once = {**row, "start": start.isoformat(), "end": end.isoformat()}
        if day not in gone and _touches(world, caller.user_id, once, first, last):
            yield event_wire.occurrence(world, caller, row, day, index, how)
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
    world, caller = call.world, call.caller
    row = world.events.get(to_int(call.params["id"]))
    if row is None or world.is_hidden("event", row["id"]):
        return None
    if event_wire.sight(world, caller, row) == DENIED:
        return None
    return event_wire.single(world, caller, row)


def get_nearest(call: Call) -> list[Row]:
    """``calendar.event.get.nearest``: what is still to come, of the caller unless told not."""
    if to_flag(call.params.get("forCurrentUser", True)):
        kind, owner = "user", call.caller.user_id
    else:
        required(call, "type", "ownerId")
        kind, owner = owner_of(call)
    now = call.world.clock.now()
    today = datetime.fromtimestamp(now, call.world.zone).date()
    span = to_int(call.params.get("days")) or 60
    last = today + timedelta(days=span)
    found = [
        (_start_of(row, event), event)
        for row in _visible(call, kind, owner)
        for event in shown_between(call, row, today, last)
    ]
    coming = [event for start, event in sorted(found, key=_first) if start >= now]
    return coming[: to_int(call.params.get("maxEventsCount")) or None]


def _first(found: tuple[float, Row]) -> float:
    return found[0]


def _start_of(row: Row, event: Row) -> float:
    """When an event of an answer starts, read as a client has to."""
    form = "%a %b %d %Y" if row["all_day"] else "%a %b %d %Y %H:%M:%S"
    start = datetime.strptime(event["DATE_FROM_FORMATTED"], form)  # noqa: DTZ007
    return records.instants({**row, "start": start.isoformat(), "end": start.isoformat()})[0]


METHODS = {
    "calendar.event.get": get_events,
    "calendar.event.getbyid": get_by_id,
    "calendar.event.get.nearest": get_nearest,
    "calendar.event.getnearest": get_nearest,
}
