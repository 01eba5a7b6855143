"""Writing the calendar: sections 5.4-5.6 and 5.8."""

from typing import Any

import pytest

from .conftest import Call
from .portal import Portal

TARGET = {"type": "user", "ownerId": 7, "section": 41}
TIMES = {
    "from": "2026-11-17T14:00:00",
    "to": "2026-11-17T15:00:00",
    "timezone_from": "Europe/Moscow",
    "timezone_to": "Europe/Moscow",
}


def add(call: Call, **params: Any) -> int:
    answer = call("calendar.event.add", {**TARGET, "name": "Meeting", **TIMES, **params})
    assert answer["status"] == 200, answer
    return int(answer["result"])


def read(call: Call, number: int) -> dict[str, Any]:
    found: dict[str, Any] = call("calendar.event.getbyid", {"id": number})["result"]
    return found


def test_wall_clock_and_zone_make_the_instant(portal: Portal, call: Call) -> None:
    contact = portal.control.add_contact(NAME="Alex")
    event = read(call, add(call, crm_fields=[f"C_{contact}"], importance="high", color="#9dcf00"))

    assert event["DATE_FROM_TS_UTC"] == "1794913200"
    assert (event["TZ_FROM"], event["DATE_FROM_FORMATTED"]) == (
        "Europe/Moscow",
        "Tue Nov 17 2026 14:00:00",
    )
    assert event["UF_CRM_CAL_EVENT"] == [f"C_{contact}"]
    assert (event["IMPORTANCE"], event["COLOR"]) == ("high", "#9dcf00")


def test_an_offset_is_honoured_and_becomes_the_zone(call: Call) -> None:
    times = {"from": "2026-11-17T14:00:00+03:00", "to": "2026-11-17T15:00:00+03:00"}

    event = read(call, add(call, **times))

    assert event["DATE_FROM_TS_UTC"] == "1794913200"
    assert (event["TZ_FROM"], event["TZ_OFFSET_FROM"]) == ("+03:00", "10800")


def test_unix_times_are_in_the_users_zone(call: Call) -> None:
    params = {**TARGET, "name": "x", "from_ts": 1794913200, "to_ts": 1794916800}

    event = read(call, int(call("calendar.event.add", params)["result"]))

    assert (event["TZ_FROM"], event["DATE_FROM_TS_UTC"]) == ("Europe/Berlin", "1794913200")


def test_an_all_day_event_is_only_one_with_the_exact_flag(call: Call) -> None:
    days = {"from": "2026-11-17", "to": "2026-11-18"}

    assert read(call, add(call, **days, skip_time="Y"))["DT_LENGTH"] == 172800
    assert read(call, add(call, **days, skip_time=True))["DT_SKIP_TIME"] == "N"


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({"name": ""}, 'The required parameter "name" for the method "calendar.event.add"'),
        ({"from": ""}, 'The required parameter "from"'),
        ({"section": 999}, "You specified an invalid calendar section ID"),
        ({"section": 45}, "You specified an invalid calendar section ID"),
        ({"ownerId": 12}, "Access denied"),
        ({"crm_fields": "C_1"}, "The list of event links to CRM must be an array"),
        ({"crm_fields": ["C_99"]}, 'Invalid value for parameter "crm_fields"'),
    ],
)
def test_refusals(portal: Portal, call: Call, params: dict[str, Any], text: str) -> None:
    answer = call("calendar.event.add", {**TARGET, "name": "x", **TIMES, **params})

    assert (answer["status"], answer["error"]) == (400, "")
    assert answer["error_description"].startswith(text)
    assert portal.control.events() == []


def test_a_calendar_is_found_or_made(portal: Portal, call: Call) -> None:
    assert read(call, add(call, section=0))["SECT_ID"] == "41"
    for row in portal.control.records("section"):
        portal.control.erase("section", int(row["ID"]))
    assert call("calendar.section.get", {"type": "user", "ownerId": 7})["result"] == []

    made = read(call, add(call, section=999, auto_detect_section="Y"))["SECT_ID"]

    sections = call("calendar.section.get", {"type": "user", "ownerId": 7})["result"]
    assert [section["ID"] for section in sections] == [made]


def test_a_title_only_update_turns_all_day_into_timed(call: Call) -> None:
    number = add(call, **{"from": "2026-11-17", "to": "2026-11-17"}, skip_time="Y")

    answer = call("calendar.event.update", {**TARGET, "id": number, "name": "New"})

    assert answer["result"] == number
    event = read(call, number)
    assert (event["NAME"], event["DT_SKIP_TIME"], event["VERSION"]) == ("New", "N", "2")


def test_crm_links_stay_when_omitted_and_go_when_empty(portal: Portal, call: Call) -> None:
    contact = portal.control.add_contact(NAME="Alex")
    number = add(call, crm_fields=[f"C_{contact}"])

    call("calendar.event.update", {**TARGET, "id": number, **TIMES})
    assert read(call, number)["UF_CRM_CAL_EVENT"] == [f"C_{contact}"]
    call("calendar.event.update", {**TARGET, "id": number, **TIMES, "crm_fields": []})
    assert read(call, number)["UF_CRM_CAL_EVENT"] is False


def weekly(call: Call) -> int:
    return add(
        call,
        **{"from": "2024-12-02T09:00:00", "to": "2024-12-02T09:30:00"},
        timezone_from="Europe/Riga",
        timezone_to="Europe/Riga",
        rrule={"FREQ": "WEEKLY", "BYDAY": ["MO", "WE"], "UNTIL": "2024-12-24"},
    )


