"""A date as people type or pick it."""

from datetime import date

import pytest
from PySide6.QtCore import QLocale, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.meeting.date_field import DateField
from desktop.ui.meeting.date_words import date_text, read_date
from desktop.ui.sidebar.mini_month import MiniMonth
from tests.builders import FRIDAY, THURSDAY, WEDNESDAY

LANGUAGES = ("en_GB", "en_US", "ru_RU", "de_DE", "es_ES", "pt_BR", "fr_FR", "pl_PL", "tr_TR")


@pytest.fixture
def field(qtbot: QtBot) -> DateField:
    field = DateField("Start date", lambda: WEDNESDAY)
    qtbot.addWidget(field)
    field.show_day(THURSDAY)
    field.show()
    field.setFocus()
    field.selectAll()
    return field


def test_a_typed_day_is_told_and_the_field_waits_to_be_shown_it(qtbot, field):
    qtbot.keyClicks(field, "fri")
    with qtbot.waitSignal(field.day_entered) as told:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [FRIDAY]


def test_arrows_step_by_days(qtbot, field):
    with qtbot.waitSignal(field.day_entered) as told:
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert told.args == [FRIDAY]


def test_a_day_is_picked_from_a_month(qtbot, field):
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    month = field.findChild(MiniMonth, "meetingMonth")
    assert month is not None
    assert month.isVisible()
    with qtbot.waitSignal(field.day_entered) as told:
        month.day_chosen.emit(FRIDAY)
    assert told.args == [FRIDAY]
    assert not month.isVisible()


def test_a_read_only_field_shows_no_month(qtbot, field):
    field.set_offered(False)
    field.show_month()
    assert field.findChild(MiniMonth) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_is_read_back_in_every_language(qapp, language):
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        for month in range(1, 13):
            day = date(2027, month, 28)
            assert read_date(date_text(day), today=WEDNESDAY, shown=WEDNESDAY) == day
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_date_is_cut(qapp: QApplication, qtbot: QtBot, language: str) -> None:
    theme.apply(qapp, "light")
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        field = DateField("Start date", lambda: WEDNESDAY)
        qtbot.addWidget(field)
        room = field.sizeHint()
        for day in (date(2026, 9, 30), date(2026, 11, 23), date(2026, 6, 26)):
            field.show_day(day)
            text_end = field.fontMetrics().horizontalAdvance(field.text()) + 14
            text = QRect(0, 0, text_end, room.height())
            field.setFixedSize(room)
            narrow = field.grab(text).toImage()
            field.setFixedSize(room.width() + 100, room.height())
            assert narrow == field.grab(text).toImage(), day
    finally:
        QLocale.setDefault(before)
