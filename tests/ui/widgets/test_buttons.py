"""Buttons for people without a mouse."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.buttons import IconButton, LinkButton, PrimaryButton, QuietButton
from desktop.ui.widgets.chip import Chip

KINDS = (QuietButton, LinkButton, PrimaryButton, Chip)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Presses:
    """Counts how often a button was pressed."""

    def __init__(self, qtbot: QtBot, button: QAbstractButton) -> None:
        qtbot.addWidget(button)
        button.show()
        self.count = 0
        button.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.count += 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", ENTER)
def test_enter_presses_what_has_the_focus_as_space_does(
    qtbot: QtBot, kind: Callable[[str], QAbstractButton], key: Qt.Key
) -> None:
    button = kind("Start")
    pressed = Presses(qtbot, button)

    qtbot.keyClick(button, key)

    assert pressed.count == 1


def test_enter_presses_an_icon(qtbot: QtBot) -> None:
    button = IconButton("menu", "Menu")
    pressed = Presses(qtbot, button)

    qtbot.keyClick(button, Qt.Key.Key_Return)

    assert pressed.count == 1


def test_ctrl_enter_is_left_to_the_dialog(qtbot: QtBot) -> None:
    button = QuietButton("Cancel")
    pressed = Presses(qtbot, button)

    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert pressed.count == 0


def test_enter_held_down_presses_once(qtbot: QtBot) -> None:
    button = QuietButton("Book")
    pressed = Presses(qtbot, button)
    none = Qt.KeyboardModifier.NoModifier

    for repeated in (False, True, True):
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r", repeated)
        QApplication.sendEvent(button, key)

    assert pressed.count == 1
