"""The system's browser, with somebody in it who signs in; and what one types to get there."""

import asyncio
import socket
from typing import Any

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.journeys.person import Person
from tests.journeys.stage import Stage
from tests.servers.browser import ScriptedBrowser
from tests.servers.portal import Portal

Row = dict[str, Any]


class SystemBrowser(QObject):
    """What opens when Parley asks for a page: employee 7 signs in there, a step behind."""

    def __init__(self, portal: Portal) -> None:
        super().__init__()
        self._portal = portal
        self.opened: list[str] = []
        self.led_to: list[str] = []
        self.walks: list[asyncio.Future[str]] = []

    def take_over(self) -> None:
        """Pages open here from now on."""
        QDesktopServices.setUrlHandler("https", self, "show_page")  # type: ignore[arg-type]

    def give_back(self) -> None:
        """And no longer."""
        QDesktopServices.unsetUrlHandler("https")

    @Slot(QUrl)
    def show_page(self, url: QUrl) -> None:
        """Opens the page, signs in, and goes where the portal leads."""
        address = bytes(url.toEncoded().data()).decode()
        self.opened.append(address)
        walking = asyncio.to_thread(self._walk, address)
        self.walks.append(asyncio.ensure_future(walking))

    def _walk(self, address: str) -> str:
        with ScriptedBrowser(self._portal) as browser:
            self.led_to.append(browser.sign_in(address, 7))
            return browser.page


def add_application(stage: Stage, portal: Portal) -> Row:
    """The application that an administrator has registered; ``port`` is its address's."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stage.sign_in_server = portal.sign_in_url
    made = portal.control.add_app(
        f"http://127.0.0.1:{port}/", scopes=["crm", "calendar", "user", "department"]
    )
    return {**made, "port": port}


async def finish_in_browser(person: Person) -> None:
    """Open the browser, wait until it comes back, take the account."""
    person.click("accountTestButton")
    ready = person.see(QPushButton, "accountFinishButton")
    await person.until(ready.isEnabled, "the browser to come back")
    person.click("accountFinishButton")


async def sign_in_by_browser(person: Person, portal: Portal, app: Row) -> None:
    """From the empty window to an account that is up to date."""
    await person.until_seen("addBitrix24Button")
    person.click("addBitrix24Button")
    await person.until_seen("webhookUrlField")
    person.click_text("With the browser", "welcomeWizard")
    await person.until_seen("oauthPortalField")
    person.write("oauthPortalField", portal.url)
    person.write("oauthClientIdField", app["client_id"])
    person.write("oauthClientSecretField", app["client_secret"])
    person.click("oauthHelpButton")
    await person.until_seen("oauthPortField")
    person.see(QLineEdit, "oauthPortField").setText(str(app["port"]))
    await finish_in_browser(person)
    await person.until_gone("welcomeWizard")
    await person.until_status("Up to date")
