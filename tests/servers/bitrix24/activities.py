"""``crm.activity.add``, ``get``, ``list``, ``update``, ``delete`` and ``fields``."""

from typing import Any

from . import activity_fields as f
from . import communications, owners
from .activity_extras import has_type
from .cards import field_info, require_crm
from .clock import parse_instant
from .errors import missing, refused
from .files import read_files, shown_files
from .listing import Matches, Query, list_params, page_of, pick
from .meeting_events import drop_event, keep_event_in_step, makes_event
from .values import Row, to_flag, to_int, to_rows, to_text
from .world import Call, Page, World


def add(call: Call) -> int:
    """``crm.activity.add``: the new id. All faults of the fields are told at once."""
    fields = _sent_fields(call)
    require_crm(call)
    world = call.world
    type_id = to_int(fields.get("TYPE_ID"))
    kept = communications.read(type_id or 0, fields.get("COMMUNICATIONS"))
    owner_type, owner_id = _owner(fields, kept)
    owner = owners.require_owner(world, owner_type, owner_id)
    responsible = to_int(fields.get("RESPONSIBLE_ID")) or to_int(owner.get("ASSIGNED_BY_ID"))
    _refuse_all(
        [
            "" if to_text(fields.get("SUBJECT")).strip() else _SUBJECT,
            "" if responsible else _RESPONSIBLE,
            _type_problem(call, type_id, fields),
            communications.problem(type_id, kept) if type_id in (f.MEETING, f.CALL, 4) else "",
            _notify_problem(fields),
        ]
    )
    row = _new_row(call, fields, type_id or 0)
    row.update(
        OWNER_TYPE_ID=str(owner_type),
        OWNER_ID=str(owner_id),
        RESPONSIBLE_ID=str(responsible),
        _COMM=communications.numbered(world, kept),
        _BINDINGS=_bindings(owner_type, owner_id, kept),
    )
    _write_times(world, row, fields)
    return store_new(world, row)


_SUBJECT = "The field SUBJECT is not defined or empty."
_RESPONSIBLE = "The field RESPONSIBLE_ID is not defined or invalid."
_BINDING = (
    "Could not build binding. "
    "Please ensure that owner info and communications are defined correctly."
)


def _sent_fields(call: Call) -> Row:
    fields = call.params.get("fields")
    if not isinstance(fields, dict):
        raise missing("fields", 100)
    return fields


def _refuse_all(problems: list[str]) -> None:
    told = [problem for problem in problems if problem]
    if told:
        raise refused("<br>".join(told))


def _owner(fields: Row, kept: list[Row]) -> tuple[int, int]:
    owner_type, owner_id = to_int(fields.get("OWNER_TYPE_ID")), to_int(fields.get("OWNER_ID"))
    if owner_type and owner_id:
        return owner_type, owner_id
    for item in kept:
        if item["ENTITY_TYPE_ID"] and item["ENTITY_ID"]:
            return item["ENTITY_TYPE_ID"], item["ENTITY_ID"]
    raise refused(_BINDING)


def _type_problem(call: Call, type_id: int | None, fields: Row) -> str:
    if type_id is None or not 1 <= type_id <= 6:
        return "The field TYPE_ID is not defined or invalid."
    if type_id in f.TYPE_NAMES:
        return f'The activity type "{f.TYPE_NAMES[type_id]}" is not supported in current context'
    if type_id == 6:
        if to_text(fields.get("PROVIDER_ID")) == "REST_APP":
            if not call.caller.is_app:
                return "Application context required"
            own = to_text(fields.get("PROVIDER_TYPE_ID"))
            if has_type(call.world, call.caller.client_id, own, configurable=False):
                return ""
        if to_text(fields.get("PROVIDER_ID")) == "CONFIGURABLE_REST_APP":
            return "Use crm.activity.configurable.add for this activity provider"
        return "The custom activity without provider is not supported in current context."
    return ""


def _notify_problem(fields: Row) -> str:
    if (
        to_int(fields.get("NOTIFY_TYPE")) in (1, 2, 3)
        and to_int(fields.get("NOTIFY_VALUE")) is None
    ):
        return "The field NOTIFY_VALUE is not defined or invalid."
    return ""


def _new_row(call: Call, fields: Row, type_id: int) -> Row:
    now, caller = call.world.now_iso(), str(call.caller.user_id)
    provider = {
        f.MEETING: ("CRM_MEETING", "MEETING"),
        f.CALL: ("VOXIMPLANT_CALL", "CALL"),
    }.get(type_id, ("CRM_EMAIL", "EMAIL"))
    if type_id == 6:
        provider = ("REST_APP", to_text(fields.get("PROVIDER_TYPE_ID")))
    row: Row = {
        "TYPE_ID": str(type_id),
        "PROVIDER_ID": provider[0],
        "PROVIDER_TYPE_ID": provider[1],
        "CREATED": now,
        "LAST_UPDATED": now,
        "AUTHOR_ID": caller,
        "EDITOR_ID": caller,
        "COMPLETED": "N",
        "PRIORITY": "1",
        "NOTIFY_TYPE": "0",
        "NOTIFY_VALUE": "0",
        "DESCRIPTION_TYPE": "1",
        "DIRECTION": "0",
    }
    _write(row, fields, call.world)
    return row


