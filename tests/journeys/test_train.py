"""Journey 4: everything works without a network, and goes out once, in order, afterwards."""

import asyncio
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from desktop.domain.errors import KeyringError, KeyringState
from desktop.domain.event import DeliveryMark
from desktop.services.secrets import SecretStore
from tests.builders import THURSDAY, TUESDAY, WEDNESDAY
from tests.journeys.deeds import (
    add_alex,
    book_by_drag,
    book_with_alex,
    delete_by_key,
    enter_signed_in,
    move_by_drag,
    open_card,
    span_of,
)
from tests.journeys.person import CTRL, LEFT, Person
from tests.journeys.stage import Stage, hours
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(90)]

AFTERNOON = hours(TUESDAY, 14, 15)
LATER = hours(WEDNESDAY, 11, 12)


@pytest.fixture
def train(trusted: Portal) -> Iterator[Portal]:
    """A portal with somebody to meet, that a test may take away."""
    add_alex(trusted)
    yield trusted
    if not trusted.is_running:
        trusted.start()


async def until_waiting(person: Person, title: str) -> None:
    await person.until(lambda: person.entry(title).mark is DeliveryMark.WAITING, "the mark")


async def test_work_goes_on_without_the_portal_and_arrives_once_in_order(
    stage: Stage, train: Portal
) -> None:
    async with stage:
        person = await enter_signed_in(stage, train)
        await book_with_alex(person, hours(THURSDAY, 10, 11), "Old meeting")
        await person.until(train.control.activities, "the meeting on the portal")
        await person.until_status("Up to date")
        train.stop()
        await person.until_status("Offline")

        await open_card(person, "vronskij", "Alex Vronskij")
        await person.until_read("+49 30 100 10 20", "contactCard")
        person.press(Qt.Key.Key_Escape)
        await book_with_alex(person, AFTERNOON, "On the train")
        await book_by_drag(person, hours(WEDNESDAY, 9, 10), "Without anybody")
        await move_by_drag(person, "On the train", LATER)
        await delete_by_key(person, "Old meeting")
        await person.until(lambda: "changes waiting" in person.status, "the count")
        for title in ("On the train", "Without anybody"):  # now and then one of them is tried
            await until_waiting(person, title)

        train.start()
        await person.until_status("Up to date")
        assert person.entry("On the train").mark is DeliveryMark.SETTLED
        assert span_of(person, "On the train") == LATER
        await person.until_drawn("Without anybody")
    (activity,) = train.control.activities()
    assert activity["SUBJECT"] == "On the train"
    adds = [command["fields"]["SUBJECT"] for command in train.control.commands("crm.activity.add")]
    assert adds == ["Old meeting", "On the train"]
    assert len(train.control.commands("calendar.event.add")) == 1
    assert len(train.control.commands("crm.activity.delete")) == 1
    names = [event["name"] for event in train.control.events()]
    assert sorted(names) == ["On the train", "Without anybody"]


async def test_a_start_without_network_shows_and_books_what_goes_out_at_the_next(
    stage: Stage, train: Portal
) -> None:
    async with stage:
        person = await enter_signed_in(stage, train)
        await book_with_alex(person, AFTERNOON, "Before the train")
        await person.until(train.control.activities, "the meeting on the portal")
        await person.until_status("Up to date")
        await stage.leave(person)

        arrived = train.control.count()
        person = await stage.enter(offline=True)
        await person.until_drawn("Before the train")
        await person.until_status("Offline")
        await open_card(person, "vronskij", "Alex Vronskij")
        person.press(Qt.Key.Key_Escape)
        await book_with_alex(person, LATER, "On the train")
        await move_by_drag(person, "Before the train", hours(THURSDAY, 15, 16))
        await person.until_status("Offline · 2 changes waiting")
        assert train.control.count() == arrived
        await stage.leave(person)

        person = await stage.enter()
        await person.until_status("Up to date")
        await person.until_drawn("On the train")
        assert span_of(person, "Before the train") == hours(THURSDAY, 15, 16)
    subjects = sorted(one["SUBJECT"] for one in train.control.activities())
    assert subjects == ["Before the train", "On the train"]


async def test_what_waits_wears_a_dashed_outline_that_turns_solid(
    stage: Stage, train: Portal
) -> None:
    async with stage:
        person = await enter_signed_in(stage, train)
        train.stop()
        await book_with_alex(person, AFTERNOON, "On the train")
        person.press(Qt.Key.Key_Escape)
        rect = person.rect_of_entry("On the train").adjusted(-2, -2, 2, 2)
        waiting = person.grid.grab(rect).toImage()
        train.start()
        await person.until_status("Up to date")
        await person.until(
            lambda: person.entry("On the train").mark is DeliveryMark.SETTLED, "it to be solid"
        )
        await asyncio.sleep(0.1)
        assert person.grid.grab(rect).toImage() != waiting


