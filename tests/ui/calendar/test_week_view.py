from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.event import DeliveryMark, EventKind, Participation
from desktop.domain.freebusy import WorkHours
from desktop.ui import theme
from desktop.ui.calendar.week_view import WeekView
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    make_days,
    make_span,
)
from tests.ui.calendar.entries import make_entry

LEFT = Qt.MouseButton.LeftButton
RIGHT = Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


def middle(view: WeekView, span) -> QPoint:
    return view.rect_of(span).center()


def press(view: WeekView, at: QPoint) -> None:
    QTest.mousePress(view.viewport(), LEFT, NONE, at)


def move(view: WeekView, at: QPoint, modifiers=NONE) -> None:
    point = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        point,
        view.viewport().mapToGlobal(point),
        Qt.MouseButton.NoButton,
        LEFT,
        modifiers,
    )
    QApplication.sendEvent(view.viewport(), event)


def release(view: WeekView, at: QPoint, modifiers=NONE) -> None:
    QTest.mouseRelease(view.viewport(), LEFT, modifiers, at)


def drag(view: WeekView, start: QPoint, end: QPoint, modifiers=NONE) -> None:
    press(view, start)
    move(view, start + QPoint(0, 5), modifiers)
    move(view, end, modifiers)
    release(view, end, modifiers)


def type_key(view: WeekView, key: Qt.Key, modifiers=NONE) -> None:
    QTest.keyClick(view, key, modifiers)


# What is shown


def test_the_rectangle_of_an_event_is_where_it_is_painted(week_view):
    span = make_span(FRIDAY, hours=(10, 11))
    week_view.show_entries((make_entry("e1", span, color="#ff0000"),))

    rect = week_view.event_rect("e1")
    picture = week_view.viewport().grab().toImage()

    assert week_view.rect_of(span).contains(rect)
    bar = picture.pixelColor(rect.x() + 1, rect.center().y())
    assert bar.red() > 200
    assert bar.green() < 90


def test_what_is_not_shown_has_no_rectangle(week_view):
    week_view.show_entries((make_entry("e1", make_span(MONDAY + timedelta(days=7))),))

    assert week_view.event_rect("e1").isNull()
    assert week_view.event_rect("unknown").isNull()
    assert week_view.rect_of(make_span(MONDAY + timedelta(days=7))).isNull()


def test_a_scrolled_away_time_has_no_rectangle(week_view):
    week_view.verticalScrollBar().setValue(week_view.verticalScrollBar().maximum())

    assert week_view.rect_of(make_span(hours=(1, 2))).isNull()


def test_entries_that_are_equal_paint_nothing(week_view):
    entries = (make_entry("e1"), make_entry("e2", make_days(TUESDAY)))
    again = (make_entry("e1"), make_entry("e2", make_days(TUESDAY)))
    week_view.show_entries(entries)
    before = week_view.grab().toImage()
    paints = week_view.canvas.full_paints

    week_view.show_entries(again)

    assert week_view.grab().toImage() == before
    assert week_view.canvas.full_paints == paints


def test_new_data_moves_neither_scroll_nor_selection(week_view):
    week_view.show_entries((make_entry("e1"),))
    week_view.select("e1")
    week_view.verticalScrollBar().setValue(321)

    week_view.show_entries((make_entry("e1", summary="Renamed"), make_entry("e2")))

    assert week_view.verticalScrollBar().value() == 321
    assert week_view.state.selected == ("e1", None)


def test_it_opens_with_the_start_of_work_in_sight(week_view):
    assert not week_view.rect_of(make_span(WEDNESDAY, hours=(9, 9.5))).isNull()
    assert not week_view.rect_of(make_span(WEDNESDAY, hours=(10.5, 11))).isNull()


def test_another_week_keeps_the_hour_at_the_top(week_view):
    week_view.verticalScrollBar().setValue(300)

    week_view.show_days(MONDAY + timedelta(days=7), 7)

    assert week_view.verticalScrollBar().value() == 300


def test_scrolling_paints_a_strip_and_shows_the_same_as_painting_anew(week_view):
    week_view.show_entries(
        tuple(make_entry(f"e{n}", make_span(TUESDAY, hours=(n, n + 3))) for n in range(6, 18))
    )
    week_view.grab()
    paints = week_view.canvas.full_paints

    week_view.verticalScrollBar().setValue(week_view.verticalScrollBar().value() + 37)
    scrolled = week_view.viewport().grab().toImage()

    assert week_view.canvas.full_paints == paints
    week_view.canvas.invalidate()
    assert week_view.viewport().grab().toImage() == scrolled


