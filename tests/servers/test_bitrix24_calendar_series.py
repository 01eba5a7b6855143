"""Editing a series in part, and what becomes of its exceptions: section 5.5."""

from typing import Any

import pytest

from .conftest import Call
from .portal import Portal

TARGET = {"type": "user", "ownerId": 7, "section": 41}
RIGA = {"timezone_from": "Europe/Riga", "timezone_to": "Europe/Riga"}
RULE = {"FREQ": "WEEKLY", "BYDAY": ["MO", "WE"], "UNTIL": "2024-12-24"}


def weekly(call: Call, **more: Any) -> int:
    """Mondays and Wednesdays at nine: 2, 4, 9, 11, 16, 18, 23 December."""
    times = {"from": "2024-12-02T09:00:00", "to": "2024-12-02T09:30:00"}
    params = {**TARGET, **RIGA, **times, "name": "Stand-up", "rrule": RULE, **more}
    return int(call("calendar.event.add", params)["result"])


def edit(call: Call, number: int, mode: str, day: str, **more: Any) -> Any:
    params = {"id": number, **TARGET, "recurrence_mode": mode, "current_date_from": day}
    times = {"from": f"{day}T10:00:00", "to": f"{day}T10:30:00"}
    sent = {**params, **times, **RIGA, "name": "Moved", **more}
    answer = call("calendar.event.update", {k: v for k, v in sent.items() if v is not None})
    assert answer["status"] == 200, answer
    return answer["result"]


def read(call: Call, number: int | str) -> dict[str, Any]:
    found: dict[str, Any] = call("calendar.event.getbyid", {"id": number})["result"]
    return found


def december(call: Call, owner: int = 7) -> list[tuple[str, str]]:
    params = {"type": "user", "ownerId": owner, "from": "2024-12-01", "to": "2024-12-31"}
    found = call("calendar.event.get", params)["result"]
    return sorted((event["DATE_FROM_FORMATTED"][8:16], event["ID"]) for event in found)


def test_the_answer_to_a_partial_edit_is_an_object_of_the_samples_types(call: Call) -> None:
    number = weekly(call)

    answer = edit(call, number, "this", "2024-12-11")

    assert set(answer) == {"originalDate", "originalDavXmlId", "instanceTz", "recEventId", "id"}
    assert type(answer["recEventId"]) is type(answer["id"]) is int
    assert answer["originalDavXmlId"].startswith("20241202T070000Z-")
    assert answer["recEventId"] != answer["id"] == number


def test_left_out_times_are_those_of_the_occurrence(call: Call) -> None:
    number = weekly(call)
    empty = {"from": None, "to": None}

    one = edit(call, number, "this", "2024-12-11", **empty)["recEventId"]
    tail = edit(call, number, "next", "2024-12-18", **empty)["recEventId"]

    assert read(call, one)["DATE_FROM_FORMATTED"] == "Wed Dec 11 2024 09:00:00"
    assert read(call, tail)["DATE_FROM_FORMATTED"] == "Wed Dec 18 2024 09:00:00"


def test_an_all_day_series_gives_dates(call: Call) -> None:
    number = weekly(call, **{"from": "2024-12-02", "to": "2024-12-02"}, skip_time="Y")

    day = {"from": "2024-12-12", "to": "2024-12-12", "skip_time": "Y"}
    answer = edit(call, number, "this", "2024-12-11", **day)

    assert answer["originalDate"] == "12/11/2024"
    fresh = read(call, answer["recEventId"])
    assert (fresh["ORIGINAL_DATE_FROM"], fresh["DATE_FROM_TS_UTC"]) == ("12/11/2024", "1733961600")


def test_the_tail_takes_its_exceptions_along(call: Call) -> None:
    number = weekly(call)
    early = edit(call, number, "this", "2024-12-04")["recEventId"]
    late = edit(call, number, "this", "2024-12-18")["recEventId"]

    tail = edit(call, number, "next", "2024-12-11", rrule=RULE)["recEventId"]

    assert read(call, number)["RRULE"]["~UNTIL"] == "12/10/2024"
    assert read(call, tail)["EXDATE"] == "12/18/2024"
    assert read(call, early)["RECURRENCE_ID"] == str(number)
    assert read(call, late)["RECURRENCE_ID"] == str(tail)
    assert [day for day, _ in december(call)] == [
        "02 2024 ", "04 2024 ", "09 2024 ", "11 2024 ", "16 2024 ", "18 2024 ", "23 2024 ",
    ]  # fmt: skip


