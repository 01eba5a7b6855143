"""A dataclass made quickly does what a standard one does."""

import copy
import dataclasses
import sys
from typing import Any

import pytest

from desktop import quick_classes

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 13), reason="dataclasses are quick by themselves there"
)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, function in quick_classes.REPLACEMENTS.items():
        monkeypatch.setattr(dataclasses, name, function)


class Told:
    """What can be seen of a class, made by whatever `dataclasses` is now."""

    def __init__(self) -> None:
        @dataclasses.dataclass(frozen=True, slots=True, order=True)
        class Pair:
            """Two fields and one that is neither compared nor told."""

            one: int
            two: str = "b"
            note: list[int] = dataclasses.field(default_factory=list, compare=False, repr=False)

        @dataclasses.dataclass(frozen=True)
        class Single:
            """One field."""

            only: int

        @dataclasses.dataclass
        class Loose:
            """Not frozen, so without a hash."""

            inner: Any = None

        @dataclasses.dataclass(frozen=True, slots=True)
        class Empty:
            """No field."""

        self.pair, self.single, self.loose, self.empty = Pair, Single, Loose, Empty


def facts() -> list[object]:
    told = Told()
    first, second = told.pair(1), told.pair(1, "c")
    circle = told.loose()
    circle.inner = circle
    return [
        first == told.pair(1, note=[5]),
        first == second,
        first == (1, "b"),  # type: ignore[comparison-overlap]
        first < second,
        first <= first,
        second > first,
        second >= first,
        hash(first) == hash((1, "b")),
        hash(told.single(3)) == hash((3,)),
        hash(told.empty()) == hash(()),
        told.empty() == told.empty(),
        told.loose.__hash__,
        repr(first),
        repr(told.single(3)),
        repr(told.empty()),
        repr(circle),
        dataclasses.replace(first, one=2).one,
        copy.copy(first) == first,
        [field.name for field in dataclasses.fields(first)],
        told.pair.__eq__.__qualname__,
        told.pair.__lt__.__name__,
    ]


def test_it_is_compared_hashed_and_told_like_a_standard_one(monkeypatch) -> None:
    standard = facts()

    for name, function in quick_classes.REPLACEMENTS.items():
        monkeypatch.setattr(dataclasses, name, function)

    assert facts() == standard


@pytest.mark.usefixtures("quick")
def test_what_is_frozen_can_be_neither_set_nor_deleted() -> None:
    value = Told().single(1)

    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'only'"):
        value.only = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'only'"):
        del value.only
    assert value.only == 1


def test_other_kinds_of_values_cannot_be_ordered(quick) -> None:
    with pytest.raises(TypeError):
        assert Told().pair(1) < 1  # type: ignore[operator]


def test_what_it_replaces_is_there() -> None:
    for name in quick_classes.REPLACEMENTS:
        assert callable(vars(dataclasses)[name])
