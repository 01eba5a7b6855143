"""To-dos and their undocumented blocks, files, free texts of activities: sections 4.3 to 4.5."""

import base64
from typing import Any

import pytest
from b24pysdk import BitrixWebhook, Client

from .conftest import Call
from .portal import Portal

FROM, TO = 1794913200000, 1794916800000
"""17 November 2026, 11:00 to 12:00 UTC, in milliseconds as in the reference."""


@pytest.fixture
def contact(portal: Portal) -> int:
    return portal.control.add_contact(NAME="Alex", LAST_NAME="Vronsky", PHONE="+49 30")


def todo(contact: int, **more: Any) -> dict[str, Any]:
    usual = {
        "ownerTypeId": 3,
        "ownerId": contact,
        "deadline": "2026-11-17T14:00:00+03:00",
        "title": "Call back",
        "description": "Ask for the order\nRef. P-3F7F4F6F0KXA",
        "responsibleId": 7,
        "pingOffsets": [0, 15],
        "colorId": "2",
    }
    return {**usual, **more}


def make(call: Call, contact: int, **more: Any) -> int:
    return int(call("crm.activity.todo.add", todo(contact, **more))["result"]["id"])


def read(call: Call, number: int) -> dict[str, Any]:
    found: dict[str, Any] = call("crm.activity.get", {"id": number})["result"]
    return found


def calendar(**more: Any) -> list[dict[str, Any]]:
    block = {
        "id": "calendar",
        "from": FROM,
        "to": TO,
        "duration": TO - FROM,
        "selectedUserIds": [7, 12],
        "location": "",
        **more,
    }
    return [block]


def test_a_to_do_reads_back_as_an_activity(call: Call, contact: int) -> None:
    row = read(call, make(call, contact))

    assert (row["PROVIDER_ID"], row["TYPE_ID"], row["SUBJECT"]) == ("CRM_TODO", "6", "Call back")
    assert row["DEADLINE"] == "2026-11-17T12:00:00+01:00"
    assert row["DESCRIPTION"].endswith("Ref. P-3F7F4F6F0KXA")
    assert (row["ORIGINATOR_ID"], row["ORIGIN_ID"]) == (None, None)


@pytest.mark.parametrize(
    ("verb", "params", "code"),
    [
        ("add", {"ownerId": 999}, "OWNER_NOT_FOUND"),
        ("add", {"ownerTypeId": None}, "100"),
        ("add", {"deadline": ""}, "100"),
        ("update", {"id": 1}, "NOT_FOUND"),
        ("update", {}, "100"),
        ("updateDeadline", {"value": "soon"}, "WRONG_DATETIME_FORMAT"),
        ("updateDescription", {"id": 1, "value": "x"}, "NOT_FOUND"),
        ("updateColor", {"colorId": "9"}, "CAN_NOT_UPDATE_WRONG_COLOR_TODO"),
        ("updateResponsibleUser", {"responsibleId": 0}, "INVALID_ARG_VALUE"),
    ],
)
def test_refusals(call: Call, contact: int, verb: str, params: dict[str, Any], code: str) -> None:
    number = make(call, contact)
    known = {} if verb in ("add", "update") else {"id": number}

    answer = call(f"crm.activity.todo.{verb}", todo(contact, **{**known, **params}))

    assert (answer["status"], answer["error"]) == (400, code)


def test_a_hidden_owner_and_another_owner_are_no_way_in(
    portal: Portal, call: Call, contact: int
) -> None:
    number = make(call, contact)
    other = portal.control.add_contact(NAME="Zoe")

    elsewhere = {"id": number, "ownerTypeId": 3, "ownerId": other, "value": "x"}
    assert call("crm.activity.todo.updateDescription", elsewhere)["error"] == "NOT_FOUND"
    portal.control.configure(hidden={"contact": [contact]})
    assert call("crm.activity.todo.add", todo(contact))["error"] == "ACCESS_DENIED"


def test_a_parent_must_be_another_activity(call: Call, contact: int) -> None:
    number = make(call, contact)

    answer = call("crm.activity.todo.update", todo(contact, id=number, parentActivityId=number))

    assert answer["error"] == "ERROR_PARENT_ACTIVITY_RESTRICT"


