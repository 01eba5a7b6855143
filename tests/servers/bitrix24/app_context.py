"""Methods for applications alone, and what a webhook hears from them (section 2.5)."""

from .errors import RestError, system_error
from .world import Call


def require_app(call: Call) -> str:
    """The application's id; ERROR_WRONG_CONTEXT for a webhook."""
    if not call.caller.is_app:
        text = "Method call is only possible in the context of an application"
        raise RestError("ERROR_WRONG_CONTEXT", text)
    return call.caller.client_id


def require_admin_app(call: Call) -> str:
    """The application's id, called by an administrator; ACCESS_DENIED for all others."""
    if not call.caller.is_app:
        raise system_error("ACCESS_DENIED", "Access denied! Application context required")
    require_admin(call)
    return call.caller.client_id


def require_admin(call: Call) -> None:
    """ACCESS_DENIED for anybody but administrators."""
    if not call.world.users.rows[call.caller.user_id]["_ADMIN"]:
        raise system_error("ACCESS_DENIED", "Access denied")


def require_token(call: Call) -> str:
    """The application's id; WRONG_AUTH_TYPE for a webhook, which such methods take for good."""
    if not call.caller.is_app:
        raise system_error("WRONG_AUTH_TYPE")
    return call.caller.client_id
