"""DraftService: meetings that are being typed, never lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desktop.domain.booking import draft_from_event
from desktop.domain.drafting import ENGLISH_TITLES, TitleTemplates, follow_title
from desktop.domain.errors import NotFoundError
from desktop.domain.event import Calendar, Reminder
from desktop.domain.freebusy import WorkHours, next_free_hour
from desktop.domain.ids import AccountId, CalendarId, ContactId, DraftId, EventId, new_uid
from desktop.domain.meeting import MeetingDraft, usual_reminders
from desktop.domain.timespan import DateSpan, TimeSpan, When
from desktop.services.agenda import Agenda
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.settings import LAST_CALENDAR
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables

_HOUR_MIN = 60


def _english() -> TitleTemplates:
    return ENGLISH_TITLES


class DraftService:
    """Makes drafts with sensible defaults and keeps them durably until booked or discarded.

    ``titles`` gives the sentences of titles that write themselves, in the user's language;
    ``reminders`` those of a new meeting, or of one that takes whole days.
    """

    def __init__(
        self,
        files: StoreFiles,
        agenda: Agenda,
        feed: ChangeFeed,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        *,
        work_hours: Callable[[], WorkHours] = WorkHours,
        titles: Callable[[], TitleTemplates] = _english,
        reminders: Callable[[bool], tuple[Reminder, ...]] = usual_reminders,
    ) -> None:
        self._files = files
        self._agenda = agenda
        self._feed = feed
        self._clock = clock
        self._zone = zone
        self._work_hours = work_hours
        self._titles = titles
        self._reminders = reminders

    async def new(
        self,
        *,
        contact: ContactId | None = None,
        when: When | None = None,
        title: str = "",
    ) -> MeetingDraft:
        """A fresh draft: the next free hour, the calendar used last, the title of itself.

        A meeting with a contact goes into the contact's own account where that has a calendar.
        Nothing is stored before `save`.
        """
        people = await self._files.cache.read(
            lambda cache: cache.contacts.many([contact] if contact else [])
        )
        known = tuple(people.values())
        account = known[0].account_id if known else None
        chosen = when or await self._next_free_hour()
        draft = MeetingDraft(
            id=DraftId(new_uid()),
            when=chosen,
            reminders=self._reminders(isinstance(chosen, DateSpan)),
            time_zone=self._zone.key,
            calendar_id=await self._calendar_for(account),
            title=title,
            title_edited=bool(title.strip()),
            contacts=tuple(one.id for one in known),
            updated_at=self._clock(),
        )
        return follow_title(draft, known, self._titles())

    def usual_reminders(self, all_day: bool) -> tuple[Reminder, ...]:
        """Those of a new meeting, or of one that takes whole days."""
        return self._reminders(all_day)

    async def for_event(
        self, event_id: EventId, original_start: date | datetime | None = None
    ) -> MeetingDraft:
        """A draft that edits an event; of a series at the time of one occurrence.

        A draft of the event that is still open is taken up again. Raises `NotFoundError`.
        """
        event = await self._files.cache.read(lambda cache: cache.events.get(event_id))
        if event is None:
            raise NotFoundError
        if original_start is None:
            for draft in await self.open_drafts():
                if draft.event_id == event_id:
                    return draft
            return draft_from_event(event, draft_id=DraftId(new_uid()), now=self._clock())
        entry = await self._agenda.entry(event_id, original_start)
        return draft_from_event(
            event, draft_id=DraftId(new_uid()), when=entry.when, now=self._clock()
        )

    async def save(self, draft: MeetingDraft) -> None:
        """Keeps a draft as it is now; on the disk when this returns."""
        kept = replace(draft, updated_at=self._clock())
        await self._files.own.write(lambda own: own.drafts.put(kept))
        self._feed.publish(Topic.DRAFTS, draft.id)

    async def discard(self, draft_id: DraftId) -> None:
        """Throws a draft away."""
        await self._files.own.write(lambda own: own.drafts.remove(draft_id))
        self._feed.publish(Topic.DRAFTS, draft_id)

    async def open_drafts(self) -> tuple[MeetingDraft, ...]:
        """What was being typed, the newest first.

        A draft whose booking was cut off after the event was stored is no draft any more.
        """
        return await self._files.own.write(_open_drafts)

    async def _next_free_hour(self) -> TimeSpan:
        now = self._clock()
        found = await self._agenda.free_slots(now, _HOUR_MIN, 1)
        return found[0] if found else next_free_hour((), now, self._work_hours(), self._zone)

    async def _calendar_for(self, account: AccountId | None) -> CalendarId | None:
        calendars = [one for one in await self._agenda.calendars() if one.writable]
        text = await self._files.own.read(lambda own: own.settings.get(LAST_CALENDAR))
        ranked = sorted(
            calendars,
            key=lambda one: (one.account_id != account, one.id != text, *_plain_order(one)),
        )
        return ranked[0].id if ranked else None


def _plain_order(calendar: Calendar) -> tuple[bool, bool]:
    return (not calendar.is_default, not calendar.visible)


def _open_drafts(own: OwnTables) -> tuple[MeetingDraft, ...]:
    left: list[MeetingDraft] = []
    for draft in own.drafts.all():
        if draft.event_id is None and own.items.get(draft.id) is not None:
            own.drafts.remove(draft.id)
        else:
            left.append(draft)
    return tuple(left)
