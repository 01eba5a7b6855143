"""Dataclasses whose methods are not written as text and compiled one by one.

A start makes hundreds of them, and until Python 3.13 each took a third of a millisecond: five
small functions are put into words, compiled and run. Here four of the five are closures that do
the same. ``__init__`` stays the standard one, being called most.
"""

import dataclasses
import operator
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
F = TypeVar("F", bound=Callable[..., Any])
Values = Callable[[Any], tuple[Any, ...]]


def install() -> None:
    """Make every dataclass so from now on; from Python 3.13 on there is nothing to gain."""
    if sys.version_info < (3, 13):
        vars(dataclasses).update(REPLACEMENTS)


def _values_of(names: Sequence[str]) -> Values:
    """What reads these attributes as a tuple."""
    if not names:
        return lambda _value: ()
    if len(names) == 1:
        only = operator.attrgetter(names[0])
        return lambda value: (only(value),)
    return operator.attrgetter(*names)


def _named(name: str, method: F) -> F:
    method.__name__ = name
    return method


def _hash(fields: Sequence["dataclasses.Field[Any]"], _globals: object) -> Callable[[Any], int]:
    values = _values_of([field.name for field in fields])

    def method(self: Any) -> int:
        return hash(values(self))

    return _named("__hash__", method)


def _compare(
    name: str,
    sign: str,
    self_tuple: str,
    _other_tuple: str,
    globals: object,  # noqa: A002, ARG001 - given by its name
) -> Callable[[Any, Any], Any]:
    """``self_tuple`` is the text "(self.one,self.other,)"."""
    parts = self_tuple.strip("()").split(",")
    values = _values_of([part.removeprefix("self.") for part in parts if part])
    compare = _COMPARE[sign]

    def method(self: Any, other: Any) -> Any:
        if other.__class__ is self.__class__:
            return compare(values(self), values(other))
        return NotImplemented

    return _named(name, method)


def _repr(fields: Sequence["dataclasses.Field[Any]"], _globals: object) -> Callable[[Any], str]:
    names = [field.name for field in fields]

    def method(self: Any) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({told})"

    recursive: Callable[[Callable[[Any], str]], Callable[[Any], str]]
    recursive = vars(dataclasses)["_recursive_repr"]
    return recursive(_named("__repr__", method))


def _frozen(
    cls: type[Any], fields: Sequence["dataclasses.Field[Any]"], _globals: object
) -> tuple[Callable[[Any, str, Any], None], Callable[[Any, str], None]]:
    names = {field.name for field in fields}

    def set_one(self: Any, name: str, value: Any) -> None:
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def delete_one(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return _named("__setattr__", set_one), _named("__delattr__", delete_one)


REPLACEMENTS: dict[str, Callable[..., Any]] = {
    "_hash_fn": _hash,
    "_cmp_fn": _compare,
    "_repr_fn": _repr,
    "_frozen_get_del_attr": _frozen,
}
"""By the names of what they take the place of in `dataclasses`."""
