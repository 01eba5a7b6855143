"""Colleagues are found by any part of the name, in either alphabet, never twice, never me."""

import pytest

from desktop.domain.colleagues import MOST_FOUND, find_colleagues
from tests.builders import make_user

ANNA = make_user("7", "Anna Titova", email="anna@acme.example")
BORIS = make_user("8", "Борис Орлов")
VERA = make_user("9", "Vera Orlova", email="kim@acme.example")
ALL = (VERA, BORIS, ANNA)


def found(query, **more):
    return [one.name for one in find_colleagues(query, ALL, **more)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("anna", ["Anna Titova"]),
        ("tit", ["Anna Titova"]),
        ("titova anna", ["Anna Titova"]),
        ("борис", ["Борис Орлов"]),
        ("boris", ["Борис Орлов"]),
        ("kim@", ["Vera Orlova"]),
        ("vronsky", []),
    ],
)
def test_names_and_addresses_are_found(query, names):
    assert found(query) == names


def test_an_empty_question_lists_everybody_by_name_but_those_left_out():
    assert found("", besides=(ANNA.id,)) == ["Vera Orlova", "Борис Орлов"]
    assert found("anna", besides=(ANNA.id,)) == []


def test_a_long_list_is_cut():
    many = [make_user(str(number), f"Ivan {number}") for number in range(40)]
    assert len(find_colleagues("ivan", many)) == MOST_FOUND
