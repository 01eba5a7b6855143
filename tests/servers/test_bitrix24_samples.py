"""The calendar samples of section 9, seeded on the portal and read back."""

from typing import Any

import pytest

from tests.services.api.bitrix24.samples import SAMPLES

from .conftest import Call
from .portal import Portal

RIGA: dict[str, Any] = {"timezone_from": "Europe/Riga", "timezone_to": "Europe/Riga"}
MOVING = frozenset(
    "ID PARENT_ID DATE_CREATE TIMESTAMP_X DAV_XML_ID VERSION SECTION_ID SECT_ID".split()
)
"""What differs on every portal: ids, stamps and counters."""


def sample(name: str, number: int = 0) -> Any:
    return SAMPLES[name][number]["result"]


def assert_like(found: dict[str, Any], expected: dict[str, Any]) -> None:
    """All keys of the sample, with its types, and its values but for the moving ones."""
    assert not set(expected) - set(found)
    kinds = {name: type(found[name]) for name in expected}
    assert kinds == {name: type(value) for name, value in expected.items()}
    fixed = set(expected) - MOVING
    assert {name: found[name] for name in fixed} == {name: expected[name] for name in fixed}


def window(call: Call, owner: int = 7) -> list[dict[str, Any]]:
    params = {"type": "user", "ownerId": owner, "from": "2024-12-09", "to": "2024-12-22"}
    found: list[dict[str, Any]] = call("calendar.event.get", params)["result"]
    return found


@pytest.fixture(autouse=True)
def in_riga(portal: Portal) -> None:
    """The caller of the samples lives where the events take place."""
    portal.control.patch("user", 7, TIME_ZONE="Europe/Riga")
    for number in (43, 12):
        kind = portal.control.add_contact if number == 43 else portal.control.add_company
        kind(ID=number, NAME="Alex", TITLE="Acme")


def test_s4_calendars(portal: Portal, call: Call) -> None:
    own, locked = sample("S4")
    portal.control.patch(
        "section",
        41,
        ACCESS=own["ACCESS"],
        DATE_CREATE=own["DATE_CREATE"],
        TIMESTAMP_X=own["TIMESTAMP_X"],
    )

    found = call("calendar.section.get", {"type": "user", "ownerId": 7})["result"]

    assert found[0] == own
    assert_like(found[1], {**locked, "TEXT_COLOR": "#283000", "EXPORT": {"ALLOW": True}})


def test_s5_a_timed_event(portal: Portal, call: Call) -> None:
    portal.control.add_event(
        name='Call "Acme"',
        start="2024-12-11T17:59:00",
        end="2024-12-11T18:59:00",
        description="Bring the offer",
        remind=[{"type": "min", "count": 15}],
        color="#9dcf00",
        crm_fields=["C_43"],
        **RIGA,
    )

    (event,) = window(call)

    assert_like(event, sample("S5")[0])
    assert event["DAV_XML_ID"].split("-")[0] == "20241211T155900Z"


def test_s6_two_whole_days(portal: Portal, call: Call) -> None:
    portal.control.configure(culture="de", private_values=["0", "1"])
    portal.control.add_event(
        name="Trade fair",
        start="2024-12-20",
        end="2024-12-21",
        skip_time="Y",
        accessibility="absent",
        **RIGA,
    )

    (event,) = window(call)

    assert_like(event, sample("S6")[0])


def test_s7_a_weekly_series(portal: Portal, call: Call) -> None:
    number = portal.control.seed_series(
        name="Sales stand-up",
        start="2024-11-25T09:00:00",
        end="2024-11-25T09:30:00",
        rrule={"FREQ": "WEEKLY", "BYDAY": ["MO", "WE"], "UNTIL": "2024-12-24"},
        left_out=["2024-12-11"],
        **RIGA,
    )["series"]
    params = {"type": "user", "ownerId": 7, "from": "2024-12-09", "to": "2024-12-16"}

    found = call("calendar.event.get", params)["result"]

    assert [event["ID"] for event in found] == [str(number)] * 2
    for event, expected in zip(found, sample("S7"), strict=True):
        assert_like(event, expected)


