"""What was booked while colleagues could not be asked is looked at again, and told once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.domain.account import Capabilities
from desktop.domain.availability import BusyTime
from desktop.domain.errors import OfflineError
from desktop.domain.event import Attendee, Participation
from desktop.domain.ids import EventId, UserId
from desktop.domain.timespan import TimeSpan
from desktop.services.availability import AvailabilityService
from desktop.services.rechecks import RecheckService
from desktop.services.sync.pull_busy import week_span, weeks_of
from desktop.store.cache import CacheTables
from tests.builders import TUESDAY, make_event, make_remote, make_span, make_user
from tests.services.house import CRM, CRM_CALENDAR, House, open_house

ME, BORIS = UserId("a1:7"), UserId("a1:8")
ABLE = replace(CRM, capabilities=Capabilities(free_busy=True, attendees=True))
WHEN = make_span(TUESDAY, hours=(14, 15))
PLAN = make_event(
    "e1",
    "Plan",
    WHEN,
    organizer=ME,
    attendees=(Attendee(ME, participation=Participation.ORGANIZER), Attendee(BORIS)),
)


@dataclass
class Reader:
    """What the server says of everybody's time, when it can be reached."""

    house: House
    times: tuple[BusyTime, ...] = ()
    error: Exception | None = None
    asked: list[tuple[UserId, ...]] = field(default_factory=list)

    async def read(self, users: tuple[UserId, ...], span: TimeSpan) -> None:
        self.asked.append(users)
        if self.error is not None:
            raise self.error

        def write(cache: CacheTables) -> None:
            for user in users:
                for week in weeks_of(span):
                    inside = [t for t in self.times if t.span.overlaps(week_span(week))]
                    cache.busy.put(ABLE.id, user, week, inside, self.house.clock())

        await self.house.files.cache.write(write)


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[tuple[House, Reader, RecheckService]]:
    async with open_house(folder) as house:
        await house.add(ABLE, CRM_CALENDAR)
        users = [make_user(ME, "Anna Titova"), make_user(BORIS, "Boris Orlov")]
        await house.files.cache.write(lambda cache: cache.users.replace(ABLE.id, users))
        await house.files.cache.write(
            lambda cache: cache.events.upsert_records([make_remote(PLAN)])
        )
        reader = Reader(house)
        availability = AvailabilityService(house.files, lambda _account: reader, house.clock)
        service = RecheckService(house.files, house.schedule, availability, house.clock)
        await service.remember(PLAN.id)
        yield house, reader, service


async def test_somebody_who_turns_out_to_be_busy_is_told_once(tmp_path):
    async with opened(tmp_path) as (_house, reader, service):
        reader.times = (BusyTime(make_span(TUESDAY, hours=(14.5, 16))), BusyTime(WHEN))

        (told,) = await service.run()

        assert (told.event.id, told.when) == (PLAN.id, WHEN)
        assert [(one.user, one.unknown) for one in told.found] == [(BORIS, False)]
        assert told.names == {BORIS: "Boris Orlov"}
        assert await service.run() == ()
        assert not await service.waiting()


async def test_where_all_can_come_nothing_is_said(tmp_path):
    async with opened(tmp_path) as (_house, reader, service):
        reader.times = (BusyTime(WHEN),)  # the meeting itself, by now in their calendar
        assert await service.run() == ()
        assert not await service.waiting()


async def test_without_a_network_it_waits_over_a_restart_too(tmp_path):
    async with opened(tmp_path) as (house, reader, service):
        reader.error = OfflineError()
        assert await service.run() == ()
        availability = AvailabilityService(house.files, lambda _account: reader, house.clock)
        again = RecheckService(house.files, house.schedule, availability, house.clock)
        assert await again.waiting()


async def test_what_has_not_reached_its_server_is_not_asked_for_yet(tmp_path):
    async with opened(tmp_path) as (house, reader, service):
        await house.schedule.move(PLAN.id, make_span(TUESDAY, hours=(16, 17)))
        assert await service.run() == ()
        assert reader.asked == []
        assert await service.waiting()


async def test_what_is_over_or_gone_is_forgotten(tmp_path):
    async with opened(tmp_path) as (house, reader, service):
        await service.remember(EventId("gone"))
        house.clock.forward(days=30)
        assert await service.run() == ()
        assert not await service.waiting()
        assert reader.asked == []
