"""Tolerant readers for what PHP servers accept: numbers as text, flags, empty lists for nothing."""

from typing import Any

Row = dict[str, Any]
"""One stored record, or one request's parameters: names and JSON values."""


def to_int(value: object) -> int | None:
    """The whole number that ``value`` shows, or None when it shows none."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        text = value.strip()
        if text.lstrip("+-").isdigit():
            return int(text)
    return None


def php_int(value: object) -> int:
    """PHP's ``(int)`` cast: a filled array counts as 1, text that is no number as 0."""
    if isinstance(value, (list, dict)):
        return 1 if value else 0
    number = to_int(value)
    return 0 if number is None else number


def to_text(value: object) -> str:
    """``value`` as PHP prints it; None and False are empty, True is "1"."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, (list, dict)):
        return "Array"
    return str(value)


def to_flag(value: object) -> bool:
    """Whether a "Y"/"N", 1/0 or true/false value says yes."""
    return value is True or to_text(value).upper() in {"Y", "1", "TRUE"}


def to_rows(value: object) -> list[Row]:
    """The objects of an array, or of an object with numbered keys."""
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [item for item in items if isinstance(item, dict)]


def to_list(value: object) -> list[Any]:
    """An array's elements; an object's values; a single value as the only element."""
    if value is None:
        return []
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return list(value.values())
    return [value]


def folded(params: Row) -> Row:
    """The parameters with lower-case names, for methods that do not mind the case."""
    return {name.lower(): value for name, value in params.items()}


def or_empty_list(mapping: Row) -> Row | list[Any]:
    """PHP cannot tell an empty map from an empty list, and writes ``[]`` for both.

    Keys that count from 0 become the positions of an array.
    """
    if list(mapping) == [str(position) for position in range(len(mapping))]:
        return list(mapping.values())
    return mapping
