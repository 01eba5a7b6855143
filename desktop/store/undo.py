"""UndoStore: the last steps that can be taken back, as bytes that their service reads."""

from collections.abc import Iterable

from desktop.store.database import Connection

STEPS_KEPT = 50


class UndoStore:
    """A stack of which the oldest steps fall off."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def push(self, body: bytes) -> None:
        """Puts a step on top."""
        self._db.execute("INSERT INTO undo (body) VALUES (?)", (body,))
        self._db.execute(
            "DELETE FROM undo WHERE id <= (SELECT max(id) FROM undo) - ?", (STEPS_KEPT,)
        )

    def all(self) -> tuple[bytes, ...]:
        """The steps, the oldest first."""
        return tuple(body for (body,) in self._db.execute("SELECT body FROM undo ORDER BY id"))

    def replace(self, bodies: Iterable[bytes]) -> None:
        """These steps instead, the oldest first; of more than fifty the newest are kept."""
        self._db.execute("DELETE FROM undo")
        for body in bodies:
            self.push(body)
