"""Filter and order of the lists: the prefixes, and how values of each kind compare."""

import re
from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from typing import Any, Literal

from .clock import parse_date, parse_instant
from .values import Row, php_int, to_int, to_list, to_text

Kind = Literal["int", "text", "link", "time", "date", "multi", "flag"]
"""``link``: a code or a link, in which ``%`` finds nothing special; ``multi``: exact only."""

Fields = Mapping[str, Kind]
Test = Callable[[Row], bool]

_PREFIXES = ("!=%", "!%=", ">=", "<=", "!@", "=%", "%=", "!=", "!%", "@", ">", "<", "%", "!", "=")


def split_key(key: str) -> tuple[str, str]:
    """A filter key's prefix (may be empty) and the field's name."""
    for prefix in _PREFIXES:
        if key.startswith(prefix):
            return prefix, key[len(prefix) :]
    return "", key


def reader(field: str, kind: Kind, zone: tzinfo) -> Callable[[Any], Any]:
    """Turns a stored or sent value of a field into something that compares."""
    if kind == "int":
        return php_int
    if kind == "time":
        return lambda value: parse_instant(value, zone) or 0.0
    if kind == "date":
        return lambda value: parse_date(value) or date.min
    return lambda value: to_text(value).casefold()


def build(field: str, kind: Kind, prefix: str, wanted: object, zone: tzinfo) -> Test:
    """The test that ``prefix + field: wanted`` means."""
    if kind == "multi":
        return _multi_test(field, prefix, wanted)
    read = reader(field, kind, zone)
    if prefix in (">", ">=", "<", "<="):
        return _order_test(field, prefix, read, read(wanted))
    if "%" in prefix and kind == "text":
        return _like_test(field, prefix, wanted)
    choices = frozenset(
        read(choice)
        for choice in (to_list(wanted) if isinstance(wanted, (list, dict)) else [wanted])
    )
    if prefix.startswith("!"):
        return lambda row: read(row.get(field)) not in choices
    return lambda row: read(row.get(field)) in choices


def _order_test(field: str, prefix: str, read: Callable[[Any], Any], bound: Any) -> Test:
    if prefix == ">":
        return lambda row: bool(read(row.get(field)) > bound)
    if prefix == ">=":
        return lambda row: bool(read(row.get(field)) >= bound)
    if prefix == "<":
        return lambda row: bool(read(row.get(field)) < bound)
    return lambda row: bool(read(row.get(field)) <= bound)


def _like_test(field: str, prefix: str, wanted: object) -> Test:
    parts = [to_text(part) for part in (to_list(wanted) if isinstance(wanted, list) else [wanted])]
    if "=" in prefix:
        own = ["".join(".*" if c == "%" else re.escape(c) for c in part) for part in parts]
        pattern = re.compile("|".join(f"(?:{part})" for part in own), re.IGNORECASE | re.DOTALL)
        matches: Callable[[str], bool] = lambda text: pattern.fullmatch(text) is not None
    else:
        needles = [part.casefold() for part in parts]

        def matches(text: str) -> bool:
            return any(needle in text.casefold() for needle in needles)

    negated = prefix.startswith("!")
    return lambda row: matches(to_text(row.get(field))) is not negated


def _multi_test(field: str, prefix: str, wanted: object) -> Test:
    choices = {to_text(choice).casefold() for choice in to_list(wanted)}

    def matches(row: Row) -> bool:
        values = {to_text(entry.get("VALUE")).casefold() for entry in row.get(field) or ()}
        return bool(values & choices)

    if prefix.startswith("!"):
        return lambda row: not matches(row)
    return matches


def sort_key(field: str, kind: Kind, zone: tzinfo) -> Callable[[Row], Any]:
    """What rows are ordered by."""
    if kind == "int":
        return lambda row: to_int(row.get(field)) or 0
    read = reader(field, kind, zone)
    return lambda row: read(row.get(field))
