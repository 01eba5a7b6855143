"""DealStore: the open deals of an account's contacts, for search and for a card without a network.

What a deal's bytes mean is `store.dossier_blocks`' to know.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.folding import fold
from desktop.domain.ids import AccountId, ContactId
from desktop.store.codec_time import micros
from desktop.store.database import Connection
from desktop.store.slices import marks, sliced

_UNDATED = 0


@dataclass(frozen=True, slots=True)
class DealRow:
    """An open deal and whose it is."""

    remote_id: str
    contact: ContactId
    title: str
    changed_at: datetime | None
    body: bytes


class DealStore:
    """Every open deal that a pull has brought."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, account_id: AccountId, rows: Iterable[DealRow]) -> None:
        """Adds deals or writes them anew."""
        latest = {row.remote_id: row for row in rows}
        self.remove(account_id, latest)
        for row in latest.values():
            changed = _UNDATED if row.changed_at is None else micros(row.changed_at)
            cursor = self._db.execute(
                "INSERT INTO deal (account_id, remote_id, contact_uid, title, changed, body)"
                " VALUES (?,?,?,?,?,?)",
                (account_id, row.remote_id, row.contact, row.title, changed, row.body),
            )
            self._db.execute(
                "INSERT INTO deal_words (rowid, words) VALUES (?,?)",
                (cursor.lastrowid, fold(row.title)),
            )

    def remove(self, account_id: AccountId, remote_ids: Iterable[str]) -> None:
        """Forgets deals that are closed, or nobody's any more."""
        for part in sliced(list(remote_ids)):
            rows = self._db.execute(
                f"SELECT n FROM deal WHERE account_id = ? AND remote_id IN ({marks(part)})",  # noqa: S608
                (account_id, *part),
            ).fetchall()
            self._drop(rows)

    def of_contact(self, contact_id: ContactId) -> tuple[bytes, ...]:
        """A contact's deals, the last changed first."""
        rows = self._db.execute(
            "SELECT body FROM deal WHERE contact_uid = ? ORDER BY changed DESC, remote_id",
            (contact_id,),
        )
        return tuple(body for (body,) in rows)

    def titled(
        self, words: Iterable[str], limit: int, *, every: bool
    ) -> tuple[tuple[ContactId, str], ...]:
        """Whose deals have words that begin like ``every`` one of these folded ones, or like some
        of them, and those titles; the last changed first.
        """
        match = (" AND " if every else " OR ").join(f'"{word}"*' for word in words if word)
        if not match:
            return ()
        rows = self._db.execute(
            """SELECT contact_uid, title FROM deal WHERE n IN (
                SELECT rowid FROM deal_words WHERE deal_words MATCH ? LIMIT ?
            ) ORDER BY changed DESC""",
            (match, limit),
        )
        return tuple((ContactId(uid), str(title)) for uid, title in rows)

    def remove_account(self, account_id: AccountId) -> None:
        """Forgets every deal of an account."""
        rows = self._db.execute("SELECT n FROM deal WHERE account_id = ?", (account_id,)).fetchall()
        self._drop(rows)

    def _drop(self, rows: list[tuple[int]]) -> None:
        self._db.executemany("DELETE FROM deal_words WHERE rowid = ?", rows)
        self._db.executemany("DELETE FROM deal WHERE n = ?", rows)
