"""Signing in with the browser, living with it, losing it and coming back: nothing is lost."""

import asyncio
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.builders import TUESDAY
from tests.journeys.deeds import add_alex, book_with_alex, enter_signed_in
from tests.journeys.person import Person
from tests.journeys.stage import Stage, hours
from tests.servers.browser import ScriptedBrowser
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(120)]


class SystemBrowser(QObject):
    """What opens when Parley asks for a page: somebody who signs in there, a step behind."""

    def __init__(self, portal: Portal) -> None:
        super().__init__()
        self._portal = portal
        self.opened: list[str] = []
        self.walks: list[asyncio.Future[str]] = []

    @Slot(QUrl)
    def show_page(self, url: QUrl) -> None:
        """Opens the page, signs in as employee 7, and goes where the portal leads."""
        address = bytes(url.toEncoded().data()).decode()
        self.opened.append(address)
        walking = asyncio.to_thread(self._walk, address)
        self.walks.append(asyncio.ensure_future(walking))

    def _walk(self, address: str) -> str:
        with ScriptedBrowser(self._portal) as browser:
            browser.sign_in(address, 7)
            return browser.page


@pytest.fixture
def browser(qapp: object, trusted: Portal) -> Iterator[SystemBrowser]:
    shown = SystemBrowser(trusted)
    QDesktopServices.setUrlHandler("https", shown, "show_page")  # type: ignore[arg-type]
    yield shown
    QDesktopServices.unsetUrlHandler("https")


@pytest.fixture
def app(trusted: Portal, stage: Stage) -> dict[str, Any]:
    """The application that the administrator has registered, and the port of its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stage.sign_in_server = trusted.sign_in_url
    made = trusted.control.add_app(
        f"http://127.0.0.1:{port}/", scopes=["crm", "calendar", "user", "department"]
    )
    return {**made, "port": port}


async def type_application(person: Person, portal: Portal, app: dict[str, Any]) -> None:
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


async def finish(person: Person) -> None:
    person.click("accountTestButton")
    ready = person.see(QPushButton, "accountFinishButton")
    await person.until(ready.isEnabled, "the browser to come back")
    person.click("accountFinishButton")


async def sign_in(person: Person, portal: Portal, app: dict[str, Any]) -> None:
    await type_application(person, portal, app)
    await finish(person)
    await person.until_gone("welcomeWizard")
    await person.until_status("Up to date")


async def until_arrived(person: Person, portal: Portal, title: str) -> None:
    await person.until(lambda: title in subjects(portal), f"{title} to arrive")


def subjects(portal: Portal) -> list[str]:
    return sorted(row["SUBJECT"] for row in portal.control.activities())


async def test_from_the_empty_window_to_a_booked_meeting(
    stage: Stage, trusted: Portal, app: dict[str, Any], browser: SystemBrowser
) -> None:
    add_alex(trusted)
    async with stage:
        person = await stage.enter()
        await sign_in(person, trusted, app)
        await book_with_alex(person, hours(TUESDAY, 14, 15), "By browser")
        await until_arrived(person, trusted, "By browser")
        (page,) = [await walk for walk in browser.walks]

    assert "Back to Parley" in page
    assert app["client_secret"] not in browser.opened[0]
    assert trusted.control.token_requests() == {"authorization_code": 1}
    (made,) = trusted.control.activities()
    assert made["AUTHOR_ID"] == "7" or int(made["AUTHOR_ID"]) == 7


async def test_an_hour_later_the_tokens_are_renewed_once_and_nobody_notices(
    stage: Stage, trusted: Portal, app: dict[str, Any], browser: SystemBrowser
) -> None:
    add_alex(trusted)
    async with stage:
        person = await stage.enter()
        await sign_in(person, trusted, app)
        trusted.control.expire_access(app["client_id"])
        await book_with_alex(person, hours(TUESDAY, 14, 15), "An hour later")
        await until_arrived(person, trusted, "An hour later")
        await person.until_status("Up to date")
        renewed = trusted.control.token_requests()["refresh_token"]
        await stage.leave(person)

        again = await stage.enter()
        await again.until_status("Up to date")

    assert renewed == 1
    assert trusted.control.token_requests()["refresh_token"] == 1
    assert subjects(trusted) == ["An hour later"]
    assert len(browser.opened) == 1


async def test_a_lost_sign_in_is_a_line_over_the_window_and_the_queue_survives(
    stage: Stage, trusted: Portal, app: dict[str, Any], browser: SystemBrowser
) -> None:
    add_alex(trusted)
    async with stage:
        person = await stage.enter()
        await sign_in(person, trusted, app)
        trusted.control.revoke_tokens(app["client_id"])
        await person.until_status("Needs attention")
        await person.until_read("please sign in again", "noticeBar")
        await book_with_alex(person, hours(TUESDAY, 10, 11), "Meanwhile")

        person.click_text("Sign in", "noticeBar")
        await person.until_seen("oauthClientIdField")
        known = person.see(QLineEdit, "oauthClientIdField")
        await person.until(lambda: known.text() == app["client_id"], "what was typed before")
        await finish(person)
        await person.until_gone("oauthClientIdField")
        await until_arrived(person, trusted, "Meanwhile")
        await person.until_status("Up to date")

    assert subjects(trusted) == ["Meanwhile"]
    assert len(trusted.control.commands("crm.activity.add")) == 1
    assert trusted.control.token_requests()["authorization_code"] == 2


async def test_a_portal_that_moved_gets_nothing_before_a_yes(stage: Stage, trusted: Portal) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        trusted.control.rename("localhost")
        await person.until_status("Needs attention")
        await book_with_alex(person, hours(TUESDAY, 10, 11), "While it moved")
        asked_there = [r for r in trusted.control.requests() if r["host"].startswith("localhost")]

        person.click_text("Look at it", "noticeBar")
        await person.until_seen("moveSheet")
        await person.until_read(f"localhost:{trusted.port}", "moveSheet")
        person.click("confirmMoveButton")
        await person.until_gone("moveSheet")
        await until_arrived(person, trusted, "While it moved")
        await person.until_status("Up to date")

    assert asked_there == []
    assert subjects(trusted) == ["While it moved"]
