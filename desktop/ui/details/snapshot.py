"""All that the details of an event are made of, read from the services at once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from desktop.domain.account import Account, User
from desktop.domain.contact import Contact
from desktop.domain.errors import NotFoundError
from desktop.domain.event import Calendar, CalendarEntry, Event
from desktop.domain.freebusy import clashes, counts_as_busy
from desktop.domain.ids import ContactId, EventId, UserId
from desktop.domain.localtime import LocalTime
from desktop.domain.outcome import awaits_outcome
from desktop.domain.timespan import TimeSpan
from desktop.services.accounts import AccountService
from desktop.services.contacts import ContactService
from desktop.services.schedule import ScheduleService
from desktop.ui.meeting.remarks import why_read_only
from desktop.ui.meeting.surroundings import Surroundings

OriginalStart = date | datetime | None


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the event is with, and the clock on their wall where it is known."""

    contact: Contact
    local: LocalTime | None = None


@dataclass(frozen=True, slots=True)
class EventDetails:
    """A snapshot; equal ones look the same."""

    entry: CalendarEntry
    original_start: OriginalStart = None
    """Which occurrence of a series is shown."""
    account: Account | None = None
    calendar: Calendar | None = None
    people: tuple[Person, ...] = ()
    users: tuple[User, ...] = ()
    """Colleagues on the event's account."""
    series: Event | None = None
    """What says how it repeats: the event, or the series that it is one of."""
    clashes: tuple[CalendarEntry, ...] = ()
    page: str = ""
    """Where it can be seen in the browser; empty where it cannot."""
    locked: str = ""
    """Why it cannot be changed, as a sentence; empty where it can."""
    outcome_due: bool = False
    """It is a meeting or a call that has begun and that nobody has closed."""

    @property
    def event(self) -> Event:
        """The event that is shown."""
        return self.entry.event

    @property
    def may_duplicate(self) -> bool:
        """Whether a copy could stand in the same calendar."""
        return self.calendar is not None and self.calendar.lets_change

    def user_name(self, user_id: UserId | None) -> str:
        """A colleague's name; empty for nobody and for strangers."""
        return next((user.name for user in self.users if user.id == user_id), "")


@dataclass(frozen=True, slots=True)
class DetailsReader:
    """Asks the services; never waits for a server."""

    schedule: ScheduleService
    contacts: ContactService
    accounts: AccountService
    local_time: Callable[[Contact], LocalTime | None]
    page_of: Callable[[Event], Awaitable[str]] | None = None
    clock: Callable[[], datetime] = _now

    async def read(self, event_id: EventId, original_start: OriginalStart) -> EventDetails:
        """The event as it is now. Raises `NotFoundError`."""
        entry = await self.schedule.entry(event_id, original_start)
        event = entry.event
        users = await self.schedule.users(event.account_id)
        around = Surroundings(await self.accounts.all(), await self.schedule.calendars())
        people = [await self._person(one) for one in event.contacts]
        return EventDetails(
            entry=entry,
            original_start=original_start,
            account=around.account(event.account_id),
            calendar=around.calendar(event.calendar_id),
            people=tuple(one for one in people if one is not None),
            users=users,
            series=await self._series(event),
            clashes=await self._clashes(entry),
            page="" if self.page_of is None else await self.page_of(event),
            locked=why_read_only(entry, around),
            outcome_due=self._outcome_due(entry),
        )

    def _outcome_due(self, entry: CalendarEntry) -> bool:
        when = entry.when
        return isinstance(when, TimeSpan) and awaits_outcome(entry.event, when, self.clock())

    async def _person(self, contact_id: ContactId) -> Person | None:
        try:
            contact = await self.contacts.get(contact_id)
        except NotFoundError:
            return None
        return Person(contact, self.local_time(contact))

    async def _series(self, event: Event) -> Event | None:
        if event.recurrence is not None or event.series_id is None:
            return event if event.recurrence is not None else None
        try:
            return (await self.schedule.entry(event.series_id)).event
        except NotFoundError:
            return None

    async def _clashes(self, entry: CalendarEntry) -> tuple[CalendarEntry, ...]:
        when = entry.when
        if not isinstance(when, TimeSpan) or not counts_as_busy(entry):
            return ()
        return clashes(when, await self.schedule.stored(when), ignoring=entry.event.id)
