"""Leads, deals, links, directories, own fields and comments: sections 3.2 and 3.5 to 3.9."""

from typing import Any

import pytest
from b24pysdk import BitrixWebhook, Client

from .conftest import Call
from .portal import Portal


def test_a_deal_is_all_strings_and_knows_its_stage(portal: Portal, call: Call) -> None:
    contact = portal.control.add_contact(NAME="Alex")
    number = portal.control.add_deal(
        TITLE="Offer", CONTACT_ID=contact, OPPORTUNITY=1_000_000, CLOSEDATE="2026-11-17"
    )

    deal = call("crm.deal.get", {"id": number})["result"]

    assert (deal["ID"], deal["CONTACT_ID"]) == (str(number), str(contact))
    assert (deal["CATEGORY_ID"], deal["STAGE_ID"], deal["STAGE_SEMANTIC_ID"]) == ("0", "NEW", "P")
    assert (deal["OPPORTUNITY"], deal["CURRENCY_ID"], deal["CLOSED"]) == ("1000000.00", "EUR", "N")
    assert deal["CLOSEDATE"] == "2026-11-17T01:00:00+01:00"
    assert "PHONE" not in deal


def test_open_deals_of_a_contact_are_found(portal: Portal, call: Call) -> None:
    contact = portal.control.add_contact(NAME="Alex")
    stages = ["NEW", "EXECUTING", "WON", "LOSE"]
    made = [
        portal.control.add_deal(TITLE=stage, CONTACT_ID=contact, STAGE_ID=stage) for stage in stages
    ]
    portal.control.add_deal(TITLE="of nobody")

    found = call("crm.deal.list", {"filter": {"CONTACT_ID": contact, "CLOSED": "N"}})

    assert [int(row["ID"]) for row in found["result"]] == made[:2]
    assert found["total"] == 2


def test_a_deal_in_another_pipeline_has_that_pipelines_stages(portal: Portal, call: Call) -> None:
    number = portal.control.add_deal(TITLE="x", CATEGORY_ID=9)
    assert call("crm.deal.get", {"id": number})["result"]["STAGE_ID"] == "C9:NEW"

    call("crm.deal.update", {"id": number, "fields": {"STAGE_ID": "C9:WON"}})

    deal = call("crm.deal.get", {"id": number})["result"]
    assert (deal["STAGE_ID"], deal["STAGE_SEMANTIC_ID"], deal["CLOSED"]) == ("C9:WON", "S", "Y")


def test_a_lead_has_a_person_and_a_status(portal: Portal, call: Call) -> None:
    number = portal.control.add_lead(NAME="Lea", LAST_NAME="Berg", PHONE="+49 30", STATUS_ID="JUNK")

    lead = call("crm.lead.get", {"id": number})["result"]

    assert (lead["TITLE"], lead["STATUS_ID"]) == (f"Lead #{number}", "JUNK")
    assert (lead["STATUS_SEMANTIC_ID"], lead["HAS_PHONE"]) == ("F", "Y")
    assert lead["PHONE"][0]["VALUE"] == "+49 30"
    assert call("crm.lead.list", {"filter": {"STATUS_SEMANTIC_ID": "F"}})["total"] == 1
    found = call("crm.duplicate.findbycomm", {"type": "PHONE", "values": ["+4930"]})
    assert found["result"] == {"LEAD": [number]}


@pytest.mark.parametrize(("kind", "name"), [("lead", "Lead"), ("deal", "Deal")])
def test_cards_that_are_not_there(call: Call, kind: str, name: str) -> None:
    assert call(f"crm.{kind}.get", {"id": 1})["error_description"] == "Not found"
    assert call(f"crm.{kind}.update", {"id": 1, "fields": {}})["error_description"] == (
        f"{name} is not found"
    )
    assert call(f"crm.{kind}.delete", {"id": 1})["error"] == "ERROR_CORE"
    assert call(f"crm.{kind}.get")["error_description"] == "ID is not defined or invalid."