def test_a_calendar_block_makes_a_meeting_of_all_chosen(
    portal: Portal, call: Call, contact: int
) -> None:
    client = {"id": "client", "selectedClients": [{"entityId": contact, "entityTypeId": 3}]}
    number = make(call, contact, settings=[*calendar(), client])

    row = read(call, number)
    assert row["START_TIME"] == row["DEADLINE"] == "2026-11-17T12:00:00+01:00"
    assert row["END_TIME"] == "2026-11-17T13:00:00+01:00"
    events = portal.control.events()
    assert {event["owner"] for event in events} == {7, 12}
    (own,) = [event for event in events if event["owner"] == 7]
    assert (own["name"], own["start"], own["crm"]) == (
        "Call back",
        "2026-11-17T12:00:00",
        [f"C_{contact}"],
    )
    assert {one["id"]: one["status"] for one in own["attendees"]} == {7: "H", 12: "Q"}
    listed = call("crm.activity.list", {"select": ["ID", "COMMUNICATIONS"]})["result"]
    assert listed[0]["COMMUNICATIONS"][0]["VALUE"] == "+49 30"
    asked = {"ownerTypeId": 3, "ownerId": contact, "id": number}
    settings = call("crm.activity.todo.fetchSettings", asked)["result"]
    assert settings["entityData"]["title"] == "Call back"
    assert [block["id"] for block in settings["blocksData"]] == ["calendar", "client"]


def test_the_event_moves_with_the_deadline_and_goes_without_its_block(
    portal: Portal, call: Call, contact: int
) -> None:
    number = make(call, contact, settings=calendar(selectedUserIds=[7]))
    moved = {"id": number, "ownerTypeId": 3, "ownerId": contact}

    later = "2026-11-18T09:00:00+01:00"
    call("crm.activity.todo.updateDeadline", {**moved, "value": later})

    row = read(call, number)
    assert (row["START_TIME"], row["END_TIME"]) == (later, "2026-11-18T10:00:00+01:00")
    (event,) = portal.control.events()
    assert (event["start"], event["end"]) == ("2026-11-18T09:00:00", "2026-11-18T10:00:00")
    call("crm.activity.todo.updateResponsibleUser", {**moved, "responsibleId": 12})
    assert any(event["owner"] == 12 for event in portal.control.events())
    call("crm.activity.todo.update", todo(contact, id=number))
    assert [event for event in portal.control.events() if event["activity"] == number] == []


def test_a_release_may_not_know_the_blocks(portal: Portal, call: Call, contact: int) -> None:
    portal.control.configure_crm(todo_calendar=False)

    number = make(call, contact, settings=calendar())

    assert portal.control.events() == []
    assert read(call, number)["DEADLINE"] == "2026-11-17T12:00:00+01:00"


def meeting(contact: int, **changes: Any) -> dict[str, Any]:
    fields = {
        "OWNER_TYPE_ID": 3,
        "OWNER_ID": contact,
        "TYPE_ID": 1,
        "SUBJECT": "Demo",
        "START_TIME": "2026-11-17T14:00:00+03:00",
        "END_TIME": "2026-11-17T15:00:00+03:00",
        "RESPONSIBLE_ID": 7,
        "COMMUNICATIONS": [{"VALUE": "+49 30", "ENTITY_TYPE_ID": 3, "ENTITY_ID": contact}],
    }
    return {"fields": {**fields, **changes}}


def test_files_are_kept_and_listed_when_named(portal: Portal, call: Call, contact: int) -> None:
    data = base64.b64encode(b"offer").decode()
    files = [{"fileData": ["offer.pdf", data]}, {"fileData": ["broken.pdf", "%%%"]}]
    number = call("crm.activity.add", meeting(contact, FILES=files))["result"]

    (named,) = call("crm.activity.list", {"select": ["ID", "FILES"]})["result"]
    (starred,) = call("crm.activity.list", {"select": ["*"]})["result"]

    (file,) = named["FILES"]
    assert (set(file), isinstance(file["id"], int)) == ({"id", "url"}, True)
    assert "FILES" not in starred
    assert "FILES" not in read(call, number)
    assert portal.control.activities()[0]["_FILES"][0]["name"] == "offer.pdf"


@pytest.mark.parametrize(("kind", "text"), [(1, "plain <b>"), (2, "[B]x[/B]"), (3, "<b>x</b>")])
def test_descriptions_of_all_types_come_back_as_sent(
    call: Call, contact: int, kind: int, text: str
) -> None:
    sent = meeting(contact, DESCRIPTION=text, DESCRIPTION_TYPE=kind)

    row = read(call, call("crm.activity.add", sent)["result"])

    assert (row["DESCRIPTION"], row["DESCRIPTION_TYPE"]) == (text, str(kind))


