"""A test's grip on the portal's applications, tokens and sign-in server."""

from typing import Any, Protocol

Row = dict[str, Any]


class _Asks(Protocol):
    def _ask(self, verb: str, /, **arguments: Any) -> Any: ...


class AppsControl:
    """Registers applications, hands out and ends their tokens, counts token requests."""

    def add_app(self: _Asks, redirect_uri: str = "", **fields: Any) -> Row:
        """A local application (``tests.servers.bitrix24.sign_in.App``).

        ``redirect_uri`` is its handler path, such as ``http://127.0.0.1:7000/``; empty: the login
        page shows the code. The answer has ``client_id``, ``client_secret`` and ``scopes``.
        """
        found: Row = self._ask("add_app", redirect_uri=redirect_uri, **fields)
        return found

    def change_app(self: _Asks, client_id: str, **changes: Any) -> Row:
        """``scopes``, ``installed``, ``allowed_users``, ``payment_expired``, ``redirect_uri``…"""
        found: Row = self._ask("change_app", client_id=client_id, **changes)
        return found

    def configure_sign_in(self: _Asks, **changes: Any) -> Row:
        """``member_id``, ``server_domain``, ``exchange_shape``, ``error_status`` (``SignIn``)."""
        found: Row = self._ask("configure_sign_in", **changes)
        return found

    def member_id(self: _Asks) -> str:
        """The portal's permanent id."""
        return str(self._ask("sign_in_state")["member_id"])

    def login_of(self: _Asks, user: int = 7) -> Row:
        """``login`` and ``password`` of the employee for the login page."""
        found: Row = self._ask("login_of", user=user)
        return found

    def issue_code(self: _Asks, client_id: str, portal_url: str, user: int = 7) -> str:
        """A code as the login page gives it; valid for 30 seconds, once."""
        return str(self._ask("issue_code", client_id=client_id, portal=portal_url, user=user))

    def issue_tokens(self: _Asks, client_id: str, portal_url: str, user: int = 7) -> Row:
        """A token pair in the form of a refresh's answer, without any sign-in."""
        found: Row = self._ask("issue_tokens", client_id=client_id, portal=portal_url, user=user)
        return found

    def tokens(self: _Asks, client_id: str) -> Row:
        """``access`` and ``refresh``: all tokens of the application that the portal knows."""
        found: Row = self._ask("tokens", client_id=client_id)
        return found

    def expire_access(self: _Asks, client_id: str) -> int:
        """Access tokens are over their hour (``expired_token``); how many there were."""
        return int(self._ask("expire_access", client_id=client_id))

    def expire_refresh(self: _Asks, client_id: str) -> None:
        """Refresh tokens are over their 180 days (``invalid_grant``)."""
        self._ask("expire_refresh", client_id=client_id)

    def revoke_tokens(self: _Asks, client_id: str) -> None:
        """Neither access (``NO_AUTH_FOUND``) nor refresh tokens (``invalid_grant``) are known."""
        self._ask("revoke_tokens", client_id=client_id)

    def refuse_tokens(self: _Asks, client_id: str, code: str) -> None:
        """Calls with the present access tokens get this error, such as ``invalid_token``."""
        self._ask("refuse_tokens", client_id=client_id, code=code)

    def token_requests(self: _Asks) -> dict[str, int]:
        """How many came, by ``grant_type``; ``refused``; ``at_portal``: a secret went astray."""
        found: dict[str, int] = self._ask("token_requests")
        return found
