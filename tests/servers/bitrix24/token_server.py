"""The sign-in server: codes and refresh tokens in, token pairs out."""

import secrets

from .desk import Reply
from .envelope import encode
from .requests import Incoming
from .sign_in import ACCESS_LIFE_S, REFRESH_LIFE_S, App, Grant
from .values import Row, to_text
from .world import Credential, World

_GRANT_TYPES = {"authorization_code": "code", "refresh_token": "refresh_token"}
_TEXTS = {
    "invalid_request": (400, "Invalid request"),
    "invalid_client": (401, "Invalid client"),
    "wrong_client": (400, "Wrong client"),
    "invalid_grant": (400, "Invalid grant"),
    "invalid_scope": (400, "Invalid scope"),
    "PAYMENT_REQUIRED": (402, "Payment required"),
}


class SignInRefusedError(Exception):
    """The sign-in server's ``error``."""


def token(world: World, incoming: Incoming, params: Row) -> Reply:
    """``GET /oauth/token/``: the exchange of a code, or a refresh."""
    grant_type = to_text(params.get("grant_type"))
    world.sign_in.count(grant_type or "malformed")
    try:
        body = _new_pair(world, incoming, params, grant_type)
    except SignInRefusedError as refusal:
        world.sign_in.count("refused")
        world.keep()
        return refused(world, str(refusal))
    return Reply(200, encode(body), user_id=body.get("user_id"))


def refused(world: World, code: str) -> Reply:
    """A refusal in the sign-in server's form."""
    status, text = _TEXTS[code]
    body = encode({"error": code, "error_description": text})
    return Reply(world.sign_in.error_status or status, body, outcome=f"error:{code}")


def _new_pair(world: World, incoming: Incoming, params: Row, grant_type: str) -> Row:
    field = _GRANT_TYPES.get(grant_type, "")
    key = to_text(params.get(field))
    if incoming.verb != "GET" or not field or not key or not params.get("client_id"):
        raise SignInRefusedError("invalid_request")
    app = world.sign_in.apps.get(to_text(params["client_id"]))
    if app is None or params.get("client_secret") != app.client_secret:
        raise SignInRefusedError("invalid_client")
    if not app.installed:
        raise SignInRefusedError("wrong_client")
    if app.payment_expired:
        raise SignInRefusedError("PAYMENT_REQUIRED")
    if not app.scopes:
        raise SignInRefusedError("invalid_scope")
    kept = world.sign_in.codes if field == "code" else world.sign_in.refreshes
    grant = kept.get(key)
    if grant is None or grant.client_id != app.client_id:
        raise SignInRefusedError("invalid_grant")
    del kept[key]
    user = world.users.get(grant.user_id)
    if grant.expires_at <= world.clock.now() or user is None or not user["ACTIVE"]:
        raise SignInRefusedError("invalid_grant")
    whole = field == "refresh_token" or world.sign_in.exchange_shape == "full"
    return issue_pair(world, app, grant.user_id, grant.portal, whole=whole)


def issue_pair(world: World, app: App, user_id: int, portal: str, *, whole: bool = True) -> Row:
    """A fresh access and refresh token as the sign-in server answers them.

    Not ``whole``: without ``expires`` and ``user_id``, as after the exchange of a code.
    """
    now = world.clock.now()
    access, refresh = secrets.token_hex(35), secrets.token_hex(35)
    world.credentials.append(
        Credential(
            secret=access,
            path_user=user_id,
            acts_as=user_id,
            scopes=list(app.scopes),
            is_app=True,
            expires_at=now + ACCESS_LIFE_S,
            client_id=app.client_id,
        )
    )
    world.sign_in.refreshes[refresh] = Grant(
        client_id=app.client_id, user_id=user_id, portal=portal, expires_at=now + REFRESH_LIFE_S
    )
    world.keep()
    server = world.addresses.sign_in
    body: Row = {
        "access_token": access,
        "client_endpoint": f"{_present(world, portal)}/rest/",
        "domain": server,
        "expires_in": ACCESS_LIFE_S,
        "member_id": world.sign_in.member_id,
        "refresh_token": refresh,
        "scope": ",".join(app.scopes),
        "server_endpoint": f"https://{server}/rest/",
        "status": app.status,
    }
    if whole:
        body.update(expires=int(now) + ACCESS_LIFE_S, user_id=user_id)
    return body


def _present(world: World, portal: str) -> str:
    """The portal's address today: it may have been renamed since the sign-in."""
    host = world.settings.host
    if not host:
        return portal
    netloc, slash, path = portal.removeprefix("https://").partition("/")
    port = "" if ":" in host else netloc.partition(":")[1] + netloc.partition(":")[2]
    return f"https://{host}{port}{slash}{path}"
