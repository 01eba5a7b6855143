"""The first paint: Qt's loop runs until what a thread reads has been painted, and no longer."""

import threading
from collections.abc import Callable
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.ui import first_paint
from desktop.ui.first_paint import Entries, FirstPaint


class Doors(QObject):
    left = Signal()


class Window(QWidget):
    """A view below a field; counts what it is given to show."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.view = QLineEdit(self), QWidget(self)
        self.given: list[Entries] = []
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.view)
        self.resize(200, 200)

    def take(self, entries: Entries) -> None:
        self.given.append(entries)


@pytest.fixture
def window(qtbot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def doors() -> Doors:
    return Doors()


def run(
    window: Window, doors: Doors, days: "Future[Entries | None]", show: Callable[[], None]
) -> tuple[FirstPaint, bool]:
    first = FirstPaint(window.view)
    first.show_by(show)
    return first, first.show_days(days, window.take, doors.left)


def answered(entries: Entries | None) -> "Future[Entries | None]":
    days: Future[Entries | None] = Future()
    days.set_result(entries)
    return days


def test_what_a_thread_reads_is_shown_and_painted(window, doors):
    days: Future[Entries | None] = Future()
    threading.Timer(0.02, days.set_result, [()]).start()

    _, shown = run(window, doors, days, window.show)

    assert shown
    assert window.given == [()]
    assert window.isVisible()


def test_an_unusual_profile_is_left_to_the_usual_opening(window, doors):
    _, shown = run(window, doors, answered(None), window.show)

    assert not shown
    assert window.given == []


def test_a_window_that_nobody_sees_waits_for_no_paint(window, doors):
    _, shown = run(window, doors, answered(()), window.showMinimized)

    assert shown
    assert window.given == [()]


def test_a_keyring_that_takes_its_time_keeps_neither_window_nor_start(window, doors, monkeypatch):
    monkeypatch.setattr(first_paint, "PATIENCE_S", 0.3)
    days: Future[Entries | None] = Future()

    _, shown = run(window, doors, days, window.show)

    assert not shown
    assert window.isVisible()
    days.set_result(())  # too late: the usual opening has its turn
    assert window.given == []


def test_a_window_that_is_closed_ends_the_wait(window, doors):
    QTimer.singleShot(20, doors, doors.left.emit)

    _, shown = run(window, doors, Future(), window.show)

    assert not shown


def test_what_is_typed_meanwhile_arrives(window, doors):
    days: Future[Entries | None] = Future()

    def type_in() -> None:
        window.field.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClicks(window.field, "anna")
        days.set_result(())

    QTimer.singleShot(20, window, type_in)
    run(window, doors, days, window.show)

    assert window.field.text() == "anna"


async def test_there_is_nothing_left_to_wait_for(window):
    first = FirstPaint(window.view)
    first.show_by(window.show)
    first.on_loaded(())

    await first.wait()
    await first.wait()

    assert window.isVisible()
