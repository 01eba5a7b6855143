"""Kinds of values in a request. Each says what is wrong with a value, or nothing.

In a batch every value is a string: a kind reads it as the portal would.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

Kind = Callable[[Any, bool], Iterator[str]]
"""Given a value and whether it kept its type (JSON) or is text (a command of a batch)."""

REFERENCE = re.compile(r"\$(result|total|next|error|time)\[")
PREFIX = re.compile(r"^(>=|<=|!=%|=%|%=|!@|!%|!=|[><@%=!])?")


def integer(value: Any, typed: bool) -> Iterator[str]:
    """A number, also as text: the vendor's own samples write ids both ways."""
    if isinstance(value, bool) or not re.fullmatch(r"-?\d+", str(value)):
        yield f"{value!r} is no integer"


def text(value: Any, typed: bool) -> Iterator[str]:
    """Any text; that of a batch must not be replaced by the portal (trap 7)."""
    if not isinstance(value, str):
        yield f"{value!r} is no text"
    elif not typed and REFERENCE.search(value):
        yield f"{value!r} would be replaced inside a batch"


def filled(value: Any, typed: bool) -> Iterator[str]:
    """A text that is not empty."""
    yield from text(value, typed)
    if isinstance(value, str) and not value.strip():
        yield "is empty"


def flag(value: Any, typed: bool) -> Iterator[str]:
    """The old API's boolean."""
    if value not in ("Y", "N"):
        yield f"{value!r} is neither Y nor N"


def boolean(value: Any, typed: bool) -> Iterator[str]:
    """A real boolean; a batch cannot carry one."""
    if not isinstance(value, bool):
        yield f"{value!r} is no boolean"


def instant(value: Any, typed: bool) -> Iterator[str]:
    """ISO 8601 with an offset: without one the portal takes its server's zone (1.7)."""
    try:
        if datetime.fromisoformat(value).tzinfo is None:
            yield f"{value!r} has no offset"
    except (TypeError, ValueError):
        yield f"{value!r} is no instant"


def day(value: Any, typed: bool) -> Iterator[str]:
    """``YYYY-MM-DD``."""
    try:
        if date.fromisoformat(value).isoformat() != value:
            yield f"{value!r} is not written as YYYY-MM-DD"
    except (TypeError, ValueError):
        yield f"{value!r} is no date"


def wall(value: Any, typed: bool) -> Iterator[str]:
    """A date, or a wall-clock time without an offset: the zone is told beside it (5.4)."""
    try:
        if datetime.fromisoformat(value).tzinfo is not None:
            yield f"{value!r} has an offset"
    except (TypeError, ValueError):
        yield f"{value!r} is no local time"


def color(value: Any, typed: bool) -> Iterator[str]:
    """``#rrggbb``."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", str(value)):
        yield f"{value!r} is no colour"


def free(value: Any, typed: bool) -> Iterator[str]:
    """Whatever it is."""
    yield from ()


def one_of(*allowed: Any) -> Kind:
    """One of these; of numbers also their text."""
    told = {str(one) for one in allowed}

    def check(value: Any, typed: bool) -> Iterator[str]:
        if isinstance(value, bool) or str(value) not in told:
            yield f"{value!r} is none of {', '.join(sorted(told))}"

    return check


def list_of(kind: Kind, *, most: int | None = None, least: int = 0) -> Kind:
    """A list; an empty one cannot be told in a batch."""

    def check(value: Any, typed: bool) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{value!r} is no list"
            return
        if len(value) < least or (most is not None and len(value) > most):
            yield f"has {len(value)} elements"
        for number, one in enumerate(value):
            yield from (f"[{number}] {wrong}" for wrong in kind(one, typed))

    return check


def fields(known: Mapping[str, Kind], *required: str) -> Kind:
    """A map with known names only: the portal drops others in silence (1.6)."""

    def check(value: Any, typed: bool) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{value!r} is no map"
            return
        yield from (f"lacks {name}" for name in required if name not in value)
        for name, one in value.items():
            kind = known.get(name)
            if kind is None:
                yield f"has the unknown name {name}"
            elif one is not None or typed:
                yield from (f"{name} {wrong}" for wrong in kind(one, typed))

    return check


def names(known: Mapping[str, Kind] | set[str], *also: str) -> Kind:
    """A list of field names: user fields and ``*`` aside they are those of the reference."""

    def check(value: Any, typed: bool) -> Iterator[str]:
        if not isinstance(value, list) or not value:
            yield f"{value!r} is no list of names"
            return
        for name in value:
            if name not in known and name not in also and not _is_user_field(name):
                yield f"names the unknown field {name}"

    return check


def conditions(known: Mapping[str, Kind] | set[str], *also: str) -> Kind:
    """A filter. A name that the portal does not know returns the whole database (trap 28)."""

    def check(value: Any, typed: bool) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{value!r} is no filter"
            return
        for name in value:
            bare = PREFIX.sub("", name, count=1)
            if bare not in known and bare not in also and not _is_user_field(bare):
                yield f"filters by the unknown {name}"

    return check


def order(known: Mapping[str, Kind] | set[str]) -> Kind:
    """Which way to sort by which fields."""

    def check(value: Any, typed: bool) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{value!r} is no order"
            return
        for name, way in value.items():
            if name not in known or str(way).upper() not in ("ASC", "DESC"):
                yield f"sorts by {name} {way}"

    return check


def _is_user_field(name: str) -> bool:
    return name in ("*", "UF_*") or name.startswith(("UF_", "ufCrm"))
