"""A profile is opened, locked, encrypted, backed up, healed and closed."""

import asyncio
import ctypes
import os
import re
import signal
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import (
    ProfileInUseError,
    StoreDamagedError,
    StoreFullError,
    StoreTooNewError,
)
from desktop.domain.event import DeliveryMark
from desktop.domain.sync import OpState
from desktop.store.backups import Backups, opens
from desktop.store.database import connect
from desktop.store.files import BALLAST_BYTES, StoreFiles
from tests.builders import (
    MONDAY,
    NOW,
    make_account,
    make_contact,
    make_event,
    make_item,
    make_op,
    make_remote,
)
from tests.store.conftest import KEY

OTHER_KEY = bytes(32)
PAGE = 4096


def open_files(folder, key=KEY):
    return StoreFiles.open(folder, key)


async def add_ops(files, first, last):
    def work(tables):
        tables.accounts.put(make_account())
        for number in range(first, last):
            tables.items.put(make_item(f"e{number}", f"{number}"))
            wish = make_event(f"e{number}", description="word " * 300)
            tables.outbox.add(make_op(f"op{number}", wish, uid=f"e{number}"))

    await files.own.write(work)


async def op_ids(files):
    ops = await files.own.read(lambda tables: tables.outbox.unfinished())
    return {op.op_id for op in ops}


def names(folder):
    return {path.name for path in folder.iterdir()}


async def test_what_was_written_is_there_after_opening_again(tmp_path):
    files = await open_files(tmp_path)
    await add_ops(files, 0, 3)
    await files.cache.write(lambda tables: tables.contacts.upsert([make_contact()]))
    await files.close()

    files = await open_files(tmp_path)

    assert await op_ids(files) == {"op0", "op1", "op2"}
    assert await files.cache.read(lambda tables: tables.contacts.count()) == 1
    assert (files.recovered, files.set_aside, files.cache.fresh) == ("", None, False)
    await files.close()


async def test_a_transaction_that_fails_leaves_nothing(tmp_path):
    files = await open_files(tmp_path)

    def own(tables):
        tables.accounts.put(make_account())
        raise LookupError

    def cache(tables):
        tables.contacts.upsert([make_contact()])
        raise LookupError

    with pytest.raises(LookupError):
        await files.own.write(own)
    with pytest.raises(LookupError):
        await files.cache.write(cache)

    assert await files.own.read(lambda tables: tables.accounts.all()) == ()
    assert await files.cache.read(lambda tables: tables.contacts.count()) == 0
    await files.close()


async def test_readers_see_what_was_committed(tmp_path):
    files = await open_files(tmp_path)
    await files.cache.write(lambda tables: tables.contacts.upsert([make_contact()]))

    found = await files.cache.search(
        lambda tables: tables.contacts.search("anna", limit=9, today=MONDAY)
    )

    assert len(found) == 1
    await files.close()


@pytest.mark.skipif(os.name != "posix", reason="modes of files are a thing of POSIX")
async def test_nobody_else_may_look(tmp_path):
    folder = tmp_path / "profile"
    files = await open_files(folder)
    await add_ops(files, 0, 1)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert set(modes.values()) == {0o600}, modes
    assert {"store.db-wal", "cache.db-wal"} <= set(modes)
    await files.close()


async def test_a_thousand_names_are_in_no_plain_byte(tmp_path):
    files = await open_files(tmp_path)
    people = [
        make_contact(f"id{i:04}", f"Canary{i:04} Zebra{i:04}", email=f"mail{i:04}@x.example")
        for i in range(1000)
    ]

    def own(tables):
        tables.accounts.put(make_account())
        for person in people[:200]:
            tables.outbox.add(make_op(person.id, person, uid=person.id))

    await files.own.write(own)
    await files.cache.write(
        lambda tables: tables.contacts.upsert_records(make_remote(p, p.id) for p in people)
    )
    await files.own.back_up()

    plain = b"".join(path.read_bytes() for path in tmp_path.iterdir()).lower()

    assert len(plain) > 100_000
    assert re.findall(rb"canary\d{4}|zebra\d{4}|mail\d{4}|id\d{4}", plain) == []
    await files.close()


async def test_one_process_per_profile(tmp_path):
    files = await open_files(tmp_path)

    with pytest.raises(ProfileInUseError):
        await open_files(tmp_path)

    await files.close()
    await (await open_files(tmp_path)).close()


async def test_a_wrong_key_is_refused_and_nothing_is_touched(tmp_path):
    files = await open_files(tmp_path)
    await add_ops(files, 0, 3)
    await files.close()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    with pytest.raises(StoreDamagedError):
        await open_files(tmp_path, OTHER_KEY)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    files = await open_files(tmp_path)
    assert len(await op_ids(files)) == 3
    await files.close()


async def test_a_newer_schema_is_refused_and_nothing_is_touched(tmp_path):
    await (await open_files(tmp_path)).close()
    connection = connect(tmp_path / "store.db", KEY, durable=True)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(StoreTooNewError):
        await open_files(tmp_path)

    assert "store.db" in names(tmp_path)
    assert not any("damaged" in name for name in names(tmp_path))


