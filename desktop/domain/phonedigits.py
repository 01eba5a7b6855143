"""Phone numbers as the digits that are compared."""

import re

SHORTEST_FRAGMENT = 4
"""So many digits make a query a question about phones."""

NATIONAL_LENGTH = 10
"""Two numbers with the same last ten digits are one: +7 916…, 8 916… and 916…."""

_LOOKS_LIKE_PHONE = re.compile(r"[\d\s()+./\-\u2010-\u2015\u00a0]+")
_NO_DIGITS = re.compile("[^0-9]+")
_EXTENSION = re.compile(r"(?:ext|доб|вн|[,;#x])\D*\d+\s*$", re.IGNORECASE)
_RUSSIAN_TRUNK = re.compile(r"8(?=[3489]\d{9}$)")


def digits_of(text: str) -> str:
    """The digits in ``text``, in ASCII."""
    if text.isascii():
        return _NO_DIGITS.sub("", text)
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())


def phone_digits(number: str) -> str:
    """A whole number's digits from the country code on, without extension.

    A Russian 8 becomes 7; 00 before a country code goes.
    """
    main = _EXTENSION.sub("", number)
    digits = digits_of(main if len(digits_of(main)) >= SHORTEST_FRAGMENT else number)
    if digits.startswith("00"):
        return digits[2:]
    return digits if "+" in number else _RUSSIAN_TRUNK.sub("7", digits)


def fragments(query: str) -> tuple[str, ...]:
    """What of a number ``query`` may stand for, the likeliest first; empty: it is no number."""
    digits = digits_of(query)
    if len(digits) < SHORTEST_FRAGMENT or not _LOOKS_LIKE_PHONE.fullmatch(query):
        return ()
    found = [digits]
    if digits.startswith("00"):
        found = [digits[2:]]
    elif "+" not in query:
        if digits.startswith("8"):
            found.append("7" + digits[1:])
        elif digits.startswith("0"):
            found.append(digits[1:])  # a trunk zero is not dialled from abroad
    found += [f[-NATIONAL_LENGTH:] for f in tuple(found) if len(f) > NATIONAL_LENGTH]
    return tuple(dict.fromkeys(f for f in found if len(f) >= SHORTEST_FRAGMENT - 1))


def same_number(one: str, other: str) -> bool:
    """Whether two results of `phone_digits` ring the same phone."""
    shortest = min(len(one), len(other), NATIONAL_LENGTH)
    return shortest >= SHORTEST_FRAGMENT and one[-shortest:] == other[-shortest:]
