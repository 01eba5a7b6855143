"""The portal's login page and the way back to the application that asked for it."""

import secrets
from html import escape
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode

from .desk import Reply
from .requests import Incoming
from .sign_in import CODE_LIFE_S, App, Grant
from .values import Row, to_text
from .world import World

COOKIE = "PORTAL_SESSION"

_HTML = "text/html; charset=utf-8"


def authorize(world: World, incoming: Incoming, params: Row) -> Reply:
    """``/oauth/authorize/``: the form, then the redirect; any failure is a page without one."""
    app = world.sign_in.apps.get(to_text(params.get("client_id")))
    if app is None or not app.installed:
        return _page("Application not found", "<p>The application is not installed.</p>", 404)
    if incoming.verb == "POST":
        return _signed_in(world, incoming, params, app)
    user_id = world.sign_in.sessions.get(_session(incoming))
    return (
        _form(app, params) if user_id is None else _granted(world, incoming, app, params, user_id)
    )


def password_of(user_id: int) -> str:
    """The password with which an employee signs in to the portal's pages."""
    return f"password-{user_id}"


def issue_code(world: World, app: App, user_id: int, portal: str) -> str:
    """A code for one exchange within 30 seconds."""
    code = secrets.token_hex(35)
    expires = world.clock.now() + CODE_LIFE_S
    world.sign_in.codes[code] = Grant(
        client_id=app.client_id, user_id=user_id, portal=portal, expires_at=expires
    )
    world.keep()
    return code


def _signed_in(world: World, incoming: Incoming, params: Row, app: App) -> Reply:
    login = to_text(params.get("USER_LOGIN")).casefold()
    for user_id, row in world.users.rows.items():
        known = login in (row["EMAIL"].casefold(), f"user{user_id}")
        if known and row["ACTIVE"] and params.get("USER_PASSWORD") == password_of(user_id):
            session = secrets.token_hex(16)
            world.sign_in.sessions[session] = user_id
            world.keep()
            reply = _granted(world, incoming, app, params, user_id)
            reply.headers["set-cookie"] = f"{COOKIE}={session}; Path=/; HttpOnly; Secure"
            return reply
    return _form(app, params, "<p class=error>Incorrect login or password</p>")


def _granted(world: World, incoming: Incoming, app: App, params: Row, user_id: int) -> Reply:
    if app.allowed_users is not None and user_id not in app.allowed_users:
        return _page("Access denied", "<p>You have no access to this application.</p>", 403)
    code = issue_code(world, app, user_id, f"https://{incoming.host}{incoming.base}")
    if not app.redirect_uri:
        return _page("Code", f"<p>Authorization code: <code>{code}</code></p>")
    told = {
        "code": code,
        "state": to_text(params.get("state")),
        "domain": incoming.host + incoming.base,
        "member_id": world.sign_in.member_id,
        "scope": ",".join(app.scopes),
        "server_domain": world.sign_in.server_domain or world.addresses.sign_in,
    }
    mark = "&" if "?" in app.redirect_uri else "?"
    target = f"{app.redirect_uri}{mark}{urlencode(told, quote_via=quote)}"
    return Reply(302, b"", _HTML, {"location": target}, outcome="redirected", user_id=user_id)


def _session(incoming: Incoming) -> str:
    morsel = SimpleCookie(incoming.cookie).get(COOKIE)
    return "" if morsel is None else morsel.value


def _form(app: App, params: Row, notice: str = "") -> Reply:
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(to_text(params.get(name)), True)}">'
        for name in ("client_id", "state")
    )
    return _page(
        "Sign in",
        f"<h1>Sign in</h1><p>{escape(app.title)} asks for your permission.</p>{notice}"
        f'<form method="post" action="">{hidden}'
        '<input type="text" name="USER_LOGIN"><input type="password" name="USER_PASSWORD">'
        "<button>Log in</button></form>",
    )


def _page(title: str, body: str, status: int = 200) -> Reply:
    text = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"
    return Reply(status, text.encode(), _HTML, outcome=f"page:{title}")