def test_the_line_of_the_present_moves_without_painting_the_grid(week_view, clock):
    week_view.show_entries((make_entry("e1", make_span(WEDNESDAY, hours=(14, 15))),))
    week_view.grab()
    paints = week_view.canvas.full_paints, week_view.canvas.strip_paints

    clock.forward(minutes=1)
    week_view.now_line.check()
    week_view.grab()

    assert (week_view.canvas.full_paints, week_view.canvas.strip_paints) == paints


def test_an_event_that_ends_is_dimmed_at_that_minute(week_view, clock):
    week_view.show_entries((make_entry("e1", make_span(WEDNESDAY, hours=(10, 10.75))),))
    rect = week_view.event_rect("e1")
    before = week_view.grab().toImage().pixelColor(rect.center())

    clock.forward(minutes=10)
    week_view.now_line.check()

    assert week_view.grab().toImage().pixelColor(rect.center()) != before


# Creating


def test_dragging_over_free_hours_chooses_them(week_view, qtbot):
    span = make_span(TUESDAY, hours=(14, 15))
    rect = week_view.rect_of(span)

    with qtbot.waitSignal(week_view.slot_chosen) as chosen:
        drag(week_view, rect.topLeft() + QPoint(20, 1), rect.bottomLeft() + QPoint(20, 0))

    assert chosen.args == [span]


def test_dragging_upwards_chooses_them_too(week_view, qtbot):
    span = make_span(TUESDAY, hours=(14, 15))
    rect = week_view.rect_of(span)

    with qtbot.waitSignal(week_view.slot_chosen) as chosen:
        drag(week_view, rect.bottomLeft() + QPoint(20, -1), rect.topLeft() + QPoint(20, 1))

    assert chosen.args == [span]


def test_double_click_chooses_an_hour(week_view, qtbot):
    at = middle(week_view, make_span(TUESDAY, hours=(14, 14.5)))

    with qtbot.waitSignal(week_view.slot_chosen) as chosen:
        QTest.mouseDClick(week_view.viewport(), LEFT, NONE, at)

    assert chosen.args == [make_span(TUESDAY, hours=(14, 15))]


def test_dragging_in_the_lane_chooses_days(week_view, qtbot):
    first = middle(week_view, make_days(TUESDAY))
    last = middle(week_view, make_days(THURSDAY))

    with qtbot.waitSignal(week_view.slot_chosen) as chosen:
        drag(week_view, first, last)

    assert chosen.args == [make_days(TUESDAY, 3)]


def test_a_click_chooses_nothing_but_the_slot_of_the_keyboard(week_view):
    said: list[object] = []
    week_view.slot_chosen.connect(said.append)

    QTest.mouseClick(
        week_view.viewport(), LEFT, NONE, middle(week_view, make_span(TUESDAY, hours=(14, 14.5)))
    )

    assert not said
    assert week_view.state.cursor is not None
    assert (week_view.state.cursor.day, week_view.state.cursor.minute) == (TUESDAY, 14 * 60)


def test_the_ghost_is_live_while_dragging(week_view):
    rect = week_view.rect_of(make_span(TUESDAY, hours=(14, 15)))

    press(week_view, rect.topLeft() + QPoint(20, 1))
    move(week_view, rect.center())

    assert week_view.drags.proposal == make_span(TUESDAY, hours=(14, 14.5))
    week_view.mouse.let_go()


# Moving and resizing


def test_dragging_an_event_asks_for_another_time(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))
    target = make_span(THURSDAY, hours=(14, 15))

    with qtbot.waitSignal(week_view.move_requested) as moved:
        drag(week_view, week_view.event_rect("e1").center(), middle(week_view, target))

    assert moved.args == ["e1", None, target]


def test_the_drop_is_drawn_until_the_new_time_is_shown(week_view):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))
    target = make_span(THURSDAY, hours=(14, 15))
    drag(week_view, week_view.event_rect("e1").center(), middle(week_view, target))
    assert week_view.drags.landing is not None

    week_view.show_entries((make_entry("e1", target, mark=DeliveryMark.WAITING),))

    assert week_view.drags.landing is None
    assert week_view.drags.lifted is None


def test_dropping_where_it_was_asks_for_nothing(week_view):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))
    said = []
    week_view.move_requested.connect(lambda *args: said.append(args))
    at = week_view.event_rect("e1").center()

    drag(week_view, at, at + QPoint(0, 2))

    assert not said


