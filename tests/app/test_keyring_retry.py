"""A keyring that is locked at the start: once it is open, one click goes on with one's own data."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked
from PySide6.QtWidgets import QPushButton

from desktop.app import Application, create
from desktop.app.main import _run
from desktop.services import secrets
from tests.app.drawer import Drawer
from tests.app.test_leaving import add_own_contact
from tests.ui.waiting import until

pytestmark = pytest.mark.timeout(60)


class LockableDrawer(Drawer):
    """Answers nothing while it is locked."""

    locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return super().get_password(service, username)


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> LockableDrawer:
    drawer = LockableDrawer()
    monkeypatch.setattr(secrets, "_first_usable", lambda: drawer)
    return drawer


def notice_button(application: Application, text: str) -> QPushButton | None:
    buttons = application.window.notices.findChildren(QPushButton)
    return next((one for one in buttons if one.text() == text and one.isVisible()), None)


def press(application: Application, text: str) -> None:
    button = notice_button(application, text)
    assert button is not None
    button.click()


async def furnish(profile: Path) -> None:
    """Own data, behind a key that is in the keyring."""
    application = create(profile, offline=True)
    await application.start()
    await application._running.backend.accounts.add_local(title="Mine")
    await application.close()


def maker(profile: Path, made: list[Application]) -> Callable[[], Application]:
    def make() -> Application:
        made.append(create(profile, offline=True))
        return made[-1]

    return make


async def account_titles(application: Application) -> list[str]:
    return [one.title for one in await application._running.backend.accounts.all()]


async def test_trying_again_opens_ones_own_data_in_the_same_run(
    qapp, tmp_path: Path, drawer: LockableDrawer
) -> None:
    await furnish(tmp_path)
    drawer.locked = True
    made: list[Application] = []
    make = maker(tmp_path, made)
    first = make()
    first.window.show()
    program = asyncio.ensure_future(_run(first, make))
    await until(lambda: notice_button(first, "Try again") is not None)
    await until(lambda: first._running.back is not None)

    press(first, "Try again")  # still locked
    await until(lambda: notice_button(first, "Try again") is not None)
    assert not first.ended.is_set()
    drawer.locked = False
    press(first, "Try again")
    await until(lambda: len(made) == 2 and made[1]._running is not None)
    await until(lambda: made[1]._running.back is not None)

    assert await account_titles(made[1]) == ["Mine"]
    assert made[1].window.isVisible()
    assert made[1].window.notices.isHidden()
    made[1].window.close()
    assert await program == 0
    assert len(made) == 2


async def test_who_stays_in_the_session_closes_it_for_good_later(
    qapp, tmp_path: Path, drawer: LockableDrawer
) -> None:
    await furnish(tmp_path)
    drawer.locked = True
    application = create(tmp_path, offline=True)
    application.window.show()
    await application.start()
    await add_own_contact(application)
    leaving = application._running.back._back.leaving
    drawer.locked = False

    press(application, "Try again")
    await until(leaving.sheet.isVisible)
    leaving.sheet.reject()

    assert not application.wants_again
    assert not application.ended.is_set()
    assert notice_button(application, "Open my data") is not None
    await application.close()
