"""Meeting rooms: offered by name, booked by their code, read back by name."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from desktop.domain.availability import BusyTime
from desktop.domain.event import CalendarKind, Event, EventKind
from desktop.domain.ids import RecordKind, UserId, new_uid
from desktop.domain.sync import Verb
from desktop.domain.timespan import TimeSpan
from tests.builders import make_event, make_op, make_span
from tests.servers.portal import Portal

WEEK = TimeSpan(datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC))


@pytest.fixture
def blue(portal: Portal) -> int:
    return portal.control.add_room("Blue &amp; green")


def wish(**more: Any) -> Event:
    values: dict[str, Any] = {
        "kind": EventKind.EVENT,
        "when": make_span(date(2026, 11, 18), hours=(10, 11)).in_zone(UTC),
    }
    return make_event("s1", "Planning", account="b1", calendar="b1:41", **{**values, **more})


def op(event: Event, verb: Verb = Verb.CREATE, **more: Any) -> Any:
    return make_op(new_uid(), event, verb=verb, kind=RecordKind.EVENT, account="b1", **more)


async def made(b24, **more: Any) -> Any:
    return (await b24.push(op(wish(**more)), None)).record


async def changed(b24, record: Any, **changes: Any) -> Any:
    entry = op(replace(record.record, **changes), Verb.UPDATE, base=record.record)
    return (await b24.push(entry, record.remote_id)).record


def bookings(portal: Portal, room: int) -> list[str]:
    return [one["name"] for one in portal.control.records("event") if one["section"] == room]


async def test_rooms_come_with_the_window_and_are_no_calendars_to_write(b24, blue):
    window = await b24.pull_events(WEEK)

    (room,) = [one for one in window.calendars if one.kind is CalendarKind.ROOM]
    assert (room.name, room.changeable) == ("Blue & green", False)


@pytest.mark.parametrize("pulled", [True, False])
async def test_a_place_that_is_a_rooms_name_books_it(portal: Portal, b24, blue, pulled):
    if pulled:
        await b24.pull_events(WEEK)

    record = await made(b24, location="blue & Green")

    assert bookings(portal, blue) == ["Planning"]
    assert record.record.location == "Blue & green"
    shown: Any = (await b24.pull_events(WEEK)).records
    assert [one.record.location for one in shown] == ["Blue & green"]


async def test_other_places_are_told_as_typed(portal: Portal, b24, blue):
    record = await made(b24, location="Blue café")

    assert record.record.location == "Blue café"
    assert bookings(portal, blue) == []


async def test_a_booking_moves_with_its_meeting_and_is_given_up(portal: Portal, b24, blue):
    await b24.pull_events(WEEK)
    record = await made(b24, location="Blue & green")

    record = await changed(b24, record, summary="Planning, again")
    assert bookings(portal, blue) == ["Planning, again"]

    record = await changed(b24, record, location="By phone")
    assert record.record.location == "By phone"
    assert bookings(portal, blue) == []


async def test_a_portal_without_the_calendars_scope_takes_the_place_as_text(portal: Portal, b24):
    record = await made(b24, location="Blue & green")

    assert record.record.location == "Blue & green"


async def test_when_a_room_is_taken_is_asked_beside_the_colleagues(portal: Portal, b24, blue):
    green = portal.control.add_room("Green")
    portal.control.add_event(
        12,
        name="Secret talks",
        start="2026-11-18T10:00:00",
        end="2026-11-18T11:30:00",
        timezone_from="Europe/Berlin",
        location=f"calendar_{blue}",
    )
    await b24.pull_events(WEEK)
    first, second = (UserId(f"b1:location0:{number}") for number in (blue, green))

    told = await b24.free_busy((UserId("12"), first, second), WEEK)

    at = datetime(2026, 11, 18, 9, tzinfo=UTC)
    taken = (BusyTime(TimeSpan(at, at + timedelta(minutes=90))),)
    assert dict(told) == {UserId("12"): taken, first: taken, second: ()}
