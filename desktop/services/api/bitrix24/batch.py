"""Commands for a batch: ``method?query`` texts, encoded once, types lost on the way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

LONGEST = 50
PAGE = 50


@dataclass(frozen=True, slots=True)
class Result:
    """A reference to a part of an earlier command's result, put in by the server."""

    path: str
    """``name[0][ID]``: the command's name, then keys and positions."""

    def __str__(self) -> str:
        return f"$result[{self.path.partition('[')[0]}]" + (
            self.path[self.path.index("[") :] if "[" in self.path else ""
        )


Value = str | int | float | bool | Result | None | Sequence["Value"] | Mapping[str, "Value"]


@dataclass(frozen=True, slots=True)
class Command:
    """One call inside a batch."""

    method: str
    params: Mapping[str, Value]

    def encoded(self) -> str:
        """The call as one text."""
        query = "&".join(f"{key}={text}" for key, text in _pairs("", self.params))
        return f"{self.method}?{query}" if query else self.method


def last_id(name: str, row: int = PAGE - 1, key: str = "ID") -> Result:
    """The id in the last row of a full page; on a shorter page the server finds something else."""
    return Result(f"{name}[{row}][{key}]")


def encoded(commands: Mapping[str, Command], *, halt: bool = False) -> dict[str, object]:
    """The batch's parameters. The names must not be numbers: maps of those come back as lists."""
    if not 0 < len(commands) <= LONGEST:
        raise ValueError("a batch has 1 to 50 commands")
    if any(name.isdigit() for name in commands):
        raise ValueError("a command's name is not a number")
    return {"halt": int(halt), "cmd": {name: one.encoded() for name, one in commands.items()}}


def _pairs(key: str, value: Value) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            # The first name stands alone, every further one in brackets.
            part = quote(name, safe="")
            yield from _pairs(f"{key}[{part}]" if key else part, inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if not value:
            yield key, ""
        for number, inner in enumerate(value):
            simple = not isinstance(inner, Mapping)
            yield from _pairs(f"{key}[]" if simple else f"{key}[{number}]", inner)
    elif isinstance(value, bool):
        yield key, "1" if value else "0"
    elif isinstance(value, Result):
        yield key, str(value)
    elif value is not None:
        yield key, quote(str(value), safe="")
