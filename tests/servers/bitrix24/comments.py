"""``crm.timeline.comment.*``: remarks in the timeline of a card."""

from . import owners
from .activity_fields import OWNER_NAMES
from .cards import field_info, require_crm
from .errors import RestError, refused
from .filters import Fields
from .listing import Query, list_params, page_of, pick
from .values import Row, to_int, to_text
from .world import Call, Page

_FIELDS: Fields = {
    "ID": "int",
    "ENTITY_ID": "int",
    "ENTITY_TYPE": "link",
    "CREATED": "time",
    "COMMENT": "text",
    "AUTHOR_ID": "int",
}
_TYPES = {name.lower(): number for number, name in OWNER_NAMES.items()}


def add(call: Call) -> int:
    """``crm.timeline.comment.add``: the id. The card's last activity moves, its date does not."""
    require_crm(call)
    fields = call.params.get("fields")
    if not isinstance(fields, dict):
        raise RestError("100", "Could not find value for parameter {fields}")
    kind, number = to_text(fields.get("ENTITY_TYPE")).lower(), to_int(fields.get("ENTITY_ID"))
    if not to_text(fields.get("COMMENT")).strip():
        raise refused("The field COMMENT is not defined or empty.")
    if kind not in _TYPES or number is None:
        raise refused("Owner is not found.")
    if owners.owner_row(call.world, _TYPES[kind], number) is None:
        raise refused("Owner is not found.")
    if call.world.is_hidden(kind, number):
        raise refused("Access denied.")
    comment = call.world.comments.new_id()
    row: Row = {
        "ID": str(comment),
        "ENTITY_ID": str(number),
        "ENTITY_TYPE": kind,
        "CREATED": call.world.now_iso(),
        "COMMENT": to_text(fields["COMMENT"]),
        "AUTHOR_ID": to_text(to_int(fields.get("AUTHOR_ID")) or call.caller.user_id),
        "FILES": [],
    }
    call.world.comments.put(comment, row)
    owners.touch(call.world, [[_TYPES[kind], number]], call.caller.user_id)
    return comment


def _existing(call: Call) -> tuple[int, Row]:
    number = to_int(call.params.get("id"))
    row = call.world.comments.get(number)
    require_crm(call)
    if row is None or number is None:
        raise refused("Not found")
    return number, row


def get(call: Call) -> Row:
    """``crm.timeline.comment.get``."""
    return _existing(call)[1]


def list_comments(call: Call) -> Page:
    """``crm.timeline.comment.list``: only of one card at a time."""
    require_crm(call)
    conditions, order, select, start = list_params(call.params)
    for name in ("ENTITY_ID", "ENTITY_TYPE"):
        if not conditions.get(name) and not conditions.get(f"={name}"):
            raise refused(f"Filter field {name} is required.")
    world = call.world
    ids = Query(conditions, order or {"ID": "ASC"}, _FIELDS).matching(world.comments, world.zone)
    names = [name for name in select if name in _FIELDS] or [*_FIELDS, "FILES"]
    rows = world.comments.rows
    shown = names if "ID" in names else ["ID", *names]
    return page_of(world, ids, start, lambda number: pick(rows[number], shown, {}))


def update(call: Call) -> bool:
    """``crm.timeline.comment.update``."""
    number, row = _existing(call)
    fields = call.params.get("fields")
    text = to_text(fields.get("COMMENT")) if isinstance(fields, dict) else ""
    if not text.strip():
        raise refused("The field COMMENT is not defined or empty.")
    call.world.comments.put(number, {**row, "COMMENT": text})
    return True


def delete(call: Call) -> bool:
    """``crm.timeline.comment.delete``."""
    call.world.comments.remove(_existing(call)[0])
    return True


def describe(call: Call) -> Row:
    """``crm.timeline.comment.fields``."""
    types = {"int": "integer", "text": "string", "link": "string", "time": "datetime"}
    fixed = {"ID", "CREATED", "AUTHOR_ID"}
    return {
        name: field_info(types[kind], name, name == "COMMENT", name in fixed, multiple=False)
        for name, kind in _FIELDS.items()
    }


METHODS = {
    "crm.timeline.comment.add": add,
    "crm.timeline.comment.get": get,
    "crm.timeline.comment.list": list_comments,
    "crm.timeline.comment.update": update,
    "crm.timeline.comment.delete": delete,
    "crm.timeline.comment.fields": describe,
}
