"""The portal's state on disk: one SQLite file, written before an answer leaves."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from .values import Row

FILE_NAME = "portal.db"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS record(
    kind TEXT NOT NULL, id INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY(kind, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact(name TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS request(n INTEGER PRIMARY KEY, body BLOB NOT NULL);
"""


class Storage:
    """Rows of JSON by kind and id. A commit outlives the end of this process, however abrupt.

    ``synchronous`` is off: only the machine's own crash could lose a commit.
    """

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.executescript(_SCHEMA)
        self._open = False
        self._encode = msgspec.json.Encoder().encode

    def _begin(self) -> sqlite3.Connection:
        if not self._open:
            self._base.execute("BEGIN")
            self._open = True
        return self._base

    def commit(self) -> None:
        """Make everything written so far durable."""
        if self._open:
            self._base.execute("COMMIT")
            self._open = False

    def put(self, kind: str, rows: Iterable[tuple[int, Row]]) -> None:
        """Write records, new or not."""
        self._begin().executemany(
            "INSERT OR REPLACE INTO record VALUES (?, ?, ?)",
            ((kind, number, self._encode(row)) for number, row in rows),
        )

    def remove(self, kind: str, number: int) -> None:
        """Delete one record."""
        self._begin().execute("DELETE FROM record WHERE kind = ? AND id = ?", (kind, number))

    def load(self, kind: str) -> Iterator[tuple[int, Row]]:
        """All records of a kind, lowest id first."""
        decode = msgspec.json.Decoder(dict).decode
        found = self._base.execute(
            "SELECT id, body FROM record WHERE kind = ? ORDER BY id", (kind,)
        )
        for number, body in found:
            yield number, decode(body)

    def set_fact(self, name: str, value: object) -> None:
        """Keep one value that is no record: counters, settings, the clock."""
        self._begin().execute(
            "INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, self._encode(value))
        )

    def fact(self, name: str) -> object:
        """A kept value, or None."""
        row = self._base.execute("SELECT body FROM fact WHERE name = ?", (name,)).fetchone()
        return None if row is None else msgspec.json.decode(row[0])

    def log(self, number: int, entry: Row) -> None:
        """Write one line of the request log, or what became of it."""
        self._begin().execute(
            "INSERT OR REPLACE INTO request VALUES (?, ?)", (number, self._encode(entry))
        )

    def load_log(self) -> Iterator[Row]:
        """The request log, oldest first."""
        for (body,) in self._base.execute("SELECT body FROM request ORDER BY n"):
            yield msgspec.json.decode(body)

    def clear_log(self) -> None:
        """Forget the requests, keep the records."""
        self._begin().execute("DELETE FROM request")

    def wipe(self) -> None:
        """Forget everything."""
        base = self._begin()
        for table in ("record", "fact", "request"):
            base.execute(f"DELETE FROM {table}")

    def close(self) -> None:
        """Commit and close the file."""
        self.commit()
        self._base.close()


def read_records(folder: Path, kind: str) -> list[Row]:
    """What stands on disk, read by another process while the portal runs or after its death."""
    base = sqlite3.connect(f"file:{folder / FILE_NAME}?mode=ro", uri=True)
    try:
        found = base.execute("SELECT body FROM record WHERE kind = ? ORDER BY id", (kind,))
        return [msgspec.json.decode(body) for (body,) in found]
    finally:
        base.close()
