"""Offline events: what changed, kept for an application until it asks (section 7.2)."""

import secrets

from .app_context import require_admin, require_token
from .collection import Collection
from .errors import RestError, missing, system_error
from .values import Row, to_flag, to_int, to_list, to_text
from .world import Call, World

_CRM = ("contact", "company", "lead", "deal", "activity")
_NAMES = {kind: f"ONCRM{kind.upper()}" for kind in _CRM} | {
    "event": "ONCALENDARENTRY",
    "section": "ONCALENDARSECTION",
}
_KEPT_S = 30 * 86400
"""How long a reserved record waits for its confirmation."""

EVENTS = frozenset(
    f"{name}{verb}" for name in _NAMES.values() for verb in ("ADD", "UPDATE", "DELETE")
)


def watch(world: World) -> None:
    """Let the queue hear of every record that is written or removed."""

    def changed(kind: str, verb: str, number: int) -> None:
        if world.bindings.ids:
            _note(world, f"{_NAMES[kind]}{verb}", kind, number)

    for kind in _NAMES:
        world.collections[kind].changed = changed


def _note(world: World, name: str, kind: str, number: int) -> None:
    data: Row = {"FIELDS": {"ID": str(number)}} if kind in _CRM else {"id": number}
    for bound in list(world.bindings.rows.values()):
        if bound["event"] != name or not bound["offline"]:
            continue
        if bound["connector"] and world.acting == bound["client_id"]:
            continue
        for waiting, row in list(world.queue.rows.items()):
            same = (row["EVENT_NAME"], row["EVENT_DATA"], row["_APP"])
            if same == (name, data, bound["client_id"]) and not row["PROCESS_ID"]:
                world.queue.remove(waiting)
        fresh = world.queue.new_id()
        world.queue.put(
            fresh,
            {
                "ID": str(fresh),
                "TIMESTAMP_X": world.now_iso(),
                "EVENT_NAME": name,
                "EVENT_DATA": data,
                "EVENT_ADDITIONAL": False,
                "MESSAGE_ID": str(fresh),
                "PROCESS_ID": "",
                "ERROR": "0",
                "_APP": bound["client_id"],
                "_AT": world.clock.now(),
            },
        )


def bind(call: Call) -> bool:
    """``event.bind``: offline without handler; online ones are kept but never called."""
    client_id = require_token(call)
    require_admin(call)
    name = to_text(call.params.get("event")).upper()
    if name not in EVENTS:
        raise RestError("ERROR_EVENT_NOT_FOUND", "Event not found")
    offline = to_text(call.params.get("event_type")).lower() == "offline"
    handler = to_text(call.params.get("handler"))
    if not offline and not handler:
        raise missing("handler", "ERROR_ARGUMENT")
    number = call.world.bindings.new_id()
    row: Row = {
        "event": name,
        "handler": handler,
        "offline": offline,
        "connector": to_text(call.params.get("auth_connector")),
        "client_id": client_id,
    }
    _unbound(call.world.bindings, row)
    call.world.bindings.put(number, row)
    return True


def _unbound(bindings: Collection, like: Row) -> int:
    """Forget bindings of the same application, event and sort; how many."""
    keys = ("event", "offline", "client_id")
    same = [n for n, row in bindings.rows.items() if all(row[k] == like[k] for k in keys)]
    for number in same:
        bindings.remove(number)
    return len(same)


def unbind(call: Call) -> Row:
    """``event.unbind``."""
    client_id = require_token(call)
    require_admin(call)
    offline = to_text(call.params.get("event_type")).lower() == "offline"
    name = to_text(call.params.get("event")).upper()
    like: Row = {"event": name, "offline": offline, "client_id": client_id}
    return {"count": _unbound(call.world.bindings, like)}


def get_bindings(call: Call) -> list[Row]:
    """``event.get``: the application's handlers."""
    client_id = require_token(call)
    return [
        {
            "event": row["event"],
            "handler": row["handler"],
            "auth_type": "0",
            "offline": int(row["offline"]),
        }
        for row in call.world.bindings.rows.values()
        if row["client_id"] == client_id
    ]


def _mine(call: Call) -> list[Row]:
    client_id = require_token(call)
    require_admin(call)
    now, queue = call.world.clock.now(), call.world.queue
    for number, row in list(queue.rows.items()):
        if row["PROCESS_ID"] and now - row["_AT"] > _KEPT_S:
            queue.remove(number)
    return [row for row in queue.rows.values() if row["_APP"] == client_id]


def _told(row: Row, *, whole: bool) -> Row:
    hidden = () if whole else ("PROCESS_ID", "ERROR")
    return {k: v for k, v in row.items() if not k.startswith("_") and k not in hidden}


def take(call: Call) -> Row:
    """``event.offline.get``: ``clear`` 1, the default, deletes at once; 0 reserves."""
    clear = to_flag(call.params.get("clear", 1))
    if not clear and not call.world.crm.offline_queue:
        raise system_error("ACCESS_DENIED", "Extended offline events are not available")
    asked = to_text(call.params.get("process_id"))
    rows = [row for row in _mine(call) if row["PROCESS_ID"] == asked]
    rows = rows[: to_int(call.params.get("limit")) or 50]
    process = asked or secrets.token_hex(16)
    for row in rows:
        if clear:
            call.world.queue.remove(int(row["ID"]))
        else:
            kept = {**row, "PROCESS_ID": process, "_AT": call.world.clock.now()}
            call.world.queue.put(int(row["ID"]), kept)
    return {"process_id": process, "events": [_told(row, whole=False) for row in rows]}


def list_queue(call: Call) -> list[Row]:
    """``event.offline.list``: changes nothing."""
    return [_told(row, whole=True) for row in _mine(call)]


def _named(call: Call) -> list[Row]:
    process = to_text(call.params.get("process_id"))
    if not process:
        raise missing("process_id", "ERROR_ARGUMENT")
    rows = [row for row in _mine(call) if row["PROCESS_ID"] == process]
    asked = {to_text(one) for one in to_list(call.params.get("message_id"))}
    return [row for row in rows if not asked or row["MESSAGE_ID"] in asked]


def clear_queue(call: Call) -> bool:
    """``event.offline.clear``: the reserved records were dealt with."""
    for row in _named(call):
        call.world.queue.remove(int(row["ID"]))
    return True


def mark_error(call: Call) -> bool:
    """``event.offline.error``: the reserved records could not be dealt with."""
    for row in _named(call):
        call.world.queue.put(int(row["ID"]), {**row, "ERROR": "1"})
    return True


METHODS = {
    "event.bind": bind,
    "event.unbind": unbind,
    "event.get": get_bindings,
    "event.offline.get": take,
    "event.offline.list": list_queue,
    "event.offline.clear": clear_queue,
    "event.offline.error": mark_error,
}
