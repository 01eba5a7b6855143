"""Does this query mean this contact, how well, and which letters of it say so?"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from desktop.domain.contact import Contact, MatchReason, Phone
from desktop.domain.folding import fold, folded_words, spelled_words
from desktop.domain.phonedigits import NATIONAL_LENGTH, fragments, phone_digits, same_number
from desktop.domain.transliteration import keys, prefix_keys

SHORTEST_INNER = 3
"""From so many letters on a query is looked for inside words too."""

SHORTEST_INNER_SOUND = 4
"""By sound from more letters on: three sounds are inside of too many words."""

SHORTEST_TYPO = 5
"""Words of so many letters may contain one slip."""


_FIRST_CYRILLIC = "\u0400"


class Closeness(IntEnum):
    """How a query's word stands to a contact's."""

    EXACT = 0
    PREFIX = 1
    INNER = 2
    TYPO = 3


class Spelling(IntEnum):
    """How much had to be forgiven."""

    SAME = 0
    FOLDED = 1
    """Case or accents."""
    OTHER_SCRIPT = 2
    """Sounds alike in the other alphabet, or in another transliteration."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a contact: as it is spelled (in small letters), folded, and its sounds."""

    spelled: str
    folded: str
    keys: tuple[str, ...]
    terms: tuple[str, ...]
    """What an index keeps of it: ``folded`` and the keys, without repetition."""


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word of a query; ``prefixes`` are the beginnings of keys that it may be typed for."""

    spelled: str
    folded: str
    keys: tuple[str, ...]
    prefixes: tuple[str, ...]
    digits: tuple[str, ...] = ()
    """What of a phone number it may be."""


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed. All words must be found; ``digits`` is set where the whole is a number."""

    words: tuple[QueryWord, ...]
    digits: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.words


@dataclass(frozen=True, slots=True)
class WordMatch:
    """How well one word of a query was found."""

    closeness: Closeness
    spelling: Spelling


def read_query(text: str) -> Query:
    """Takes a query apart."""
    words = tuple(
        QueryWord(spelled, folded, keys(spelled), prefix_keys(spelled), fragments(folded))
        for spelled in dict.fromkeys(spelled_words(text))
        if (folded := fold(spelled).strip())
    )
    return Query(words, fragments(text.strip()))


@lru_cache(maxsize=8_192)
def word(spelled: str) -> Word:
    """A contact's word from its spelling in small letters."""
    folded, sounds = fold(spelled).strip(), keys(spelled)
    return Word(spelled, folded, sounds, tuple(dict.fromkeys((folded, *sounds))))


def words_of(text: str) -> list[Word]:
    """The words of a contact's name, firm or town."""
    return [word(spelled) for spelled in spelled_words(text)]


def match_word(query: QueryWord, found: Word) -> WordMatch | None:
    """How ``found`` answers ``query``; None: not at all."""
    if query.folded == found.folded:
        return _EXACT if query.spelled == found.spelled else _EXACT_FOLDED
    if _alphabets_differ(query, found):  # Иванов is Ivanov; but Smit is not quite Smith
        for key in query.keys:
            if key in found.keys:
                return _EXACT_OTHER
    if found.folded.startswith(query.folded):
        return _PREFIX if found.spelled.startswith(query.spelled) else _PREFIX_FOLDED
    for key in found.keys:
        if key.startswith(query.prefixes):
            return _PREFIX_OTHER
    return _match_inside(query, found)


def _alphabets_differ(query: QueryWord, found: Word) -> bool:
    return (query.spelled[0] >= _FIRST_CYRILLIC) != (found.spelled[0] >= _FIRST_CYRILLIC)


def _match_inside(query: QueryWord, found: Word) -> WordMatch | None:
    if len(query.folded) < SHORTEST_INNER:
        return None
    if query.folded in found.folded:
        return _INNER
    for own in query.keys:
        if len(own) >= SHORTEST_INNER_SOUND and any(own in key for key in found.keys):
            return _INNER_OTHER
    return None


_EXACT = WordMatch(Closeness.EXACT, Spelling.SAME)
_EXACT_FOLDED = WordMatch(Closeness.EXACT, Spelling.FOLDED)
_EXACT_OTHER = WordMatch(Closeness.EXACT, Spelling.OTHER_SCRIPT)
_PREFIX = WordMatch(Closeness.PREFIX, Spelling.SAME)
_PREFIX_FOLDED = WordMatch(Closeness.PREFIX, Spelling.FOLDED)
_PREFIX_OTHER = WordMatch(Closeness.PREFIX, Spelling.OTHER_SCRIPT)
_INNER = WordMatch(Closeness.INNER, Spelling.FOLDED)
_INNER_OTHER = WordMatch(Closeness.INNER, Spelling.OTHER_SCRIPT)
TYPO = WordMatch(Closeness.TYPO, Spelling.FOLDED)


