"""ContactSearch: at most two hundred candidates from the indexes, ranked in Python.

Ranking in SQL would look at every match of a short beginning. Names are read from a table in the
order of their words instead, so that the first rows are the right ones.
"""

import json
from dataclasses import dataclass, replace

from desktop.domain.contact import Contact, ContactHit
from desktop.domain.event import DeliveryMark
from desktop.domain.ids import AccountId, ContactId
from desktop.domain.matching import (
    SHORTEST_INNER,
    Closeness,
    Found,
    Query,
    QueryWord,
    find_in,
    find_in_name,
    read_query,
)
from desktop.domain.ranking import Acquaintance, Rank, hit, rank
from desktop.store.codec import contact_from_bytes
from desktop.store.contact_terms import Vocabulary, phrase, trigrams
from desktop.store.database import Connection

MOST_CANDIDATES = 200
MOST_ELSEWHERE = 100
"""Candidates that have to be decoded, because not their name alone was found."""

FEW_HITS = 5
"""With fewer than so many, slips of the finger are looked for."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    n: int
    uid: ContactId
    name: str


@dataclass(frozen=True, slots=True)
class _Ranked:
    rank: Rank
    n: int
    founds: tuple[Found, ...]
    contact: Contact | None = None
    waiting: bool = False


class ContactSearch:
    """Reads what `ContactIndex` writes; of one account only, where one is given."""

    def __init__(self, connection: Connection, account: AccountId | None = None) -> None:
        self._db = connection
        self._account = account
        self._vocabulary = Vocabulary(connection)

    def search(self, text: str, limit: int, around: Acquaintance) -> tuple[ContactHit, ...]:
        """The best ``limit`` hits."""
        query = read_query(text)
        if query.empty or limit <= 0:
            return ()
        ranked = self._ranked(query, limit, around)
        if len(ranked) < FEW_HITS:
            ranked += self._with_slips(query, {each.n for each in ranked}, around)
        best = sorted(ranked, key=lambda each: each.rank)[:limit]
        return tuple(self._hits(best, around))

    def with_digits(self, fragments: tuple[str, ...]) -> list[int]:
        """Rows with a number that contains one of ``fragments``."""
        found: dict[int, None] = {}
        for fragment in fragments:
            if len(fragment) < SHORTEST_INNER:
                continue
            rows = self._db.execute(
                f"""SELECT n FROM contact_name WHERE n IN (
                    SELECT rowid FROM contact_digits WHERE contact_digits MATCH ?
                ) AND instr(digits, ?){self._within("contact_name.n")} LIMIT ?""",  # noqa: S608
                (trigrams(fragment), fragment, *self._whose(), MOST_CANDIDATES),
            )
            found.update(dict.fromkeys(n for (n,) in rows))
        return list(found)

    def _ranked(self, query: Query, limit: int, around: Acquaintance) -> list[_Ranked]:
        numbers = self._known(around)
        numbers.update(dict.fromkeys(self.with_digits(query.digits)))
        wanted = len(numbers) + MOST_CANDIDATES
        if len(query.words) == 1:
            self._add_names(query.words[0], numbers, wanted)
        else:
            self._add(_all_exact(query), numbers, wanted)
        ranked, rest = self._rank_names(query, numbers, around)
        if len(ranked) < limit or len(query.words) > 1:
            more = dict.fromkeys(rest)
            self._add(_all_begun(query), more, MOST_ELSEWHERE + len(rest))
            self._add_with_number(query, more, MOST_ELSEWHERE + len(rest))
            done = {each.n for each in ranked}
            ranked += self._rank_whole(query, [n for n in more if n not in done], around)
        if len(ranked) < limit:
            inner: dict[int, None] = {}
            self._add(self._vocabulary.inside(query), inner, MOST_ELSEWHERE)
            done = {each.n for each in ranked}
            ranked += self._rank_whole(query, [n for n in inner if n not in done], around)
        return ranked

    def _within(self, number: str) -> str:
        """One more condition: the row with this number is of the account that is asked for."""
        if self._account is None:
            return ""
        return (
            f" AND EXISTS (SELECT 1 FROM contact AS c WHERE c.n = {number}"  # noqa: S608
            " AND c.account_id = ?)"
        )

    def _whose(self) -> tuple[str, ...]:
        """What `_within` asks for."""
        return () if self._account is None else (self._account,)

    def _known(self, around: Acquaintance) -> dict[int, None]:
        rows = self._db.execute(
            "SELECT n FROM contact_name WHERE uid IN (SELECT value FROM json_each(?))"  # noqa: S608
            f"{self._within('contact_name.n')}",
            (json.dumps(around.known()), *self._whose()),
        )
        return dict.fromkeys(n for (n,) in rows)

    def _add_names(self, word: QueryWord, into: dict[int, None], most: int) -> None:
        exact = dict.fromkeys((word.folded, *word.keys))
        for term in exact:
            self._add_rows("word = ?", (term,), into, most)
        for start in dict.fromkeys((word.folded, *word.prefixes)):
            if start and len(into) < most:
                self._add_rows("word > ? AND word < ?", (start, start + "\U0010ffff"), into, most)

    def _add_rows(
        self, condition: str, values: tuple[str, ...], into: dict[int, None], most: int
    ) -> None:
        rows = self._db.execute(
            f"SELECT n FROM name_word WHERE {condition}"  # noqa: S608
            f"{self._within('name_word.n')} ORDER BY word, sort LIMIT ?",
            (*values, *self._whose(), max(0, most - len(into))),
        )
        into.update(dict.fromkeys(n for (n,) in rows))

    def _add(self, match: str, into: dict[int, None], most: int) -> None:
        if match and len(into) < most:
            rows = self._db.execute(
                "SELECT rowid FROM contact_words WHERE contact_words MATCH ?"  # noqa: S608
                f"{self._within('contact_words.rowid')} LIMIT ?",
                (match, *self._whose(), most - len(into)),
            )
            into.update(dict.fromkeys(n for (n,) in rows))

    def _add_with_number(self, query: Query, into: dict[int, None], most: int) -> None:
        """A name and some digits of the number, in one question."""
        digits = [word for word in query.words if word.digits]
        named = replace(query, words=tuple(word for word in query.words if not word.digits))
        if not digits or named.empty or len(into) >= most:
            return
        numbers = " AND ".join(_any_number(word) for word in digits)
        rows = self._db.execute(
            f"""SELECT rowid FROM contact_words WHERE contact_words MATCH ? AND rowid IN (
                SELECT rowid FROM contact_digits WHERE contact_digits MATCH ?
            ){self._within("contact_words.rowid")} LIMIT ?""",  # noqa: S608
            (_all_begun(named), numbers, *self._whose(), most - len(into)),
        )
        into.update(dict.fromkeys(n for (n,) in rows))

    def _rank_names(
        self, query: Query, numbers: dict[int, None], around: Acquaintance
    ) -> tuple[list[_Ranked], list[int]]:
        """Those whose name alone answers, and the others."""
        ranked: list[_Ranked] = []
        rest: list[int] = []
        rows = self._db.execute(
            "SELECT n, uid, name FROM contact_name WHERE n IN (SELECT value FROM json_each(?))",
            (json.dumps(list(numbers)),),
        )
        for n, uid, name in rows:
            founds = None if query.digits else find_in_name(query, name)
            if founds is None or any(f.match.closeness > Closeness.PREFIX for f in founds):
                rest.append(n)
            else:
                ranked.append(_Ranked(rank(founds, name, uid, known=around.knows(uid)), n, founds))
        return ranked, rest

    def _rank_whole(self, query: Query, numbers: list[int], around: Acquaintance) -> list[_Ranked]:
        ranked: list[_Ranked] = []
        for n, contact, waiting in self._contacts(numbers):
            founds = find_in(query, contact)
            if founds is not None:
                known = around.knows(contact.id)
                order = rank(founds, contact.name, contact.id, known=known)
                ranked.append(_Ranked(order, n, founds, contact, waiting))
        return ranked

    def _with_slips(self, query: Query, done: set[int], around: Acquaintance) -> list[_Ranked]:
        """What was perhaps meant: words with one slip, never among the direct hits."""
        ranked: list[_Ranked] = []
        for meant in self._vocabulary.corrections(query):
            candidates: dict[int, None] = {}
            self._add(_all_meant(query, meant), candidates, MOST_CANDIDATES)
            fresh = [n for n in candidates if n not in done]
            done.update(fresh)
            direct = self._rank_whole(meant, fresh, around)
            ranked += [self._as_slip(each, around) for each in direct]
        return ranked

    def _as_slip(self, each: _Ranked, around: Acquaintance) -> _Ranked:
        if each.contact is None:
            return each
        founds = tuple(f.as_slip() for f in each.founds)
        contact = each.contact
        order = rank(founds, contact.name, contact.id, known=around.knows(contact.id))
        return _Ranked(order, each.n, founds, contact, each.waiting)

    def _contacts(self, numbers: list[int]) -> list[tuple[int, Contact, bool]]:
        rows = self._db.execute(
            "SELECT n, body, mark FROM contact WHERE n IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        settled = DeliveryMark.SETTLED.value
        return [(n, contact_from_bytes(body), mark != settled) for n, body, mark in rows]

    def _hits(self, best: list[_Ranked], around: Acquaintance) -> list[ContactHit]:
        missing = [each.n for each in best if each.contact is None]
        read = {n: (contact, waiting) for n, contact, waiting in self._contacts(missing)}
        hits = []
        for each in best:
            contact, waiting = read.get(each.n, (each.contact, each.waiting))
            if contact is not None:
                hits.append(hit(each.founds, contact, around, waiting=waiting))
        return hits


def _all_exact(query: Query) -> str:
    return " AND ".join(_any([word.folded, *word.keys]) for word in query.words)


def _all_begun(query: Query) -> str:
    return " AND ".join(_any([word.folded, *word.prefixes], "*") for word in query.words)


def _all_meant(typed: Query, meant: Query) -> str:
    """What replaces a slip is a whole word; the other words may still be begun."""
    return " AND ".join(
        _any([word.folded, *word.prefixes], "*") if word in typed.words else _any([word.folded])
        for word in meant.words
    )


def _any_number(word: QueryWord) -> str:
    usable = [fragment for fragment in word.digits if len(fragment) >= SHORTEST_INNER]
    return "(" + " OR ".join(f"({trigrams(fragment)})" for fragment in usable) + ")"


def _any(terms: list[str], star: str = "") -> str:
    return "(" + " OR ".join(phrase(term) + star for term in dict.fromkeys(terms) if term) + ")"
