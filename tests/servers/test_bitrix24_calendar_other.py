"""Free and busy, what is near, settings, and the open questions of section 11 as switches."""

from typing import Any

import pytest

from .conftest import Call
from .portal import Portal

RIGA: dict[str, Any] = {"timezone_from": "Europe/Riga", "timezone_to": "Europe/Riga"}
NOW = "2026-11-17T12:00:00+02:00"


def busy(call: Call, *users: int, first: str = "2026-11-16", last: str = "2026-11-22") -> Any:
    params = {"users": list(users), "from": first, "to": last}
    return call("calendar.accessibility.get", params)["result"]


def daily(portal: Portal) -> int:
    return portal.control.add_event(
        name="Daily",
        start="2026-11-17T09:00:00",
        end="2026-11-17T10:00:00",
        rrule={"FREQ": "DAILY", "COUNT": 3},
        **RIGA,
    )


@pytest.mark.parametrize(
    ("reading", "last_ends"),
    [
        ("as_events", ["1794902400"] * 3),
        ("series", ["1795075200"] * 3),
        ("first", ["1794902400"] * 3),
        ("own", ["1794902400", "1794988800", "1795075200"]),
    ],
)
def test_the_readings_of_busy_times_have_their_own_switch(
    portal: Portal, call: Call, reading: str, last_ends: list[str]
) -> None:
    portal.control.configure(ts_reading="first", busy_reading=reading)
    daily(portal)

    found = busy(call, 7)["7"]

    assert [entry["DATE_TO_TS_UTC"] for entry in found] == last_ends
    assert [entry["DATE_FROM"][:10] for entry in found] == [
        "11/17/2026",
        "11/18/2026",
        "11/19/2026",
    ]


@pytest.mark.parametrize(("ids", "kind"), [("int", int), ("text", str)])
def test_absences_block_whole_days(portal: Portal, call: Call, ids: str, kind: type) -> None:
    portal.control.configure(absence_ids=ids)
    portal.control.add_absence(12, "2026-11-18", "2026-11-19")
    portal.control.add_absence(12, "2026-12-18", "2026-12-19")

    found = busy(call, 12)

    (entry,) = found["12"]
    assert type(entry["ID"]) is kind
    assert (entry["ACCESSIBILITY"], entry["DT_SKIP_TIME"]) == ("absent", "Y")
    assert (entry["DATE_FROM_TS_UTC"], entry["DATE_TO_TS_UTC"]) == ("1794960000", "1795046400")


def test_every_kind_of_accessibility_is_told_and_names_are_withheld(
    portal: Portal, call: Call
) -> None:
    for hour, kind in enumerate(("busy", "quest", "free", "absent"), 10):
        start = f"2026-11-17T{hour}:00:00"
        more = {"private_event": "Y"} if kind == "absent" else {}
        portal.control.add_event(12, name=kind, start=start, accessibility=kind, **more)

    found = busy(call, 12, 7)

    assert [entry["ACCESSIBILITY"] for entry in found["12"]] == ["busy", "quest", "free", "absent"]
    assert [entry["NAME"] for entry in found["12"]] == ["busy", "quest", "free", "[Busy]"]
    assert found["7"] == []


def test_users_counted_from_zero_would_be_an_array_but_none_is_busy(call: Call) -> None:
    assert busy(call, 7, 12) == []
    assert call("calendar.accessibility.get", {"users": [7]})["error"] == ""


def test_the_nearest_are_those_still_to_come(portal: Portal, call: Call) -> None:
    portal.control.set_clock(NOW, frozen=True)
    daily(portal)
    for day in (16, 17, 18):
        portal.control.add_event(name=f"at {day}", start=f"2026-11-{day}T15:00:00", **RIGA)
    portal.control.add_event(name="far", start="2027-03-01T15:00:00", **RIGA)

    found = call("calendar.event.get.nearest")["result"]

    assert [(event["NAME"], event["DATE_FROM"][:5]) for event in found] == [
        ("at 17", "11/17"),
        ("Daily", "11/18"),
        ("at 18", "11/18"),
        ("Daily", "11/19"),
    ]
    first = call("calendar.event.getNearest", {"days": 365, "maxEventsCount": 1})["result"]
    assert [event["NAME"] for event in first] == ["at 17"]
    assert call("calendar.event.get.nearest", {"days": 365})["result"][-1]["NAME"] == "far"


def test_the_nearest_of_another_owner_have_to_be_asked_for(portal: Portal, call: Call) -> None:
    portal.control.set_clock(NOW, frozen=True)
    portal.control.add_event(12, name="Theirs", start="2026-11-18T15:00:00")
    theirs = {"type": "user", "ownerId": 12}

    assert call("calendar.event.get.nearest", theirs)["result"] == []
    found = call("calendar.event.get.nearest", {**theirs, "forCurrentUser": False})["result"]
    assert [event["NAME"] for event in found] == ["Theirs"]


