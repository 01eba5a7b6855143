"""Parts of a series: one occurrence, or it and the following, made an event of their own."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC
from typing import NoReturn

import msgspec

from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event
from desktop.domain.ids import OpId, RecordKind, RemoteId, server_uid
from desktop.domain.occurrences import original_day
from desktop.domain.reach import occurrence_on
from desktop.domain.repeating import first_day, storable, zone_or_utc
from desktop.domain.sync import Scope, SeriesPart
from desktop.domain.timespan import TimeSpan, When
from desktop.services.api.bitrix24.calendar.calendar_rows import EventRow
from desktop.services.api.bitrix24.calendar.calendar_times import is_series
from desktop.services.api.bitrix24.calendar.event_fields import Fields, changed_fields, when_fields
from desktop.services.api.bitrix24.calendar.wire_calendar import description_of, event_record
from desktop.services.api.bitrix24.calendar.wire_recurrence import ONCE, rule_fields
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.markers import marker_line, split_marker, with_marker
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.probes import NO, YES
from desktop.services.api.bitrix24.values import as_id, as_text

SERIES_PARTS = "series parts"
"""The probe's name: whether ``calendar.event.update`` knows ``recurrence_mode``."""
UPDATE = "calendar.event.update"

Links = Callable[[Event], Awaitable[list[str]]]


def series_number(master: Event) -> RemoteId | None:
    """The portal's number of a series, told in the server's ids; None for one that it lacks."""
    head = server_uid(master.account_id, RecordKind.EVENT, RemoteId(""))
    return RemoteId(master.id.removeprefix(head)) if master.id.startswith(head) else None


class SeriesWrite:
    """Splits series. A portal older than calendar 24.500.0 changes the whole series instead: its
    answer is a number then, the series is put back, and nothing of the kind is tried again.
    """

    def __init__(self, client: Bitrix24Client, state: PortalState, links: Links) -> None:
        self._client = client
        self._state = state
        self._links = links

    async def split(self, row: EventRow | None, wish: Event, scope: Scope, op: OpId) -> RemoteId:
        """Makes ``wish`` of a part of the series whose present copy is ``row``; the new id."""
        now = None if row is None else event_record(row, self._state.calendar_context)
        if row is None or now is None or not isinstance(now.record, Event):
            raise RefusedError(Refusal.NOT_FOUND, method=UPDATE, subject="series")
        spoilt = split_marker(description_of(row))[1] == marker_line(op)
        if spoilt:  # by an earlier try, whose answer was lost
            await self._give_back(await self._as_known(row, now.record, scope))
        if not is_series(row):
            raise RefusedError(Refusal.NOT_FOUND, method=UPDATE, subject="series")
        if await self._state.probes.find(SERIES_PARTS) == NO:
            raise RefusedError(Refusal.UNSUPPORTED, method=UPDATE, subject=SERIES_PARTS)
        wish = _brought_up(wish, scope, now.record)
        as_it_is = changed_fields(row, now.record, now.record, now.record, None, self._state.user)
        made = await self._send(await self._part(row, wish, scope, now.record, op))
        if made is None:
            await self._give_back(as_it_is)
        await self._state.probes.learn(SERIES_PARTS, YES)
        return made

    async def _give_back(self, fields: Fields) -> NoReturn:
        """Puts the series back that the portal has changed as a whole."""
        await self._state.probes.learn(SERIES_PARTS, NO)
        await self._client.event_update(fields)
        raise RefusedError(Refusal.UNSUPPORTED, method=UPDATE, subject=SERIES_PARTS)

    async def _part(self, row: EventRow, wish: Event, scope: Scope, now: Event, op: OpId) -> Fields:
        """Everything about the new event, and from which occurrence on it is one."""
        following = scope.part is SeriesPart.NEXT
        links = None
        if wish.contacts != scope.master.contacts:
            links = await self._links(wish)
        whole = wish if following else replace(wish, recurrence=None)
        fields = changed_fields(row, whole, scope.master, now, links, self._state.user)
        fields |= when_fields(wish)
        fields.pop("rrule", None)
        text, _marker = split_marker(
            wish.description
            if wish.description != scope.master.description
            else as_text(row.raw_description) or description_of(row)
        )
        fields |= {
            "description": with_marker(text, marker_line(op)),
            "recurrence_mode": scope.part.value,
            "current_date_from": original_day(scope.master, scope.original_start).isoformat(),
        }
        if following:
            fields["rrule"] = rule_fields(wish) or dict(ONCE)
        return fields

    async def _send(self, fields: Fields) -> RemoteId | None:
        """The id of the new event; None where the portal has changed the series itself."""
        reply = await self._client.call(UPDATE, fields)
        try:
            told = msgspec.json.decode(reply.result)
        except msgspec.DecodeError:
            raise OutcomeUnknownError from None
        if isinstance(told, dict):
            made = as_id(told.get("recEventId"))
            if not made:
                raise OutcomeUnknownError
            return RemoteId(made)
        if as_id(told):
            return None
        raise OutcomeUnknownError

    async def _as_known(self, row: EventRow, now: Event, scope: Scope) -> Fields:
        """The series as it stood when the user looked at it."""
        master = scope.master
        links = await self._links(master)
        fields = changed_fields(row, master, now, now, links, self._state.user)
        fields |= when_fields(master)
        return fields | {"description": master.description, "rrule": rule_fields(master)}


def _brought_up(wish: Event, scope: Scope, now: Event) -> Event:
    """The wish where somebody has moved the series meanwhile: what was not moved here moves along.

    Raises `RefusedError` where the occurrence is not part of the series any more: it was taken
    out, changed alone or cut off, and to cut it out again would make a second one.
    """
    seen = occurrence_on(scope.master, scope.original_start)
    found = occurrence_on(now, scope.original_start)
    if found is None and _as_we_expand(now):
        raise RefusedError(Refusal.NOT_FOUND, method=UPDATE, subject="occurrence")
    if found is None or seen is None or _utc(wish.when) != _utc(seen.when):
        return wish
    return replace(wish, when=found.when, time_zone=now.time_zone)


def _as_we_expand(series: Event) -> bool:
    """Whether the portal's series has the days that we think; its own months may roll over."""
    if series.recurrence is None:
        return False
    return storable(series.recurrence, first_day(series.when, zone_or_utc(series.time_zone)))


def _utc(when: When) -> When:
    return when.in_zone(UTC) if isinstance(when, TimeSpan) else when
