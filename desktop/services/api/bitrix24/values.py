"""Tolerant readers for the portal's values: numbers as text, five kinds of nothing, instants."""

import math
import re
from datetime import UTC, datetime
from typing import Any

_LONGEST_NUMBER = 19
_NO_DEADLINE_YEAR = 9999
_PLAIN_ID = re.compile(r"[1-9][0-9]{0,17}")


def as_int(value: object) -> int | None:
    """A whole number in any of its spellings; None for "", null, false, [] and {}."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) < 10**_LONGEST_NUMBER else None
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value.is_integer() else None
    if isinstance(value, str):
        text = value.strip()
        digits = text[1:] if text[:1] in ("-", "+") else text
        if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER:
            return int(text)
    return None


def as_float(value: object) -> float | None:
    """A number that may have a fraction."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float, str)):
        try:
            number = float(value)
        except (ValueError, OverflowError):
            return None
        return number if math.isfinite(number) else None
    return None


def as_id(value: object) -> str:
    """A record's id in digits, or empty: 0 means "none" everywhere."""
    if isinstance(value, str) and _PLAIN_ID.fullmatch(value):
        return value  # as nearly every id comes
    number = as_int(value)
    return str(number) if number is not None and number > 0 else ""


def as_text(value: object) -> str:
    """Text; numbers in digits, anything else that is no text is empty. Without control marks."""
    if value is None:
        return ""
    if isinstance(value, str):
        if value.isprintable():
            return value
        return "".join(c for c in value if c in "\n\t\r" or (ord(c) >= 32 and ord(c) != 127))
    if isinstance(value, bool):
        return ""
    return str(value) if isinstance(value, (int, float)) else ""


def as_flag(value: object) -> bool:
    """Yes in any of its spellings: true, 1, "1", "Y", "true"."""
    if isinstance(value, str):
        return value.strip().upper() in ("Y", "1", "TRUE")
    return value is True or value == 1


def as_list(value: object) -> list[Any]:
    """A list; of an object its values, of anything else nothing."""
    if isinstance(value, list):
        return value
    return list(value.values()) if isinstance(value, dict) else []


def instant(value: object) -> datetime | None:
    """A CRM time: ISO 8601 with an offset. In UTC; None without one, and for "no deadline"."""
    if not isinstance(value, str):
        return None
    try:
        told = datetime.fromisoformat(value.strip())
        if told.tzinfo is None or not 1 < told.year < _NO_DEADLINE_YEAR:
            return None
        return told.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def wire_instant(moment: datetime) -> str:
    """ISO 8601 with an offset and whole seconds, as CRM methods and filters want it."""
    return moment.replace(microsecond=0).isoformat()
