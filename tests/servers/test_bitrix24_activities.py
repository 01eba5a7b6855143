"""``crm.activity.*``: section 4."""

from typing import Any

import pytest

from .conftest import Call
from .portal import Portal

START, END = "2026-11-17T14:00:00+03:00", "2026-11-17T15:00:00+03:00"
WINDOW = {"from": "2026-11-01", "to": "2026-11-30"}


@pytest.fixture
def contact(portal: Portal) -> int:
    """A contact of user 12 with a phone."""
    return portal.control.add_contact(NAME="Alex", LAST_NAME="Vronsky", PHONE="+493012345678")


def meeting(contact: int, **changes: Any) -> dict[str, Any]:
    """``fields`` of a meeting; None takes a key out."""
    fields = {
        "OWNER_TYPE_ID": 3,
        "OWNER_ID": contact,
        "TYPE_ID": 1,
        "SUBJECT": "Meeting with Alex Vronsky",
        "START_TIME": START,
        "END_TIME": END,
        "COMPLETED": "N",
        "PRIORITY": 2,
        "RESPONSIBLE_ID": 7,
        "DESCRIPTION": "Bring the revised offer",
        "DESCRIPTION_TYPE": 1,
        "LOCATION": "Office, room 3",
        "NOTIFY_TYPE": 1,
        "NOTIFY_VALUE": 15,
        "COMMUNICATIONS": [{"VALUE": "+493012345678", "ENTITY_TYPE_ID": 3, "ENTITY_ID": contact}],
        "ORIGINATOR_ID": "parley",
        "ORIGIN_ID": "0b8f2f0e-6d1c-4b0e-9c1b-3f7f4f6f7a11",
        **changes,
    }
    return {"fields": {name: value for name, value in fields.items() if value is not None}}


def add(call: Call, contact: int, **changes: Any) -> int:
    answer = call("crm.activity.add", meeting(contact, **changes))
    assert answer["status"] == 200, answer
    return int(answer["result"])


def events(call: Call, owner: int = 7) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call(
        "calendar.event.get", {"type": "user", "ownerId": owner, **WINDOW}
    )["result"]
    return found


def test_a_meeting_reads_back_as_strings_in_the_servers_zone(call: Call, contact: int) -> None:
    number = add(call, contact)

    row = call("crm.activity.get", {"id": number})["result"]

    expected = {
        "ID": str(number),
        "OWNER_ID": str(contact),
        "OWNER_TYPE_ID": "3",
        "TYPE_ID": "1",
        "PROVIDER_ID": "CRM_MEETING",
        "START_TIME": "2026-11-17T12:00:00+01:00",
        "END_TIME": "2026-11-17T13:00:00+01:00",
        "DEADLINE": "2026-11-17T12:00:00+01:00",
        "STATUS": "1",
        "PRIORITY": "2",
        "NOTIFY_TYPE": "1",
        "NOTIFY_VALUE": "15",
        "DIRECTION": "0",
        "AUTHOR_ID": "7",
        "SETTINGS": [],
    }
    assert {name: row[name] for name in expected} == expected
    assert not {"COMMUNICATIONS", "BINDINGS", "CALENDAR_EVENT_ID"} & set(row)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"SUBJECT": " "}, "The field SUBJECT is not defined or empty."),
        ({"COMMUNICATIONS": None}, "The field COMMUNICATIONS is not defined or invalid."),
        (
            {"COMMUNICATIONS": [{"VALUE": "", "ENTITY_TYPE_ID": 3, "ENTITY_ID": 1}]},
            "The field COMMUNICATIONS is not defined or invalid.",
        ),
        (
            {"COMMUNICATIONS": [{"VALUE": "+1"}, {"VALUE": "+2"}]},
            "The only one communication is allowed for activity of specified type.",
        ),
        (
            {"TYPE_ID": 2, "COMMUNICATIONS": [{"VALUE": "+1", "TYPE": "EMAIL"}]},
            "The field COMMUNICATIONS is not defined or invalid.",
        ),
        ({"OWNER_ID": 15}, "Could not find 'CONTACT' with ID: 15"),
        ({"TYPE_ID": 9}, "The field TYPE_ID is not defined or invalid."),
        ({"TYPE_ID": 3}, 'The activity type "Task" is not supported in current context'),
        ({"TYPE_ID": 6}, "The custom activity without provider is not supported"),
        ({"OWNER_ID": None, "COMMUNICATIONS": None}, "Could not build binding."),
        ({"NOTIFY_VALUE": None}, "The field NOTIFY_VALUE is not defined or invalid."),
        (
            {"SUBJECT": None, "COMMUNICATIONS": None},
            "The field SUBJECT is not defined or empty.<br>The field COMMUNICATIONS is not",
        ),
    ],
)
def test_refusals_have_an_empty_code_and_a_text(
    portal: Portal, call: Call, contact: int, changes: dict[str, Any], text: str
) -> None:
    answer = call("crm.activity.add", meeting(contact, **changes))

    assert (answer["status"], answer["error"]) == (400, "")
    assert answer["error_description"].startswith(text)
    assert portal.control.activities() == []