def test_pulling_the_lower_edge_makes_it_longer(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))
    rect = week_view.event_rect("e1")
    handle = QPoint(rect.center().x(), rect.bottom() - 1)
    hour = week_view.rect_of(make_span(TUESDAY, hours=(11, 12))).height()

    with qtbot.waitSignal(week_view.move_requested) as moved:
        drag(week_view, handle, handle + QPoint(0, hour))

    assert moved.args == ["e1", None, make_span(TUESDAY, hours=(10, 12))]


def test_alt_drag_asks_for_a_copy(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))
    target = make_span(THURSDAY, hours=(14, 15))

    with qtbot.waitSignal(week_view.copy_requested) as copied:
        drag(week_view, week_view.event_rect("e1").center(), middle(week_view, target), ALT)

    assert copied.args == ["e1", None, target]


@pytest.mark.parametrize("way", ["escape", "right button", "deleted by a sync"])
def test_a_drag_can_be_given_up(week_view, way):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))
    said = []
    week_view.move_requested.connect(lambda *args: said.append(args))
    press(week_view, week_view.event_rect("e1").center())
    target = middle(week_view, make_span(THURSDAY, hours=(14, 15)))
    move(week_view, target)
    assert week_view.drags.active

    if way == "escape":
        type_key(week_view, Key.Key_Escape)
    elif way == "right button":
        QTest.mousePress(week_view.viewport(), RIGHT, NONE, target)
    else:
        week_view.show_entries(())
    assert not week_view.drags.active
    release(week_view, target)

    assert not said


def test_a_read_only_event_does_not_lift_and_says_why(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11)), read_only=True),))

    with qtbot.waitSignal(week_view.refused) as refused:
        press(week_view, week_view.event_rect("e1").center())
        move(week_view, middle(week_view, make_span(THURSDAY, hours=(14, 15))))

    assert refused.args == ["read_only"]
    assert not week_view.drags.active


def test_an_event_dropped_on_the_lane_takes_the_day(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))

    with qtbot.waitSignal(week_view.move_requested) as moved:
        drag(
            week_view,
            week_view.event_rect("e1").center(),
            middle(week_view, make_days(FRIDAY)),
        )

    assert moved.args == ["e1", None, make_days(FRIDAY)]


def test_the_way_back_from_the_lane_keeps_the_length(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 10.5))),))
    drag(week_view, week_view.event_rect("e1").center(), middle(week_view, make_days(FRIDAY)))
    week_view.show_entries((make_entry("e1", make_days(FRIDAY)),))
    slot = week_view.rect_of(make_span(THURSDAY, hours=(14, 14.25)))

    with qtbot.waitSignal(week_view.move_requested) as moved:
        drag(week_view, week_view.event_rect("e1").center(), slot.center())

    assert moved.args == ["e1", None, make_span(THURSDAY, hours=(14, 14.5))]


def test_holding_at_the_side_turns_the_page(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))
    press(week_view, week_view.event_rect("e1").center())
    edge = QPoint(week_view.viewport().width() - 3, week_view.event_rect("e1").center().y())

    with qtbot.waitSignal(week_view.page_requested, timeout=3000) as turned:
        move(week_view, edge)

    assert turned.args == [1]
    week_view.mouse.let_go()


def test_holding_at_the_lower_edge_scrolls(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))
    bar = week_view.verticalScrollBar()
    before = bar.value()
    press(week_view, week_view.event_rect("e1").center())
    at = QPoint(week_view.event_rect("e1").center().x(), week_view.viewport().height() - 4)

    with qtbot.waitSignal(bar.valueChanged, timeout=3000):
        move(week_view, at)

    assert bar.value() > before
    week_view.mouse.let_go()


# Opening, menu, hover


def test_double_click_opens_an_event(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))

    with qtbot.waitSignal(week_view.event_activated) as opened:
        QTest.mouseDClick(week_view.viewport(), LEFT, NONE, week_view.event_rect("e1").center())

    assert opened.args == ["e1", None]


def test_a_click_selects_an_event(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))

    with qtbot.waitSignal(week_view.event_selected) as selected:
        QTest.mouseClick(week_view.viewport(), LEFT, NONE, week_view.event_rect("e1").center())

    assert selected.args == ["e1", None]


