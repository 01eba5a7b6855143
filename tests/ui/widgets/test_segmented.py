import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QPushButton

from desktop.ui.widgets.segmented import SegmentedControl


@pytest.fixture
def views(qtbot) -> SegmentedControl:
    control = SegmentedControl("View")
    for value in ("day", "work week", "week"):
        control.add(value, value.title())
    qtbot.addWidget(control)
    control.show()
    return control


def segments(control: SegmentedControl) -> list[QPushButton]:
    return control.findChildren(QPushButton)


def test_the_first_choice_is_taken_until_told_otherwise(views):
    assert views.value() == "day"

    views.set_value("week")

    assert views.value() == "week"


def test_a_click_tells_what_was_chosen(qtbot, views):
    with qtbot.waitSignal(views.chosen) as chosen:
        qtbot.mouseClick(segments(views)[2], Qt.MouseButton.LeftButton)

    assert chosen.args == ["week"]


def test_setting_a_value_tells_nobody(qtbot, views):
    with qtbot.assertNotEmitted(views.chosen):
        views.set_value("week")


def test_arrows_move_the_choice_and_go_round(qtbot, views):
    segments(views)[0].setFocus()

    qtbot.keyClick(segments(views)[0], Qt.Key.Key_Right)
    assert views.value() == "work week"
    qtbot.keyClick(segments(views)[1], Qt.Key.Key_Right)
    qtbot.keyClick(segments(views)[2], Qt.Key.Key_Right)

    assert views.value() == "day"


def test_right_is_back_in_a_window_from_right_to_left(qtbot, views):
    views.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    views.set_value("work week")
    segments(views)[1].setFocus()

    qtbot.keyClick(segments(views)[1], Qt.Key.Key_Right)

    assert views.value() == "day"
    assert segments(views)[0].property("segment") == "last"


def test_it_is_one_tab_stop(views):
    views.set_value("week")

    stops = [s for s in segments(views) if s.focusPolicy() & Qt.FocusPolicy.TabFocus]

    assert len(stops) == 1
    assert stops[0].isChecked()


def test_it_follows_its_actions(qtbot):
    control = SegmentedControl("View")
    qtbot.addWidget(control)
    group = QActionGroup(control)
    day, week, month = (QAction(text, group) for text in ("Day", "Week", "Month"))
    for action in (day, week, month):
        action.setCheckable(True)
    control.add_commands((day, week, month))
    month.setVisible(False)
    week.setChecked(True)

    shown = [s.text() for s in segments(control) if not s.isHidden()]

    assert shown == ["Day", "Week"]
    assert control.value() is week
    with qtbot.waitSignal(day.triggered):
        qtbot.mouseClick(segments(control)[0], Qt.MouseButton.LeftButton)
    assert day.isChecked()