def _write(row: Row, fields: Row, world: World) -> None:
    for name in f.WRITABLE:
        if name in fields and (name != "NOTIFY_VALUE" or world.crm.notify_value_kept):
            row[name] = to_text(fields[name])
    for name in f.OBJECTS:
        if isinstance(fields.get(name), dict):
            row[name] = fields[name]
    for name in ("PRIORITY", "DESCRIPTION_TYPE"):
        if row.get(name) not in ("0", "1", "2", "3"):
            row[name] = "1"
    if "FILES" in fields:
        row["_FILES"] = read_files(world, fields["FILES"])
    row["SUBJECT"] = to_text(row.get("SUBJECT"))[:255]
    row["COMPLETED"] = "Y" if to_flag(row.get("COMPLETED")) else "N"
    row["STATUS"] = "2" if row["COMPLETED"] == "Y" else "1"


def _write_times(world: World, row: Row, fields: Row) -> None:
    """``DEADLINE`` follows the start; a missing end or start takes the other's value."""
    start = world.crm_time(fields.get("START_TIME"))
    end = world.crm_time(fields.get("END_TIME"))
    if start or end:
        row["START_TIME"], row["END_TIME"] = start or end, end or start
    set_deadline(world, row, row.get("START_TIME"))


def set_deadline(world: World, row: Row, deadline: str | None) -> None:
    """Store a deadline, or the far date that means none."""
    row["DEADLINE"] = deadline or world.far_date()


def _bindings(owner_type: int, owner_id: int, kept: list[Row]) -> list[list[int]]:
    bound = [[owner_type, owner_id]]
    for item in kept:
        pair = [item["ENTITY_TYPE_ID"], item["ENTITY_ID"]]
        if all(pair) and pair not in bound:
            bound.append(pair)
    return bound


def store_new(world: World, row: Row) -> int:
    """Keep a new activity, and the event that a meeting makes."""
    number = world.activities.new_id()
    row = {"ID": str(number), **row, "_SEEN": world.clock.now() + world.settings.search_lag_s}
    world.activities.put(number, row)
    owners.touch(world, row["_BINDINGS"], int(row["AUTHOR_ID"]))
    if makes_event(world, row):
        keep_event_in_step(world, number)
    return number


def require_activity(call: Call) -> tuple[int, Row]:
    """The activity of the ``id`` parameter and its id."""
    number = to_int(call.params.get("id"))
    row = call.world.activities.get(number)
    if row is None or number is None:
        raise refused("Activity is not found.")
    require_crm(call)
    if call.world.is_hidden("activity", number):
        raise refused("Access denied.")
    return number, row


def get(call: Call) -> Row:
    """``crm.activity.get``: without bindings, communications and files."""
    return pick(require_activity(call)[1], f.SHOWN, f.DEFAULTS)


def update(call: Call) -> bool:
    """``crm.activity.update``: only what is sent changes; owner and type never do."""
    number, present = require_activity(call)
    fields, world = _sent_fields(call), call.world
    if present["PROVIDER_ID"] == "CONFIGURABLE_REST_APP":
        raise refused("Use crm.activity.configurable.update for this activity provider")
    row, type_id = dict(present), int(present["TYPE_ID"])
    problems = [_notify_problem({**present, **fields} if "NOTIFY_TYPE" in fields else {})]
    if "SUBJECT" in fields and not to_text(fields["SUBJECT"]).strip():
        problems.append(_SUBJECT)
    if "RESPONSIBLE_ID" in fields and not to_int(fields["RESPONSIBLE_ID"]):
        problems.append(_RESPONSIBLE)
    kept = None
    if "COMMUNICATIONS" in fields:
        kept = communications.read(type_id, fields["COMMUNICATIONS"])
        problems.append(communications.problem(type_id, kept) if type_id in (1, 2, 4) else "")
    _refuse_all(problems)
    if kept is not None:
        row["_COMM"] = communications.numbered(world, kept)
    _write(row, fields, world)
    if row["PROVIDER_ID"] != "CRM_TODO":
        _write_times(world, row, fields)
    save(call, number, row)
    return True


def save(call: Call, number: int, row: Row) -> None:
    """Keep a changed activity, stamp it, and bring its event along."""
    row["LAST_UPDATED"] = call.world.now_iso()
    row["EDITOR_ID"] = str(call.caller.user_id)
    call.world.activities.put(number, row)
    if makes_event(call.world, row):
        keep_event_in_step(call.world, number)


