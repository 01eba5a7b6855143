"""``crm.contact.*``, ``crm.company.*``, findbycomm and paging: sections 1.3 and 3."""

from typing import Any

import pytest

from .conftest import Call
from .portal import Portal


def ids(answer: dict[str, Any]) -> list[int]:
    return [int(row["ID"]) for row in answer["result"]]


def test_a_card_is_all_strings_and_lacks_empty_multi_fields(portal: Portal, call: Call) -> None:
    number = portal.control.add_contact(NAME="Anna", PHONE="8 800 100-10-20", COMPANY_ID=12)

    card = call("crm.contact.get", {"id": number})["result"]

    assert card["ID"] == str(number)
    assert card["COMPANY_ID"] == "12"
    assert (card["HAS_PHONE"], card["HAS_EMAIL"]) == ("Y", "N")
    assert set(card["PHONE"][0]) == {"ID", "VALUE_TYPE", "VALUE", "TYPE_ID"}
    assert card["PHONE"][0]["TYPE_ID"] == "PHONE"
    assert "EMAIL" not in card


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({}, "ID is not defined or invalid."),
        ({"id": 0}, "ID is not defined or invalid."),
        ({"id": 777}, "Not found"),
    ],
)
def test_get_refuses_with_an_empty_code(call: Call, params: dict[str, Any], text: str) -> None:
    answer = call("crm.contact.get", params)

    assert answer == {"status": 400, "error": "", "error_description": text}


def test_names_of_parameters_may_be_upper_case(portal: Portal, call: Call) -> None:
    number = portal.control.add_contact(NAME="Anna")

    assert call("crm.contact.get", {"ID": number})["result"]["NAME"] == "Anna"
    listed = call("crm.contact.list", {"FILTER": {"NAME": "anna"}, "SELECT": ["NAME"]})
    assert listed["result"] == [{"ID": str(number), "NAME": "Anna"}]


def test_multi_fields_come_only_when_named(portal: Portal, call: Call) -> None:
    portal.control.add_contact(NAME="Anna", PHONE="+49", EMAIL="a@acme.example")

    default = call("crm.contact.list")["result"][0]
    starred = call("crm.contact.list", {"select": ["*"]})["result"][0]
    named = call("crm.contact.list", {"select": ["PHONE"]})["result"][0]

    assert "PHONE" not in default
    assert "UF_CRM_1720697698689" in default
    assert "UF_CRM_1720697698689" not in starred
    assert list(named) == ["ID", "PHONE"]


def test_pages_have_fifty_rows_a_total_and_next_only_before_the_last(
    portal: Portal, call: Call
) -> None:
    portal.control.seed_contacts(120)

    first = call("crm.contact.list")
    last = call("crm.contact.list", {"start": 100})

    assert (len(first["result"]), first["total"], first["next"]) == (50, 120, 50)
    assert (len(last["result"]), last["total"]) == (20, 120)
    assert "next" not in last


def test_the_old_lists_round_an_offset_down_and_the_new_take_it_literally(
    portal: Portal, call: Call
) -> None:
    portal.control.seed_contacts(120)

    assert ids(call("crm.contact.list", {"start": 73}))[0] == 51
    items = call("crm.item.list", {"entityTypeId": 3, "start": 73})["result"]["items"]
    assert items[0]["id"] == 74


def test_start_minus_one_counts_nothing(portal: Portal, call: Call) -> None:
    portal.control.seed_contacts(60)

    answer = call("crm.contact.list", {"start": -1})

    assert (len(answer["result"]), answer["total"]) == (50, 0)
    assert "next" not in answer
    portal.control.configure(total_without_count=False)
    assert "total" not in call("crm.contact.list", {"start": -1})


def test_paging_by_id_is_stable_while_records_are_added(portal: Portal, call: Call) -> None:
    portal.control.seed_contacts(70)
    params = {"order": {"ID": "ASC"}, "filter": {">ID": 50}, "start": -1, "select": ["ID"]}

    assert ids(call("crm.contact.list", params)) == list(range(51, 71))
    portal.control.add_contact(NAME="New")
    assert ids(call("crm.contact.list", params)) == list(range(51, 72))


