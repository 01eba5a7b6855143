"""Every trap and every uncertainty of the reference has its tests, and they exist."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.services.api.bitrix24.traps import TRAPS
from tests.services.api.bitrix24.uncertainties import UNCERTAINTIES

_TESTS = Path(__file__).parents[3]
_NAMED = sorted(
    {test for trap in TRAPS.values() for test in trap.shown_by}
    | {test for one in UNCERTAINTIES.values() for test in one.shown_by}
)


@cache
def collected(file: str) -> frozenset[str]:
    """The tests that are collected from a file of the suite."""
    if not file.rpartition("/")[2].startswith("test_"):
        return frozenset()
    module = ast.parse((_TESTS / file).read_text(encoding="utf-8"))
    return frozenset(
        one.name
        for one in module.body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name.startswith("test_")
    )


def test_every_trap_is_in_the_table() -> None:
    assert sorted(TRAPS) == list(range(1, 79))


def test_every_uncertainty_is_in_the_table() -> None:
    assert sorted(UNCERTAINTIES) == list(range(1, 19))


@pytest.mark.parametrize("number", sorted(TRAPS))
def test_a_trap_is_told_in_words_and_shown_by_tests(number: int) -> None:
    assert TRAPS[number].about
    assert TRAPS[number].shown_by


@pytest.mark.parametrize("number", sorted(UNCERTAINTIES))
def test_an_uncertainty_is_answered_by_a_probe_or_a_tolerant_reader(number: int) -> None:
    assert UNCERTAINTIES[number].answer
    assert UNCERTAINTIES[number].shown_by


@pytest.mark.parametrize("named", _NAMED)
def test_what_the_tables_name_is_collected(named: str) -> None:
    file, _, test = named.partition("::")
    assert test in collected(file)
