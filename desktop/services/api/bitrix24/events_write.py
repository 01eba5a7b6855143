"""Events of the user's calendar: added, changed as a whole, deleted, and found by their marker."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop.domain.errors import AppError, OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event
from desktop.domain.ids import OpId, RemoteId
from desktop.domain.sync import OutboxEntry, RemoteRecord
from desktop.services.api.bitrix24.calendar_rows import EVENTS, EventRow
from desktop.services.api.bitrix24.calendar_times import culture_of, is_series
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.event_fields import changed_fields, new_fields
from desktop.services.api.bitrix24.markers import marker_line, split_marker
from desktop.services.api.bitrix24.people import PeopleLookup
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.values import as_id
from desktop.services.api.bitrix24.wire import each
from desktop.services.api.bitrix24.wire_calendar import description_of, event_record

BEFORE = timedelta(days=31)
AFTER = timedelta(days=92)
_LONGEST_WINDOW = timedelta(days=120)


class EventsWrite:
    """The calendar events of one account, one at a time. Nothing here repeats a request.

    Series are not written: the portal changes and deletes them as a whole.
    """

    def __init__(
        self,
        client: Bitrix24Client,
        state: PortalState,
        people: PeopleLookup,
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._state = state
        self._people = people
        self._clock = clock

    async def create(self, wish: Event, op: OpId) -> RemoteId:
        """Adds an event whose description ends in the op's marker line."""
        if wish.recurring:
            raise RefusedError(Refusal.UNSUPPORTED, subject="series")
        await self._client.warm_up()
        fields = new_fields(wish, str(self._state.user), await self._links(wish), marker_line(op))
        return RemoteId(await self._client.event_add(fields))

    async def update(self, remote: RemoteId, wish: Event, base: Event | None) -> None:
        """Sends the complete event again, because what is left out is lost: changed fields from
        the wish, everything else as it stands on the portal now.
        """
        row = await self._row(remote)
        if row is None:
            raise RefusedError(Refusal.NOT_FOUND, method="calendar.event.update")
        if is_series(row) or as_id(row.recurrence_id) or wish.recurring:
            raise RefusedError(Refusal.UNSUPPORTED, subject="series")
        self._learn(row)
        now = event_record(row, self._state.calendar_context)
        if now is None or not isinstance(now.record, Event):
            raise OutcomeUnknownError
        links = None
        if base is None or wish.contacts != base.contacts:
            links = await self._links(wish)
        fields = changed_fields(
            row, wish, base if base is not None else now.record, now.record, links
        )
        await self._client.event_update(fields | {"ownerId": int(self._state.user)})

    async def delete(self, remote: RemoteId, base: Event | None) -> None:
        """Deletes a single event; already gone is done. A series would go as a whole."""
        if base is None or base.recurring:
            row = await self._row(remote)
            if row is None:
                return
            if is_series(row):
                raise RefusedError(Refusal.UNSUPPORTED, subject="series")
        try:
            await self._client.event_delete(remote)
        except RefusedError as error:
            # "An error occurred while deleting the event" may mean anything.
            if error.reason not in (Refusal.INVALID, Refusal.NOT_FOUND):
                raise
            if await self._still_there(remote, error):
                raise

    async def fetch(self, remote: RemoteId) -> RemoteRecord | None:
        """The event now, of a series the master; None where it is gone."""
        row = await self._row(remote)
        if row is None:
            return None
        self._learn(row)
        return event_record(row, self._state.calendar_context)

    async def look_up(self, entry: OutboxEntry) -> tuple[RemoteRecord, ...]:
        """The user's own events that end in this op's marker line, the oldest first."""
        line = marker_line(entry.op_id)
        found: dict[str, EventRow] = {}
        for start, end in _windows(self._search(entry)):
            reply = await self._client.call(
                "calendar.event.get",
                {
                    "type": "user",
                    "ownerId": int(self._state.user),
                    "from": start.date().isoformat(),
                    "to": end.date().isoformat(),
                },
            )
            for row in EVENTS.rows(reply.result):
                own = as_id(row.parent_id) in ("", as_id(row.id))
                if own and split_marker(description_of(row))[1] == line:
                    found[as_id(row.id)] = row
        context = self._state.calendar_context
        records = each(found.values(), lambda row: event_record(row, context), "event")
        ordered = sorted(records, key=lambda record: int(record.remote_id))
        return tuple(replace(record, marker=entry.op_id) for record in ordered)

    async def _row(self, remote: RemoteId) -> EventRow | None:
        reply = await self._client.event_get(remote)
        if bytes(reply.result).strip() in (b"null", b"false", b"[]"):
            return None
        row = EVENTS.row(reply.result)
        if row is None or as_id(row.id) != remote:
            raise OutcomeUnknownError
        return row

    async def _still_there(self, remote: RemoteId, error: RefusedError) -> bool:
        try:
            return await self._row(remote) is not None
        except AppError:
            raise error from None

    async def _links(self, wish: Event) -> list[str]:
        """The CRM links; a contact that the portal does not have yet cannot be linked."""
        links = []
        for contact in wish.contacts:
            remote = await self._people.remote_id(contact)
            if remote is None:
                raise RefusedError(Refusal.NOT_FOUND, subject="owner")
            links.append(f"C_{remote}")
        return links

    def _learn(self, row: EventRow) -> None:
        state = self._state
        state.culture = culture_of([row], state.zone, state.culture)

    def _search(self, entry: OutboxEntry) -> tuple[datetime, datetime]:
        now = self._clock().astimezone(UTC)
        start = now
        if isinstance(entry.wish, Event):
            start = entry.wish.when.in_zone(self._state.zone).start.astimezone(UTC)
        return min(start, now) - BEFORE, max(start, now) + AFTER


def _windows(span: tuple[datetime, datetime]) -> list[tuple[datetime, datetime]]:
    start, end = span
    parts = []
    while start < end:
        until = min(end, start + _LONGEST_WINDOW)
        parts.append((start, until))
        start = until
    return parts
