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
        self._db.executemany(
            "INSERT OR REPLACE INTO deal VALUES (?,?,?,?,?,?,?)",
            [
                (
                    account_id,
                    row.remote_id,
                    row.contact,
                    row.title,
                    fold(row.title),
                    _UNDATED if row.changed_at is None else micros(row.changed_at),
                    row.body,
                )
                for row in rows
            ],
        )

    def remove(self, account_id: AccountId, remote_ids: Iterable[str]) -> None:
        """Forgets deals that are closed, or nobody's any more."""
        for part in sliced(list(remote_ids)):
            self._db.execute(
                f"DELETE FROM deal WHERE account_id = ? AND remote_id IN ({marks(part)})",  # noqa: S608
                (account_id, *part),
            )

    def of_contact(self, contact_id: ContactId) -> tuple[bytes, ...]:
        """A contact's deals, the last changed first."""
        rows = self._db.execute(
            "SELECT body FROM deal WHERE contact_uid = ? ORDER BY changed DESC, remote_id",
            (contact_id,),
        )
        return tuple(body for (body,) in rows)

    def titled(self, words: Iterable[str], limit: int) -> tuple[tuple[ContactId, str], ...]:
        """Whose deals have one of these folded words in their titles, and those titles."""
        wanted = [word for word in words if word]
        if not wanted:
            return ()
        condition = " OR ".join(["instr(folded, ?)"] * len(wanted))
        rows = self._db.execute(
            f"SELECT contact_uid, title FROM deal WHERE {condition}"  # noqa: S608
            " ORDER BY changed DESC LIMIT ?",
            (*wanted, limit),
        )
        return tuple((ContactId(uid), str(title)) for uid, title in rows)

    def remove_account(self, account_id: AccountId) -> None:
        """Forgets every deal of an account."""
        self._db.execute("DELETE FROM deal WHERE account_id = ?", (account_id,))
