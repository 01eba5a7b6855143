"""Badges, an application's own activity types, extra blocks, icons: sections 4.7 and 4.8."""

from typing import Any, Final

from .app_context import require_admin, require_admin_app, require_app
from .errors import RestError, missing, refused
from .layouts import check_blocks, check_text
from .values import Row, to_flag, to_int, to_text
from .world import Call, Page, World

_BADGE_TYPES: Final = ("success", "failure", "warning", "primary", "secondary")
_ICONS: Final = "info document call call-completed call-incoming call-outcoming mail sms task"
_LOGOS: Final = "notification document call-incoming call-outcoming mail-outcome calendar task"


def badge_of(world: World, code: str) -> Row | None:
    """The badge of that code."""
    return next((row for row in world.badges.rows.values() if row["code"] == code), None)


def _badge_code(call: Call) -> str:
    code = to_text(call.params.get("code"))
    if not code:
        raise RestError("REQUIRED_ARG_MISSING", "Required argument 'code' is missing")
    return code


def add_badge(call: Call) -> Row:
    """``crm.activity.badge.add``: for administrators; the same code again replaces it."""
    require_admin(call)
    row: Row = {"code": _badge_code(call)}
    for name in ("title", "value", "type"):
        if not call.params.get(name):
            raise RestError("REQUIRED_ARG_MISSING", f"Required argument '{name}' is missing")
        row[name] = call.params[name]
    check_text("title", row["title"], call.world.crm.languages)
    check_text("value", row["value"], call.world.crm.languages)
    if row["type"] not in _BADGE_TYPES:
        raise RestError("ENUM_FIELD", 'Field "type" has a wrong value')
    present = badge_of(call.world, row["code"])
    number = present["_ID"] if present else call.world.badges.new_id()
    call.world.badges.put(number, {**row, "_ID": number})
    return {"badge": row}


def _existing_badge(call: Call) -> Row:
    row = badge_of(call.world, _badge_code(call))
    if row is None:
        raise RestError("NOT_FOUND", "Badge was not found")
    return row


def _told(row: Row) -> Row:
    return {name: value for name, value in row.items() if not name.startswith("_")}


def get_badge(call: Call) -> Row:
    """``crm.activity.badge.get``."""
    return {"badge": _told(_existing_badge(call))}


def list_badges(call: Call) -> Row:
    """``crm.activity.badge.list``."""
    return {"badges": [_told(row) for row in call.world.badges.rows.values()]}


def delete_badge(call: Call) -> bool:
    """``crm.activity.badge.delete``."""
    require_admin(call)
    call.world.badges.remove(_existing_badge(call)["_ID"])
    return True


def has_type(world: World, client_id: str, name: str, *, configurable: bool) -> bool:
    """Whether the application made an activity type of that name and sort."""
    if configurable and name == "CONFIGURABLE":
        return True
    wanted = (client_id, name, "Y" if configurable else "N")
    return any(
        (row["_APP"], row["TYPE_ID"], row["IS_CONFIGURABLE_TYPE"]) == wanted
        for row in world.activity_types.rows.values()
    )


def add_type(call: Call) -> bool:
    """``crm.activity.type.add``: by an application in an administrator's hands."""
    client_id = require_admin_app(call)
    fields = call.params.get("fields")
    if not isinstance(fields, dict):
        raise missing("fields", 100)
    name = to_text(fields.get("TYPE_ID"))
    if not name:
        raise refused("The field TYPE_ID is not defined or empty.")
    if any((r["_APP"], r["TYPE_ID"]) == (client_id, name) for r in _types(call.world)):
        raise refused("Activity type with this TYPE_ID already exists.")
    number = call.world.activity_types.new_id()
    row: Row = {
        "TYPE_ID": name,
        "NAME": to_text(fields.get("NAME")),
        "IS_CONFIGURABLE_TYPE": "Y" if to_flag(fields.get("IS_CONFIGURABLE_TYPE")) else "N",
        "ICON_ID": str(5000 + number) if fields.get("ICON_FILE") else None,
    }
    call.world.activity_types.put(number, {**row, "_APP": client_id, "_ID": number})
    return True


def _types(world: World) -> list[Row]:
    return list(world.activity_types.rows.values())


def list_types(call: Call) -> list[Row]:
    """``crm.activity.type.list``: the application's own."""
    client_id = require_admin_app(call)
    return [_told(row) for row in _types(call.world) if row["_APP"] == client_id]


def delete_type(call: Call) -> bool:
    """``crm.activity.type.delete``."""
    client_id, name = require_admin_app(call), to_text(call.params.get("type_id"))
    for row in _types(call.world):
        if (row["_APP"], row["TYPE_ID"]) == (client_id, name):
            call.world.activity_types.remove(row["_ID"])
            return True
    raise refused("Activity type not found.")


def _blocks_activity(call: Call) -> tuple[str, int, Row]:
    client_id = require_app(call)
    pair = []
    for name in ("entityTypeId", "entityId", "activityId"):
        number = to_int(call.params.get(name))
        if number is None:
            raise missing(name)
        pair.append(number)
    number = pair.pop()
    row = call.world.activities.get(number)
    if row is None or pair not in row["_BINDINGS"]:
        raise RestError("NOT_FOUND", "Element not found")
    if row["PROVIDER_ID"] == "CONFIGURABLE_REST_APP":
        text = "Blocks cannot be added to a configurable activity"
        raise RestError("UNSUITABLE_ACTIVITY_TYPE_ERROR", text)
    return client_id, number, row


def set_blocks(call: Call) -> Row:
    """``crm.activity.layout.blocks.set``."""
    client_id, number, row = _blocks_activity(call)
    if "layout" not in call.params:
        raise missing("layout")
    check_blocks(call.params["layout"], call.world.crm.languages)
    blocks = {**row.get("_BLOCKS", {}), client_id: call.params["layout"]}
    call.world.activities.put(number, {**row, "_BLOCKS": blocks})
    return {"success": True}


def get_blocks(call: Call) -> Row:
    """``crm.activity.layout.blocks.get``: the application's own."""
    client_id, _, row = _blocks_activity(call)
    return {"layout": row.get("_BLOCKS", {}).get(client_id) or []}


def delete_blocks(call: Call) -> Row:
    """``crm.activity.layout.blocks.delete``."""
    client_id, number, row = _blocks_activity(call)
    blocks = {app: kept for app, kept in row.get("_BLOCKS", {}).items() if app != client_id}
    call.world.activities.put(number, {**row, "_BLOCKS": blocks})
    return {"success": True}


def _pictures(kind: str, codes: str) -> Page:
    rows: list[Any] = [
        {"code": code, "isSystem": True, "fileUri": f"/bitrix/images/crm/{kind}/{code}.svg"}
        for code in codes.split()
    ]
    return Page({kind: rows}, len(rows))


METHODS = {
    "crm.activity.badge.add": add_badge,
    "crm.activity.badge.get": get_badge,
    "crm.activity.badge.list": list_badges,
    "crm.activity.badge.delete": delete_badge,
    "crm.activity.type.add": add_type,
    "crm.activity.type.list": list_types,
    "crm.activity.type.delete": delete_type,
    "crm.activity.layout.blocks.set": set_blocks,
    "crm.activity.layout.blocks.get": get_blocks,
    "crm.activity.layout.blocks.delete": delete_blocks,
    "crm.timeline.icon.list": lambda call: _pictures("icons", _ICONS),
    "crm.timeline.logo.list": lambda call: _pictures("logos", _LOGOS),
}
