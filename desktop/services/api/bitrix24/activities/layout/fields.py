"""Fields: one object of a layout while it is read; whatever the portal would refuse is raised."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import TypeVar

from desktop.services.api.bitrix24.activities.layout.refusals import LayoutFault, LayoutRefusedError

V = TypeVar("V")
E = TypeVar("E", bound=Enum)

_KEY = re.compile(r"[A-Za-z0-9_-]+")
_YES = (True, 1, "Y", "true")
_NO = (False, 0, "N", "false")


class Fields:
    """The fields of ``raw``; ``languages`` are those of the portal, None: not known.

    Null is the same as absent where the field is known. An empty list is an empty object: PHP
    cannot tell the two apart.
    """

    def __init__(
        self, raw: object, path: str = "", languages: frozenset[str] | None = None
    ) -> None:
        told = {} if raw == [] else raw
        if not isinstance(told, Mapping):
            raise LayoutRefusedError(LayoutFault.VALUE, path)
        self._names = tuple(map(str, told))
        self._values = {str(name): one for name, one in told.items() if one is not None}
        self.path = path
        self.languages = languages

    def only(self, *names: str) -> None:
        """Refuses any other field."""
        for name in self._names:
            if name not in names:
                raise LayoutRefusedError(LayoutFault.REDUNDANT, self.at(name))

    def require(self, *names: str) -> None:
        """Refuses where one of these is missing or empty."""
        for name in names:
            if self._values.get(name) in (None, "", [], {}):
                raise LayoutRefusedError(LayoutFault.REQUIRED, self.at(name))

    def at(self, name: str) -> str:
        """The path of a field."""
        return f"{self.path}.{name}" if self.path else name

    def raw(self, name: str) -> object:
        """A field as it came; None where it is absent."""
        return self._values.get(name)

    def has(self, name: str) -> bool:
        """Whether it is there."""
        return name in self._values

    def inner(self, name: str) -> "Fields":
        """A field that is an object."""
        return Fields(self._values.get(name), self.at(name), self.languages)

    def string(self, name: str) -> str:
        """A field that is plain text; absent: empty."""
        value = self._values.get(name, "")
        if not isinstance(value, str):
            raise LayoutRefusedError(LayoutFault.VALUE, self.at(name))
        return value

    def flag(self, name: str, usual: bool = False) -> bool:
        """A field that is yes or no, in any of the portal's spellings."""
        value = self._values.get(name, usual)
        if any(value is one or (value == one and type(value) is type(one)) for one in _YES):
            return True
        if any(value is one or (value == one and type(value) is type(one)) for one in _NO):
            return False
        raise LayoutRefusedError(LayoutFault.VALUE, self.at(name))

    def number(self, name: str) -> int | None:
        """A field that is a whole number; None where it is absent."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise LayoutRefusedError(LayoutFault.VALUE, self.at(name))
        return value

    def choice(self, name: str, kind: type[E]) -> E | None:
        """A field that is one of a few words; None where it is absent."""
        value = self._values.get(name)
        if value is None:
            return None
        try:
            return kind(value)
        except ValueError:
            raise LayoutRefusedError(LayoutFault.ENUM, self.at(name)) from None

    def items(
        self, name: str, read: Callable[["Fields"], V], *, most: int | None = None
    ) -> tuple[tuple[str, V], ...]:
        """A field that is a map of things, in its order; ``most``: no more than so many."""
        told, path = self._map(name), self.at(name)
        for key in told:
            if not _KEY.fullmatch(key):
                raise LayoutRefusedError(LayoutFault.KEY, f"{path}.{key}")
        if most is not None and len(told) > most:
            raise LayoutRefusedError(LayoutFault.TOO_MANY, path)
        return tuple(
            (key, read(Fields(value, f"{path}.{key}", self.languages)))
            for key, value in told.items()
        )

    def _map(self, name: str) -> dict[str, object]:
        """A map's values; one whose keys count from 0 comes as a list."""
        raw = self._values.get(name)
        if isinstance(raw, list):
            return {str(place): one for place, one in enumerate(raw)}
        if raw is None:
            return {}
        if not isinstance(raw, Mapping):
            raise LayoutRefusedError(LayoutFault.VALUE, self.at(name))
        return {str(key): one for key, one in raw.items()}


def filled(**values: object) -> dict[str, object]:
    """The fields that say something: what has its usual value is left out."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value is not False and value not in ("", ())
    }


def mapped(items: Sequence[tuple[str, V]], told: Callable[[V], object]) -> dict[str, object] | None:
    """A map of things for the wire; None where there are none."""
    return {key: told(value) for key, value in items} or None
