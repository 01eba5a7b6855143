"""The question how far a change of one of a series reaches."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QRadioButton

from desktop.domain.ids import EventId
from desktop.domain.reach import Reach, affected
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.series import exception_of
from desktop.services.series import SeriesAct, SeriesQuestion
from desktop.ui.series.sheet import SeriesAnswer, SeriesSheet
from tests.builders import FRIDAY, MONDAY, MOSCOW, THURSDAY, make_event, make_span
from tests.ui.children import child

NOW = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)


def _question(act=SeriesAct.MOVE, *, alone=(), divided=False, **rule) -> SeriesQuestion:
    master = make_event(
        when=make_span(MONDAY),
        recurrence=RecurrenceRule(Frequency.DAILY, **rule),
        summary="Stand-up",
    )
    exceptions = tuple(
        exception_of(master, make_span(day).start, make_span(day, hours=(15, 16)), EventId("x"))
        for day in alone
    )
    original = make_span(THURSDAY).start
    choices = tuple(affected(master, exceptions, original, reach, NOW) for reach in Reach)
    return SeriesQuestion(
        act, master.id, original, "Stand-up", "UTC", choices, divided=divided, server="Bitrix24"
    )


@pytest.fixture
def sheet(qtbot) -> SeriesSheet:
    sheet = SeriesSheet(lambda: NOW, MOSCOW)
    qtbot.addWidget(sheet)
    return sheet


def _answers(sheet: SeriesSheet) -> list[SeriesAnswer]:
    answers: list[SeriesAnswer] = []
    sheet.answered.connect(answers.append)
    return answers


def _text(sheet: SeriesSheet, name: str) -> str:
    label = child(sheet, QLabel, name)
    return "" if label.isHidden() else label.text()


def test_each_choice_names_its_number_and_its_first_dates(sheet):
    sheet.ask(_question(count=12))

    assert _text(sheet, "reachThisDates") == "Thu 19 Nov, 13:00 – 14:00"
    assert _text(sheet, "reachFollowingDates") == "9 meetings: Thu 19 Nov, Fri 20 Nov, Sat 21 Nov …"
    assert _text(sheet, "reachAllDates") == "12 meetings: Mon 16 Nov, Tue 17 Nov, Wed 18 Nov …"


def test_what_has_no_end_says_so(sheet):
    sheet.ask(_question())

    assert _text(sheet, "reachAllDates").endswith("and so on, without end")


def test_enter_takes_only_this_one(sheet):
    answers = _answers(sheet)
    sheet.ask(_question())

    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)

    assert answers == [SeriesAnswer(Reach.THIS)]
    assert not sheet.isVisible()


def test_the_arrow_keys_choose(sheet, qtbot):
    answers = _answers(sheet)
    sheet.ask(_question())
    qtbot.waitUntil(lambda: QApplication.focusWidget() is sheet.focusWidget())

    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)

    assert answers == [SeriesAnswer(Reach.FOLLOWING)]


def test_escape_takes_nothing(sheet, qtbot):
    answers = _answers(sheet)
    sheet.ask(_question())

    with qtbot.waitSignal(sheet.rejected):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)

    assert answers == []


def test_a_second_question_begins_with_this_one_again(sheet):
    sheet.ask(_question())
    child(sheet, QRadioButton, "reachAll").click()
    sheet.reject()

    sheet.ask(_question())

    assert sheet.reach() is Reach.THIS


def test_another_rule_is_never_for_one_alone(sheet):
    answers = _answers(sheet)
    sheet.ask(_question(SeriesAct.EDIT, count=12).about_rule(RecurrenceRule(Frequency.WEEKLY)))
    assert child(sheet, QRadioButton, "reachThis").isHidden()

    sheet.go.click()

    assert answers == [SeriesAnswer(Reach.FOLLOWING)]
    ends = _question(SeriesAct.EDIT).about_rule(None)
    assert [one.reach for one in ends.choices] == [Reach.FOLLOWING]


def test_what_was_changed_alone_is_named_and_kept_unless_the_tick_is_taken_away(sheet):
    answers = _answers(sheet)
    sheet.ask(_question(SeriesAct.EDIT, alone=(FRIDAY,)))
    keep = child(sheet, QCheckBox, "seriesKeep")
    assert keep.isHidden()

    child(sheet, QRadioButton, "reachAll").click()
    assert keep.isChecked()
    assert _text(sheet, "seriesNames") == "Fri 20 Nov, 18:00 – 19:00"
    keep.click()
    sheet.go.click()

    assert answers == [SeriesAnswer(Reach.ALL, keep=False)]


def test_those_that_are_over_are_deleted_only_by_their_own_tick(sheet):
    answers = _answers(sheet)
    sheet.ask(_question(SeriesAct.DELETE, count=12))
    past = child(sheet, QCheckBox, "seriesPast")
    assert past.isHidden()

    child(sheet, QRadioButton, "reachAll").click()
    assert past.text() == "Also delete the 2 that are over"
    sheet.go.click()
    sheet.ask(_question(SeriesAct.DELETE, count=12))
    child(sheet, QRadioButton, "reachAll").click()
    past.click()
    sheet.go.click()

    assert answers == [SeriesAnswer(Reach.ALL), SeriesAnswer(Reach.ALL, past=True)]


def test_a_server_that_cannot_change_one_says_what_becomes_of_the_series(sheet):
    sheet.ask(_question(divided=True))
    assert "Bitrix24 cannot change one meeting" in _text(sheet, "seriesNote")

    child(sheet, QRadioButton, "reachFollowing").click()

    assert _text(sheet, "seriesNote") == ""
