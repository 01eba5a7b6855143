"""BrowserWait: one question to the portal's sign-in page, and the one answer that counts."""

import asyncio
import secrets
from collections.abc import Callable

from desktop.domain.errors import InvalidInputError, SignInError, SignInProblem
from desktop.services.api.bitrix24.signing_in.oauth_answer import (
    PortalAnswer,
    answer_in,
    answer_pasted,
    believe,
)
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey
from desktop.services.api.bitrix24.signing_in.portal_address import PortalAddress
from desktop.services.api.loopback import LoopbackDoor, Pages

LIFE_S = 300.0
"""How long a sign-in stays open: its state is worth nothing afterwards."""


class BrowserWait:
    """Waits for the answer, brought by the browser or pasted by hand; the first one ends it.

    Nothing is listening before `open` and after `close`.
    """

    def __init__(
        self,
        portal: PortalAddress,
        key: AppKey,
        pages: Pages,
        *,
        life_s: float = LIFE_S,
        arrived: Callable[[], None] | None = None,
    ) -> None:
        self.portal = portal
        self.key = key
        self._state = secrets.token_urlsafe(24)
        self._life_s = life_s
        self._arrived = arrived
        self._door = LoopbackDoor(key.port, pages, self._take)
        self._brought = False
        self._outcome: asyncio.Future[PortalAnswer] = asyncio.get_running_loop().create_future()

    @property
    def url(self) -> str:
        """The page that the browser has to open. It holds no secret."""
        return self.portal.authorize_url(self.key.client_id, self._state)

    @property
    def came_by_itself(self) -> bool:
        """Whether the browser has brought the answer, and nobody had to paste it."""
        return self._brought

    @property
    def listening(self) -> bool:
        """Whether the browser can bring the answer; else it has to be pasted."""
        return self._door.port != 0

    async def open(self) -> InvalidInputError | None:
        """Begins to listen; gives what is wrong with the port, which leaves the other way."""
        try:
            await self._door.open()
        except InvalidInputError as taken:
            return taken
        return None

    async def answer(self) -> PortalAnswer:
        """The answer that was believed.

        Raises `SignInError`: TIMED_OUT where none came, or why the one that came is none.
        """
        try:
            async with asyncio.timeout(self._life_s):
                return await self._outcome
        except TimeoutError:
            raise SignInError(SignInProblem.TIMED_OUT) from None
        finally:
            await self.close()

    def paste(self, text: str) -> None:
        """Takes the address that the browser shows, or the code on the page.

        Raises `InvalidInputError` where there is no code in it, and `SignInError` (OTHER_STATE)
        where it belongs to another sign-in: this one goes on.
        """
        answer = answer_pasted(text)
        if not self._settle(answer):
            raise SignInError(SignInProblem.OTHER_STATE)

    async def close(self) -> None:
        """Nothing listens any more, and no answer counts."""
        if not self._outcome.cancel() and not self._outcome.cancelled():
            self._outcome.exception()  # whoever waited has left: it is nobody's error any more
        await self._door.close()

    def _take(self, query: str) -> bool:
        """What the browser brings; anything that was not asked for ends nothing."""
        answer = answer_in(query)
        if answer is None or not self._settle(answer):
            return False
        self._brought = True
        return self._outcome.exception() is None

    def _settle(self, answer: PortalAnswer) -> bool:
        """Whether this is the answer waited for, be it a yes or a no: its state is used up."""
        if self._outcome.done():
            return False
        try:
            believe(answer, self.portal, self._state)
        except SignInError as error:
            if error.problem is SignInProblem.OTHER_STATE:
                return False
            self._outcome.set_exception(error)
        else:
            self._outcome.set_result(answer)
        if self._arrived is not None:
            self._arrived()
        return True
