"""What only the user can mend is a sentence with a way out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Refusal
from desktop.domain.ids import AccountId, OpId
from desktop.domain.sync import AttentionItem
from desktop.services.sync.status import Attention
from desktop.ui.sync.attention_panel import MOST_SHOWN, AttentionPanel
from desktop.ui.sync.outbox_texts import attention_text

SIGN_IN = AttentionItem("sign in", AccountId("a1"), summary="acme · Anna")
PARKED = AttentionItem(
    "parked", AccountId("a1"), OpId("op1"), "Demo <b>Acme</b>", Refusal.NO_COMMUNICATION.value
)


@pytest.fixture
def panel(qtbot: QtBot) -> AttentionPanel:
    made = AttentionPanel()
    qtbot.addWidget(made)
    return made


def buttons(panel: AttentionPanel) -> list[str]:
    return [button.text() for button in panel.findChildren(QPushButton)]


def test_it_hides_where_nothing_needs_anybody(panel: AttentionPanel) -> None:
    panel.show_items([SIGN_IN])
    panel.show_items([])

    assert panel.isHidden()


def test_a_lost_key_leads_to_a_new_sign_in(qtbot: QtBot, panel: AttentionPanel) -> None:
    panel.show_items([SIGN_IN])

    assert panel.texts() == ("acme · Anna: please sign in again. Your changes are kept.",)
    with qtbot.waitSignal(panel.acted) as told:
        panel.findChildren(QPushButton)[0].click()
    assert told.args == [SIGN_IN]


def test_a_parked_change_says_why_in_one_sentence(panel: AttentionPanel) -> None:
    panel.show_items([PARKED])

    assert panel.texts() == (
        "Demo <b>Acme</b>: The contact has no phone number and no e-mail address.",
    )
    assert buttons(panel) == ["Show"]


@pytest.mark.parametrize(
    ("code", "action"),
    [
        ("stopped", "Try now"),
        ("moved", "Look at it"),
        (Attention.KEYRING, "Try again"),
        (Attention.SUDDENLY_EMPTY, "It is right"),
    ],
)
def test_each_trouble_of_an_account_has_its_button(
    panel: AttentionPanel, code: str, action: str
) -> None:
    panel.show_items([AttentionItem(code, AccountId("a1"), summary="contacts")])

    assert buttons(panel) == [action]
    assert panel.texts()[0].endswith(".")


def test_foreign_titles_are_plain_text(panel: AttentionPanel) -> None:
    panel.show_items([PARKED])

    shown = [one for one in panel.findChildren(QLabel) if "<b>" in one.text()]
    assert {one.textFormat() for one in shown} == {Qt.TextFormat.PlainText}


def test_a_long_row_of_troubles_is_counted(qtbot: QtBot, panel: AttentionPanel) -> None:
    panel.show_items([SIGN_IN] * (MOST_SHOWN + 3))

    assert len(buttons(panel)) == MOST_SHOWN
    assert "and 3 more" in [label.text() for label in panel.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("code", "detail", "words"),
    [
        ("sign in", "APPLICATION_NOT_FOUND", "not installed"),
        ("sign in", "invalid_grant", "has run out"),
        ("stopped", "user_access_error", "no access to the application"),
        ("stopped", "plan", "commercial"),
        ("stopped", "PAYMENT_REQUIRED", "paid time"),
        ("sign in", "identity changed", "somebody else"),
    ],
)
def test_what_the_server_called_it_is_told_in_words(
    qapp: object, code: str, detail: str, words: str
) -> None:
    general = attention_text(AttentionItem(code, summary="acme"))
    told = attention_text(AttentionItem(code, summary="acme", detail=detail))

    assert told.startswith(general)
    assert words in told
    assert detail == "plan" or detail not in told
