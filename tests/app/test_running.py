"""Behind the first paint: what is said before sync is loaded is what sync says."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app.first_look import build_first_look
from desktop.app.running import Running
from desktop.app.settings import Settings, local_zone
from desktop.app.window_preferences import WindowPreferences
from desktop.domain.account import Account, AccountKind, AccountState
from desktop.store.own import OwnTables
from tests.builders import make_account

pytestmark = [pytest.mark.secrets, pytest.mark.timeout(60)]


async def filled(qapp: QApplication, profile: Path, *accounts: Account) -> Running:
    """An offline start up to the filled window; sync is not loaded yet."""
    settings = Settings(profile=profile, zone=local_zone(), offline=True)
    preferences = WindowPreferences(profile)
    look = build_first_look(qapp, settings, preferences)
    running = Running(look, settings, preferences)
    assert await running.open_files(None)

    def keep(own: OwnTables) -> None:
        for account in accounts:
            own.accounts.put(account)

    await running.ground.files.own.write(keep)
    await running.fill()
    return running


async def left(running: Running) -> None:
    look = running._look
    await look.tasks.close()
    look.feed.close()
    await running.close()
    look.window.dismantle()


async def test_without_a_network_the_window_says_so_before_sync_does(qapp, tmp_path: Path) -> None:
    served = make_account("served", kind=AccountKind.BITRIX24)
    running = await filled(qapp, tmp_path / "profile", served)

    assert running.inside.status.line().text == "Offline"

    await left(running)


@pytest.mark.parametrize(
    "account",
    [
        make_account("mine", kind=AccountKind.LOCAL),
        make_account("asked", kind=AccountKind.BITRIX24, state=AccountState.SIGN_IN),
    ],
    ids=["kept here", "to be signed in again"],
)
async def test_what_only_sync_knows_is_left_to_it(qapp, tmp_path: Path, account: Account) -> None:
    running = await filled(qapp, tmp_path / "profile", account)

    assert running.inside.status.line().text == "Opening your data"

    await left(running)
