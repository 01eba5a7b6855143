"""Signing in with the browser, on the page: what is typed, the wait, and the ways to fail."""

import asyncio
import socket
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.account import Account, AccountState, SignIn
from desktop.domain.errors import (
    AppError,
    IdentityChangedError,
    OfflineError,
    Refusal,
    RefusedError,
    SignInError,
    SignInProblem,
)
from desktop.domain.ids import UserId
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey
from desktop.services.sign_in.account_secrets import put_app_key, token_secret_name
from desktop.services.sign_in.app_sign_in import AppForm
from desktop.services.sign_in.moving import move_of
from desktop.ui.accounts.app_page import AppPage
from desktop.ui.accounts.move_sheet import MoveSheet
from desktop.ui.accounts.sign_in_texts import sign_in_text
from desktop.ui.accounts.welcome import WelcomeWizard
from tests.builders import make_account
from tests.services.house import Portal
from tests.ui.accounts.conftest import Doorman, Rooms
from tests.ui.children import child
from tests.ui.waiting import until

ID = "local.650b1d4c5e6f71.12345678"
KEY = "k3y-canary-of-the-app"
CODE = "c0decodecode1234"


class Browser(QObject):
    """The system's browser: remembers which pages it was asked to show."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[QUrl] = []

    @Slot(QUrl)
    def show_page(self, url: QUrl) -> None:
        self.pages.append(url)

    def state(self) -> str:
        """The state that the last page was asked with."""
        return self.pages[-1].query().partition("state=")[2]


@pytest.fixture
def browser(qapp: object) -> Iterator[Browser]:
    shown = Browser()
    QDesktopServices.setUrlHandler("https", shown, "show_page")  # type: ignore[arg-type]
    yield shown
    QDesktopServices.unsetUrlHandler("https")


@pytest.fixture
def port() -> str:
    """A port that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def make_wizard(qtbot: QtBot, rooms: Rooms) -> WelcomeWizard:
    wizard = WelcomeWizard(rooms.house.accounts, rooms.tasks)
    qtbot.addWidget(wizard)
    wizard.resize(760, 760)
    wizard.show()
    press(qtbot, wizard, "addBitrix24Button")
    return wizard


def press(qtbot: QtBot, window: QWidget, name: str) -> None:
    qtbot.mouseClick(child(window, QPushButton, name), Qt.MouseButton.LeftButton)


def field(wizard: WelcomeWizard, name: str) -> QLineEdit:
    return child(wizard, QLineEdit, name)


def message(wizard: WelcomeWizard) -> str:
    return child(wizard, QLabel, "accountMessage").text()


def choose_browser(qtbot: QtBot, wizard: WelcomeWizard) -> None:
    way = next(
        button
        for button in wizard.findChildren(QPushButton)
        if button.text() == "With the browser" and button.isVisible()
    )
    qtbot.mouseClick(way, Qt.MouseButton.LeftButton)


def fill_in(qtbot: QtBot, wizard: WelcomeWizard, port: str) -> None:
    choose_browser(qtbot, wizard)
    qtbot.keyClicks(field(wizard, "oauthPortalField"), "acme.bitrix24.com")
    qtbot.keyClicks(field(wizard, "oauthClientIdField"), ID)
    qtbot.keyClicks(field(wizard, "oauthClientSecretField"), KEY)
    field(wizard, "oauthPortField").setText(port)


async def open_browser(qtbot: QtBot, wizard: WelcomeWizard, browser: Browser, port: str) -> None:
    fill_in(qtbot, wizard, port)
    press(qtbot, wizard, "accountTestButton")
    await until(lambda: browser.pages)


async def settled(wizard: WelcomeWizard) -> None:
    await until(lambda: child(wizard, QPushButton, "accountTestButton").text() != "Stop")


def answer(browser: Browser, **changes: str) -> str:
    told = {"code": CODE, "state": browser.state(), "domain": "acme.bitrix24.com", **changes}
    return "&".join(f"{name}={value}" for name, value in told.items())


