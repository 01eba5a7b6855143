"""Agenda: what stands in the calendars, and what is free."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.domain.account import User
from desktop.domain.errors import NotFoundError
from desktop.domain.event import Calendar, CalendarEntry, CalendarKind
from desktop.domain.freebusy import WorkHours, busy_spans, clashes, free_slots, merged
from desktop.domain.ids import AccountId, CalendarId, EventId
from desktop.domain.timespan import DateSpan, TimeSpan, When
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.settings import HIDDEN_CALENDARS, names_from, names_to
from desktop.store.files import StoreFiles

_NEAR = timedelta(days=14)
_FAR = timedelta(days=60)
SLOTS_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Clashes:
    """What a plan would double-book: ``entries`` by start, and the next ``free`` slots."""

    entries: tuple[CalendarEntry, ...] = ()
    free: tuple[TimeSpan, ...] = ()


class Agenda:
    """Reads the cache; never waits for a server.

    ``zone`` is the user's. ``want_window`` is told which time is looked at, so that sync can
    fetch it.
    """

    def __init__(
        self,
        files: StoreFiles,
        feed: ChangeFeed,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        *,
        work_hours: Callable[[], WorkHours] = WorkHours,
        want_window: Callable[[TimeSpan], object] | None = None,
    ) -> None:
        self._files = files
        self._feed = feed
        self._clock = clock
        self._zone = zone
        self._work_hours = work_hours
        self._want_window = want_window
        self._wanted: TimeSpan | None = None
        self._hidden: frozenset[CalendarId] | None = None

    async def entries(self, span: TimeSpan) -> tuple[CalendarEntry, ...]:
        """What stands in the visible calendars within ``span``, by start; sync is told of it."""
        if self._want_window is not None and not _inside(span, self._wanted):
            self._wanted = span
            self._want_window(span)
        return await self.stored(span)

    async def stored(self, span: TimeSpan) -> tuple[CalendarEntry, ...]:
        """The same from the cache alone, for questions that are no look at the calendar."""
        hidden = await self._hidden_calendars()
        return await self._files.cache.read(
            lambda cache: cache.events.entries(span, zone=self._zone, hidden=hidden)
        )

    async def entry(
        self, event_id: EventId, original_start: date | datetime | None = None
    ) -> CalendarEntry:
        """One event as a calendar shows it; of a series the occurrence, or its first.

        Raises `NotFoundError`.
        """
        entry = await self._files.cache.read(
            lambda cache: cache.events.entry(event_id, original_start)
        )
        if entry is None:
            raise NotFoundError
        return entry

    async def days_with_events(self, first: date, end: date) -> frozenset[date]:
        """The days from ``first`` until before ``end`` that have an event."""
        return await self._files.cache.read(
            lambda cache: cache.events.days_with_events(first, end, self._zone)
        )

    async def calendars(self) -> tuple[Calendar, ...]:
        """The calendars of all accounts; ``visible`` as the user chose."""
        hidden = await self._hidden_calendars()
        calendars = await self._files.cache.read(lambda cache: cache.calendars.all())
        return tuple(
            replace(one, visible=one.id not in hidden)
            for one in calendars
            if one.kind is not CalendarKind.ROOM
        )

    async def rooms(self) -> tuple[Calendar, ...]:
        """The meeting rooms of all accounts, each as the calendar that its bookings stand in."""
        calendars = await self._files.cache.read(lambda cache: cache.calendars.all())
        return tuple(one for one in calendars if one.kind is CalendarKind.ROOM)

    async def set_calendar_visible(self, calendar_id: CalendarId, visible: bool) -> None:
        """Shows or hides a calendar, durably."""
        await self.set_calendars_visible((calendar_id,), visible)

    async def set_calendars_visible(
        self, calendar_ids: Collection[CalendarId], visible: bool
    ) -> None:
        """Shows or hides several calendars at once, durably."""
        known = await self._hidden_calendars()
        hidden = known.difference(calendar_ids) if visible else known.union(calendar_ids)
        text = names_to(sorted(hidden))
        await self._files.own.write(lambda own: own.settings.put(HIDDEN_CALENDARS, text))
        self._hidden = hidden
        for calendar_id in calendar_ids:
            self._feed.publish(Topic.CALENDARS, calendar_id)

    async def users(self, account_id: AccountId) -> tuple[User, ...]:
        """The colleagues on an account."""
        return await self._files.cache.read(lambda cache: cache.users.of(account_id))

    async def clashes(
        self,
        when: When,
        *,
        ignoring: EventId | None = None,
        also_busy: Sequence[TimeSpan] = (),
    ) -> Clashes:
        """What overlaps a plan and the next free slots of its length; nothing for whole days.

        ``also_busy`` is the time of those who shall come too, or is not known to be free.
        """
        if isinstance(when, DateSpan):
            return Clashes()
        entries = clashes(when, await self.stored(when), ignoring=ignoring)
        if not entries and not any(span.overlaps(when) for span in also_busy):
            return Clashes()
        free = await self.free_slots(
            max(when.start, self._clock()),
            round(when.duration.total_seconds() / 60),
            SLOTS_OFFERED,
            ignoring=ignoring,
            also_busy=also_busy,
        )
        return Clashes(entries, free)

    async def free_slots(
        self,
        after: datetime,
        minutes: int,
        count: int,
        *,
        ignoring: EventId | None = None,
        also_busy: Sequence[TimeSpan] = (),
    ) -> tuple[TimeSpan, ...]:
        """The next free slots inside working hours, not overlapping each other."""
        found: tuple[TimeSpan, ...] = ()
        for ahead in (_NEAR, _FAR):
            span = TimeSpan(after, after.astimezone(UTC) + ahead)
            busy = busy_spans(await self.stored(span), ignoring=ignoring)
            busy = merged((*busy, *also_busy))
            found = free_slots(
                busy,
                after,
                timedelta(minutes=minutes),
                self._work_hours(),
                self._zone,
                count=count,
                before=span.end,
            )
            if len(found) >= count:
                break
        return found

    async def _hidden_calendars(self) -> frozenset[CalendarId]:
        if self._hidden is None:
            text = await self._files.own.read(lambda own: own.settings.get(HIDDEN_CALENDARS))
            self._hidden = frozenset(map(CalendarId, names_from(text)))
        return self._hidden


def _inside(span: TimeSpan, window: TimeSpan | None) -> bool:
    if window is None:
        return False
    starts, ends = (
        [moment.astimezone(UTC) for moment in pair]
        for pair in ((window.start, span.start), (span.end, window.end))
    )
    return starts[0] <= starts[1] and ends[0] <= ends[1]
