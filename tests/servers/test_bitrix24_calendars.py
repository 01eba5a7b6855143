"""Calendars, their rights and owners, groups, rooms and resources: sections 5.3, 5.7, 5.8."""

from typing import Any

import pytest

from .conftest import Call
from .portal import Portal

OWN = {"type": "user", "ownerId": 7}
HOURS: dict[str, Any] = {"start": "2026-11-17T10:00:00", "end": "2026-11-17T11:00:00"}


def day(call: Call, kind: str = "user", owner: int = 12, **more: Any) -> list[dict[str, Any]]:
    params = {"type": kind, "ownerId": owner, "from": "2026-11-17", "to": "2026-11-17", **more}
    found: list[dict[str, Any]] = call("calendar.event.get", params)["result"]
    return found


def test_a_calendar_is_made_changed_and_deleted_with_its_events(portal: Portal, call: Call) -> None:
    params = {**OWN, "name": "Visits", "color": "#aadf4d", "description": "On the road"}
    number = call("calendar.section.add", {**params, "export": {"ALLOW": True, "SET": "3_9"}})
    assert type(number["result"]) is int
    section: dict[str, Any] = {**OWN, "id": number["result"]}
    portal.control.add_event(section=section["id"], name="Visit", **HOURS)

    changed = call("calendar.section.update", {**section, "name": "Trips", "text_color": "#ffffff"})

    assert changed["result"] == section["id"]
    (row,) = [
        row
        for row in call("calendar.section.get", OWN)["result"]
        if row["ID"] == str(section["id"])
    ]
    expected = {
        "NAME": "Trips",
        "DESCRIPTION": "On the road",
        "COLOR": "#aadf4d",
        "TEXT_COLOR": "#ffffff",
        "EXPORT": {"ALLOW": True},
        "EXTERNAL_TYPE": "local",
        "OWNER_ID": "7",
    }
    assert {name: row[name] for name in expected} == expected
    kept = portal.control.record("section", section["id"])
    assert kept is not None
    assert kept["_EXPORT_SET"] == "3_9"
    assert call("calendar.section.delete", section)["result"] is True
    assert portal.control.events() == []
    assert call("calendar.section.delete", section)["error_description"] == "Access denied"


@pytest.mark.parametrize(
    ("method", "params", "text"),
    [
        ("add", {"name": "x"}, 'Field "type" is not specified'),
        ("add", {**OWN}, 'Field "name" is not specified'),
        ("add", {"type": "user", "ownerId": 12, "name": "x"}, "Access denied"),
        ("add", {"type": "company_calendar", "ownerId": 0, "name": "x"}, "Access denied"),
        ("update", {**OWN, "name": "x"}, "Section ID is not set"),
        ("update", {**OWN, "id": 999, "name": "x"}, "Access denied"),
        ("update", {**OWN, "id": 45, "name": "x"}, "Access denied"),
        ("update", {"type": "user", "ownerId": 12, "id": 42}, "Access denied"),
        ("delete", {**OWN}, "Section ID is not set"),
        ("get", {"type": "somebody", "ownerId": 7}, "Access denied"),
    ],
)
def test_refusals(call: Call, method: str, params: dict[str, Any], text: str) -> None:
    answer = call(f"calendar.section.{method}", params)

    assert (answer["status"], answer["error"], answer["error_description"]) == (400, "", text)


def test_only_an_administrator_makes_calendars_for_others(portal: Portal, call: Call) -> None:
    params = {"type": "user", "ownerId": 7, "name": "From above"}

    number = portal.control.call("calendar.section.add", params, by=1)

    made = portal.control.record("section", number)
    assert made is not None
    assert (made["OWNER_ID"], made["CREATED_BY"]) == ("7", "1")


@pytest.mark.parametrize(
    ("level", "perm"),
    [
        (11, {"view_time"}),
        (13, {"view_time", "view_title"}),
        (15, {"view_time", "view_title", "view_full"}),
        (17, {"view_time", "view_title", "view_full", "add", "edit", "edit_section"}),
        (
            19,
            {"view_time", "view_title", "view_full", "add", "edit", "edit_section", "access"},
        ),
    ],
)
def test_what_a_colleague_may_do_follows_the_calendars_access(
    portal: Portal, call: Call, level: int, perm: set[str]
) -> None:
    portal.control.share_section(42, G2=level, U12=19)

    (section,) = call("calendar.section.get", {"type": "user", "ownerId": 12})["result"]

    assert {name for name, allowed in section["PERM"].items() if allowed} == perm
    assert section["ACCESS"] == {"G2": level, "U12": 19}