def test_fields_missing_altogether_is_error_100(call: Call) -> None:
    answer = call("crm.activity.add", {})

    assert answer["error"] == 100
    assert answer["error_description"] == "Could not find value for parameter {fields}"


def test_without_responsible_the_contacts_responsible_gets_it_and_its_event(
    portal: Portal, call: Call, contact: int
) -> None:
    number = add(call, contact, RESPONSIBLE_ID=None)

    assert call("crm.activity.get", {"id": number})["result"]["RESPONSIBLE_ID"] == "12"
    assert events(call) == []
    assert len(events(call, 12)) == 1
    portal.control.patch("contact", contact, ASSIGNED_BY_ID="")
    refused = call("crm.activity.add", meeting(contact, RESPONSIBLE_ID=None))
    assert "RESPONSIBLE_ID is not defined" in refused["error_description"]


def test_a_deadline_is_computed_whatever_is_sent(call: Call, contact: int) -> None:
    timed = add(call, contact, DEADLINE="2030-01-01T00:00:00+00:00")
    untimed = add(call, contact, START_TIME=None, END_TIME=None)
    half = add(call, contact, START_TIME=None)

    read = {n: call("crm.activity.get", {"id": n})["result"] for n in (timed, untimed, half)}
    assert read[timed]["DEADLINE"] == read[timed]["START_TIME"]
    assert read[untimed]["DEADLINE"].startswith("9999-12-31T00:00:00")
    assert read[half]["START_TIME"] == read[half]["END_TIME"] == "2026-11-17T13:00:00+01:00"


def test_a_meeting_makes_its_event_and_a_call_none(call: Call, contact: int) -> None:
    add(call, contact)
    add(call, contact, TYPE_ID=2, DIRECTION=2, SUBJECT="Call")

    (event,) = events(call)

    assert event["NAME"] == "Meeting with Alex Vronsky"
    assert event["DATE_FROM_FORMATTED"] == "Tue Nov 17 2026 12:00:00"
    assert event["TZ_FROM"] == "Europe/Berlin"
    assert event["UF_CRM_CAL_EVENT"] == [f"C_{contact}"]
    assert event["REMIND"] == [{"type": "min", "count": 15}]
    assert (event["LOCATION"], event["IMPORTANCE"]) == ("Office, room 3", "normal")
    assert event["SECT_ID"] == "41"


