"""Words without case, accents and marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.folding import fold, fold_length, folded_words, spelled_words, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Álvaro", "alvaro"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Søren Ærø", "soren aero"),
        ("Đặng", "dang"),
        ("İstanbul", "istanbul"),
        ("ığdır", "igdir"),
        ("Ёжик", "ежик"),
        ("Йод", "иод"),
        ("Київ", "киив"),
        ("O'Neil", "oneil"),
        ("Ｗide ４２", "wide 42"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("e\u0301te\u0301", "ete"),
    ],
)
def test_marks_and_case_are_taken_off(text, folded):
    assert fold(text) == folded


def test_everything_but_letters_and_digits_separates_words():
    assert folded_words("anna.petrova@example-shop.com (x2)") == [
        *("anna", "petrova", "example", "shop", "com", "x2")
    ]


def test_spelled_words_keep_their_marks():
    assert spelled_words("Семён O'Neil-Ávila") == ["семён", "oneil", "ávila"]


def test_spelled_words_join_marks_that_stand_alone():
    assert spelled_words("Jose\u0301") == ["josé"]


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_goes_letter_by_letter(text):
    assert fold(text) == "".join(fold(letter) for letter in text)
    assert fold_length(text) == len(fold(text))


@given(st.text())
def test_tokens_stand_where_they_say(text):
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        assert fold(token.text).strip()


@given(st.text(alphabet="abcé ёж1-,."))
def test_tokens_are_the_words(text):
    assert [fold(token.text).strip() for token in tokens(text)] == folded_words(text)
