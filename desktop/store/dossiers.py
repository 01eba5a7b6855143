"""DossierStore: what servers know of contacts beside their cards, in blocks of bytes.

What the bytes mean is `store.dossier_blocks`' to know, so that nothing of it is read at the start.
"""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import AccountId, ContactId
from desktop.store.codec_time import from_micros, micros
from desktop.store.database import Connection

_NEVER = 0


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One block of a contact's dossier."""

    block: str
    at: datetime | None
    """When it was read; None: never."""
    problem: str
    """Why it is not newer; empty: nothing is the matter."""
    body: bytes


class DossierStore:
    """The newest answer for each block, and why it is not newer."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(
        self,
        contact_id: ContactId,
        account_id: AccountId,
        block: str,
        body: bytes,
        at: datetime,
    ) -> None:
        """What a block holds now; ``at`` is when it was read."""
        self._db.execute(
            """INSERT INTO dossier VALUES (?,?,?,?,'',?) ON CONFLICT (contact_uid, block)
            DO UPDATE SET account_id = excluded.account_id, at = excluded.at, problem = '',
            body = excluded.body""",
            (contact_id, block, account_id, micros(at), body),
        )

    def put_problem(
        self, contact_id: ContactId, account_id: AccountId, block: str, problem: str
    ) -> None:
        """A block could not be read; what it held before stays, as old as it is."""
        self._db.execute(
            """INSERT INTO dossier VALUES (?,?,?,?,?,x'') ON CONFLICT (contact_uid, block)
            DO UPDATE SET problem = excluded.problem""",
            (contact_id, block, account_id, _NEVER, problem),
        )

    def rows(self, contact_id: ContactId) -> tuple[DossierRow, ...]:
        """All blocks of a contact that were ever read or tried."""
        rows = self._db.execute(
            "SELECT block, at, problem, body FROM dossier WHERE contact_uid = ?", (contact_id,)
        )
        return tuple(
            DossierRow(block, None if at == _NEVER else from_micros(at), problem, body)
            for block, at, problem, body in rows
        )

    def read_at(self, contact_id: ContactId) -> datetime | None:
        """When the oldest of its blocks that could be read was read; None: never."""
        (count, at) = self._db.execute(
            "SELECT count(*), min(at) FROM dossier WHERE contact_uid = ? AND problem = ''",
            (contact_id,),
        ).fetchone()
        return from_micros(at) if count else None

    def remove_account(self, account_id: AccountId) -> None:
        """Forgets all that an account's server told."""
        self._db.execute("DELETE FROM dossier WHERE account_id = ?", (account_id,))
