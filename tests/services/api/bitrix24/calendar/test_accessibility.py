"""Free and busy against the emulated portal: one request, whatever it says."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.availability import BusyTime, Taken
from desktop.domain.ids import UserId
from desktop.domain.timespan import TimeSpan

ME, ANNA = UserId("7"), UserId("12")
FIRST = datetime(2026, 11, 16, tzinfo=UTC)
WEEK = TimeSpan(FIRST, FIRST + timedelta(days=7))
TEN = {"start": "2026-11-17T10:00:00", "end": "2026-11-17T11:00:00", "timezone_from": "UTC"}


def at(day: int, start: int, end: int) -> TimeSpan:
    return TimeSpan(
        datetime(2026, 11, day, start, tzinfo=UTC), datetime(2026, 11, day, end, tzinfo=UTC)
    )


async def test_all_colleagues_are_asked_in_one_request_and_free_ones_have_nothing(portal, b24):
    await b24.check()
    portal.control.add_event(12, name="Secret", **TEN)
    before = portal.control.count()

    told = await b24.free_busy((ANNA, ME), WEEK)

    assert told == {ANNA: (BusyTime(at(17, 10, 11)),), ME: ()}
    assert portal.control.count() == before + 1
    (sent,) = portal.control.commands("calendar.accessibility.get")
    assert sent == {"users": [7, 12], "from": "2026-11-15", "to": "2026-11-24"}


async def test_where_nobody_has_anything_all_are_free(portal, b24):
    await b24.check()
    assert await b24.free_busy((ANNA, ME), WEEK) == {ANNA: (), ME: ()}


async def test_absences_and_perhaps_are_told_as_such_and_free_is_left_out(portal, b24):
    await b24.check()
    portal.control.add_absence(12, "2026-11-18", "2026-11-18")
    for word, hour in (("quest", 12), ("free", 14)):
        times = {"start": f"2026-11-17T{hour}:00:00", "end": f"2026-11-17T{hour + 1}:00:00"}
        portal.control.add_event(12, name=word, accessibility=word, timezone_from="UTC", **times)

    times = (await b24.free_busy((ANNA,), WEEK))[ANNA]

    assert [time.how for time in times] == [Taken.TENTATIVE, Taken.AWAY]
    assert times[1].span.duration == timedelta(days=1)


@pytest.mark.parametrize("reading", ["as_events", "series", "first", "own"])
async def test_a_series_takes_its_own_times_under_every_reading(portal, b24, reading):
    portal.control.configure(busy_reading=reading)
    await b24.check()
    portal.control.add_event(12, name="Single", **TEN)
    daily = {"start": "2026-11-17T15:00:00", "end": "2026-11-17T16:00:00"}
    portal.control.add_event(
        12, name="Daily", timezone_from="UTC", rrule={"FREQ": "DAILY", "COUNT": 3}, **daily
    )

    times = (await b24.free_busy((ANNA,), WEEK))[ANNA]

    assert [time.span for time in times] == [
        at(17, 10, 11),
        at(17, 15, 16),
        at(18, 15, 16),
        at(19, 15, 16),
    ]


async def test_who_is_no_employee_of_the_portal_is_not_known(portal, b24):
    await b24.check()
    assert await b24.free_busy((UserId("nobody"),), WEEK) == {}
