"""Meetings between colleagues: copies, answers, organisers; sections 5.2-5.6 and 5.8."""

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
MEETING = {"is_meeting": "Y", "attendees": [7, 12]}


@pytest.fixture
def meeting(call: Call) -> int:
    params = {**TARGET, **TIMES, **MEETING, "name": "Review", "meeting": {"reinvite": False}}
    return int(call("calendar.event.add", params)["result"])


def read(call: Call, number: int | str) -> dict[str, Any]:
    found: dict[str, Any] = call("calendar.event.getbyid", {"id": number})["result"]
    return found


def update(call: Call, number: int, **more: Any) -> dict[str, Any]:
    return call("calendar.event.update", {**TARGET, **TIMES, "id": number, "name": "New", **more})


def copy_of(portal: Portal, number: int, user: int = 12) -> dict[str, Any]:
    row = portal.control.record("event", number)
    assert row is not None
    entry = next(one["entryId"] for one in row["attendees"] if one["id"] == user)
    found: dict[str, Any] = portal.control.call("calendar.event.getbyid", {"id": entry}, by=user)
    return found


def test_a_meeting_without_attendees_is_the_callers_own(call: Call) -> None:
    params = {**TARGET, **TIMES, "name": "Alone", "is_meeting": "Y"}
    number = call("calendar.event.add", params)["result"]

    event = read(call, number)

    assert event["ATTENDEE_LIST"] == [{"id": 7, "entryId": str(number), "status": "H"}]
    assert (event["MEETING_STATUS"], event["MEETING_HOST"]) == ("H", "7")


def test_everybody_gets_a_copy_of_their_own(portal: Portal, call: Call, meeting: int) -> None:
    theirs = copy_of(portal, meeting)

    assert theirs["ID"] != theirs["PARENT_ID"] == str(meeting)
    assert (theirs["MEETING_STATUS"], theirs["MEETING_HOST"]) == ("Q", "7")
    assert (theirs["SECT_ID"], theirs["OWNER_ID"]) == ("42", "12")
    assert theirs["ATTENDEES_CODES"] == ["U7", "U12"]
    assert theirs["attendeesEntityList"] == [
        {"entityId": "user", "id": 7},
        {"entityId": "user", "id": 12},
    ]
    assert theirs["ATTENDEE_LIST"] == read(call, meeting)["ATTENDEE_LIST"]


def test_invitations_go_into_the_calendar_that_the_guest_chose(portal: Portal, call: Call) -> None:
    chosen = portal.control.add_section(12, "Invitations")
    settings = {"settings": {"meetSection": str(chosen)}}
    portal.control.call("calendar.user.settings.set", settings, by=12)
    params = {**TARGET, **TIMES, **MEETING, "name": "Review"}

    number = call("calendar.event.add", params)["result"]

    assert copy_of(portal, number)["SECT_ID"] == str(chosen)


def test_an_answer_is_seen_by_all_and_raises_the_version(
    portal: Portal, call: Call, meeting: int
) -> None:
    before = read(call, meeting)

    portal.control.answer_invitation(meeting, 12, "Y")

    after = read(call, meeting)
    assert [one["status"] for one in after["ATTENDEE_LIST"]] == ["H", "Y"]
    assert int(after["VERSION"]) == int(before["VERSION"]) + 1
    assert copy_of(portal, meeting)["MEETING_STATUS"] == "Y"


def test_on_some_portals_an_answer_leaves_the_version(
    portal: Portal, call: Call, meeting: int
) -> None:
    portal.control.configure(answers_grow_version=False)
    before = read(call, meeting)["VERSION"]

    portal.control.answer_invitation(meeting, 12, "N")

    assert read(call, meeting)["VERSION"] == before


def test_a_guest_asks_and_answers_with_the_own_id_only(
    portal: Portal, call: Call, meeting: int
) -> None:
    theirs = portal.control.add_event(
        12, name="Theirs", start="2026-11-17T10:00:00", is_meeting="Y", attendees=[12, 7]
    )
    own = int(copy_of(portal, theirs, 7)["ID"])

    assert call("calendar.meeting.status.get", {"eventId": own})["result"] == "Q"
    assert call("calendar.meeting.status.set", {"eventId": own, "status": "Y"})["result"] is True
    assert call("calendar.meeting.status.get", {"eventId": own})["result"] == "Y"
    assert call("calendar.meeting.status.get", {"eventId": meeting})["result"] == "H"
    foreign = call("calendar.meeting.status.get", {"eventId": theirs})
    assert foreign["error_description"] == "An error occurred while retrieving the status"
    wrong = call("calendar.meeting.status.set", {"eventId": own, "status": "H"})
    assert wrong["error_description"] == "You specified an invalid status"
    assert call("calendar.meeting.status.set", {"eventId": own})["status"] == 400


@pytest.mark.parametrize(
    ("people", "statuses"),
    [
        ({}, ["H", "Y"]),
        ({"is_meeting": "Y", "attendees": [7, 12]}, ["H", "Y"]),
        ({"is_meeting": "Y", "attendees": [7, 12, 1]}, ["H", "Y", "Q"]),
        ({"is_meeting": "Y", "attendees": [7]}, ["H"]),
        ({"is_meeting": "Y"}, []),
    ],
)
def test_what_an_update_does_to_the_attendees(
    portal: Portal, call: Call, meeting: int, people: dict[str, Any], statuses: list[str]
) -> None:
    portal.control.answer_invitation(meeting, 12, "Y")

    update(call, meeting, **people)

    event = read(call, meeting)
    assert [one["status"] for one in event["ATTENDEE_LIST"]] == statuses
    assert event["IS_MEETING"] is True
    assert len(portal.control.events()) == max(1, len(statuses))


