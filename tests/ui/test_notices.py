import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.ui.notices import NoticeBar, UndoToast
from tests.ui.children import child


@pytest.fixture
def window(qtbot) -> QWidget:
    window = QWidget()
    window.resize(800, 600)
    window.show()
    qtbot.addWidget(window)
    return window


def enter(toast: UndoToast) -> None:
    point = QPointF(5, 5)
    QApplication.sendEvent(toast, QEnterEvent(point, point, point))


def test_the_newest_notice_takes_the_place_of_the_last(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)

    bar.say("No network.")
    bar.say("The disk is full.", action="What to do", answer=lambda: None)

    assert bar.text() == "The disk is full."
    assert bar.action_text() == "What to do"


def test_a_notice_is_answered_once_and_goes(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    answers: list[str] = []
    bar.say("Sign in again.", action="Sign in", answer=lambda: answers.append("signed in"))

    qtbot.mouseClick(child(bar, QPushButton), Qt.MouseButton.LeftButton)

    assert answers == ["signed in"]
    assert bar.isHidden()


def test_a_notice_without_an_answer_has_no_button(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)

    bar.say("Saved.", action="Nothing")

    assert bar.action_text() == ""


def test_the_toast_says_what_was_done_and_takes_it_back(qtbot, window):
    toast = UndoToast(window)
    toast.say("Moved “Demo” to Thu 19 Nov, 10:00")

    with qtbot.waitSignal(toast.undo_requested):
        qtbot.mouseClick(child(toast, QPushButton), Qt.MouseButton.LeftButton)

    assert toast.isHidden()


def test_the_toast_goes_by_itself(qtbot, window):
    window.resize(800, 300)  # away from where the pointer of another test may still be
    toast = UndoToast(window, show_ms=20)

    with qtbot.waitSignal(toast.ended, timeout=2000):
        toast.say("Deleted “Demo”")

    assert toast.isHidden()


def test_the_newest_toast_wins(window):
    toast = UndoToast(window)

    toast.say("Deleted “Demo”")
    toast.say("Deleted “Call”")

    assert toast.text() == "Deleted “Call”"


def test_time_stands_still_under_the_pointer(qtbot, window):
    toast = UndoToast(window, show_ms=60)
    toast.say("Deleted “Demo”")

    enter(toast)
    assert toast.paused
    with qtbot.assertNotEmitted(toast.ended, wait=120):
        pass
    with qtbot.waitSignal(toast.ended, timeout=2000):
        QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))


def test_time_stands_still_under_the_keyboard_focus(qtbot, window):
    window.activateWindow()
    toast = UndoToast(window)
    toast.say("Deleted “Demo”")
    qtbot.waitUntil(window.isActiveWindow)

    child(toast, QPushButton).setFocus()

    assert toast.paused


def test_the_toast_stays_in_the_window(qtbot, window):
    toast = UndoToast(window)
    toast.say("Moved “" + "a very long title " * 20 + "” to Thu 19 Nov, 10:00")

    assert window.rect().contains(toast.geometry())
    window.resize(300, 400)
    qtbot.waitUntil(lambda: toast.width() <= 300)
    assert window.rect().contains(toast.geometry())
