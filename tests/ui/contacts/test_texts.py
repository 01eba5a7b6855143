from datetime import timedelta

import pytest
from PySide6.QtCore import QLocale

from desktop.domain.contact import ContactHit, MatchReason, PostalAddress, SearchResult
from desktop.ui.contacts.misses import MissKind, miss_of
from desktop.ui.contacts.texts import (
    address_text,
    coming_meeting,
    count_text,
    left_to_right,
    second_line,
    spoken_text,
)
from tests.builders import ACCOUNT, MOSCOW, NOW, make_contact


@pytest.fixture(autouse=True)
def _british():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


ALEX = make_contact(
    "1", "Alex Vronsky", company="Acme GmbH", phone="+49 30 100 10 20", email="a@acme.de"
)


def test_the_small_print_is_company_and_phone():
    line = second_line(ContactHit(ALEX, MatchReason.NAME))

    assert line.text == f"Acme GmbH · {left_to_right('+49 30 100 10 20')}"
    assert line.ranges == ()


def test_what_matched_elsewhere_is_told_instead_of_the_phone():
    hit = ContactHit(
        ALEX,
        MatchReason.NOTES,
        reason_text="met at the fair in Kazan",
        company_ranges=((0, 2),),
        reason_ranges=((7, 11),),
    )

    line = second_line(hit)

    assert line.text == "Acme GmbH · met at the fair in Kazan"
    assert [line.text[start:end] for start, end in line.ranges] == ["Ac", "the "]


def test_digits_that_matched_are_marked_where_they_stand():
    hit = ContactHit(ALEX, MatchReason.PHONE, reason_text="+49 30", reason_ranges=((4, 6),))

    line = second_line(hit)

    assert [line.text[start:end] for start, end in line.ranges] == ["30"]


def test_somebody_of_whom_nothing_else_is_known_has_no_small_print():
    alone = make_contact("2", "Madonna", company="", phone="", email="")

    assert second_line(ContactHit(alone, MatchReason.NAME)).text == ""


def test_a_firm_without_a_person_is_not_named_twice():
    firm = make_contact("3", "", company="Acme GmbH", phone="112", email="")

    assert second_line(ContactHit(firm, MatchReason.NAME)).text == left_to_right("112")


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (SearchResult("vron", (), 48210), "0 of 48,210 contacts"),
        (SearchResult("", (), 48210), "Contacts: 48,210"),
        (SearchResult("vron", (), 9400, 50000), "9,400 of 50,000 contacts fetched"),
    ],
)
def test_the_footer_tells_how_much_was_searched(result, text):
    assert count_text(result) == text


def test_an_address_is_one_line_without_gaps():
    contact = make_contact("4", "A B")
    assert address_text(contact) == ""
    full = PostalAddress("Friedrichstr. 12", "Berlin", "Berlin", "10117", "Germany")

    assert (
        address_text(make_contact("4", "A B", address=full))
        == "Friedrichstr. 12, 10117 Berlin, Berlin, Germany"
    )


def test_a_row_is_spoken_with_its_marks():
    hit = ContactHit(ALEX, MatchReason.NAME, next_meeting=NOW + timedelta(hours=2), waiting=True)

    spoken = spoken_text(hit, NOW, MOSCOW)

    assert spoken.startswith("Alex Vronsky, Acme GmbH")
    assert "next meeting Today 13:00" in spoken
    assert spoken.endswith("waiting to be sent")


def test_a_meeting_that_has_begun_is_not_the_next():
    hit = ContactHit(ALEX, MatchReason.NAME, next_meeting=NOW - timedelta(hours=2))

    assert coming_meeting(hit, NOW) is None
    assert "next meeting" not in spoken_text(hit, NOW, MOSCOW)


def test_without_any_contact_the_way_to_get_some_is_shown():
    miss = miss_of(SearchResult("", (), 0))

    assert miss.kind is MissKind.NOBODY
    assert miss.action == "Add account"


def test_with_an_account_the_first_contact_can_be_made():
    miss = miss_of(SearchResult("", (), 0, accounts=True))

    assert miss.kind is MissKind.NOBODY_YET
    assert miss.action == "New contact"


def test_not_found_is_not_the_same_as_not_cached():
    complete = miss_of(SearchResult("vron", (), 9400))
    partial = miss_of(SearchResult("vron", (), 9400, 50000, (ACCOUNT,)))

    assert complete.kind is MissKind.NOT_FOUND
    assert complete.action == ""
    assert partial.kind is MissKind.NOT_CACHED
    assert partial.title == "Not in the 9,400 contacts cached so far"
    assert "50,000" in partial.text
    assert partial.action == "Search when online"


def test_after_asking_there_is_nothing_more_to_press():
    asked = miss_of(SearchResult("vron", (), 9400, None, (ACCOUNT,)), asked=True)

    assert asked.asked
    assert asked.action == ""
    assert "online" in asked.text


def test_during_the_first_sync_nobody_is_not_said_too_early():
    assert miss_of(SearchResult("", (), 0, None, (ACCOUNT,))).kind is not MissKind.NOBODY
