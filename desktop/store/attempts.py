"""AttemptStore: each sending of an op, written down before its first byte leaves."""

from datetime import datetime

from desktop.domain.sync import Attempt
from desktop.store.codec_time import from_micros, micros
from desktop.store.database import Connection


class AttemptStore:
    """Rows <-> `Attempt`. Neither payloads nor addresses are among them."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def record_attempt(self, attempt: Attempt) -> None:
        """Writes an attempt down, before it is made."""
        last_byte = None if attempt.last_byte_at is None else micros(attempt.last_byte_at)
        self._db.execute(
            "INSERT INTO attempt VALUES (?,?,?,?,?,?,?,?,?)",
            (
                attempt.op_seq,
                attempt.number,
                attempt.boot_id,
                micros(attempt.started_at),
                last_byte,
                attempt.outcome,
                attempt.http_status,
                attempt.code,
                attempt.took_ms,
            ),
        )

    def close_attempt(
        self,
        op_seq: int,
        number: int,
        *,
        outcome: str,
        last_byte_at: datetime | None = None,
        http_status: int | None = None,
        code: str = "",
        took_ms: int | None = None,
    ) -> None:
        """Adds what became of it."""
        self._db.execute(
            """UPDATE attempt SET outcome = ?, last_byte_at = coalesce(?, last_byte_at),
            http_status = ?, code = ?, took_ms = ? WHERE op_seq = ? AND number = ?""",
            (
                outcome,
                None if last_byte_at is None else micros(last_byte_at),
                http_status,
                code,
                took_ms,
                op_seq,
                number,
            ),
        )

    def attempts(self, op_seq: int) -> tuple[Attempt, ...]:
        """The attempts of an op, the first one first."""
        rows = self._db.execute("SELECT * FROM attempt WHERE op_seq = ? ORDER BY number", (op_seq,))
        return tuple(
            Attempt(
                op_seq=row[0],
                number=row[1],
                boot_id=row[2],
                started_at=from_micros(row[3]),
                last_byte_at=None if row[4] is None else from_micros(row[4]),
                outcome=row[5],
                http_status=row[6],
                code=row[7],
                took_ms=row[8],
            )
            for row in rows
        )
