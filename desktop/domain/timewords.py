"""The words for times and lengths of time in English, Russian, German and Spanish.

All patterns meet texts that went through `tidy`: lower case, no Latin accents, single spaces.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import time

_PLAIN_LETTERS = str.maketrans("áéíóúñüöäàèё’⁄", "aeiounuoaaeе'/")


def tidy(text: str) -> str:
    """``text`` in lower case, with simple letters and spaces, without closing punctuation."""
    words = unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN_LETTERS)
    words = re.sub(r"(?<![a-z])([ap])\.\s?m\.?(?![a-z])", r"\1m", words)
    return " ".join(words.split()).rstrip(".,;!? ").lstrip(",; ")


NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one один ein eins una",
            "two два две zwei dos",
            "three три drei tres",
            "four четыре vier cuatro",
            "five пять funf cinco",
            "six шесть sechs seis",
            "seven семь sieben siete",
            "eight восемь acht ocho",
            "nine девять neun nueve",
            "ten десять zehn diez",
            "eleven одиннадцать elf once",
            "twelve двенадцать zwolf doce",
        ),
        start=1,
    )
    for word in words.split()
}
_HOURS_BEGUN = (
    "первого второго третьего четвертого пятого шестого седьмого восьмого девятого десятого "
    "одиннадцатого двенадцатого"
)
_GENITIVE_HOURS = {word: hour for hour, word in enumerate(_HOURS_BEGUN.split(), start=1)}


def number(word: str) -> int | None:
    """An hour in digits or words; "десятого" is the hour that ends with ten."""
    if word.isdecimal():
        return int(word)
    return NUMBERS.get(word) or _GENITIVE_HOURS.get(word)


_SMALL = "|".join((r"\d{1,2}", *sorted(NUMBERS, key=len, reverse=True)))
_NO_LETTER = r"(?![a-zа-я])"
_HOURS = rf"(?:hours?|hrs?|h|часов|часа|час|ч|stunden?|std|horas?)\.?{_NO_LETTER}"
_MINUTES = (
    r"(?:minutes?|mins?|m|минут[аыу]?|мин|м|minuten?|minutos?)\.?"
    rf"{_NO_LETTER}"
)
_AND = r"(?:(?:and|и|und|y) )?"

LENGTH = re.compile(
    rf"(?:(?P<hours>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s?{_HOURS}"
    rf"(?:\s?{_AND}(?:(?P<minutes>\d{{1,2}})\s?{_MINUTES}|(?P<rest>[0-5]\d)))?"
    rf"|(?P<alone>\d{{1,4}})\s?{_MINUTES})"
)
"""Digits with units: "1h", "1h30", "1 ч 30 мин", "90m"."""

WORDED_LENGTH = re.compile(rf"(?P<hours>{_SMALL}) (?:hours?|stunden?|horas?)")
"""A number in words with a unit; the Russian form is a time of day as well, see `AMBIGUOUS`."""

FRACTIONS = (
    (
        re.compile(
            r"(?:a )?(?:half an hour|half hour)|полчаса|пол часа|"
            r"(?:eine )?halbe stunde|(?:einer )?halben stunde|media hora|"
            r"1/2 ?(?:h|ч|hour|часа|stunde|hora)"
        ),
        30,
    ),
    (
        re.compile(
            r"(?:a )?quarter of an hour|четверть часа|(?:eine )?viertelstunde|"
            r"(?:un )?cuarto de hora"
        ),
        15,
    ),
    (re.compile(r"three quarters of an hour|(?:eine )?dreiviertelstunde|tres cuartos de hora"), 45),
    (
        re.compile(
            r"(?:an|one) hour and a half|(?:one|1) and a half hours|полтора часа|"
            r"anderthalb stunden|eineinhalb stunden|(?:una )?hora y media"
        ),
        90,
    ),
    (re.compile(r"(?:an|one) hour|hour|час|(?:einer? )?stunde|(?:una )?hora"), 60),
)
"""Lengths that have a name, with their minutes."""

AMBIGUOUS = re.compile(
    rf"(?:(?:{_SMALL}) )?(?:часов|часа|час)(?: (?:{_SMALL}) минут[аыу]?)?|"
    rf"(?:{_SMALL})(?:часов|часа|час)"
)
"""«5 часов» is five o'clock as well as five hours: never decided for the user."""

