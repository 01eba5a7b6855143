"""RecheckService: meetings that were booked while the colleagues' time was not known."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.availability import Hindrance, hindrances, without
from desktop.domain.errors import AppError, NotFoundError
from desktop.domain.event import CalendarEntry, DeliveryMark, Event
from desktop.domain.ids import EventId, UserId
from desktop.domain.invitations import colleagues
from desktop.domain.timespan import TimeSpan
from desktop.services.agenda import Agenda
from desktop.services.availability import AvailabilityService
from desktop.services.settings import names_from, names_to
from desktop.store.files import StoreFiles

BOOKED_UNSURE = "booked unsure"
"""Under which name the events stand that are to be looked at again."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """A booked meeting, and who turned out to be busy then."""

    event: Event
    when: TimeSpan
    found: tuple[Hindrance, ...]
    names: Mapping[UserId, str]


class RecheckService:
    """Remembers them, over a restart too, and asks once the server can be asked.

    ``clock`` is the wall's.
    """

    def __init__(
        self,
        files: StoreFiles,
        agenda: Agenda,
        availability: AvailabilityService,
        clock: Callable[[], datetime],
    ) -> None:
        self._files = files
        self._agenda = agenda
        self._availability = availability
        self._clock = clock
        self._turn = asyncio.Lock()

    async def remember(self, event_id: EventId) -> None:
        """This one was booked without knowing whether all can come."""
        async with self._turn:
            left = await self._waiting()
            await self._keep((*(one for one in left if one != event_id), event_id))

    async def waiting(self) -> bool:
        """Whether there is anything to look at again."""
        return bool(await self._waiting())

    async def run(self) -> tuple[Recheck, ...]:
        """Looks again at all that have reached their server; those with somebody busy.

        Each is told once. What cannot be found out yet is kept for the next time.
        """
        async with self._turn:
            waiting = await self._waiting()
            told: list[Recheck] = []
            left: list[EventId] = []
            for event_id in waiting:
                entry = await self._entry(event_id)
                if entry is None:
                    continue
                found = await self._look(entry)
                if found is None:
                    left.append(event_id)
                elif found.found:
                    told.append(found)
            if tuple(left) != waiting:
                await self._keep(tuple(left))
            return tuple(told)

    async def _entry(self, event_id: EventId) -> CalendarEntry | None:
        """The meeting, as long as it lies ahead and somebody is invited."""
        try:
            entry = await self._agenda.entry(event_id)
        except NotFoundError:
            return None
        ahead = isinstance(entry.when, TimeSpan) and entry.when.end > self._clock()
        return entry if ahead and not entry.event.off and colleagues(entry.event) else None

    async def _look(self, entry: CalendarEntry) -> Recheck | None:
        """What is known now; None while it is not known."""
        event, when = entry.event, entry.when
        if entry.mark is not DeliveryMark.SETTLED or not isinstance(when, TimeSpan):
            return None
        users = colleagues(event)
        try:
            people = await self._availability.refresh(event.account_id, users, when)
        except AppError:
            return None
        if any(not one.fresh for one in people):
            return None
        known = await self._agenda.users(event.account_id)
        names = {one.id: one.name for one in known if one.id in users}
        # By now the meeting itself stands in their calendars.
        found = hindrances(when, (without(one, when) for one in people))
        return Recheck(event, when, found, names)

    async def _waiting(self) -> tuple[EventId, ...]:
        text = await self._files.own.read(lambda own: own.settings.get(BOOKED_UNSURE))
        return tuple(map(EventId, names_from(text)))

    async def _keep(self, events: tuple[EventId, ...]) -> None:
        text = names_to(events)
        await self._files.own.write(lambda own: own.settings.put(BOOKED_UNSURE, text))
