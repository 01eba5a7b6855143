"""Which page or answer a request to the login page or to the sign-in server gets."""

from .clock import iso
from .desk import Reply, error_reply
from .envelope import answer, encode, time_object
from .errors import RestError, system_error
from .requests import Incoming
from .sign_in_pages import authorize
from .token_server import refused, token
from .values import Row
from .world import World


def carry_out(world: World, incoming: Incoming, params: Row) -> Reply:
    """Serve the request and make what it changed durable.

    The portal has the login page, the sign-in server has the tokens; neither has the other's.
    """
    try:
        if incoming.door == "portal":
            if incoming.method == "oauth.token":
                world.sign_in.count("at_portal")
                world.keep()
                return refused(world, "invalid_request")
            return authorize(world, incoming, params)
        if incoming.method == "oauth.token":
            return token(world, incoming, params)
        if incoming.method == "app.info":
            return _app_info(world, incoming, params)
        return error_reply(system_error("ERROR_METHOD_NOT_FOUND"))
    except RestError as error:
        return error_reply(error)
    finally:
        world.storage.commit()


def _app_info(world: World, incoming: Incoming, params: Row) -> Reply:
    """``app.info`` of the sign-in server, in the form that the vendor's client reads."""
    secret, now = incoming.token(params), world.clock.now()
    known = next((c for c in world.credentials if c.secret == secret and c.client_id), None)
    if known is None:
        raise system_error("invalid_token")
    if known.expires_at is not None and known.expires_at <= now:
        raise system_error("expired_token")
    app = world.sign_in.apps[known.client_id]
    netloc = world.settings.host or incoming.host
    install = {
        "installed": app.installed,
        "version": str(app.version),
        "status": app.status,
        "scope": ",".join(app.scopes),
        "domain": netloc,
        "uri": app.redirect_uri,
        "client_endpoint": f"https://{netloc}/rest/",
        "member_id": world.sign_in.member_id,
        "member_type": "CP",
    }
    result = {
        "client_id": app.client_id,
        "scope": ",".join(app.scopes),
        "expires": iso(known.expires_at or now, world.zone),
        "install": install,
        "user_id": known.acts_as,
    }
    body = answer(result, time_object(world, now, (0.0, int(now) + 600)))
    return Reply(200, encode(body), user_id=known.acts_as)
