"""Does this query mean this contact?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.matching import (
    Closeness,
    Field,
    Spelling,
    find_in,
    index_terms,
    match_number,
    match_word,
    read_query,
    word,
)
from tests.builders import make_contact


def found(query, name, **more):
    return find_in(read_query(query), make_contact("c", name, **more))


@pytest.mark.parametrize(
    ("query", "name", "closeness", "spelling"),
    [
        ("семён", "Семён", Closeness.EXACT, Spelling.SAME),
        ("семен", "Семён", Closeness.EXACT, Spelling.FOLDED),
        ("semyon", "Семён", Closeness.EXACT, Spelling.OTHER_SCRIPT),
        ("сем", "Семён", Closeness.PREFIX, Spelling.SAME),
        ("alv", "Álvaro", Closeness.PREFIX, Spelling.FOLDED),
        ("sem", "Семён", Closeness.PREFIX, Spelling.OTHER_SCRIPT),
        ("мён", "Семён", Closeness.INNER, Spelling.FOLDED),
        ("erbak", "Щербаков", Closeness.INNER, Spelling.OTHER_SCRIPT),
    ],
)
def test_how_close_a_word_is(query, name, closeness, spelling):
    match = match_word(read_query(query).words[0], word(name.lower()))

    assert match is not None
    assert (match.closeness, match.spelling) == (closeness, spelling)


def test_two_letters_are_not_looked_for_inside_words():
    assert match_word(read_query("мё").words[0], word("семён")) is None


def test_words_are_found_in_any_order_and_any_part():
    assert found("petr gaz", "Пётр Петров", company="ПАО Газпром") is not None
    assert found("gaz petr", "Пётр Петров", company="ПАО Газпром") is not None
    assert found("petr luk", "Пётр Петров", company="ПАО Газпром") is None


def test_the_most_telling_part_is_named():
    (name,) = found("anna", "Anna Petrova", company="Anna & Co")
    (notes,) = found("chess", "Anna Petrova", notes="likes chess")

    assert (name.field, notes.field) == (Field.NAME, Field.NOTES)


def test_a_fragment_of_a_number_is_found_in_any_format():
    for query in ("9161234", "8916", "(916) 123", "4567", "8 916 123-45-67"):
        (number,) = found(query, "Anna Petrova", phone="+7 916 123-45-67")
        assert number.field is Field.PHONE


def test_a_whole_number_is_nearer_than_its_end_and_that_nearer_than_its_middle():
    wanted = ("79161234567",), ("4567",), ("6123",)

    found = [match_number(fragments, "79161234567") for fragments in wanted]

    assert [match.closeness for match in found if match] == [
        Closeness.EXACT,
        Closeness.PREFIX,
        Closeness.INNER,
    ]


def test_notes_are_searched_for_what_is_written_only():
    assert found("shahmaty", "Anna", notes="шахматы") is None
    assert found("шахматы", "Anna", notes="шахматы") is not None


def test_an_index_keeps_both_alphabets_of_names_and_firms():
    names, others = index_terms(make_contact("c", "Пётр Щербаков", company="Газпром"))

    assert {"петр", "petr", "щербаков", "sherbakov"} <= set(names)
    assert {"газпром", "gazprom"} <= set(others)


LETTERS = "abcdefghijklmnopqrstuvwxyzáéüßабвгдежзийклмнопрстуфхцчшщъыьэюяё"


@given(st.text(alphabet=LETTERS, min_size=1, max_size=12), st.integers(1, 12))
def test_every_beginning_of_a_name_means_it(name, length):
    query = read_query(name[:length])
    assert query.empty or find_in(query, make_contact("c", name)) is not None


@given(st.text(alphabet=LETTERS, min_size=3, max_size=12), st.integers(0, 9))
def test_three_letters_from_inside_a_name_mean_it(name, start):
    query = read_query(name[start : start + 3])
    if query.words and len(query.words[0].folded) >= 3:
        assert find_in(query, make_contact("c", name)) is not None


@given(st.text(), st.text())
def test_no_text_breaks_the_search(query, name):
    find_in(read_query(query), make_contact("c", name, notes=query))
