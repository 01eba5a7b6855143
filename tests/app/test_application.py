"""The whole program: what works with a keyring, without one, and with files it cannot use."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from desktop.app import Application, create
from desktop.services import secrets
from desktop.services.preferences import Preferences, save_preferences
from desktop.ui.calendar.view_memory import Glance
from desktop.ui.widgets.buttons import LinkButton
from tests.builders import MONDAY, make_draft, make_span
from tests.ui.children import child

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system on which there is no keyring at all."""
    monkeypatch.setattr(secrets, "_first_usable", lambda _system: None)


async def opened(profile: Path) -> Application:
    application = create(profile)
    application.window.show()
    await application.start()
    return application


def status_text(application: Application) -> str:
    return child(application.window, QPushButton, "syncStatus").text()


@pytest.mark.usefixtures("no_keyring")
async def test_without_a_keyring_nothing_outlives_the_program(qapp, tmp_path: Path) -> None:
    application = await opened(tmp_path / "profile")

    assert status_text(application) == "Kept until you close Parley"
    assert "keyring" in application.window.notices.text()
    await application.close()
    assert not list((tmp_path / "profile").glob("*.db"))


@pytest.mark.usefixtures("no_keyring")
async def test_the_first_start_asks_where_the_data_is(qapp, tmp_path: Path) -> None:
    application = await opened(tmp_path)

    while (welcome := application.window.findChild(QWidget, "welcomeWizard")) is None:
        await asyncio.sleep(0.01)
    while not welcome.isVisible():
        await asyncio.sleep(0.01)
    assert child(application.window, QWidget, "addLocalButton").isVisible()
    assert not child(application.window, QWidget, "calendarView").isVisible()
    await application.close()


@pytest.mark.usefixtures("no_keyring")
async def test_the_days_on_view_stand_in_the_top_bar(qapp, tmp_path: Path) -> None:
    application = await opened(tmp_path)

    assert application.window.top_bar.range_text()
    assert application.window.findChildren(QLabel)
    await application.close()


@pytest.mark.secrets
async def test_a_second_start_on_the_same_profile_is_told_so(qapp, tmp_path: Path) -> None:
    first = await opened(tmp_path)
    second = await opened(tmp_path)

    assert "already open" in second.window.notices.text()
    assert status_text(second) == "Needs attention · This profile is already open"
    await second.close()
    await first.close()


@pytest.mark.secrets
async def test_what_was_booked_is_there_at_the_next_start(qapp, tmp_path: Path) -> None:
    first = await opened(tmp_path)
    await first._running.backend.accounts.add_local(title="Mine")
    await first.close()

    second = await opened(tmp_path)

    assert [one.title for one in await second._running.backend.accounts.all()] == ["Mine"]
    assert status_text(second) == "Saved on this computer"
    await second.close()


def test_a_view_of_another_month_comes_back_before_anything_runs(qapp, tmp_path: Path) -> None:
    seen = Glance("week", "2020-01-27", 48.0, 480, False, "", "2020-02-05T10:00:00+00:00")
    save_preferences(tmp_path, Preferences(sizes={"calendar": seen.to_text()}))

    application = create(tmp_path, clock=lambda: datetime(2020, 2, 5, 10, 30, tzinfo=UTC))

    assert "2020" in application.window.top_bar.range_text()
    application.window.dismantle()


async def test_a_folder_that_cannot_be_written_is_told(qapp, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    application = await opened(tmp_path / "file" / "profile")

    assert "could not be reached" in application.window.notices.text()
    assert status_text(application).startswith("Needs attention")
    assert not child(application.window, QPushButton, "newMeetingButton").isEnabled()
    await application.close()


@pytest.mark.secrets
async def test_what_was_being_written_is_told_at_the_next_start(qapp, tmp_path: Path) -> None:
    first = await opened(tmp_path)
    await first._running.backend.accounts.add_local(title="Mine")
    draft = make_draft("d1", make_span(MONDAY), title="Budget talk", title_edited=True)
    await first._running.backend.drafts.save(draft)
    await first.close()

    second = await opened(tmp_path)
    while second.window.notices.isHidden():
        await asyncio.sleep(0.01)

    assert "Budget talk" in second.window.notices.text()
    child(second.window.notices, LinkButton).click()
    while (dialog := second.window.findChild(QWidget, "meetingDialog")) is None:
        await asyncio.sleep(0.01)
    while not dialog.isVisible():
        await asyncio.sleep(0.01)
    assert child(dialog, QLineEdit, "meetingTitle").text() == "Budget talk"
    await second.close()