def test_companies_of_a_contact_are_set_added_and_removed(portal: Portal, call: Call) -> None:
    acme, orion = (portal.control.add_company(TITLE=title) for title in ("Acme", "Orion"))
    number = portal.control.add_contact(NAME="Alex")

    def items() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = call("crm.contact.company.items.get", {"id": number})[
            "result"
        ]
        return found

    def asked(verb: str, **params: Any) -> Any:
        return call(f"crm.contact.company.{verb}", {"id": number, **params})["result"]

    assert items() == []
    assert asked("add", fields={"COMPANY_ID": acme}) is True
    assert asked("add", fields={"COMPANY_ID": acme}) is False
    assert items() == [{"COMPANY_ID": acme, "SORT": 10, "ROLE_ID": 0, "IS_PRIMARY": "Y"}]
    wanted = [{"COMPANY_ID": acme, "SORT": 100}, {"COMPANY_ID": orion, "IS_PRIMARY": "Y"}]
    assert asked("items.set", items=wanted) is True
    assert [(one["COMPANY_ID"], one["IS_PRIMARY"]) for one in items()] == [
        (orion, "Y"),
        (acme, "N"),
    ]
    assert call("crm.contact.get", {"id": number})["result"]["COMPANY_ID"] == str(orion)
    assert asked("delete", fields={"COMPANY_ID": orion}) is True
    assert asked("delete", fields={"COMPANY_ID": orion}) is False
    behind = call("crm.company.contact.items.get", {"id": acme})["result"]
    assert behind == [{"CONTACT_ID": number, "SORT": 10, "ROLE_ID": 0, "IS_PRIMARY": "Y"}]
    assert asked("items.delete") is True
    assert items() == []


def test_links_refuse_in_their_own_words(portal: Portal, call: Call) -> None:
    number = portal.control.add_contact(NAME="Alex")

    absent = call("crm.contact.company.items.get")
    assert (absent["status"], absent["error"]) == (200, "")
    assert "ownerEntityID" in absent["error_description"]
    unsent = call("crm.contact.company.add", {"id": number})
    assert unsent["error_description"] == "The parameter 'fields' must be array."
    unknown = call("crm.contact.company.add", {"id": number, "fields": {"COMPANY_ID": 1}})
    assert unknown["error_description"] == "Not found"


def test_contacts_of_a_deal(portal: Portal, call: Call) -> None:
    anna, boris = (portal.control.add_contact(NAME=name) for name in ("Anna", "Boris"))
    number = portal.control.add_deal(TITLE="x", CONTACT_ID=anna)

    assert call("crm.deal.contact.add", {"id": number, "fields": {"CONTACT_ID": boris}})["result"]

    found = call("crm.deal.contact.items.get", {"id": number})["result"]
    assert [(one["CONTACT_ID"], one["IS_PRIMARY"]) for one in found] == [(anna, "Y"), (boris, "N")]
    item = call("crm.item.get", {"entityTypeId": 2, "id": number})["result"]["item"]
    assert (item["contactId"], item["contactIds"]) == (anna, [anna, boris])


def test_a_directory_is_read_by_its_name(call: Call) -> None:
    asked = {"filter": {"ENTITY_ID": "DEAL_STAGE"}, "order": {"SORT": "ASC"}}

    rows = call("crm.status.list", asked)["result"]

    assert [row["STATUS_ID"] for row in rows][:2] == ["NEW", "PREPARATION"]
    assert [row["SEMANTICS"] for row in rows] == [None, None, None, "S", "F", "F"]
    names = "ID ENTITY_ID STATUS_ID NAME NAME_INIT SORT SYSTEM CATEGORY_ID COLOR SEMANTICS EXTRA"
    assert set(rows[0]) == set(names.split())
    assert rows[0]["SORT"] == "10"
    assert call("crm.status.list", {"filter": {"ENTITY_ID": "DEAL_STAGE_9"}})["result"]


def test_owner_types_and_the_old_enumerations_have_integers(call: Call) -> None:
    owners = call("crm.enum.ownertype")["result"]
    kinds = call("crm.enum.activitytype")["result"]

    assert {
        "ID": 3,
        "NAME": "Contact",
        "SYMBOL_CODE": "CONTACT",
        "SYMBOL_CODE_SHORT": "C",
    } in owners
    assert {one["ID"]: one["SYMBOL_CODE_SHORT"] for one in owners}[31] == "SI"
    assert kinds[0] == {"ID": 0, "NAME": "", "SYMBOL_CODE": None, "SYMBOL_CODE_SHORT": None}
    assert kinds[1]["NAME"] == "Meeting"
    contents = [one["NAME"] for one in call("crm.enum.contenttype")["result"]]
    assert contents == ["", "Plain text", "bbCode", "HTML"]