def test_an_event_follows_its_meeting(portal: Portal, call: Call, contact: int) -> None:
    number = add(call, contact)
    (before,) = events(call)

    moved = {"START_TIME": "2026-11-18T10:00:00+01:00", "END_TIME": "2026-11-18T11:30:00+01:00"}
    call("crm.activity.update", {"id": number, "fields": {**moved, "SUBJECT": "Moved"}})

    (after,) = events(call)
    assert (after["ID"], after["NAME"]) == (before["ID"], "Moved")
    assert after["DATE_TO_FORMATTED"] == "Wed Nov 18 2026 11:30:00"
    assert int(after["VERSION"]) == int(before["VERSION"]) + 1
    call("crm.activity.update", {"id": number, "fields": {"RESPONSIBLE_ID": 12}})
    assert [events(call), len(events(call, 12))] == [[], 1]
    call("crm.activity.delete", {"id": number})
    assert portal.control.events() == []


def test_a_meeting_follows_an_event_that_is_moved_and_survives_its_deletion(
    portal: Portal, call: Call, contact: int
) -> None:
    number = add(call, contact)
    event = int(events(call)[0]["ID"])
    changes = {"from": "2026-11-19T08:00:00", "to": "2026-11-19T09:00:00", "name": "Earlier"}

    call("calendar.event.update", {"id": event, "type": "user", "ownerId": 7, **changes})

    row = call("crm.activity.get", {"id": number})["result"]
    assert (row["SUBJECT"], row["START_TIME"]) == ("Earlier", "2026-11-19T08:00:00+01:00")
    assert call("calendar.event.delete", {"id": event})["result"] is True
    assert call("crm.activity.get", {"id": number})["status"] == 200
    assert portal.control.events() == []


def test_a_completed_meeting_keeps_its_event_unless_the_crm_says_otherwise(
    portal: Portal, call: Call, contact: int
) -> None:
    number = add(call, contact)
    call("crm.activity.update", {"id": number, "fields": {"COMPLETED": "Y"}})
    row = call("crm.activity.get", {"id": number})["result"]
    assert (row["STATUS"], len(events(call))) == ("2", 1)

    portal.control.configure(keep_completed_meetings=False)
    add(call, contact, COMPLETED="Y")
    assert len(events(call)) == 1


def test_the_external_key_finds_exactly_its_activity(call: Call, contact: int) -> None:
    wanted = add(call, contact)
    add(call, contact, ORIGIN_ID="another")
    keys = {"=ORIGINATOR_ID": "parley", "=ORIGIN_ID": "0b8f2f0e-6d1c-4b0e-9c1b-3f7f4f6f7a11"}

    answer = call(
        "crm.activity.list",
        {"filter": keys, "select": ["ID", "ORIGIN_ID", "COMMUNICATIONS"], "start": -1},
    )

    (row,) = answer["result"]
    assert row["ID"] == str(wanted)
    (communication,) = row["COMMUNICATIONS"]
    assert (communication["TYPE"], communication["ENTITY_ID"]) == ("", str(contact))
    assert communication["ENTITY_SETTINGS"]["LAST_NAME"] == "Vronsky"


def test_keys_are_not_unique_and_unknown_ones_find_everything(call: Call, contact: int) -> None:
    add(call, contact)
    add(call, contact)

    assert call("crm.activity.list", {"filter": {"=ORIGIN": "x"}})["total"] == 2


def test_the_search_may_lag_behind(portal: Portal, call: Call, contact: int) -> None:
    portal.control.configure(search_lag_s=30)
    add(call, contact)

    assert call("crm.activity.list")["result"] == []
    portal.control.advance(31)
    assert len(call("crm.activity.list")["result"]) == 1


def test_the_default_order_is_by_start(call: Call, contact: int) -> None:
    late = add(call, contact, START_TIME="2026-12-01T10:00:00+00:00", END_TIME=None)
    early = add(call, contact)

    assert [int(row["ID"]) for row in call("crm.activity.list")["result"]] == [early, late]


