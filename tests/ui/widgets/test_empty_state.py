from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton

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
