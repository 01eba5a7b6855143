"""``app.option.*`` and ``user.option.*``: what an application keeps on the portal."""

from typing import Any

from .app_context import require_admin
from .errors import missing, system_error
from .values import Row, or_empty_list, to_text
from .world import Call


def _key(call: Call) -> str:
    """Where this application's options are kept, for everybody or for the caller."""
    if not call.caller.is_app:
        raise system_error("ACCESS_DENIED", "Access denied! Application context required")
    person = f" {call.caller.user_id}" if call.method.startswith("user.") else ""
    return f"options {call.caller.client_id}{person}"


def _kept(call: Call) -> Row:
    kept = call.world.storage.fact(_key(call))
    return kept if isinstance(kept, dict) else {}


def get(call: Call) -> Any:
    """One option by name, or all."""
    kept, name = _kept(call), to_text(call.params.get("option"))
    return kept.get(name) if name else or_empty_list(kept)


def put(call: Call) -> bool:
    """Keep options; those for everybody are for administrators."""
    key = _key(call)
    if call.method.startswith("app."):
        require_admin(call)
    options = call.params.get("options")
    if not isinstance(options, dict):
        raise missing("options", "ERROR_ARGUMENT")
    call.world.storage.set_fact(key, {**_kept(call), **options})
    return True


METHODS = {
    f"{whose}.option.{verb}": function
    for whose in ("app", "user")
    for verb, function in (("get", get), ("set", put))
}
