"""Activities of the CRM, whichever way they are recorded: booked, changed, deleted, found again."""

from dataclasses import replace
from datetime import UTC, timedelta

from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event, Recording
from desktop.domain.ids import OpId, RemoteId
from desktop.domain.sync import OutboxEntry, RemoteRecord
from desktop.services.api.bitrix24.activities import activity_query, todo_text
from desktop.services.api.bitrix24.activities.activity_bindings import (
    ActivityBindings,
    list_command,
)
from desktop.services.api.bitrix24.activities.activity_calls import ActivityCalls
from desktop.services.api.bitrix24.activities.activity_details import ActivityDetailsReader
from desktop.services.api.bitrix24.activities.badges import Badges
from desktop.services.api.bitrix24.activities.cards_write import CardsWrite, get_command
from desktop.services.api.bitrix24.activities.meetings_write import MeetingsWrite
from desktop.services.api.bitrix24.activities.todos_write import TodosWrite
from desktop.services.api.bitrix24.activities.wire_activity import (
    ACTIVITIES,
    NO_DETAILS,
    ActivityDetails,
    ActivityRow,
    activity_record,
    description_text,
)
from desktop.services.api.bitrix24.batch import LONGEST, Command
from desktop.services.api.bitrix24.client import Bitrix24Client, chain
from desktop.services.api.bitrix24.contacts.contacts_cursor import Segment
from desktop.services.api.bitrix24.contacts.contacts_query import read_chain
from desktop.services.api.bitrix24.contacts.crm_person import CrmPeople
from desktop.services.api.bitrix24.markers import marker_line
from desktop.services.api.bitrix24.people import PeopleLookup
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.values import as_flag, as_id, as_text
from desktop.services.api.bitrix24.wire import CONTACT_TYPE, ORIGINATOR, each

CLOCKS_APART = timedelta(days=1)
"""A to-do that was made so long before its op is not the op's, however the clocks differ."""

Writer = MeetingsWrite | TodosWrite | CardsWrite


