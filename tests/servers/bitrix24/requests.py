"""An HTTP request to the portal, read whole, and the address it was sent to."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final, Literal

from . import batch
from .params import parse_body, parse_query
from .values import Row, to_text

Scope = dict[str, Any]
Door = Literal["portal", "sign-in"]
"""Which of the two servers was called: the portal, or the one that gives out tokens."""
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_WEBHOOK3: Final = re.compile(r"/rest/api/(\d+)/([A-Za-z0-9_-]+)/([A-Za-z0-9_.]+?)/?$")
_APP3: Final = re.compile(r"/rest/api/([A-Za-z0-9_.]+?)/?$")
_WEBHOOK: Final = re.compile(r"/rest/(\d+)/([A-Za-z0-9_-]+)/([A-Za-z0-9_.]+?)/?$")
_APP: Final = re.compile(r"/rest/([A-Za-z0-9_.]+?)/?$")
_SIGN_IN: Final = re.compile(r"^(.*)/oauth/(authorize|token)/?$")
_SUFFIXES: Final = (".json", ".xml")


class Incoming:
    """One request: method, credentials and parameters, whatever form they came in."""

    def __init__(self, scope: Scope, body: bytes, door: Door = "portal") -> None:
        self.door = door
        headers = {
            name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        self.verb: str = scope["method"]
        self.path: str = scope["path"]
        self.query: str = scope["query_string"].decode("latin-1")
        self.https: bool = scope["scheme"] == "https"
        self.host = headers.get("host", "")
        self.source: str = (scope.get("client") or ("", 0))[0]
        self.user_agent = headers.get("user-agent", "")
        self.content_type = headers.get("content-type", "")
        self.cookie = headers.get("cookie", "")
        self.takes_gzip = "gzip" in headers.get("accept-encoding", "")
        self.idempotency_key = headers.get("idempotency-key", "")
        self.is_rest3 = False
        self.base = ""
        """The path in front of ``/oauth/``: the portal's own, on its premises."""
        self.body = body
        self.path_user: int | None = None
        self.secret = ""
        self.method = ""
        self._read_path()

    @classmethod
    async def read(cls, scope: Scope, receive: Receive, door: Door = "portal") -> "Incoming | None":
        """Take the whole body off the wire; None where the client went before it had sent it."""
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if not message.get("more_body"):
                return cls(scope, bytes(body), door)

    def _read_path(self) -> None:
        page = _SIGN_IN.match(self.path)
        if page:
            self.base, self.method = page[1], f"oauth.{page[2]}"
            return
        new_hook, new_app = _WEBHOOK3.search(self.path), _APP3.search(self.path)
        self.is_rest3 = bool(new_hook or new_app)
        webhook = new_hook or (None if new_app else _WEBHOOK.search(self.path))
        app = None if webhook else new_app or _APP.search(self.path)
        if webhook:
            self.path_user, self.secret = int(webhook[1]), webhook[2]
        name = webhook[3] if webhook else app[1] if app else ""
        self.method = name.lower()
        for suffix in _SUFFIXES:
            self.method = self.method.removesuffix(suffix)

    @property
    def is_sign_in(self) -> bool:
        """Whether it concerns the login page or the tokens, and no REST method."""
        return self.door == "sign-in" or self.method.startswith("oauth.")

    @property
    def is_rest(self) -> bool:
        """Whether the path names a method at all."""
        return bool(self.method)

    def params(self) -> Row:
        """Query and body together, the body wins; RestError for a body that cannot be read."""
        sent = parse_query(self.query)
        if self.verb == "POST":
            sent.update(parse_body(self.body, self.content_type))
        return sent

    def names(self, params: Row) -> list[str]:
        """The method, and for a batch those of its commands."""
        if self.method != "batch":
            return [self.method]
        return ["batch", *(batch.method_of(line) for _, line in batch.commands(params))]

    def token(self, params: Row) -> str:
        """The access token of an application's call."""
        return to_text(params.get("auth"))
