"""Events of the user's calendar: added, changed as a whole, deleted, and found by their marker."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop.domain.errors import AppError, OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event
from desktop.domain.ids import CalendarId, OpId, RemoteId
from desktop.domain.sync import OutboxEntry, RemoteRecord, Scope
from desktop.services.api.bitrix24.calendar.answers import Answers
from desktop.services.api.bitrix24.calendar.calendar_rows import EVENTS, EventRow
from desktop.services.api.bitrix24.calendar.calendar_times import culture_of, is_series
from desktop.services.api.bitrix24.calendar.event_fields import changed_fields, new_fields
from desktop.services.api.bitrix24.calendar.invited import letter_of, own_copy
from desktop.services.api.bitrix24.calendar.places import home_of
from desktop.services.api.bitrix24.calendar.rooms_write import RoomsWrite
from desktop.services.api.bitrix24.calendar.series_write import UPDATE, SeriesWrite, series_number
from desktop.services.api.bitrix24.calendar.wire_calendar import description_of, event_record
from desktop.services.api.bitrix24.calendar.zones_write import ZonesWrite
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.markers import marker_line, split_marker
from desktop.services.api.bitrix24.people import PeopleLookup
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.values import as_id, as_text
from desktop.services.api.bitrix24.wire import each

BEFORE = timedelta(days=31)
AFTER = timedelta(days=92)
_LONGEST_WINDOW = timedelta(days=120)


class EventsWrite:
    """The calendar events of one account, one at a time. Nothing here repeats a request.

    A series is changed and deleted as a whole; see `SeriesWrite` for parts of it.
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
        self._series = SeriesWrite(client, state, self._links)
        self._answers = Answers(client)
        self._zones = ZonesWrite(client, state)
        self._rooms = RoomsWrite(client, state)

    async def create(self, wish: Event, op: OpId) -> RemoteId:
        """Adds an event whose description ends in the op's marker line."""
        await self._client.warm_up()
        fields = new_fields(wish, str(self._state.user), await self._links(wish), marker_line(op))
        fields = await self._rooms.booked(await self._zones.fitted(fields, wish))
        made = RemoteId(await self._client.event_add(fields))
        await self._zones.settle(made, wish)
        return made

    async def split(self, wish: Event, scope: Scope, op: OpId) -> RemoteId:
        """Makes a part of a series an event of its own. Raises `RefusedError` (UNSUPPORTED) where
        the portal cannot; then the series is as before.
        """
        await self._client.warm_up()
        number = series_number(scope.master)
        if number is None:
            raise RefusedError(Refusal.NOT_FOUND, method=UPDATE, subject="series")
        row = await self._row(number)
        if row is not None:
            self._learn(row)
        return await self._series.split(row, wish, scope, op)

    async def update(
        self, remote: RemoteId, wish: Event, base: Event | None, *, repeated: bool = False
    ) -> None:
        """Sends the complete event again, because what is left out is lost: changed fields from
        the wish, everything else as it stands on the portal now. Where the user's answer to the
        invitation is the change, that alone is sent; ``repeated``: it may have arrived before.
        """
        row = await self._row(remote)
        if row is None:
            raise RefusedError(Refusal.NOT_FOUND, method="calendar.event.update")
        self._learn(row)
        answer = letter_of(wish.participation)
        if base is not None and answer is not None and wish.participation != base.participation:
            await self._answers.give(own_copy(row, str(self._state.user)), answer, ask=repeated)
            return
        now = event_record(row, self._state.calendar_context)
        if now is None or not isinstance(now.record, Event):
            raise OutcomeUnknownError
        links = None
        if base is None or (wish.contacts, wish.deal) != (base.contacts, base.deal):
            links = await self._links(wish)
        before = base if base is not None else now.record
        self._require_home(wish, before)
        fields = changed_fields(row, wish, before, now.record, links, self._state.user)
        if wish.location != before.location:
            fields = await self._rooms.booked(fields)
        if (wish.when, wish.time_zone) == (before.when, before.time_zone):
            await self._client.event_update(fields)
            return
        await self._client.event_update(
            await self._zones.fitted(fields, wish, as_text(row.tz_from))
        )
        await self._zones.settle(remote, wish)

    async def delete(self, remote: RemoteId, base: Event | None) -> None:
        """Deletes an event, of a series all of it; already gone is done.

        What is a series there and none here was one of somebody else's making: it stays.
        """
        if base is None or base.recurrence is None:
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
        """The user's own events that end in this op's marker line, the oldest first.

        A portal that cannot split a series leaves the line in the series itself, which is no find.
        """
        line = marker_line(entry.op_id)
        found: dict[str, EventRow] = {}
        series = _series_of(entry)
        calendar = entry.wish.calendar_id if isinstance(entry.wish, Event) else CalendarId("")
        home = home_of(calendar, self._state.user)
        for start, end in _windows(self._search(entry)):
            reply = await self._client.call(
                "calendar.event.get",
                {
                    **home.fields,
                    "from": start.date().isoformat(),
                    "to": end.date().isoformat(),
                },
            )
            for row in EVENTS.rows(reply.result):
                own = as_id(row.parent_id) in ("", as_id(row.id))
                if own and as_id(row.id) != series and split_marker(description_of(row))[1] == line:
                    found[as_id(row.id)] = row
        for remote, row in found.items():
            if is_series(row):  # the window shows occurrences, and the master is wanted
                found[remote] = await self._row(RemoteId(remote)) or row
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
        """The CRM links; a contact that the portal does not have yet cannot be linked, and one of
        another account has its number elsewhere.
        """
        links = []
        for contact in wish.contacts:
            known = await self._people.contact(contact)
            if known is not None and known.account_id != self._state.account:
                continue
            remote = await self._people.remote_id(contact)
            if remote is None:
                raise RefusedError(Refusal.NOT_FOUND, subject="owner")
            links.append(f"C_{remote}")
        if wish.deal is not None and as_id(wish.deal):
            links.append(f"D_{as_id(wish.deal)}")
        return links

    def _require_home(self, wish: Event, before: Event) -> None:
        """The portal keeps an event with whom it was made for."""
        user = self._state.user
        if home_of(wish.calendar_id, user) != home_of(before.calendar_id, user):
            raise RefusedError(
                Refusal.UNSUPPORTED, method="calendar.event.update", subject="calendar"
            )

    def _learn(self, row: EventRow) -> None:
        state = self._state
        state.culture = culture_of([row], state.zone, state.culture)

    def _search(self, entry: OutboxEntry) -> tuple[datetime, datetime]:
        now = self._clock().astimezone(UTC)
        start = now
        if isinstance(entry.wish, Event):
            start = entry.wish.when.in_zone(self._state.zone).start.astimezone(UTC)
        return min(start, now) - BEFORE, max(start, now) + AFTER


def _series_of(entry: OutboxEntry) -> str:
    """The portal's number of the series that the op splits."""
    return "" if entry.scope is None else series_number(entry.scope.master) or ""


def _windows(span: tuple[datetime, datetime]) -> list[tuple[datetime, datetime]]:
    start, end = span
    parts = []
    while start < end:
        until = min(end, start + _LONGEST_WINDOW)
        parts.append((start, until))
        start = until
    return parts
