"""Meetings and calls of the CRM: booked, changed, taken back and found again."""

import logging
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from desktop.domain.contact import Contact
from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event, EventKind, Priority
from desktop.domain.ids import ContactId, OpId, RemoteId, UserId
from desktop.domain.sync import OutboxEntry, RemoteRecord
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24 import activity_query
from desktop.services.api.bitrix24.batch import Command
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.culture import zone_named
from desktop.services.api.bitrix24.people import PeopleLookup
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.values import as_id, as_text, wire_instant
from desktop.services.api.bitrix24.wire import CONTACT_TYPE, ORIGINATOR, each, user_number
from desktop.services.api.bitrix24.wire_activity import (
    ACTIVITIES,
    CALL,
    MEETING,
    ActivityRow,
    activity_record,
    reminder_fields,
)
from desktop.services.api.bitrix24.wire_contacts import CONTACTS, contact_record

LONGEST_SUBJECT = 255

_PRIORITIES = {Priority.LOW: 1, Priority.NORMAL: 2, Priority.HIGH: 3}
_OUTGOING = 2
_PLAIN = 1
_NOT_FOR_THE_CACHE = frozenset(
    {Refusal.BUSY, Refusal.METHOD_BUSY, Refusal.SIGN_IN, Refusal.STOPPED, Refusal.MOVED}
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Person:
    """Whom a meeting is with: what the activity has to say of them."""

    remote: str
    value: str
    """The number or the address to reach them by."""
    responsible: UserId | None


class Activities:
    """The activities of one account. Nothing here repeats a request."""

    def __init__(self, client: Bitrix24Client, state: PortalState, people: PeopleLookup) -> None:
        self._client = client
        self._state = state
        self._people = people

    async def create(self, wish: Event, op: OpId) -> RemoteId:
        """Books: reads the contact afresh, then sends the one create."""
        person = await self._person(wish)
        fields = {
            "OWNER_TYPE_ID": CONTACT_TYPE,
            "OWNER_ID": int(person.remote),
            "TYPE_ID": _type_of(wish),
            "COMPLETED": "Y" if wish.completed else "N",
            "RESPONSIBLE_ID": user_number(wish.responsible)
            or user_number(person.responsible)
            or user_number(self._state.user),
            "COMMUNICATIONS": _communications(wish, person),
            "ORIGINATOR_ID": ORIGINATOR,
            "ORIGIN_ID": str(op),
            **_texts(wish),
            **_times(wish),
            "PRIORITY": _PRIORITIES[wish.priority],
        }
        if wish.kind is EventKind.CALL:
            fields["DIRECTION"] = _OUTGOING
        if wish.reminders:
            fields |= reminder_fields(wish.reminders)
        return RemoteId(await self._client.activity_add(fields))

    async def update(self, remote: RemoteId, wish: Event, base: Event | None) -> None:
        """Sends what differs from ``base``; another contact becomes the owner by a move."""
        if base is not None and _type_of(base) != _type_of(wish):
            raise RefusedError(Refusal.UNSUPPORTED, subject="kind")
        moves = base is not None and base.contacts[:1] != wish.contacts[:1]
        fields = _differences(wish, base)
        if moves or base is None:
            person = await self._person(wish)
            fields["COMMUNICATIONS"] = _communications(wish, person)
            if moves and base is not None and base.contacts:
                await self._move(remote, base.contacts[0], person)
        if fields:
            await self._client.activity_update(remote, fields)

    async def delete(self, remote: RemoteId) -> None:
        """Deletes; already gone is done."""
        try:
            await self._client.activity_delete(remote)
        except RefusedError as error:
            if error.reason is not Refusal.NOT_FOUND:
                raise

    async def fetch(self, remote: RemoteId) -> RemoteRecord | None:
        """The activity now, or None where it is gone."""
        reply = await self._client.batch(
            {
                "one": Command("crm.activity.get", {"id": remote}),
                "more": activity_query.by_id(remote),
            }
        )
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
        record = self._record(row)
        if record is None:
            raise RefusedError(Refusal.UNSUPPORTED, subject="kind")
        return record

    async def look_up(self, entry: OutboxEntry) -> tuple[RemoteRecord, ...]:
        """The activities that this op made, the oldest first; compared again, because an unknown
        filter key would be ignored and everything returned.
        """
        query = activity_query.by_marker(entry.op_id)
        reply = await self._client.call(activity_query.ACTIVITY_LIST, query)
        rows = [
            row
            for row in ACTIVITIES.rows(reply.result)
            if as_text(row.origin_id) == entry.op_id and as_text(row.originator_id) == ORIGINATOR
        ]
        records = each(rows, self._record, "activity")
        return tuple(sorted(records, key=lambda record: int(record.remote_id)))

    def _record(self, row: ActivityRow) -> RemoteRecord | None:
        return activity_record(row, self._state.activity_context())

    async def _move(self, remote: RemoteId, old: ContactId, person: _Person) -> None:
        source = await self._people.remote_id(old)
        if source is None or source == person.remote:
            return
        try:
            await self._client.activity_move(remote, source, person.remote)
        except RefusedError as error:
            if error.code.upper() not in (
                "BINDING_NOT_FOUND",
                "SOURCE_AND_TARGET_ENTITY_ID_ARE_EQUAL_ERROR",
            ):
                raise  # those two: an earlier attempt has done it

    async def _person(self, wish: Event) -> _Person:
        """Whom the meeting is with: the portal's card, or ours where it cannot be read.

        Raises `RefusedError`: NOT_FOUND without a contact there, NO_COMMUNICATION where nobody
        could be reached.
        """
        contact_id = wish.contacts[0] if wish.contacts else None
        remote = None if contact_id is None else await self._people.remote_id(contact_id)
        if contact_id is None or remote is None:
            raise RefusedError(Refusal.NOT_FOUND, method="crm.activity.add", subject="owner")
        contact = await self._fresh(remote) or await self._people.contact(contact_id)
        value = "" if contact is None else _reached_by(contact, wish.kind)
        if not value:
            raise RefusedError(Refusal.NO_COMMUNICATION, method="crm.activity.add")
        return _Person(remote, value, None if contact is None else contact.responsible)

    async def _fresh(self, remote: RemoteId) -> Contact | None:
        """The card as it is on the portal; None where it could not be read this time."""
        try:
            reply = await self._client.contact_get(remote)
        except OutcomeUnknownError:
            return None
        except RefusedError as error:
            if error.reason in _NOT_FOR_THE_CACHE:
                raise
            if error.reason is Refusal.NOT_FOUND:
                error.subject = "owner"
                raise
            return None
        row = CONTACTS.row(reply.result)
        record = None if row is None else contact_record(row, self._state.account, {})
        return record.record if record and isinstance(record.record, Contact) else None


def _reached_by(contact: Contact, kind: EventKind) -> str:
    """The first number; of a meeting also the first address, because a call needs a number."""
    numbers = (phone.value.strip() for phone in contact.phones)
    value = next((number for number in numbers if number), "")
    if value or kind is EventKind.CALL:
        return value
    addresses = (email.value.strip() for email in contact.emails)
    return next((address for address in addresses if address), "")


def _communications(wish: Event, person: _Person) -> list[dict[str, object]]:
    """Exactly one. Without a type for a meeting, which has none; a call's is the phone."""
    one: dict[str, object] = {
        "VALUE": person.value,
        "ENTITY_TYPE_ID": CONTACT_TYPE,
        "ENTITY_ID": int(person.remote),
    }
    return [{**one, "TYPE": "PHONE"} if wish.kind is EventKind.CALL else one]


def _differences(wish: Event, base: Event | None) -> dict[str, object]:
    fields: dict[str, object] = {}
    if base is None or wish.summary != base.summary:
        fields |= {"SUBJECT": _texts(wish)["SUBJECT"]}
    if base is None or wish.description != base.description:
        fields |= {"DESCRIPTION": wish.description, "DESCRIPTION_TYPE": _PLAIN}
    if base is None or wish.location != base.location:
        fields["LOCATION"] = wish.location
    if base is None or wish.when != base.when:
        fields |= _times(wish)
    if base is None or wish.reminders[:1] != base.reminders[:1]:
        fields |= reminder_fields(wish.reminders)
    if base is None or wish.priority != base.priority:
        fields["PRIORITY"] = _PRIORITIES[wish.priority]
    if base is None or wish.completed != base.completed:
        fields["COMPLETED"] = "Y" if wish.completed else "N"
    responsible = user_number(wish.responsible)
    if responsible and (base is None or responsible != user_number(base.responsible)):
        fields["RESPONSIBLE_ID"] = responsible
    return fields


def _texts(wish: Event) -> dict[str, object]:
    return {
        "SUBJECT": wish.summary.strip()[:LONGEST_SUBJECT] or "–",
        "DESCRIPTION": wish.description,
        "DESCRIPTION_TYPE": _PLAIN,
        "LOCATION": wish.location,
    }


def _times(wish: Event) -> dict[str, object]:
    """Both ends, always: with the offset of the event's own zone on that day."""
    zone = zone_named(wish.time_zone) or ZoneInfo("UTC")
    span = wish.when if isinstance(wish.when, TimeSpan) else wish.when.in_zone(zone)
    told = span.in_zone(zone)
    return {"START_TIME": wire_instant(told.start), "END_TIME": wire_instant(told.end)}


def _type_of(event: Event) -> int:
    return CALL if event.kind is EventKind.CALL else MEETING
