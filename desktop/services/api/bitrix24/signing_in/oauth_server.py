"""The sign-in server: codes and refresh tokens in, token pairs out. Never the portal itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import msgspec

from desktop.domain.errors import (
    OfflineError,
    OutcomeUnknownError,
    Refusal,
    RefusedError,
    SignInError,
    SignInProblem,
)
from desktop.services.api.bitrix24.links import host_of
from desktop.services.api.bitrix24.refusals import error_of
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey, TokenPair, pair_of
from desktop.services.api.bitrix24.values import as_text
from desktop.services.api.http import JsonHttp

VENDOR_SERVERS: Final = ("https://oauth.bitrix.info", "https://oauth.bitrix24.tech")
"""The vendor's own; its documentation names one in English and the other in Russian."""
_VENDOR_DOMAINS = ("bitrix.info", "bitrix24.tech")
_METHOD = "oauth.token"

_DECODER = msgspec.json.Decoder(dict[str, Any])


@dataclass(frozen=True, slots=True)
class Told:
    """An answer of the sign-in server: a pair, or an error's code and text."""

    pair: TokenPair | None
    code: str = ""
    text: str = ""
    status: int = 0


class SignInServer:
    """Speaks with the sign-in server named ``default``, or another one of the same owner.

    A server of one's own stands alone; the vendor's may answer for each other.
    """

    def __init__(self, http: JsonHttp, default: str) -> None:
        self._http = http
        self._default = default.rstrip("/")

    def server_for(self, domain: str) -> str:
        """The server to go on with: the one that the portal names, if it may be believed.

        Raises `SignInError` (STRANGE_SERVER): the secret goes to nobody else.
        """
        if not domain:
            return self._default
        named = f"https://{domain.strip().lower()}"
        if named == self._default or (self._is_vendors and _of_vendor(named)):
            return named
        raise SignInError(SignInProblem.STRANGE_SERVER, subject=host_of(named))

    async def exchange(self, key: AppKey, code: str, server: str) -> TokenPair:
        """The pair for a code, which lives for 30 seconds.

        Raises `SignInError`, `RefusedError`, `OfflineError` and `OutcomeUnknownError`.
        """
        told = await self._ask(server, key, {"grant_type": "authorization_code", "code": code})
        if told.pair is not None:
            return told.pair
        problem = _PROBLEMS.get(told.code.lower())
        if problem is not None:
            raise SignInError(problem, code=told.code, text=told.text)
        raise error_of(told.code, told.text, method=_METHOD, http_status=told.status)

    async def refresh(self, key: AppKey, pair: TokenPair) -> TokenPair:
        """The pair that replaces ``pair``.

        Raises `RefusedError`: SIGN_IN where only the user can help. Everything that leaves the
        answer open is `OfflineError`: whatever waits for the pair has certainly not been sent.
        """
        try:
            server = self.server_for(urlsplit(pair.server).netloc)
        except SignInError as strange:
            raise RefusedError(Refusal.SIGN_IN, code=strange.problem.value) from None
        asked = {"grant_type": "refresh_token", "refresh_token": pair.refresh}
        try:
            told = await self._ask(server, key, asked)
        except OutcomeUnknownError:
            raise OfflineError from None
        if told.pair is not None:
            return told.pair
        error = error_of(told.code, told.text, method=_METHOD, http_status=told.status)
        if not isinstance(error, RefusedError):
            raise OfflineError
        if error.reason not in (Refusal.BUSY, Refusal.STOPPED, Refusal.OUR_BUG):
            error.reason = Refusal.SIGN_IN
        raise error

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    @property
    def _is_vendors(self) -> bool:
        return _of_vendor(self._default)

    async def _ask(self, server: str, key: AppKey, asked: Mapping[str, str]) -> Told:
        """One question; where nothing could be sent, the vendor's other server is asked."""
        tried = [server]
        if server in VENDOR_SERVERS:
            tried += [other for other in VENDOR_SERVERS if other != server]
        failure = OfflineError()
        for address in tried:
            try:
                return await self._ask_one(address, key, asked)
            except OfflineError as error:
                failure = error
        raise failure

    async def _ask_one(self, server: str, key: AppKey, asked: Mapping[str, str]) -> Told:
        # The vendor documents GET for it; nothing on our side keeps or logs the address.
        query = urlencode({**asked, "client_id": key.client_id, "client_secret": key.client_secret})
        answer = await self._http.get(f"{server}/oauth/token/?{query}", _DECODER.decode)
        told = answer.value
        if "error" in told:  # also with status 200
            code = as_text(told["error"])
            return Told(None, code, as_text(told.get("error_description")), answer.status)
        pair = pair_of(told, server)
        if pair is None:
            raise OutcomeUnknownError(answer.status)
        return Told(pair)


_PROBLEMS = {
    "invalid_grant": SignInProblem.CODE_EXPIRED,
    "expired_token": SignInProblem.CODE_EXPIRED,
    "invalid_client": SignInProblem.WRONG_APPLICATION,
    "wrong_client": SignInProblem.WRONG_APPLICATION,
    "application_not_found": SignInProblem.WRONG_APPLICATION,
    "error_oauth": SignInProblem.WRONG_APPLICATION,
    "invalid_scope": SignInProblem.NO_SCOPES,
    "insufficient_scope": SignInProblem.NO_SCOPES,
    "payment_required": SignInProblem.NOT_PAID,
    "user_access_error": SignInProblem.NOT_ALLOWED,
    "access_denied": SignInProblem.NOT_ALLOWED,
}


def _of_vendor(address: str) -> bool:
    """Whether it is one of the vendor's servers, at the usual port."""
    host = host_of(address)
    if not host or urlsplit(address).netloc != host:
        return False
    return any(host == name or host.endswith(f".{name}") for name in _VENDOR_DOMAINS)
