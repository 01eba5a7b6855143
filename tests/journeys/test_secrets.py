"""The webhook's secret stands in the keyring and nowhere else; no name stands in plain text."""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import logs
from tests.builders import TUESDAY
from tests.journeys.canary import files_with
from tests.journeys.deeds import (
    add_alex,
    book_with_alex,
    delete_by_key,
    enter_signed_in,
    move_by_drag,
    open_card,
)
from tests.journeys.person import Person
from tests.journeys.stage import Stage, hours
from tests.journeys.system_browser import SystemBrowser, add_application, sign_in_by_browser
from tests.servers.portal import Portal

pytestmark = [
    pytest.mark.journey,
    pytest.mark.secrets,
    pytest.mark.timeout(90),
    pytest.mark.expects_log,
]

FAILURES = (
    "NO_AUTH_FOUND", "PORTAL_DELETED", "INTERNAL_SERVER_ERROR", "ERROR_CORE", "WRONG_ENCODING",
)  # fmt: skip


@pytest.fixture
def noisy(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's own log at its most talkative, and a folder for its temporary files."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    level = logging.getLogger().level
    logs.configure(stage.profile / "logs", "DEBUG")
    yield temporary
    logs.close()
    logging.getLogger().setLevel(level)


def _all_struck(person: Person, portal: Portal) -> bool:
    """Whether each fault was met; F5 at each look, for what refuses is not asked by itself."""
    person.press(Qt.Key.Key_F5, on=person.application.window)
    return not portal.control.faults_pending()


async def test_no_byte_on_the_disk_and_no_window_tells_the_secret_or_a_name(
    stage: Stage,
    trusted: Portal,
    noisy: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    trusted.control.seed_contacts(200)
    add_alex(trusted)
    people = trusted.control.contacts()
    names = {one["LAST_NAME"] for one in people if len(one.get("LAST_NAME") or "") >= 6}
    secret = trusted.control.identity()["secret"]
    titles: set[str] = set()
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await open_card(person, "vronskij", "Alex Vronskij")
        person.press(Qt.Key.Key_Escape)
        await book_with_alex(person, hours(TUESDAY, 14, 15), "Confidential talk")
        for code in FAILURES:
            trusted.control.fail(code, "*", times=3)
            await person.until(partial(_all_struck, person, trusted), code)
        logging.getLogger("desktop").warning("a careless line: %s", trusted.webhook_url)
        trusted.control.fault("cut", "*", times=3)
        trusted.control.fault("drop_after", "*", times=3)
        await move_by_drag(person, "Confidential talk", hours(TUESDAY, 16, 17))
        titles |= {window.windowTitle() for window in QApplication.topLevelWidgets()}
        titles |= {one.accessibleName() for one in QApplication.allWidgets() if one.isVisible()}
        trusted.control.clear_faults()
        await person.until_status("Up to date")
        await delete_by_key(person, "Confidential talk")
        running = tmp_path / "copy"
        shutil.copytree(stage.profile, running)
        person.click("syncStatus")
        await person.until_seen("syncPanel")
        titles |= {window.windowTitle() for window in QApplication.topLevelWidgets()}
        assert not any(secret in said for said in person.words("syncPanel"))
        person.see(QWidget, "syncPanel").close()
        await person.until_gone("syncPanel")
    said = capfd.readouterr()
    assert files_with(stage.profile / "logs", "a careless line") != []
    for folder in (running, stage.profile, noisy):
        assert files_with(folder, secret, "Vronskij", "Confidential talk", *names) == []
    assert not any(secret in title for title in titles)
    assert secret not in said.out + said.err
    assert secret not in QApplication.clipboard().text()
    assert not any(secret in value for value in os.environ.values())
    assert oct(stage.profile.stat().st_mode & 0o777) == "0o700"
    stores = [path for path in stage.profile.iterdir() if ".db" in path.name]
    assert {oct(path.stat().st_mode & 0o777) for path in stores} == {"0o600"}


async def test_no_byte_on_the_disk_tells_an_applications_key_its_codes_or_its_tokens(
    stage: Stage,
    trusted: Portal,
    noisy: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    app, browser = add_application(stage, trusted), SystemBrowser(trusted)
    browser.take_over()
    client_id, secrets = app["client_id"], {app["client_secret"]}

    def remember() -> None:
        known = trusted.control.tokens(client_id)
        secrets.update(one["secret"] for one in known["access"])
        secrets.update(one["token"] for one in known["refresh"])

    try:
        async with stage:
            person = await stage.enter()
            await sign_in_by_browser(person, trusted, app)
            remember()
            for arrange in (
                lambda: trusted.control.expire_access(client_id),
                lambda: trusted.control.fault("drop_after", "oauth.token"),
                lambda: trusted.control.fault("cut", "*", times=3),
            ):
                arrange()
                person.press(Qt.Key.Key_F5, on=person.application.window)
                await person.until_status("Up to date")
                remember()
            logging.getLogger("desktop").warning("a careless line: %s", browser.led_to[0])
            trusted.control.revoke_tokens(client_id)
            await person.until_status("Needs attention")
            running = tmp_path / "copy"
            shutil.copytree(stage.profile, running)
            titles = {one.accessibleName() for one in QApplication.allWidgets() if one.isVisible()}
    finally:
        browser.give_back()
    secrets.add(browser.led_to[0].partition("code=")[2].partition("&")[0])
    said = capfd.readouterr()
    assert len(secrets) >= 6, "a key, a code and two pairs of tokens"
    assert files_with(stage.profile / "logs", "a careless line") != []
    for folder in (running, stage.profile, noisy):
        assert files_with(folder, *secrets) == []
    assert not any(secret in said.out + said.err for secret in secrets)
    assert not any(secret in title for title in titles for secret in secrets)
    assert not any(secret in QApplication.clipboard().text() for secret in secrets)
