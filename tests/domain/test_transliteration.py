"""One key for both alphabets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.folding import spelled_words
from desktop.domain.transliteration import keys, prefix_keys
from tests.domain.name_pairs import NAME_PAIRS


@pytest.mark.parametrize(("latin", "cyrillic"), NAME_PAIRS)
def test_both_spellings_share_a_key(latin, cyrillic):
    (one,), (other,) = spelled_words(latin), spelled_words(cyrillic)
    assert set(keys(one)) & set(keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("scherbakov", "sherbakov"),
        ("kuznecov", "kuznetsov"),
        ("alexey", "aleksei"),
        ("müller", "mueller"),
    ],
)
def test_spellings_within_one_alphabet_share_a_key_too(one, other):
    assert set(keys(one)) & set(keys(other))


def test_what_is_neither_latin_nor_cyrillic_has_no_key():
    assert keys("王小明") == ()
    assert keys("ivan2") == ()


@pytest.mark.parametrize(("latin", "cyrillic"), NAME_PAIRS)
def test_a_cyrillic_name_is_met_from_its_third_letter_on(latin, cyrillic):
    small = cyrillic.lower()
    for end in range(3, len(small) + 1):
        beginnings = prefix_keys(small[:end])
        assert any(key.startswith(beginnings) for key in keys(small)), small[:end]


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяё", min_size=1))
def test_a_word_begins_like_itself(word):
    assert set(keys(word)) <= set(prefix_keys(word))
    assert all(key.isascii() and key.islower() for key in keys(word))
