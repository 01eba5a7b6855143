"""Meeting rooms: booked by an event whose place is one."""

from desktop.domain.errors import AppError
from desktop.services.api.bitrix24.calendar.calendar_rows import SECTIONS
from desktop.services.api.bitrix24.calendar.event_fields import Fields
from desktop.services.api.bitrix24.calendar.places import ALL_ROOMS
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.plain import one_line
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.values import as_id, as_text


class RoomsWrite:
    """Finds the room that a place names; other places are told as they were typed."""

    def __init__(self, client: Bitrix24Client, state: PortalState) -> None:
        self._client = client
        self._state = state

    async def booked(self, fields: Fields) -> Fields:
        """The fields with the room's code for its name; the portal keeps the room then."""
        place = as_text(fields.get("location")).strip()
        if not place:
            return fields
        if self._state.shared_at is None and not self._state.rooms:
            await self._read()
        folded = place.casefold()
        rooms = self._state.rooms.items()
        number = next((one for one, name in rooms if name.casefold() == folded), None)
        return fields if number is None else fields | {"location": f"calendar_{number}"}

    async def _read(self) -> None:
        """Before the first window: nothing is written wrongly for a question that was not asked."""
        try:
            reply = await self._client.call("calendar.section.get", ALL_ROOMS.params)
        except AppError:
            return  # it is a text then, as on a portal without rooms
        self._state.rooms = {
            as_id(row.id): one_line(as_text(row.name))
            for row in SECTIONS.rows(reply.result)
            if as_id(row.id)
        }