def test_a_window_with_one_end_is_open_or_has_the_documented_default(
    portal: Portal, call: Call
) -> None:
    portal.control.set_clock(NOW, frozen=True)
    daily(portal)
    portal.control.add_event(name="x", start="2030-01-01T10:00:00")
    portal.control.add_event(name="x", start="2020-01-01T10:00:00")
    owner = {"type": "user", "ownerId": 7}

    def counts() -> list[int]:
        windows = ({}, {"from": "2026-11-18"}, {"to": "2026-11-18"})
        return [len(call("calendar.event.get", {**owner, **w})["result"]) for w in windows]

    assert counts() == [3, 3, 3]
    portal.control.configure(open_windows=False)
    assert counts() == [3, 2, 2]


def test_own_settings_are_written_but_for_zone_and_working_hours(
    portal: Portal, call: Call
) -> None:
    sent = {
        "view": "month",
        "lastUsedSection": "41",
        "denyBusyInvitation": True,
        "timezoneName": "Asia/Tokyo",
        "work_time_start": "7.00",
        "unheard": 1,
    }

    assert call("calendar.user.settings.set", {"settings": sent})["result"] is True

    kept = call("calendar.user.settings.get")["result"]
    assert (kept["view"], kept["lastUsedSection"], kept["denyBusyInvitation"]) == (
        "month",
        "41",
        True,
    )
    assert (kept["timezoneName"], kept["work_time_start"]) == ("Europe/Berlin", "9.00")
    assert "unheard" not in kept
    assert call("calendar.user.settings.set")["status"] == 400
    portal.control.set_user_options(7, work_time_start="7.30")
    assert call("calendar.user.settings.get")["result"]["work_time_start"] == "7.30"


def test_the_companys_week_can_be_another(portal: Portal, call: Call) -> None:
    portal.control.configure(
        calendar_options={"week_start": "SU", "week_holidays": ["FR", "SA"], "year_holidays": ""}
    )

    found = call("calendar.settings.get")["result"]

    assert (found["week_start"], found["week_holidays"]) == ("SU", ["FR", "SA"])
    assert (found["year_holidays"], found["work_time_end"]) == ("", "19")


@pytest.mark.parametrize(("how", "kinds"), [("none", []), ("general", ["5"]), ("meeting", ["1"])])
def test_an_event_with_crm_links_may_make_an_activity(
    portal: Portal, call: Call, how: str, kinds: list[str]
) -> None:
    contact = portal.control.add_contact(NAME="Alex", PHONE="+491")
    portal.control.configure(crm_event_activity=how)

    number = portal.control.add_event(
        name="Talk", start="2026-11-17T10:00:00", crm_fields=[f"C_{contact}"]
    )

    params = {"filter": {"OWNER_TYPE_ID": 3, "OWNER_ID": contact}, "select": ["*"]}
    found = call("crm.activity.list", params)["result"]
    assert [activity["TYPE_ID"] for activity in found] == kinds
    if found:
        assert found[0]["START_TIME"] == "2026-11-17T10:00:00+01:00"
        portal.control.change_event(number, name="Moved")
        again = call("crm.activity.list", params)["result"]
        assert [activity["SUBJECT"] for activity in again] == ["Moved"]
    assert len(portal.control.events()) == 1


def test_a_rule_in_words(portal: Portal, call: Call) -> None:
    rule = {"FREQ": "WEEKLY", "INTERVAL": 2, "BYDAY": ["TU"], "COUNT": 2}
    number = portal.control.add_event(name="x", start="2026-11-17T10:00:00", rrule=rule)

    def words() -> str:
        event = call("calendar.event.getbyid", {"id": number})["result"]
        return str(event["~RRULE_DESCRIPTION"])

    assert words() == "every 2 weeks on: Tue, from 11/17/2026 to 12/01/2026"
    portal.control.configure(language="de", culture="de")
    assert words() == "alle 2 Wochen am: Di, von 17.11.2026 bis 01.12.2026"


def test_everything_survives_a_restart(portal: Portal, call: Call) -> None:
    group = portal.control.add_group("Launch", 7)["group"]
    resource = call("calendar.resource.add", {"name": "Beamer"})["result"]
    portal.control.add_absence(12, "2026-11-18", "2026-11-19")
    series = portal.control.seed_series(
        name="x",
        start="2026-11-17T10:00:00",
        end="2026-11-17T11:00:00",
        rrule={"FREQ": "DAILY", "COUNT": 5},
        left_out=["2026-11-18"],
        moved={"2026-11-19": "2026-11-19T15:00:00"},
    )
    window = {"type": "user", "ownerId": 7, "from": "2026-11-17", "to": "2026-11-30"}
    before = call("calendar.event.get", window)["result"]

    portal.restart()

    assert call("calendar.event.get", window)["result"] == before
    assert [event["ID"] for event in before].count(str(series["series"])) == 3
    assert str(series["moved"]["2026-11-19"]) in {event["ID"] for event in before}
    assert call("calendar.event.get", {**window, "type": "group", "ownerId": group})["result"] == []
    assert call("calendar.resource.list")["result"][0]["ID"] == str(resource)
    assert len(busy(call, 12)["12"]) == 1
