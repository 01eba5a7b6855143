"""AppAccess: calls of an application, with a token that is renewed when the portal says so."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from desktop.domain.errors import (
    IdentityChangedError,
    KeyringError,
    KeyringState,
    OfflineError,
    RefusedError,
)
from desktop.services.api.bitrix24.signing_in.access import Call, Fields
from desktop.services.api.bitrix24.signing_in.oauth_server import SignInServer
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey, Generation, TokenPair
from desktop.services.api.bitrix24.signing_in.portal_address import PortalAddress
from desktop.services.api.bitrix24.signing_in.tokens import TokenKeeper

_REPLACED = frozenset({"invalid_grant", "expired_token", "invalid_token"})
_RENEWED_BY = frozenset({"EXPIRED_TOKEN", "INVALID_TOKEN"})

_log = logging.getLogger(__name__)


class AppAccess:
    """One user's tokens for one portal.

    The pair is renewed when the portal calls it expired (or, once, invalid), never by time; all
    calls that find it so wait for one renewal. ``member_id`` names the portal that the account
    was made for: a pair of another one is not used.
    """

    application = True

    def __init__(
        self,
        portal: PortalAddress,
        key: AppKey,
        keeper: TokenKeeper,
        server: SignInServer,
        clock: Callable[[], datetime],
        *,
        member_id: str = "",
    ) -> None:
        self._portal = portal
        self._key = key
        self._keeper = keeper
        self._server = server
        self._clock = clock
        self._member_id = member_id
        self._lock = asyncio.Lock()
        self._known: list[Generation] | None = None
        """Generations that may still work, the one in use first."""
        self._unkept: TokenPair | None = None
        """A new pair that the keyring has not taken yet: it must not be used before."""
        self._unproven = False
        """The pair in use was made here, and has not been let in once."""
        self._settled = False

    @property
    def host(self) -> str:
        """Host and port of the portal."""
        return self._portal.host

    async def open(self) -> None:
        """Reads the tokens. Raises `KeyringError`: EMPTY where there are none."""
        async with self._lock:
            await self._generations()

    async def call(self, method: str, params: Fields) -> Call:
        """The request for ``method``; the token stands in its body, never in its address."""
        pair = await self._pair()
        return Call(self._portal.url(method), {**params, "auth": pair.access}, pair.access)

    async def renew(self, refused: Call, error: RefusedError) -> bool:
        """Renews the pair that ``refused`` went in by, unless somebody else has just done so.

        Raises `RefusedError` (SIGN_IN) where only the user can help, `OfflineError` where the
        sign-in server or the keyring cannot be reached: the call was certainly not carried out.
        """
        if error.code.upper() not in _RENEWED_BY:
            return False
        async with self._lock:
            if self._unkept is None:
                current = (await self._generations())[0].pair
                if current.access != refused.proof:
                    return True
                if self._unproven:
                    return False  # a new pair that is not let in either: no loop
                await self._renew()
            await self._keep_new()
        return True

    async def worked(self, call: Call) -> None:
        """The pair was let in: the one before it goes."""
        if self._settled:
            return
        async with self._lock:
            known = await self._generations()
            if self._unkept is not None or known[0].pair.access != call.proof:
                return
            try:
                await self._keeper.settle(known[0].pair)
            except KeyringError:
                return  # it stays, and is tried again with the next answer
            self._known, self._unproven, self._settled = known[:1], False, True

    async def check_home(self) -> str:
        """The portal's address as the sign-in server knows it now, by one renewal.

        Asks nothing of the portal. For a portal that says it has moved, once the user has
        confirmed the new address. Raises what `renew` raises, and `IdentityChangedError`.
        """
        async with self._lock:
            await self._generations()
            if self._unkept is None:
                await self._renew()
            await self._keep_new()
            return (await self._generations())[0].pair.endpoint

    async def aclose(self) -> None:
        """Closes the connections to the sign-in server."""
        await self._server.aclose()

    async def _pair(self) -> TokenPair:
        if self._unkept is None and self._known is not None:
            return self._known[0].pair
        async with self._lock:
            await self._keep_new()
            return (await self._generations())[0].pair

    async def _generations(self) -> list[Generation]:
        if self._known is None:
            found = await self._keeper.load()
            if not found:
                raise KeyringError(KeyringState.EMPTY)
            self._known = list(found)
            self._settled = len(found) == 1
        return self._known

    async def _renew(self) -> None:
        """Asks for a new pair; where the newest was replaced already, by the one before it."""
        known = await self._generations()
        while True:
            try:
                pair = await self._server.refresh(self._key, known[0].pair)
            except RefusedError as error:
                if error.code.lower() not in _REPLACED or len(known) == 1:
                    raise
                del known[0]
                continue
            if self._member_id and pair.member_id and pair.member_id != self._member_id:
                raise IdentityChangedError
            _log.info("signed in anew as an application")
            self._unkept = pair
            return

    async def _keep_new(self) -> None:
        if self._unkept is None:
            return
        pair = self._unkept
        try:
            await self._keeper.keep(pair, self._clock())
        except KeyringError:
            _log.info("the keyring did not take the new sign-in; nothing is sent before it does")
            raise OfflineError from None
        self._known = [Generation(0, pair), *(await self._generations())[:1]]
        self._unkept, self._unproven, self._settled = None, True, False
