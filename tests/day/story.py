"""What happens on one working day: a salesperson, and colleagues in the portal's own pages."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from desktop.domain.ids import ContactId, EventId
from desktop.domain.timespan import TimeSpan
from tests.day.loop import LeapingLoop
from tests.day.office import MONDAY_MORNING, Office
from tests.day.wire import PortalClock
from tests.servers.portal import Portal

NAMES = ("Vronsky", "Schmidt", "Müller", "Ivanova", "García", "Rossi", "Berg", "Costa")
HOUR_S = 3600.0
IDLE = (3.0, 4.0)
"""Hours of the day between which nobody changes anything, with the window in front."""
AWAY = (4.5, 5.0)
"""Hours in which another window is in front."""
ASLEEP = (5.5, 6.0)
"""Hours in which the machine sleeps."""


@dataclass
class Colleague:
    """Changes things in the portal, and notes how long it took to be seen here."""

    portal: Portal
    clock: PortalClock
    loop: LeapingLoop
    events_s: list[float] = field(default_factory=list)
    """From each change of an event until it is stored here."""
    contacts_s: list[float] = field(default_factory=list)

    async def moves_event(self, number: int, name: str, office: Office) -> None:
        """Renames an event of the user."""
        self.clock.catch_up()
        self.portal.control.change_event(number, name=name)

        async def seen() -> bool:
            return any(event.summary == name for event in await office.events())

        self.events_s.append(await self._until(seen))

    async def edits_contact(self, number: int, post: str, office: Office) -> None:
        """Gives somebody another position."""
        self.clock.catch_up()
        self.portal.control.change_contact(number, POST=post)
        contact_id = ContactId(f"{office.account_id}:contact:{number}")

        async def seen() -> bool:
            return (await office.contacts.get(contact_id)).position == post

        self.contacts_s.append(await self._until(seen))

    async def _until(self, holds: Callable[[], Awaitable[bool]]) -> float:
        began_s = self.loop.elapsed_s()
        while not await holds():
            await asyncio.sleep(1)
        return self.loop.elapsed_s() - began_s


@dataclass
class Salesperson:
    """Looks people up, opens their cards, books, moves and takes back meetings."""

    office: Office
    loop: LeapingLoop
    booked: dict[EventId, str] = field(default_factory=dict)
    """What there must be in the end, with its title."""
    moved: dict[EventId, datetime] = field(default_factory=dict)
    prefix: str = ""
    """How the titles begin."""
    _looked_up: int = 0
    _booked: int = 0

    async def books(self, start: datetime) -> None:
        """Person first: search, card, meeting."""
        contact_id = await self.looks_up()
        self._booked += 1
        span = TimeSpan(start, start + timedelta(minutes=30))
        draft = await self.office.drafts.new(contact=contact_id, when=span)
        draft = replace(
            draft,
            title=f"{self.prefix}Talk no. {self._booked}",
            title_edited=True,
            responsible=self.office.me,
        )
        self.booked[await self.office.schedule.book(draft)] = draft.title

    async def looks_up(self) -> ContactId:
        """Types a name, takes somebody with a telephone, and looks at the card."""
        self._looked_up += 1
        name = NAMES[self._looked_up % len(NAMES)]
        for end in range(3, len(name)):
            await self.office.contacts.find(name[:end])
        found = await self.office.contacts.find(name)
        likely = [hit.contact for hit in found.hits if hit.contact.phones]
        contact = likely[self._looked_up % len(likely)]
        await self.office.contacts.open(contact.id)
        await self.office.dossiers.refresh(contact.id)
        return contact.id

    async def moves_latest(self) -> None:
        """An hour and a half later."""
        event_id = list(self.booked)[-1]
        entry = await self.office.schedule.entry(event_id)
        assert isinstance(entry.when, TimeSpan)
        start = entry.when.start + timedelta(minutes=90)
        await self.office.schedule.move(event_id, TimeSpan(start, start + timedelta(minutes=30)))
        self.moved[event_id] = start

    async def cancels_latest(self) -> None:
        """Takes a meeting out."""
        event_id, _title = self.booked.popitem()
        self.moved.pop(event_id, None)
        await self.office.schedule.delete(event_id)


async def until_hour(loop: LeapingLoop, hour: float) -> None:
    """Waits until so many hours of the day have passed; late is late."""
    await asyncio.sleep(max(0.0, hour * HOUR_S - loop.elapsed_s()))


async def sells(person: Salesperson, loop: LeapingLoop, hours: float, *, every_min: float) -> None:
    """Meetings all day, with a break while nobody works."""
    hour, number = 0.1, 0
    while hour < hours - 0.2:
        if not (IDLE[0] <= hour < IDLE[1] or ASLEEP[0] <= hour < ASLEEP[1]):
            await until_hour(loop, hour)
            day = MONDAY_MORNING.replace(minute=0) + timedelta(days=1 + number % 4)
            await person.books(day + timedelta(minutes=30 * (number // 4)))
            if number % 5 == 3:
                await person.moves_latest()
            if number % 12 == 11:
                await asyncio.sleep(20)
                await person.cancels_latest()
            number += 1
        hour += every_min / 60


async def colleagues_work(
    colleague: Colleague, office: Office, events: list[int], hours: float
) -> None:
    """Every quarter of an hour something changes in the portal while the window is in front."""
    number = 0
    hour = 0.25
    while hour < hours - 0.25:
        quiet = (IDLE, AWAY, ASLEEP)
        if not any(first - 0.2 <= hour < last for first, last in quiet):
            await until_hour(colleague.loop, hour)
            event = events[number % len(events)]
            await colleague.moves_event(event, f"Moved for the {number}th time", office)
            await colleague.edits_contact(100 + number, f"Position {number}", office)
            number += 1
        hour += 0.25


async def window_and_lid(office: Office, loop: LeapingLoop, hours: float) -> None:
    """Another window for half an hour; later the lid is closed for as long."""
    if hours < ASLEEP[1]:
        return
    await until_hour(loop, AWAY[0])
    office.supervisor.set_watched(False)
    await until_hour(loop, AWAY[1])
    office.supervisor.set_watched(True)
    await until_hour(loop, ASLEEP[0])
    loop.sleep((ASLEEP[1] - ASLEEP[0]) * HOUR_S)
