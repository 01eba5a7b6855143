"""Reading the calendar: sections 5.1-5.3, 5.7 and 5.8."""

from typing import Any

import pytest

from .conftest import Call
from .portal import Portal

RIGA: dict[str, Any] = {"timezone_from": "Europe/Riga", "timezone_to": "Europe/Riga"}


def window(call: Call, first: str, last: str, owner: int = 7) -> list[dict[str, Any]]:
    params = {"type": "user", "ownerId": owner, "from": first, "to": last}
    found: list[dict[str, Any]] = call("calendar.event.get", params)["result"]
    return found


@pytest.fixture
def series(portal: Portal) -> int:
    """The weekly series of the reference's sample: Mondays and Wednesdays until 24 December."""
    return portal.control.add_event(
        name="Sales stand-up",
        start="2024-11-25T09:00:00",
        end="2024-11-25T09:30:00",
        rrule={"FREQ": "WEEKLY", "INTERVAL": 1, "BYDAY": ["MO", "WE"], "UNTIL": "2024-12-24"},
        **RIGA,
    )


def test_a_timed_event_has_the_wall_clock_in_both_forms_and_the_instant(
    portal: Portal, call: Call
) -> None:
    portal.control.add_event(
        name='Call "Acme"',
        start="2024-12-11T17:59:00",
        end="2024-12-11T18:59:00",
        remind=[{"type": "min", "count": 15}],
        **RIGA,
    )

    (event,) = window(call, "2024-12-01", "2024-12-31")

    expected = {
        "NAME": "Call &quot;Acme&quot;",
        "DATE_FROM": "12/11/2024 05:59:00 pm",
        "DATE_TO": "12/11/2024 06:59:00 pm",
        "DATE_FROM_FORMATTED": "Wed Dec 11 2024 17:59:00",
        "DATE_TO_FORMATTED": "Wed Dec 11 2024 18:59:00",
        "DATE_FROM_TS_UTC": "1733932740",
        "DATE_TO_TS_UTC": "1733936340",
        "TZ_FROM": "Europe/Riga",
        "TZ_OFFSET_FROM": "7200",
        "DT_SKIP_TIME": "N",
        "DT_LENGTH": 3600,
        "IS_MEETING": False,
        "MEETING_HOST": "0",
        "RRULE": "",
        "REMIND": [{"type": "min", "count": 15}],
        "ATTENDEES_CODES": ["U7"],
        "UF_CRM_CAL_EVENT": False,
        "VERSION": "1",
    }
    assert {name: event[name] for name in expected} == expected
    assert event["ID"] == event["PARENT_ID"]
    assert event["DAV_XML_ID"].startswith("20241211T155900Z-")
    assert "RINDEX" not in event


@pytest.mark.parametrize(
    ("culture", "shown"),
    [
        ("us", "12/11/2024 05:59:00 pm"),
        ("de", "11.12.2024 17:59:00"),
        ("iso", "2024-12-11 17:59:00"),
        ("gb", "11/12/2024 17:59:00"),
        ("in", "11/12/2024 05:59:00 pm"),
        ("jp", "2024/12/11 17:59:00"),
    ],
)
def test_the_culture_decides_the_plain_dates_only(
    portal: Portal, call: Call, culture: str, shown: str
) -> None:
    portal.control.configure(culture=culture)
    portal.control.add_event(name="x", start="2024-12-11T17:59:00", **RIGA)

    (event,) = window(call, "2024-12-11", "2024-12-11")

    assert event["DATE_FROM"] == shown
    assert event["DATE_FROM_FORMATTED"] == "Wed Dec 11 2024 17:59:00"


def test_an_all_day_event_ends_on_its_last_day_and_counts_from_utc_midnight(
    portal: Portal, call: Call
) -> None:
    portal.control.configure(culture="de")
    portal.control.add_event(
        name="Trade fair", start="2024-12-20", end="2024-12-21", skip_time="Y", **RIGA
    )

    (event,) = window(call, "2024-12-21", "2024-12-22")

    expected = {
        "DATE_FROM": "20.12.2024 00:00:00",
        "DATE_TO": "21.12.2024 00:00:00",
        "DATE_FROM_FORMATTED": "Fri Dec 20 2024",
        "DATE_TO_FORMATTED": "Sat Dec 21 2024",
        "DATE_FROM_TS_UTC": "1734652800",
        "DATE_TO_TS_UTC": "1734739200",
        "DT_SKIP_TIME": "Y",
        "DT_LENGTH": 172800,
    }
    assert {name: event[name] for name in expected} == expected
    portal.control.configure(culture="us")
    assert window(call, "2024-12-20", "2024-12-20")[0]["DATE_FROM"] == "12/20/2024"


