"""What the calendar asks of the services; they fit without knowing it."""

from datetime import date, datetime
from typing import Protocol

from desktop.domain.contact import SearchResult
from desktop.domain.event import CalendarEntry
from desktop.domain.ids import ContactId, DraftId, EventId
from desktop.domain.meeting import MeetingDraft
from desktop.domain.timespan import TimeSpan, When
from desktop.ui.calendar.agenda_port import Agenda


class FoundClashes(Protocol):
    """What a plan would double-book, and what is free instead."""

    @property
    def entries(self) -> tuple[CalendarEntry, ...]:
        """By start."""
        ...

    @property
    def free(self) -> tuple[TimeSpan, ...]:
        """The next free slots of the same length."""
        ...


class Schedule(Agenda, Protocol):
    """`services.schedule.ScheduleService`, as far as the calendar needs it."""

    async def book(self, draft: MeetingDraft) -> EventId:
        """Makes the draft an event; durable when it returns."""
        ...

    async def move(
        self, event_id: EventId, when: When, original_start: date | datetime | None = None
    ) -> EventId:
        """Puts an event, or one occurrence of a series, at another time."""
        ...

    async def delete(
        self, event_id: EventId, original_start: date | datetime | None = None
    ) -> None:
        """Takes an event, or one of a series, out."""
        ...

    async def duplicate(self, event_id: EventId, when: When) -> EventId:
        """A single event like this one at another time."""
        ...

    async def clashes(self, when: When, *, ignoring: EventId | None = None) -> FoundClashes:
        """What overlaps a plan."""
        ...


class FreeSlots(Protocol):
    """`services.schedule.ScheduleService`, as far as free time is looked for."""

    async def free_slots(
        self, after: datetime, minutes: int, count: int, *, ignoring: EventId | None = None
    ) -> tuple[TimeSpan, ...]:
        """The next free slots inside working hours."""
        ...


class Drafts(Protocol):
    """`services.drafts.DraftService`, as far as the calendar needs it."""

    async def new(
        self, *, contact: ContactId | None = None, when: When | None = None, title: str = ""
    ) -> MeetingDraft:
        """A fresh draft; nothing is stored yet."""
        ...

    async def save(self, draft: MeetingDraft) -> None:
        """Keeps a draft as it is now."""
        ...

    async def discard(self, draft_id: DraftId) -> None:
        """Throws a draft away."""
        ...

    async def open_drafts(self) -> tuple[MeetingDraft, ...]:
        """What was being typed, the newest first."""
        ...


class People(Protocol):
    """`services.contacts.ContactService`, as far as the calendar needs it."""

    async def find(self, query: str, *, limit: int = 50) -> SearchResult:
        """Contacts that match; for "" those who are likely."""
        ...
