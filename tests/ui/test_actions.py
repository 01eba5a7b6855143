import pytest
from PySide6.QtGui import QAction, QKeySequence

from desktop.ui.actions import Actions

SHOWN = (
    "viewDayAction",
    "viewWorkWeekAction",
    "viewWeekAction",
    "todayAction",
    "previousAction",
    "nextAction",
    "newMeetingAction",
    "syncNowAction",
    "undoAction",
    "redoAction",
)
LATER = ("viewMonthAction", "viewAgendaAction", "settingsAction")


@pytest.fixture
def actions(qapp) -> Actions:
    return Actions()


@pytest.mark.parametrize("name", SHOWN)
def test_each_command_is_found_by_its_lasting_name(actions, name):
    action = actions.findChild(QAction, name)

    assert action is not None
    assert action.isVisible()
    assert action.text()


@pytest.mark.parametrize("name", LATER)
def test_what_does_not_exist_yet_is_hidden(actions, name):
    action = actions.findChild(QAction, name)

    assert action is not None
    assert not action.isVisible()


def test_no_two_commands_share_a_key(actions):
    keys = [
        key.toString()
        for action in actions.findChildren(QAction)
        for key in action.shortcuts()
        if not key.isEmpty()
    ]

    assert len(keys) == len(set(keys))


def test_every_command_has_a_name_of_its_own(actions):
    names = [action.objectName() for action in actions.findChildren(QAction)]

    assert all(names)
    assert len(names) == len(set(names))


def test_the_designed_keys_lead_to_their_commands(actions):
    assert QKeySequence("Ctrl+N") in actions.new_meeting.shortcuts()
    assert QKeySequence("Ctrl+Z") in actions.undo.shortcuts()
    assert QKeySequence("Ctrl+Shift+Z") in actions.redo.shortcuts()
    assert QKeySequence("F5") in actions.sync_now.shortcuts()


def test_one_view_is_chosen_at_a_time(actions):
    assert actions.view_week.isChecked()

    actions.view_day.trigger()

    assert actions.view_day.isChecked()
    assert not actions.view_week.isChecked()


def test_a_tooltip_names_the_key(actions):
    assert "T" in actions.today.toolTip()
    assert "F5" in actions.sync_now.toolTip()