def test_no_meeting_any_more(portal: Portal, call: Call, meeting: int) -> None:
    update(call, meeting, is_meeting="N")

    event = read(call, meeting)
    assert (event["IS_MEETING"], event["MEETING"], event["MEETING_HOST"]) == (False, "", "0")
    assert len(portal.control.events()) == 1


def test_options_that_are_not_sent_stay(call: Call, meeting: int) -> None:
    update(call, meeting, **MEETING, meeting={"hide_guests": True, "notify": False})
    update(call, meeting)

    options = read(call, meeting)["MEETING"]

    assert options == {
        "HOST_NAME": "Anna Titova",
        "NOTIFY": False,
        "REINVITE": False,
        "ALLOW_INVITE": False,
        "HIDE_GUESTS": True,
        "MEETING_CREATOR": 7,
        "LANGUAGE_ID": "en",
        "MAIL_FROM": "",
    }


def test_inviting_again_asks_again(portal: Portal, call: Call, meeting: int) -> None:
    portal.control.answer_invitation(meeting, 12, "Y")

    update(call, meeting, **MEETING, meeting={"reinvite": True})

    assert read(call, meeting)["ATTENDEE_LIST"][1]["status"] == "Q"


def test_a_guest_cannot_write_but_declines_by_deleting(
    portal: Portal, call: Call, meeting: int
) -> None:
    own = copy_of(portal, meeting)["ID"]
    sent = {"id": own, "type": "user", "ownerId": 12, "name": "Mine", **TIMES}
    with pytest.raises(Exception, match="Access denied"):
        portal.control.call("calendar.event.update", sent, by=12)

    portal.control.call("calendar.event.delete", {"id": own}, by=12)

    assert read(call, meeting)["ATTENDEE_LIST"][1]["status"] == "N"
    assert copy_of(portal, meeting)["MEETING_STATUS"] == "N"


def test_the_organisers_delete_takes_every_copy(portal: Portal, call: Call, meeting: int) -> None:
    assert call("calendar.event.delete", {"id": meeting})["result"] is True

    assert portal.control.events() == []


def test_a_colleague_moves_a_meeting_one_is_invited_to(portal: Portal, call: Call) -> None:
    theirs = portal.control.add_event(
        12, name="Theirs", start="2026-11-17T10:00:00", end="2026-11-17T11:00:00",
        is_meeting="Y", attendees=[12, 7], remind=[{"type": "min", "count": 30}],
    )  # fmt: skip
    before = copy_of(portal, theirs, 7)

    portal.control.change_event(
        theirs, start="2026-11-18T09:00:00", end="2026-11-18T09:30:00", location="Room 5"
    )

    after = copy_of(portal, theirs, 7)
    assert after["ID"] == before["ID"]
    assert int(after["VERSION"]) > int(before["VERSION"])
    assert (after["DATE_FROM_FORMATTED"], after["LOCATION"], after["NAME"]) == (
        "Wed Nov 18 2026 09:00:00",
        "Room 5",
        "Theirs",
    )
    assert after["REMIND"] == before["REMIND"]
    assert len(after["ATTENDEE_LIST"]) == 2


@pytest.mark.parametrize(
    ("declined", "chosen", "count"),
    [("shown", False, 1), ("hidden", True, 0), ("as_set", True, 1), ("as_set", False, 0)],
)
def test_declined_invitations_are_in_the_answer_or_not(
    portal: Portal, call: Call, declined: str, chosen: bool, count: int
) -> None:
    portal.control.configure(declined=declined)
    call("calendar.user.settings.set", {"settings": {"showDeclined": chosen}})
    theirs = portal.control.add_event(
        12, name="Theirs", start="2026-11-17T10:00:00", is_meeting="Y", attendees=[12, 7]
    )
    portal.control.answer_invitation(theirs, 7, "N")
    window = {"from": "2026-11-17", "to": "2026-11-17"}

    found = call("calendar.event.get", {"type": "user", "ownerId": 7, **window})["result"]

    assert len(found) == count
    busy = call("calendar.accessibility.get", {"users": [7, 12], **window})["result"]
    assert (busy["7"], len(busy["12"])) == ([], 1)


def test_one_is_not_shut_out_of_a_private_meeting(portal: Portal, call: Call) -> None:
    theirs = portal.control.add_event(
        12, name="Secret", start="2026-11-17T10:00:00", private_event="Y",
        is_meeting="Y", attendees=[12, 7],
    )  # fmt: skip

    assert read(call, theirs)["NAME"] == "Secret"
    assert copy_of(portal, theirs, 7)["NAME"] == "Secret"


def test_departments_invited_in_the_portals_pages_have_codes(
    portal: Portal, call: Call, meeting: int
) -> None:
    portal.control.patch("event", meeting, codes=["U7", "DR15"])

    assert read(call, meeting)["ATTENDEES_CODES"] == ["U7", "DR15"]