def test_a_portal_may_lose_the_exceptions_of_the_tail(portal: Portal, call: Call) -> None:
    portal.control.configure(tail_exceptions="lost")
    number = weekly(call)
    edit(call, number, "this", "2024-12-18")

    edit(call, number, "next", "2024-12-11", rrule=RULE)

    assert [day for day, _ in december(call)].count("18 2024 ") == 2


def test_the_tail_of_a_tail_names_the_first_series(call: Call) -> None:
    number = weekly(call)
    tail = edit(call, number, "next", "2024-12-11")["recEventId"]

    second = edit(call, tail, "next", "2024-12-18")["recEventId"]

    assert read(call, second)["RELATIONS"] == {"ORIGINAL_RECURSION_ID": number}
    assert read(call, tail)["RRULE"]["~UNTIL"] == "12/17/2024"


def test_all_with_the_clicked_date_moves_the_whole_series(call: Call) -> None:
    number = weekly(call)

    assert edit(call, number, "all", "2024-12-11", rrule=RULE) == number

    assert read(call, number)["DATE_FROM_FORMATTED"] == "Wed Dec 11 2024 10:00:00"
    assert len(december(call)) == 4


@pytest.mark.parametrize(("clears", "is_series"), [([], True), (["rrule"], False)])
def test_an_omitted_rule_is_kept_or_lost(
    portal: Portal, call: Call, clears: list[str], is_series: bool
) -> None:
    portal.control.configure(update_clears=clears)
    number = weekly(call)

    edit(call, number, "all", "2024-12-02")

    assert isinstance(read(call, number)["RRULE"], dict) is is_series


def test_an_update_may_empty_what_it_does_not_name(portal: Portal, call: Call) -> None:
    contact = portal.control.add_contact(NAME="Alex")
    portal.control.configure(update_clears=["crm_fields", "remind", "files"])
    number = weekly(call, crm_fields=[f"C_{contact}"], remind=[{"type": "min", "count": 5}])
    portal.control.patch("event", number, files=["n31"])
    assert read(call, number)["UF_WEBDAV_CAL_EVENT"] == ["n31"]

    edit(call, number, "all", "2024-12-02")

    event = read(call, number)
    assert event["UF_CRM_CAL_EVENT"] == ""
    assert (event["REMIND"], event["UF_WEBDAV_CAL_EVENT"]) == ([], False)


def test_reminders_of_the_web_pages_pass_or_are_lost(portal: Portal, call: Call) -> None:
    sent = [{"type": "min", "count": "15"}, {"type": "daybefore", "before": 1, "time": 540}]
    number = weekly(call, remind=sent)
    whole = [{"type": "min", "count": 15}, {"type": "daybefore", "before": 1, "time": 540}]
    assert read(call, number)["REMIND"] == whole

    portal.control.configure(update_clears=["foreign_reminders"])
    edit(call, number, "all", "2024-12-02", remind=sent)

    assert read(call, number)["REMIND"] == whole[:1]


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({"recurrence_mode": "some"}, "You specified an invalid editing type"),
        ({"current_date_from": ""}, 'The required parameter "current_date_from"'),
        ({"current_date_from": "tomorrow"}, 'Invalid value for parameter "current_date_from"'),
    ],
)
def test_partial_edits_are_refused_with_an_empty_code(
    call: Call, params: dict[str, str], text: str
) -> None:
    number = weekly(call)
    sent = {"id": number, **TARGET, "recurrence_mode": "this", "name": "Moved", **params}

    answer = call("calendar.event.update", sent)

    assert (answer["status"], answer["error"]) == (400, "")
    assert answer["error_description"].startswith(text)


def test_an_old_release_ignores_mode_and_date_alike(portal: Portal, call: Call) -> None:
    portal.control.configure(partial_edits=False)
    number = weekly(call)

    assert edit(call, number, "some", "2024-12-11", current_date_from=None) == number

    assert {event for _, event in december(call)} == {str(number)}


@pytest.mark.parametrize(("how", "left"), [("gone", 6), ("returns", 7), ("refused", 7)])
def test_deleting_an_occurrence_that_was_edited_alone(
    portal: Portal, call: Call, how: str, left: int
) -> None:
    portal.control.configure(occurrence_delete=how)
    number = weekly(call)
    one = edit(call, number, "this", "2024-12-11")["recEventId"]

    answer = call("calendar.event.delete", {"id": one})

    assert answer["status"] == (400 if how == "refused" else 200)
    assert len(december(call)) == left
    assert (read(call, number)["EXDATE"] == "") is (how == "returns")