def test_the_menu_offers_what_can_be_done(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))
    week_view.select("e1")

    type_key(week_view, Key.Key_F10)

    names = [action.objectName() for action in week_view.menu.actions() if action.objectName()]
    assert names == [
        "openEvent",
        "editEvent",
        "duplicateEvent",
        "copyEventDetails",
        "deleteEvent",
        "noteOutcome",
    ]
    with qtbot.waitSignal(week_view.duplicate_requested) as wished:
        week_view.menu.actions()[2].trigger()
    assert wished.args == ["e1", None]
    week_view.menu.close()


def test_the_menu_of_a_meeting_asks_what_became_of_it(week_view, qtbot):
    span = make_span(TUESDAY, hours=(10, 11))
    week_view.show_entries((make_entry("e1", span, kind=EventKind.MEETING),))
    week_view.select("e1")

    type_key(week_view, Key.Key_F10)

    (outcome,) = [one for one in week_view.menu.actions() if one.objectName() == "noteOutcome"]
    with qtbot.waitSignal(week_view.outcome_requested) as wished:
        outcome.trigger()
    assert wished.args == ["e1", None]
    week_view.menu.close()


def invitation(answer=Participation.NEEDS_ACTION):
    return make_entry(
        "e1", make_span(TUESDAY, hours=(10, 11)), read_only=True, participation=answer
    )


def test_the_menu_of_an_invitation_answers_it(week_view, qtbot):
    week_view.show_entries((invitation(Participation.ACCEPTED),))
    week_view.select("e1")

    type_key(week_view, Key.Key_F10)

    answers = {one.objectName(): one for one in week_view.menu.actions()}
    enabled = [name for name in ("acceptEvent", "declineEvent") if answers[name].isEnabled()]
    assert enabled == ["declineEvent"]
    assert answers["acceptEvent"].isChecked()
    with qtbot.waitSignal(week_view.answer_requested) as wished:
        answers["declineEvent"].trigger()
    assert wished.args == ["e1", Participation.DECLINED]
    week_view.menu.close()


def test_an_invitation_is_not_deleted_but_says_that_it_can_be_declined(week_view, qtbot):
    week_view.show_entries((invitation(),))
    week_view.select("e1")

    with (
        qtbot.waitSignal(week_view.refused) as refused,
        qtbot.assertNotEmitted(week_view.delete_requested),
    ):
        type_key(week_view, Key.Key_Delete)

    assert refused.args == ["invited"]


def test_details_are_copied_as_plain_text(week_view):
    entry = make_entry("e1", make_span(TUESDAY), location="<b>Room</b>", summary="Demo")
    week_view.show_entries((entry,))

    week_view.copy_details(entry)

    text = QApplication.clipboard().text()
    assert text.startswith("Demo\n")
    assert "<b>Room</b>" in text


def test_resting_on_an_event_shows_its_card(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY), summary="<i>Demo</i>"),))
    QTest.mouseMove(week_view.viewport(), week_view.event_rect("e1").center())

    qtbot.waitUntil(week_view.mouse.card.isVisible, timeout=3000)

    assert week_view.mouse.card._title.text() == "<i>Demo</i>"
    assert week_view.mouse.card._title.textFormat() is Qt.TextFormat.PlainText


def test_the_chip_of_hidden_events_lists_them(week_view):
    week_view.show_entries(
        tuple(make_entry(f"e{n:02}", make_span(TUESDAY, hours=(10, 11))) for n in range(20))
    )
    (chip,) = week_view.state.scene.chips
    frame = week_view.state.frame
    at = QPoint(chip.rect.x + 4, chip.rect.y + 4 + frame.top - frame.scroll_px)

    QTest.mouseClick(week_view.viewport(), LEFT, NONE, at)

    assert len(week_view.menu.actions()) == len(chip.keys)
    week_view.menu.close()


def test_the_chip_of_the_lane_opens_it(week_view):
    week_view.show_entries(tuple(make_entry(f"e{n}", make_days(TUESDAY)) for n in range(9)))
    (chip,) = week_view.state.scene.bar_chips

    QTest.mouseClick(week_view.viewport(), LEFT, NONE, QPoint(chip.rect.x + 9, chip.rect.y + 5))

    assert week_view.state.lane_open
    assert len(week_view.state.scene.bars) > 3


def test_the_chip_about_later_events_scrolls_to_them(week_view):
    week_view.show_entries((make_entry("late", make_span(TUESDAY, hours=(22, 23))),))
    assert week_view.event_rect("late").isNull()
    at = QPoint(
        week_view.state.frame.grid.x + week_view.state.frame.grid.width // 2,
        week_view.viewport().height() - 18,
    )

    QTest.mouseClick(week_view.viewport(), LEFT, NONE, at)

    assert not week_view.event_rect("late").isNull()


