"""To-dos: ``crm.activity.todo.add``, and for each change the method that changes nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event, Priority
from desktop.domain.ids import OpId, RemoteId
from desktop.services.api.bitrix24.activities import todo_text
from desktop.services.api.bitrix24.activities.activity_bindings import ActivityBindings
from desktop.services.api.bitrix24.activities.activity_calls import ActivityCalls
from desktop.services.api.bitrix24.activities.crm_booking import booking_of
from desktop.services.api.bitrix24.activities.meetings_write import start_and_end, subject_of
from desktop.services.api.bitrix24.activities.wire_activity import (
    ACTIVITIES,
    ActivityRow,
    description_text,
)
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.contacts.crm_person import CrmPeople
from desktop.services.api.bitrix24.markers import marker_line
from desktop.services.api.bitrix24.values import (
    as_flag,
    as_id,
    as_int,
    as_list,
    as_text,
    instant,
    wire_instant,
)
from desktop.services.api.bitrix24.wire import CONTACT_TYPE, user_number

IMPORTANT_COLOR = "1"
"""A to-do has no importance: one that is important wears a colour of the portal's palette."""

_METHOD = "crm.activity.todo.add"
_COLORS = frozenset("1234567")


@dataclass(frozen=True, slots=True)
class TodosWrite:
    """Writes to-dos. Nothing here repeats a request."""

    client: Bitrix24Client
    calls: ActivityCalls
    crm_people: CrmPeople
    bindings: ActivityBindings

    async def create(self, wish: Event, op: OpId) -> RemoteId:
        """Adds a to-do whose text ends in the op's marker line, then binds the others."""
        person = await self.crm_people.of(wish, _METHOD)
        wanted = await self.bindings.wanted(wish, person.company)
        responsible = self.crm_people.responsible(wish, person)
        params: dict[str, object] = {
            "ownerTypeId": CONTACT_TYPE,
            "ownerId": int(person.remote),
            **whole(wish, marker_line(op)),
        }
        if responsible:
            params["responsibleId"] = responsible
        number = await self.calls.todo_add(params)
        await self.bindings.complete(number, wanted)
        if wish.completed:
            await self._closed(number)
        return RemoteId(number)

    async def update(self, remote: RemoteId, wish: Event, base: Event | None) -> None:
        """Sends what differs from ``base``. One that is done is opened for it, and closed again:
        the portal changes only open ones.
        """
        row = await self._row(remote)
        base = base or replace(wish, completed=as_flag(row.completed))
        changes = _changes(wish, base)
        done = as_flag(row.completed)
        if changes and done:
            await self.calls.complete(remote, completed=False)
            done = False
        if changes:
            await self._change(remote, row, wish, base)
        if (wish.contacts, wish.deal) != (base.contacts, base.deal):
            before = await self.bindings.wanted(base)
            await self.bindings.change(remote, before, await self.bindings.wanted(wish))
        if wish.completed is not done and (changes or wish.completed is not base.completed):
            await self.calls.complete(remote, completed=wish.completed)

    async def _change(self, remote: RemoteId, row: ActivityRow, wish: Event, base: Event) -> None:
        todo = _named(remote, row)
        ref = todo_text.read(description_text(row))[1]
        if _needs_all(wish, base) or (_lasts(wish) != _lasts(base) and _in_calendar(row)):
            kept = await self._kept(todo, wish, base)
            await self.calls.todo_update({**todo, **whole(wish, ref), **kept})
        else:
            if wish.when != base.when:
                start = start_and_end(wish).start
                await self.calls.todo_deadline(todo, wire_instant(start))
            if booking_of(wish) != booking_of(base):
                await self.calls.todo_description(todo, todo_text.written(booking_of(wish), ref))
            if wish.priority is Priority.HIGH and base.priority is not Priority.HIGH:
                await self.calls.todo_color(todo, IMPORTANT_COLOR)
        responsible = user_number(wish.responsible)
        if responsible and responsible != user_number(base.responsible):
            await self.calls.todo_responsible(todo, responsible)

    async def _kept(self, todo: dict[str, object], wish: Event, base: Event) -> dict[str, object]:
        """What a full update would take away: the calendar event, which goes to the times of
        ``wish``, and the reminders and colour that the user did not change. A portal that does
        not know the method has no such events.
        """
        try:
            told = await self.calls.todo_settings(todo)
        except RefusedError as error:
            if error.reason in (Refusal.UNSUPPORTED, Refusal.INVALID, Refusal.NOT_FOUND):
                return {}
            raise
        kept: dict[str, object] = {}
        blocks = as_list(told.get("blocksData"))
        if blocks:
            kept["settings"] = [_moved(block, wish) for block in blocks]
        entity = told.get("entityData")
        if isinstance(entity, dict):
            if wish.reminders == base.reminders and "pingOffsets" in entity:
                counts = (as_int(one) for one in as_list(entity["pingOffsets"]))
                kept["pingOffsets"] = [one for one in counts if one is not None and one >= 0]
            if wish.priority is base.priority and as_text(entity.get("colorId")) in _COLORS:
                kept["colorId"] = as_text(entity["colorId"])
        return kept

    async def _closed(self, number: str) -> None:
        try:
            await self.calls.complete(number, completed=True)
        except RefusedError:
            raise OutcomeUnknownError from None  # it is there, whatever this was

    async def _row(self, remote: RemoteId) -> ActivityRow:
        reply = await self.client.call("crm.activity.get", {"id": int(remote)})
        row = ACTIVITIES.row(reply.result)
        if row is None or as_id(row.id) != remote:
            raise OutcomeUnknownError
        return row


