"""A time of day as people type it."""

from datetime import time, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.timetext import ParsedTime
from desktop.ui.meeting.time_field import TimeField


@pytest.fixture
def field(qtbot: QtBot) -> TimeField:
    field = TimeField("Start time")
    qtbot.addWidget(field)
    field.show_time(time(10, 5))
    field.show()
    field.setFocus()
    field.selectAll()
    return field


def entered(field: TimeField) -> list[ParsedTime]:
    heard: list[ParsedTime] = []
    field.entered.connect(heard.append)
    return heard


def test_what_is_typed_is_told_on_enter(qtbot, field):
    heard = entered(field)
    qtbot.keyClicks(field, "1430")
    assert heard == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert [parsed.value for parsed in heard] == [time(14, 30)]


def test_an_untouched_field_tells_nothing(qtbot, field):
    heard = entered(field)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard == []


def test_what_cannot_be_read_stays_and_is_marked(qtbot, field):
    qtbot.keyClicks(field, "later")
    with qtbot.waitSignal(field.readability_changed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.readable, field.property("invalid")) == ("later", False, "true")


def test_escape_brings_the_value_back(qtbot, field):
    qtbot.keyClicks(field, "later")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.readable) == ("10:05", True)


def test_a_refused_value_is_marked_too(qtbot, field):
    field.entered.connect(field.refuse)
    qtbot.keyClicks(field, "1h")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not field.readable


@pytest.mark.parametrize(("key", "minutes"), [(Qt.Key.Key_Up, 10), (Qt.Key.Key_Down, -5)])
def test_arrows_step_to_the_next_quarter_of_an_hour(qtbot, field, key, minutes):
    heard = entered(field)
    qtbot.keyClick(field, key)
    assert [parsed.value for parsed in heard] == [timedelta(minutes=minutes)]


def test_a_new_value_does_not_overwrite_what_is_being_typed(qtbot, field):
    qtbot.keyClicks(field, "14")
    field.show_time(time(11))
    assert field.text() == "14"
    field.show_time(time(12))
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "12:00"


def test_a_read_only_field_neither_steps_nor_tells(qtbot, field):
    heard = entered(field)
    field.setReadOnly(True)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.commit()
    assert heard == []
