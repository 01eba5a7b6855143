"""Whether the portal has somebody already: asked before a contact is made there."""

from collections.abc import Iterable

import msgspec

from desktop.domain.contact import Contact
from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.sync import RemoteRecord
from desktop.services.api.bitrix24.batch import Command
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.contacts.companies import Companies
from desktop.services.api.bitrix24.contacts.crm_family import Entity, Families
from desktop.services.api.bitrix24.contacts.wire_contacts import CONTACTS, contact_record
from desktop.services.api.bitrix24.envelope import BatchReply
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.values import as_id, as_list
from desktop.services.api.bitrix24.wire import each

FIND = "crm.duplicate.findbycomm"
MOST_VALUES = 20
"""``values`` takes no more."""
MOST_SHOWN = 5
_ANOTHER_TIME = frozenset(
    {Refusal.BUSY, Refusal.METHOD_BUSY, Refusal.SIGN_IN, Refusal.STOPPED, Refusal.MOVED}
)
"""Refusals after which the same question may be answered; any other answer is none."""
_SHORTEST = 7
_RUSSIAN = 11

_FOUND = msgspec.json.Decoder(dict[str, object] | list[object])


class Duplicates:
    """Looks for cards with the same number or address."""

    def __init__(
        self,
        client: Bitrix24Client,
        state: PortalState,
        companies: Companies,
        families: Families,
    ) -> None:
        self._client = client
        self._state = state
        self._companies = companies
        self._families = families

    async def of(self, contact: Contact) -> tuple[RemoteRecord, ...]:
        """Cards that share a number or an address with ``contact``, the oldest first.

        Nobody where the portal cannot be asked: then the card is made without the question.
        """
        commands = _questions(contact)
        if not commands:
            return ()
        reply = await self._client.batch(commands)
        ids = sorted({one for name in commands for one in _found(reply, name)}, key=int)
        return await self._cards(ids[:MOST_SHOWN])

    async def _cards(self, ids: list[str]) -> tuple[RemoteRecord, ...]:
        if not ids:
            return ()
        family = await self._families.of(Entity.CONTACT)
        reply = await self._client.batch(
            {f"c{one}": family.get(Entity.CONTACT, one) for one in ids}
        )
        reader = family.reader(CONTACTS)
        raws = [reply.find(f"c{one}") for one in ids]
        # A hit that may not be read cannot be shown, and so not be chosen either.
        rows = [row for raw in raws if raw is not None and (row := reader.row(raw)) is not None]
        await self._companies.need((as_id(row.company_id) for row in rows), family, watched=True)
        titles, account = self._companies.titles, self._state.account
        return tuple(each(rows, lambda row: contact_record(row, account, titles), "contact"))


def phone_variants(number: str) -> tuple[str, ...]:
    """A number as it may have been written: the portal compares whole texts but for extensions."""
    typed = number.strip()
    digits = "".join(char for char in typed if char.isascii() and char.isdigit())
    if len(digits) < _SHORTEST:
        return ()
    variants = [typed, digits, f"+{digits}"]
    if len(digits) == _RUSSIAN and digits[0] in "78":
        rest = digits[1:]
        variants += [f"+7{rest}", f"7{rest}", f"8{rest}"]
    if digits.startswith("00"):
        variants += [digits.lstrip("0"), f"+{digits.lstrip('0')}"]
    return tuple(dict.fromkeys(variants))


def _questions(contact: Contact) -> dict[str, Command]:
    numbers = _some(one for phone in contact.phones for one in phone_variants(phone.value))
    mails = _some(email.value.strip() for email in contact.emails)
    asked = (("phones", "PHONE", numbers), ("mails", "EMAIL", mails))
    return {
        name: Command(FIND, {"type": kind, "values": values, "entity_type": "CONTACT"})
        for name, kind, values in asked
        if values
    }


def _some(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))[:MOST_VALUES]


def _found(reply: BatchReply, name: str) -> list[str]:
    try:
        told = _FOUND.decode(reply.get(name))
    except RefusedError as error:
        if error.reason in _ANOTHER_TIME:
            raise
        return []
    except msgspec.DecodeError:
        raise OutcomeUnknownError from None
    hits = told.get("CONTACT") if isinstance(told, dict) else None  # nobody: an empty list
    return [one for hit in as_list(hits) if (one := as_id(hit))]