def test_a_series_of_colleagues_is_split_in_everybodys_calendar(portal: Portal, call: Call) -> None:
    number = weekly(call, is_meeting="Y", attendees=[7, 12])
    copy = int(read(call, number)["ATTENDEE_LIST"][1]["entryId"])

    one = edit(call, number, "this", "2024-12-11")["recEventId"]

    organised = read(call, one)
    host, guest = organised["ATTENDEE_LIST"]
    assert (host["entryId"], host["status"], guest["status"]) == (str(one), "H", "Q")
    theirs = portal.control.call("calendar.event.getbyid", {"id": guest["entryId"]}, by=12)
    assert (theirs["PARENT_ID"], theirs["RECURRENCE_ID"]) == (str(one), str(number))
    assert theirs["RELATIONS"] == {"COMMENT_XML_ID": f"EVENT_{number}_12/11/2024"}
    assert theirs["ORIGINAL_DATE_FROM"] == "12/11/2024 09:00:00 am"
    assert portal.control.record("event", copy)["exdates"] == ["2024-12-11"]  # type: ignore[index]
    assert len(december(call, owner=12)) == 7


def test_an_occurrence_alone_can_become_a_meeting(portal: Portal, call: Call) -> None:
    number = weekly(call)

    more = {"is_meeting": "Y", "attendees": [7, 12]}
    one = edit(call, number, "this", "2024-12-11", **more)["recEventId"]

    assert read(call, number)["IS_MEETING"] is False
    assert [person["id"] for person in read(call, one)["ATTENDEE_LIST"]] == [7, 12]
    assert len(december(call, owner=12)) == 1


def test_a_first_day_outside_the_rule_is_skipped_or_shown(portal: Portal, call: Call) -> None:
    tuesday = {"from": "2024-12-03T09:00:00", "to": "2024-12-03T09:30:00"}

    weekly(call, **tuesday)
    assert december(call)[0][0] == "04 2024 "
    portal.control.configure(off_rule_start="shown")
    weekly(call, **tuesday, rrule={**RULE, "COUNT": 2})

    days = [day for day, number in december(call) if number == "700002"]
    assert days == ["03 2024 ", "04 2024 "]


def test_until_before_a_date_cuts_the_tail_off(call: Call) -> None:
    """How "this and following" are deleted: the whole series, ended the day before."""
    number = weekly(call)
    first = {"from": "2024-12-02T09:00:00", "to": "2024-12-02T09:30:00"}

    edit(call, number, "all", "2024-12-02", **first, rrule={**RULE, "UNTIL": "2024-12-10"})

    assert [day for day, _ in december(call)] == ["02 2024 ", "04 2024 ", "09 2024 "]


def test_a_tail_from_the_first_date_leaves_an_empty_series(call: Call) -> None:
    number = weekly(call)

    tail = edit(call, number, "next", "2024-12-02", rrule=RULE)["recEventId"]

    assert {event for _, event in december(call)} == {str(tail)}
    assert read(call, number)["RRULE"]["~UNTIL"] == "12/01/2024"


def test_a_partial_edit_moves_only_the_part_into_another_calendar(
    portal: Portal, call: Call
) -> None:
    number = weekly(call)
    other = portal.control.add_section(7, "Visits")

    one = edit(call, number, "this", "2024-12-11", section=other)["recEventId"]

    assert (read(call, one)["SECT_ID"], read(call, number)["SECT_ID"]) == (str(other), "41")


def test_a_colleague_edits_a_series_in_every_way(portal: Portal, call: Call) -> None:
    seeded = portal.control.seed_series(
        12,
        name="Theirs",
        start="2024-12-02T09:00:00",
        end="2024-12-02T09:30:00",
        rrule=RULE,
        left_out=["2024-12-04"],
        moved={"2024-12-09": "2024-12-10T12:00:00"},
        **RIGA,
    )
    series = seeded["series"]

    tail = portal.control.change_following(series, "2024-12-18", name="Tail")
    portal.control.change_event(series, name="Renamed")

    params = {"type": "user", "ownerId": 12, "from": "2024-12-01", "to": "2024-12-31"}
    found = call("calendar.event.get", params)["result"]
    assert sorted((e["DATE_FROM_FORMATTED"][4:16], e["NAME"], e["ID"]) for e in found) == [
        ("Dec 02 2024 ", "Renamed", str(series)),
        ("Dec 10 2024 ", "Theirs", str(seeded["moved"]["2024-12-09"])),
        ("Dec 11 2024 ", "Renamed", str(series)),
        ("Dec 16 2024 ", "Renamed", str(series)),
        ("Dec 18 2024 ", "Tail", str(tail)),
        ("Dec 23 2024 ", "Tail", str(tail)),
    ]
    portal.control.delete_event(series)
    left = call("calendar.event.get", params)["result"]
    assert {event["ID"] for event in left} == {str(tail)}
