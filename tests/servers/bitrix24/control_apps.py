"""The back door's part about applications, sign-in and tokens."""

from typing import Any

import msgspec

from .sign_in import App, SignIn
from .sign_in_pages import issue_code, password_of
from .token_server import issue_pair
from .values import Row
from .world import Credential, World


class AppControl:
    """Verbs that register applications and let their tokens live and die."""

    _world: World

    def add_app(self, **fields: Any) -> Row:
        """Register an application (``sign_in.App``); ``client_id``, ``client_secret`` and all."""
        app = self._world.sign_in.new_app(**fields)
        self._world.keep()
        return dict(msgspec.to_builtins(app))

    def change_app(self, client_id: str, **changes: Any) -> Row:
        """Edit the application's card; changed ``scopes`` hold for its living tokens at once."""
        kept = {**msgspec.to_builtins(self._world.sign_in.apps[client_id]), **changes}
        self._world.sign_in.apps[client_id] = msgspec.convert(kept, App)
        if {"version", "installed"} & set(changes):
            bindings = self._world.bindings
            for number, row in list(bindings.rows.items()):
                if row["client_id"] == client_id:
                    bindings.remove(number)  # they vanish with every update or removal
        self._world.keep()
        return kept

    def sign_in_state(self) -> Row:
        """``member_id``, counts and settings of the sign-in server, without the secrets."""
        told: Row = msgspec.to_builtins(self._world.sign_in)
        for secret in ("codes", "refreshes", "sessions", "apps"):
            told.pop(secret)
        return told

    def configure_sign_in(self, **changes: Any) -> Row:
        """Change ``member_id``, ``server_domain``, ``exchange_shape`` or ``error_status``."""
        kept = {**msgspec.to_builtins(self._world.sign_in), **changes}
        self._world.sign_in = msgspec.convert(kept, SignIn)
        self._world.keep()
        return self.sign_in_state()

    def login_of(self, user: int) -> Row:
        """What the employee types into the login page."""
        return {"login": f"user{user}", "password": password_of(user)}

    def issue_code(self, client_id: str, portal: str, user: int = 7) -> str:
        """A code as the login page would give it, for exchange at once."""
        return issue_code(self._world, self._world.sign_in.apps[client_id], user, portal)

    def issue_tokens(self, client_id: str, portal: str, user: int = 7) -> Row:
        """A token pair without any sign-in, as a refresh answers it."""
        return issue_pair(self._world, self._world.sign_in.apps[client_id], user, portal)

    def tokens(self, client_id: str) -> Row:
        """The access tokens (with expiry and employee) and refresh tokens that exist."""
        access = [msgspec.to_builtins(c) for c in self._of(client_id)]
        grants = self._world.sign_in.refreshes.items()
        refresh = [
            {"token": token, **msgspec.to_builtins(grant)}
            for token, grant in grants
            if grant.client_id == client_id
        ]
        return {"access": access, "refresh": refresh}

    def expire_access(self, client_id: str) -> int:
        """All access tokens of the application are over their hour; how many."""
        found = self._of(client_id)
        for credential in found:
            credential.expires_at = self._world.clock.now() - 1
        self._world.keep()
        return len(found)

    def expire_refresh(self, client_id: str) -> None:
        """All refresh tokens of the application are over their 180 days."""
        for grant in self._world.sign_in.refreshes.values():
            if grant.client_id == client_id:
                grant.expires_at = self._world.clock.now() - 1
        self._world.keep()

    def revoke_tokens(self, client_id: str) -> None:
        """No token of the application is known any more, access or refresh."""
        world = self._world
        world.credentials = [c for c in world.credentials if c.client_id != client_id]
        kept = world.sign_in.refreshes
        world.sign_in.refreshes = {t: g for t, g in kept.items() if g.client_id != client_id}
        world.keep()

    def refuse_tokens(self, client_id: str, code: str) -> None:
        """Calls with the application's present access tokens get this system error."""
        for credential in self._of(client_id):
            credential.refusal = code
        self._world.keep()

    def token_requests(self) -> Row:
        """Requests to the token endpoint by ``grant_type``; ``refused``; ``at_portal``."""
        return dict(self._world.sign_in.counts)

    def _of(self, client_id: str) -> list[Credential]:
        return [c for c in self._world.credentials if c.client_id == client_id]
