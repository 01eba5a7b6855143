"""What a damaged store.db still holds: every row on a page that authenticates."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from desktop.domain.errors import StoreError
from desktop.store.database import Connection, connect, transaction

# Parents first. Settings and undo steps can be missed; wishes cannot.
_TABLES = ("account", "item", "op", "attempt", "conflict", "version", "draft")


def salvage(damaged: Path, key: bytes, into: Connection) -> int:
    """Copies the readable rows of ``damaged`` over those of ``into``; gives how many.

    The damaged file is the newer one, and a page that authenticates is what we wrote.
    """
    return sum(_copy_table(damaged, key, into, table) for table in _TABLES)


def _copy_table(damaged: Path, key: bytes, into: Connection, table: str) -> int:
    columns = [row[1] for row in into.execute(f"PRAGMA table_info({table})")]
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns)
    copied = 0
    for row in _readable_rows(damaged, key, table, names):
        try:
            with transaction(into, writing=True):
                into.execute(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
                    f" ON CONFLICT DO UPDATE SET {updates}",
                    row,
                )
            copied += 1
        except sqlite.IntegrityError:
            continue  # what it belongs to was on a damaged page
    return copied


def _readable_rows(damaged: Path, key: bytes, table: str, names: str) -> Iterator[tuple[Any, ...]]:
    """The rows before the first page that fails, then those after the last one, from the end.

    Each walk has a connection of its own: after a page that failed the old one reads nothing more.
    """
    order = ("op_seq", "number") if table == "attempt" else ("rowid",)
    seen: set[tuple[Any, ...]] = set()
    for direction in ("ASC", "DESC"):
        ordered = ", ".join(f"{column} {direction}" for column in order)
        try:
            source = connect(damaged, key, durable=True)
        except StoreError:
            return
        try:
            for row in source.execute(f"SELECT {names} FROM {table} ORDER BY {ordered}"):  # noqa: S608
                if row not in seen:
                    seen.add(row)
                    yield row
        except sqlite.DatabaseError:
            continue
        finally:
            source.close()
