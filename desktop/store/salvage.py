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
    try:
        source = connect(damaged, key, durable=True)
    except StoreError:
        return 0
    try:
        return sum(_copy_table(source, into, table) for table in _TABLES)
    finally:
        source.close()


def _copy_table(source: Connection, into: Connection, table: str) -> int:
    columns = [row[1] for row in into.execute(f"PRAGMA table_info({table})")]
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns)
    copied = 0
    for row in _readable_rows(source, table, names):
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


def _readable_rows(source: Connection, table: str, names: str) -> Iterator[tuple[Any, ...]]:
    """Every row that can be read; a damaged page costs its own rows only.

    Goes from both ends towards the first page that fails.
    """
    order = "op_seq, number" if table == "attempt" else "rowid"
    seen: set[tuple[Any, ...]] = set()
    for direction in ("ASC", "DESC"):
        try:
            rows = source.execute(
                f"SELECT {names} FROM {table} ORDER BY "  # noqa: S608
                + ", ".join(f"{part} {direction}" for part in order.split(", "))
            )
            for row in rows:
                if row not in seen:
                    seen.add(row)
                    yield row
        except sqlite.DatabaseError:
            continue
