"""The user's own answer to an invitation: asked for and given, by the number of the own copy."""

import msgspec

from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.values import as_text

GET, SET = "calendar.meeting.status.get", "calendar.meeting.status.set"


class Answers:
    """Invitations of the signed-in user; nobody answers for a colleague."""

    def __init__(self, client: Bitrix24Client) -> None:
        self._client = client

    async def give(self, event: str, letter: str, *, ask: bool = False) -> None:
        """Answers "Y", "N" or "Q" for the user's copy ``event``, which must have a number.

        With ``ask`` an answer that is there already is not given again. Raises `RefusedError`
        (NOT_FOUND) where the user is not invited.
        """
        if not event:
            raise RefusedError(Refusal.NOT_FOUND, method=SET, subject="invitation")
        if ask and await self.given(event) == letter:
            return
        await self._client.status_set(event, letter)

    async def given(self, event: str) -> str:
        """The answer that the portal has: "Y", "N", "Q", of the organizer "H"."""
        reply = await self._client.call(GET, {"eventId": int(event)})
        try:
            return as_text(msgspec.json.decode(reply.result)).upper()
        except msgspec.DecodeError:
            raise OutcomeUnknownError from None