# Zoom


def test_ctrl_and_wheel_zoom_at_the_pointer(week_view):
    at = middle(week_view, make_span(TUESDAY, hours=(12, 12.5)))
    minute = week_view.state.frame.minute_at(at.y())
    event = QWheelEvent(
        QPointF(at),
        week_view.viewport().mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(week_view.viewport(), event)

    assert week_view.state.hour_px > 60
    assert abs(week_view.state.frame.minute_at(at.y()) - minute) < 2


def test_ctrl_plus_and_minus_zoom(week_view):
    before = week_view.state.hour_px

    type_key(week_view, Key.Key_Plus, CTRL)
    assert week_view.state.hour_px > before
    type_key(week_view, Key.Key_Minus, CTRL)
    assert week_view.state.hour_px == pytest.approx(before)


# Keyboard


def test_arrows_walk_through_slots(week_view):
    week_view.show_days(MONDAY, 7)
    press_at = middle(week_view, make_span(TUESDAY, hours=(10, 10.5)))
    QTest.mouseClick(week_view.viewport(), LEFT, NONE, press_at)

    type_key(week_view, Key.Key_Down)
    type_key(week_view, Key.Key_Right)

    assert (week_view.state.cursor.day, week_view.state.cursor.minute) == (WEDNESDAY, 630)


def test_up_from_midnight_reaches_the_lane(week_view):
    type_key(week_view, Key.Key_Up)
    type_key(week_view, Key.Key_Home)
    type_key(week_view, Key.Key_Up)

    assert week_view.state.cursor.minute is None
    type_key(week_view, Key.Key_Down)
    assert week_view.state.cursor.minute == 0


def test_enter_on_a_free_slot_chooses_it(week_view, qtbot):
    QTest.mouseClick(
        week_view.viewport(), LEFT, NONE, middle(week_view, make_span(TUESDAY, hours=(14, 14.5)))
    )

    with qtbot.waitSignal(week_view.slot_chosen) as chosen:
        type_key(week_view, Key.Key_Return)

    assert chosen.args == [make_span(TUESDAY, hours=(14, 15))]


def test_ctrl_arrows_walk_through_events_in_order(week_view):
    week_view.show_entries(
        (
            make_entry("b", make_span(WEDNESDAY, hours=(9, 10))),
            make_entry("a", make_span(TUESDAY, hours=(15, 16))),
            make_entry("day", make_days(WEDNESDAY)),
        )
    )
    seen = []
    for _ in range(4):
        type_key(week_view, Key.Key_Right, CTRL)
        seen.append(week_view.state.selected[0])

    assert seen == ["a", "day", "b", "b"]
    type_key(week_view, Key.Key_Left, CTRL)
    assert week_view.state.selected[0] == "day"


def test_enter_opens_the_selected_event(week_view, qtbot):
    week_view.show_entries((make_entry("e1"),))
    week_view.select("e1")

    with qtbot.waitSignal(week_view.event_activated) as opened:
        type_key(week_view, Key.Key_Return)

    assert opened.args == ["e1", None]


def test_delete_asks_for_the_events_end(week_view, qtbot):
    week_view.show_entries((make_entry("e1"),))
    week_view.select("e1")

    with qtbot.waitSignal(week_view.delete_requested) as deleted:
        type_key(week_view, Key.Key_Delete)

    assert deleted.args == ["e1", None]


def test_space_lifts_arrows_carry_and_enter_drops(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))
    week_view.select("e1")

    type_key(week_view, Key.Key_Space)
    type_key(week_view, Key.Key_Down)
    type_key(week_view, Key.Key_Right)
    with qtbot.waitSignal(week_view.move_requested) as moved:
        type_key(week_view, Key.Key_Return)

    assert moved.args == ["e1", None, make_span(WEDNESDAY, hours=(10.25, 11.25))]


def test_escape_puts_a_lifted_event_back(week_view):
    week_view.show_entries((make_entry("e1"),))
    week_view.select("e1")
    type_key(week_view, Key.Key_Space)
    type_key(week_view, Key.Key_Down)

    type_key(week_view, Key.Key_Escape)

    assert not week_view.drags.active
    assert week_view.state.selected == ("e1", None)


