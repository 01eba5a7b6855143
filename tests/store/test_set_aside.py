from pathlib import Path

import pytest

from desktop.domain.errors import ProfileInUseError, StoreDamagedError
from desktop.store.files import StoreFiles
from desktop.store.set_aside import set_files_aside
from tests.builders import NOW, make_account, make_clock

OLD_KEY, NEW_KEY = bytes(range(32)), bytes(range(1, 33))


async def filled(folder: Path) -> None:
    files = await StoreFiles.open(folder, OLD_KEY, clock=make_clock())
    await files.own.write(lambda own: own.accounts.put(make_account()))
    await files.close()


async def test_a_new_key_opens_what_was_cleared_and_the_old_data_stays_whole(tmp_path, qapp):
    await filled(tmp_path)
    with pytest.raises(StoreDamagedError):
        await StoreFiles.open(tmp_path, NEW_KEY, clock=make_clock())

    place = set_files_aside(tmp_path, NOW)
    new = await StoreFiles.open(tmp_path, NEW_KEY, clock=make_clock())
    accounts = await new.own.read(lambda own: own.accounts.all())
    await new.close()

    assert accounts == ()
    assert place == tmp_path / "set-aside-20261116T080000"
    assert place is not None
    old = await StoreFiles.open(place, OLD_KEY, clock=make_clock())
    assert [one.id for one in await old.own.read(lambda own: own.accounts.all())] == ["a1"]
    await old.close()


async def test_twice_in_a_second_makes_two_folders(tmp_path, qapp):
    await filled(tmp_path)
    first = set_files_aside(tmp_path, NOW)
    await filled(tmp_path)
    second = set_files_aside(tmp_path, NOW)

    assert first != second
    assert second is not None
    assert (second / "store.db").exists()


def test_where_there_is_nothing_nothing_is_made(tmp_path):
    assert set_files_aside(tmp_path, NOW) is None
    assert list(tmp_path.iterdir()) == []


async def test_what_another_parley_uses_stays(tmp_path, qapp):
    files = await StoreFiles.open(tmp_path, OLD_KEY, clock=make_clock())
    with pytest.raises(ProfileInUseError):
        set_files_aside(tmp_path, NOW)
    await files.close()

    assert (tmp_path / "store.db").exists()
