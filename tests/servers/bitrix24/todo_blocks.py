"""The undocumented ``settings`` blocks of a to-do, above all its calendar event (section 4.5)."""

from datetime import UTC, datetime

from . import calendar_records as records
from . import meetings, owners
from .clock import iso, zone_named
from .meeting_events import drop_event
from .values import Row, to_int, to_list, to_rows, to_text
from .world import Call, World


def read_blocks(call: Call) -> list[Row] | None:
    """The blocks that were sent, None on a release that does not know them."""
    if not call.world.crm.todo_calendar:
        return None
    return to_rows(call.params.get("settings"))


def apply_blocks(call: Call, row: Row, blocks: list[Row] | None) -> None:
    """Take times, clients and the other blocks over into a to-do that is not stored yet."""
    if blocks is None:
        return
    row["_TODO_BLOCKS"] = blocks
    calendar = _block(row, "calendar")
    if calendar is not None:
        row["START_TIME"] = row["DEADLINE"] = _time(call.world, calendar["from"])
        row["END_TIME"] = _time(call.world, calendar["to"])
    clients = _block(row, "client") or {}
    pairs = [
        [to_int(one.get("entityTypeId")), to_int(one.get("entityId"))]
        for one in to_rows(clients.get("selectedClients"))
    ]
    row["_COMM"] = [
        found for pair in pairs if (found := _communication(call.world, *pair)) is not None
    ]


def _block(row: Row, name: str) -> Row | None:
    for block in row.get("_TODO_BLOCKS") or ():
        if block.get("id") == name and (name != "calendar" or to_int(block.get("from"))):
            return dict(block)
    return None


def _time(world: World, milliseconds: object) -> str:
    return iso((to_int(milliseconds) or 0) / 1000, world.zone)


def _communication(world: World, kind: int | None, number: int | None) -> Row | None:
    card = owners.owner_row(world, kind, number)
    phones = card.get("PHONE") if card else None
    if not phones:
        return None
    return {
        "ID": world.multifields.new_id(),
        "TYPE": "PHONE",
        "VALUE": phones[0]["VALUE"],
        "ENTITY_ID": number,
        "ENTITY_TYPE_ID": kind,
    }


def keep_event(call: Call, number: int) -> None:
    """Make, change or drop the event of a stored to-do after its calendar block."""
    world = call.world
    row = world.activities.rows[number]
    calendar = _block(row, "calendar")
    if calendar is None:
        if row.get("_EVENT") is not None:
            drop_event(world, row)
            world.activities.put(number, {**row, "_EVENT": None})
        return
    wanted = _event(world, number, row, calendar)
    present = world.events.get(row.get("_EVENT"))
    if present is None:
        event = records.new_event(world, wanted["owner"], **wanted)
        world.activities.put(number, {**row, "_EVENT": event["id"]})
    else:
        event = records.save(world, {**present, **wanted})
    people = [n for n in map(to_int, to_list(calendar.get("selectedUserIds"))) if n]
    if set(people) - {wanted["owner"]}:
        event = {**event, "host": wanted["owner"]}
        attendees = list(dict.fromkeys([wanted["owner"], *people]))
        invited: Row = {"is_meeting": "Y", "attendees": attendees}
        meetings.invite(Call(world, call.method, invited, call.caller), event)


def _event(world: World, number: int, row: Row, calendar: Row) -> Row:
    responsible = int(row["RESPONSIBLE_ID"])
    zone_name = world.user_zone(responsible)
    linked = [[item["ENTITY_TYPE_ID"], item["ENTITY_ID"]] for item in row["_COMM"]]
    bound = [*row["_BINDINGS"], *(pair for pair in linked if pair not in row["_BINDINGS"])]
    return {
        "type": "user",
        "owner": responsible,
        "section": to_int(calendar.get("sectionId")) or records.crm_section(world, responsible),
        "name": row["SUBJECT"],
        "description": row.get("DESCRIPTION", ""),
        "location": to_text(calendar.get("location")),
        "start": _wall_clock(calendar["from"], zone_name),
        "end": _wall_clock(calendar["to"], zone_name),
        "tz_from": zone_name,
        "tz_to": zone_name,
        "crm": [owners.crm_code(*pair) for pair in bound],
        "activity": number,
    }


def _wall_clock(milliseconds: object, zone_name: str) -> str:
    moment = datetime.fromtimestamp((to_int(milliseconds) or 0) / 1000, UTC)
    return moment.astimezone(zone_named(zone_name)).replace(tzinfo=None).isoformat()


def move_to(row: Row, start_s: float) -> None:
    """The deadline moved: the calendar block follows and keeps its length."""
    for block in row.get("_TODO_BLOCKS") or ():
        if block.get("id") == "calendar" and to_int(block.get("from")):
            length = (to_int(block.get("to")) or 0) - (to_int(block["from"]) or 0)
            block["from"] = int(start_s * 1000)
            block["to"] = block["from"] + length


def add_person(row: Row, user_id: int) -> None:
    """The new responsible takes part in the event."""
    for block in row.get("_TODO_BLOCKS") or ():
        if block.get("id") == "calendar":
            people = [n for n in map(to_int, to_list(block.get("selectedUserIds"))) if n]
            block["selectedUserIds"] = list(dict.fromkeys([*people, user_id]))
