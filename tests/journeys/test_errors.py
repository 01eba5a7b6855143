"""Each refusal of the portal leads to its reaction and a sentence; nothing is lost or doubled."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.event import DeliveryMark
from desktop.domain.timespan import TimeSpan
from tests.builders import MONDAY, TUESDAY
from tests.journeys.deeds import (
    add_alex,
    book_with_alex,
    enter_signed_in,
    finish_sign_in,
    move_by_drag,
)
from tests.journeys.person import Person
from tests.journeys.stage import Stage, hours
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(120)]

AFTERNOON = hours(TUESDAY, 14, 15)
PASSING = ("QUERY_LIMIT_EXCEEDED", "OPERATION_TIME_LIMIT")
UNKNOWN = ("INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER", "WRONG_ENCODING")
SIGN_IN = (
    "NO_AUTH_FOUND", "expired_token", "invalid_token", "INVALID_CREDENTIALS",
    "authorization_error", "APPLICATION_NOT_FOUND", "ERROR_OAUTH",
)  # fmt: skip
STOPPED = (
    "OVERLOAD_LIMIT", "PORTAL_DELETED", "PAYMENT_REQUIRED", "user_access_error",
    "ACCESS_DENIED", "METHOD_CONFIRM_WAITING",
)  # fmt: skip
PARKED = {
    "insufficient_scope": "A permission is missing",
    "ERROR_METHOD_NOT_FOUND": "This server cannot do that",
    "WRONG_AUTH_TYPE": "This server cannot do that",
    "ALLOWED_ONLY_INTRANET_USER": "You have no right to do this",
    "allowed_only_intranet_user": "You have no right to do this",
    "METHOD_CONFIRM_DENIED": "You have no right to do this",
    "INVALID_REQUEST": "The server did not understand Parley",
    "ERROR_BATCH_METHOD_NOT_ALLOWED": "The server did not understand Parley",
    "ERROR_BATCH_LENGTH_EXCEEDED": "The server did not understand Parley",
    "ERROR_ARGUMENT": "The server does not accept a value",
    "ERROR_CORE": "The server does not accept a value",
}


def slots(titles: Iterable[str]) -> list[tuple[str, TimeSpan]]:
    """An hour of its own for each meeting, in one week."""
    return [
        (title, hours(MONDAY + timedelta(days=place % 5), 10 + place // 5, 11 + place // 5))
        for place, title in enumerate(titles)
    ]


def subjects(portal: Portal) -> list[str]:
    """What stands in the portal, by title."""
    return sorted(one["SUBJECT"] for one in portal.control.activities())


async def until_arrived(person: Person, portal: Portal, title: str) -> None:
    """Waits until the portal has it and nothing waits any more."""
    await person.until(lambda: title in subjects(portal), f"{title} on the portal")
    await person.until_status("Up to date")


async def test_what_passes_is_waited_for_and_what_is_unknown_is_looked_up(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    trusted.control.configure(time_shape="bare")  # it does not say for how long a method rests
    async with stage:
        person = await enter_signed_in(stage, trusted)
        for code, span in slots((*PASSING, *UNKNOWN)):
            trusted.control.fail(code, "crm.activity.add", executed=code == "WRONG_ENCODING")
            await book_with_alex(person, span, code)
            await until_arrived(person, trusted, code)
            assert not person.status.startswith("Needs attention")
    assert subjects(trusted) == sorted((*PASSING, *UNKNOWN))


async def test_an_account_that_is_stopped_keeps_its_changes_and_is_asked_again(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        for code, span in slots(STOPPED):
            trusted.control.fail(code, "*", times=-1)
            await book_with_alex(person, span, code)
            await person.until_status("Needs attention")
            await read_panel(person, "is stopped by its server. Parley asks again every hour.")
            assert person.entry(code).mark is not DeliveryMark.SETTLED
            trusted.control.clear_faults()
            await until_arrived(person, trusted, code)
    assert subjects(trusted) == sorted(STOPPED)


async def test_a_key_that_does_not_work_any_more_asks_to_sign_in_and_keeps_the_queue(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        for code, span in slots(SIGN_IN):
            trusted.control.fail(code, "*", times=-1)
            await book_with_alex(person, span, code)
            await person.until_status("Needs attention")
            await read_panel(person, "please sign in again. Your changes are kept.")
            assert person.entry(code).mark is not DeliveryMark.SETTLED
            trusted.control.clear_faults()
            person.press(Qt.Key.Key_F5, on=person.application.window)
            await until_arrived(person, trusted, code)
    assert subjects(trusted) == sorted(SIGN_IN)


async def test_a_change_that_is_refused_waits_for_its_user_and_the_others_go_on(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        for code, span in slots(PARKED):
            number = trusted.control.fail(code, "crm.activity.add", times=-1)
            await book_with_alex(person, span, code)
            await person.until_status(f"Needs attention · {code}")
            await read_panel(person, f"{code}: {PARKED[code]}")
            trusted.control.clear_faults(number)
            person.click("syncStatus")
            await person.until_seen("syncPanel")
            await person.until_read(code, "outboxView")
            person.click_text("Send again", "outboxView")
            await until_arrived(person, trusted, code)
            person.see(QWidget, "syncPanel").close()
            await person.until_gone("syncPanel")
    assert subjects(trusted) == sorted(PARKED)


async def read_panel(person: Person, words: str) -> None:
    """Opens what the status bar leads to, and reads it."""
    person.click("syncStatus")
    await person.until_seen("syncPanel")
    await person.until_read(words, "attentionPanel")
    person.see(QWidget, "syncPanel").close()
    await person.until_gone("syncPanel")


async def test_an_error_inside_an_answer_of_200_is_an_error(stage: Stage, trusted: Portal) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        trusted.control.fault(
            "status", "crm.activity.add", status=200, content_type="application/json",
            body='{"error": "", "error_description": "Access <b>denied</b>"}',
        )  # fmt: skip
        await book_with_alex(person, AFTERNOON, "Demo")
        await person.until_status("Needs attention · Demo")
        person.click("syncStatus")
        await person.until_seen("syncPanel")
        await person.until_read("You have no right to do this", "outboxView")
        assert not person.reads("<b>", "syncPanel")
        person.click_text("Discard", "outboxView")
        await person.until_status("Up to date")
    assert trusted.control.activities() == []


@pytest.mark.parametrize("kind", ["cut", "drop_after", "drop_before", "late", "html"])
async def test_an_answer_that_is_lost_makes_exactly_one_meeting(
    stage: Stage, trusted: Portal, kind: str
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        # Absence can only be proved by a search that has been seen to work here.
        await book_with_alex(person, hours(TUESDAY, 10, 11), "First")
        await until_arrived(person, trusted, "First")
        if kind == "html":
            trusted.control.fault("status", "crm.activity.add", status=502, executed=True)
        else:
            trusted.control.fault(kind, "crm.activity.add", seconds=0.3)
        await book_with_alex(person, AFTERNOON, "Demo")
        await until_arrived(person, trusted, "Demo")
        assert len(person.entries("Demo")) == 1
    assert subjects(trusted) == ["Demo", "First"]
    assert len(trusted.control.events()) == 2


async def test_a_first_meeting_that_cannot_be_looked_for_is_asked_about(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        trusted.control.fault("drop_before", "crm.activity.add")
        await book_with_alex(person, AFTERNOON, "Demo")
        await person.until_status("Needs attention · Demo")
        person.click("syncStatus")
        await person.until_seen("syncPanel")
        await person.until_read("Did it arrive?", "outboxView")
        person.click_text("It is not there, send it", "outboxView")
        await until_arrived(person, trusted, "Demo")
    assert subjects(trusted) == ["Demo"]


async def test_a_copy_that_the_network_made_is_shown_as_what_it_is(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        trusted.control.fault("twice", "crm.activity.add")
        await book_with_alex(person, AFTERNOON, "Demo")
        await until_arrived(person, trusted, "Demo")
        read = len(trusted.control.commands("calendar.event.get"))
        await person.until(
            lambda: len(trusted.control.commands("calendar.event.get")) > read + 2, "another look"
        )
        await person.until(
            lambda: len(person.entries("Demo")) == len(trusted.control.activities()),
            "screen and portal to agree",
        )


async def test_a_page_instead_of_data_and_silence_are_offline_and_pass(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        for fault in ({"kind": "status", "status": 200}, {"kind": "drop_before"}):
            trusted.control.fault(method="*", times=-1, **fault)
            await person.until_status("Offline")
            trusted.control.clear_faults()
            await person.until_status("Up to date")


async def test_a_bucket_that_overflows_slows_everything_down_and_loses_nothing(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        trusted.control.set_limits(drain_per_s=0.5, burst=1)  # too little for any machine
        titles = [f"Meeting {number}" for number in range(4)]
        for title, span in slots(titles):
            await book_with_alex(person, span, title)
        await person.until(lambda: trusted.control.refused_by_bucket() > 0, "a refusal")
        trusted.control.set_limits(drain_per_s=12, burst=5)
        await person.until(lambda: subjects(trusted) == titles, "all of them")
        await person.until_status("Up to date")


async def test_a_revoked_webhook_is_replaced_and_what_waited_goes_out_once(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await book_with_alex(person, AFTERNOON, "Before")
        await until_arrived(person, trusted, "Before")
        trusted.control.revoke()
        await person.until_status("Needs attention")
        await move_by_drag(person, "Before", hours(TUESDAY, 16, 17))
        await book_with_alex(person, hours(TUESDAY, 10, 11), "After")

        fresh = trusted.control.add_webhook(7)
        webhook = f"{trusted.url}/rest/{fresh['user']}/{fresh['secret']}/"
        person.click("syncStatus")
        await person.until_seen("syncPanel")
        await person.until_read("please sign in again", "attentionPanel")
        person.click_text("Sign in", "attentionPanel")
        await person.until_seen("webhookUrlField")
        await finish_sign_in(person, webhook)
        await person.until_gone("webhookUrlField")
        await until_arrived(person, trusted, "After")
    assert subjects(trusted) == ["After", "Before"]
    assert len(trusted.control.commands("crm.activity.update")) == 1
