"""Clock changes and all-day events in eight zones, against written-down offsets."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from .conftest import Call
from .portal import Portal
from .zones import NIGHTS, Night

by_zone = pytest.mark.parametrize("night", NIGHTS, ids=lambda night: night.zone)


def shown(call: Call, night: Night, number: int) -> list[dict[str, Any]]:
    first, last = night.day - timedelta(days=9), night.day + timedelta(days=9)
    params = {"type": "user", "ownerId": 7, "from": str(first), "to": str(last)}
    found = call("calendar.event.get", params)["result"]
    return [event for event in found if event["ID"] == str(number)]


def wall(event: dict[str, Any], name: str = "DATE_FROM") -> datetime:
    return datetime.strptime(event[f"{name}_FORMATTED"], "%a %b %d %Y %H:%M:%S")  # noqa: DTZ007


@by_zone
def test_a_weekly_series_keeps_its_wall_clock_and_moves_its_instant(
    portal: Portal, call: Call, night: Night
) -> None:
    portal.control.configure(ts_reading="own")
    number = portal.control.seed_night(night)["weekly"]

    found = shown(call, night, number)

    starts = [night.local(days, 9) for days in (-7, 0, 7)]
    assert [wall(event) for event in found] == starts
    stamps = [int(event["DATE_FROM_TS_UTC"]) for event in found]
    assert stamps == [night.instant(start) for start in starts]
    assert {event["TZ_OFFSET_FROM"] for event in found} == {str(night.before_s)}
    week_s = 7 * 86400
    assert (stamps[1] - stamps[0], stamps[2] - stamps[1]) == (
        week_s - (night.after_s - night.before_s),
        week_s,
    )


@by_zone
def test_a_skipped_or_doubled_time_is_counted_from_before_the_change(
    portal: Portal, call: Call, night: Night
) -> None:
    portal.control.configure(ts_reading="own")
    number = portal.control.seed_night(night)["daily"]

    found = shown(call, night, number)

    starts = [night.local(days, night.at.hour, night.at.minute) for days in (-1, 0, 1)]
    assert [wall(event) for event in found] == starts
    assert [int(event["DATE_FROM_TS_UTC"]) for event in found] == [
        night.instant(start) for start in starts
    ]


@by_zone
def test_an_event_through_the_night_lasts_as_long_as_the_night_did(
    portal: Portal, call: Call, night: Night
) -> None:
    number = portal.control.seed_night(night)["over"]

    (event,) = shown(call, night, number)

    length = 6 * 3600 - (night.after_s - night.before_s)
    assert event["DT_LENGTH"] == length
    assert int(event["DATE_TO_TS_UTC"]) - int(event["DATE_FROM_TS_UTC"]) == length
    assert wall(event, "DATE_TO") - wall(event) == timedelta(hours=6)


@by_zone
def test_whole_days_are_dates_in_every_zone(portal: Portal, call: Call, night: Night) -> None:
    seeded = portal.control.seed_night(night)

    (event,) = shown(call, night, seeded["whole"])
    weekly = shown(call, night, seeded["whole_weekly"])

    midnight = datetime.combine(night.day, datetime.min.time())
    stamp = int((midnight - datetime(1970, 1, 1)).total_seconds())  # noqa: DTZ001
    assert (event["DATE_FROM_TS_UTC"], event["DATE_TO_TS_UTC"]) == (str(stamp), str(stamp + 86400))
    assert event["DT_LENGTH"] == 172800
    assert event["DATE_FROM_FORMATTED"] == f"{midnight:%a %b %d %Y}"
    days = [night.local(days, 0) for days in (-7, 0, 7)]
    assert [one["DATE_FROM_FORMATTED"] for one in weekly] == [f"{d:%a %b %d %Y}" for d in days]
    assert {one["DT_LENGTH"] for one in weekly} == {86400}


@by_zone
def test_the_caller_far_away_finds_whole_days_on_their_date_only(
    portal: Portal, call: Call, night: Night
) -> None:
    portal.control.patch("user", 7, TIME_ZONE="Pacific/Pago_Pago")
    portal.control.seed_night(night)
    params = {"type": "user", "ownerId": 7, "from": str(night.day), "to": str(night.day)}

    found = call("calendar.event.get", params)["result"]

    assert sum(event["DT_SKIP_TIME"] == "Y" for event in found) == 2


def test_a_whole_day_made_without_zone_has_none(portal: Portal, call: Call) -> None:
    number = portal.control.add_event(name="x", start="2026-11-17", skip_time="Y")

    event = call("calendar.event.getbyid", {"id": number})["result"]

    assert (event["TZ_FROM"], event["TZ_TO"], event["TZ_OFFSET_FROM"]) == ("", "", "0")
