"""ContactIndex: what search reads, kept in step with the rows that are shown.

Of a contact's two layers the upper one is shown. Every change takes the contact's entries out first
and puts those of the shown row in afterwards.
"""

from collections.abc import Mapping, Sequence

from desktop.domain.contact import Contact
from desktop.domain.folding import fold
from desktop.domain.matching import index_terms
from desktop.domain.phonedigits import phone_digits
from desktop.store.codec import contact_from_bytes
from desktop.store.database import Connection
from desktop.store.slices import marks


class ContactIndex:
    """Writes the tables that `ContactSearch` reads."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def take_out(self, uids: Sequence[str]) -> None:
        """Forgets the entries of these contacts: none of their rows is shown now."""
        rows = self._db.execute(
            f"SELECT n, gone, body FROM contact WHERE shown AND uid IN ({marks(uids)})",  # noqa: S608
            list(uids),
        ).fetchall()
        if not rows:
            return
        indexed = [(n, contact_from_bytes(body)) for n, gone, body in rows if not gone]
        numbers = [(n,) for n, _contact in indexed]
        self._db.executemany("DELETE FROM contact_name WHERE n = ?", numbers)
        self._db.executemany("DELETE FROM contact_words WHERE rowid = ?", numbers)
        self._db.executemany("DELETE FROM contact_digits WHERE rowid = ?", numbers)
        self._db.executemany(
            "DELETE FROM name_word WHERE word = ? AND sort = ? AND n = ?",
            [
                (term, fold(contact.name), n)
                for n, contact in indexed
                for term in index_terms(contact)[0]
            ],
        )
        self._db.executemany("UPDATE contact SET shown = 0 WHERE n = ?", [(n,) for n, *_ in rows])

    def put_in(self, uids: Sequence[str], written: Mapping[bytes, Contact] | None = None) -> None:
        """Shows the upper row of each of these contacts and writes its entries.

        ``written`` spares decoding what has just been encoded.
        """
        rows = self._db.execute(
            f"""SELECT n, gone, body FROM contact AS row WHERE uid IN ({marks(uids)})
            AND layer = (SELECT max(layer) FROM contact WHERE uid = row.uid)""",  # noqa: S608
            list(uids),
        ).fetchall()
        self._db.executemany("UPDATE contact SET shown = 1 WHERE n = ?", [(n,) for n, *_ in rows])
        known = written or {}
        indexed = [
            (n, known.get(body) or contact_from_bytes(body)) for n, gone, body in rows if not gone
        ]
        names, name_words, words, digits = [], [], [], []
        vocabulary: set[str] = set()
        for n, contact in indexed:
            sort = fold(contact.name)
            name_terms, other_terms = index_terms(contact)
            numbers = _numbers(contact)
            names.append((n, contact.id, contact.name, sort, numbers))
            name_words += [(term, sort, n) for term in name_terms]
            words.append((n, " ".join([*name_terms, *other_terms])))
            vocabulary.update(name_terms, other_terms)
            if numbers:
                digits.append((n, numbers))
        self._db.executemany("INSERT INTO contact_name VALUES (?,?,?,?,?)", names)
        self._db.executemany("INSERT INTO name_word VALUES (?,?,?)", name_words)
        self._db.executemany("INSERT INTO contact_words (rowid, words) VALUES (?,?)", words)
        self._db.executemany("INSERT INTO contact_digits (rowid, digits) VALUES (?,?)", digits)
        self._learn(vocabulary)

    def _learn(self, terms: set[str]) -> None:
        """Words are never forgotten: a stale one leads to no contact."""
        (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM vocabulary").fetchone()
        self._db.executemany(
            "INSERT OR IGNORE INTO vocabulary (word) VALUES (?)", [(term,) for term in terms]
        )
        self._db.execute(
            "INSERT INTO vocabulary_parts (rowid, word) SELECT id, word FROM vocabulary"
            " WHERE id > ?",
            (last,),
        )


def _numbers(contact: Contact) -> str:
    return " ".join(filter(None, (phone_digits(phone.value) for phone in contact.phones)))