async def visit(port: str, query: str) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
    writer.write(f"GET /?{query} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    page = await reader.read()
    writer.close()
    await writer.wait_closed()
    return page.decode()


async def test_the_browser_comes_back_and_the_account_is_added(
    qtbot: QtBot, doorman: Doorman, browser: Browser, port: str
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        await open_browser(qtbot, wizard, browser, port)
        waiting = message(wizard)

        page = await visit(port, answer(browser))
        await settled(wizard)
        press(qtbot, wizard, "accountFinishButton")
        await until(lambda: len(rooms.house.engines.running) == 1)

        account = (await rooms.house.accounts.all())[-1]
        assert "Waiting for your browser" in waiting
        assert "Back to Parley" in page
        assert (account.sign_in, account.user_name) == (SignIn.OAUTH, "Anna Titova")
        kept = await rooms.house.secrets.get(token_secret_name(account.id, 1)) or ""
        assert "refresh-canary" in kept
        assert field(wizard, "oauthClientSecretField").text() == ""


async def test_the_page_that_is_opened_holds_no_secret(
    qtbot: QtBot, doorman: Doorman, browser: Browser, port: str
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        await open_browser(qtbot, wizard, browser, port)
        (page,) = browser.pages

        assert page.toString().startswith(
            f"https://acme.bitrix24.com/oauth/authorize/?client_id={ID}"
        )
        assert KEY not in page.toString()
        assert len(browser.state()) >= 32


async def test_a_pasted_address_goes_on_by_itself(
    qtbot: QtBot, doorman: Doorman, browser: Browser, port: str
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        await open_browser(qtbot, wizard, browser, port)

        field(wizard, "oauthCodeField").setText(f"https://relay.example/?{answer(browser)}")
        await settled(wizard)

        assert "Signed in as Anna Titova" in message(wizard)
        assert not field(wizard, "oauthCodeField").isVisible()


async def test_what_belongs_to_another_sign_in_is_said_beside_the_field(
    qtbot: QtBot, doorman: Doorman, browser: Browser, port: str
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        await open_browser(qtbot, wizard, browser, port)

        field(wizard, "oauthCodeField").setText(f"http://x.example/?{answer(browser, state='old')}")

        words = child(wizard, QLabel, "oauthCodeMessage").text()
        assert "another sign-in" in words
        assert child(wizard, QPushButton, "accountTestButton").text() == "Stop"


async def test_a_code_before_the_browser_was_opened_is_too_early(
    qtbot: QtBot, doorman: Doorman, browser: Browser, port: str
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        fill_in(qtbot, wizard, port)

        field(wizard, "oauthCodeField").setText(CODE)

        assert "first" in child(wizard, QLabel, "oauthCodeMessage").text()
        assert browser.pages == []


async def test_stopping_closes_the_door(
    qtbot: QtBot, doorman: Doorman, browser: Browser, port: str
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        await open_browser(qtbot, wizard, browser, port)

        press(qtbot, wizard, "accountTestButton")
        await until(lambda: field(wizard, "oauthPortalField").isEnabled())

        assert "Stopped" in message(wizard)
        with pytest.raises(OSError):
            await asyncio.open_connection("127.0.0.1", int(port))


async def test_the_page_can_be_opened_once_more(
    qtbot: QtBot, doorman: Doorman, browser: Browser, port: str
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        await open_browser(qtbot, wizard, browser, port)

        press(qtbot, wizard, "oauthOpenAgainButton")

        first, second = browser.pages
        assert first == second


async def test_a_taken_port_is_named_and_pasting_still_works(
    qtbot: QtBot, doorman: Doorman, browser: Browser
) -> None:
    async with doorman.open() as rooms:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            wizard = make_wizard(qtbot, rooms)
            await open_browser(qtbot, wizard, browser, str(other.getsockname()[1]))
            told = message(wizard)
            field(wizard, "oauthCodeField").setText(CODE)
            await settled(wizard)

        assert "Another program uses this port" in told
        assert "paste" in told
        assert "Signed in as Anna Titova" in message(wizard)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("oauthPortalField", "address of your portal"),
        ("oauthClientIdField", "application ID"),
        ("oauthClientSecretField", "application key"),
    ],
)
async def test_what_is_missing_is_said_at_its_field(
    qtbot: QtBot, doorman: Doorman, browser: Browser, port: str, missing: str, words: str
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        fill_in(qtbot, wizard, port)
        field(wizard, missing).clear()
        press(qtbot, wizard, "accountTestButton")

        assert words in child(wizard, QLabel, f"{missing}Message").text()
        assert wizard.focusWidget() is field(wizard, missing)
        assert browser.pages == []


async def test_a_port_that_cannot_be_is_said_where_it_stands(
    qtbot: QtBot, doorman: Doorman, browser: Browser
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        fill_in(qtbot, wizard, "80")
        press(qtbot, wizard, "accountTestButton")

        assert field(wizard, "oauthPortField").isVisible()
        assert browser.pages == []


@pytest.mark.parametrize("problem", SignInProblem)
async def test_each_way_to_fail_names_what_to_do(
    qtbot: QtBot, doorman: Doorman, browser: Browser, port: str, problem: SignInProblem
) -> None:
    error = SignInError(problem, code="raw_code", text="raw text")
    async with doorman.open(Portal(error=error)) as rooms:
        wizard = make_wizard(qtbot, rooms)
        await open_browser(qtbot, wizard, browser, port)
        field(wizard, "oauthCodeField").setText(CODE)
        await settled(wizard)
        text = sign_in_text(error)

        assert text.title in message(wizard)
        assert text.body in message(wizard)
        assert "raw" not in message(wizard)
        assert not child(wizard, QPushButton, "accountFinishButton").isEnabled()
        assert field(wizard, "oauthClientSecretField").text() == KEY, "nothing is typed twice"


def test_no_two_failures_read_the_same(qapp: object) -> None:
    texts = [sign_in_text(SignInError(problem)) for problem in SignInProblem]

    assert len({text.title for text in texts}) == len({text.body for text in texts}) == len(texts)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OfflineError(), "does not answer"),
        (RefusedError(Refusal.STOPPED, subject="plan"), "plan"),
        (RefusedError(Refusal.STOPPED, code="user_access_error"), "no access to the application"),
        (RefusedError(Refusal.SIGN_IN, code="APPLICATION_NOT_FOUND"), "not installed"),
    ],
)
async def test_what_the_portal_says_afterwards_is_told(
    qtbot: QtBot, doorman: Doorman, browser: Browser, port: str, error: AppError, words: str
) -> None:
    async with doorman.open(Portal(error=error)) as rooms:
        wizard = make_wizard(qtbot, rooms)
        await open_browser(qtbot, wizard, browser, port)
        field(wizard, "oauthCodeField").setText(CODE)
        await settled(wizard)

        assert words in message(wizard)


async def test_typing_into_the_applications_fields_means_the_browser(
    qtbot: QtBot, doorman: Doorman, browser: Browser
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)

        field(wizard, "oauthPortalField").setText("acme.bitrix24.com")

        assert field(wizard, "oauthPortalField").isVisible()
        assert not field(wizard, "webhookUrlField").isVisible()
        assert child(wizard, QPushButton, "accountTestButton").text() == "Sign in with the browser"


async def test_the_key_is_dots_until_the_eye_is_pressed(
    qtbot: QtBot, doorman: Doorman, browser: Browser, port: str
) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        fill_in(qtbot, wizard, port)
        secret = field(wizard, "oauthClientSecretField")

        assert secret.echoMode() is QLineEdit.EchoMode.Password
        assert secret.displayText() != KEY


async def test_signing_in_again_has_everything_typed_already(
    qtbot: QtBot, doorman: Doorman, browser: Browser
) -> None:
    async with doorman.open() as rooms:
        account = known_account()
        await rooms.house.add(account)
        await put_app_key(rooms.house.secrets, account.id, AppKey(ID, KEY, 50123))
        wizard = make_wizard(qtbot, rooms)
        wizard.sign_in_again(account)
        await until(lambda: field(wizard, "oauthClientIdField").text())

        assert field(wizard, "oauthPortalField").text() == "acme.bitrix24.com"
        assert field(wizard, "oauthClientSecretField").text() == KEY
        assert field(wizard, "oauthPortField").text() == "50123"


async def test_the_way_is_chosen_by_keys(qtbot: QtBot, doorman: Doorman, browser: Browser) -> None:
    async with doorman.open() as rooms:
        wizard = make_wizard(qtbot, rooms)
        webhook = next(
            button
            for button in wizard.findChildren(QPushButton)
            if button.text() == "With a webhook"
        )
        webhook.setFocus()
        qtbot.keyClick(webhook, Qt.Key.Key_Right)

        assert field(wizard, "oauthPortalField").isVisible()


def known_account() -> Account:
    return make_account(
        "a7",
        title="acme.bitrix24.com · Anna",
        address="https://acme.bitrix24.com",
        user_id=UserId("7"),
        sign_in=SignIn.OAUTH,
        state=AccountState.SIGN_IN,
    )


# A portal that has moved


async def move_sheet(qtbot: QtBot, rooms: Rooms, new: str) -> MoveSheet:
    account = make_account(
        "a7",
        title="acme.bitrix24.com · Anna",
        address="https://acme.bitrix24.com",
        state=AccountState.MOVED,
        moved_to=new,
    )
    await rooms.house.add(account)
    await rooms.house.secrets.put(
        "account:a7:webhook", "https://acme.bitrix24.com/rest/7/s3cr3tc0de/"
    )
    move = move_of(account)
    assert move is not None
    sheet = MoveSheet(account, move, rooms.house.accounts, rooms.tasks)
    qtbot.addWidget(sheet)
    sheet.ask()
    return sheet


async def test_a_move_goes_on_after_a_yes(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        sheet = await move_sheet(qtbot, rooms, "https://acme.bitrix24.de")
        moved: list[Account] = []
        sheet.moved.connect(moved.append)
        texts = [label.text() for label in sheet.findChildren(QLabel)]

        assert {"acme.bitrix24.com", "acme.bitrix24.de"} <= set(texts)
        assert not child(sheet, QLabel, "moveWarning").isVisible()
        press(qtbot, sheet, "confirmMoveButton")
        await until(lambda: moved)

        assert moved[0].address == "https://acme.bitrix24.de"


async def test_leaving_the_vendors_addresses_is_warned_of(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        sheet = await move_sheet(qtbot, rooms, "https://crm.evil.example")

        assert "none of Bitrix24's own" in child(sheet, QLabel, "moveWarning").text()
        assert sheet.focusWidget() is not child(sheet, QPushButton, "confirmMoveButton")
        assert rooms.portal.homes == []


async def test_somebody_else_at_the_new_address_is_said(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open(Portal(error=IdentityChangedError())) as rooms:
        sheet = await move_sheet(qtbot, rooms, "https://acme.bitrix24.de")
        press(qtbot, sheet, "confirmMoveButton")
        await until(lambda: "Somebody else" in child(sheet, QLabel, "moveMessage").text())

        assert child(sheet, QPushButton, "confirmMoveButton").isEnabled()


async def test_making_the_wizard_opens_no_window(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        before = set(QApplication.topLevelWidgets())
        wizard = WelcomeWizard(rooms.house.accounts, rooms.tasks)
        qtbot.addWidget(wizard)

        opened = [one for one in set(QApplication.topLevelWidgets()) - before if one.isVisible()]
        assert opened == []


async def test_without_a_browser_the_address_can_be_copied(
    qtbot: QtBot, doorman: Doorman, port: str
) -> None:
    def no_browser(_url: QUrl) -> bool:
        return False

    async with doorman.open() as rooms:
        page = AppPage(rooms.house.accounts, open_url=no_browser)
        qtbot.addWidget(page)
        page.show()
        said: list[str] = []
        page.progressed.connect(said.append)
        page.fill(AppForm("acme.bitrix24.com", ID, KEY, int(port)))
        waiting = asyncio.ensure_future(page.test())
        await until(lambda: said)
        press(qtbot, page, "oauthCopyButton")
        copied = QApplication.clipboard().text()
        waiting.cancel()
        await asyncio.wait({waiting})

        assert "No browser could be opened" in said[0]
        assert copied.startswith("https://acme.bitrix24.com/oauth/authorize/?client_id=local.")
        assert KEY not in copied
