"""Whom a meeting is with, as its portal knows them: their card is read afresh for each booking."""

from dataclasses import dataclass

from desktop.domain.contact import Contact
from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event, EventKind
from desktop.domain.ids import RemoteId, UserId
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.contacts.crm_family import Entity, Families
from desktop.services.api.bitrix24.contacts.wire_contacts import CONTACTS, contact_record
from desktop.services.api.bitrix24.people import PeopleLookup
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.wire import user_number

_NOT_FOR_THE_CACHE = frozenset(
    {Refusal.BUSY, Refusal.METHOD_BUSY, Refusal.SIGN_IN, Refusal.STOPPED, Refusal.MOVED}
)


@dataclass(frozen=True, slots=True)
class CrmPerson:
    """The first of a meeting's people: what an activity has to say of them."""

    remote: str
    value: str
    """The number or the address to reach them by; empty where there is none."""
    responsible: UserId | None
    company: str = ""
    """Their main company's number."""
    name: str = ""


class CrmPeople:
    """Reads the people of meetings."""

    def __init__(self, client: Bitrix24Client, state: PortalState, people: PeopleLookup) -> None:
        self._client = client
        self._state = state
        self._people = people
        self._families = Families(client, state)

    async def of(self, wish: Event, method: str) -> CrmPerson:
        """The person whose record the meeting becomes; our own card where theirs cannot be read.

        Raises `RefusedError`: NOT_FOUND without a contact there.
        """
        contact_id = wish.contacts[0] if wish.contacts else None
        remote = None if contact_id is None else await self._people.remote_id(contact_id)
        if contact_id is None or remote is None:
            raise RefusedError(Refusal.NOT_FOUND, method=method, subject="owner")
        contact = await self._fresh(remote) or await self._people.contact(contact_id)
        if contact is None:
            return CrmPerson(remote, "", None)
        value = reached_by(contact, wish.kind)
        company = contact.company_remote_id
        return CrmPerson(remote, value, contact.responsible, company, contact.name)

    async def reachable(self, wish: Event, method: str) -> CrmPerson:
        """The same; NO_COMMUNICATION where nobody could be reached."""
        person = await self.of(wish, method)
        if not person.value:
            raise RefusedError(Refusal.NO_COMMUNICATION, method=method)
        return person

    def responsible(self, wish: Event, person: CrmPerson) -> int | None:
        """Who must be there: always said, because the portal would choose somebody itself."""
        return (
            user_number(wish.responsible)
            or user_number(person.responsible)
            or user_number(self._state.user)
        )

    async def _fresh(self, remote: RemoteId) -> Contact | None:
        """The card as it is on the portal; None where it could not be read this time."""
        try:
            family = await self._families.of(Entity.CONTACT)
            query = family.get(Entity.CONTACT, int(remote))
            reply = await self._client.call(query.method, query.params)
        except OutcomeUnknownError:
            return None
        except RefusedError as error:
            if error.reason in _NOT_FOR_THE_CACHE:
                raise
            if error.reason is Refusal.NOT_FOUND:
                error.subject = "owner"
                raise
            return None
        row = family.reader(CONTACTS).row(reply.result)
        record = None if row is None else contact_record(row, self._state.account, {})
        return record.record if record and isinstance(record.record, Contact) else None


def reached_by(contact: Contact, kind: EventKind) -> str:
    """The first number; of a meeting also the first address, because a call needs a number."""
    numbers = (phone.value.strip() for phone in contact.phones)
    value = next((number for number in numbers if number), "")
    if value or kind is EventKind.CALL:
        return value
    addresses = (email.value.strip() for email in contact.emails)
    return next((address for address in addresses if address), "")