def match_number(wanted: tuple[str, ...], number: str) -> WordMatch | None:
    """How a number (see `phone_digits`) answers what `fragments` made of a query."""
    if not number:
        return None
    if any(len(w) >= NATIONAL_LENGTH - 1 and same_number(w, number) for w in wanted):
        return _EXACT
    if number.startswith(wanted) or number.endswith(wanted):
        return _PREFIX
    if number[:1] == "7" and number[1:].startswith(wanted):
        return _PREFIX
    if any(fragment in number for fragment in wanted):
        return _INNER
    return None


class Field(IntEnum):
    """Parts of a contact, the most telling first."""

    NAME = 0
    COMPANY = 1
    PHONE = 2
    EMAIL = 3
    POSITION = 4
    CITY = 5
    NOTES = 6


_BY_FOLDING = (Field.EMAIL, Field.NOTES)
"""Searched for what is written there, not for what sounds alike."""

REASONS = {
    Field.NAME: MatchReason.NAME,
    Field.COMPANY: MatchReason.COMPANY,
    Field.PHONE: MatchReason.PHONE,
    Field.EMAIL: MatchReason.EMAIL,
    Field.POSITION: MatchReason.POSITION,
    Field.CITY: MatchReason.CITY,
    Field.NOTES: MatchReason.NOTES,
}


@dataclass(frozen=True, slots=True)
class Found:
    """Where and how a query's word was found. ``text`` is the whole part it stands in."""

    query: QueryWord
    field: Field
    match: WordMatch
    text: str

    @property
    def order(self) -> tuple[bool, int, int, int]:
        """Smaller is better: beginnings before insides, then by part, closeness and spelling."""
        inside = self.match.closeness >= Closeness.INNER
        return (inside, self.field, self.match.closeness, self.match.spelling)

    def as_slip(self) -> "Found":
        """The same place, found for a word that differs by one letter."""
        return Found(self.query, self.field, TYPO, self.text)


def find_in_name(query: Query, name: str) -> tuple[Found, ...] | None:
    """Every word of the query where it stands in a name; None where one is missing."""
    return _find_all(query, ((Field.NAME, name),))


def find_in(query: Query, contact: Contact) -> tuple[Found, ...] | None:
    """Every word of the query where it stands best in the contact; None where one is missing."""
    whole = QueryWord("", "", (), (), query.digits)
    if (number := _find_number(whole, contact.phones)) is not None:
        return (number,)
    return _find_all(query, tuple(parts_of(contact)), contact.phones)


def find_in_parts(query: Query, parts: tuple[tuple[Field, str], ...]) -> tuple[Found, ...] | None:
    """Every word of the query where it stands best in some texts; None where one is missing."""
    return _find_all(query, parts)


def parts_of(contact: Contact) -> Iterable[tuple[Field, str]]:
    """The texts of a contact that are searched by words, the most telling first."""
    yield Field.NAME, contact.name
    if contact.second_name:
        yield Field.NAME, contact.second_name
    if contact.company:
        yield Field.COMPANY, contact.company
    for email in contact.emails:
        yield Field.EMAIL, email.value
    if contact.position:
        yield Field.POSITION, contact.position
    if contact.address.city:
        yield Field.CITY, contact.address.city
    if contact.notes:
        yield Field.NOTES, contact.notes


def _find_number(wanted: QueryWord, phones: tuple[Phone, ...]) -> Found | None:
    best: Found | None = None
    for phone in phones if wanted.digits else ():
        match = match_number(wanted.digits, phone_digits(phone.value))
        if match is not None:
            found = Found(wanted, Field.PHONE, match, phone.value)
            best = found if best is None or found.order < best.order else best
    return best


def _find_all(
    query: Query, parts: tuple[tuple[Field, str], ...], phones: tuple[Phone, ...] = ()
) -> tuple[Found, ...] | None:
    every: list[Found] = []
    for wanted in query.words:
        best = _best(wanted, parts) or _find_number(wanted, phones)
        if best is None:
            return None
        every.append(best)
    return tuple(every)


def _best(wanted: QueryWord, parts: tuple[tuple[Field, str], ...]) -> Found | None:
    best: Found | None = None
    for field, text in parts:
        if field in _BY_FOLDING and wanted.folded not in fold(text):
            continue
        for candidate in words_of(text):
            match = match_word(wanted, candidate)
            if match is None:
                continue
            found = Found(wanted, field, match, text)
            if best is None or found.order < best.order:
                best = found
    return best


def index_terms(contact: Contact) -> tuple[list[str], list[str]]:
    """What an index keeps: terms of the name, and of all other parts.

    Mail and notes are kept by their folding only, not by their sounds.
    """
    names: dict[str, None] = {}
    others: dict[str, None] = {}
    for field, text in parts_of(contact):
        if field in _BY_FOLDING:
            others.update(dict.fromkeys(folded_words(text)))
            continue
        into = names if field is Field.NAME else others
        for found in words_of(text):
            into.update(dict.fromkeys(found.terms))
    return list(names), [term for term in others if term not in names]
