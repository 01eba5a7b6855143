"""Which own fields stand on the cards: at most six, by keys, with words where there are none."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.domain.crm import OwnField
from desktop.ui.contacts.own_fields_dialog import FieldCheck, OwnFieldsDialog
from desktop.ui.widgets.empty_state import EmptyState

FIELDS = tuple(OwnField(f"UF_CRM_{n}", f"Field {n}") for n in range(1, 9))


@pytest.fixture
def dialog(qtbot) -> OwnFieldsDialog:
    made = OwnFieldsDialog()
    qtbot.addWidget(made)
    made.show()
    return made


def checks(dialog: OwnFieldsDialog) -> list[FieldCheck]:
    return dialog.findChildren(FieldCheck)


def save(dialog: OwnFieldsDialog) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == "Save")


def said(dialog: OwnFieldsDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_the_chosen_come_first_in_their_order(dialog):
    dialog.show_fields(FIELDS, ("UF_CRM_5", "UF_CRM_2", "UF_CRM_GONE"))

    assert dialog.names() == ("UF_CRM_5", "UF_CRM_2")
    assert checks(dialog)[0].text() == "Field 5"
    assert "2 of 6 chosen" in said(dialog)


def test_a_field_is_ticked_by_the_space_bar_and_kept(dialog, qtbot):
    dialog.show_fields(FIELDS, ())
    QTest.keyClick(dialog, Qt.Key.Key_Tab)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        save(dialog).click()

    assert chosen.args == [("UF_CRM_2",)]
    assert not dialog.isVisible()


def test_a_seventh_field_is_not_taken_and_that_is_said(dialog):
    dialog.show_fields(FIELDS, tuple(field.name for field in FIELDS[:6]))
    checks(dialog)[6].click()

    assert len(dialog.names()) == 6
    assert "take another one out first" in said(dialog)


def test_waiting_trouble_and_nothing_have_words_and_nothing_to_save(dialog, qtbot):
    state = dialog.findChild(EmptyState)
    assert "Reading" in state.title()
    assert not save(dialog).isEnabled()

    dialog.show_trouble("Offline", "Try again later.")
    assert state.title() == "Offline"
    with qtbot.waitSignal(dialog.retried):
        state.acted.emit()

    dialog.show_fields((), ())
    assert state.title() == "No own fields"
    assert not save(dialog).isEnabled()


def test_a_long_title_is_cut_and_told_whole(dialog):
    dialog.show_fields((OwnField("UF_CRM_1", "Budget & plan " * 9),), ())
    (check,) = checks(dialog)

    assert check.text().endswith("…")
    assert "&&" in check.text()
    assert check.accessibleName() == "Budget & plan " * 9
