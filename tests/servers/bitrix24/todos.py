"""``crm.activity.todo.*``: to-dos with a deadline, without end, communication or external key."""

from . import owners
from .activities import save, set_deadline, store_new
from .activity_fields import OWNER_NAMES
from .clock import parse_instant
from .errors import RestError, missing
from .todo_blocks import add_person, apply_blocks, keep_event, move_to, read_blocks
from .values import Row, to_int, to_list, to_text
from .world import Call


def _number(call: Call, name: str) -> int:
    number = to_int(call.params.get(name))
    if number is None:
        raise missing(name)
    return number


def _deadline(call: Call, name: str) -> str:
    if call.params.get(name) in (None, ""):
        raise missing(name)
    read = call.world.crm_time(call.params[name])
    if read is None:
        raise RestError("WRONG_DATETIME_FORMAT", "Wrong datetime format")
    return read


def _require_owner(call: Call) -> tuple[int, int, Row]:
    pair = _number(call, "ownerTypeId"), _number(call, "ownerId")
    row = owners.owner_row(call.world, *pair)
    if row is None:
        raise RestError("OWNER_NOT_FOUND", "Owner was not found")
    kind = OWNER_NAMES[pair[0]].lower()
    if not call.world.settings.crm_open or call.world.is_hidden(kind, pair[1]):
        raise RestError("ACCESS_DENIED", "Access denied")
    return *pair, row


def _texts(call: Call) -> Row:
    """Title, description, colour and reminders; what was left out is empty."""
    return {
        "SUBJECT": to_text(call.params.get("title")),
        "DESCRIPTION": to_text(call.params.get("description")),
        "_COLOR": to_text(call.params.get("colorId")),
        "_PINGS": [to_int(offset) or 0 for offset in to_list(call.params.get("pingOffsets"))],
    }


def add(call: Call) -> Row:
    """``crm.activity.todo.add``."""
    owner_type, owner_id, _ = _require_owner(call)
    deadline = _deadline(call, "deadline")
    now, caller = call.world.now_iso(), str(call.caller.user_id)
    row: Row = {
        "OWNER_TYPE_ID": str(owner_type),
        "OWNER_ID": str(owner_id),
        "TYPE_ID": "6",
        "PROVIDER_ID": "CRM_TODO",
        "PROVIDER_TYPE_ID": "TODO",
        "CREATED": now,
        "LAST_UPDATED": now,
        "AUTHOR_ID": caller,
        "EDITOR_ID": caller,
        "RESPONSIBLE_ID": to_text(call.params.get("responsibleId")) or caller,
        "COMPLETED": "N",
        "STATUS": "1",
        "PRIORITY": "2",
        "NOTIFY_TYPE": "0",
        "NOTIFY_VALUE": "0",
        "DESCRIPTION_TYPE": "1",
        "DIRECTION": "0",
        "_COMM": [],
        "_BINDINGS": [[owner_type, owner_id]],
        **_texts(call),
    }
    set_deadline(call.world, row, deadline)
    apply_blocks(call, row, read_blocks(call))
    number = store_new(call.world, row)
    keep_event(call, number)
    return {"id": number}


def _require_todo(call: Call, completed: str = "CAN_NOT_UPDATE_COMPLETED_TODO") -> tuple[int, Row]:
    number = _number(call, "id")
    owner_type, owner_id, _ = _require_owner(call)
    row = call.world.activities.get(number)
    if row is None or row["PROVIDER_ID"] != "CRM_TODO":
        raise RestError("NOT_FOUND", "Element not found")
    if [owner_type, owner_id] not in row["_BINDINGS"]:
        raise RestError("NOT_FOUND", "Element not found")
    if call.world.is_hidden("activity", number):
        raise RestError("ACCESS_DENIED", "Access denied")
    if row["COMPLETED"] == "Y":
        raise RestError(completed, "Completed activity cannot be modified")
    return number, dict(row)


