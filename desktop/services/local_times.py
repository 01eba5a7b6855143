"""LocalTimes: contacts' zones, with phone numbers once their tables are loaded."""

from desktop.domain.contact import Contact
from desktop.domain.localtime import LocalTime, PhoneReader, local_time_of
from desktop.services.changes import ChangeFeed, Topic


class LocalTimes:
    """Call it with a contact. Before `use_phones` only manual zones and addresses count."""

    def __init__(self, feed: ChangeFeed, phones: PhoneReader | None = None) -> None:
        self._feed = feed
        self._phones = phones

    def use_phones(self, phones: PhoneReader) -> None:
        """The tables of phone numbers are there: what is shown may know more now."""
        self._phones = phones
        self._feed.publish(Topic.CONTACTS)

    def __call__(self, contact: Contact) -> LocalTime | None:
        """The contact's zone and how it is known."""
        return local_time_of(contact, self._phones)