def test_a_call_has_a_direction_and_completion_drives_the_status(call: Call, contact: int) -> None:
    sent = meeting(contact, TYPE_ID=2, DIRECTION=2, COMPLETED="Y", PRIORITY=3)

    row = read(call, call("crm.activity.add", sent)["result"])

    assert (row["PROVIDER_ID"], row["DIRECTION"], row["STATUS"]) == ("VOXIMPLANT_CALL", "2", "2")
    assert (row["COMPLETED"], row["PRIORITY"]) == ("Y", "3")
    call("crm.activity.update", {"id": row["ID"], "fields": {"COMPLETED": "N"}})
    assert read(call, int(row["ID"]))["STATUS"] == "1"


def test_a_portal_may_not_keep_the_value_of_a_reminder(
    portal: Portal, call: Call, contact: int
) -> None:
    portal.control.configure_crm(notify_value_kept=False)

    sent = meeting(contact, NOTIFY_TYPE=1, NOTIFY_VALUE=15)

    assert read(call, call("crm.activity.add", sent)["result"])["NOTIFY_VALUE"] == "0"


def test_a_deal_is_the_owner_and_its_contact_the_communication(
    portal: Portal, call: Call, contact: int
) -> None:
    deal = portal.control.add_deal(TITLE="Offer", CONTACT_ID=contact)

    number = call("crm.activity.add", meeting(contact, OWNER_TYPE_ID=2, OWNER_ID=deal))["result"]

    bindings = call("crm.activity.binding.list", {"activityId": number})["result"]
    assert bindings == [
        {"entityTypeId": 2, "entityId": deal},
        {"entityTypeId": 3, "entityId": contact},
    ]
    wrong = [{"VALUE": "x", "ENTITY_TYPE_ID": 2, "ENTITY_ID": deal}]
    refused = call("crm.activity.add", meeting(contact, COMMUNICATIONS=wrong))
    assert refused["error_description"] == "The field COMMUNICATIONS is not defined or invalid."
    (event,) = portal.control.events()
    assert event["crm"] == [f"D_{deal}", f"C_{contact}"]


def test_an_activity_moves_the_cards_last_activity(
    portal: Portal, call: Call, contact: int
) -> None:
    portal.control.set_clock("2026-08-20T10:00:00+00:00", frozen=True)
    before = call("crm.contact.get", {"id": contact})["result"]["DATE_MODIFY"]

    call("crm.activity.add", meeting(contact))

    card = call("crm.contact.get", {"id": contact})["result"]
    assert card["LAST_ACTIVITY_TIME"] == "2026-08-20T12:00:00+02:00"
    assert (card["LAST_ACTIVITY_BY"], card["DATE_MODIFY"]) == ("7", before)


def test_fields_of_activities_and_communications_are_described(call: Call) -> None:
    fields = call("crm.activity.fields")["result"]
    parts = call("crm.activity.communication.fields")["result"]

    assert (fields["FILES"]["isMultiple"], fields["OWNER_ID"]["isImmutable"]) == (True, True)
    assert set(parts) == {"ID", "ACTIVITY_ID", "ENTITY_ID", "ENTITY_TYPE_ID", "TYPE", "VALUE"}
    assert (parts["ID"]["type"], parts["ID"]["isReadOnly"]) == ("integer", True)


def test_the_vendors_client_changes_to_dos(
    portal: Portal, contact: int, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", portal.ca_file)
    identity = portal.control.identity()
    todos = Client(
        BitrixWebhook(
            domain=f"127.0.0.1:{portal.port}",
            webhook_token=f"{identity['user']}/{identity['secret']}",
        )
    ).crm.activity.todo
    owner = {"owner_type_id": 3, "owner_id": contact}
    number = make(call, contact)  # its own way to send a deadline cannot be put into JSON

    todos.update_color(number, **owner, color_id="3").result  # noqa: B018
    todos.update_description(number, **owner, value="y").result  # noqa: B018
    todos.update_responsible_user(number, **owner, responsible_id=12).result  # noqa: B018

    row = read(call, number)
    assert (row["RESPONSIBLE_ID"], row["DESCRIPTION"]) == ("12", "y")
    assert portal.control.record("activity", number)["_COLOR"] == "3"  # type: ignore[index]
