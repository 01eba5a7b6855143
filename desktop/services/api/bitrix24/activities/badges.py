"""The badge that a contact's or deal's kanban card wears while a booked meeting is open."""

from desktop.domain.errors import AppError, Refusal, RefusedError
from desktop.services.api.bitrix24.activities.layout.parts import TagType
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.probes import NO, YES

CODE = "parley_meeting"
TITLE, VALUE, TYPE = "Parley", "Meeting booked", TagType.PRIMARY

_PROBE = "card badge"


class Badges:
    """Asked for once a week; only an administrator of the CRM can make one, for everybody."""

    def __init__(self, client: Bitrix24Client, state: PortalState) -> None:
        self._client = client
        self._state = state

    async def code(self) -> str:
        """What a card names its badge by; empty where there is none. Never fails a booking."""
        try:
            return CODE if await self._state.probes.ask(_PROBE, self._look) == YES else ""
        except AppError:
            return ""

    async def forget(self) -> None:
        """The portal does not know the badge any more."""
        await self._state.probes.learn(_PROBE, NO)

    async def _look(self) -> str:
        try:
            await self._client.call("crm.activity.badge.get", {"code": CODE})
        except RefusedError as error:
            if error.reason is Refusal.NOT_FOUND:
                return await self._make()
            return await self._settled(error)
        return YES

    async def _make(self) -> str:
        badge = {"code": CODE, "title": TITLE, "value": VALUE, "type": TYPE.value}
        try:
            await self._client.call("crm.activity.badge.add", badge)
        except RefusedError as error:
            return await self._settled(error)
        return YES

    async def _settled(self, error: RefusedError) -> str:
        """No is remembered where the portal says so for good; what will pass is asked again."""
        if error.reason in (Refusal.BUSY, Refusal.METHOD_BUSY, Refusal.SIGN_IN, Refusal.STOPPED):
            raise error
        return NO