def test_a_calendar_without_access_is_not_there_for_colleagues(portal: Portal, call: Call) -> None:
    number = portal.control.add_event(12, name="Mine", **HOURS)
    portal.control.share_section(42, U12=19)

    assert call("calendar.section.get", {"type": "user", "ownerId": 12})["result"] == []
    assert day(call) == []
    assert call("calendar.event.getbyid", {"id": number})["result"] is None


def test_rights_come_through_department_and_own_code_alike(portal: Portal, call: Call) -> None:
    for code in ("D15", "DR15", "U7"):
        portal.control.share_section(42, **{code: 17, "G2": 9})
        (section,) = call("calendar.section.get", {"type": "user", "ownerId": 12})["result"]
        assert section["PERM"]["add"] is True


def test_busy_only_and_titles_only(portal: Portal, call: Call) -> None:
    more = {"description": "Teeth", "location": "Street 1", "remind": [{"type": "min", "count": 5}]}
    portal.control.add_event(12, name="Dentist", **HOURS, **more)

    portal.control.share_section(42, G2=11)
    (busy,) = day(call)
    portal.control.share_section(42, G2=13)
    (titled,) = day(call)

    details = {"DESCRIPTION", "LOCATION", "REMIND", "ATTENDEES_CODES", "UF_CRM_CAL_EVENT"}
    assert (busy["NAME"], busy["IS_ACCESSIBLE_TO_USER"]) == ("[Busy]", False)
    assert (titled["NAME"], titled["PRIVATE_EVENT"]) == ("Dentist", "")
    assert not details & set(busy)
    assert not details & set(titled)


@pytest.mark.parametrize(
    ("language", "name"), [("en", "[Busy]"), ("de", "[Beschäftigt]"), ("ru", "[Занят]")]
)
def test_a_private_event_is_named_in_the_portals_language(
    portal: Portal, call: Call, language: str, name: str
) -> None:
    portal.control.configure(language=language)
    portal.control.add_event(12, name="Dentist", private_event="Y", **HOURS)

    (event,) = day(call)

    sample = {
        "ID", "PARENT_ID", "NAME", "CAL_TYPE", "OWNER_ID", "DATE_FROM", "DATE_TO",
        "DATE_FROM_FORMATTED", "DATE_TO_FORMATTED", "DATE_FROM_TS_UTC", "DATE_TO_TS_UTC",
        "TZ_FROM", "TZ_TO", "DT_SKIP_TIME", "DT_LENGTH", "ACCESSIBILITY", "PRIVATE_EVENT",
        "IS_ACCESSIBLE_TO_USER", "SECT_ID",
    }  # fmt: skip
    assert set(event) == sample
    assert (event["NAME"], event["PRIVATE_EVENT"]) == (name, "1")


@pytest.mark.parametrize("values", [["", "1"], ["0", "1"], ["N", "Y"]])
def test_private_flags_of_other_portals(portal: Portal, call: Call, values: list[str]) -> None:
    portal.control.configure(private_values=values)
    portal.control.add_event(name="Open", **HOURS)
    portal.control.add_event(name="Closed", private_event="Y", **HOURS)

    assert [event["PRIVATE_EVENT"] for event in day(call, owner=7)] == values


def test_writing_into_a_colleagues_calendar_needs_the_right(portal: Portal, call: Call) -> None:
    params = {"type": "user", "ownerId": 12, "section": 42, "name": "x"}
    params |= {"from": "2026-11-17T10:00:00", "to": "2026-11-17T11:00:00"}
    assert call("calendar.event.add", params)["error_description"] == "Access denied"

    portal.control.share_section(42, U7=17)

    number = call("calendar.event.add", params)["result"]
    row = portal.control.record("event", number)
    assert row is not None
    assert (row["owner"], row["created_by"], row["section"]) == (12, 7, 42)
    assert call("calendar.event.delete", {"id": number})["result"] is True


def test_a_groups_calendar_is_for_its_members(portal: Portal, call: Call) -> None:
    ours = portal.control.add_group("Launch", 7, 12)
    theirs = portal.control.add_group("Board", 1, 12)

    (section,) = call("calendar.section.get", {"type": "group", "ownerId": ours["group"]})["result"]
    params = {"type": "group", "ownerId": ours["group"], "section": ours["section"], "name": "Plan"}
    times = {"from": "2026-11-17T10:00:00", "to": "2026-11-17T11:00:00"}
    number = call("calendar.event.add", {**params, **times})["result"]

    assert (section["CAL_TYPE"], section["PERM"]["add"]) == ("group", True)
    (event,) = day(call, "group", ours["group"])
    assert (event["ID"], event["OWNER_ID"]) == (str(number), str(ours["group"]))
    for owner in (theirs["group"], 999):
        answer = call("calendar.event.get", {"type": "group", "ownerId": owner})
        assert answer["error_description"] == "Access denied"


