"""ConflictStore: both sides changed; all three copies, until the user has chosen."""

from desktop.domain.sync import Conflict
from desktop.store.codec import record_from_bytes, record_to_bytes
from desktop.store.database import Connection


class ConflictStore:
    """Rows <-> `Conflict`, one per op."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, conflict: Conflict) -> None:
        """Keeps the three copies; a newer foreign copy replaces the one kept before."""
        self._db.execute(
            """INSERT INTO conflict (op_seq, base, mine, theirs) VALUES (?,?,?,?)
            ON CONFLICT (op_seq) DO UPDATE SET base = excluded.base, mine = excluded.mine,
            theirs = excluded.theirs""",
            (
                conflict.op_seq,
                record_to_bytes(conflict.base),
                record_to_bytes(conflict.mine),
                record_to_bytes(conflict.theirs),
            ),
        )

    def get(self, op_seq: int) -> Conflict | None:
        """The conflict of an op."""
        found = self._read("WHERE op_seq = ?", op_seq)
        return found[0] if found else None

    def all(self) -> tuple[Conflict, ...]:
        """Every open conflict, the oldest op first."""
        return self._read("ORDER BY op_seq")

    def remove(self, op_seq: int) -> None:
        """The user has chosen."""
        self._db.execute("DELETE FROM conflict WHERE op_seq = ?", (op_seq,))

    def _read(self, rest: str, *values: int) -> tuple[Conflict, ...]:
        rows = self._db.execute(f"SELECT op_seq, base, mine, theirs FROM conflict {rest}", values)  # noqa: S608
        return tuple(Conflict(seq, *map(record_from_bytes, copies)) for seq, *copies in rows)
