"""``crm.activity.configurable.*``: cards whose look an application decides (section 4.6)."""

from typing import Any

from . import owners
from .activities import save, set_deadline, store_new
from .activity_extras import badge_of, has_type
from .activity_fields import OWNER_NAMES
from .app_context import require_app
from .errors import RestError, missing
from .layouts import check_layout, in_language
from .values import Row, to_flag, to_int, to_list, to_text
from .world import Call

PROVIDER = "CONFIGURABLE_REST_APP"


def add(call: Call) -> Row:
    """``crm.activity.configurable.add``."""
    client_id = require_app(call)
    owner_type, owner_id = _number(call, "ownerTypeId"), _number(call, "ownerId")
    for name in ("fields", "layout"):
        if name not in call.params:
            raise missing(name)
    owner = owners.owner_row(call.world, owner_type, owner_id)
    if owner is None:
        raise RestError("NOT_FOUND", "Element not found")
    _check_access(call, owner_type, owner_id)
    check_layout(call.params["layout"], call.world.crm.languages)
    now, caller = call.world.now_iso(), str(call.caller.user_id)
    row: Row = {
        "OWNER_TYPE_ID": str(owner_type),
        "OWNER_ID": str(owner_id),
        "TYPE_ID": "6",
        "PROVIDER_ID": PROVIDER,
        "PROVIDER_TYPE_ID": "CONFIGURABLE",
        "CREATED": now,
        "LAST_UPDATED": now,
        "AUTHOR_ID": caller,
        "EDITOR_ID": caller,
        "RESPONSIBLE_ID": caller,
        "COMPLETED": "N",
        "STATUS": "1",
        "PRIORITY": "2",
        "NOTIFY_TYPE": "0",
        "NOTIFY_VALUE": "0",
        "DESCRIPTION_TYPE": "1",
        "DIRECTION": "0",
        "DEADLINE": call.world.far_date(),
        "_COMM": [],
        "_BINDINGS": [[owner_type, owner_id]],
        "_APP": client_id,
    }
    _write_fields(call, row, _object(call, "fields"), client_id)
    _write_layout(call, row, call.params["layout"])
    return {"activity": {"id": store_new(call.world, row)}}


def update(call: Call) -> Row:
    """``crm.activity.configurable.update``: fields, layout or both; by its own application."""
    client_id = require_app(call)
    number, row = _existing(call)
    if row["_APP"] != client_id:
        text = "Only the application that created the activity can change it"
        raise RestError("ERROR_WRONG_APPLICATION", text)
    if "fields" not in call.params and "layout" not in call.params:
        raise missing("fields")
    if "layout" in call.params:
        check_layout(call.params["layout"], call.world.crm.languages)
        _write_layout(call, row, call.params["layout"])
    if "fields" in call.params:
        _write_fields(call, row, _object(call, "fields"), client_id)
    save(call, number, row)
    return {"activity": {"id": number}}


def get(call: Call) -> Row:
    """``crm.activity.configurable.get``: real booleans and integers."""
    require_app(call)
    number, row = _existing(call)
    far = row["DEADLINE"] == call.world.far_date()
    fields = {
        "typeId": row["PROVIDER_TYPE_ID"],
        "completed": row["COMPLETED"] == "Y",
        "deadline": None if far else row["DEADLINE"],
        "pingOffsets": row.get("_PINGS", []),
        "isIncomingChannel": row.get("IS_INCOMING_CHANNEL") == "Y",
        "responsibleId": int(row["RESPONSIBLE_ID"]),
        "badgeCode": row.get("_BADGE"),
        "originatorId": row.get("ORIGINATOR_ID"),
        "originId": row.get("ORIGIN_ID"),
    }
    told = {
        "id": number,
        "ownerTypeId": int(row["OWNER_TYPE_ID"]),
        "ownerId": int(row["OWNER_ID"]),
        "fields": fields,
        "layout": row["_LAYOUT"],
    }
    return {"activity": told}


def _number(call: Call, name: str) -> int:
    number = to_int(call.params.get(name))
    if number is None:
        raise missing(name)
    return number


def _object(call: Call, name: str) -> Row:
    sent = call.params[name]
    if sent == []:
        return {}
    if not isinstance(sent, dict):
        raise missing(name)
    return sent


def _check_access(call: Call, owner_type: int, owner_id: int) -> None:
    kind = OWNER_NAMES.get(owner_type, "").lower()
    if not call.world.settings.crm_open or call.world.is_hidden(kind, owner_id):
        raise RestError("ACCESS_DENIED", "Access denied")


def _existing(call: Call) -> tuple[int, Row]:
    number = _number(call, "id")
    row = call.world.activities.get(number)
    if row is None or row["PROVIDER_ID"] != PROVIDER:
        raise RestError("NOT_FOUND", "Element not found")
    _check_access(call, int(row["OWNER_TYPE_ID"]), int(row["OWNER_ID"]))
    if call.world.is_hidden("activity", number):
        raise RestError("ACCESS_DENIED", "Access denied")
    return number, dict(row)


def _write_layout(call: Call, row: Row, layout: Any) -> None:
    row["_LAYOUT"] = layout
    row["SUBJECT"] = in_language(layout["header"]["title"], call.world.crm.languages)


def _wrong(name: str) -> RestError:
    return RestError("WRONG_FIELD_VALUE", f'Field "{name}" has wrong value')


def _write_fields(call: Call, row: Row, fields: Row, client_id: str) -> None:
    """Take over what was sent; names that the server does not know are passed over."""
    world = call.world
    if fields.get("typeId"):
        if not has_type(world, client_id, to_text(fields["typeId"]), configurable=True):
            raise _wrong("typeId")
        row["PROVIDER_TYPE_ID"] = to_text(fields["typeId"])
    if "completed" in fields:
        row["COMPLETED"] = "Y" if to_flag(fields["completed"]) else "N"
        row["STATUS"] = "2" if row["COMPLETED"] == "Y" else "1"
    if "isIncomingChannel" in fields:
        row["IS_INCOMING_CHANNEL"] = "Y" if to_flag(fields["isIncomingChannel"]) else "N"
    if fields.get("deadline") and row.get("IS_INCOMING_CHANNEL") == "Y":
        code = "INCOMING_ACTIVITY_CAN_NOT_BE_WITH_DEADLINE"
        raise RestError(code, "Incoming activity can not be with deadline")
    if "deadline" in fields:
        read = world.crm_time(fields["deadline"])
        if read is None and fields["deadline"]:
            raise _wrong("deadline")
        set_deadline(world, row, read)
    if "pingOffsets" in fields:
        offsets = [to_int(one) for one in to_list(fields["pingOffsets"])]
        if any(one is None or one < 0 for one in offsets):
            raise _wrong("pingOffsets")
        row["_PINGS"] = offsets
    if "responsibleId" in fields:
        person = to_int(fields["responsibleId"])
        if person is None or world.users.get(person) is None:
            raise _wrong("responsibleId")
        row["RESPONSIBLE_ID"] = str(person)
    if "badgeCode" in fields:
        code = to_text(fields["badgeCode"])
        if code and badge_of(world, code) is None:
            raise _wrong("badgeCode")
        row["_BADGE"] = code or None
    for name, kept in (("originatorId", "ORIGINATOR_ID"), ("originId", "ORIGIN_ID")):
        if name in fields:
            row[kept] = to_text(fields[name]) or None


METHODS = {
    "crm.activity.configurable.add": add,
    "crm.activity.configurable.update": update,
    "crm.activity.configurable.get": get,
}