def test_update_changes_only_what_is_sent_and_never_owner_or_type(
    portal: Portal, call: Call, contact: int
) -> None:
    number = add(call, contact)
    portal.control.advance(60)
    before = call("crm.activity.get", {"id": number})["result"]

    fields = {"LOCATION": "Room 9", "OWNER_ID": 99, "TYPE_ID": 2, "NOSUCH": 1}
    assert call("crm.activity.update", {"id": number, "fields": fields})["result"] is True

    after = call("crm.activity.get", {"id": number})["result"]
    changed = {name for name, value in after.items() if before[name] != value}
    assert changed == {"LOCATION", "LAST_UPDATED"}


def test_a_missing_activity_is_not_found_by_get_update_and_delete(call: Call) -> None:
    for method in ("get", "update", "delete"):
        answer = call(f"crm.activity.{method}", {"id": 5, "fields": {}})
        assert answer["error_description"] == "Activity is not found."


def test_bindings_are_integers_and_the_last_one_becomes_the_owner(
    portal: Portal, call: Call, contact: int
) -> None:
    other = portal.control.add_contact(NAME="Boris")
    number = add(call, contact)
    ids = {"activityId": number, "entityTypeId": 3}

    assert call("crm.activity.binding.add", {**ids, "entityId": other})["result"] is True
    again = call("crm.activity.binding.add", {**ids, "entityId": other})
    assert again["error"] == "ACTIVITY_IS_ALREADY_BOUND"
    pairs = {"BINDINGS": [{"OWNER_TYPE_ID": 3, "OWNER_ID": n} for n in (contact, other)]}
    assert len(call("crm.activity.list", {"filter": pairs})["result"]) == 2

    assert call("crm.activity.binding.delete", {**ids, "entityId": contact})["result"] is True
    assert call("crm.activity.get", {"id": number})["result"]["OWNER_ID"] == str(other)
    assert call("crm.activity.binding.list", {"activityId": number})["result"] == [
        {"entityTypeId": 3, "entityId": other}
    ]
    last = call("crm.activity.binding.delete", {**ids, "entityId": other})
    assert last["error"] == "LAST_BINDING_CANNOT_BE_DELETED"
    assert call("crm.activity.binding.list", {"activityId": 5})["error"] == "NOT_FOUND"


def test_a_to_do_has_a_deadline_and_its_own_codes(call: Call, contact: int) -> None:
    owner = {"ownerTypeId": 3, "ownerId": contact}
    sent = {**owner, "deadline": START, "title": "Call back", "description": "Ref. P-1"}

    number = call("crm.activity.todo.add", sent)["result"]["id"]

    row = call("crm.activity.get", {"id": number})["result"]
    assert (row["PROVIDER_ID"], row["TYPE_ID"], row["SUBJECT"]) == ("CRM_TODO", "6", "Call back")
    assert row["DEADLINE"] == "2026-11-17T12:00:00+01:00"
    missing = call("crm.activity.todo.add", owner)
    assert missing["error_description"] == "Could not find value for parameter {deadline}"
    wrong = call("crm.activity.todo.add", {**owner, "deadline": "soon"})
    assert wrong["error"] == "WRONG_DATETIME_FORMAT"


def test_updating_a_to_do_clears_what_is_left_out_and_a_done_one_is_closed(
    call: Call, contact: int
) -> None:
    owner = {"ownerTypeId": 3, "ownerId": contact}
    sent = {**owner, "deadline": START, "title": "Call back"}
    number = call("crm.activity.todo.add", sent)["result"]["id"]
    this = {"id": number, **owner}

    call("crm.activity.todo.updateDeadline", {**this, "value": END})
    row = call("crm.activity.get", {"id": number})["result"]
    assert (row["SUBJECT"], row["DEADLINE"]) == ("Call back", "2026-11-17T13:00:00+01:00")
    call("crm.activity.todo.update", {**this, "deadline": START})
    assert call("crm.activity.get", {"id": number})["result"]["SUBJECT"] == ""
    call("crm.activity.update", {"id": number, "fields": {"COMPLETED": "Y"}})
    closed = call("crm.activity.todo.updateDescription", {**this, "value": "x"})
    assert closed["error"] == "CAN_NOT_UPDATE_COMPLETED_TODO"
