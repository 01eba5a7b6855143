"""Calendars of people, groups, the company and its rooms: ``calendar.section.*``."""

import re
from datetime import datetime

from . import calendar_records as records
from . import calendar_rights as rights
from .calendar_texts import denied, refuse, required
from .values import Row, to_flag, to_int, to_text
from .world import Call

_COLOR = re.compile(r"#[0-9a-fA-F]{6}$")
_USUAL_COLOR = "#9cbeee"


def owner_of(call: Call) -> tuple[str, int]:
    """The calendar's type and owner; refuses what is closed to the caller.

    The company's calendars and rooms belong to 0, without an owner a user's are the caller's.
    """
    required(call, "type")
    kind = to_text(call.params["type"])
    owner = to_int(call.params.get("ownerId"))
    if owner is None:
        owner = call.caller.user_id if kind == "user" else 0
    if not rights.may_enter(call.world, call.caller.user_id, kind, owner):
        raise denied()
    return kind, owner


def get_sections(call: Call) -> list[Row]:
    """``calendar.section.get``: the calendars that the caller may see, with the caller's rights."""
    kind, owner = owner_of(call)
    world, user_id = call.world, call.caller.user_id
    found = []
    for row in world.sections.rows.values():
        if row["CAL_TYPE"] == kind and row["OWNER_ID"] == str(owner):
            perm = rights.perm(world, user_id, row)
            if perm["view_time"]:
                told = {name: value for name, value in row.items() if not name.startswith("_")}
                found.append({**told, "ACCESS": row["ACCESS"] or [], "PERM": perm})
    return found


def add_section(call: Call) -> int:
    """``calendar.section.add``: only for oneself; an administrator for others."""
    required(call, "type")
    if call.params["type"] != "user" and "ownerId" not in call.params:
        required(call, "ownerId")
    kind, owner = owner_of(call)
    required(call, "name")
    _require_rule_over(call, kind, owner)
    number = records.make_section(call.world, kind, owner, creator=call.caller.user_id)
    _write(call, number)
    return number


def update_section(call: Call) -> int:
    """``calendar.section.update``."""
    number = _existing(call, "edit_section")
    _write(call, number)
    return number


def delete_section(call: Call) -> bool:
    """``calendar.section.delete``: its events go with it, for all attendees."""
    number = _existing(call, "edit_section")
    for row in list(call.world.events.rows.values()):
        if row["section"] == number and call.world.events.get(row["id"]) is not None:
            records.remove(call.world, row)
    call.world.sections.remove(number)
    return True


def _require_rule_over(call: Call, kind: str, owner: int) -> None:
    world, user_id = call.world, call.caller.user_id
    mine = kind == "group" or (kind == "user" and owner == user_id)
    if not mine and not rights.is_admin(world, user_id):
        raise denied()


def _existing(call: Call, right: str) -> int:
    kind, owner = owner_of(call)
    number = to_int(call.params.get("id"))
    if not number:
        raise refuse(call, "section_unset")
    row = call.world.sections.get(number)
    if row is None or (row["CAL_TYPE"], row["OWNER_ID"]) != (kind, str(owner)):
        raise denied()
    if not rights.may(call.world, call.caller.user_id, number, right):
        raise denied()
    return number


def _write(call: Call, number: int) -> None:
    sent, world = call.params, call.world
    row = world.sections.rows[number]
    now = f"{datetime.fromtimestamp(world.clock.now(), world.zone):%Y-%m-%d %H:%M:%S}"
    changed = {**row, "TIMESTAMP_X": now}
    for theirs, ours in (("name", "NAME"), ("description", "DESCRIPTION")):
        if theirs in sent and (theirs != "name" or to_text(sent["name"])):
            changed[ours] = to_text(sent[theirs])
    for theirs, ours in (("color", "COLOR"), ("text_color", "TEXT_COLOR")):
        if theirs in sent:
            color = to_text(sent[theirs])
            changed[ours] = color if _COLOR.match(color) else _USUAL_COLOR
    export = sent.get("export")
    if isinstance(export, dict):
        changed |= _export(export)
    world.sections.put(number, changed)


def _export(sent: Row) -> Row:
    """What is kept of ``export``; which span is exported no answer tells."""
    chosen = to_text(sent.get("SET"))
    span = chosen if chosen in ("all", "3_9", "6_12") else "all"
    return {"EXPORT": {"ALLOW": to_flag(sent.get("ALLOW"))}, "_EXPORT_SET": span}


METHODS = {
    "calendar.section.get": get_sections,
    "calendar.section.add": add_section,
    "calendar.section.update": update_section,
    "calendar.section.delete": delete_section,
}
