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
        windows: tuple[dict[str, str], ...] = ({}, {"from": "2026-11-18"}, {"to": "2026-11-18"})
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


def test_a_portal_may_tell_a_series_once(portal: Portal, call: Call) -> None:
    daily(portal)
    window = {"type": "user", "ownerId": 7, "from": "2026-11-18", "to": "2026-11-18"}
    portal.control.configure(rindex_told=False)
    assert "RINDEX" not in call("calendar.event.get", window)["result"][0]

    portal.control.configure(expansion="masters")

    (event,) = call("calendar.event.get", window)["result"]
    assert event["DATE_FROM_FORMATTED"] == "Tue Nov 17 2026 09:00:00"


def test_types_that_other_portals_use(portal: Portal, call: Call) -> None:
    portal.control.configure(rule_numbers="text", meeting_flag="letter")
    number = daily(portal)

    event = call("calendar.event.getbyid", {"id": number})["result"]

    assert (event["RRULE"]["INTERVAL"], event["RRULE"]["COUNT"]) == ("1", "3")
    assert event["IS_MEETING"] == "N"


@pytest.mark.parametrize(
    ("changes", "times", "stamp"),
    [
        ({}, {"start": "2026-11-17T14:00:00", "timezone_from": "Europe/Moscow"}, 1794913200),
        (
            {"zones_honoured": False},
            {"start": "2026-11-17T14:00:00", "timezone_from": "Europe/Moscow"},
            1794920400,
        ),
        ({}, {"start": "2026-11-17T14:00:00+03:00"}, 1794913200),
        ({"offsets_honoured": False}, {"start": "2026-11-17T14:00:00+03:00"}, 1794920400),
        (
            {"zones_honoured": False},
            {"start": "", "end": "", "from_ts": 1794913200, "to_ts": 1794916800},
            1794913200,
        ),
    ],
)
def test_zones_and_offsets_that_a_portal_ignores(
    portal: Portal, call: Call, changes: dict[str, Any], times: dict[str, Any], stamp: int
) -> None:
    portal.control.configure(**changes)

    number = portal.control.add_event(name="x", **times)

    event = call("calendar.event.getbyid", {"id": number})["result"]
    assert event["DATE_FROM_TS_UTC"] == str(stamp)


def test_older_releases_want_the_name_in_an_update(portal: Portal, call: Call) -> None:
    portal.control.configure(name_required=True)
    number = daily(portal)
    sent = {"id": number, "type": "user", "ownerId": 7, **RIGA}

    answer = call("calendar.event.update", sent)

    assert answer["error_description"].startswith('The required parameter "name"')


def test_names_have_to_be_text(call: Call) -> None:
    sent = {"type": "user", "ownerId": 7, "section": 41, "name": ["x"], "from": "2026-11-17"}

    answer = call("calendar.event.add", {**sent, "to": "2026-11-17"})

    assert answer["error_description"] == 'Invalid value for parameter "name"'


@pytest.mark.parametrize(("old", "count"), [(False, 0), (True, 1)])
def test_old_releases_put_calls_into_the_calendar(
    portal: Portal, call: Call, old: bool, count: int
) -> None:
    portal.control.configure(call_events=old)
    contact = portal.control.add_contact(NAME="Alex", PHONE="+491")
    to = {"VALUE": "+491", "ENTITY_ID": contact, "ENTITY_TYPE_ID": 3}
    fields = {
        "TYPE_ID": 2,
        "OWNER_TYPE_ID": 3,
        "OWNER_ID": contact,
        "SUBJECT": "Call",
        "RESPONSIBLE_ID": 7,
        "DIRECTION": 2,
        "COMMUNICATIONS": [to],
        "START_TIME": "2026-11-17T14:00:00+03:00",
        "END_TIME": "2026-11-17T15:00:00+03:00",
    }

    number = call("crm.activity.add", {"fields": fields})["result"]

    assert len(portal.control.events()) == count
    call("crm.activity.delete", {"id": number})
    assert portal.control.events() == []


def test_any_method_can_be_made_to_fail_as_old_methods_do(portal: Portal, call: Call) -> None:
    text = "An error occurred while creating the event"
    portal.control.fail("", "calendar.event.add", text=text, status=400)
    sent = {"type": "user", "ownerId": 7, "section": 41, "name": "x"}
    times = {"from": "2026-11-17T10:00:00", "to": "2026-11-17T11:00:00"}

    answer = call("calendar.event.add", {**sent, **times})

    assert (answer["status"], answer["error"], answer["error_description"]) == (400, "", text)
    assert call("calendar.event.add", {**sent, **times})["status"] == 200


def test_odd_events_are_told_as_they_are_kept(portal: Portal, call: Call) -> None:
    seeded = portal.control.seed_quirks()
    window = {"type": "user", "ownerId": 7, "from": "2026-11-01", "to": "2026-12-01"}

    found = {event["ID"]: event for event in call("calendar.event.get", window)["result"]}

    told = {name: found[str(number)] for name, number in seeded.items()}
    assert told["entities"]["NAME"] == (
        "&lt;b&gt;Tom &amp; &quot;Jerry&quot;&lt;/b&gt; &amp;amp; Co"
    )
    assert [one["type"] for one in told["page reminders"]["REMIND"]] == ["min", "daybefore", "date"]
    assert told["files"]["UF_WEBDAV_CAL_EVENT"] == ["n31", "n32"]
    assert told["shared link"]["EVENT_TYPE"] == "#shared_crm#"
    assert (told["unknown zone"]["TZ_FROM"], told["unknown zone"]["TZ_OFFSET_FROM"]) == (
        "Mars/Olympus",
        "0",
    )
    assert (told["no zone"]["TZ_FROM"], told["renamed zone"]["TZ_TO"]) == ("", "Asia/Calcutta")
    assert told["two zones"]["DT_LENGTH"] == 8 * 3600 + 1800
    assert told["no length"]["DT_LENGTH"] == 0
    assert told["room that is gone"]["LOCATION"] == "calendar_999_1000"
    assert "TEXT_COLOR" not in told["own color"]
    assert told["end of month"]["DATE_FROM_FORMATTED"] == "Tue Dec 01 2026 10:00:00"


def test_only_the_author_reads_a_private_event_of_the_company(portal: Portal, call: Call) -> None:
    params = {"type": "company_calendar", "ownerId": 0, "section": 0, "private_event": "Y"}
    times = {"from": "2026-11-17T10:00:00", "to": "2026-11-17T11:00:00"}
    number = call("calendar.event.add", {**params, **times, "name": "Bonus"})["result"]

    assert call("calendar.event.getbyid", {"id": number})["result"]["NAME"] == "Bonus"
    theirs = portal.control.call("calendar.event.getbyid", {"id": number}, by=12)
    assert theirs["NAME"] == "[Busy]"
