"""SettingStore: small texts that name people or calendars, so not for plain preferences."""

from desktop.store.database import Connection


class SettingStore:
    """A text under a name. What it means belongs to the service that wrote it."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def get(self, name: str) -> str | None:
        """The text; None where there is none."""
        row = self._db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def put(self, name: str, value: str) -> None:
        """Keeps a text."""
        self._db.execute(
            """INSERT INTO setting (name, value) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value""",
            (name, value),
        )

    def remove(self, name: str) -> None:
        """Forgets it."""
        self._db.execute("DELETE FROM setting WHERE name = ?", (name,))
