"""vCards of every version, and the way out and back."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.contact import AddressKind, Contact, Email, Phone, PostalAddress
from desktop.domain.errors import InvalidInputError
from desktop.domain.ids import AccountId, ContactId
from desktop.services.interchange.content import ContactsContent
from desktop.services.interchange.vcard import read_vcards, write_vcards

HOME = AccountId("home")


def read(text: str | bytes) -> ContactsContent:
    numbers = count(1)
    data = text.encode() if isinstance(text, str) else text
    return read_vcards(data, account_id=HOME, new_id=lambda: f"c{next(numbers)}")


def test_a_card_of_version_3_is_read_whole() -> None:
    content = read(
        "BEGIN:VCARD\nVERSION:3.0\nN:Vronsky;Alex;P.;;\nFN:Alex Vronsky\nORG:Acme\\, Inc;Sales\n"
        "TITLE:CEO\nTEL;TYPE=WORK,VOICE:+49 30 100 10 20\nTEL;TYPE=CELL:+49 170 1\n"
        "EMAIL;TYPE=INTERNET:a@example.com\n"
        "ADR;TYPE=WORK:;;Friedrichstr. 12;Berlin;;10117;Germany\n"
        "NOTE:Likes tea\\nnot coffee\nEND:VCARD\n"
    )

    assert content.contacts == (
        Contact(
            ContactId("c1"),
            HOME,
            given_name="Alex",
            second_name="P.",
            family_name="Vronsky",
            company="Acme, Inc",
            position="CEO",
            phones=(
                Phone("+49 30 100 10 20", AddressKind.WORK),
                Phone("+49 170 1", AddressKind.MOBILE),
            ),
            emails=(Email("a@example.com", AddressKind.OTHER),),
            address=PostalAddress("Friedrichstr. 12", "Berlin", "", "10117", "Germany"),
            notes="Likes tea\nnot coffee",
        ),
    )


def test_a_card_of_version_2_1_with_quoted_printable_is_read() -> None:
    content = read(
        b"BEGIN:VCARD\r\nVERSION:2.1\r\n"
        b"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=92=D1=80=D0=BE=D0=BD;=D0=9F=\r\n"
        b"=D1=91=D1=82=D1=80;;;\r\nTEL;CELL:+79161234567\r\nEND:VCARD\r\n"
    )

    (contact,) = content.contacts
    assert contact.name == "Пётр Врон"
    assert contact.phones == (Phone("+79161234567", AddressKind.MOBILE),)


def test_a_card_of_version_4_with_uris_and_groups_is_read() -> None:
    content = read(
        "BEGIN:VCARD\nVERSION:4.0\nFN:Anna Maria Vronskaya\n"
        "item1.TEL;VALUE=uri;TYPE=work:tel:+4930\nTZ:Europe/Berlin\nEND:VCARD\n"
    )

    (contact,) = content.contacts
    assert (contact.given_name, contact.family_name) == ("Anna Maria", "Vronskaya")
    assert contact.phones == (Phone("+4930", AddressKind.WORK),)
    assert contact.time_zone == "Europe/Berlin"


def test_cards_without_anybody_and_cut_cards_are_listed() -> None:
    content = read(
        "BEGIN:VCARD\nNOTE:nobody\nEND:VCARD\nBEGIN:VCARD\nFN:Lena\nEND:VCARD\nBEGIN:VCARD\nFN:Cu"
    )

    assert [contact.name for contact in content.contacts] == ["Lena"]
    assert sorted(entry.problem for entry in content.damaged) == ["no name", "not closed"]


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="unreadable"):
        read("BEGIN:VCALENDAR\nEND:VCALENDAR\n")


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=30
).map(str.strip)


@given(words.filter(bool), words, words, words, st.lists(words.filter(bool), max_size=3))
@settings(deadline=None)
def test_what_we_write_we_read_back(
    given_name: str, family: str, company: str, note: str, phones: list[str]
) -> None:
    contact = Contact(
        ContactId("c1"),
        HOME,
        given_name=given_name,
        family_name=family,
        company=company,
        phones=tuple(Phone(f"+{phone}", AddressKind.MOBILE) for phone in phones),
        address=PostalAddress(city=family, country=company),
        notes=f"{note}\nsecond line".strip(),
    )

    (again,) = read(write_vcards([contact])).contacts

    assert replace(again, id=contact.id) == contact
