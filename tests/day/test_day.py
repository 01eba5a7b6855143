"""Eight hours with 50,000 contacts: no limit error of our own making, nothing booked twice."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.domain.ids import EventId
from tests.day.loop import LeapingLoop
from tests.day.office import MONDAY_MORNING, Office, open_office
from tests.day.story import (
    HOUR_S,
    IDLE,
    Colleague,
    Salesperson,
    colleagues_work,
    sells,
    until_hour,
    window_and_lid,
)
from tests.day.wire import Line, PortalClock
from tests.servers.portal import Portal

CONTACTS = 50_000
FEWER = 6_000
EIGHT_HOURS, TWO_HOURS = 8.0, 2.0
FIRST_IMPORT_S = 600
USEFUL_S = 5
COLLEAGUE_SEEN_S = 60
CONTACT_SEEN_S = 12 * 60
CYCLE_REQUESTS = 5
CYCLE_BYTES = 20_000
OURS = ("QUERY_LIMIT_EXCEEDED", "OPERATION_TIME_LIMIT", "OVERLOAD_LIMIT")


@pytest.fixture
def leaping() -> Iterator[LeapingLoop]:
    """A loop of its own, without a window."""
    loop = LeapingLoop()
    yield loop
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


@pytest.fixture
def busy_portal(portal: Portal) -> Portal:
    """Early on a Monday, with the vendor's limits."""
    portal.control.set_clock(MONDAY_MORNING.isoformat(), frozen=True)
    portal.control.set_typical_costs()
    portal.control.configure(compresses=True)
    return portal


async def imported(office: Office, count: int) -> tuple[float, float]:
    """When the first contacts were here, and when all were."""
    first_s, known = 0.0, 0
    while known < count:
        await asyncio.sleep(0.5)
        known = await office.known_contacts()
        first_s = first_s or (office.line.loop.time() if known else 0.0)
    return first_s, office.line.loop.time()


async def working_day(
    office: Office, loop: LeapingLoop, colleague: Colleague, events: list[int], hours: float
) -> Salesperson:
    """From the first import on; everything has left in the end."""
    person = Salesperson(office, loop)
    async with asyncio.TaskGroup() as group:
        group.create_task(sells(person, loop, hours, every_min=7.5))
        group.create_task(colleagues_work(colleague, office, events, hours))
        group.create_task(window_and_lid(office, loop, hours))
    await until_hour(loop, hours)
    assert office.unsent() == 0
    return person


async def selling(office: Office, loop: LeapingLoop, hours: float, prefix: str) -> Salesperson:
    """Another user of the portal, who only books."""
    person = Salesperson(office, loop, prefix=prefix)
    await sells(person, loop, hours, every_min=6)
    await until_hour(loop, hours)
    assert office.unsent() == 0
    return person


def limit_errors(portal: Portal) -> Counter[str]:
    """What the portal said about being asked too much, commands in batches included."""
    return Counter(
        str(entry["outcome"])
        for entry in portal.control.requests()
        if any(code in str(entry["outcome"]) for code in OURS)
    )


def titles(portal: Portal) -> Counter[str]:
    """What stands in the portal, by title."""
    return Counter(str(row["SUBJECT"]) for row in portal.control.activities())


def starts(portal: Portal, person: Salesperson) -> dict[EventId, datetime]:
    """When the meetings that were moved take place, by the portal."""
    by_title = {
        str(row["SUBJECT"]): datetime.fromisoformat(str(row["START_TIME"]))
        for row in portal.control.activities()
    }
    return {event_id: by_title[person.booked[event_id]] for event_id in person.moved}


def seeded_events(portal: Portal, count: int) -> list[int]:
    """Events of the user in this week."""
    return [
        portal.control.add_event(
            name=f"Event {number}",
            start=f"2026-11-{17 + number % 4}T18:00:00+01:00",
            end=f"2026-11-{17 + number % 4}T18:30:00+01:00",
        )
        for number in range(count)
    ]