LATER = re.compile(
    r"(?:in|через|en|dentro de) (?P<amount>.+)|(?P<late>.+) (?:later|спустя|spater|despues)"
)

AT = re.compile(r"^(?:at|@|в|во|к|um|a las|a la|las)\s?(?=\S)")
"""What stands before a time of day."""

OCLOCK = re.compile(r"(?:\s?o'?clock|\s?uhr|(?<=[:.]\d\d)\s?h(?:rs)?|(?<=^\d{4})\s?h(?:rs)?)$")
"""What stands behind one."""

SPELLED_OUT = re.compile(rf"(?P<hour>{_SMALL}) час(?:а|ов)?(?: (?P<minute>[0-5]?\d) минут[аыу]?)?")

NAMED = {
    word: at
    for at, words in (
        (
            time(12),
            "noon;midday;12 noon;полдень;mittag;mittags;12 uhr mittags;mediodia;al mediodia",
        ),
        (
            time(0),
            "midnight;12 midnight;полночь;mitternacht;medianoche;la medianoche",
        ),
    )
    for word in words.split(";")
}


@dataclass(frozen=True, slots=True)
class HalfOfDay:
    """What "pm" or «вечера» makes of the hours 1 to 12; ``hours`` names those that are said."""

    hours: dict[int, int]
    strict: bool = False
    """Only the hours 1 to 12 are said with it."""

    def allows(self, hour: int) -> bool:
        """Whether an hour above twelve is said with these words, too."""
        return not self.strict and hour > 12 and hour in self.hours.values()


def _half(words: str, *hours: tuple[int, int], strict: bool = False) -> tuple[str, HalfOfDay]:
    return words, HalfOfDay(dict(hours), strict)


def _same(first: int, last: int) -> list[tuple[int, int]]:
    return [(hour, hour) for hour in range(first, last + 1)]


def _later(first: int, last: int) -> list[tuple[int, int]]:
    return [(hour, hour + 12) for hour in range(first, last + 1)]


HALVES_OF_DAY = tuple(
    (re.compile(rf"(?P<clock>.+?)\s?(?:{words})"), half)
    for words, half in (
        _half("am|a", (12, 0), *_same(1, 11), strict=True),
        _half("pm|p", (12, 12), *_later(1, 11), strict=True),
        _half("in the morning|утра|morgens|fruh|vormittags|de la manana", *_same(1, 11)),
        _half("in the afternoon|дня|nachmittags|de la tarde", (12, 12), *_later(1, 7)),
        _half("mittags|del mediodia", (11, 11), (12, 12), *_later(1, 2)),
        _half("in the evening|вечера|abends", *_later(4, 11)),
        _half("at night|de la noche", (12, 0), *_later(7, 11)),
        _half("ночи|nachts|de la madrugada", (12, 0), *_same(1, 6), (11, 23)),
    )
)
"""Words behind a time of day that say which half of the day is meant."""

PARTS_OF_HOUR = (
    (re.compile(rf"half past (?P<hour>{_SMALL})"), 30),
    (re.compile(rf"(?:a )?quarter past (?P<hour>{_SMALL})"), 15),
    (re.compile(rf"(?:a )?quarter to (?P<hour>{_SMALL})"), -15),
    (re.compile(r"(?:пол ?|половина |половине )(?P<hour>[а-я]+ого|[а-я]+его)"), -30),
    (re.compile(r"четверть (?P<hour>[а-я]+ого|[а-я]+его)"), -45),
    (re.compile(rf"без (?:четверти|15) (?P<hour>{_SMALL})"), -15),
    (re.compile(rf"halb (?P<hour>{_SMALL})"), -30),
    (re.compile(rf"viertel nach (?P<hour>{_SMALL})"), 15),
    (re.compile(rf"viertel vor (?P<hour>{_SMALL})"), -15),
    (re.compile(rf"(?P<hour>{_SMALL}) y media"), 30),
    (re.compile(rf"(?P<hour>{_SMALL}) y cuarto"), 15),
    (re.compile(rf"(?P<hour>{_SMALL}) menos cuarto"), -15),
)
"""Halves and quarters: what to add to the hour that is named, in minutes."""