def test_shift_and_arrow_move_to_another_week(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY)),))
    week_view.select("e1")

    with qtbot.waitSignal(week_view.move_requested) as moved:
        type_key(week_view, Key.Key_Right, SHIFT)

    assert moved.args == ["e1", None, make_span(TUESDAY + timedelta(days=7))]


def test_page_keys_ask_for_other_days(week_view, qtbot):
    with qtbot.waitSignal(week_view.page_requested) as turned:
        type_key(week_view, Key.Key_PageDown)

    assert turned.args == [1]


def test_when_the_selected_event_goes_the_keyboard_stays_at_its_slot(week_view):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))
    week_view.select("e1")

    week_view.show_entries(())

    assert week_view.state.selected is None
    assert (week_view.state.cursor.day, week_view.state.cursor.minute) == (TUESDAY, 600)


def test_right_to_left_the_left_arrow_goes_to_the_next_day(week_view):
    week_view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QTest.mouseClick(
        week_view.viewport(), LEFT, NONE, middle(week_view, make_span(TUESDAY, hours=(10, 10.5)))
    )

    type_key(week_view, Key.Key_Left)

    assert week_view.state.cursor.day == WEDNESDAY


# Screen readers


def test_the_selected_event_is_the_description_of_the_view(week_view):
    week_view.show_entries(
        (make_entry("e1", make_span(TUESDAY), summary="Demo", names=("Alex Vronsky",)),)
    )

    week_view.select("e1")

    assert "Demo" in week_view.accessibleDescription()
    assert "with Alex Vronsky" in week_view.accessibleDescription()


def test_each_event_has_a_stand_in_where_it_is_painted(week_view):
    week_view.show_entries(
        (
            make_entry("e1", make_span(TUESDAY), summary="Demo"),
            make_entry("e2", make_days(FRIDAY), summary="Trade fair"),
        )
    )

    week_view.speech.place_children()

    children = week_view.speech.children
    assert children[("e1", None)].accessibleName().startswith("Demo, Tuesday")
    assert children[("e1", None)].geometry() == week_view.event_rect("e1")
    week_view.show_entries((make_entry("e2", make_days(FRIDAY)),))
    week_view.speech.place_children()
    assert set(week_view.speech.children) == {("e2", None)}


# Folding, and days elsewhere


def test_folded_hours_open_when_they_are_pressed(week_view):
    week_view.set_folded(True)
    assert week_view.rect_of(make_span(TUESDAY, hours=(3, 4))).height() < 10
    frame = week_view.state.frame
    week_view.verticalScrollBar().setValue(0)

    QTest.mouseClick(week_view.viewport(), LEFT, NONE, QPoint(frame.grid.x + 40, frame.top + 8))

    assert not week_view.state.folded


def test_a_drag_near_folded_hours_opens_them(week_view):
    week_view.set_folded(True)
    week_view.verticalScrollBar().setValue(0)
    start = middle(week_view, make_span(TUESDAY, hours=(8, 8.25)))

    press(week_view, start)
    move(week_view, start + QPoint(0, -6))
    move(week_view, start + QPoint(0, -26))

    assert not week_view.state.folded
    week_view.mouse.let_go()


def test_an_event_can_be_dropped_on_a_day_elsewhere(week_view, qtbot):
    week_view.show_entries((make_entry("e1", make_span(TUESDAY, hours=(10, 11))),))
    elsewhere = MONDAY + timedelta(days=40)
    week_view.drags.day_finder = lambda at: elsewhere if at.x() < 0 else None

    with qtbot.waitSignal(week_view.move_requested) as moved:
        drag(week_view, week_view.event_rect("e1").center(), QPoint(-80, 300))

    assert moved.args == ["e1", None, make_span(elsewhere, hours=(10, 11))]


def test_a_holiday_is_told_in_its_head_and_tinted_as_a_day_off(week_view):
    head = week_view.state.frame.head_px
    before = week_view.grab()
    column = week_view.rect_of(make_span(TUESDAY, hours=(12, 13)))
    at = week_view.viewport().mapTo(week_view, column.center())

    week_view.set_work_hours(WorkHours(holidays=frozenset({(TUESDAY.month, TUESDAY.day)})))

    after = week_view.grab()
    strip = QRect(column.x(), 0, column.width(), head)
    assert before.copy(strip).toImage() != after.copy(strip).toImage()
    assert after.toImage().pixelColor(at) == theme.current().colors.tinted
    other = QRect(strip).translated(column.width() + 1, 0)
    assert before.copy(other).toImage() == after.copy(other).toImage()
