"""The way in: two screens at most, checked while typing, and the secret never on the screen."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.account import AccountKind, AccountState, Capabilities
from desktop.domain.errors import (
    KeyringError,
    KeyringState,
    OfflineError,
    OutcomeUnknownError,
    Refusal,
    RefusedError,
    Unreachable,
)
from desktop.domain.ids import UserId
from desktop.services.api.port import Identity
from desktop.services.sign_in.account_secrets import webhook_secret_name
from desktop.ui.accounts.webhook_field import WebhookField
from desktop.ui.accounts.welcome import WelcomeWizard
from desktop.ui.accounts.welcome_dialog import WelcomeDialog
from tests.services.house import ANNA, Portal
from tests.ui.accounts.conftest import Doorman, Rooms
from tests.ui.children import child
from tests.ui.waiting import until

SECRET = "s3cr3tc0de99"
MASKED = "https://acme.bitrix24.com/rest/7/****/"
WEBHOOK = f"https://acme.bitrix24.com/rest/7/{SECRET}/"


def make_wizard(qtbot: QtBot, rooms: Rooms, *, session_only: bool = False) -> WelcomeWizard:
    wizard = WelcomeWizard(rooms.house.accounts, rooms.tasks, session_only=session_only)
    qtbot.addWidget(wizard)
    wizard.resize(760, 640)
    wizard.show()
    return wizard


def press(qtbot: QtBot, wizard: WelcomeWizard, name: str) -> None:
    qtbot.mouseClick(child(wizard, QPushButton, name), Qt.MouseButton.LeftButton)


def message(wizard: WelcomeWizard) -> str:
    return child(wizard, QLabel, "accountMessage").text()


def type_webhook(qtbot: QtBot, wizard: WelcomeWizard, text: str = WEBHOOK) -> QLineEdit:
    press(qtbot, wizard, "addBitrix24Button")
    field = child(wizard, QLineEdit, "webhookUrlField")
    qtbot.keyClicks(field, text)
    return field


async def type_and_test(qtbot: QtBot, wizard: WelcomeWizard, text: str = WEBHOOK) -> None:
    type_webhook(qtbot, wizard, text)
    press(qtbot, wizard, "accountTestButton")
    await until(lambda: child(wizard, QPushButton, "accountTestButton").text() != "Stop")


async def test_sample_data_is_three_clicks_away(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        added: list[object] = []
        wizard.added.connect(added.append)

        press(qtbot, wizard, "addLocalButton")
        child(wizard, QCheckBox, "sampleDataCheck").click()
        press(qtbot, wizard, "accountFinishButton")
        await until(lambda: added)

        newest = (await rooms.house.accounts.all())[-1]
        assert (newest.kind, newest.sample, newest.title) == (
            AccountKind.LOCAL,
            True,
            "Sample data",
        )
        preview = await rooms.house.accounts.removal_preview(newest.id)
        assert preview.contacts > 10
        assert preview.events > 10


async def test_choosing_the_door_after_the_sample_leaves_both_chosen(
    qtbot: QtBot, doorman: Doorman
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)

        child(wizard, QCheckBox, "sampleDataCheck").click()
        press(qtbot, wizard, "addLocalButton")

        assert child(wizard, QPushButton, "addLocalButton").isChecked()
        assert child(wizard, QPushButton, "accountFinishButton").isEnabled()


async def test_an_empty_account_on_this_computer_takes_the_name_that_was_typed(
    qtbot: QtBot, doorman: Doorman
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        added: list[object] = []
        wizard.added.connect(added.append)

        press(qtbot, wizard, "addLocalButton")
        name = child(wizard, QLineEdit, "localNameField")
        name.selectAll()
        qtbot.keyClicks(name, "Club")
        press(qtbot, wizard, "accountFinishButton")
        await until(lambda: added)

        assert (await rooms.house.accounts.all())[-1].title == "Club"


async def test_what_is_not_built_is_not_offered(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)

        assert not child(wizard, QPushButton, "addScaleTradeButton").isVisible()
        assert not child(wizard, QPushButton, "accountTestButton").isVisible()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Paste the webhook"),
        ("abcdefghijkl1234", "only the secret code"),
        ("acme", "no web address"),
        ("https://acme.bitrix24.com/company/", "another page"),
        ("https://acme.bitrix24.com/rest/", "user's number"),
        ("https://acme.bitrix24.com/rest/7/", "cut off"),
        ("https://acme.bitrix24.com/rest/crm.contact.list", "app's address"),
        (f"acme.bitrix24.com/rest/7/{SECRET}/profile.json", "Portal acme.bitrix24.com, user 7"),
        (f'  "{WEBHOOK}"  ', "Portal acme.bitrix24.com"),
    ],
)
async def test_the_address_is_judged_while_it_is_typed(
    qtbot: QtBot, doorman: Doorman, typed: str, words: str
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)

        type_webhook(qtbot, wizard, typed)

        said = child(wizard, QLabel, "webhookMessage").text()
        assert words in said
        assert SECRET not in said


async def test_a_wrong_address_is_not_tested_but_explained(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)

        field = type_webhook(qtbot, wizard, "https://acme.bitrix24.com/company/")
        press(qtbot, wizard, "accountTestButton")

        assert rooms.portal.secrets_seen == []
        assert field.property("invalid") == "true"
        assert child(wizard, QLabel, "webhookMessage").property("tone") == "danger"


async def test_the_report_says_who_we_are_and_what_is_allowed(
    qtbot: QtBot, doorman: Doorman
) -> None:
    capabilities = Capabilities(
        create_events=False, calls=False, edit_contacts=False, missing_scopes=("crm",)
    )
    async with doorman.open(Portal(Identity(UserId("7"), "Anna Titova", capabilities))) as rooms:
        wizard = make_wizard(qtbot, rooms)

        await type_and_test(qtbot, wizard)

        said = " ".join(message(wizard).split())
        assert "Signed in as Anna Titova. Works here: contacts and calendar. " in said
        assert (
            "Editing contacts, creating activities, booking for colleagues, deals, comments in "
            "the timeline: no, ask your administrator for the scope crm. Without it "
        ) in said
        assert said.count("Repeating meetings: no, the portal or your rights") == 1


async def test_finishing_stores_the_secret_in_the_keyring_and_starts_the_sync(
    qtbot: QtBot, doorman: Doorman
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        added: list[object] = []
        wizard.added.connect(added.append)

        await type_and_test(qtbot, wizard)
        press(qtbot, wizard, "accountFinishButton")
        await until(lambda: added)

        account = (await rooms.house.accounts.all())[-1]
        assert (account.kind, account.user_name) == (AccountKind.BITRIX24, "Anna Titova")
        assert await rooms.house.secrets.get(webhook_secret_name(account.id)) == WEBHOOK
        assert account.id in rooms.house.engines.running


async def test_the_secret_is_out_of_sight_after_the_test(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)

        await type_and_test(qtbot, wizard)

        field = child(wizard, QLineEdit, "webhookUrlField")
        assert field.echoMode() == QLineEdit.EchoMode.Password
        assert SECRET not in field.displayText()
        seen = [label.text() for label in wizard.findChildren(QLabel)]
        spoken = [label.accessibleName() for label in wizard.findChildren(QLabel)]
        assert not [text for text in seen + spoken if SECRET in text]
        assert SECRET not in wizard.window().windowTitle()


async def test_adding_forgets_what_was_typed(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        added: list[object] = []
        wizard.added.connect(added.append)

        await type_and_test(qtbot, wizard)
        press(qtbot, wizard, "accountFinishButton")
        await until(lambda: added)

        assert child(wizard, QLineEdit, "webhookUrlField").text() == ""


async def test_what_was_forgotten_does_not_come_back(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        field = type_webhook(qtbot, wizard)
        press(qtbot, wizard, "accountBackButton")
        press(qtbot, wizard, "addBitrix24Button")

        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

        assert field.text() == ""


async def test_a_hidden_address_cannot_be_copied_but_replaced(
    qtbot: QtBot, doorman: Doorman
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        await type_and_test(qtbot, wizard)
        field = child(wizard, QLineEdit, "webhookUrlField")
        QGuiApplication.clipboard().setText("before")

        field.selectAll()
        field.copy()
        copied = QGuiApplication.clipboard().text()
        qtbot.keyClicks(field, "x")

        assert copied == "before"
        assert field.text() == "x"
        assert field.echoMode() == QLineEdit.EchoMode.Normal


async def test_the_eye_shows_and_hides_the_address(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        await type_and_test(qtbot, wizard)
        field = child(wizard, WebhookField)
        eye = child(wizard, QToolButton)
        hidden = field.shown_text()

        eye.click()
        shown = field.shown_text()
        eye.click()

        assert (hidden, shown, field.shown_text()) == (MASKED, WEBHOOK, MASKED)


async def test_what_came_of_the_test_is_scrolled_into_view(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        wizard.resize(420, 320)
        await type_and_test(qtbot, wizard)

        finish = child(wizard, QPushButton, "accountFinishButton")
        await until(lambda: not finish.visibleRegion().isEmpty())

        assert finish.visibleRegion().boundingRect().height() == finish.height()


async def test_an_edit_after_the_test_needs_another_test(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        await type_and_test(qtbot, wizard)
        assert child(wizard, QPushButton, "accountFinishButton").isEnabled()

        qtbot.keyClicks(child(wizard, QLineEdit, "webhookUrlField"), "x")

        assert not child(wizard, QPushButton, "accountFinishButton").isEnabled()
        assert message(wizard) == ""


@pytest.mark.parametrize(
    ("error", "cause", "cure"),
    [
        (OfflineError(Unreachable.NO_ANSWER), "does not answer", "later"),
        (OfflineError(Unreachable.NO_DNS), "name is not known", "misspelt"),
        (OfflineError(Unreachable.BAD_CERTIFICATE), "not trustworthy", "administrator"),
        (OfflineError(Unreachable.CAPTIVE_PORTAL), "sign-in first", "browser"),
        (OfflineError(Unreachable.PROXY), "proxy", "settings"),
        (OutcomeUnknownError(502, page=True), "page instead of data", "maintenance"),
        (RefusedError(Refusal.SIGN_IN, code="NO_AUTH_FOUND"), "not accept", "new webhook"),
        (RefusedError(Refusal.STOPPED, code="ACCESS_DENIED"), "stopped", "plan"),
        (RefusedError(Refusal.BUSY, retry_after_s=2.0), "busy", "again"),
        (RefusedError(Refusal.MOVED, subject="new.bitrix24.com"), "new address", "your browser"),
        (RefusedError(Refusal.STOPPED, code="user_access_error"), "no access", "Ask"),
        (RefusedError(Refusal.STOPPED, subject="plan"), "plan", "commercial"),
    ],
    ids=lambda value: repr(value)[:40] if isinstance(value, Exception) else "",
)
async def test_each_failure_names_its_cause_and_its_cure(
    qtbot: QtBot, doorman: Doorman, error: Exception, cause: str, cure: str
) -> None:
    async with doorman.open(Portal(error=error)) as rooms:
        wizard = make_wizard(qtbot, rooms)

        await type_and_test(qtbot, wizard)

        assert cause in message(wizard)
        assert cure in message(wizard)
        assert not child(wizard, QPushButton, "accountFinishButton").isEnabled()
        assert rooms.portal.closed == 1


async def test_servers_words_stand_under_details_as_plain_text(
    qtbot: QtBot, doorman: Doorman
) -> None:
    error = RefusedError(Refusal.SIGN_IN, code="WRONG", text="<img src='file:///etc/passwd'>")
    async with doorman.open(Portal(error=error)) as rooms:
        wizard = make_wizard(qtbot, rooms)

        await type_and_test(qtbot, wizard)

        assert "<img" not in message(wizard)
        details = next(b for b in wizard.findChildren(QPushButton) if b.text() == "Details")
        qtbot.mouseClick(details, Qt.MouseButton.LeftButton)
        shown = [one for one in wizard.findChildren(QLabel) if "<img" in one.text()]
        assert [one.textFormat() for one in shown] == [Qt.TextFormat.PlainText]
        assert shown[0].isVisible()


async def test_a_useless_webhook_is_not_added(qtbot: QtBot, doorman: Doorman) -> None:
    nothing = Capabilities(
        contacts=False,
        edit_contacts=False,
        create_contacts=False,
        calendar=False,
        create_events=False,
        calls=False,
        missing_scopes=("crm", "calendar", "user"),
    )
    async with doorman.open(Portal(replace(ANNA, capabilities=nothing))) as rooms:
        wizard = make_wizard(qtbot, rooms)

        await type_and_test(qtbot, wizard)

        assert "ask your administrator for the scope calendar" in message(wizard)
        assert not child(wizard, QPushButton, "accountFinishButton").isEnabled()


async def test_an_administrators_key_and_a_wrong_clock_are_told(
    qtbot: QtBot, doorman: Doorman
) -> None:
    async with doorman.open(Portal(replace(ANNA, admin=True, clock_offset_s=-420.0))) as rooms:
        wizard = make_wizard(qtbot, rooms)

        await type_and_test(qtbot, wizard)

        assert "administrator" in message(wizard)
        assert "7 min ahead" in message(wizard)
        assert child(wizard, QPushButton, "accountFinishButton").isEnabled()


async def test_without_a_keyring_it_says_how_long_the_key_is_kept(
    qtbot: QtBot, doorman: Doorman
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms, session_only=True)

        await type_and_test(qtbot, wizard)

        assert "only until you close Parley" in message(wizard)


class SlowPortal(Portal):
    """Never answers."""

    async def check(self) -> Identity:
        await asyncio.Event().wait()
        raise AssertionError


async def test_a_test_that_hangs_can_be_stopped(qtbot: QtBot, doorman: Doorman) -> None:
    portal = SlowPortal()
    async with doorman.open(portal) as rooms:
        wizard = make_wizard(qtbot, rooms)
        type_webhook(qtbot, wizard)
        press(qtbot, wizard, "accountTestButton")
        await until(lambda: portal.secrets_seen)

        press(qtbot, wizard, "accountTestButton")
        await until(lambda: portal.closed)

        assert "Stopped" in message(wizard)
        assert child(wizard, QPushButton, "accountTestButton").text() == "Test connection"


class LockedSecrets:
    """A keyring that nobody unlocks."""

    async def get(self, name: str) -> str | None:
        raise KeyringError(KeyringState.LOCKED)

    async def put(self, name: str, secret: str) -> None:
        raise KeyringError(KeyringState.LOCKED)

    async def remove(self, name: str) -> None:
        raise KeyringError(KeyringState.LOCKED)


async def test_a_locked_keyring_adds_nothing_and_says_so(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        rooms.house.accounts._secrets = LockedSecrets()
        before = await rooms.house.accounts.all()
        wizard = make_wizard(qtbot, rooms)

        await type_and_test(qtbot, wizard)
        press(qtbot, wizard, "accountFinishButton")
        await until(lambda: "locked" in message(wizard))

        assert await rooms.house.accounts.all() == before
        assert child(wizard, QPushButton, "accountFinishButton").isEnabled()


async def test_signing_in_again_renews_the_same_account(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        report = await rooms.house.accounts.test_webhook(WEBHOOK)
        account = await rooms.house.accounts.add_bitrix24(report)
        broken = replace(account, state=AccountState.SIGN_IN)
        await rooms.house.files.own.write(lambda own: own.accounts.put(broken))
        dialog = WelcomeDialog(rooms.house.accounts, rooms.tasks)
        qtbot.addWidget(dialog)
        added: list[object] = []
        dialog.added.connect(added.append)

        dialog.open_sign_in(broken)
        wizard = child(dialog, WelcomeWizard)
        new = WEBHOOK.replace(SECRET, "an0thersecret")
        qtbot.keyClicks(child(wizard, QLineEdit, "webhookUrlField"), new)
        press(qtbot, wizard, "accountTestButton")
        await until(lambda: child(wizard, QPushButton, "accountFinishButton").isEnabled())
        press(qtbot, wizard, "accountFinishButton")
        await until(lambda: added)

        known = {one.id: one for one in await rooms.house.accounts.all()}
        assert known[account.id].state is AccountState.ACTIVE
        assert await rooms.house.secrets.get(webhook_secret_name(account.id)) == new
        assert not dialog.isVisible()


async def test_somebody_elses_webhook_does_not_renew_an_account(
    qtbot: QtBot, doorman: Doorman
) -> None:
    async with doorman.open() as rooms:
        report = await rooms.house.accounts.test_webhook(WEBHOOK)
        account = await rooms.house.accounts.add_bitrix24(report)
        rooms.portal.identity = replace(ANNA, user_id=UserId("8"), user_name="Boris Orlov")
        wizard = make_wizard(qtbot, rooms)

        wizard.sign_in_again(account)
        qtbot.keyClicks(child(wizard, QLineEdit, "webhookUrlField"), WEBHOOK.replace("/7/", "/8/"))
        press(qtbot, wizard, "accountTestButton")
        await until(lambda: "Boris Orlov" in message(wizard))

        assert not child(wizard, QPushButton, "accountFinishButton").isEnabled()


async def test_closing_the_dialog_stops_the_test_and_forgets_the_address(
    qtbot: QtBot, doorman: Doorman
) -> None:
    portal = SlowPortal()
    async with doorman.open(portal) as rooms:
        dialog = WelcomeDialog(rooms.house.accounts, rooms.tasks)
        qtbot.addWidget(dialog)
        dialog.open_doors()
        wizard = child(dialog, WelcomeWizard)
        type_webhook(qtbot, wizard)
        press(qtbot, wizard, "accountTestButton")
        await until(lambda: portal.secrets_seen)

        dialog.reject()
        await until(lambda: portal.closed)
        await until(lambda: not dialog.findChildren(WelcomeWizard))


async def test_the_wizard_goes_by_keyboard_alone(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        added: list[object] = []
        wizard.added.connect(added.append)
        door = child(wizard, QPushButton, "addBitrix24Button")

        qtbot.keyClick(door, Qt.Key.Key_Space)
        field = child(wizard, QLineEdit, "webhookUrlField")
        qtbot.keyClicks(field, WEBHOOK)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        finish = child(wizard, QPushButton, "accountFinishButton")
        await until(finish.isEnabled)
        qtbot.keyClick(finish, Qt.Key.Key_Space)
        await until(lambda: added)

        assert (await rooms.house.accounts.all())[-1].user_name == "Anna Titova"
