"""Which methods this portal has, and the permission that each needs."""

from collections.abc import Callable
from typing import Final

from . import app_options, calendar_methods, crm_catalogue, event_queue, people
from .errors import missing, system_error
from .values import Row, folded, to_text
from .world import Call, World

Handler = Callable[[Call], object]

_USER_SCOPES: Final = frozenset({"user", "user_basic", "user_brief"})
_USER_METHODS: Final = frozenset({"user.get", "user.search", "user.current", "user.fields"})
_EXACT_PARAMS: Final = (
    "calendar.",
    "crm.item.",
    "crm.activity.todo.",
    "crm.activity.binding.",
    "crm.activity.configurable.",
    "crm.activity.layout.",
    "crm.activity.badge.",
)


def _method_get(call: Call) -> Row:
    """``method.get``: whether a method exists and the caller may use it."""
    name = to_text(call.params.get("name"))
    if not name:
        raise missing("name")
    exists = is_known(call.world, name)
    return {"isExisting": exists, "isAvailable": exists and may_use(name, call.caller.scopes)}


_HANDLERS: Final[dict[str, Handler]] = {
    **people.METHODS,
    **crm_catalogue.METHODS,
    **calendar_methods.METHODS,
    **event_queue.METHODS,
    **app_options.METHODS,
    "method.get": _method_get,
}


def is_known(world: World, name: str) -> bool:
    """Whether this release has the method."""
    return name == "batch" or (name in _HANDLERS and name not in world.settings.missing_methods)


def scopes_for(name: str) -> frozenset[str]:
    """The permissions of which one is needed; empty for the basic methods."""
    if name in _USER_METHODS:
        return _USER_SCOPES
    head = name.partition(".")[0]
    return frozenset({head}) if head in ("crm", "calendar", "department") else frozenset()


def may_use(name: str, granted: frozenset[str]) -> bool:
    """Whether one of the granted permissions covers the method."""
    needed = scopes_for(name)
    return not needed or bool(needed & granted)


def run(call: Call) -> object:
    """Carry out a command. Old CRM and user methods do not mind the case of parameter names."""
    if not may_use(call.method, call.caller.scopes):
        raise system_error("insufficient_scope")
    if not call.method.startswith(_EXACT_PARAMS):
        call.params = folded(call.params)
    call.world.acting = call.caller.client_id
    return _HANDLERS[call.method](call)
