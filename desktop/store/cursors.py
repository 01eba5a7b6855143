"""CursorStore: how far each collection has been pulled, and which weeks are covered."""

from datetime import datetime

from desktop.domain.ids import AccountId
from desktop.domain.timespan import TimeSpan
from desktop.store.codec_time import from_micros, micros
from desktop.store.database import Connection


class CursorStore:
    """Opaque cursors per collection, and the spans of the calendar that were read whole."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def get(self, account_id: AccountId, collection: str) -> str | None:
        """Where the last pull ended; None: from the beginning."""
        row = self._db.execute(
            "SELECT value FROM cursor WHERE account_id = ? AND collection = ?",
            (account_id, collection),
        ).fetchone()
        return None if row is None else str(row[0])

    def put(self, account_id: AccountId, collection: str, value: str) -> None:
        """Goes into the same transaction as the page that it closes."""
        self._db.execute(
            """INSERT INTO cursor VALUES (?, ?, ?) ON CONFLICT (account_id, collection)
            DO UPDATE SET value = excluded.value""",
            (account_id, collection, value),
        )

    def remove(self, account_id: AccountId, collection: str) -> None:
        """From the beginning again."""
        self._db.execute(
            "DELETE FROM cursor WHERE account_id = ? AND collection = ?", (account_id, collection)
        )

    def covered(self, account_id: AccountId) -> tuple[TimeSpan, ...]:
        """The stretches whose events are all here, in order, none touching the next; in UTC."""
        return tuple(
            TimeSpan(from_micros(start), from_micros(end))
            for start, end in merged(
                self._db.execute(
                    "SELECT start, end FROM coverage WHERE account_id = ? ORDER BY start",
                    (account_id,),
                ).fetchall()
            )
        )

    def covered_at(self, account_id: AccountId, span: TimeSpan) -> datetime | None:
        """When ``span`` was last read as a whole by one pull; None where it never was."""
        (at,) = self._db.execute(
            "SELECT max(at) FROM coverage WHERE account_id = ? AND start <= ? AND end >= ?",
            (account_id, micros(span.start), micros(span.end)),
        ).fetchone()
        return None if at is None else from_micros(at)

    def mark_covered(self, account_id: AccountId, span: TimeSpan, at: datetime) -> None:
        """``span`` was read whole ``at`` this time. Older marks inside it say nothing more."""
        start, end = micros(span.start), micros(span.end)
        self._db.execute(
            "DELETE FROM coverage WHERE account_id = ? AND start >= ? AND end <= ?",
            (account_id, start, end),
        )
        self._db.execute(
            "INSERT INTO coverage VALUES (?, ?, ?, ?)", (account_id, start, end, micros(at))
        )

    def remove_account(self, account_id: AccountId) -> None:
        """Nothing of the account has been pulled."""
        self._db.execute("DELETE FROM cursor WHERE account_id = ?", (account_id,))
        self._db.execute("DELETE FROM coverage WHERE account_id = ?", (account_id,))


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans without overlaps or touching ends."""
    result: list[tuple[int, int]] = []
    for start, end in spans:
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
