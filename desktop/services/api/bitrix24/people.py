"""PeopleLookup: how the account learns what this computer knows of a contact."""

from typing import Protocol

from desktop.domain.contact import Contact
from desktop.domain.ids import ContactId, RemoteId


class PeopleLookup(Protocol):
    """Contacts by their local id."""

    async def contact(self, contact_id: ContactId) -> Contact | None:
        """The contact as it is shown here, or None."""
        ...

    async def remote_id(self, contact_id: ContactId) -> RemoteId | None:
        """Its id on the portal, or None while it has none."""
        ...
