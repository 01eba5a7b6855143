"""Whether two contacts may be the same person."""

import pytest

from desktop.domain.duplicates import may_be_same
from tests.builders import make_contact

ALEX = make_contact("a", "Alex Müller", phone="+49 30 1234567", email="alex@example.com")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (make_contact("b", "Somebody Else", phone="0049 (30) 123-45-67"), True),
        (make_contact("b", "Somebody Else", email=" ALEX@Example.com "), True),
        (make_contact("b", "MULLER Alex"), True),
        (make_contact("b", "Alex Muller", company="Acme"), True),
        (make_contact("b", "Alex Schmidt"), False),
        (make_contact("b", "Alex"), False),
        (make_contact("b", "", email=" "), False),
        (make_contact("b", "Somebody Else", phone="12"), False),
    ],
)
def test_a_number_an_address_or_a_full_name_makes_them_alike(other, same):
    assert may_be_same(ALEX, other) is same
    assert may_be_same(other, ALEX) is same


def test_namesakes_in_two_firms_are_two_people():
    here = make_contact("a", "Alex Müller", company="Acme GmbH")

    assert not may_be_same(here, make_contact("b", "Alex Müller", company="Globex"))
    assert may_be_same(here, make_contact("b", "Alex Müller", company="acme gmbh"))
