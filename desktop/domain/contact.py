"""People and their firms."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from desktop.domain.ids import AccountId, ContactId, UserId


class AddressKind(Enum):
    """What a phone number or an e-mail address is for."""

    WORK = "work"
    MOBILE = "mobile"
    HOME = "home"
    FAX = "fax"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it was written; ``remote_id`` is the server's id of the entry."""

    value: str
    kind: AddressKind = AddressKind.WORK
    remote_id: str = ""


@dataclass(frozen=True, slots=True)
class Email:
    """An address as it was written; ``remote_id`` is the server's id of the entry."""

    value: str
    kind: AddressKind = AddressKind.WORK
    remote_id: str = ""


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where somebody is; every part may be empty. ``country`` is a name or an ISO 3166 code."""

    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person one can meet. Empty strings and tuples mean "not known"."""

    id: ContactId
    account_id: AccountId
    given_name: str = ""
    second_name: str = ""
    family_name: str = ""
    company: str = ""
    position: str = ""
    phones: tuple[Phone, ...] = ()
    emails: tuple[Email, ...] = ()
    address: PostalAddress = field(default_factory=PostalAddress)
    time_zone: str = ""
    """An IANA name set by the user by hand; empty: derived from address or phone."""
    notes: str = ""
    responsible: UserId | None = None
    company_remote_id: str = ""
    read_only: bool = False
    changed_at: datetime | None = None

    @property
    def name(self) -> str:
        """Given and family name as one says them; else the company, an address or a number."""
        spoken = " ".join(part for part in (self.given_name, self.family_name) if part)
        if spoken or self.company:
            return spoken or self.company
        if self.emails:
            return self.emails[0].value
        return self.phones[0].value if self.phones else ""

    @property
    def reachable(self) -> bool:
        """Whether there is a phone number or an e-mail address to meet or call with."""
        return any(p.value.strip() for p in self.phones) or any(
            e.value.strip() for e in self.emails
        )


class MatchReason(Enum):
    """Which part of a contact a query was found in, for the row's small print."""

    NAME = "name"
    COMPANY = "company"
    POSITION = "position"
    PHONE = "phone"
    EMAIL = "email"
    CITY = "city"
    NOTES = "notes"
    DEAL = "deal"
    TYPO = "typo"
    RECENT = "recent"
    PINNED = "pinned"
    UPCOMING = "upcoming"


@dataclass(frozen=True, slots=True)
class ContactHit:
    """A row of a search's answer. Ranges are (start, end) offsets into the texts they name."""

    contact: Contact
    reason: MatchReason
    reason_text: str = ""
    """The matched text where the row would not show it otherwise (a note, an e-mail, a city)."""
    name_ranges: tuple[tuple[int, int], ...] = ()
    company_ranges: tuple[tuple[int, int], ...] = ()
    reason_ranges: tuple[tuple[int, int], ...] = ()
    next_meeting: datetime | None = None
    waiting: bool = False
    """A change of this contact has not reached its server."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a query found: ``hits`` in order of relevance, and how much was searched."""

    query: str
    hits: tuple[ContactHit, ...]
    total_contacts: int
    """Contacts in the cache."""
    expected_contacts: int | None = None
    """Contacts the servers have, where a first sync is still under way."""
    incomplete_accounts: tuple[AccountId, ...] = ()
    """Accounts whose contacts are not all cached yet: a miss may be "not cached"."""
    accounts: bool = False
    """There is an account that could have contacts."""
