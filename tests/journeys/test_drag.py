"""Journey 2 and 6: drag to book, drag to change one's mind, and take it back."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.domain.event import DeliveryMark
from desktop.domain.timespan import TimeSpan
from tests.builders import THURSDAY, TUESDAY, WEDNESDAY
from tests.journeys.deeds import (
    add_alex,
    book_with_alex,
    delete_by_key,
    drag_over,
    enter_signed_in,
    lower,
    move_by_drag,
    span_of,
)
from tests.journeys.person import CTRL, LEFT, SHIFT
from tests.journeys.stage import Stage, hours
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(90)]

AFTERNOON = hours(TUESDAY, 14, 15)


def times_on(portal: Portal) -> tuple[datetime, datetime]:
    """Start and end of the only activity on the portal."""
    (activity,) = portal.control.activities()
    start, end = (datetime.fromisoformat(activity[key]) for key in ("START_TIME", "END_TIME"))
    return start, end


async def test_a_drag_asks_for_a_title_and_a_contact_and_enter_books(
    stage: Stage, trusted: Portal
) -> None:
    alex = add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await book_with_alex(person, AFTERNOON, "Demo")
        await person.until_gone("eventPopover")
        await person.until(trusted.control.activities, "the meeting on the portal")
        await person.until_status("Up to date")
        assert span_of(person, "Demo") == AFTERNOON
    (activity,) = trusted.control.activities()
    assert (activity["SUBJECT"], activity["OWNER_ID"]) == ("Demo", str(alex))
    assert times_on(trusted) == (AFTERNOON.start, AFTERNOON.end)


async def test_more_carries_what_was_typed_into_the_dialog(stage: Stage, trusted: Portal) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await drag_over(person, AFTERNOON)
        person.type("Demo")
        person.press(Qt.Key.Key_Tab)
        person.type("vronskij")
        await person.until_seen("popoverContactList")
        person.press(Qt.Key.Key_Return)
        person.click("popoverMoreButton")
        await person.until_seen("meetingDialog")
        assert not person.sees("eventPopover")
        assert person.see(QLineEdit, "meetingTitle").text() == "Demo"
        assert person.reads("Alex Vronskij", "meetingContacts")
        person.press(Qt.Key.Key_Return, CTRL)
        await person.until_drawn("Demo")
        await person.until(trusted.control.activities, "the meeting on the portal")
        await person.until_status("Up to date")
    assert times_on(trusted) == (AFTERNOON.start, AFTERNOON.end)


async def test_escape_asks_before_typed_words_are_lost_and_leaves_at_once_without(
    stage: Stage, trusted: Portal
) -> None:
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await drag_over(person, AFTERNOON)
        person.press(Qt.Key.Key_Escape)
        await person.until_gone("eventPopover")

        await drag_over(person, AFTERNOON)
        person.type("Half a thought")
        person.press(Qt.Key.Key_Escape)
        person.click("popoverKeepButton")
        assert person.see(QLineEdit, "popoverTitle").text() == "Half a thought"
        person.press(Qt.Key.Key_Escape, on=person.see(QLineEdit, "popoverTitle"))
        person.click("popoverDiscardButton")
        await person.until_gone("eventPopover")
        assert person.entries("Half a thought") == []


async def test_a_click_outside_folds_the_popover_and_the_draft_survives_a_restart(
    stage: Stage, trusted: Portal
) -> None:
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await drag_over(person, AFTERNOON)
        person.type("Half a thought")
        QTest.mouseClick(person.grid, LEFT, pos=person.rect_of(hours(THURSDAY, 10, 11)).center())
        await person.until_gone("eventPopover")
        await person.until(lambda: person.calendar.state.drafts, "the draft's block")
        await stage.leave(person)

        again = await stage.enter()
        await again.until(lambda: again.calendar.state.drafts, "the draft's block")
        again.calendar.show_time(AFTERNOON)
        QTest.mouseClick(again.grid, LEFT, pos=again.rect_of(AFTERNOON).center())
        await again.until_seen("meetingDialog")
        assert again.see(QLineEdit, "meetingTitle").text() == "Half a thought"
        again.press(Qt.Key.Key_Return, CTRL)
        await again.until_drawn("Half a thought")
        await again.until(trusted.control.events, "the event on the portal")
        assert again.calendar.state.drafts == ()


async def test_an_event_moves_and_stretches_by_drag(stage: Stage, trusted: Portal) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await book_with_alex(person, AFTERNOON, "Demo")
        await person.until(trusted.control.activities, "the meeting on the portal")
        await person.until_status("Up to date")

        moved = hours(WEDNESDAY, 11, 12)
        await move_by_drag(person, "Demo", moved)
        await person.until(lambda: times_on(trusted)[0] == moved.start, "the move on the portal")
        await person.until_status("Up to date")

        longer = TimeSpan(moved.start, moved.end + timedelta(minutes=30))
        edge = lower(person.rect_of_entry("Demo"))
        await person.drag(edge, lower(person.rect_of(longer)))
        await person.until(lambda: span_of(person, "Demo") == longer, "the longer event")
        await person.until(lambda: times_on(trusted)[1] == longer.end, "its end on the portal")
        await person.until_status("Up to date")
    assert len(trusted.control.activities()) == 1


async def test_a_meeting_is_edited_in_the_dialog(stage: Stage, trusted: Portal) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await book_with_alex(person, AFTERNOON, "Demo")
        await person.until(trusted.control.activities, "the meeting on the portal")
        await person.until_status("Up to date")

        QTest.mouseDClick(person.grid, LEFT, pos=person.rect_of_entry("Demo").center())
        await person.until_seen("meetingDialog")
        person.write("meetingTitle", "Second demo")
        person.write("meetingLocation", "At their office")
        person.press(Qt.Key.Key_Return, CTRL)
        await person.until_drawn("Second demo")
        await person.until(
            lambda: trusted.control.activities()[0]["SUBJECT"] == "Second demo", "the edit"
        )
        await person.until_status("Up to date")
    (activity,) = trusted.control.activities()
    assert activity["LOCATION"] == "At their office"
    assert len(trusted.control.events()) == 1


async def test_a_deletion_is_taken_back_by_the_toast_before_anything_was_sent(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await book_with_alex(person, AFTERNOON, "Demo")
        await person.until(trusted.control.activities, "the meeting on the portal")
        await person.until_status("Up to date")

        await delete_by_key(person, "Demo")
        await person.until_read("Deleted", "undoToast")
        person.click_text("Undo  Ctrl+Z", "undoToast")
        await person.until_drawn("Demo")
        await person.until_status("Up to date")
    assert trusted.control.commands("crm.activity.delete") == []
    assert len(trusted.control.activities()) == 1


async def test_undo_and_redo_work_before_and_after_the_portal_has_heard(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await book_with_alex(person, AFTERNOON, "Demo")
        await person.until(trusted.control.activities, "the meeting on the portal")
        await person.until_status("Up to date")

        def arrived(count: int) -> bool:
            return len(trusted.control.activities()) == count

        person.press(Qt.Key.Key_Z, CTRL)
        await person.until(lambda: not person.entries("Demo"), "the booking to be undone")
        await person.until(lambda: arrived(0), "the deletion on the portal")
        await person.until_status("Up to date")
        person.press(Qt.Key.Key_Z, CTRL | SHIFT)
        await person.until_drawn("Demo")
        await person.until(lambda: arrived(1), "the meeting on the portal again")
        await person.until_status("Up to date")

        moved = hours(WEDNESDAY, 11, 12)
        await move_by_drag(person, "Demo", moved)
        person.press(Qt.Key.Key_Z, CTRL)  # at once: perhaps nothing has been sent yet
        await person.until(lambda: span_of(person, "Demo") == AFTERNOON, "the move to be undone")
        await person.until_status("Up to date")
        await person.until(
            lambda: person.entry("Demo").mark is DeliveryMark.SETTLED, "a solid outline"
        )
    assert times_on(trusted) == (AFTERNOON.start, AFTERNOON.end)
    assert len(trusted.control.activities()) == len(trusted.control.events()) == 1
