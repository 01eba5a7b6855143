"""The line that lets a calendar event be found again: events have no field for a foreign key."""

import hashlib
import re

from desktop.domain.ids import OpId

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12
_BITS = 5
_LINE = re.compile(r"(?:\r?\n)*^[ \t]*(Ref\. P-[0-9A-HJKMNP-TV-Z]{12})[ \t]*\s*\Z", re.MULTILINE)


def marker_line(op: OpId) -> str:
    """``Ref. P-`` and 12 characters of Crockford's alphabet, the same for the same op for ever."""
    number = int.from_bytes(hashlib.sha256(str(op).encode()).digest()[:8], "big")
    letters = (_ALPHABET[(number >> (_BITS * place)) & 31] for place in range(_LENGTH))
    return f"Ref. P-{''.join(letters)}"


def with_marker(text: str, line: str) -> str:
    """The description with the marker as its last line."""
    return f"{text}\n{line}" if text else line


def split_marker(text: str) -> tuple[str, str]:
    """A description without its marker line, and that line; empty where there is none."""
    match = _LINE.search(text)
    return (text, "") if match is None else (text[: match.start()], match[1])
