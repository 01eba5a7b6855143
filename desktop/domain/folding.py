"""Words as they are compared: without case, accents, ё and the like.

Unicode's own decomposition takes the marks off most letters; a short table does those that it
leaves alone (ß, ø, ł, і …). Folding works letter by letter, so that a place in a folded word can be
traced back to the text it came from.
"""

import re
import unicodedata
from dataclasses import dataclass

_JOINING = "'’‘ʼʹʺ`´′\u00ad\u200c\u200d\u2060"
"""Inside a word these are not heard: O'Neil, Il'ya, soft hyphens."""

_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ĸ": "k",
    "ł": "l", "ŋ": "n", "ŧ": "t", "þ": "th", "ƒ": "f", "ə": "e", "ɓ": "b", "ɗ": "d", "ɣ": "g",
    "ґ": "г", "є": "е", "і": "и", "ј": "ј", "ғ": "г", "қ": "к", "ҡ": "к", "ң": "н", "ө": "о",
    "ұ": "у", "ү": "у", "һ": "х", "ҳ": "х", "ә": "а", "җ": "ж", "ҷ": "ч", "ӏ": "",
}  # fmt: skip


_PLAIN = re.compile("[0-9A-Za-zА-яЁё ]*")
_RUN = re.compile("[^ ]+")


class _Table(dict[int, str]):
    """For ``str.translate``: works each letter out when it is first met."""

    def __init__(self, *, keep_marks: bool) -> None:
        super().__init__()
        self._keep_marks = keep_marks

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter in _JOINING:
            folded = ""
        elif self._keep_marks:
            folded = "".join(map(_word_part, letter.casefold()))
        else:
            folded = _bare(letter)
        self[code] = folded
        return folded


def _bare(letter: str) -> str:
    """The letter without marks; folding it once more changes nothing."""
    bare = letter
    for _ in range(4):
        parts = unicodedata.normalize("NFKD", bare.casefold())
        plain = "".join(_LETTERS.get(part, part) for part in parts)
        plain = "".join(part for part in plain if not unicodedata.combining(part))
        if plain == bare:
            break
        bare = plain
    return "".join(map(_word_part, bare))


def _word_part(letter: str) -> str:
    if letter in _JOINING:
        return ""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    is_part = letter.isalnum() or unicodedata.category(letter).startswith("M")
    return letter if is_part else " "


_FOLD = _Table(keep_marks=False)
_SPELL = _Table(keep_marks=True)


def fold(text: str) -> str:
    """``text`` for comparing: words of bare small letters and digits, between spaces."""
    return text.translate(_FOLD)


def folded_words(text: str) -> list[str]:
    """The words of ``text``, folded."""
    return text.translate(_FOLD).split()


def spelled_words(text: str) -> list[str]:
    """The words of ``text`` in small letters, with their marks."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.translate(_SPELL).split()


def fold_length(text: str) -> int:
    """How long ``text`` is when it is folded."""
    return len(text.translate(_FOLD))


@dataclass(frozen=True, slots=True)
class Token:
    """A word where it stands in a text: ``text[start:end]``."""

    start: int
    end: int
    text: str


def tokens(text: str) -> list[Token]:
    """The words of ``text`` with their places."""
    if _PLAIN.fullmatch(text):
        return [Token(m.start(), m.end(), m.group()) for m in _RUN.finditer(text)]
    found: list[Token] = []
    start: int | None = None
    for place, letter in enumerate(text):
        inside = not _FOLD[ord(letter)].isspace()
        if inside and start is None:
            start = place
        elif not inside and start is not None:
            found.append(Token(start, place, text[start:place]))
            start = None
    if start is not None:
        found.append(Token(start, len(text), text[start:]))
    return [token for token in found if fold(token.text).strip()]
