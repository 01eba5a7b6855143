"""Real files in a temporary folder: nothing of the store is replaced."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.store.cache import CacheTables
from desktop.store.cache_file import open_cache
from desktop.store.own import OwnTables
from desktop.store.own_file import open_own
from tests.builders import NOW, make_account, make_clock

KEY = bytes(range(32))


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[CacheTables]:
    """The tables of a new cache.db, on this thread and without a transaction."""
    connections, _fresh = open_cache(tmp_path, KEY)
    yield CacheTables(connections[0], make_clock())
    for connection in connections:
        connection.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[OwnTables]:
    """The tables of a new store.db with one account."""
    opened = open_own(tmp_path, KEY, NOW)
    tables = OwnTables(opened.connection)
    tables.accounts.put(make_account())
    yield tables
    opened.connection.close()


@pytest.fixture
def damage() -> Callable[[Path, int], None]:
    """Turns one bit of a file over."""

    def turn(path: Path, at: int) -> None:
        data = bytearray(path.read_bytes())
        data[at] ^= 1
        path.write_bytes(data)

    return turn
