"""``crm.item.*``: section 3.7."""

from typing import Any

from .conftest import Call
from .portal import Portal


def contact(number: int = 0, **more: Any) -> dict[str, Any]:
    return {"entityTypeId": 3, **({"id": number} if number else {}), **more}


def test_an_item_has_real_types_and_all_phones_in_fm(portal: Portal, call: Call) -> None:
    number = portal.control.add_contact(NAME="Alex", PHONE="+49 30", EMAIL="a@acme.example")

    answer = call("crm.item.list", contact(select=["*"], start=-1))
    item = answer["result"]["items"][0]

    assert (item["id"], item["assignedById"], item["hasPhone"]) == (number, 12, "Y")
    assert [(one["typeId"], one["value"]) for one in item["fm"]] == [
        ("PHONE", "+49 30"),
        ("EMAIL", "a@acme.example"),
    ]
    assert isinstance(item["fm"][0]["id"], int)
    named = call("crm.item.list", contact(select=["id", "phone"]))["result"]["items"][0]
    assert named["phone"] == "+49 30"
    assert "fm" not in named


def test_unknown_names_in_filter_and_order_are_refused(call: Call) -> None:
    mistakes: list[tuple[dict[str, Any], str]] = [
        ({"filter": {"LASTNAME": "x"}}, "Invalid filter: field 'LASTNAME' is not allowed"),
        ({"order": {"fm": "ASC"}}, "Invalid order: field 'fm' is not allowed"),
        ({"order": {"id": "UP"}}, "allowed sort directions are `ASC, DESC`. But got 'UP'"),
    ]
    for params, text in mistakes:
        answer = call("crm.item.list", contact(**params))
        assert (answer["status"], answer["error"]) == (400, "INVALID_ARG_VALUE")
        assert text in answer["error_description"]


def test_pages_by_id_and_or_groups(portal: Portal, call: Call) -> None:
    for name, last in (("Anna", "Berg"), ("Boris", "Anders"), ("Carla", "Costa")):
        portal.control.add_contact(NAME=name, LAST_NAME=last)
    either = {"0": {"logic": "OR", "0": {"%name": "an"}, "1": {"%lastName": "an"}}, ">id": 1}

    found = call("crm.item.list", contact(filter=either, order={"id": "ASC"}))

    assert [item["name"] for item in found["result"]["items"]] == ["Boris"]
    assert found["total"] == 1
    upper = call("crm.item.list", contact(filter={">ID": 2}, order={"ID": "ASC"}))
    assert [item["id"] for item in upper["result"]["items"]] == [3]


def test_update_writes_fm_by_key_and_needs_the_type(portal: Portal, call: Call) -> None:
    number = portal.control.add_contact(NAME="Alex", PHONE="+491", EMAIL="a@acme.example")
    item = call("crm.item.get", contact(number))["result"]["item"]
    phone, mail = (str(one["id"]) for one in item["fm"])
    fm = {
        "n0": {"typeId": "PHONE", "valueType": "MOBILE", "value": "+492"},
        phone: {"typeId": "PHONE", "valueType": "WORK", "value": "+493"},
        mail: {"value": ""},
    }

    answer = call("crm.item.update", contact(number, fields={"fm": fm}))["result"]["item"]

    assert [one["value"] for one in answer["fm"]] == ["+493", "+492", "a@acme.example"]
    fm = {mail: {"typeId": "EMAIL", "value": ""}, "777": {"typeId": "PHONE", "value": "+494"}}
    answer = call("crm.item.update", contact(number, fields={"fm": fm}))["result"]["item"]
    assert [one["value"] for one in answer["fm"]] == ["+493", "+492", "+494"]
    assert answer["hasEmail"] == "N"


def test_codes_of_the_universal_family(portal: Portal, call: Call) -> None:
    number = portal.control.add_contact(NAME="Alex")
    bad = {"fm": {"n0": {"typeId": "EMAIL", "value": "nonsense"}}}

    assert call("crm.item.get", contact(999))["error"] == "NOT_FOUND"
    assert call("crm.item.list", {"entityTypeId": 5})["error"] == "ENTITY_TYPE_NOT_SUPPORTED"
    assert call("crm.item.list")["error"] == "100"
    answer = call("crm.item.update", contact(number, fields=bad))
    assert answer["error"] == "CRM_FIELD_ERROR_VALUE_NOT_VALID"
    empty = call("crm.item.update", contact(number, fields={"name": ""}))
    assert empty["error"] == "CRM_FIELD_ERROR_REQUIRED"


def test_add_answers_the_whole_item_and_delete_an_empty_list(portal: Portal, call: Call) -> None:
    fm = [{"typeId": "PHONE", "valueType": "WORK", "value": "+49"}]
    fields = {"name": "Zoe", "nosuch": 1, "fm": fm, "originatorId": "parley"}

    item = call("crm.item.add", contact(fields=fields))["result"]["item"]

    assert (item["name"], item["phone"], item["originatorId"]) == ("Zoe", "+49", "parley")
    assert call("crm.item.delete", contact(item["id"]))["result"] == []
    assert portal.control.contacts() == []
