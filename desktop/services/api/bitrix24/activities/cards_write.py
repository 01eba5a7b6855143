"""Cards: ``crm.activity.configurable.*``, which only applications may write."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event, Reminder
from desktop.domain.ids import OpId, RemoteId
from desktop.domain.parley_link import show_link
from desktop.services.api.bitrix24.activities.activity_bindings import ActivityBindings, known_id
from desktop.services.api.bitrix24.activities.activity_calls import ActivityCalls
from desktop.services.api.bitrix24.activities.badges import Badges
from desktop.services.api.bitrix24.activities.card_layout import (
    CardContent,
    CardPerson,
    card_layout,
    content_from,
)
from desktop.services.api.bitrix24.activities.crm_booking import LONGEST_MIN, booking_of
from desktop.services.api.bitrix24.activities.layout.layout import layout_wire
from desktop.services.api.bitrix24.activities.layout.refusals import LayoutFault, LayoutRefusedError
from desktop.services.api.bitrix24.activities.meetings_write import start_and_end, subject_of
from desktop.services.api.bitrix24.activities.todos_write import pings
from desktop.services.api.bitrix24.batch import Command
from desktop.services.api.bitrix24.contacts.crm_person import CrmPeople
from desktop.services.api.bitrix24.people import PeopleLookup
from desktop.services.api.bitrix24.values import as_int, as_list, wire_instant
from desktop.services.api.bitrix24.wire import CONTACT_TYPE, ORIGINATOR, user_number

CARD_TYPE = "CONFIGURABLE"

_METHOD = "crm.activity.configurable.add"


@dataclass(frozen=True, slots=True)
class CardsWrite:
    """Writes cards. Nothing here repeats a request."""

    calls: ActivityCalls
    crm_people: CrmPeople
    bindings: ActivityBindings
    people: PeopleLookup
    badges: Badges

    async def create(self, wish: Event, op: OpId) -> RemoteId:
        """Adds a card in the contact's timeline, then binds the others."""
        person = await self.crm_people.of(wish, _METHOD)
        wanted = await self.bindings.wanted(wish, person.company)
        fields: dict[str, object] = {
            "typeId": CARD_TYPE,
            "completed": wish.completed,
            "originatorId": ORIGINATOR,
            "originId": str(op),
            **_times(wish),
        }
        responsible = self.crm_people.responsible(wish, person)
        if responsible:
            fields["responsibleId"] = responsible
        params: dict[str, object] = {
            "ownerTypeId": CONTACT_TYPE,
            "ownerId": int(person.remote),
            "fields": fields,
            "layout": await self._layout(wish),
        }
        number = await self._added(params, fields, await self.badges.code())
        await self.bindings.complete(number, wanted)
        return RemoteId(number)

    async def _added(self, params: dict[str, object], fields: dict[str, object], badge: str) -> str:
        """The new card's id. A badge that somebody deleted must not cost the booking: what was
        refused for it was certainly not carried out, and goes out again without it.
        """
        if not badge:
            return await self.calls.card_add(params)
        try:
            return await self.calls.card_add({**params, "fields": {**fields, "badgeCode": badge}})
        except RefusedError as error:
            if error.code.upper() != LayoutFault.VALUE.value:
                raise
        await self.badges.forget()
        return await self.calls.card_add(params)

    async def update(self, remote: RemoteId, wish: Event, base: Event | None) -> None:
        """Lays the card out anew where what it shows changed; fields only where they changed."""
        fields: dict[str, object] = {}
        if base is None or (wish.when, wish.reminders) != (base.when, base.reminders):
            fields |= _times(wish)
        if base is None or wish.completed != base.completed:
            fields["completed"] = wish.completed
        responsible = user_number(wish.responsible)
        if responsible and (base is None or responsible != user_number(base.responsible)):
            fields["responsibleId"] = responsible
        params: dict[str, object] = {"id": int(remote), "fields": fields}
        if base is None or _shown(wish) != _shown(base):
            params["layout"] = await self._layout(wish)
        if fields or "layout" in params:
            await self.calls.card_update(params)
        if base is not None and (wish.contacts, wish.deal) != (base.contacts, base.deal):
            before = await self.bindings.wanted(base)
            await self.bindings.change(remote, before, await self.bindings.wanted(wish))

    async def _layout(self, wish: Event) -> dict[str, object]:
        people = []
        for contact in wish.contacts:
            remote = await known_id(self.people, contact, wish.account_id)
            known = await self.people.contact(contact)
            if remote is not None:
                name = "" if known is None else known.name
                people.append(CardPerson(name, f"/crm/contact/details/{remote}/"))
        content = CardContent(subject_of(wish), booking_of(wish), people, parley_link(wish))
        try:
            return layout_wire(card_layout(content))
        except LayoutRefusedError as error:
            raise RefusedError(
                Refusal.OUR_BUG, code=error.fault.value, method=_METHOD, subject=error.path
            ) from None


def get_command(card: str) -> Command:
    """Reads a card with its layout."""
    return Command("crm.activity.configurable.get", {"id": int(card)})


def content_in(raw: msgspec.Raw | None) -> CardContent | None:
    """The answer to `get_command`; None where it tells nothing."""
    if raw is None:
        return None
    try:
        told = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        raise OutcomeUnknownError from None
    card = told.get("activity") if isinstance(told, dict) else None
    if not isinstance(card, dict):
        return None
    fields = card.get("fields")
    offsets = as_list(fields.get("pingOffsets")) if isinstance(fields, dict) else []
    return content_from(card.get("layout"), _reminders(offsets))


def parley_link(wish: Event) -> str:
    """Opens Parley on the meeting's day. No names: whoever hovers the button reads it."""
    return show_link(start_and_end(wish).start)


def _times(wish: Event) -> dict[str, object]:
    deadline = wire_instant(start_and_end(wish).start)
    return {"deadline": deadline, "pingOffsets": pings(wish)}


def _shown(event: Event) -> object:
    return subject_of(event), booking_of(event), event.contacts, event.when


def _reminders(offsets: Sequence[object]) -> tuple[Reminder, ...]:
    counts = (as_int(one) for one in offsets)
    told = dict.fromkeys(one for one in counts if one is not None and 0 <= one <= LONGEST_MIN)
    return tuple(Reminder(one) for one in told)