def test_own_fields_are_described_stored_and_named_in_both_families(
    portal: Portal, call: Call
) -> None:
    portal.control.add_user_field(
        "contact", "UF_CRM_LEVEL", "enumeration", "Level", items=["Gold", "Silver"]
    )
    portal.control.add_user_field("contact", "UF_CRM_TAGS", "string", "Tags", multiple=True)
    told = call("crm.contact.fields")["result"]["UF_CRM_LEVEL"]
    gold = told["items"][0]
    assert (told["isDynamic"], told["formLabel"], gold["VALUE"]) == (True, "Level", "Gold")

    fields = {"NAME": "Zoe", "UF_CRM_LEVEL": gold["ID"], "UF_CRM_TAGS": ["a", "b"]}
    number = call("crm.contact.add", {"fields": fields})["result"]

    card = call("crm.contact.get", {"id": number})["result"]
    assert (card["UF_CRM_LEVEL"], card["UF_CRM_TAGS"]) == (gold["ID"], ["a", "b"])
    starred = call("crm.contact.list", {"select": ["*"]})["result"][0]
    assert not any(name.startswith("UF_") for name in starred)
    found = call("crm.contact.list", {"filter": {"UF_CRM_LEVEL": gold["ID"]}, "select": ["UF_*"]})
    assert found["result"][0]["UF_CRM_TAGS"] == ["a", "b"]
    asked = {"entityTypeId": 3, "id": number}
    assert call("crm.item.get", asked)["result"]["item"]["ufCrm_LEVEL"] == gold["ID"]
    original = call("crm.item.get", {**asked, "useOriginalUfNames": "Y"})["result"]["item"]
    assert original["UF_CRM_LEVEL"] == gold["ID"]
    assert "ufCrm_LEVEL" not in original


def test_own_fields_are_listed(portal: Portal, call: Call) -> None:
    portal.control.add_user_field("contact", "UF_CRM_LEVEL", "enumeration", "Level", items=["Gold"])

    plain = call("crm.contact.userfield.list", {"filter": {"FIELD_NAME": "UF_CRM_LEVEL"}})
    named = call("crm.contact.userfield.list", {"filter": {"LANG": "en"}})["result"]

    (row,) = plain["result"]
    assert (row["USER_TYPE_ID"], row["LIST"][0]["VALUE"]) == ("enumeration", "Gold")
    assert "EDIT_FORM_LABEL" not in row
    assert [one["EDIT_FORM_LABEL"] for one in named] == ["Customer level", "Level"]


def test_a_comment_moves_the_last_activity_and_not_the_card(portal: Portal, call: Call) -> None:
    portal.control.set_clock("2026-08-20T10:00:00+00:00", frozen=True)
    number = portal.control.add_contact(NAME="Alex")
    portal.control.advance(60)
    fields = {"ENTITY_ID": number, "ENTITY_TYPE": "contact", "COMMENT": "Called back"}

    comment = call("crm.timeline.comment.add", {"fields": fields})["result"]

    assert isinstance(comment, int)
    owner = {"ENTITY_ID": number, "ENTITY_TYPE": "contact"}
    (row,) = call("crm.timeline.comment.list", {"filter": owner})["result"]
    assert (row["ID"], row["COMMENT"], row["AUTHOR_ID"]) == (str(comment), "Called back", "7")
    card = call("crm.contact.get", {"id": number})["result"]
    assert card["DATE_MODIFY"] == "2026-08-20T12:00:00+02:00"
    assert (card["LAST_ACTIVITY_TIME"], card["LAST_ACTIVITY_BY"]) == (
        "2026-08-20T12:01:00+02:00",
        "7",
    )
    assert call("crm.timeline.comment.update", {"id": comment, "fields": {"COMMENT": "b"}})[
        "result"
    ]
    assert call("crm.timeline.comment.get", {"id": comment})["result"]["COMMENT"] == "b"
    assert call("crm.timeline.comment.delete", {"id": comment})["result"] is True
    assert call("crm.timeline.comment.list", {"filter": owner})["result"] == []
    assert call("crm.timeline.comment.list")["status"] == 400


