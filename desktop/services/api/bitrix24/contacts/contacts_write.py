"""Contacts of the CRM: added, changed, deleted, read and found again."""

from desktop.domain.contact import Contact
from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.ids import OpId, RemoteId
from desktop.domain.sync import OutboxEntry, RemoteRecord
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.contacts.companies import Companies
from desktop.services.api.bitrix24.contacts.crm_family import Entity, Families
from desktop.services.api.bitrix24.contacts.wire_contacts import (
    COMPANIES,
    CONTACT_SELECT,
    CONTACTS,
    ContactRow,
    contact_fields,
    contact_record,
)
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.values import as_id, as_text
from desktop.services.api.bitrix24.wire import ORIGINATOR, each


class ContactsWrite:
    """The contacts of one account, one at a time. Nothing here repeats a request."""

    def __init__(
        self,
        client: Bitrix24Client,
        state: PortalState,
        companies: Companies,
        families: Families,
    ) -> None:
        self._client = client
        self._families = families
        self._state = state
        self._companies = companies

    async def create(self, wish: Contact, op: OpId) -> RemoteId:
        """Adds a card; the CRM wants a name, so somebody without one is called by the firm."""
        fields = contact_fields(wish, None)
        if not (wish.given_name or wish.family_name):
            fields["NAME"] = wish.name or "–"
        fields |= {"ORIGINATOR_ID": ORIGINATOR, "ORIGIN_ID": str(op)}
        family = await self._families.of(Entity.CONTACT)
        await self._client.warm_up()
        return RemoteId(await family.add(self._client, Entity.CONTACT, fields))

    async def update(self, remote: RemoteId, wish: Contact, base: Contact | None) -> None:
        """Sends what differs from ``base``."""
        if base is None:
            record = await self.fetch(remote)
            if record is None or not isinstance(record.record, Contact):
                raise RefusedError(Refusal.NOT_FOUND, method="crm.contact.update")
            base = record.record
        fields = contact_fields(wish, base)
        if fields:
            family = await self._families.of(Entity.CONTACT)
            await family.update(self._client, Entity.CONTACT, remote, fields)

    async def delete(self, remote: RemoteId) -> None:
        """Deletes; a portal says "not found" of a card that is gone in several ways."""
        family = await self._families.of(Entity.CONTACT)
        try:
            await family.delete(self._client, Entity.CONTACT, remote)
        except RefusedError as error:
            if error.reason is Refusal.NOT_FOUND:
                return
            if error.code.upper() == "ERROR_CORE" and await self.fetch(remote) is None:
                return
            raise

    async def fetch(self, remote: RemoteId) -> RemoteRecord | None:
        """The card now, with its company's name, or None where it is gone."""
        family = await self._families.of(Entity.CONTACT)
        reply = await self._client.batch(
            {
                "one": family.get(Entity.CONTACT, remote),
                "firm": family.get(Entity.COMPANY, family.field("one", "COMPANY_ID")),
            }
        )
        try:
            row = family.reader(CONTACTS).row(reply.get("one"))
        except RefusedError as error:
            if error.reason is Refusal.NOT_FOUND:
                return None
            raise
        firm = reply.find("firm")
        named = family.reader(COMPANIES).row(firm) if firm is not None else None
        if row is not None and named is not None and as_id(named.id) == as_id(row.company_id):
            self._companies.learn([named])
        record = None if row is None else self._record(row)
        if record is None:
            raise OutcomeUnknownError
        return record

    async def look_up(self, entry: OutboxEntry) -> tuple[RemoteRecord, ...]:
        """The cards that this op made, the oldest first; compared again on our side."""
        family = await self._families.of(Entity.CONTACT)
        where = {"=ORIGINATOR_ID": ORIGINATOR, "=ORIGIN_ID": str(entry.op_id)}
        query = family.page(Entity.CONTACT, where, CONTACT_SELECT)
        reply = await self._client.call(query.method, query.params)
        rows = [
            row
            for row in family.reader(CONTACTS).rows(reply.result)
            if as_text(row.origin_id) == entry.op_id and as_text(row.originator_id) == ORIGINATOR
        ]
        records = each(rows, self._record, "contact")
        return tuple(sorted(records, key=lambda record: int(record.remote_id)))

    def _record(self, row: ContactRow) -> RemoteRecord | None:
        return contact_record(row, self._state.account, self._companies.titles)