async def test_a_cache_of_another_schema_is_made_anew(tmp_path):
    files = await open_files(tmp_path)
    await add_ops(files, 0, 1)
    await files.cache.write(lambda tables: tables.contacts.upsert([make_contact()]))
    await files.close()
    connection = connect(tmp_path / "cache.db", KEY, durable=False)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    files = await open_files(tmp_path)

    assert files.cache.fresh
    assert await files.cache.read(lambda tables: tables.contacts.count()) == 0
    assert await op_ids(files) == {"op0"}
    await files.close()


async def test_a_cache_that_does_not_open_is_made_anew_quietly(tmp_path, damage):
    files = await open_files(tmp_path)
    await add_ops(files, 0, 1)
    await files.close()
    damage(tmp_path / "cache.db", 100)

    files = await open_files(tmp_path)

    assert (files.cache.fresh, files.recovered) == (True, "")
    await files.close()


async def test_damage_found_while_reading_the_cache_makes_it_anew_at_the_next_start(
    tmp_path, damage
):
    files = await open_files(tmp_path)
    await files.cache.write(
        lambda tables: tables.contacts.upsert(
            make_contact(f"c{i}", notes="word " * 50) for i in range(900)
        )
    )
    await files.close()
    size = (tmp_path / "cache.db").stat().st_size
    for page in range(size // PAGE // 2, size // PAGE):
        damage(tmp_path / "cache.db", page * PAGE + 99)

    files = await open_files(tmp_path)
    with pytest.raises(StoreDamagedError):
        await files.cache.read(lambda tables: list(tables.contacts.all()))
    await files.close()
    files = await open_files(tmp_path)

    assert files.cache.fresh
    assert await files.cache.read(lambda tables: tables.contacts.count()) == 0
    await files.close()


async def test_a_damaged_store_gives_way_to_its_backup_and_what_can_still_be_read(tmp_path, damage):
    files = await open_files(tmp_path)
    await add_ops(files, 0, 40)
    await files.own.back_up()
    await add_ops(files, 40, 80)
    await files.close()
    size = (tmp_path / "store.db").stat().st_size
    damage(tmp_path / "store.db", size // 2)

    files = await open_files(tmp_path)

    found = await op_ids(files)
    assert {f"op{i}" for i in range(40)} <= found
    assert len(found) > 60, "rows on whole pages are salvaged"
    assert files.recovered == "backup"
    assert files.set_aside is not None
    assert files.set_aside.exists()
    assert await files.own.read(lambda tables: tables.check()) == ()
    await files.close()


async def test_a_store_whose_first_page_is_damaged_gives_way_to_its_backup(tmp_path, damage):
    files = await open_files(tmp_path)
    await add_ops(files, 0, 5)
    await files.own.back_up()
    await files.close()
    damage(tmp_path / "store.db", 500)

    files = await open_files(tmp_path)

    assert files.recovered == "backup"
    assert len(await op_ids(files)) == 5
    await files.close()


async def test_a_damaged_store_without_a_backup_is_set_aside_and_salvaged(tmp_path, damage):
    files = await open_files(tmp_path)
    await add_ops(files, 0, 40)
    await files.close()
    for name in names(tmp_path):
        if "backup" in name:
            (tmp_path / name).unlink()
    damage(tmp_path / "store.db", (tmp_path / "store.db").stat().st_size - 2 * PAGE)

    files = await open_files(tmp_path)

    assert files.recovered == "empty"
    assert len(await op_ids(files)) > 20
    await files.close()


async def test_the_newest_good_backup_is_taken(tmp_path, damage):
    files = await open_files(tmp_path)
    await add_ops(files, 0, 5)
    await files.own.back_up()
    await add_ops(files, 5, 9)
    await files.own.back_up()
    await files.close()
    damage(tmp_path / "store.backup-1.db", 5_000)

    good = Backups(tmp_path, KEY).newest_good()

    assert good == tmp_path / "store.backup-2.db"
    assert not opens(tmp_path / "store.backup-1.db", KEY)


async def test_backups_are_made_after_fifty_commits(tmp_path):
    files = await open_files(tmp_path)
    await files.own.read(lambda tables: None)  # the first backup is made by now
    before = (tmp_path / "store.backup-1.db").stat().st_mtime_ns
    for number in range(50):
        await files.own.write(lambda tables, n=number: tables.settings.put("x", str(n)))
    await files.own.read(lambda tables: None)

    assert (tmp_path / "store.backup-1.db").stat().st_mtime_ns > before
    assert (tmp_path / "store.backup-2.db").exists()
    await files.close()


def test_a_backup_is_due_once_a_day(tmp_path):
    backups = Backups(tmp_path, KEY)
    assert backups.due(NOW)
    connection = connect(tmp_path / "x.db", KEY, durable=True)
    backups.make(connection)
    connection.close()
    made = tmp_path / "store.backup-1.db"
    os.utime(made, (NOW.timestamp(), NOW.timestamp()))

    assert not backups.due(NOW + timedelta(hours=23))
    assert backups.due(NOW + timedelta(hours=24))
    assert backups.due(NOW - timedelta(hours=25))


async def test_a_full_disk_is_told_and_nothing_is_stored(tmp_path):
    files = await open_files(tmp_path)
    await add_ops(files, 0, 1)

    def fill(tables):
        (pages,) = tables.connection.execute("PRAGMA page_count").fetchone()
        tables.connection.execute(f"PRAGMA max_page_count = {pages}")
        for number in range(1, 100):
            wish = make_event(f"e{number}", description="word " * 300)
            tables.outbox.add(make_op(f"op{number}", wish, uid=f"e{number}"))

    with pytest.raises(StoreFullError):
        await files.own.write(fill)

    assert await op_ids(files) == {"op0"}
    await files.close()


async def test_ballast_gives_room_once(tmp_path):
    files = await open_files(tmp_path)
    assert (tmp_path / "ballast").stat().st_size == BALLAST_BYTES
    assert files.has_ballast()

    assert await files.release_ballast()

    assert not files.has_ballast()
    assert not await files.release_ballast()
    await files.close()


async def test_a_newer_search_of_the_same_input_stops_the_older_one(tmp_path):
    files = await open_files(tmp_path)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT sum(x) FROM n"
    running = asyncio.ensure_future(
        files.cache.search(lambda tables: tables.connection.execute(endless).fetchone())
    )
    queued = asyncio.ensure_future(files.cache.search(lambda tables: "queued"))
    for _turn in range(3):
        await asyncio.sleep(0)

    newest = await files.cache.search(lambda tables: "newest")

    assert newest == "newest"
    done = await asyncio.gather(running, queued, return_exceptions=True)
    assert [type(each) for each in done] == [asyncio.CancelledError] * 2
    await files.close()


async def test_searches_of_different_inputs_leave_each_other_alone(tmp_path):
    files = await open_files(tmp_path)

    one, other = await asyncio.gather(
        files.cache.search(lambda tables: 1, lane="field"),
        files.cache.search(lambda tables: 2, lane="dialog"),
    )

    assert (one, other) == (1, 2)
    await files.close()


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
@pytest.mark.parametrize("acknowledged", [1, 7, 60])
async def test_what_was_acknowledged_survives_a_kill(tmp_path, acknowledged):
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.store.killed", str(tmp_path), KEY.hex()],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        text=True,
    )
    assert writer.stdout is not None
    lines = [int(writer.stdout.readline()) for _line in range(acknowledged)]
    os.kill(writer.pid, signal.SIGKILL)
    rest = writer.stdout.read().split()
    writer.stdout.close()
    writer.wait()

    files = await open_files(tmp_path)

    safe = int(rest[-1]) if rest else lines[-1]
    found = await op_ids(files)
    assert {f"op{i}" for i in range(1, safe + 1)} <= found
    assert len(found) <= safe + 1
    items = await files.own.read(lambda tables: tables.items.of_account(make_account().id))
    assert {item.uid for item in items} == {op.replace("op", "c") for op in found}
    assert files.recovered == ""
    await files.close()


async def test_overlays_and_ops_are_apart(tmp_path):
    files = await open_files(tmp_path)
    await add_ops(files, 0, 1)
    await files.cache.write(
        lambda tables: tables.events.put_own(make_event("e0"), OpState.QUEUED.mark)
    )

    assert await files.cache.read(lambda tables: tables.events.overlays()) == {
        "e0": DeliveryMark.WAITING
    }
    await files.close()


def test_a_key_has_thirty_two_bytes(tmp_path):
    with pytest.raises(ValueError, match="32 bytes"):
        connect(tmp_path / "x.db", b"short", durable=True)


@pytest.mark.skipif(sys.platform != "linux", reason="asks glibc")
async def test_pages_that_were_read_are_let_go_and_read_again(tmp_path):
    files = await open_files(tmp_path)
    people = [make_contact(f"c{number}", name=f"Person {number}") for number in range(3_000)]
    await files.cache.write(lambda cache: cache.contacts.upsert(people))
    before = await in_use(files)

    files.release_memory()

    assert await in_use(files) < before - 512 * 1024
    assert await files.cache.read(lambda cache: cache.contacts.get(people[7].id)) == people[7]
    await files.close()


async def test_memory_may_be_released_before_and_after_as_well(tmp_path):
    files = StoreFiles()
    files.release_memory()
    await files.unlock(tmp_path, KEY)
    await files.close()
    files.release_memory()

    assert names(tmp_path) >= {"store.db", "cache.db"}


class MallInfo(ctypes.Structure):
    """What glibc's malloc.h calls struct mallinfo2."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"
        ).split()
    )


async def in_use(files):
    """Bytes that malloc has given out, once every thread of the store has come so far."""
    await files.cache.write(lambda cache: None)
    await files.cache.read(lambda cache: None)
    await files.cache.search(lambda cache: None)
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = MallInfo
    return ask().uordblks