def test_made_up_deals_leads_and_timelines(portal: Portal, call: Call) -> None:
    portal.control.seed_contacts(20)
    portal.control.seed_deals(120)
    portal.control.seed_leads(60)
    portal.control.seed_timeline(200)
    portal.control.seed_calls(70)

    deals = call("crm.deal.list", {"select": ["ID", "CONTACT_ID", "CLOSED"]})
    assert (deals["total"], deals["next"]) == (120, 50)
    assert {row["CLOSED"] for row in deals["result"]} == {"Y", "N"}
    assert call("crm.lead.list")["total"] == 60
    owner = {"ENTITY_ID": 1, "ENTITY_TYPE": "contact"}
    assert call("crm.timeline.comment.list", {"filter": owner})["total"] > 0
    calls = call("crm.activity.list", {"filter": {"COMPLETED": "Y"}, "select": ["COMMUNICATIONS"]})
    assert (calls["total"], len(calls["result"][0]["COMMUNICATIONS"])) == (70, 1)
    assert portal.control.events() == []


def item_error(call: Call, method: str, **params: Any) -> tuple[int, str, str]:
    answer = call(f"crm.item.{method}", params)
    return answer["status"], answer["error"], answer["error_description"]


def test_items_of_deals_and_leads_have_their_own_names(portal: Portal, call: Call) -> None:
    deal = portal.control.add_deal(TITLE="Offer", OPPORTUNITY=12.5, STAGE_ID="WON")
    lead = portal.control.add_lead(TITLE="Enquiry", PHONE="+49 30")

    sold = call("crm.item.get", {"entityTypeId": 2, "id": deal})["result"]["item"]
    asked = call("crm.item.get", {"entityTypeId": 1, "id": lead})["result"]["item"]

    assert (sold["title"], sold["opportunity"], sold["stageId"]) == ("Offer", 12.5, "WON")
    assert (sold["stageSemanticId"], sold["closed"], sold["isManualOpportunity"]) == ("S", "Y", "N")
    assert (sold["entityTypeId"], "fm" in sold) == (2, False)
    assert (asked["stageId"], asked["stageSemanticId"]) == ("NEW", "P")
    assert asked["fm"][0]["value"] == "+49 30"
    found = call("crm.item.list", {"entityTypeId": 2, "filter": {"closed": "Y"}})["result"]["items"]
    assert [one["id"] for one in found] == [deal]


def test_items_refuse_with_the_documented_codes(portal: Portal, call: Call) -> None:
    contact = portal.control.add_contact(NAME="Alex")

    unsupported = item_error(call, "list", entityTypeId=36)
    assert unsupported == (400, "ENTITY_TYPE_NOT_SUPPORTED", "Entity type 36 is not supported")
    assert item_error(call, "list", entityTypeId=999)[1] == "NOT_FOUND"
    portal.control.configure_crm(unknown_type_code="ENTITY_TYPE_NOT_SUPPORTED")
    assert item_error(call, "list", entityTypeId=999)[1] == "ENTITY_TYPE_NOT_SUPPORTED"
    invalid = item_error(call, "list", entityTypeId=3, filter={"id": "abc"})
    assert invalid[1:] == ("INVALID_ARG_VALUE", "Invalid filter: field 'id' has invalid value")
    one = {"entityTypeId": 3, "id": contact}
    scalar = item_error(call, "update", **one, fields={"companyIds": 5})
    assert scalar[1:] == ("100", "Expected iterable value for multiple field, but got 5")
    stage = {"title": "x", "stageId": "NOSUCH"}
    assert item_error(call, "add", entityTypeId=2, fields=stage)[1] == (
        "CRM_FIELD_ERROR_VALUE_NOT_VALID"
    )
    assert item_error(call, "add", entityTypeId=31, fields={})[1] == (
        "CREATE_DYNAMIC_ITEM_RESTRICTED"
    )
    assert call("crm.item.list", {"entityTypeId": 31})["result"] == {"items": []}


def test_a_guest_has_no_crm(portal: Portal, call: Call) -> None:
    portal.control.patch("user", 7, USER_TYPE="extranet")

    assert item_error(call, "list", entityTypeId=3)[:2] == (403, "allowed_only_intranet_user")
    assert call("crm.contact.list")["error_description"].startswith("Access denied")


def test_upper_case_names_may_be_unknown_to_a_portal(portal: Portal, call: Call) -> None:
    order = {"entityTypeId": 3, "order": {"ID": "ASC"}}
    assert call("crm.item.list", order)["status"] == 200

    portal.control.configure_crm(items_take_upper_case=False)

    assert call("crm.item.list", order)["error"] == "INVALID_ARG_VALUE"


