"""Times in other zones than the user's, also on portals that do not listen to a zone's name."""

from dataclasses import replace

from desktop.domain.errors import AppError, OutcomeUnknownError
from desktop.domain.event import Event
from desktop.domain.ids import RemoteId
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.calendar.calendar_rows import EVENTS, EventRow
from desktop.services.api.bitrix24.calendar.event_fields import Fields, changed_fields, when_fields
from desktop.services.api.bitrix24.calendar.wire_calendar import event_record
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.culture import zone_named
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.probes import NO, YES
from desktop.services.api.bitrix24.values import as_text

EVENT_ZONES = "event zones"
"""The probe's name: whether ``timezone_from`` of an event's times is heard."""


class ZonesWrite:
    """The name is sent; a portal that reads the time in another zone is told it in that one."""

    def __init__(self, client: Bitrix24Client, state: PortalState) -> None:
        self._client = client
        self._state = state

    async def fitted(self, fields: Fields, wish: Event, zone: str = "") -> Fields:
        """The fields with times that the portal will understand; ``zone``: the event's there."""
        if not self._foreign(wish) or await self._state.probes.find(EVENT_ZONES) != NO:
            return fields
        return fields | when_fields(_told_in(wish, zone or self._state.time_zone))

    async def settle(self, remote: RemoteId, wish: Event) -> None:
        """Looks whether a time was understood, until that is known; else tells it once more.

        Raises `OutcomeUnknownError` where that may not have arrived, and never anything that says
        that nothing was written.
        """
        if not self._foreign(wish) or await self._state.probes.find(EVENT_ZONES) is not None:
            return
        try:
            reply = await self._client.event_get(remote)
        except AppError:
            return  # it was carried out: only the look at it failed
        row = EVENTS.row(reply.result)
        now = None if row is None else event_record(row, self._state.calendar_context)
        if row is None or now is None or not isinstance(now.record, Event):
            return
        if now.record.when == wish.when:
            await self._state.probes.learn(EVENT_ZONES, YES)
            return
        await self._state.probes.learn(EVENT_ZONES, NO)
        try:
            await self._client.event_update(self._again(row, wish, now.record))
        except AppError:
            raise OutcomeUnknownError from None

    def _again(self, row: EventRow, wish: Event, now: Event) -> Fields:
        fields = changed_fields(row, now, now, now, None, self._state.user)
        return fields | when_fields(_told_in(wish, as_text(row.tz_from)))

    def _foreign(self, wish: Event) -> bool:
        return isinstance(wish.when, TimeSpan) and wish.time_zone != self._state.time_zone


def _told_in(wish: Event, zone: str) -> Event:
    return replace(wish, time_zone=zone) if zone_named(zone) is not None else wish