def test_s8_an_occurrence_as_the_invited_colleague_sees_it(portal: Portal) -> None:
    series = portal.control.add_event(
        name="Sales stand-up",
        start="2024-11-25T09:00:00",
        end="2024-11-25T09:30:00",
        rrule={"FREQ": "WEEKLY", "BYDAY": ["MO", "WE"], "UNTIL": "2024-12-24"},
        crm_fields=["C_43", "CO_12"],
        **RIGA,
    )
    one = portal.control.change_occurrence(
        series,
        "2024-12-11",
        name="Sales stand-up (moved)",
        start="2024-12-11T10:00:00",
        location="calendar_3",
        remind=[{"type": "min", "count": 15}],
        is_meeting="Y",
        attendees=[7, 12],
        meeting={"notify": True},
    )
    row = portal.control.record("event", one)
    assert row is not None
    entry = row["attendees"][1]["entryId"]

    event = portal.control.call("calendar.event.getbyid", {"id": entry}, by=12)

    expected = sample("S8")[0]
    expected |= {"RECURRENCE_ID": str(series)}
    expected |= {"RELATIONS": {"COMMENT_XML_ID": f"EVENT_{series}_12/11/2024"}}
    expected["ATTENDEE_LIST"] = [
        {"id": 7, "entryId": str(one), "status": "H"},
        {"id": 12, "entryId": entry, "status": "Q"},
    ]
    assert_like(event, expected)
    assert (event["ID"], event["PARENT_ID"]) == (entry, str(one))


def test_s8b_a_colleagues_private_event(portal: Portal, call: Call) -> None:
    times: dict[str, Any] = {"start": "2024-12-12T14:00:00", "end": "2024-12-12T15:00:00"}
    portal.control.add_event(12, name="Doctor", private_event="Y", **times, **RIGA)

    (event,) = window(call, owner=12)

    assert_like(event, sample("S8b")[0])
    assert set(event) == set(sample("S8b")[0])


def test_s9_free_and_busy(portal: Portal, call: Call) -> None:
    portal.control.configure(culture="de")
    portal.control.patch("user", 7, TIME_ZONE="UTC")
    number = portal.control.add_event(
        name="Demo",
        start="2024-12-02T11:00:00",
        end="2024-12-02T12:00:00",
        timezone_from="America/Managua",
    )
    portal.control.patch("event", number, event_type="#collab#")
    params = {"users": [7, 12], "from": "2024-12-01", "to": "2024-12-31"}

    found = call("calendar.accessibility.get", params)["result"]

    expected = sample("S9")
    assert list(found) == list(expected)
    assert found["12"] == expected["12"]
    assert_like(found["7"][0], expected["7"][0])
    assert set(found["7"][0]) == set(expected["7"][0])


def test_s21_the_answer_to_a_partial_edit(portal: Portal, call: Call) -> None:
    number = portal.control.add_event(
        name="x",
        start="2024-12-23T17:59:00",
        end="2024-12-23T18:59:00",
        rrule={"FREQ": "DAILY", "COUNT": 3},
        **RIGA,
    )
    times = {"from": "2024-12-24T18:59:00", "to": "2024-12-24T19:59:00", **RIGA}
    params = {"id": number, "type": "user", "ownerId": 7, "name": "x", **times}

    mode = {"recurrence_mode": "this", "current_date_from": "2024-12-24"}
    found = call("calendar.event.update", {**params, **mode})["result"]

    expected = sample("S21", 1)
    assert {name: type(value) for name, value in found.items()} == {
        name: type(value) for name, value in expected.items()
    }
    assert found["originalDate"] == expected["originalDate"]
    assert found["instanceTz"] == expected["instanceTz"]


def test_s22_and_s23_settings(portal: Portal, call: Call) -> None:
    portal.control.patch("user", 7, TIME_ZONE="Europe/Berlin")
    portal.control.set_clock("2026-08-20T10:00:00+02:00", frozen=True)
    portal.control.set_user_options(7, defaultSections={"user7": "41", "group6": "49"})

    assert call("calendar.user.settings.get")["result"] == sample("S22")
    assert call("calendar.settings.get")["result"] == sample("S23", 0)
    portal.control.patch("user", 7, USER_TYPE="extranet")
    assert call("calendar.settings.get")["result"] == sample("S23", 1)
