"""Services in memory, as small as the calendar's page needs them."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from desktop.domain.contact import Contact, ContactHit, MatchReason, SearchResult
from desktop.domain.errors import AppError
from desktop.domain.event import CalendarEntry
from desktop.domain.ids import ContactId, DraftId, EventId, new_uid
from desktop.domain.meeting import MeetingDraft
from desktop.domain.timespan import TimeSpan, When
from desktop.services.changes import ChangeFeed, Topic
from tests.builders import CALENDAR
from tests.ui.calendar.entries import make_entry


@dataclass(frozen=True)
class FoundInMemory:
    entries: tuple[CalendarEntry, ...] = ()
    free: tuple[TimeSpan, ...] = ()


class ScheduleInMemory:
    """Keeps entries; each change is published."""

    def __init__(self, feed: ChangeFeed, *entries: CalendarEntry) -> None:
        self.feed = feed
        self.stored = {entry.event.id: entry for entry in entries}
        self.asked: list[TimeSpan] = []
        self.error: AppError | None = None
        self.free: tuple[TimeSpan, ...] = ()
        self.answer = asyncio.Event()
        self.answer.set()

    async def entries(self, span: TimeSpan) -> tuple[CalendarEntry, ...]:
        self.asked.append(span)
        await self.answer.wait()
        self._fail()
        return tuple(self.stored.values())

    async def book(self, draft: MeetingDraft) -> EventId:
        self._fail()
        event_id = EventId(draft.id)
        entry = make_entry(event_id, draft.when, summary=draft.title, contacts=draft.contacts)
        self._put(entry)
        return event_id

    async def move(
        self, event_id: EventId, when: When, original_start: date | datetime | None = None
    ) -> EventId:
        self._fail()
        entry = self.stored[event_id]
        occurrence = replace(entry.occurrence, event=entry.event.moved_to(when), when=when)
        self._put(replace(entry, occurrence=occurrence))
        return event_id

    async def delete(
        self, event_id: EventId, original_start: date | datetime | None = None
    ) -> None:
        self._fail()
        del self.stored[event_id]
        self.feed.publish(Topic.EVENTS, event_id)

    async def duplicate(self, event_id: EventId, when: When) -> EventId:
        self._fail()
        copy = EventId(new_uid())
        self._put(make_entry(copy, when, summary=self.stored[event_id].event.summary))
        return copy

    async def clashes(self, when: When, *, ignoring: EventId | None = None) -> FoundInMemory:
        if not isinstance(when, TimeSpan):
            return FoundInMemory()
        hits = tuple(
            entry
            for entry in self.stored.values()
            if isinstance(entry.when, TimeSpan) and entry.when.overlaps(when)
        )
        return FoundInMemory(hits, self.free if hits else ())

    def _put(self, entry: CalendarEntry) -> None:
        self.stored[entry.event.id] = entry
        self.feed.publish(Topic.EVENTS, entry.event.id)

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error


class DraftsInMemory:
    """Keeps drafts; each change is published."""

    def __init__(self, feed: ChangeFeed) -> None:
        self.feed = feed
        self.stored: dict[DraftId, MeetingDraft] = {}

    async def new(
        self, *, contact: ContactId | None = None, when: When | None = None, title: str = ""
    ) -> MeetingDraft:
        assert when is not None or contact is None
        return MeetingDraft(
            id=DraftId(new_uid()),
            when=when
            or TimeSpan(
                datetime(2026, 11, 18, 11, tzinfo=UTC), datetime(2026, 11, 18, 12, tzinfo=UTC)
            ),
            time_zone="UTC",
            calendar_id=CALENDAR,
            title=title or "Meeting",
            contacts=() if contact is None else (contact,),
        )

    async def save(self, draft: MeetingDraft) -> None:
        self.stored[draft.id] = draft
        self.feed.publish(Topic.DRAFTS, draft.id)

    async def discard(self, draft_id: DraftId) -> None:
        self.stored.pop(draft_id, None)
        self.feed.publish(Topic.DRAFTS, draft_id)

    async def open_drafts(self) -> tuple[MeetingDraft, ...]:
        return tuple(self.stored.values())


class PeopleInMemory:
    """Finds by any part of the name."""

    def __init__(self, *contacts: Contact) -> None:
        self.contacts = contacts

    async def find(self, query: str, *, limit: int = 50) -> SearchResult:
        hits = tuple(
            ContactHit(contact, MatchReason.NAME)
            for contact in self.contacts
            if query.casefold() in contact.name.casefold()
        )
        return SearchResult(query, hits[:limit], len(self.contacts))
