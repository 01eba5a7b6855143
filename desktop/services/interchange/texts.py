"""Bytes of a file -> text: size, byte order marks and the encodings that address books use."""

import codecs
import re

from desktop.domain.errors import Field, InvalidInputError

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_LINE_CHARS = 64 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UPPER_BYTES = frozenset((0, 4))
_FREQUENT = frozenset("оеаинтсрвлкмдпя")
"""Five of six letters in Russian words are among these; read in a wrong code page, few are."""

_ACCENTED = re.compile("(?<![À-ÿ])[À-ÿ](?![À-ÿ])")


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of the encoding that fits it.

    Raises `InvalidInputError` for files that are empty, too large or no text.
    """
    if len(data) > MAX_FILE_BYTES:
        raise InvalidInputError(Field.FILE, "too large")
    encoding = detect_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise InvalidInputError(Field.FILE, "unreadable") from None
    if not text.strip():
        raise InvalidInputError(Field.FILE, "empty")
    if "\0" in text or any(len(line) > MAX_LINE_CHARS for line in text.splitlines()):
        raise InvalidInputError(Field.FILE, "unreadable")
    return text, encoding


def detect_encoding(data: bytes) -> str:
    """The most likely encoding: a byte order mark, UTF-16 without one, UTF-8, then code pages."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    for place, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        upper = data[place:4096:2]
        # Latin letters have an upper byte of 0, Cyrillic ones of 4; text of one byte has neither.
        if upper and sum(byte in _UPPER_BYTES for byte in upper) > 0.9 * len(upper):
            return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return max(("cp1251", "cp1252", "koi8-r"), key=lambda name: _plausible(data, name))
    return "utf-8"


def _plausible(data: bytes, encoding: str) -> float:
    """How much ``data`` looks like words when read in ``encoding``: 0 to about 1."""
    high = [char for char in data[: 64 * 1024].decode(encoding, errors="replace") if char > "\x7f"]
    text = "".join(high)
    if encoding == "cp1252":
        # Accented letters stand alone in Latin words; runs of them are Cyrillic in disguise.
        alone = len(_ACCENTED.findall(data.decode(encoding, errors="replace")))
        return alone / len(high)
    return sum(char in _FREQUENT for char in text.lower()) / len(high)
