"""The user's own calendars on a portal: made, changed, deleted."""

from desktop.domain.calendar_edit import CalendarEdit
from desktop.domain.errors import Refusal, RefusedError
from desktop.domain.sync import Verb
from desktop.services.api.bitrix24.calendar.places import USER, Place
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.wire import section_of, user_number

_METHODS = {
    Verb.CREATE: "calendar.section.add",
    Verb.UPDATE: "calendar.section.update",
    Verb.DELETE: "calendar.section.delete",
}


class SectionsWrite:
    """One request for each; nothing here is repeated."""

    def __init__(self, client: Bitrix24Client, state: PortalState) -> None:
        self._client = client
        self._state = state

    async def carry_out(self, edit: CalendarEdit) -> None:
        """Raises `RefusedError` where the portal does not allow it."""
        method = _METHODS[edit.verb]
        fields = Place(USER, user_number(self._state.user) or 0).fields
        if edit.verb is not Verb.CREATE:
            number = None if edit.calendar_id is None else section_of(edit.calendar_id)
            if number is None:
                raise RefusedError(Refusal.NOT_FOUND, method=method, subject="calendar")
            fields["id"] = number
        if edit.verb is not Verb.DELETE:
            fields |= {"name": edit.name.strip(), "color": edit.color}
        await self._client.warm_up()
        await self._client.call(method, fields)