def test_a_series_comes_as_its_occurrences(portal: Portal, call: Call, series: int) -> None:
    portal.control.patch("event", series, exdates=["2024-12-11"])

    found = window(call, "2024-12-09", "2024-12-16")

    assert [event["DATE_FROM"] for event in found] == [
        "12/09/2024 09:00:00 am",
        "12/16/2024 09:00:00 am",
    ]
    assert [event["RINDEX"] for event in found] == [0, 1]
    assert {event["ID"] for event in found} == {str(series)}
    expected = {
        "~DATE_FROM": "11/25/2024 09:00:00 am",
        "~DATE_TO": "12/24/2024 09:30:00 am",
        "DATE_FROM_TS_UTC": "1732518000",
        "DATE_TO_TS_UTC": "1735025400",
        "EXDATE": "12/11/2024",
        "RRULE": {
            "FREQ": "WEEKLY",
            "INTERVAL": 1,
            "BYDAY": {"MO": "MO", "WE": "WE"},
            "UNTIL": "12/24/2024",
            "~UNTIL": "12/24/2024",
            "UNTIL_TS": 1734998400,
        },
    }
    for event in found:
        assert {name: event[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("reading", "stamps"),
    [
        ("first", [("1732518000", "1732519800")] * 2),
        ("own", [("1733727600", "1733729400"), ("1734332400", "1734334200")]),
    ],
)
def test_the_other_readings_of_the_time_stamps(
    portal: Portal, call: Call, series: int, reading: str, stamps: list[tuple[str, str]]
) -> None:
    portal.control.configure(ts_reading=reading)
    portal.control.patch("event", series, exdates=["2024-12-11"])

    found = window(call, "2024-12-09", "2024-12-16")

    assert [(e["DATE_FROM_TS_UTC"], e["DATE_TO_TS_UTC"]) for e in found] == stamps


def test_getbyid_gives_the_master_and_null_for_what_is_gone(call: Call, series: int) -> None:
    master = call("calendar.event.getbyid", {"id": series})["result"]

    assert master["DATE_FROM_FORMATTED"] == "Mon Nov 25 2024 09:00:00"
    assert "RINDEX" not in master
    gone = call("calendar.event.getbyid", {"id": 5})
    assert (gone["status"], gone["result"]) == (200, None)
    assert call("calendar.event.getbyid")["error"] == ""


def test_occurrences_keep_their_wall_clock_across_summer_time(portal: Portal, call: Call) -> None:
    portal.control.add_event(
        name="daily", start="2026-03-27T09:00:00", rrule={"FREQ": "DAILY", "COUNT": 5}, **RIGA
    )

    found = window(call, "2026-03-28", "2026-04-30")

    assert [e["DATE_FROM_FORMATTED"][-8:] for e in found] == ["09:00:00"] * 4
    assert {e["TZ_OFFSET_FROM"] for e in found} == {"7200"}
    assert found[0]["RRULE"]["COUNT"] == 5
    assert found[0]["RRULE"]["~UNTIL"] == ""


@pytest.mark.parametrize(
    ("start", "rule", "days"),
    [
        (
            "2026-01-31",
            {"FREQ": "MONTHLY", "COUNT": 4},
            ["Sat Jan 31", "Sun Mar 01", "Tue Mar 31", "Fri May 01"],
        ),
        ("2026-01-06", {"FREQ": "WEEKLY", "COUNT": 2}, ["Mon Jan 12", "Mon Jan 19"]),
        (
            "2026-01-07",
            {"FREQ": "WEEKLY", "INTERVAL": 2, "BYDAY": ["SU", "MO"], "COUNT": 3},
            ["Sun Jan 11", "Mon Jan 19", "Sun Jan 25"],
        ),
        ("2024-02-29", {"FREQ": "YEARLY", "COUNT": 2}, ["Thu Feb 29", "Sat Mar 01"]),
        (
            "2026-01-01",
            {"FREQ": "DAILY", "INTERVAL": 10, "UNTIL": "2026-01-21", "BYDAY": ["MO"]},
            ["Thu Jan 01", "Sun Jan 11", "Wed Jan 21"],
        ),
    ],
)
def test_the_servers_own_engine(
    portal: Portal, call: Call, start: str, rule: dict[str, Any], days: list[str]
) -> None:
    portal.control.add_event(name="x", start=start, skip_time="Y", rrule=rule)

    found = window(call, "2024-01-01", "2026-12-31")

    assert [event["DATE_FROM_FORMATTED"][:10] for event in found] == days


def test_an_endless_series_has_a_far_end_and_no_raw_until(portal: Portal, call: Call) -> None:
    portal.control.add_event(name="x", start="2026-01-01T09:00:00", rrule={"FREQ": "DAILY"})

    rule = window(call, "2026-01-01", "2026-01-01")[0]["RRULE"]

    assert (rule["UNTIL"], rule["~UNTIL"], "COUNT" in rule) == ("01/01/2038", "", False)


def test_days_are_those_of_the_caller(portal: Portal, call: Call) -> None:
    """23:30 UTC on the 10th is half past midnight in Berlin."""
    portal.control.add_event(name="x", start="2026-01-10T23:30:00", timezone_from="UTC")

    assert window(call, "2026-01-10", "2026-01-10") == []
    assert len(window(call, "2026-01-11", "2026-01-11")) == 1


def test_only_the_chosen_calendars(portal: Portal, call: Call) -> None:
    portal.control.add_event(name="x", start="2026-01-10T10:00:00")
    params = {"type": "user", "ownerId": 7, "from": "2026-01-01", "to": "2026-01-31"}

    assert len(call("calendar.event.get", {**params, "section": [41]})["result"]) == 1
    assert call("calendar.event.get", {**params, "section": [42]})["result"] == []


def test_parameter_names_are_case_sensitive(call: Call) -> None:
    answer = call("calendar.event.get", {"TYPE": "user", "OWNERID": 7})

    assert (answer["status"], answer["error"]) == (400, "")


def test_a_colleagues_private_event_is_masked(portal: Portal, call: Call) -> None:
    portal.control.add_event(12, name="Doctor", start="2026-01-10T10:00:00", private_event="Y")
    portal.control.add_event(12, name="Open", start="2026-01-10T12:00:00")

    secret, known = window(call, "2026-01-10", "2026-01-10", owner=12)

    assert (secret["NAME"], secret["IS_ACCESSIBLE_TO_USER"]) == ("[Busy]", False)
    assert not {"DESCRIPTION", "LOCATION", "REMIND", "UF_CRM_CAL_EVENT"} & set(secret)
    assert known["NAME"] == "Open"


def test_sections_tell_what_may_be_written(call: Call) -> None:
    own, locked = call("calendar.section.get", {"type": "user", "ownerId": 7})["result"]

    assert (own["ID"], own["EXTERNAL_TYPE"], own["PERM"]["add"]) == ("41", "local", True)
    assert (locked["EXTERNAL_TYPE"], locked["PERM"]["edit"], locked["ACCESS"]) == (
        "google",
        False,
        [],
    )


def test_settings_have_their_odd_types(portal: Portal, call: Call) -> None:
    own = call("calendar.user.settings.get")["result"]
    assert (own["timezoneName"], own["lastUsedSection"], own["work_time_end"]) == (
        "Europe/Berlin",
        "false",
        "19.30",
    )
    assert own["timezoneOffsetUTC"] in (3600, 7200)
    assert own["crmSection"] == "41"
    assert call("calendar.settings.get")["result"]["week_holidays"] == ["SA", "SU"]
    portal.control.patch("user", 7, USER_TYPE="extranet")
    assert call("calendar.settings.get")["result"] == {"work_time_start": 9, "work_time_end": 19}


def test_free_and_busy(portal: Portal, call: Call) -> None:
    params = {"users": [7, 12], "from": "2024-12-01", "to": "2024-12-31"}
    assert call("calendar.accessibility.get", params)["result"] == []
    portal.control.configure(culture="de")
    portal.control.add_event(
        name="Demo", start="2024-12-02T11:00:00", end="2024-12-02T12:00:00",
        timezone_from="America/Managua",
    )  # fmt: skip

    found = call("calendar.accessibility.get", params)["result"]

    (entry,) = found["7"]
    assert found["12"] == []
    assert (entry["DATE_FROM"], entry["DATE_FROM_TS_UTC"]) == (
        "02.12.2024 11:00:00",
        "1733158800",
    )
    assert "DATE_FROM_FORMATTED" not in entry