def edit(call: Call, number: int, mode: str, **more: Any) -> dict[str, Any]:
    params = {**TARGET, "id": number, "recurrence_mode": mode, "name": "Moved", **more}
    times = {"from": "2024-12-11T10:00:00", "to": "2024-12-11T10:30:00"}
    zones = {"timezone_from": "Europe/Riga", "timezone_to": "Europe/Riga"}
    return call("calendar.event.update", {**params, **times, **zones})


def december(call: Call) -> list[tuple[str, str]]:
    params = {"type": "user", "ownerId": 7, "from": "2024-12-01", "to": "2024-12-31"}
    found = call("calendar.event.get", params)["result"]
    return sorted((event["DATE_FROM"], event["ID"]) for event in found)


def test_one_occurrence_edited_alone_becomes_an_event_of_its_own(call: Call) -> None:
    number = weekly(call)

    answer = edit(call, number, "this", current_date_from="2024-12-11")["result"]

    fresh = read(call, answer["recEventId"])
    assert (answer["id"], answer["originalDate"], answer["instanceTz"]) == (
        number,
        "12/11/2024 09:00:00 am",
        "Europe/Riga",
    )
    assert (fresh["RECURRENCE_ID"], fresh["RRULE"]) == (str(number), "")
    assert fresh["ORIGINAL_DATE_FROM"] == "12/11/2024 09:00:00 am"
    assert fresh["RELATIONS"] == {"COMMENT_XML_ID": f"EVENT_{number}_12/11/2024"}
    assert read(call, number)["EXDATE"] == "12/11/2024"
    shown = december(call)
    assert ("12/11/2024 10:00:00 am", fresh["ID"]) in shown
    assert ("12/11/2024 09:00:00 am", str(number)) not in shown
    assert len(shown) == 7


def test_this_and_following_becomes_a_series_of_its_own(call: Call) -> None:
    number = weekly(call)

    answer = edit(call, number, "next", current_date_from="2024-12-11")["result"]

    tail = read(call, answer["recEventId"])
    assert tail["RELATIONS"] == {"ORIGINAL_RECURSION_ID": number}
    assert tail["RRULE"]["~UNTIL"] == "12/24/2024"
    assert read(call, number)["RRULE"]["~UNTIL"] == "12/10/2024"
    assert [owner for _, owner in december(call)] == [str(number)] * 3 + [tail["ID"]] * 4


def test_an_old_release_changes_the_whole_series_and_answers_a_number(
    portal: Portal, call: Call
) -> None:
    portal.control.configure(partial_edits=False)
    number = weekly(call)

    assert edit(call, number, "this", current_date_from="2024-12-11")["result"] == number
    assert read(call, number)["DATE_FROM_FORMATTED"] == "Wed Dec 11 2024 10:00:00"


def test_delete_takes_the_whole_series_with_its_edited_occurrences(
    portal: Portal, call: Call
) -> None:
    number = weekly(call)
    edit(call, number, "this", current_date_from="2024-12-11")

    assert call("calendar.event.delete", {"id": number})["result"] is True
    assert portal.control.events() == []
    again = call("calendar.event.delete", {"id": number})
    assert again["error_description"] == "An error occurred while deleting the event"


def test_attendees_get_copies_and_answer_in_them(portal: Portal, call: Call) -> None:
    number = add(call, is_meeting="Y", attendees=[7, 12], meeting={"notify": True})

    organised = read(call, number)
    assert (organised["IS_MEETING"], organised["MEETING_HOST"]) == (True, "7")
    assert organised["MEETING"]["HOST_NAME"] == "Anna Titova"
    host, guest = organised["ATTENDEE_LIST"]
    assert (host["status"], guest["status"]) == ("H", "Q")
    copy = portal.control.call("calendar.event.getbyid", {"id": guest["entryId"]}, by=12)
    assert (copy["PARENT_ID"], copy["OWNER_ID"], copy["MEETING_STATUS"]) == (
        str(number),
        "12",
        "Q",
    )
    answer = {"eventId": guest["entryId"], "status": "Y"}
    portal.control.call("calendar.meeting.status.set", answer, by=12)
    assert read(call, number)["ATTENDEE_LIST"][1]["status"] == "Y"
    call("calendar.event.update", {**TARGET, "id": number, **TIMES, "name": "Renamed"})
    assert portal.control.record("event", int(guest["entryId"]))["name"] == "Renamed"  # type: ignore[index]
    call("calendar.event.update", {**TARGET, "id": number, **TIMES, "is_meeting": "Y"})
    assert read(call, number)["ATTENDEE_LIST"] == []
    assert len(portal.control.events()) == 1


def test_a_colleagues_event_can_only_be_changed_in_the_hosts_name(
    portal: Portal, call: Call
) -> None:
    meeting = {"is_meeting": "Y", "attendees": [12]}
    number = portal.control.add_event(12, name="Theirs", start="2026-11-17T10:00:00", **meeting)
    params = {"id": number, "type": "user", "ownerId": 12, **TIMES, "name": "Mine"}

    without_right = call("calendar.event.update", {**params, "host": 12})
    portal.control.patch("section", 42, ACCESS={"U7": 17, "U12": 19})

    assert without_right["error_description"] == "Access denied"
    assert call("calendar.event.update", params)["error_description"] == "Access denied"
    assert call("calendar.event.update", {**params, "host": 12})["result"] == number
    portal.control.patch("section", 42, ACCESS={"G2": 15, "U12": 19})
    assert call("calendar.event.delete", {"id": number})["status"] == 400