def _saved(call: Call, number: int, row: Row) -> Row:
    save(call, number, row)
    keep_event(call, number)
    return {"id": number}


def update(call: Call) -> Row:
    """``crm.activity.todo.update``: replaces; what is left out becomes empty."""
    deadline = _deadline(call, "deadline")
    number, row = _require_todo(call)
    parent = to_int(call.params.get("parentActivityId"))
    if parent is not None and (parent == number or call.world.activities.get(parent) is None):
        raise RestError("ERROR_PARENT_ACTIVITY_RESTRICT", "Wrong parent activity")
    row.update(_texts(call))
    if "responsibleId" in call.params:
        row["RESPONSIBLE_ID"] = str(_number(call, "responsibleId"))
    set_deadline(call.world, row, deadline)
    apply_blocks(call, row, read_blocks(call))
    return _saved(call, number, row)


def update_deadline(call: Call) -> Row:
    """``crm.activity.todo.updateDeadline``."""
    deadline = _deadline(call, "value")
    number, row = _require_todo(call)
    set_deadline(call.world, row, deadline)
    move_to(row, parse_instant(deadline, call.world.zone) or 0.0)
    apply_blocks(call, row, row.get("_TODO_BLOCKS"))
    return _saved(call, number, row)


def update_description(call: Call) -> Row:
    """``crm.activity.todo.updateDescription``."""
    if "value" not in call.params:
        raise missing("value")
    number, row = _require_todo(call)
    row["DESCRIPTION"] = to_text(call.params["value"])
    return _saved(call, number, row)


def update_color(call: Call) -> Row:
    """``crm.activity.todo.updateColor``."""
    if "colorId" not in call.params:
        raise missing("colorId")
    number, row = _require_todo(call, "CAN_NOT_UPDATE_COLOR_COMPLETED_TODO")
    if to_text(call.params["colorId"]) not in set("1234567"):
        raise RestError("CAN_NOT_UPDATE_WRONG_COLOR_TODO", "Wrong color")
    row["_COLOR"] = to_text(call.params["colorId"])
    return _saved(call, number, row)


def update_responsible(call: Call) -> Row:
    """``crm.activity.todo.updateResponsibleUser``."""
    responsible = _number(call, "responsibleId")
    number, row = _require_todo(call, "CAN_NOT_UPDATE_RESPONSIBLE_USER_COMPLETED_TODO")
    if responsible <= 0:
        raise RestError("INVALID_ARG_VALUE", "Invalid value of responsibleId")
    row["RESPONSIBLE_ID"] = str(responsible)
    add_person(row, responsible)
    return _saved(call, number, row)


def fetch_settings(call: Call) -> Row:
    """``crm.activity.todo.fetchSettings``, undocumented: what the form of a to-do would show."""
    owner_type, owner_id, _ = _require_owner(call)
    row = call.world.activities.get(_number(call, "id"))
    if row is None or [owner_type, owner_id] not in row["_BINDINGS"]:
        raise RestError("NOT_FOUND", "Element not found")
    entity = {
        "id": int(row["ID"]),
        "title": row["SUBJECT"],
        "description": row.get("DESCRIPTION", ""),
        "deadline": row["DEADLINE"],
        "currentUser": {"userId": int(row["RESPONSIBLE_ID"])},
        "colorId": row.get("_COLOR") or "default",
        "pingOffsets": row.get("_PINGS", []),
    }
    return {"entityData": entity, "blocksData": row.get("_TODO_BLOCKS") or []}


METHODS = {
    "crm.activity.todo.add": add,
    "crm.activity.todo.update": update,
    "crm.activity.todo.updatedeadline": update_deadline,
    "crm.activity.todo.updatedescription": update_description,
    "crm.activity.todo.updatecolor": update_color,
    "crm.activity.todo.updateresponsibleuser": update_responsible,
    "crm.activity.todo.fetchsettings": fetch_settings,
}
