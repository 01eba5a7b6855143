"""What files hold, and what reads and writes them: without the library that does it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from desktop.domain.contact import Contact
from desktop.domain.event import Event
from desktop.domain.ids import AccountId, CalendarId


@dataclass(frozen=True, slots=True)
class DamagedEntry:
    """An entry that cannot be taken over, and why (a short code)."""

    title: str
    problem: str


@dataclass(frozen=True, slots=True)
class IcsContent:
    """What a file holds. Exceptions of a series carry its id in ``series_id``."""

    name: str
    events: tuple[Event, ...]
    damaged: tuple[DamagedEntry, ...]


@dataclass(frozen=True, slots=True)
class ContactsContent:
    """What a file of contacts holds."""

    contacts: tuple[Contact, ...]
    damaged: tuple[DamagedEntry, ...]
    encoding: str = "utf-8"


class Formats(Protocol):
    """iCalendar and vCard. Whoever reads raises `InvalidInputError`."""

    def read_ics(
        self,
        data: bytes,
        *,
        account_id: AccountId,
        calendar_id: CalendarId,
        zone: tzinfo,
        new_id: Callable[[], str],
    ) -> IcsContent:
        """The events of a file, as new events of a calendar."""
        ...

    def write_ics(self, events: Iterable[Event], *, now: datetime) -> bytes:
        """A calendar file."""
        ...

    def read_vcards(
        self, data: bytes, *, account_id: AccountId, new_id: Callable[[], str]
    ) -> ContactsContent:
        """The contacts of a file, as new contacts of an account."""
        ...

    def write_vcards(self, contacts: Iterable[Contact]) -> bytes:
        """A file of contacts."""
        ...