def test_unknown_filter_keys_return_everything(portal: Portal, call: Call) -> None:
    portal.control.seed_contacts(7)

    assert call("crm.contact.list", {"filter": {"ASIGNED_BY_ID": 99}})["total"] == 7
    assert call("crm.contact.list", {"filter": {"ASSIGNED_BY_ID": 99}})["total"] == 0


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"%LAST_NAME": "VRON"}, ["Vronsky"]),
        ({"=%LAST_NAME": "Vron%"}, ["Vronsky"]),
        ({"=%LAST_NAME": "ron%"}, []),
        ({"!%LAST_NAME": "vron"}, ["Weber", "Novak"]),
        ({"@LAST_NAME": ["weber", "novak"]}, ["Weber", "Novak"]),
        ({"!LAST_NAME": "Weber"}, ["Vronsky", "Novak"]),
        ({"!@LAST_NAME": ["Weber", "Novak"]}, ["Vronsky"]),
        ({"PHONE": "+491"}, ["Vronsky"]),
        ({"PHONE": "491"}, []),
        ({"HAS_PHONE": "Y"}, ["Vronsky"]),
        ({"EMAIL": "NOVAK@acme.example"}, ["Novak"]),
        ({"=ORIGINATOR_ID": "parley", "=ORIGIN_ID": "u-1"}, ["Weber"]),
        ({"@ID": []}, []),
    ],
)
def test_filters(portal: Portal, call: Call, conditions: dict[str, Any], found: list[str]) -> None:
    portal.control.add_contact(NAME="Alex", LAST_NAME="Vronsky", PHONE="+491")
    portal.control.add_contact(LAST_NAME="Weber", ORIGINATOR_ID="parley", ORIGIN_ID="u-1")
    portal.control.add_contact(LAST_NAME="Novak", EMAIL="novak@acme.example")

    answer = call("crm.contact.list", {"filter": conditions, "select": ["LAST_NAME"]})

    assert [row["LAST_NAME"] for row in answer["result"]] == found


def test_changes_are_found_by_instant_whatever_the_offset(portal: Portal, call: Call) -> None:
    portal.control.set_clock("2026-08-20T10:00:00+00:00", frozen=True)
    old, new = portal.control.add_contact(NAME="Old"), portal.control.add_contact(NAME="New")
    portal.control.advance(3600)
    portal.control.change_contact(new, PHONE="+49")

    def changed_since(text: str) -> list[int]:
        return ids(call("crm.contact.list", {"filter": {">=DATE_MODIFY": text}}))

    assert changed_since("2026-08-20T13:00:01+03:00") == [new]
    assert changed_since("2026-08-20T13:00:00+03:00") == [old, new]
    assert changed_since("2026-08-20T11:00:01+00:00") == []
    card = call("crm.contact.get", {"id": new})["result"]
    assert card["DATE_MODIFY"] == "2026-08-20T13:00:00+02:00"


def test_order_works_both_ways(portal: Portal, call: Call) -> None:
    for name in ("Berg", "Adler", "Costa"):
        portal.control.add_contact(LAST_NAME=name)

    up = call("crm.contact.list", {"order": {"LAST_NAME": "ASC"}, "select": ["LAST_NAME"]})
    down = call("crm.contact.list", {"order": {"ID": "DESC"}, "filter": {">ID": 1}})

    assert [row["LAST_NAME"] for row in up["result"]] == ["Adler", "Berg", "Costa"]
    assert ids(down) == [3, 2]


def test_filter_and_order_must_be_objects(call: Call) -> None:
    assert call("crm.contact.list", {"order": "ID"})["error_description"].startswith(
        "Parameter 'order' must be array"
    )
    assert call("crm.contact.list", {"filter": "x"})["error_description"].startswith(
        "Parameter 'filter' must be array"
    )


def test_add_needs_a_name_and_a_possible_address(portal: Portal, call: Call) -> None:
    assert call("crm.contact.add", {"fields": {"POST": "CEO"}})["error"] == "ERROR_CORE"
    bad = {"LAST_NAME": "X", "EMAIL": [{"VALUE": "nonsense", "VALUE_TYPE": "WORK"}]}
    assert "invalid address" in call("crm.contact.add", {"fields": bad})["error_description"]
    portal.control.configure(required_contact_fields=["POST"])
    assert "<br>" in call("crm.contact.add", {"fields": {"NAME": "X"}})["error_description"]
    assert portal.control.contacts() == []


def test_add_ignores_unknown_fields_and_makes_the_caller_responsible(
    portal: Portal, call: Call
) -> None:
    number = call("crm.contact.add", {"fields": {"NAME": "Zoe", "NOSUCH": 1}})["result"]

    stored = portal.control.record("contact", number)
    assert stored is not None
    assert stored["ASSIGNED_BY_ID"] == "7"
    assert "NOSUCH" not in stored


