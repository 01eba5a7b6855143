"""CSV files of contacts: columns are guessed, the dry run is the import, formulas stay text."""

import csv
import io
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.contact import AddressKind, Contact, Email, Phone, PostalAddress
from desktop.domain.errors import InvalidInputError
from desktop.domain.ids import AccountId, ContactId
from desktop.services.interchange.contacts_csv import (
    Column,
    contacts_from,
    read_table,
    write_csv,
)
from desktop.services.interchange.content import ContactsContent

HOME = AccountId("home")


def imported(data: bytes) -> ContactsContent:
    table = read_table(data)
    numbers = count(1)
    return contacts_from(table, table.guess, account_id=HOME, new_id=lambda: f"c{next(numbers)}")


def test_the_headings_of_a_russian_export_are_understood() -> None:
    table = read_table(
        "Имя;Фамилия;Компания;Телефон\nПётр;Вронский;Ромашка;8 916\n".encode("cp1251")
    )

    assert table.delimiter == ";"
    assert table.guess == (Column.GIVEN_NAME, Column.FAMILY_NAME, Column.COMPANY, Column.PHONE)


def test_outlooks_export_becomes_a_contact() -> None:
    content = imported(
        b"First Name,Last Name,Company,Job Title,Business Phone,Mobile Phone,E-mail Address,Notes\n"
        b'Alex,Vronsky,"Acme, Inc",CEO,+49 30 1,+49 170 2,a@example.com,"two\nlines"\n'
    )

    (contact,) = content.contacts
    assert contact.name == "Alex Vronsky"
    assert contact.company == "Acme, Inc"
    assert contact.phones == (
        Phone("+49 30 1", AddressKind.WORK),
        Phone("+49 170 2", AddressKind.MOBILE),
    )
    assert contact.emails == (Email("a@example.com"),)
    assert contact.notes == "two\nlines"


def test_a_full_name_is_divided_at_its_last_word() -> None:
    (contact,) = imported(b"Name\nAnna Maria Vronskaya\n").contacts

    assert (contact.given_name, contact.family_name) == ("Anna Maria", "Vronskaya")


def test_rows_without_anybody_are_listed() -> None:
    content = imported(b"Name,City\nLena,Prague\n,Brno\n")

    assert len(content.contacts) == 1
    assert [(entry.title, entry.problem) for entry in content.damaged] == [("Brno", "no name")]


def test_a_mapping_by_hand_wins_over_the_guess() -> None:
    table = read_table(b"A,B\nLena,Praha Design\n")

    content = contacts_from(
        table, (Column.GIVEN_NAME, Column.COMPANY), account_id=HOME, new_id=lambda: "c"
    )

    assert content.contacts[0].company == "Praha Design"


def test_headings_alone_are_an_empty_file() -> None:
    with pytest.raises(InvalidInputError, match="empty"):
        read_table(b"Name,City\n")


@pytest.mark.parametrize("formula", ["=1+1", "+49 30", "-2", "@SUM(A1)", "\tx"])
def test_a_cell_that_looks_like_a_formula_is_written_as_text(formula: str) -> None:
    data = write_csv([Contact(ContactId("c"), HOME, given_name="A", notes=formula)])

    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[1][-1] == f"'{formula}"


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))).map(
    str.strip
)


@given(names.filter(bool), names, names, st.lists(names.filter(bool), max_size=2))
@settings(deadline=None)
def test_what_we_write_we_read_back(
    given_name: str, family: str, company: str, emails: list[str]
) -> None:
    contact = Contact(
        ContactId("c1"),
        HOME,
        given_name=given_name.removeprefix("'") or "A",
        family_name=family.removeprefix("'"),
        company=company.removeprefix("'"),
        phones=(Phone("+49 30 1"), Phone("0800", AddressKind.MOBILE)),
        emails=tuple(Email(email.removeprefix("'") or "a") for email in emails),
        address=PostalAddress(city="Berlin"),
    )

    (again,) = imported(write_csv([contact])).contacts

    assert again == contact
