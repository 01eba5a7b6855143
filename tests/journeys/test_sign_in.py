"""Signing in with the browser, living with it, losing it and coming back: nothing is lost."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.builders import TUESDAY
from tests.journeys.deeds import add_alex, book_with_alex, enter_signed_in
from tests.journeys.person import Person
from tests.journeys.stage import Stage, hours
from tests.journeys.system_browser import (
    Row,
    SystemBrowser,
    add_application,
    finish_in_browser,
    sign_in_by_browser,
)
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(120)]


@pytest.fixture
def browser(qapp: object, trusted: Portal) -> Iterator[SystemBrowser]:
    shown = SystemBrowser(trusted)
    shown.take_over()
    yield shown
    shown.give_back()


@pytest.fixture
def app(trusted: Portal, stage: Stage) -> Row:
    return add_application(stage, trusted)


async def until_arrived(person: Person, portal: Portal, title: str) -> None:
    await person.until(lambda: title in subjects(portal), f"{title} to arrive")


def subjects(portal: Portal) -> list[str]:
    return sorted(row["SUBJECT"] for row in portal.control.activities())


async def test_from_the_empty_window_to_a_booked_meeting(
    stage: Stage, trusted: Portal, app: Row, browser: SystemBrowser
) -> None:
    add_alex(trusted)
    async with stage:
        person = await stage.enter()
        await sign_in_by_browser(person, trusted, app)
        await book_with_alex(person, hours(TUESDAY, 14, 15), "By browser")
        await until_arrived(person, trusted, "By browser")
        (page,) = [await walk for walk in browser.walks]

    assert "Back to Parley" in page
    assert app["client_secret"] not in browser.opened[0]
    assert trusted.control.token_requests() == {"authorization_code": 1}
    (made,) = trusted.control.activities()
    assert made["AUTHOR_ID"] == "7" or int(made["AUTHOR_ID"]) == 7


async def test_an_hour_later_the_tokens_are_renewed_once_and_nobody_notices(
    stage: Stage, trusted: Portal, app: Row, browser: SystemBrowser
) -> None:
    add_alex(trusted)
    async with stage:
        person = await stage.enter()
        await sign_in_by_browser(person, trusted, app)
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
    stage: Stage, trusted: Portal, app: Row, browser: SystemBrowser
) -> None:
    add_alex(trusted)
    async with stage:
        person = await stage.enter()
        await sign_in_by_browser(person, trusted, app)
        trusted.control.revoke_tokens(app["client_id"])
        await person.until_status("Needs attention")
        await person.until_read("please sign in again", "noticeBar")
        await book_with_alex(person, hours(TUESDAY, 10, 11), "Meanwhile")

        person.click_text("Sign in", "noticeBar")
        await person.until_seen("oauthClientIdField")
        known = person.see(QLineEdit, "oauthClientIdField")
        await person.until(lambda: known.text() == app["client_id"], "what was typed before")
        await finish_in_browser(person)
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
