"""``crm.activity.binding.*``: the CRM objects in whose timeline an activity stands."""

from . import owners
from .activities import save
from .activity_fields import OWNER_NAMES
from .errors import RestError, missing
from .meeting_events import keep_event_in_step
from .values import Row, to_int
from .world import Call


def _number(call: Call, name: str) -> int:
    number = to_int(call.params.get(name))
    if number is None:
        raise missing(name)
    return number


def _activity(call: Call) -> tuple[int, Row]:
    number = _number(call, "activityId")
    row = call.world.activities.get(number)
    if row is None:
        raise RestError("NOT_FOUND", "Element not found")
    if call.world.is_hidden("activity", number):
        raise RestError("ACCESS_DENIED", "Access denied")
    return number, row


def _target(call: Call, prefix: str = "") -> list[int]:
    first, second = ("entityTypeId", "entityId")
    if prefix:
        first, second = f"{prefix}EntityTypeId", f"{prefix}EntityId"
    return [_number(call, first), _number(call, second)]


def list_bindings(call: Call) -> list[Row]:
    """``crm.activity.binding.list``: real integers, of readable objects only."""
    _, row = _activity(call)
    world = call.world
    return [
        {"entityTypeId": kind, "entityId": number}
        for kind, number in row["_BINDINGS"]
        if not world.is_hidden(OWNER_NAMES.get(kind, "").lower(), number)
    ]


def add_binding(call: Call) -> bool:
    """``crm.activity.binding.add``."""
    number, row = _activity(call)
    pair = _target(call)
    if owners.owner_row(call.world, *pair) is None:
        raise RestError("OWNER_NOT_FOUND", "Owner was not found")
    if call.world.is_hidden(OWNER_NAMES[pair[0]].lower(), pair[1]):
        raise RestError("ACCESS_DENIED", "Access denied")
    if pair in row["_BINDINGS"]:
        raise RestError("ACTIVITY_IS_ALREADY_BOUND", "The activity is already bound")
    _store(call, number, row, [*row["_BINDINGS"], pair])
    return True


def delete_binding(call: Call) -> bool:
    """``crm.activity.binding.delete``: the last one stays."""
    number, row = _activity(call)
    pair = _target(call)
    if pair not in row["_BINDINGS"]:
        raise RestError("BINDING_NOT_FOUND", "Binding was not found")
    if len(row["_BINDINGS"]) == 1:
        raise RestError("LAST_BINDING_CANNOT_BE_DELETED", "The last binding cannot be deleted")
    _store(call, number, row, [bound for bound in row["_BINDINGS"] if bound != pair])
    return True


def move_binding(call: Call) -> bool:
    """``crm.activity.binding.move``: to another object of the same type."""
    number, row = _activity(call)
    source, target = _target(call, "source"), _target(call, "target")
    if source[0] != target[0]:
        code = "SOURCE_AND_TARGET_ENTITY_TYPES_ARE_NOT_EQUAL_ERROR"
        raise RestError(code, "Source and target entity types are not equal")
    if source == target:
        code = "SOURCE_AND_TARGET_ENTITY_ID_ARE_EQUAL_ERROR"
        raise RestError(code, "Source and target entity ids are equal")
    if source not in row["_BINDINGS"]:
        raise RestError("BINDING_NOT_FOUND", "Binding was not found")
    if owners.owner_row(call.world, *target) is None:
        raise RestError("OWNER_NOT_FOUND", "Owner was not found")
    if target in row["_BINDINGS"]:
        raise RestError("ACTIVITY_IS_ALREADY_BOUND", "The activity is already bound")
    _store(call, number, row, [target if b == source else b for b in row["_BINDINGS"]])
    return True


def _store(call: Call, number: int, row: Row, bound: list[list[int]]) -> None:
    """Keep the bindings; the only one left becomes the owner."""
    row = {**row, "_BINDINGS": bound}
    if len(bound) == 1:
        row["OWNER_TYPE_ID"], row["OWNER_ID"] = map(str, bound[0])
    save(call, number, row)
    if row["TYPE_ID"] == "1":
        keep_event_in_step(call.world, number)


METHODS = {
    "crm.activity.binding.list": list_bindings,
    "crm.activity.binding.add": add_binding,
    "crm.activity.binding.delete": delete_binding,
    "crm.activity.binding.move": move_binding,
}
