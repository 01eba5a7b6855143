"""Closing a session that nothing outlives: what would be lost is named first."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.app import Application, create
from desktop.domain.account import AccountKind
from desktop.domain.ids import AccountId
from desktop.services import secrets
from desktop.services.steps import RecordChange, StepCode
from tests.app.drawer import Drawer
from tests.builders import make_account, make_contact
from tests.ui.children import child
from tests.ui.waiting import until

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "_first_usable", lambda: None)


@asynccontextmanager
async def session(profile: Path) -> AsyncIterator[Application]:
    application = create(profile, offline=True)
    application.window.show()
    await application.start()
    try:
        yield application
    finally:
        await application.close()


def sheet(application: Application) -> QWidget:
    return child(application.window, QWidget, "leaveSheet")


def press(application: Application, name: str) -> None:
    child(sheet(application), QPushButton, name).click()


async def add_own_contact(application: Application) -> None:
    account = await application._running.backend.accounts.add_local(title="Mine")
    contact = make_contact("alex", "Alex Vronsky", account=account.id)
    await application._running.backend.contacts.save(contact, new=True)


@pytest.mark.usefixtures("no_keyring")
async def test_with_nothing_to_lose_it_just_closes(qapp, tmp_path: Path) -> None:
    async with session(tmp_path) as application:
        await application._running.backend.accounts.add_local(sample=True)
        application.window.close()
        await until(application.ended.is_set)

        assert not sheet(application).isVisible()
        assert not application.window.isVisible()


@pytest.mark.usefixtures("no_keyring")
async def test_what_is_only_here_is_counted_and_can_be_left_or_kept(qapp, tmp_path: Path) -> None:
    async with session(tmp_path) as application:
        await add_own_contact(application)
        application.window.close()
        await until(lambda: sheet(application).isVisible())
        assert child(sheet(application), QLabel, "leaveLocal").text() == (
            "Only here: 1 contact and 0 events."
        )
        assert not child(sheet(application), QPushButton, "leaveSendButton").isVisible()
        assert not application.ended.is_set()
        assert application.window.isVisible()

        press(application, "leaveExportButton")
        assert child(application.window, QWidget, "accountsDialog").isVisible()

        press(application, "leaveAnywayButton")
        await until(application.ended.is_set)


@pytest.mark.usefixtures("no_keyring")
async def test_staying_goes_on_as_if_nobody_had_asked(qapp, tmp_path: Path) -> None:
    async with session(tmp_path) as application:
        await add_own_contact(application)
        application.window.close()
        await until(lambda: sheet(application).isVisible())
        sheet(application).close()
        assert application.window.isVisible()

        application.window.close()  # asked again, asked again
        await until(lambda: sheet(application).isVisible())
        assert not application.ended.is_set()


@pytest.mark.usefixtures("no_keyring")
async def test_unsent_changes_are_named_and_it_closes_once_they_are_gone(
    qapp, tmp_path: Path
) -> None:
    async with session(tmp_path) as application:
        backend = application._running.backend
        account = make_account("crm", AccountKind.BITRIX24, title="CRM")
        await backend.files.own.write(lambda own: own.accounts.put(account))
        contact = make_contact("c1", "Anna Vronskaya", account="crm")
        change = RecordChange(AccountId("crm"), contact.id, None, contact)
        await backend.undo.perform(StepCode.CONTACT_ADDED, contact.name, (change,))

        application.window.close()
        await until(lambda: sheet(application).isVisible())
        text = child(sheet(application), QLabel, "leaveUnsent").text()
        assert text.startswith("1 change has not reached its server:\n• Anna Vronskaya")
        press(application, "leaveSendButton")
        assert not application.ended.is_set()

        (line,) = await backend.outbox.lines()
        await backend.outbox.discard(line.entry.op_id)
        await until(application.ended.is_set)


async def test_with_a_keyring_nobody_is_asked(
    qapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "_first_usable", Drawer)
    async with session(tmp_path) as application:
        await add_own_contact(application)
        application.window.close()

        assert application.ended.is_set()
