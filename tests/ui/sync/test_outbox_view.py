"""Every waiting change says where it is, and every state has its way out."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QListView, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Refusal
from desktop.domain.event import Participation
from desktop.domain.sync import OpState, Verb
from desktop.services.sync.delivery_values import Reason
from desktop.ui.sync.outbox_model import VALUE_ROLE, OutboxModel
from desktop.ui.sync.outbox_texts import line_text, reason_text, verb_text
from desktop.ui.sync.outbox_view import OutboxView
from tests.builders import MOSCOW, make_event
from tests.ui.children import child
from tests.ui.sync.lines import make_line

UNFINISHED = [state for state in OpState if not state.finished]


@pytest.fixture
def view(qtbot: QtBot) -> OutboxView:
    made = OutboxView(MOSCOW)
    qtbot.addWidget(made)
    made.resize(560, 400)
    made.show()
    return made


def offered(view: OutboxView) -> set[str]:
    return {button.text() for button in view.findChildren(QPushButton) if button.isVisible()}


def model_of(view: OutboxView) -> QAbstractItemModel:
    return child(view, QListView).model()


def shown(view: OutboxView) -> list[str]:
    model = model_of(view)
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def press(view: OutboxView, text: str) -> None:
    next(b for b in view.findChildren(QPushButton) if b.text() == text).click()


@pytest.mark.parametrize(
    ("state", "ways"),
    [
        (OpState.QUEUED, {"Send now", "Edit", "Discard"}),
        (OpState.HELD, {"Send now", "Edit", "Discard"}),
        (OpState.SENDING, set()),
        (OpState.UNKNOWN, set()),
        (OpState.PARKED, {"Send now", "Edit", "Discard"}),
        (OpState.ASK, {"It is there", "It is not there, send it", "Discard"}),
        (OpState.CONFLICT, {"Choose a version"}),
    ],
)
def test_each_state_offers_its_own_ways_out(
    view: OutboxView, state: OpState, ways: set[str]
) -> None:
    view.show_lines([make_line(state=state)])

    assert offered(view) == ways


def test_what_was_sent_before_is_sent_again(view: OutboxView) -> None:
    line = make_line(state=OpState.PARKED)

    view.show_lines([replace(line, entry=replace(line.entry, sends=1))])

    assert "Send again" in offered(view)


@pytest.mark.parametrize("state", UNFINISHED)
def test_each_state_has_words(view: OutboxView, state: OpState) -> None:
    text = line_text(make_line(state=state), MOSCOW)

    assert "Demo · Tue 17 Nov, 17:00 – 18:00" in text.replace("\u202f", " ")
    assert "New meeting · " in text
    assert text.count("acme · Anna") == 1


SILENT = {Reason.EDITED, Reason.USER_SAYS_THERE, Reason.NOTHING_LEFT, Reason.CREATE_DROPPED}
"""What nobody waits for: the op goes on as ever, or is finished."""
TOLD = {r for name, r in vars(Reason).items() if name.isupper() and isinstance(r, str)} - SILENT


@pytest.mark.parametrize("reason", sorted(TOLD | {refusal.value for refusal in Refusal}))
def test_each_reason_to_stand_still_has_a_sentence(qapp: object, reason: str) -> None:
    assert reason_text(reason).endswith((".", "?"))


@pytest.mark.parametrize("reason", sorted(SILENT))
def test_what_holds_nothing_up_needs_no_words(qapp: object, reason: str) -> None:
    assert reason_text(reason) == ""


def test_a_deletion_cannot_be_edited(view: OutboxView) -> None:
    view.show_lines([make_line(verb=Verb.DELETE, state=OpState.PARKED)])

    assert offered(view) == {"Send now", "Discard"}


@pytest.mark.parametrize(
    ("state", "button", "signal", "payload"),
    [
        (OpState.PARKED, "Send now", "retry_requested", ["op1"]),
        (OpState.PARKED, "Discard", "discard_requested", ["op1"]),
        (OpState.ASK, "It is there", "confirm_requested", ["op1", True]),
        (OpState.ASK, "It is not there, send it", "confirm_requested", ["op1", False]),
    ],
)
def test_a_button_names_the_change_it_is_about(
    qtbot: QtBot, view: OutboxView, state: OpState, button: str, signal: str, payload: list[object]
) -> None:
    view.show_lines([make_line(state=state)])

    with qtbot.waitSignal(getattr(view, signal)) as told:
        press(view, button)

    assert told.args == payload


def test_editing_and_choosing_hand_the_whole_line_over(qtbot: QtBot, view: OutboxView) -> None:
    parked, conflict = make_line("op1", OpState.PARKED), make_line("op2", OpState.CONFLICT)
    view.show_lines([parked, conflict])

    with qtbot.waitSignal(view.edit_requested) as edited:
        press(view, "Edit")
    view.choose(conflict.entry.op_id)
    with qtbot.waitSignal(view.resolve_requested) as resolved:
        press(view, "Choose a version")

    assert (edited.args, resolved.args) == ([parked], [conflict])


def test_enter_on_a_row_opens_what_there_is_to_do(qtbot: QtBot, view: OutboxView) -> None:
    line = make_line(state=OpState.CONFLICT)
    view.show_lines([line])

    with qtbot.waitSignal(view.resolve_requested) as resolved:
        qtbot.keyClick(child(view, QListView), Qt.Key.Key_Return)

    assert resolved.args == [line]


def test_they_stand_in_the_order_in_which_they_go_out(view: OutboxView) -> None:
    view.show_lines([make_line("a", summary="First"), make_line("b", summary="Second")])

    assert [text.split(" · ")[0] for text in shown(view)] == ["First", "Second"]


def test_what_needs_the_user_is_chosen_first(view: OutboxView) -> None:
    view.show_lines([make_line("a"), make_line("b", OpState.PARKED), make_line("c")])

    assert child(view, QListView).currentIndex().row() == 1


def test_the_chosen_change_stays_chosen_when_an_earlier_one_has_gone(view: OutboxView) -> None:
    first, second, third = make_line("a"), make_line("b"), make_line("c")
    view.show_lines([first, second, third])
    view.choose(second.entry.op_id)

    view.show_lines([second, third])

    current: QModelIndex = child(view, QListView).currentIndex()
    assert current.data(VALUE_ROLE) == second


def test_a_change_on_its_way_loses_its_buttons(view: OutboxView) -> None:
    view.show_lines([make_line(state=OpState.QUEUED)])
    view.show_lines([make_line(state=OpState.SENDING)])

    assert offered(view) == set()


def test_an_empty_outbox_says_that_all_is_sent(view: OutboxView) -> None:
    view.show_lines([make_line()])
    view.show_lines([])

    words = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    assert "Nothing is waiting" in words


def test_servers_words_are_details_and_plain(view: OutboxView) -> None:
    view.show_lines([make_line(state=OpState.PARKED, detail="<img src=x> ERROR_CORE")])

    (details,) = [one for one in view.findChildren(QLabel) if "<img" in one.text()]
    assert details.text() == "Details: <img src=x> ERROR_CORE"
    assert details.textFormat() is Qt.TextFormat.PlainText


def test_a_row_grows_with_its_reason(view: OutboxView) -> None:
    view.show_lines([make_line("a"), make_line("b", OpState.PARKED)])
    rows = child(view, QListView)

    heights = [rows.visualRect(rows.model().index(row, 0)).height() for row in (0, 1)]

    assert heights[1] > heights[0]
    view.resize(view.minimumSizeHint().width(), 400)
    narrow = rows.visualRect(rows.model().index(1, 0))
    assert narrow.width() <= rows.viewport().width()
    assert narrow.height() > heights[1]


def test_the_model_keeps_the_promises_of_models(qapp: object) -> None:
    model = OutboxModel(MOSCOW)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)

    model.show([make_line("a"), make_line("b")])
    model.show([make_line("a", OpState.SENDING), make_line("b")])
    model.show([make_line("b")])
    model.show([])

    assert tester.model() is model
    assert model.rowCount() == 0


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Participation.ACCEPTED, "Accepted invitation"),
        (Participation.DECLINED, "Declined invitation"),
        (Participation.NEEDS_ACTION, "Answer taken back"),
    ],
)
def test_an_answer_is_no_change_of_the_meeting(answer: Participation, words: str) -> None:
    event = make_event("e7", "Review", read_only=True, participation=answer)
    assert verb_text(make_line(verb=Verb.UPDATE, event=event)) == words
