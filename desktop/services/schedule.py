"""ScheduleService: the agenda, and what the user changes in it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desktop.domain.booking import problems
from desktop.domain.contact import Contact
from desktop.domain.errors import Field, InvalidInputError, NotFoundError, ReadOnlyError
from desktop.domain.event import Event
from desktop.domain.freebusy import WorkHours
from desktop.domain.ids import CalendarId, EventId, RecordKind, new_uid
from desktop.domain.meeting import MeetingDraft
from desktop.domain.timespan import TimeSpan, When
from desktop.services import event_changes
from desktop.services.agenda import Agenda
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.event_changes import Chosen, Place
from desktop.services.settings import LAST_CALENDAR
from desktop.services.steps import History, RecordChange, StepCode
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables

OriginalStart = date | datetime
"""Which occurrence of a series is meant."""


class ScheduleService(Agenda):
    """Writes the outbox; never waits for a server. See `Agenda` for what it reads."""

    def __init__(
        self,
        files: StoreFiles,
        undo: History,
        feed: ChangeFeed,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        *,
        work_hours: Callable[[], WorkHours] = WorkHours,
        want_window: Callable[[TimeSpan], object] | None = None,
    ) -> None:
        super().__init__(files, feed, clock, zone, work_hours=work_hours, want_window=want_window)
        self._undo = undo

    async def book(
        self, draft: MeetingDraft, original_start: OriginalStart | None = None
    ) -> EventId:
        """Makes the draft an event, or changes the one it edits; durable when this returns.

        A new event has the draft's id, so that a draft that outlived its booking is known. With
        ``original_start`` only that occurrence of a series is changed. Raises
        `InvalidInputError`, `ReadOnlyError`, `NotFoundError` and `StoreFullError`.
        """
        contacts = await self._contacts(draft)
        place = await self._place(draft.calendar_id)
        _require_sound(draft, contacts, place)
        known = await self._booked_before(draft)
        if known is None:
            event_id = EventId(draft.id)
            changes = event_changes.booked(draft, place, contacts, event_id)
            code = StepCode.BOOKED
        else:
            event_id = known
            chosen = await self._chosen(event_id, original_start)
            alone = await self._exceptions(chosen.event)
            changes = event_changes.edited(
                draft, chosen, place, contacts, EventId(new_uid()), alone
            )
            code = StepCode.EDITED

        def also(own: OwnTables) -> None:
            own.drafts.remove(draft.id)
            own.settings.put(LAST_CALENDAR, place.calendar.id)

        await self._undo.perform(code, " ".join(draft.title.split()), changes, also)
        self._feed.publish(Topic.DRAFTS, draft.id)
        return _shown_event(changes, event_id)

    async def move(
        self,
        event_id: EventId,
        when: When,
        original_start: OriginalStart | None = None,
        *,
        whole_series: bool = False,
    ) -> EventId:
        """Puts an event at another time; gives the id of the event that is there then.

        Of a series ``original_start`` names the occurrence that was moved: it alone becomes an
        event of its own, or the ``whole_series`` moves as far. Raises `ReadOnlyError`,
        `NotFoundError`.
        """
        chosen = await self._chosen(event_id, original_start)
        if whole_series and original_start is not None:
            shown = (await self.entry(event_id, original_start)).when
            chosen = Chosen(chosen.event, chosen.place, occurrence=shown)
        alone = await self._exceptions(chosen.event)
        changes = event_changes.moved(chosen, when, EventId(new_uid()), alone)
        await self._perform(StepCode.MOVED, chosen.event, changes)
        return _shown_event(changes, event_id)

    async def delete(self, event_id: EventId, original_start: OriginalStart | None = None) -> None:
        """Takes an event out; with ``original_start`` one of a series, else all of it.

        The outbox waits ten seconds before it tells the server. Raises `ReadOnlyError`,
        `NotFoundError`.
        """
        chosen = await self._chosen(event_id, original_start)
        event = chosen.event
        if event.series_id is not None:
            master = await self._find(event.series_id)
            changes = (
                event_changes.removed(chosen)
                if master is None
                else event_changes.exception_removed(master, event)
            )
        else:
            changes = event_changes.removed(chosen, await self._exceptions(event))
        await self._perform(StepCode.DELETED, event, changes)

    async def duplicate(self, event_id: EventId, when: When) -> EventId:
        """A single event like this one at another time. Raises `NotFoundError`, `ReadOnlyError`."""
        event = await self._event(event_id)
        place = await self._place(event.calendar_id)
        copy = event_changes.copied(event, when, EventId(new_uid()))
        if not place.calendar.writable:
            raise ReadOnlyError
        await self._perform(StepCode.DUPLICATED, event, (copy,))
        return EventId(copy.uid)

    async def _perform(self, code: StepCode, event: Event, changes: Sequence[RecordChange]) -> None:
        await self._undo.perform(code, event.summary, changes)

    async def _chosen(
        self, event_id: EventId, original_start: OriginalStart | None = None
    ) -> Chosen:
        """What is meant, checked to be writable."""
        event = await self._event(event_id)
        place = await self._place(event.calendar_id)
        chosen = Chosen(event, place, original_start=original_start)
        event_changes.require_writable(chosen)
        return chosen

    async def _event(self, event_id: EventId) -> Event:
        event = await self._find(event_id)
        if event is None:
            raise NotFoundError
        return event

    async def _find(self, event_id: EventId) -> Event | None:
        return await self._files.cache.read(lambda cache: cache.events.get(event_id))

    async def _exceptions(self, event: Event) -> tuple[Event, ...]:
        """The occurrences of a local series that are events of their own."""
        if event.recurrence is None:
            return ()
        items = await self._files.own.read(
            lambda own: own.items.of_account(event.account_id, RecordKind.EVENT)
        )
        records = (item.base for item in items if not item.gone)
        return tuple(one for one in records if isinstance(one, Event) and one.series_id == event.id)

    async def _booked_before(self, draft: MeetingDraft) -> EventId | None:
        """The event to change: the draft's, or what an earlier try to book it has stored."""
        if draft.event_id is not None:
            return draft.event_id
        event_id = EventId(draft.id)
        return None if await self._find(event_id) is None else event_id

    async def _contacts(self, draft: MeetingDraft) -> tuple[Contact, ...]:
        """The draft's people that still exist, in its order."""
        found = await self._files.cache.read(lambda cache: cache.contacts.many(draft.contacts))
        return tuple(found[one] for one in draft.contacts if one in found)

    async def _place(self, calendar_id: CalendarId | None) -> Place:
        calendars = await self._files.cache.read(lambda cache: cache.calendars.all())
        calendar = next((one for one in calendars if one.id == calendar_id), None)
        if calendar is None:
            raise InvalidInputError(Field.CALENDAR, "missing")
        account = await self._files.own.read(lambda own: own.accounts.get(calendar.account_id))
        if account is None:
            raise InvalidInputError(Field.CALENDAR, "missing")
        return Place(account, calendar)


def _require_sound(draft: MeetingDraft, contacts: Sequence[Contact], place: Place) -> None:
    found = problems(draft, contacts, place.account, (place.calendar,))
    if found:
        raise InvalidInputError(found[0].field, found[0].code)


def _shown_event(changes: Sequence[RecordChange], otherwise: EventId) -> EventId:
    """The event that was made, else the one that was changed."""
    made = [one.uid for one in changes if one.before is None and isinstance(one.after, Event)]
    return EventId(made[0]) if made else otherwise
