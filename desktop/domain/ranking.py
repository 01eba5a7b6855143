"""Which of the contacts that match comes first, and what its row shows of the match."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.domain.contact import Contact, ContactHit, MatchReason
from desktop.domain.folding import Token, fold, fold_length, tokens
from desktop.domain.ids import ContactId
from desktop.domain.matching import (
    REASONS,
    Closeness,
    Field,
    Found,
    QueryWord,
    Spelling,
    match_word,
    word,
)
from desktop.domain.phonedigits import digits_of
from desktop.domain.transliteration import keys

DAYS_AHEAD = 7
DAYS_BACK = 14
_SNIPPET = 72

Rank = tuple[int | str | bool, ...]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Whom the user has to do with these days: they come before strangers."""

    pinned: Collection[ContactId]
    met: Mapping[ContactId, datetime]
    today: date

    def knows(self, contact_id: ContactId) -> bool:
        """Pinned, to be met within seven days, or met within the last fourteen."""
        if contact_id in self.pinned:
            return True
        at = self.met.get(contact_id)
        if at is None:
            return False
        day = at.date()
        return (
            self.today - timedelta(days=DAYS_BACK) <= day <= self.today + timedelta(days=DAYS_AHEAD)
        )

    def known(self) -> list[ContactId]:
        """All of them."""
        return [uid for uid in {**dict.fromkeys(self.pinned), **self.met} if self.knows(uid)]

    def next_meeting(self, contact_id: ContactId) -> datetime | None:
        """The meeting that lies ahead."""
        at = self.met.get(contact_id)
        return at if at is not None and at.date() >= self.today else None


def rank(founds: tuple[Found, ...], name: str, contact_id: ContactId, *, known: bool) -> Rank:
    """Sorts hits: the smallest first.

    Who is called exactly like that, then people the user knows, then beginnings before insides
    before slips; within those name before firm before the rest, exact before begun, and the
    spelling that was typed before others. At last by name.
    """
    closeness, field, spelling = Closeness.EXACT, Field.NAME, Spelling.SAME
    for found in founds:
        closeness = max(closeness, found.match.closeness)
        field = max(field, found.field)
        spelling = max(spelling, found.match.spelling)
    folded_name = fold(name)
    if closeness >= Closeness.INNER:
        tier = int(closeness) + 1
    elif (
        closeness is Closeness.EXACT
        and field is Field.NAME
        and spelling < Spelling.OTHER_SCRIPT
        and len(founds) == len(folded_name.split())
    ):
        tier = 0
    elif known and field <= Field.EMAIL:
        tier = 1
    else:
        tier = 2
    return (tier, field, closeness, spelling, not known, folded_name, contact_id)


def hit(
    founds: tuple[Found, ...], contact: Contact, around: Acquaintance, *, waiting: bool
) -> ContactHit:
    """A row for the contact, with the places that the query was found in."""
    shown = contact.name
    no_ranges: tuple[Range, ...] = ()
    outside = [f for f in founds if f.text not in (shown, contact.company)]
    typo = any(f.match.closeness is Closeness.TYPO for f in founds)
    told = max(outside or founds, key=lambda found: found.field)
    reason_text, reason_ranges = "", no_ranges
    if outside:
        here = [f for f in outside if f.text == told.text]
        reason_text, reason_ranges = _cut(told.text, _ranges(here, told.text))
    return ContactHit(
        contact=contact,
        reason=MatchReason.TYPO if typo else REASONS[told.field],
        reason_text=reason_text,
        name_ranges=_ranges([f for f in founds if f.text == shown], shown),
        company_ranges=_ranges([f for f in founds if f.text == contact.company], contact.company),
        reason_ranges=reason_ranges,
        next_meeting=around.next_meeting(contact.id),
        waiting=waiting,
    )


def _ranges(founds: list[Found], text: str) -> tuple[Range, ...]:
    if not founds or not text:
        return ()
    if founds[0].field is Field.PHONE:
        return number_ranges(founds[0].query.digits, text)
    every: set[Range] = set()
    words = tokens(text)
    for found in founds:
        for token in words:
            place = _place(found, token)
            if place is not None:
                every.add((token.start + place[0], token.start + place[1]))
    return _united(every)


def _place(found: Found, token: Token) -> Range | None:
    """The part of a token that a query's word was found in; a slip is the whole token."""
    candidate = word(token.text.casefold())
    match = match_word(found.query, candidate)
    if match is None or match.closeness > found.match.closeness:
        is_slip = found.match.closeness is Closeness.TYPO and found.text == token.text
        return (0, len(token.text)) if is_slip else None
    if match.closeness is Closeness.EXACT:
        return (0, len(token.text))
    if match.spelling is Spelling.OTHER_SCRIPT:
        return _sounding_place(found.query, token.text, match.closeness)
    at = candidate.folded.find(found.query.folded)
    return _unfolded(token.text, at, at + len(found.query.folded))


def _unfolded(text: str, start: int, end: int) -> Range:
    """From places in the folded text to places in the text."""
    first = last = None
    folded = 0
    for index, letter in enumerate(text):
        folded += fold_length(letter)
        if first is None and folded > start:
            first = index
        if folded >= end:
            last = index + 1
            break
    return (first or 0, last or len(text))


def _sounding_place(query: QueryWord, text: str, closeness: Closeness) -> Range | None:
    small = text.casefold()
    if closeness is Closeness.PREFIX:
        for end in range(1, len(small) + 1):
            if any(key.startswith(query.prefixes) for key in keys(small[:end])):
                return (0, end)
    return (0, len(text))


def number_ranges(wanted: tuple[str, ...], number: str) -> tuple[Range, ...]:
    """The place of the first fragment that the number shows, from its first digit to its last."""
    places = [index for index, letter in enumerate(number) if letter.isdecimal()]
    digits = digits_of(number)
    for fragment in wanted:
        for part in (fragment, fragment[1:]):
            at = digits.find(part)
            if at >= 0 and part:
                return ((places[at], places[at + len(part) - 1] + 1),)
    return ()


def _united(ranges: set[Range]) -> tuple[Range, ...]:
    result: list[Range] = []
    for start, end in sorted(ranges):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def _cut(text: str, ranges: tuple[Range, ...]) -> tuple[str, tuple[Range, ...]]:
    """A line around the first match; long notes are cut, marked by dots."""
    flat = "".join(" " if letter.isspace() else letter for letter in text)
    if len(flat) <= _SNIPPET:
        return flat, ranges
    first = ranges[0][0] if ranges else 0
    start = max(0, min(first - _SNIPPET // 3, len(flat) - _SNIPPET))
    end = start + _SNIPPET
    left = "…" if start else ""
    right = "…" if end < len(flat) else ""
    shift = len(left) - start
    kept = tuple(
        (max(a, start) + shift, min(b, end) + shift) for a, b in ranges if a < end and b > start
    )
    return left + flat[start:end] + right, kept
