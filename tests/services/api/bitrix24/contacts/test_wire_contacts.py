"""Contacts between the portal's cards and ours."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.contact import AddressKind, Contact, Email, Phone, PostalAddress
from desktop.domain.ids import AccountId, ContactId, UserId
from desktop.services.api.bitrix24.contacts.wire_contacts import (
    COMPANIES,
    CONTACT_SELECT,
    CONTACTS,
    ContactRow,
    company_titles,
    contact_fields,
    contact_record,
)
from desktop.services.api.bitrix24.wire import each
from tests.services.api.bitrix24.hostile import rows
from tests.services.api.bitrix24.samples import SAMPLES, raw, result

ACCOUNT = AccountId("b1")


def read(value: object) -> Contact:
    row = CONTACTS.row(raw(value))
    assert row is not None
    record = contact_record(row, ACCOUNT, {"12": "Acme GmbH"})
    assert record is not None
    assert isinstance(record.record, Contact)
    return record.record


def test_the_sample_card_is_read_wholly():
    row = CONTACTS.row(result("S1"))
    assert row is not None
    record = contact_record(row, ACCOUNT, {"12": "Acme GmbH"})

    assert record is not None
    assert record.remote_id == "43"
    assert record.marker is None
    assert record.record == Contact(
        id=ContactId("b1:contact:43"),
        account_id=ACCOUNT,
        given_name="Alex",
        family_name="Vronsky",
        company="Acme GmbH",
        position="CEO",
        phones=(
            Phone("+49 30 1234567", AddressKind.WORK, "156"),
            Phone("+491701234567", AddressKind.MOBILE, "157"),
        ),
        emails=(Email("a.vronsky@acme.example", AddressKind.WORK, "158"),),
        notes="Key account\nPrefers calls",
        responsible=UserId("7"),
        company_remote_id="12",
        changed_at=datetime(2026, 8, 20, 7, 12, tzinfo=UTC),
    )


def test_the_sample_page_has_a_contact_without_e_mail_and_family_name():
    records: list[Any] = [contact_record(row, ACCOUNT, {}) for row in CONTACTS.rows(result("S2"))]
    first, second = (record.record for record in records)

    assert second.name == "Anna"
    assert second.emails == ()
    assert second.phones == (Phone("8 800 100-10-20", AddressKind.OTHER, "160"),)
    assert (first.company, first.company_remote_id) == ("", "12")


def test_company_names_are_read():
    assert company_titles(COMPANIES.rows(result("S12"))) == {"12": "Acme GmbH"}


def test_a_renamed_company_gives_its_contacts_another_revision():
    (row,) = CONTACTS.rows(raw([SAMPLES["S1"][0]["result"]]))
    old: Any
    new: Any
    old, new = (contact_record(row, ACCOUNT, {"12": title}) for title in ("Acme", "Acme AG"))

    assert old.revision != new.revision


@pytest.mark.expects_log
def test_one_row_that_is_no_record_spoils_no_page():
    page = raw([{"ID": "1"}, "hostile", 5, None, {"ID": "2", "PHONE": "x"}, {"ID": []}])

    found, count = CONTACTS.counted(page)
    records = each(found, lambda row: contact_record(row, ACCOUNT, {}), "contact")

    assert [record.remote_id for record in records] == ["1", "2"]
    assert count == 6


@pytest.mark.expects_log
def test_a_record_that_breaks_its_reader_is_named_by_its_id_alone(caplog):
    def broken(row: ContactRow) -> None:
        raise ValueError(f"{row.name} is hostile")

    assert each([ContactRow(id="77", name="Secret Name")], broken, "contact") == []
    assert "contact 77" in caplog.text
    assert "Secret" not in caplog.text


@given(st.lists(rows(*CONTACT_SELECT[1:]), max_size=4))
@pytest.mark.expects_log
def test_no_value_of_any_type_breaks_a_page(page):
    found, count = CONTACTS.counted(raw(page))
    records = each(found, lambda row: contact_record(row, ACCOUNT, {}), "contact")

    assert count == len(page)
    for record in records:
        assert record.remote_id.isdigit()
        assert isinstance(record.record, Contact)
        assert all(phone.value for phone in record.record.phones)


BASE = Contact(
    id=ContactId("c"),
    account_id=ACCOUNT,
    given_name="Alex",
    family_name="Vronsky",
    phones=(Phone("+49 1", AddressKind.WORK, "156"), Phone("+49 2", AddressKind.OTHER, "157")),
    emails=(Email("a@b.example", AddressKind.WORK, "158"),),
    responsible=UserId("7"),
)


def test_a_new_card_sends_everything_that_is_filled():
    wish = replace(
        BASE,
        position="CEO",
        notes="n",
        address=PostalAddress("Street 1", "Riga", "", "LV-1010", "LV"),
        phones=(Phone("+49 1", AddressKind.MOBILE),),
        emails=(Email("a@b.example", AddressKind.MOBILE),),
        company_remote_id="12",
    )

    assert contact_fields(wish, None) == {
        "NAME": "Alex",
        "LAST_NAME": "Vronsky",
        "POST": "CEO",
        "COMMENTS": "n",
        "ADDRESS": "Street 1",
        "ADDRESS_CITY": "Riga",
        "ADDRESS_POSTAL_CODE": "LV-1010",
        "ADDRESS_COUNTRY": "LV",
        "ASSIGNED_BY_ID": 7,
        "COMPANY_IDS": [12],
        "PHONE": [{"VALUE": "+49 1", "VALUE_TYPE": "MOBILE"}],
        "EMAIL": [{"VALUE": "a@b.example", "VALUE_TYPE": "OTHER"}],
    }


def test_nothing_changed_sends_nothing():
    assert contact_fields(BASE, BASE) == {}


@pytest.mark.parametrize(
    ("phones", "sent"),
    [
        (
            (*BASE.phones, Phone("+49 3", AddressKind.MOBILE)),
            [{"VALUE": "+49 3", "VALUE_TYPE": "MOBILE"}],
        ),
        (
            (replace(BASE.phones[0], value="+49 9"), BASE.phones[1]),
            [{"ID": 156, "VALUE": "+49 9", "VALUE_TYPE": "WORK"}],
        ),
        # A type of the portal's own reads as OTHER and must not be overwritten with it.
        (
            (BASE.phones[0], replace(BASE.phones[1], value="+49 9")),
            [{"ID": 157, "VALUE": "+49 9"}],
        ),
        (
            (replace(BASE.phones[0], kind=AddressKind.HOME), BASE.phones[1]),
            [{"ID": 156, "VALUE": "+49 1", "VALUE_TYPE": "HOME"}],
        ),
        ((BASE.phones[1],), [{"ID": 156, "DELETE": "Y"}]),
        (
            (replace(BASE.phones[0], value=" "), BASE.phones[1]),
            [{"ID": 156, "DELETE": "Y"}],
        ),
        ((), [{"ID": 156, "DELETE": "Y"}, {"ID": 157, "DELETE": "Y"}]),
    ],
)
def test_only_changed_entries_travel_each_with_id_and_value(phones, sent):
    assert contact_fields(replace(BASE, phones=phones), BASE) == {"PHONE": sent}


def test_a_changed_field_travels_alone():
    assert contact_fields(replace(BASE, family_name=""), BASE) == {"LAST_NAME": ""}


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "156", "157"]), st.sampled_from(["", "+49 1", "+49 7"])),
        max_size=5,
    )
)
def test_no_entry_ever_travels_with_an_id_and_nothing_else(entries):
    phones = tuple(Phone(value, AddressKind.WORK, remote) for remote, value in entries)
    fields: dict[str, Any] = contact_fields(replace(BASE, phones=phones), BASE)

    for entry in fields.get("PHONE", []):
        assert entry.get("DELETE") == "Y" or entry["VALUE"]
    msgspec.json.encode(fields)