def tell(capsys: pytest.CaptureFixture[str], line: Line, hours: float, **figures: object) -> None:
    """What one may quote: by hour, what was asked how often."""
    with capsys.disabled():
        print()
        for name, figure in figures.items():
            print(f"{name.replace('_', ' ')}: {figure}")
        for hour in range(int(hours)):
            asked = line.by_method(hour * HOUR_S, (hour + 1) * HOUR_S)
            named = ", ".join(f"{name} {count}" for name, count in asked.most_common())
            print(f"hour {hour + 1}: {asked.total()} requests ({named})")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_day_with_a_large_portal_causes_no_limit_error(
    leaping: LeapingLoop, busy_portal: Portal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    busy_portal.control.seed_contacts(CONTACTS)
    events = seeded_events(busy_portal, 12)
    clock, line = PortalClock(leaping, busy_portal), Line(leaping, busy_portal)
    colleague = Colleague(busy_portal, clock, leaping)

    async def day() -> tuple[float, float, Salesperson]:
        webhook = busy_portal.webhook_url
        async with open_office(tmp_path / "profile", line, clock, webhook) as office:
            first_s, all_s = await imported(office, CONTACTS)
            person = await working_day(office, leaping, colleague, events, EIGHT_HOURS)
            return first_s, all_s, person

    first_s, all_s, person = leaping.run_until_complete(day())
    visits = line.visits(IDLE[0] * HOUR_S, IDLE[1] * HOUR_S)
    tell(
        capsys,
        line,
        EIGHT_HOURS,
        first_contacts_after_s=first_s,
        all_contacts_after_s=all_s,
        requests=len(line.sendings),
        booked=len(person.booked),
        event_of_a_colleague_seen_after_s=max(colleague.events_s),
        contact_of_a_colleague_seen_after_s=max(colleague.contacts_s),
        idle_visits=len(visits),
        idle_visit_requests=max(len(weights) for weights in visits),
        idle_cycle_bytes=max(max(weights) for weights in visits),
    )

    assert first_s <= USEFUL_S
    assert all_s <= FIRST_IMPORT_S
    assert max(colleague.events_s) <= COLLEAGUE_SEEN_S
    assert max(colleague.contacts_s) <= CONTACT_SEEN_S
    assert max(len(weights) for weights in visits) <= CYCLE_REQUESTS
    assert max(max(weights) for weights in visits) <= CYCLE_BYTES
    assert limit_errors(busy_portal) == {}
    assert busy_portal.control.refused_by_bucket() == 0
    assert titles(busy_portal) == Counter(person.booked.values())
    assert starts(busy_portal, person) == person.moved


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_two_users_behind_one_address_stay_within_its_one_bucket(
    leaping: LeapingLoop, busy_portal: Portal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    control = busy_portal.control
    control.seed_contacts(FEWER)
    events = seeded_events(busy_portal, 6)
    clock = PortalClock(leaping, busy_portal)
    lines = [Line(leaping, busy_portal), Line(leaping, busy_portal)]
    hook = control.add_webhook(12)
    other = f"{busy_portal.url}/rest/12/{hook['secret']}/"
    colleague = Colleague(busy_portal, clock, leaping)

    async def user(number: int, webhook: str) -> Salesperson:
        folder, line = tmp_path / f"profile {number}", lines[number]
        async with open_office(folder, line, clock, webhook, seed=number) as office:
            await imported(office, FEWER)
            if number:
                return await selling(office, leaping, TWO_HOURS, f"{number}. ")
            return await working_day(office, leaping, colleague, events, TWO_HOURS)

    async def both() -> list[Salesperson]:
        webhooks = (busy_portal.webhook_url, other)
        async with asyncio.TaskGroup() as group:
            users = [group.create_task(user(*each)) for each in enumerate(webhooks)]
        return [one.result() for one in users]

    people = leaping.run_until_complete(both())
    for line, person in zip(lines, people, strict=True):
        tell(capsys, line, TWO_HOURS, requests=len(line.sendings), booked=len(person.booked))

    assert limit_errors(busy_portal) == {}
    assert control.refused_by_bucket() == 0
    booked = Counter(title for person in people for title in person.booked.values())
    assert titles(busy_portal) == booked
