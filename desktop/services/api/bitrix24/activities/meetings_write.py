"""Meetings and calls: ``crm.activity.add`` and ``update``, with every field that they have."""

from base64 import b64encode
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from desktop.domain.attachment import LONGEST_NAME
from desktop.domain.contact import Contact
from desktop.domain.errors import Refusal, RefusedError
from desktop.domain.event import Event, EventKind, Priority
from desktop.domain.ids import ContactId, OpId, RemoteId
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.activities.activity_bindings import ActivityBindings
from desktop.services.api.bitrix24.activities.wire_activity import (
    CALL,
    INCOMING,
    MEETING,
    OUTGOING,
    reminder_fields,
)
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.contacts.crm_person import CrmPeople, CrmPerson
from desktop.services.api.bitrix24.culture import zone_named
from desktop.services.api.bitrix24.people import PeopleLookup
from desktop.services.api.bitrix24.values import wire_instant
from desktop.services.api.bitrix24.wire import CONTACT_TYPE, ORIGINATOR, user_number

LONGEST_SUBJECT = 255

_METHOD = "crm.activity.add"
_PRIORITIES = {Priority.LOW: 1, Priority.NORMAL: 2, Priority.HIGH: 3}
_PLAIN = 1


@dataclass(frozen=True, slots=True)
class MeetingsWrite:
    """Writes system activities. Nothing here repeats a request."""

    client: Bitrix24Client
    crm_people: CrmPeople
    bindings: ActivityBindings
    people: PeopleLookup

    async def create(self, wish: Event, op: OpId) -> RemoteId:
        """Books: reads the contact afresh, then sends the one create, then binds the others."""
        person = await self.crm_people.reachable(wish, _METHOD)
        wanted = await self.bindings.wanted(wish, person.company)
        fields = new_fields(wish, op, person, self.crm_people.responsible(wish, person))
        number = await self.client.activity_add(fields)
        await self.bindings.complete(number, wanted)
        return RemoteId(number)

    async def update(self, remote: RemoteId, wish: Event, base: Event | None) -> None:
        """Sends what differs from ``base``; another contact becomes the owner by a move."""
        if base is not None and type_of(base) != type_of(wish):
            raise RefusedError(Refusal.UNSUPPORTED, subject="kind")
        moves = base is not None and base.contacts[:1] != wish.contacts[:1]
        fields = differences(wish, base)
        if moves or base is None:
            person = await self.crm_people.reachable(wish, _METHOD)
            fields["COMMUNICATIONS"] = communications(wish, person)
            if moves and base is not None and base.contacts:
                await self._move(remote, base.contacts[0], person)
        if base is not None:
            await self._rebind(remote, wish, base, moves=moves)
        if fields:
            await self.client.activity_update(remote, fields)

    async def _rebind(self, remote: RemoteId, wish: Event, base: Event, *, moves: bool) -> None:
        if not moves and (wish.contacts, wish.deal) == (base.contacts, base.deal):
            return
        before = await self.bindings.wanted(base, await self._company(base, moves=moves))
        after = await self.bindings.wanted(wish, await self._company(wish, moves=moves))
        if moves:
            before = [one for one in before if one not in before[:1]]
            after = [one for one in after if one not in after[:1]]
        await self.bindings.change(remote, before, after)

    async def _company(self, event: Event, *, moves: bool) -> str:
        """The first contact's firm, where it comes or goes with the contact."""
        if not moves or not event.contacts:
            return ""
        contact: Contact | None = await self.people.contact(event.contacts[0])
        return "" if contact is None else contact.company_remote_id

    async def _move(self, remote: RemoteId, old: ContactId, person: CrmPerson) -> None:
        source = await self.people.remote_id(old)
        if source is None or source == person.remote:
            return
        try:
            await self.client.activity_move(remote, source, person.remote)
        except RefusedError as error:
            code = error.code.upper()
            if code == "ACTIVITY_IS_ALREADY_BOUND":
                await self.bindings.change(remote, [(CONTACT_TYPE, source)], [])
            elif code == "BINDING_NOT_FOUND":
                # An earlier attempt has moved it, or it was never bound to that contact.
                await self.bindings.change(remote, [], [(CONTACT_TYPE, person.remote)])
            elif code != "SOURCE_AND_TARGET_ENTITY_ID_ARE_EQUAL_ERROR":
                raise


def new_fields(
    wish: Event, op: OpId, person: CrmPerson, responsible: int | None
) -> dict[str, object]:
    """Everything that a new meeting or call says of itself."""
    fields: dict[str, object] = {
        "OWNER_TYPE_ID": CONTACT_TYPE,
        "OWNER_ID": int(person.remote),
        "TYPE_ID": type_of(wish),
        "COMPLETED": "Y" if wish.completed else "N",
        "RESPONSIBLE_ID": responsible,
        "COMMUNICATIONS": communications(wish, person),
        "ORIGINATOR_ID": ORIGINATOR,
        "ORIGIN_ID": str(op),
        **_texts(wish),
        **_times(wish),
        "PRIORITY": _PRIORITIES[wish.priority],
    }
    if wish.kind is EventKind.CALL:
        fields["DIRECTION"] = INCOMING if wish.incoming else OUTGOING
    if wish.reminders:
        fields |= reminder_fields(wish.reminders)
    files = file_fields(wish)
    if files:
        fields["FILES"] = files
    return fields


def file_fields(wish: Event) -> list[dict[str, object]]:
    """The files that are not on the portal yet: names and Base64."""
    return [
        {"fileData": [one.name[:LONGEST_NAME] or "–", b64encode(one.content).decode("ascii")]}
        for one in wish.files
        if one.content
    ]


def communications(wish: Event, person: CrmPerson) -> list[dict[str, object]]:
    """Exactly one. Without a type for a meeting, which has none; a call's is the phone."""
    one: dict[str, object] = {
        "VALUE": person.value,
        "ENTITY_TYPE_ID": CONTACT_TYPE,
        "ENTITY_ID": int(person.remote),
    }
    return [{**one, "TYPE": "PHONE"} if wish.kind is EventKind.CALL else one]


def differences(wish: Event, base: Event | None) -> dict[str, object]:
    """The fields that an update has to send."""
    fields: dict[str, object] = {}
    if base is None or wish.summary != base.summary:
        fields |= {"SUBJECT": subject_of(wish)}
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


def subject_of(wish: Event) -> str:
    """The title as the portal's column holds it; never empty."""
    return wish.summary.strip()[:LONGEST_SUBJECT] or "–"


def start_and_end(wish: Event) -> TimeSpan:
    """Told with the offset of the event's own zone on that day."""
    zone = zone_named(wish.time_zone) or ZoneInfo("UTC")
    span = wish.when if isinstance(wish.when, TimeSpan) else wish.when.in_zone(zone)
    return span.in_zone(zone)


def type_of(event: Event) -> int:
    """The portal's number of the kind."""
    return CALL if event.kind is EventKind.CALL else MEETING


def _texts(wish: Event) -> dict[str, object]:
    return {
        "SUBJECT": subject_of(wish),
        "DESCRIPTION": wish.description,
        "DESCRIPTION_TYPE": _PLAIN,
        "LOCATION": wish.location,
    }


def _times(wish: Event) -> dict[str, object]:
    """Both ends, always."""
    told = start_and_end(wish)
    return {"START_TIME": wire_instant(told.start), "END_TIME": wire_instant(told.end)}
