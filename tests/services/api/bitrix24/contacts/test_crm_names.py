"""Old names and new ones: the same card, whichever family of methods told it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.contact import Contact
from desktop.domain.ids import AccountId
from desktop.services.api.bitrix24.batch import Command, Value
from desktop.services.api.bitrix24.contacts.crm_family import NEW_FAMILY, OLD_FAMILY, Entity
from desktop.services.api.bitrix24.contacts.crm_names import (
    new_fields,
    new_key,
    new_name,
    new_select,
    old_name,
    old_row,
)
from desktop.services.api.bitrix24.contacts.wire_contacts import (
    CONTACT_SELECT,
    CONTACTS,
    contact_record,
)
from tests.services.api.bitrix24.hostile import ANY
from tests.services.api.bitrix24.samples import SAMPLES, raw, result


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ID", "id"),
        ("LAST_NAME", "lastName"),
        ("DATE_MODIFY", "updatedTime"),
        ("CREATED_BY_ID", "createdBy"),
        ("ASSIGNED_BY_ID", "assignedById"),
        ("ORIGIN_ID", "originId"),
        ("STAGE_ID", "stageId"),
        ("UF_CRM_123", "UF_CRM_123"),
    ],
)
def test_each_name_has_its_other(old, new):
    assert new_name(old) == new
    assert old_name(new) == old


def test_a_filters_prefix_stays_before_its_name():
    assert new_key(">=DATE_MODIFY") == ">=updatedTime"
    assert new_key("@COMPANY_ID") == "@companyId"
    assert new_key("!=ID") == "!=id"


def test_the_sample_item_reads_as_the_sample_card():
    (item,) = NEW_FAMILY.reader(CONTACTS).rows(result("S13"))
    record = contact_record(item, AccountId("b1"), {"12": "Acme GmbH"})
    assert record is not None
    contact = record.record
    assert isinstance(contact, Contact)

    assert (contact.given_name, contact.family_name, contact.position) == ("Alex", "Vronsky", "CEO")
    assert contact.company == "Acme GmbH"
    assert [(phone.value, phone.remote_id) for phone in contact.phones] == [
        ("+49 30 1234567", "156")
    ]
    assert [mail.value for mail in contact.emails] == ["a.vronsky@acme.example"]
    assert contact.responsible == "7"


def test_a_changed_item_is_sent_as_the_sample_says():
    fields = {
        "PHONE": [
            {"VALUE": "+491709999999", "VALUE_TYPE": "MOBILE"},
            {"ID": 156, "VALUE": "+49 30 7654321", "VALUE_TYPE": "WORK"},
        ],
        "EMAIL": [{"ID": 158, "DELETE": "Y"}],
    }
    wanted = SAMPLES["S13b"][0]["fields"]

    assert new_fields(fields, adding=False) == wanted


def test_a_new_item_has_a_list_of_its_numbers():
    made = new_fields(
        {"NAME": "Alex", "PHONE": [{"VALUE": "+49", "VALUE_TYPE": "WORK"}], "COMPANY_IDS": [4]},
        adding=True,
    )

    assert made == {
        "name": "Alex",
        "companyIds": [4],
        "fm": [{"typeId": "PHONE", "value": "+49", "valueType": "WORK"}],
    }


def test_only_everything_brings_all_numbers():
    assert new_select(CONTACT_SELECT) == ["*"]
    assert new_select(("ID", "TITLE")) == ["id", "title"]
    assert new_select(("ID", "UF_CRM_1")) == ["id", "UF_CRM_1"]


def test_a_page_asks_each_family_in_its_own_words():
    where: dict[str, Value] = {">ID": 5, "CONTACT_ID": "15"}

    assert OLD_FAMILY.page(Entity.DEAL, where, ("ID",)) == Command(
        "crm.deal.list",
        {"filter": where, "order": {"ID": "ASC"}, "select": ["ID"], "start": -1},
    )
    new = NEW_FAMILY.page(Entity.DEAL, where, ("ID",))
    assert new.method == "crm.item.list"
    assert new.params["entityTypeId"] == 2
    assert new.params["filter"] == {">id": 5, "contactId": "15"}
    assert new.params["order"] == {"id": "ASC"}


@given(st.dictionaries(st.sampled_from(["id", "name", "fm", "phone", "updatedTime"]), ANY))
def test_hostile_items_never_break_the_reader(item):
    row = old_row(item)
    read = NEW_FAMILY.reader(CONTACTS).row(raw({"item": item}))

    assert all(isinstance(name, str) for name in row)
    record = None if read is None else contact_record(read, AccountId("b1"), {})
    assert record is None or record.remote_id.isdigit()


@pytest.mark.parametrize("told", [[], {}, {"items": []}, {"items": {}}])
def test_an_empty_page_is_empty_in_any_spelling(told):
    assert NEW_FAMILY.reader(CONTACTS).counted(raw(told)) == ([], 0)