def delete(call: Call) -> bool:
    """``crm.activity.delete``: its event goes too."""
    number, row = require_activity(call)
    call.world.activities.remove(number)
    drop_event(call.world, row)
    return True


def list_activities(call: Call) -> Page:
    """``crm.activity.list``."""
    require_crm(call)
    world = call.world
    conditions, order, select, start = list_params(call.params)
    wanted = conditions.pop("BINDINGS", None)
    dropped = set(world.settings.ignored_filter_keys)
    known = {k: v for k, v in conditions.items() if k.lstrip("!=<>@%") not in dropped}
    query = Query(known, order or {"START_TIME": "ASC"}, f.ACTIVITY_FIELDS)
    hidden, now = set(world.settings.hidden.get("activity", ())), world.clock.now()

    def seen(row: Row) -> bool:
        return int(row["ID"]) not in hidden and row.get("_SEEN", 0.0) <= now

    lags = bool(hidden) or world.settings.search_lag_s > 0
    ids = query.matching(world.activities, world.zone, seen if lags else None)
    if wanted is not None:
        ids = _bound(world, ids, wanted)
    names = _selected(select)
    return page_of(world, ids, start, lambda number: _shown(world, number, names))


def _bound(world: World, ids: Matches, wanted: object) -> Matches:
    """Pairs are OR-ed; an activity comes once for each pair that it matches."""
    asked = to_rows([wanted] if isinstance(wanted, dict) and "OWNER_ID" in wanted else wanted)
    pairs = [[to_int(p.get("OWNER_TYPE_ID")), to_int(p.get("OWNER_ID"))] for p in asked]
    rows = world.activities.rows
    found = [
        number
        for number in ids.part(0, len(ids))
        for bound in rows[number]["_BINDINGS"]
        if bound in pairs
    ]
    return Matches(found)


def _selected(select: list[str]) -> list[str]:
    names: dict[str, None] = {"ID": None}
    for name in select or ["*"]:
        if name == "*":
            names.update(dict.fromkeys(f.SHOWN))
        elif name in f.DEFAULTS or name in ("COMMUNICATIONS", "FILES"):
            names[name] = None
    return list(names)


def _shown(world: World, number: int, names: list[str]) -> Row:
    row = world.activities.rows[number]
    told = pick(row, names, f.DEFAULTS)
    if "COMMUNICATIONS" in told:
        told["COMMUNICATIONS"] = [communications.shown(world, item) for item in row["_COMM"]]
    if "FILES" in told:
        told["FILES"] = shown_files(row.get("_FILES", []), number)
    return told


def describe(call: Call) -> dict[str, Any]:
    """``crm.activity.fields``."""
    types = {
        "int": "integer",
        "text": "string",
        "link": "string",
        "flag": "char",
        "time": "datetime",
    }
    needed = {"OWNER_TYPE_ID", "OWNER_ID", "TYPE_ID", "SUBJECT", "RESPONSIBLE_ID"}
    fixed = {"ID", "CREATED", "LAST_UPDATED", "AUTHOR_ID", "EDITOR_ID", "ASSOCIATED_ENTITY_ID"}
    told = {
        name: field_info(types[kind], name, name in needed, name in fixed, multiple=False)
        for name, kind in f.ACTIVITY_FIELDS.items()
    }
    for name in ("OWNER_ID", "OWNER_TYPE_ID", "TYPE_ID"):
        told[name]["isImmutable"] = True
    told["COMMUNICATIONS"] = field_info(
        "crm_activity_communication", "COMMUNICATIONS", True, False, multiple=True
    )
    told["BINDINGS"] = field_info("crm_activity_binding", "BINDINGS", False, True, multiple=True)
    told["FILES"] = field_info("diskfile", "FILES", False, False, multiple=True)
    return told


def communication_fields(call: Call) -> dict[str, Any]:
    """``crm.activity.communication.fields``."""
    types = {"ID": "integer", "ACTIVITY_ID": "integer", "ENTITY_ID": "integer"}
    types |= {"ENTITY_TYPE_ID": "integer", "TYPE": "string", "VALUE": "string"}
    fixed = ("ID", "ACTIVITY_ID")
    return {
        name: field_info(kind, name, False, name in fixed, multiple=False)
        for name, kind in types.items()
    }


def instant_of(world: World, row: Row, name: str) -> float | None:
    """A stored date of an activity as Unix seconds."""
    return parse_instant(row.get(name), world.zone)


METHODS = {
    "crm.activity.add": add,
    "crm.activity.get": get,
    "crm.activity.list": list_activities,
    "crm.activity.update": update,
    "crm.activity.delete": delete,
    "crm.activity.fields": describe,
    "crm.activity.communication.fields": communication_fields,
}