class Activities:
    """The activities of one account. Nothing here repeats a request.

    A create whose answer was lost may have left its bindings undone: looking it up completes it.
    """

    def __init__(self, client: Bitrix24Client, state: PortalState, people: PeopleLookup) -> None:
        self._client = client
        self._state = state
        self._people = people
        self._details = ActivityDetailsReader(client, state)
        calls = ActivityCalls(client)
        self._bindings = bindings = ActivityBindings(calls, people, state.account)
        crm_people = CrmPeople(client, state, people)
        self._meetings = MeetingsWrite(client, crm_people, bindings, people)
        self._todos = TodosWrite(client, calls, crm_people, bindings)
        self._cards = CardsWrite(calls, crm_people, bindings, people, Badges(client, state))

    async def create(self, wish: Event, op: OpId) -> RemoteId:
        """Books, the way that the wish names."""
        return await self._writer(wish).create(wish, op)

    async def update(self, remote: RemoteId, wish: Event, base: Event | None) -> None:
        """Sends what differs from ``base``."""
        await self._writer(base or wish).update(remote, wish, base)

    async def delete(self, remote: RemoteId) -> None:
        """Deletes; already gone is done."""
        try:
            await self._client.activity_delete(remote)
        except RefusedError as error:
            if error.reason is not Refusal.NOT_FOUND:
                raise

    async def fetch(self, remote: RemoteId) -> RemoteRecord | None:
        """The activity now, or None where it is gone."""
        read = await self._read(remote)
        if read is None:
            return None
        record = self._record(*read)
        if record is None:
            raise RefusedError(Refusal.UNSUPPORTED, subject="kind")
        return record

    async def _read(self, remote: RemoteId) -> tuple[ActivityRow, ActivityDetails] | None:
        commands = {
            "one": Command("crm.activity.get", {"id": remote}),
            "more": activity_query.by_id(remote),
            f"b{remote}": list_command(remote),
        }
        if self._state.application:
            commands[f"c{remote}"] = get_command(remote)
        reply = await self._client.batch(commands)
        try:
            row = ACTIVITIES.row(reply.get("one"))
        except RefusedError as error:
            if error.reason is Refusal.NOT_FOUND:
                return None
            raise
        if row is None:
            raise OutcomeUnknownError
        told = reply.find("more")
        for other in ACTIVITIES.rows(told) if told is not None else []:
            if as_id(other.id) == remote:
                row = other
        return row, self._details.learn(reply, row)

    async def look_up(self, entry: OutboxEntry) -> tuple[RemoteRecord, ...]:
        """The activities that this op made, the oldest first, the first of them completed."""
        wish = entry.wish
        if not isinstance(wish, Event):
            return ()
        todo = wish.recorded_as is Recording.TODO
        rows = await (self._todo_rows(wish, entry) if todo else self._marked_rows(entry))
        rows = sorted(rows, key=lambda row: int(as_id(row.id) or 0))
        records = each(rows, lambda row: self._record(row, NO_DETAILS), "activity")
        if not records:
            return ()
        whole = await self._completed(records[0].remote_id, wish)
        found = records if whole is None else [whole, *records[1:]]
        return tuple(replace(record, marker=entry.op_id) for record in found)

    async def _completed(self, remote: RemoteId, wish: Event) -> RemoteRecord | None:
        """The activity, after what the lost attempt did not get to has been done."""
        read = await self._read(remote)
        if read is None:
            return None
        bound = read[1].bindings
        wanted = await self._bindings.wanted(wish, await self._company(wish))
        unbound = bound is not None and any(one not in bound for one in wanted)
        if unbound:
            await self._bindings.complete(remote, wanted)
        card = wish.recorded_as is Recording.CARD
        if wish.completed and not card and not as_flag(read[0].completed):
            await self._client.activity_update(remote, {"COMPLETED": "Y"})
        elif not unbound:
            return self._record(*read)
        return await self.fetch(remote)

    async def _company(self, wish: Event) -> str:
        contact = await self._people.contact(wish.contacts[0]) if wish.contacts else None
        return "" if contact is None else contact.company_remote_id

    async def _marked_rows(self, entry: OutboxEntry) -> list[ActivityRow]:
        """Compared again, because an unknown filter key is ignored and everything returned."""
        query = activity_query.by_marker(entry.op_id)
        reply = await self._client.call(activity_query.ACTIVITY_LIST, query)
        return [
            row
            for row in ACTIVITIES.rows(reply.result)
            if as_text(row.origin_id) == entry.op_id and as_text(row.originator_id) == ORIGINATOR
        ]

    async def _todo_rows(self, wish: Event, entry: OutboxEntry) -> list[ActivityRow]:
        """A to-do has no field for a key: all of its owner's since then, by their last line."""
        remote = await self._people.remote_id(wish.contacts[0]) if wish.contacts else None
        if remote is None:
            raise RefusedError(Refusal.NOT_FOUND, subject="owner")
        line, made = marker_line(entry.op_id), entry.made_at.astimezone(UTC) - CLOCKS_APART
        rows: list[ActivityRow] = []
        left: Segment | None = Segment(0)
        while left is not None:
            commands = activity_query.todos_since(
                (CONTACT_TYPE, remote), made, after=left.after, steps=_steps(left)
            )
            reply = await self._client.batch(commands)
            part, left = read_chain(reply, chain("t", len(commands)), ACTIVITIES, left)
            rows += part
        return [row for row in rows if todo_text.read(description_text(row))[1] == line]

    def _writer(self, event: Event) -> Writer:
        if event.recorded_as is Recording.CARD:
            return self._cards
        return self._todos if event.recorded_as is Recording.TODO else self._meetings

    def _record(self, row: ActivityRow, details: ActivityDetails) -> RemoteRecord | None:
        return activity_record(row, self._state.activity_context(), details)


def _steps(left: Segment) -> int:
    """One page is enough for nearly everybody."""
    return LONGEST if left.after else 2
