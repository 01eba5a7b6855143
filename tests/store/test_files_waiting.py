"""The files may be asked before they are open, and say so when they cannot be opened."""

import asyncio
from pathlib import Path

import pytest

from desktop.domain.errors import ProfileInUseError
from desktop.store.files import StoreFiles

KEY = bytes(range(32))


async def test_what_is_asked_before_the_key_is_read_is_answered_after(tmp_path: Path) -> None:
    files = StoreFiles()
    asked = asyncio.ensure_future(files.own.write(lambda own: own.settings.put("a", "1")))
    read = asyncio.ensure_future(files.cache.read(lambda cache: cache.contacts.count()))

    await files.unlock(tmp_path, KEY)

    await asked
    assert await read == 0
    assert await files.own.read(lambda own: own.settings.get("a")) == "1"
    await files.close()


async def test_a_profile_that_cannot_be_opened_tells_whoever_waits(tmp_path: Path) -> None:
    first = await StoreFiles.open(tmp_path, KEY)
    second = StoreFiles()
    asked = asyncio.ensure_future(second.own.read(lambda own: own.accounts.all()))
    with pytest.raises(ProfileInUseError) as refused:
        await second.unlock(tmp_path, KEY)

    second.fail(refused.value)

    with pytest.raises(ProfileInUseError):
        await asked
    with pytest.raises(ProfileInUseError):
        await second.cache.read(lambda cache: cache.contacts.count())
    await second.close()
    await first.close()


async def test_closing_unopened_files_lets_nobody_wait() -> None:
    files = StoreFiles()
    asked = asyncio.ensure_future(files.own.read(lambda own: own.accounts.all()))
    await asyncio.sleep(0)

    await files.close()

    with pytest.raises(asyncio.CancelledError):
        await asked