def test_the_wrong_ways_to_write_phones_succeed_with_the_wrong_effect(
    portal: Portal, call: Call
) -> None:
    fields = {"name": "Alex", "fm": "+49 30"}
    made = call("crm.item.add", {"entityTypeId": 3, "fields": fields})["result"]["item"]
    assert made["fm"] == []

    odd = {"fm": [{"typeId": "FAX2", "valueType": "WORK", "value": "+49"}]}
    item = call("crm.item.update", {"entityTypeId": 3, "id": made["id"], "fields": odd})

    assert [one["typeId"] for one in item["result"]["item"]["fm"]] == ["FAX2"]


@pytest.mark.parametrize(
    ("zone", "stored"),
    [
        ("Europe/Berlin", "2001-11-11T01:00:00+01:00"),
        ("America/New_York", "2001-11-10T19:00:00-05:00"),
        ("Pacific/Auckland", "2001-11-11T13:00:00+13:00"),
        ("UTC", "2001-11-11T00:00:00+00:00"),
    ],
)
def test_a_birthday_is_midnight_utc_printed_in_the_servers_zone(
    portal: Portal, call: Call, zone: str, stored: str
) -> None:
    portal.control.configure(zone=zone)
    number = portal.control.add_contact(NAME="Alex", BIRTHDATE="2001-11-11")

    assert call("crm.contact.get", {"id": number})["result"]["BIRTHDATE"] == stored
    call("crm.contact.update", {"id": number, "fields": {"BIRTHDATE": stored}})
    assert call("crm.contact.get", {"id": number})["result"]["BIRTHDATE"] == stored
    assert call("crm.contact.list", {"filter": {"BIRTHDATE": "2001-11-11"}})["total"] == 1


def test_the_vendors_client_reads_deals_links_and_comments(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", portal.ca_file)
    identity = portal.control.identity()
    crm = Client(
        BitrixWebhook(
            domain=f"127.0.0.1:{portal.port}",
            webhook_token=f"{identity['user']}/{identity['secret']}",
        )
    ).crm
    contact = portal.control.add_contact(NAME="Alex")
    deal = portal.control.add_deal(TITLE="Offer", CONTACT_ID=contact)

    assert crm.deal.get(deal).result["TITLE"] == "Offer"
    assert [row["ID"] for row in crm.deal.list(filter={"CLOSED": "N"}).result] == [str(deal)]
    assert crm.deal.contact.items.get(deal).result[0]["CONTACT_ID"] == contact
    stages = crm.status.list(filter={"ENTITY_ID": "DEAL_STAGE"}).as_list().result
    assert stages[0]["STATUS_ID"] == "NEW"
    fields = {"ENTITY_ID": contact, "ENTITY_TYPE": "contact", "COMMENT": "x"}
    comment = crm.timeline.comment.add(fields).result
    assert crm.timeline.comment.get(comment).result["COMMENT"] == "x"
    assert crm.contact.userfield.list().result[0]["FIELD_NAME"].startswith("UF_CRM_")
    items = crm.item.list(entity_type_id=2).as_list().result
    assert [one["id"] for one in items] == [deal]


def test_a_mandatory_own_field_is_insisted_on_in_html(portal: Portal, call: Call) -> None:
    portal.control.add_user_field("contact", "UF_CRM_REGION", title="Region", mandatory=True)

    old = call("crm.contact.add", {"fields": {"NAME": "x"}})
    new = call("crm.item.add", {"entityTypeId": 3, "fields": {"name": "x"}})

    assert old["error"] == "ERROR_CORE"
    assert old["error_description"] == "The field &quot;Region&quot; is required.<br>\n"
    assert new["error"] == "CRM_FIELD_ERROR_REQUIRED"
    assert call("crm.contact.add", {"fields": {"NAME": "x", "UF_CRM_REGION": "y"}})["result"]


def test_own_fields_filter_items_under_both_names(portal: Portal, call: Call) -> None:
    portal.control.configure_crm(items_take_upper_case=False)
    portal.control.add_user_field("contact", "UF_CRM_REGION")
    call("crm.contact.add", {"fields": {"NAME": "Anna", "UF_CRM_REGION": "north"}})
    call("crm.contact.add", {"fields": {"NAME": "Boris"}})

    for name in ("ufCrm_REGION", "UF_CRM_REGION"):
        asked = {"entityTypeId": 3, "filter": {name: "north"}}
        assert call("crm.item.list", asked)["total"] == 1
