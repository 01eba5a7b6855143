"""A keyring that has lost the key of the files: nothing is lost with it, and one can go on."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.app import Application, create
from desktop.services import secrets
from tests.app.drawer import Drawer
from tests.ui.waiting import until

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    drawer = Drawer()
    monkeypatch.setattr(secrets, "_first_usable", lambda: drawer)
    return drawer


async def opened(profile: Path) -> Application:
    application = create(profile, offline=True)
    application.window.show()
    await application.start()
    return application


async def closed(application: Application) -> None:
    await application.close()


def press(application: Application, text: str) -> None:
    buttons = application.window.notices.findChildren(QPushButton)
    next(one for one in buttons if one.text() == text).click()


async def test_without_its_key_the_data_is_left_alone(qapp, tmp_path: Path, drawer: Drawer) -> None:
    first = await opened(tmp_path)
    await first._running.backend.accounts.add_local(title="Mine")
    await closed(first)
    kept = dict(drawer.entries)
    drawer.entries.clear()

    second = await opened(tmp_path)
    assert "The key to your data is not in the keyring" in second.window.notices.text()
    assert await second._running.backend.accounts.all() == ()
    await closed(second)

    drawer.entries.update(kept)  # the old keyring is back
    third = await opened(tmp_path)
    assert [one.title for one in await third._running.backend.accounts.all()] == ["Mine"]
    await closed(third)


async def test_one_can_set_it_aside_and_start_anew(qapp, tmp_path: Path, drawer: Drawer) -> None:
    first = await opened(tmp_path)
    await first._running.backend.accounts.add_local(title="Mine")
    await closed(first)
    drawer.entries.clear()
    second = await opened(tmp_path)

    press(second, "Set the old data aside and start anew")
    await until(lambda: "The old data is kept in" in second.window.notices.text())
    press(second, "Close Parley")
    await until(second.ended.is_set)
    await closed(second)

    (place,) = tmp_path.glob("set-aside-*")
    assert (place / "store.db").exists()
    third = await opened(tmp_path)
    assert third.window.notices.isHidden()
    assert await third._running.backend.accounts.all() == ()
    assert not third._running.backend.vault.session_only
    await closed(third)


async def test_a_damaged_key_can_be_replaced_too(qapp, tmp_path: Path, drawer: Drawer) -> None:
    await closed(await opened(tmp_path))
    for name in drawer.entries:
        drawer.entries[name] = "not what Parley wrote"
    second = await opened(tmp_path)

    press(second, "Set the old data aside and start anew")
    await until(lambda: "The old data is kept in" in second.window.notices.text())
    await closed(second)

    third = await opened(tmp_path)
    assert not third._running.backend.vault.session_only
    await closed(third)