async def test_the_list_of_waiting_changes_sends_edits_and_discards(
    stage: Stage, train: Portal
) -> None:
    async with stage:
        person = await enter_signed_in(stage, train)
        train.control.fault(
            "status", "crm.activity.add", status=400, times=-1, content_type="application/json",
            body='{"error": "", "error_description": "Access denied"}',
        )  # fmt: skip
        await book_with_alex(person, AFTERNOON, "First")
        await book_with_alex(person, LATER, "Second")
        await person.until_status("Needs attention")
        person.click("syncStatus")
        await person.until_seen("syncPanel")
        await person.until_read("First", "outboxView")
        assert person.reads("You have no right to do this", "outboxView")
        assert person.sees("attentionPanel")

        choose_line(person, "First")
        person.click_text("Edit", "outboxView")
        await person.until_seen("meetingDialog")
        person.write("meetingTitle", "First, mended")
        train.control.clear_faults()
        person.press(Qt.Key.Key_Return, CTRL)
        await person.until(train.control.activities, "the mended meeting")
        await person.until(lambda: not person.reads("First", "outboxView"), "the line to go")
        choose_line(person, "Second")
        person.click_text("Discard", "outboxView")
        await person.until_read("Nothing is waiting", "syncPanel")
        await person.until(lambda: not person.entries("Second"), "the discarded meeting to go")
        await person.until_status("Up to date")
    assert [one["SUBJECT"] for one in train.control.activities()] == ["First, mended"]


async def test_a_parked_change_is_sent_again_on_request(stage: Stage, train: Portal) -> None:
    async with stage:
        person = await enter_signed_in(stage, train)
        train.control.fault(
            "status", "crm.activity.add", status=400, content_type="application/json",
            body='{"error": "", "error_description": "Access denied"}',
        )  # fmt: skip
        await book_with_alex(person, AFTERNOON, "Demo")
        await person.until_status("Needs attention · Demo")
        person.click("syncStatus")
        await person.until_read("Demo", "outboxView")
        person.click_text("Send again", "outboxView")
        await person.until_status("Up to date")
    assert len(train.control.activities()) == 1


def choose_line(person: Person, title: str) -> None:
    """A click on a row of the outbox."""
    view = person.see(QWidget, "outboxView").findChildren(QListView)[0]
    model = view.model()
    rows = [row for row in range(model.rowCount()) if title in str(model.index(row, 0).data())]
    rect = view.visualRect(model.index(rows[0], 0))
    QTest.mouseClick(view.viewport(), LEFT, pos=rect.center())


async def test_a_draft_in_the_dialog_survives_a_closed_program(stage: Stage, train: Portal) -> None:
    async with stage:
        person = await enter_signed_in(stage, train)
        await open_card(person, "vronskij", "Alex Vronskij")
        person.press(Qt.Key.Key_M)
        await person.until_seen("meetingDialog")
        person.write("meetingTitle", "Half a thought")
        person.write("meetingLocation", "Somewhere")
        await stage.leave(person)

        again = await stage.enter(offline=True)
        await again.until(lambda: again.calendar.state.drafts, "the draft's block")
        (block,) = again.calendar.state.drafts
        again.calendar.show_time(block.when)
        QTest.mouseClick(again.grid, LEFT, pos=again.rect_of(block.when).center())
        await again.until_seen("meetingDialog")
        assert again.see(QLineEdit, "meetingTitle").text() == "Half a thought"
        assert again.see(QLineEdit, "meetingLocation").text() == "Somewhere"


async def test_closing_takes_two_seconds_at_most_while_the_portal_holds_a_request(
    stage: Stage, train: Portal
) -> None:
    async with stage:
        person = await enter_signed_in(stage, train)
        train.control.fault("hold_after", "crm.activity.add")
        await book_with_alex(person, AFTERNOON, "Demo")
        await person.until(lambda: train.control.held() > 0, "the request to be held")
        began = time.monotonic()
        await stage.leave(person)
        assert time.monotonic() - began <= 2.0
        train.control.release()

        again = await stage.enter()
        await again.until_status("Up to date")
        await again.until(
            lambda: again.entry("Demo").mark is DeliveryMark.SETTLED, "a solid outline"
        )
    assert len(train.control.activities()) == 1


async def test_closing_takes_two_seconds_at_most_while_everything_hangs(
    stage: Stage, train: Portal
) -> None:
    async with stage:
        person = await enter_signed_in(stage, train)
        train.control.fault("hold_before", "*", times=-1)
        person.press(Qt.Key.Key_F5)
        await person.until(lambda: train.control.held() > 0, "a request to be held")
        began = time.monotonic()
        await stage.leave(person)
        assert time.monotonic() - began <= 2.0
    train.control.clear_faults()
    train.control.release()


@pytest.mark.expects_log
async def test_without_a_keyring_everything_lasts_until_the_program_is_closed(
    stage: Stage, train: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def absent(_profile: str) -> SecretStore:
        raise KeyringError(KeyringState.ABSENT)

    monkeypatch.setattr(SecretStore, "open", absent)
    async with stage:
        person = await stage.enter()
        await person.until_seen("welcomeWizard")
        assert person.reads("no keyring that Parley can use", "noticeBar")
        person.click("addLocalButton")
        person.click("accountFinishButton")
        await person.until_gone("welcomeWizard")
        await person.until_status("Kept until you close Parley")
        await book_by_drag(person, AFTERNOON, "Not for long")
        await stage.leave(person)
        left = list(stage.profile.rglob("*.db*"))
        assert left == []

        again = await stage.enter()
        await again.until_seen("welcomeWizard")
        assert again.entries() == []


async def test_a_second_start_on_the_same_profile_is_refused_with_words(
    stage: Stage, train: Portal
) -> None:
    async with stage:
        first = await enter_signed_in(stage, train)
        second = await stage.enter()
        await second.until(
            lambda: "This profile is already open" in " ".join(second.words("noticeBar")), "a word"
        )
        assert second.entries() == []
        await stage.leave(second)
        first.application.window.activateWindow()
        await first.until(first.application.window.isActiveWindow, "the first window in front")
        await book_with_alex(first, AFTERNOON, "Demo")
        await first.until(train.control.activities, "the meeting on the portal")