def whole(wish: Event, ref: str) -> dict[str, object]:
    """Everything that a to-do says of itself: what is left out of an update is emptied."""
    params: dict[str, object] = {
        "deadline": wire_instant(start_and_end(wish).start),
        "title": subject_of(wish),
        "description": todo_text.written(booking_of(wish), ref),
        "pingOffsets": pings(wish),
    }
    if wish.priority is Priority.HIGH:
        params["colorId"] = IMPORTANT_COLOR
    return params


def pings(wish: Event) -> Sequence[int]:
    """When the portal reminds of it: minutes before the deadline."""
    counts = {max(0, one.minutes_before) for one in wish.reminders[: todo_text.MOST_REMINDERS]}
    return sorted(counts)


def _named(remote: RemoteId, row: ActivityRow) -> dict[str, object]:
    return {
        "id": int(remote),
        "ownerTypeId": as_int(row.owner_type_id) or CONTACT_TYPE,
        "ownerId": as_int(row.owner_id) or 0,
    }


def _in_calendar(row: ActivityRow) -> bool:
    """Whether it has an end of its own, which only one with a calendar event has."""
    start, end = instant(row.start_time), instant(row.end_time)
    return start is not None and end is not None and start < end


def _lasts(event: Event) -> timedelta:
    span = start_and_end(event)
    return span.duration


def _moved(block: object, wish: Event) -> object:
    """The block of a calendar event at another time: milliseconds since 1970."""
    if not isinstance(block, dict) or block.get("id") != "calendar":
        return block
    span = start_and_end(wish)
    start = round(span.start.timestamp() * 1000)
    length = round(span.duration / timedelta(milliseconds=1))
    return {**block, "from": start, "to": start + length, "duration": length}


def _needs_all(wish: Event, base: Event) -> bool:
    """Whether something changed that no method changes alone."""
    calmer = base.priority is Priority.HIGH and wish.priority is not Priority.HIGH
    return wish.summary != base.summary or wish.reminders != base.reminders or calmer


def _changes(wish: Event, base: Event) -> bool:
    """Whether anything changed that a closed to-do refuses."""
    responsible = user_number(wish.responsible)
    return (
        _needs_all(wish, base)
        or wish.when != base.when
        or booking_of(wish) != booking_of(base)
        or bool(responsible and responsible != user_number(base.responsible))
    )
