"""Names across two alphabets: Щербаков, Shcherbakov and Scherbakov sound alike.

Both scripts are brought to one Latin key. Where a spelling may mean several sounds (the c of Victor
and of Kuznecov) a word has several keys. The keys of a beginning are beginnings of the word's keys,
as far as half-typed letter pairs allow; `prefix_keys` adds what such a pair may become.

Sources: GOST 7.79-2000 (systems A and B), GOST R 52535.1-2006 (passports), ICAO Doc 9303,
BGN/PCGN, and the spellings that people use.
"""

import re
from functools import lru_cache
from itertools import product

from desktop.domain.folding import fold

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "",
    "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia", "і": "i", "ї": "i", "є": "e", "ґ": "g",
    "ў": "u", "ј": "i", "љ": "li", "њ": "ni", "ћ": "ch", "ђ": "dzh", "џ": "dzh", "ә": "a",
    "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h",
}  # fmt: skip
_MARKED = {"š": "sh", "ŝ": "sh", "ś": "s", "č": "ch", "ć": "ch", "ž": "zh", "ż": "zh", "ĵ": "zh"}
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}

_PAIRS = {
    "schtsch": "sh", "shch": "sh", "sch": "sh", "shh": "sh", "sh": "sh", "sz": "sh",
    "tsch": "ch", "tch": "ch", "ch": "ch", "zh": "zh", "kh": "h", "ck": "k", "ph": "f",
    "th": "t", "tz": "ts", "w": "v", "q": "k",
    "yo": "e", "jo": "e", "ye": "e", "je": "e", "y": "i", "j": "i", "ie": "e",
}  # fmt: skip
_PAIR = re.compile("|".join(sorted(_PAIRS, key=len, reverse=True)))
_CHOICES = {"cz": ("ch", "ts"), "c": ("k", "ts"), "x": ("ks", "h"), "ё": ("e", "io", "o")}
_CHOICE = re.compile(r"cz(?!h)|(?<![sct])c(?![hkz])|(?<=[sct])c(?![hkz])|x|ё")
_DOUBLED = re.compile(r"(.)\1+")
_ANDR = re.compile(r"andr$")
_HALF_PAIRS = (
    (re.compile(r"sh?c$"), ("sh",)),
    (re.compile(r"ts?c$"), ("ch",)),
    (re.compile(r"c$"), ("ch",)),
    (re.compile(r"(?<=..)k$"), ("h",)),
    (re.compile(r"[iyj]$|и$|й$|ы$"), ("e",)),
)
_MOST_CHOICES = 3
_SUPPORTED = re.compile(r"[a-zа-яё\u0450-\u045f\u0490-\u04ff\u00df-\u017f\u1e00-\u1eff]+")


@lru_cache(maxsize=16_384)
def keys(word: str) -> tuple[str, ...]:
    """The keys of a spelled word (small letters with their marks), the likeliest first.

    Empty for what is not written in Latin or Cyrillic letters.
    """
    if not _SUPPORTED.fullmatch(word):
        return ()
    found = dict.fromkeys(map(_key, _readings(word)))
    for umlaut, pair in _UMLAUTS.items():
        if umlaut in word:
            found[_key(word.replace(umlaut, pair))] = None
    for key in tuple(found):
        if _ANDR.search(key):
            found[_ANDR.sub("ander", key)] = None
    return tuple(key for key in found if key)


@lru_cache(maxsize=2_048)
def prefix_keys(word: str) -> tuple[str, ...]:
    """Beginnings of keys that a word which is still being typed may get."""
    found = dict.fromkeys(keys(word))
    if len(word) > 1:
        for half, wholes in _HALF_PAIRS:
            if half.search(word):
                for whole in wholes:
                    stem = half.sub("", word)
                    for key in keys(stem) if stem else ("",):
                        found[_DOUBLED.sub(r"\1", key + whole)] = None
    return tuple(found)


def _readings(word: str) -> list[str]:
    """Each way to read the letters that may mean more than one sound."""
    places = list(_CHOICE.finditer(word))[:_MOST_CHOICES]
    readings: list[str] = []
    for choice in product(*(_CHOICES[place.group()] for place in places)):
        reading, end = "", 0
        for place, sound in zip(places, choice, strict=True):
            reading += word[end : place.start()] + sound
            end = place.end()
        readings.append(reading + word[end:])
    if word[0] == "j":
        readings += [sound + word[1:] for sound in ("dzh", "zh")]
    return readings


def _key(reading: str) -> str:
    latin = "".join(_CYRILLIC.get(letter) or _latin(letter) for letter in reading)
    return _DOUBLED.sub(r"\1", _PAIR.sub(lambda pair: _PAIRS[pair.group()], latin))


def _latin(letter: str) -> str:
    if letter in _CYRILLIC:
        return ""  # a sign without a sound
    return _MARKED.get(letter) or fold(letter).strip()
