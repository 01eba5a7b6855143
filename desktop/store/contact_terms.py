"""Vocabulary: every word that occurs in a contact, for parts of words and for slips."""

from dataclasses import replace
from itertools import islice, product

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from desktop.domain.matching import (
    SHORTEST_INNER,
    SHORTEST_INNER_SOUND,
    SHORTEST_TYPO,
    Query,
    QueryWord,
    read_query,
)
from desktop.store.database import Connection

_MOST_WORDS = 60
_MOST_CORRECTIONS = 8
_HIGHEST = "\U0010ffff"


def phrase(term: str) -> str:
    """A term for a MATCH, whatever is in it."""
    return '"' + term.replace('"', '""') + '"'


def trigrams(text: str) -> str:
    """A MATCH for rows with all the three-letter parts of ``text``."""
    return " AND ".join(map(phrase, dict.fromkeys(text[i : i + 3] for i in range(len(text) - 2))))


class Vocabulary:
    """Reads the distinct words that `ContactIndex` has learnt."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def inside(self, query: Query) -> str:
        """A MATCH for contacts with words that contain those of the query; empty: none can."""
        groups: list[str] = []
        any_inner = False
        for word in query.words:
            terms = [phrase(term) + "*" for term in dict.fromkeys((word.folded, *word.prefixes))]
            inner = self._containing(word)
            any_inner = any_inner or bool(inner)
            groups.append("(" + " OR ".join([*terms, *map(phrase, inner)]) + ")")
        return " AND ".join(groups) if any_inner else ""

    def corrections(self, query: Query) -> list[Query]:
        """What may have been meant instead, one slip per word, the likeliest first."""
        choices: list[list[QueryWord]] = []
        corrected = False
        for word in query.words:
            meant = [] if len(word.folded) < SHORTEST_TYPO else self._one_slip_away(word)
            begun = self._begins(word)
            keep = [word] if begun or not meant else []
            if meant and (not begun or len(query.words) == 1):
                corrected = True
                keep = [] if len(query.words) == 1 else keep
                keep += [word_of(term) for term in meant]
            choices.append(keep)
        if not corrected:
            return []
        return [
            replace(query, words=tuple(words), digits=())
            for words in islice(product(*choices), _MOST_CORRECTIONS)
        ]

    def _containing(self, word: QueryWord) -> list[str]:
        found: dict[str, None] = {}
        sounds = [key for key in word.keys if len(key) >= SHORTEST_INNER_SOUND]
        for part in dict.fromkeys((word.folded, *sounds)):
            if len(part) >= SHORTEST_INNER:
                rows = self._db.execute(
                    """SELECT word FROM vocabulary WHERE id IN (
                        SELECT rowid FROM vocabulary_parts WHERE vocabulary_parts MATCH ?
                    ) AND instr(word, ?) > 1 LIMIT ?""",
                    (trigrams(part), part, _MOST_WORDS),
                )
                found.update(dict.fromkeys(term for (term,) in rows))
        return list(found)

    def _begins(self, word: QueryWord) -> bool:
        return any(
            self._db.execute(
                "SELECT 1 FROM vocabulary WHERE word >= ? AND word < ? LIMIT 1",
                (start, start + _HIGHEST),
            ).fetchone()
            for start in (word.folded, *word.prefixes)
            if start
        )

    def _one_slip_away(self, word: QueryWord) -> list[str]:
        """Words at an edit distance of one, the nearest in spelling first.

        A slip after the first letter leaves that letter in place; one in the first two leaves the
        rest: so two small ranges hold every candidate.
        """
        found: dict[str, None] = {}
        for meant in dict.fromkeys((word.folded, *word.keys)):
            if len(meant) < SHORTEST_TYPO:
                continue
            size = (len(meant) - 1, len(meant) + 1)
            near = self._db.execute(
                """SELECT word FROM vocabulary WHERE word >= ? AND word < ?
                AND length(word) BETWEEN ? AND ?""",
                (meant[0], meant[0] + _HIGHEST, *size),
            ).fetchall()
            near += self._db.execute(
                """SELECT word FROM vocabulary WHERE id IN (
                    SELECT rowid FROM vocabulary_parts WHERE vocabulary_parts MATCH ?
                ) AND length(word) BETWEEN ? AND ?""",
                (trigrams(meant[2:]), *size),
            ).fetchall()
            words = [term for (term,) in near]
            close = extract(meant, words, scorer=OSA.distance, score_cutoff=1, limit=_MOST_WORDS)
            found.update(dict.fromkeys(term for term, distance, _at in close if distance))
        return list(found)


def word_of(term: str) -> QueryWord:
    """A word of the vocabulary as if it had been typed."""
    return read_query(term).words[0]
