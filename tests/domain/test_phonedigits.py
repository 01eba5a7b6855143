"""Numbers in any format."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.phonedigits import fragments, phone_digits, same_number


@pytest.mark.parametrize(
    "number",
    [
        "+7 916 123-45-67",
        "8 (916) 123 45 67",
        "8-916-123-45-67",
        "007 916 1234567",
        "+7.916.1234567",
    ],
)
def test_one_number_in_every_format(number):
    assert phone_digits(number) == "79161234567"


def test_an_extension_is_no_part_of_the_number():
    assert phone_digits("+49 30 123456 ext. 12") == "4930123456"
    assert phone_digits("+7 495 123-45-67 доб. 301") == "74951234567"


def test_only_a_russian_trunk_eight_becomes_seven():
    assert phone_digits("8 800 555 35 35") == "78005553535"
    assert phone_digits("81 3 1234 5678") == "81312345678"


def test_the_last_ten_digits_tell():
    assert same_number("79161234567", "9161234567")
    assert not same_number("79161234567", "9161234568")
    assert not same_number("123", "123")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("9161234", ("9161234",)),
        ("8916", ("8916", "7916")),
        ("(916) 123", ("916123",)),
        ("0049 30 12", ("493012",)),
        ("030 1234", ("0301234", "301234")),
        ("123", ()),
        ("ivan 1234", ()),
    ],
)
def test_what_may_be_meant_by_a_fragment(query, wanted):
    assert fragments(query) == wanted


@given(st.from_regex(r"\+[1-9][0-9]{6,13}", fullmatch=True), st.integers(0, 9), st.integers(4, 9))
def test_every_part_of_a_number_is_a_fragment_of_it(number, start, length):
    part = number[1:][start : start + length]
    if len(part) >= 4 and not part.startswith(("0", "8")):
        assert any(f in phone_digits(number) for f in fragments(part))
