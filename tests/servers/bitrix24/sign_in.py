"""Applications registered on the portal, and who they may act for: codes, tokens, sessions."""

import secrets
from typing import Literal

import msgspec

from .settings import ALL_SCOPES

CODE_LIFE_S = 30
ACCESS_LIFE_S = 3600
REFRESH_LIFE_S = 180 * 86400


class App(msgspec.Struct, kw_only=True):
    """A local or marketplace application as its card on the portal says."""

    client_id: str
    client_secret: str
    number: int
    title: str = "Parley"
    redirect_uri: str = ""
    """Where the browser is sent with the code; empty: the portal shows the code on a page."""
    scopes: list[str] = msgspec.field(default_factory=lambda: list(ALL_SCOPES))
    installed: bool = True
    allowed_users: list[int] | None = None
    """Employees to whom the administrator restricted it; None: everybody."""
    payment_expired: bool = False
    status: str = "L"
    version: int = 1


class Grant(msgspec.Struct, kw_only=True):
    """What a code or a refresh token stands for."""

    client_id: str
    user_id: int
    portal: str
    """``https://host[:port][/path]`` at which the employee signed in."""
    expires_at: float


class SignIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Everything that the sign-in server and the portal's login page remember."""

    member_id: str = msgspec.field(default_factory=lambda: secrets.token_hex(16))
    """Names the portal for ever, whatever its address."""
    apps: dict[str, App] = {}
    codes: dict[str, Grant] = {}
    refreshes: dict[str, Grant] = {}
    sessions: dict[str, int] = {}
    """Browser cookie -> employee who is signed in to the portal's pages."""
    counts: dict[str, int] = {}
    """Token requests by grant type; ``refused``; ``at_portal``: sent to the wrong server."""
    server_domain: str = ""
    """What the redirect names as sign-in server; empty: the true one."""
    exchange_shape: Literal["documented", "full"] = "documented"
    """``full``: the exchange also answers ``expires`` and ``user_id``, as every refresh does."""
    error_status: int = 0
    """Status of the sign-in server's refusals; 0: the usual one. Some come with 200."""

    def count(self, name: str) -> None:
        """One more of these requests."""
        self.counts[name] = self.counts.get(name, 0) + 1

    def new_app(self, **fields: object) -> App:
        """Register an application; id and secret are made up unless given."""
        number = 5 + len(self.apps)
        usual: dict[str, object] = {
            "number": number,
            "client_id": f"local.{secrets.token_hex(7)}.{secrets.randbelow(10**8):08d}",
            "client_secret": secrets.token_urlsafe(36),
        }
        app = msgspec.convert({**usual, **fields}, App)
        self.apps[app.client_id] = app
        return app
