"""The day beside the form: what it shows, and dragging in it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.ui.meeting.slot_strip import SlotStrip
from desktop.ui.widgets.buttons import IconButton
from tests.builders import FRIDAY, MOSCOW, THURSDAY, make_days, make_event, make_span
from tests.ui.meeting.conftest import ALEX, BOARD, FORECAST, STAND_UP, Desk, Opener, at


def drag(strip: SlotStrip, start: QPoint, end: QPoint, *, drop: bool = True) -> None:
    """Press, move in two steps and let go."""
    viewport, left = strip.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, left, pos=start)
    QTest.mouseMove(viewport, (start + end) / 2)
    QTest.mouseMove(viewport, end)
    if drop:
        QTest.mouseRelease(viewport, left, pos=end)


def strip_of(desk: Desk) -> SlotStrip:
    return desk.find(SlotStrip, "meetingDayStrip")


async def test_dragging_the_slot_changes_the_form(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        strip = strip_of(desk)
        middle = strip.slot_rect().center()
        down = strip.rect_of(at(13, 14)).center()
        drag(strip, middle, QPoint(middle.x(), down.y()))
        assert desk.draft.when == at(13, 14)
        assert desk.line("meetingStartTime").text() == "13:00"
        assert desk.line("meetingEndTime").text() == "14:00"


async def test_typing_a_time_moves_the_slot(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        strip = strip_of(desk)
        before = strip.slot_rect()
        desk.write("meetingStartTime", "13")
        after = strip.slot_rect()
        assert (
            after.y() - before.y() == strip.rect_of(at(13, 14)).y() - strip.rect_of(at(11, 12)).y()
        )


async def test_the_form_follows_while_the_slot_is_still_held(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        strip = strip_of(desk)
        middle = strip.slot_rect().center()
        down = QPoint(middle.x(), strip.rect_of(at(12, 13)).center().y())
        drag(strip, middle, down, drop=False)
        assert desk.line("meetingStartTime").text() == "12:00"
        QTest.keyClick(strip, Qt.Key.Key_Escape)
        assert desk.draft.when == at(11, 12)
        QTest.mouseRelease(strip.viewport(), Qt.MouseButton.LeftButton, pos=down)
        assert desk.draft.when == at(11, 12)
        assert desk.page.is_open


async def test_pulling_the_lower_edge_makes_it_longer(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        strip = strip_of(desk)
        edge = QPoint(strip.slot_rect().center().x(), strip.slot_rect().bottom() - 1)
        down = QPoint(edge.x(), strip.rect_of(at(13, 14)).y() - 1)
        drag(strip, edge, down)
        assert desk.draft.when == at(11, 13)


async def test_a_click_on_an_empty_place_puts_the_slot_there(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        strip = strip_of(desk)
        place = strip.rect_of(at(13.5, 14)).center()
        QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert desk.draft.when == at(13.5, 14.5)


async def test_a_click_on_another_event_changes_nothing(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        strip = strip_of(desk)
        place = strip.rect_of(at(16, 16.5)).center()
        QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert desk.draft.when == at(11, 12)


async def test_dragging_over_empty_hours_draws_another_length(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        strip = strip_of(desk)
        start = strip.rect_of(at(13, 14)).topLeft() + QPoint(20, 2)
        end = QPoint(start.x(), strip.rect_of(at(14.5, 15)).y() - 2)
        drag(strip, start, end)
        assert desk.draft.when == at(13, 14.5)


async def test_arrow_keys_move_the_slot_and_pull_its_end(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        strip = strip_of(desk)
        QTest.keyClick(strip, Qt.Key.Key_Down)
        assert desk.draft.when == at(11.25, 12.25)
        QTest.keyClick(strip, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
        assert desk.draft.when == at(11.25, 12)


async def test_a_slot_never_gets_shorter_than_a_snap_by_keys(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 11.25), contact=ALEX)
        QTest.keyClick(strip_of(desk), Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
        assert desk.draft.when == at(11, 11.25)


async def test_leafing_shows_other_days_and_leaves_the_slot(open_desk: Opener):
    friday = make_event("f1", "Friday's", make_span(FRIDAY, hours=(9, 10), zone=MOSCOW))
    async with open_desk(events=(STAND_UP, FORECAST, BOARD, friday)) as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        later = next(
            button
            for button in desk.dialog.panel.findChildren(IconButton)
            if button.accessibleName() == "Next day"
        )
        QTest.mouseClick(later, Qt.MouseButton.LeftButton)
        await desk.settle()
        strip = strip_of(desk)
        assert desk.dialog.panel.day == FRIDAY
        assert strip.slot_rect().isNull()
        assert desk.draft.when == at(11, 12)
        assert strip.accessibleDescription().startswith("Other events on Friday: 1.")
        place = strip.rect_of(make_span(FRIDAY, hours=(12, 12.5), zone=MOSCOW)).center()
        QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert desk.draft.when == make_span(FRIDAY, hours=(12, 13), zone=MOSCOW)


async def test_the_way_back_is_offered(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        desk.dialog.panel.leaf(2)
        back = next(
            button
            for button in desk.dialog.panel.findChildren(QPushButton)
            if button.text().startswith("Back to")
        )
        QTest.mouseClick(back, Qt.MouseButton.LeftButton)
        assert desk.dialog.panel.day == THURSDAY
        assert back.isHidden()


async def test_another_date_in_the_form_is_followed(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        desk.write("meetingStartDate", "fri")
        assert desk.dialog.panel.day == FRIDAY
        assert not strip_of(desk).slot_rect().isNull()


async def test_a_late_slot_is_brought_into_sight(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        desk.write("meetingStartTime", "22")
        strip = strip_of(desk)
        assert strip.viewport().rect().contains(strip.slot_rect())


async def test_whole_days_stand_above_the_hours_and_cannot_be_dragged_there(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(make_days(THURSDAY), contact=ALEX)
        strip = strip_of(desk)
        assert 0 < strip.slot_rect().height() < 30
        assert strip.slot_rect().bottom() < strip.rect_of(at(11, 12)).y()
        QTest.keyClick(strip, Qt.Key.Key_Down)
        assert desk.draft.when == make_days(THURSDAY)


async def test_the_edited_event_is_drawn_once(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_event("e2")
        description = strip_of(desk).accessibleDescription()
        assert description.startswith("Other events on Thursday: 2.")


async def test_what_cannot_be_changed_is_not_dragged(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_event("e3")
        strip = strip_of(desk)
        middle = strip.slot_rect().center()
        drag(strip, middle, middle + QPoint(0, 80))
        QTest.keyClick(strip, Qt.Key.Key_Down)
        assert desk.draft.when == at(20, 21)


async def test_a_drag_that_ends_leaves_later_changes_alone(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        strip = strip_of(desk)
        middle = strip.slot_rect().center()
        drag(strip, middle, middle + QPoint(0, 5))
        desk.write("meetingStartTime", "14")
        strip.setFocus()
        desk.line("meetingTitle").setFocus()
        assert desk.draft.when == at(14, 15)


async def test_the_strip_tells_a_screen_reader_what_is_planned(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        told = strip_of(desk).accessibleName()
        assert told.startswith("Meeting with Alex Vronsky, Thursday 19 November, 11:00 to 12:00")