def test_phones_are_added_changed_and_deleted_by_id(portal: Portal, call: Call) -> None:
    phones = [{"VALUE": f"+4{n}", "VALUE_TYPE": "WORK"} for n in range(4)]
    number = call("crm.contact.add", {"fields": {"NAME": "Zoe", "PHONE": phones}})["result"]
    entry = [one["ID"] for one in call("crm.contact.get", {"id": number})["result"]["PHONE"]]
    sent = [
        {"VALUE": "+99", "VALUE_TYPE": "HOME"},
        {"ID": entry[0], "VALUE": "+40 new", "VALUE_TYPE": "MOBILE"},
        {"ID": entry[1], "DELETE": "Y"},
        {"ID": entry[2], "VALUE": ""},
        {"ID": int(entry[3])},
    ]

    assert call("crm.contact.update", {"id": number, "fields": {"PHONE": sent}})["result"] is True

    left = call("crm.contact.get", {"id": number})["result"]["PHONE"]
    assert [(one["VALUE"], one["VALUE_TYPE"]) for one in left] == [
        ("+40 new", "MOBILE"),
        ("+99", "HOME"),
    ]


def test_a_phone_list_sent_back_without_ids_is_doubled(portal: Portal, call: Call) -> None:
    number = portal.control.add_contact(NAME="Zoe", PHONE="+49")

    call("crm.contact.update", {"id": number, "fields": {"PHONE": [{"VALUE": "+49"}]}})

    assert len(call("crm.contact.get", {"id": number})["result"]["PHONE"]) == 2


def test_gone_contacts_have_three_different_answers(portal: Portal, call: Call) -> None:
    number = portal.control.add_contact(NAME="Zoe")
    assert call("crm.contact.delete", {"id": number})["result"] is True

    assert call("crm.contact.get", {"id": number})["error_description"] == "Not found"
    again = call("crm.contact.delete", {"id": number})
    assert (again["error"], again["error_description"]) == ("ERROR_CORE", "Element not found")
    update = call("crm.contact.update", {"id": number, "fields": {}})
    assert update["error_description"] == "Contact is not found"


def test_a_hidden_contact_is_missing_from_lists_and_denied_by_get(
    portal: Portal, call: Call
) -> None:
    seen, hidden = portal.control.add_contact(NAME="A"), portal.control.add_contact(NAME="B")
    portal.control.hide("contact", hidden)

    assert ids(call("crm.contact.list")) == [seen]
    assert "Access denied" in call("crm.contact.get", {"id": hidden})["error_description"]


def test_findbycomm_compares_whole_numbers_and_answers_integers(portal: Portal, call: Call) -> None:
    number = portal.control.add_contact(NAME="Zoe", PHONE="+49 (30) 123-45; ext 7")

    def find(*values: str, **more: Any) -> Any:
        return call("crm.duplicate.findbycomm", {"type": "PHONE", "values": values, **more})

    assert find("+493012345", entity_type="CONTACT")["result"] == {"CONTACT": [number]}
    assert find("3012345")["result"] == []
    assert call("crm.duplicate.findbycomm")["error"] == "Communication type is not defined"
    assert (
        call("crm.duplicate.findbycomm", {"type": "PHONE"})["error"]
        == "Communication values is not defined"
    )


def test_findbycomm_stops_at_twenty_hits_and_leaves_later_types_out(
    portal: Portal, call: Call
) -> None:
    for _ in range(25):
        portal.control.add_contact(NAME="Zoe", EMAIL="same@acme.example")
    portal.control.add_company(TITLE="Acme", EMAIL="same@acme.example")

    found = call("crm.duplicate.findbycomm", {"type": "EMAIL", "values": ["same@acme.example"]})

    assert [len(found["result"]["CONTACT"]), "COMPANY" in found["result"]] == [20, False]


def test_companies_and_links_keep_their_types(portal: Portal, call: Call) -> None:
    firm = portal.control.add_company(TITLE="Acme GmbH", PHONE="+49 30 9999")
    number = portal.control.add_contact(NAME="Zoe", COMPANY_IDS=[firm, 31])

    listed = call("crm.company.list", {"filter": {"%TITLE": "acme"}, "select": ["TITLE"]})
    links = call("crm.contact.company.items.get", {"id": number})["result"]

    assert listed["result"] == [{"ID": str(firm), "TITLE": "Acme GmbH"}]
    assert [link["COMPANY_ID"] for link in links] == [firm, 31]
    assert [link["IS_PRIMARY"] for link in links] == ["Y", "N"]
    gone = call("crm.contact.company.items.get", {"id": 999})
    assert (gone["status"], gone["error"]) == (200, "")


def test_fields_say_that_all_three_names_are_required(call: Call) -> None:
    fields = call("crm.contact.fields")["result"]

    assert [fields[n]["isRequired"] for n in ("NAME", "SECOND_NAME", "LAST_NAME")] == [True] * 3
    assert fields["PHONE"]["isMultiple"] is True
    assert fields["ID"]["isReadOnly"] is True


def test_a_portal_may_ignore_a_key_that_it_knows(portal: Portal, call: Call) -> None:
    portal.control.seed_contacts(3)
    portal.control.configure(ignored_filter_keys=["ORIGIN_ID"])

    assert call("crm.contact.list", {"filter": {"=ORIGIN_ID": "none"}})["total"] == 3