def test_the_companys_calendar_belongs_to_nobody(call: Call) -> None:
    (section,) = call("calendar.section.get", {"type": "company_calendar"})["result"]
    params = {"type": "company_calendar", "ownerId": 0, "name": "Party", "auto_detect_section": "Y"}
    times = {"from": "2026-11-17", "to": "2026-11-17", "skip_time": "Y"}

    call("calendar.event.add", {**params, **times})

    (event,) = day(call, "company_calendar", 0)
    assert (event["SECT_ID"], event["OWNER_ID"]) == (section["ID"], "0")


def test_a_room_is_booked_by_an_events_location(portal: Portal, call: Call) -> None:
    room = portal.control.add_room("Blue room")
    (section,) = call("calendar.section.get", {"type": "location"})["result"]
    assert (section["ID"], section["NAME"]) == (str(room), "Blue room")

    number = portal.control.add_event(name="Talk", location=f"calendar_{room}", **HOURS)

    (booking,) = day(call, "location", 0)
    location = call("calendar.event.getbyid", {"id": number})["result"]["LOCATION"]
    assert location == f"calendar_{room}_{booking['ID']}"
    portal.control.change_event(number, start="2026-11-17T12:00:00", end="2026-11-17T13:00:00")
    (moved,) = day(call, "location", 0)
    assert (moved["ID"], moved["DATE_FROM"]) == (booking["ID"], "11/17/2026 12:00:00 pm")
    portal.control.change_event(number, location="Lobby")
    assert day(call, "location", 0) == []


def test_a_deleted_event_frees_its_room(portal: Portal, call: Call) -> None:
    room = portal.control.add_room("Blue room")
    number = portal.control.add_event(name="Talk", location=f"calendar_{room}", **HOURS)

    portal.control.delete_event(number)

    assert portal.control.events() == []


def test_resources_and_their_bookings(portal: Portal, call: Call) -> None:
    number = call("calendar.resource.add", {"name": "Projector"})["result"]
    assert type(number) is int
    assert call("calendar.resource.update", {"resourceId": number, "name": "Beamer"})["result"]
    assert call("calendar.resource.list")["result"] == [
        {"ID": str(number), "NAME": "Beamer", "CREATED_BY": "7"}
    ]
    portal.control.book_resource(number, "Demo", "2026-11-17T10:00:00", "2026-11-17T11:00:00")
    window = {"from": "2026-11-17", "to": "2026-11-17"}

    chosen = {"filter": {"resourceIdList": [number], **window}}
    (booking,) = call("calendar.resource.booking.list", chosen)["result"]

    assert booking["EVENT_TYPE"] == "#resourcebooking#"
    assert int(booking["RESOURCE_BOOKING_ID"]) > 0
    both = {**chosen["filter"], "resourceTypeIdList": [1]}
    for wrong in ({"filter": window}, {"filter": both}, {}):
        assert call("calendar.resource.booking.list", wrong)["status"] == 400
    assert call("calendar.resource.delete", {"resourceId": number})["result"] is True
    assert call("calendar.resource.delete", {"resourceId": number})["status"] == 400


def test_external_users_have_no_calendar(portal: Portal, call: Call) -> None:
    portal.control.patch("user", 7, USER_TYPE="extranet")

    for method, params in (
        ("calendar.section.get", OWN),
        ("calendar.event.get", OWN),
        ("calendar.user.settings.get", {}),
        ("calendar.resource.list", {}),
    ):
        answer = call(method, params)
        assert (answer["status"], answer["error"]) == (400, "")
        assert answer["error_description"] == "Access denied"
    assert call("calendar.settings.get")["result"] == {"work_time_start": 9, "work_time_end": 19}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Beim Löschen des Termins ist ein Fehler aufgetreten"),
        ("ru", "Произошла ошибка при удалении события"),
    ],
)
def test_refusals_are_in_the_portals_language(
    portal: Portal, call: Call, language: str, text: str
) -> None:
    portal.control.configure(language=language)

    answer = call("calendar.event.delete", {"id": 5})

    assert (answer["error"], answer["error_description"]) == ("", text)
