from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from desktop.ui.widgets.empty_state import EmptyState
from tests.ui.children import child


def test_it_says_why_and_offers_what_to_do(qtbot):
    state = EmptyState("people", "No contacts yet", "Add an account.", "Add account")
    qtbot.addWidget(state)

    with qtbot.waitSignal(state.acted):
        qtbot.mouseClick(child(state, QPushButton), Qt.MouseButton.LeftButton)

    assert (state.title(), state.text()) == ("No contacts yet", "Add an account.")


def test_missing_parts_take_no_room(qtbot):
    state = EmptyState("people", "Nothing here")
    qtbot.addWidget(state)

    assert child(state, QPushButton).isHidden()
    assert child(state, QProgressBar).isHidden()


def test_progress_has_words_and_a_bar(qtbot):
    state = EmptyState()
    qtbot.addWidget(state)

    state.show_state("people", "Fetching contacts", "9 400 of 50 000")
    state.show_progress(9400, 50000)

    bar = child(state, QProgressBar)
    assert not bar.isHidden()
    assert (bar.value(), bar.maximum()) == (9400, 50000)


def test_in_little_room_the_button_outlives_the_words(qtbot):
    pane = QWidget()
    qtbot.addWidget(pane)
    state = EmptyState("people", "No contacts yet", "Add an account.", "Add account", pane)
    pane.show()
    picture, title, text = state._mark, state._title, state._text

    def shown(height: int) -> list[bool]:
        state.resize(240, height)
        return [not part.isHidden() for part in (picture, title, text)]

    assert shown(260) == [True, True, True]
    assert shown(150) == [False, True, True]
    assert shown(75) == [False, True, False]
    assert shown(50) == [False, False, False]
    assert child(state, QPushButton).isVisible()
    assert shown(260) == [True, True, True]
