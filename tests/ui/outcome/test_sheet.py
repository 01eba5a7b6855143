"""The outcome in a few keys."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.domain.event import CalendarEntry, EventKind, Occurrence
from desktop.domain.ids import RecordKind
from desktop.domain.outcome import Outcome
from desktop.domain.timespan import TimeSpan
from desktop.services.meeting_outcomes import OutcomeSubject
from desktop.ui.outcome.sheet import OutcomeSheet
from tests.builders import MOSCOW, NOW, make_contact, make_event

SPAN = TimeSpan(NOW - timedelta(hours=2), NOW - timedelta(hours=1))
EVENT = make_event(summary="Demo", when=SPAN, record=RecordKind.ACTIVITY, kind=EventKind.MEETING)
SUBJECT = OutcomeSubject(
    CalendarEntry(Occurrence(EVENT, SPAN), "#4f46e5"), contact=make_contact("c1", "Alex Vronsky")
)
NEXT_WEEK = TimeSpan(SPAN.start + timedelta(days=7), SPAN.end + timedelta(days=7))


@pytest.fixture
def sheet(qtbot):
    sheet = OutcomeSheet(lambda: NOW, MOSCOW)
    qtbot.addWidget(sheet)
    sheet.ask(SUBJECT)
    qtbot.waitExposed(sheet)
    return sheet


def focus(sheet):
    return sheet.focusWidget()


def test_held_with_a_note_takes_two_keys_and_the_note(qtbot, sheet):
    qtbot.keyClick(focus(sheet), Qt.Key.Key_H)
    qtbot.keyClicks(focus(sheet), "Wants an offer")
    with qtbot.waitSignal(sheet.saved) as saved:
        qtbot.keyClick(focus(sheet), Qt.Key.Key_Return)

    (report,) = saved.args
    assert report.outcome is Outcome.HELD
    assert report.note == "Wants an offer"
    assert report.words.startswith("Held: Demo, ")
    assert report.next_when is None


def test_a_next_step_is_one_key_more(qtbot, sheet):
    qtbot.keyClick(focus(sheet), Qt.Key.Key_N)
    with qtbot.waitSignal(sheet.days_chosen) as chosen:
        qtbot.keyClick(focus(sheet), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert chosen.args == [7]
    sheet.show_next(7, NEXT_WEEK)

    assert "Then the next meeting opens" in sheet.then.text()
    with qtbot.waitSignal(sheet.saved) as saved:
        qtbot.keyClick(focus(sheet), Qt.Key.Key_Return)
    assert saved.args[0].outcome is Outcome.NO_SHOW
    assert saved.args[0].next_when == NEXT_WEEK


def test_saving_before_the_free_hour_is_found_waits_for_it(qtbot, sheet):
    qtbot.keyClick(focus(sheet), Qt.Key.Key_H)
    qtbot.keyClick(focus(sheet), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(focus(sheet), Qt.Key.Key_Return)

    with qtbot.waitSignal(sheet.saved) as saved:
        sheet.show_next(7, NEXT_WEEK)
    assert saved.args[0].next_when == NEXT_WEEK


def test_moved_asks_for_a_time_by_itself_and_cannot_do_without(qtbot, sheet):
    with qtbot.waitSignal(sheet.days_chosen):
        qtbot.keyClick(focus(sheet), Qt.Key.Key_M)
    sheet.show_next(7, NEXT_WEEK)
    assert "It moves to" in sheet.then.text()

    qtbot.keyClick(focus(sheet), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert sheet.days() == 0
    with qtbot.assertNotEmitted(sheet.saved):
        qtbot.keyClick(focus(sheet), Qt.Key.Key_Return)
    assert "Choose when" in sheet.message.text()


def test_letters_in_the_note_are_letters(qtbot, sheet):
    qtbot.keyClick(focus(sheet), Qt.Key.Key_H)
    qtbot.keyClicks(sheet.note, "nhm 123")

    report = sheet.report()
    assert report is not None
    assert (report.outcome, report.note) == (Outcome.HELD, "nhm 123")


def test_a_slot_for_a_step_that_is_not_wanted_any_more_is_ignored(qtbot, sheet):
    qtbot.mouseClick(sheet.steps[7], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.steps[1], Qt.MouseButton.LeftButton)
    sheet.show_next(7, NEXT_WEEK)

    report = sheet.report()
    assert report is not None
    assert report.next_when is None


def test_what_cannot_be_moved_offers_no_such_outcome(qtbot):
    sheet = OutcomeSheet(lambda: NOW, MOSCOW)
    qtbot.addWidget(sheet)
    sheet.ask(OutcomeSubject(SUBJECT.entry, contact=SUBJECT.contact, movable=False))

    qtbot.keyClick(focus(sheet), Qt.Key.Key_M)

    report = sheet.report()
    assert report is not None
    assert report.outcome is Outcome.HELD


def test_the_same_step_again_takes_it_away(qtbot, sheet):
    qtbot.mouseClick(sheet.steps[1], Qt.MouseButton.LeftButton)
    sheet.show_next(1, NEXT_WEEK)
    qtbot.mouseClick(sheet.steps[1], Qt.MouseButton.LeftButton)

    assert sheet.days() == 0
    assert sheet.then.text() == "No next step."


def test_a_long_note_is_read_in_whole_lines_and_shift_enter_begins_another(qtbot, sheet):
    qtbot.keyClick(focus(sheet), Qt.Key.Key_H)
    qtbot.keyClicks(sheet.note, "Signed")
    with qtbot.assertNotEmitted(sheet.saved):
        qtbot.keyClick(sheet.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(sheet.note, "Wants the offer for the annual licence by Friday")

    report = sheet.report()
    assert report is not None
    assert report.note == "Signed\nWants the offer for the annual licence by Friday"
    assert sheet.note.height() >= 3 * sheet.note.fontMetrics().lineSpacing()
    with qtbot.waitSignal(sheet.saved):
        qtbot.keyClick(sheet.note, Qt.Key.Key_Return)
