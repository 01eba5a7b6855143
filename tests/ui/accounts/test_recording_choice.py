"""How an account records its bookings, chosen where the account is."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop.domain.account import Account, Capabilities
from desktop.domain.event import Recording
from desktop.ui.accounts.account_card import AccountCard
from desktop.ui.accounts.recording_choice import RecordingChoice, recording_sentence
from tests.services.house import CRM, LOCAL
from tests.ui.accounts.conftest import Doorman
from tests.ui.accounts.test_accounts_dialog import card_of, open_accounts
from tests.ui.children import child
from tests.ui.waiting import until

WAYS = (Recording.ACTIVITY, Recording.TODO, Recording.EVENT)
ABLE = replace(CRM, capabilities=Capabilities(recordings=WAYS))


def choice_of(card: AccountCard) -> QComboBox:
    return child(card, QComboBox, "recordingChoice")


async def test_a_choice_is_kept_with_the_account_and_the_focus_stays(
    qtbot: QtBot, doorman: Doorman
) -> None:
    async with doorman.open() as rooms:
        await rooms.house.add(ABLE)
        dialog = await open_accounts(qtbot, rooms)
        card = card_of(dialog, ABLE)
        box = choice_of(card)
        box.setFocus()
        assert box.currentText() == "Meeting or call of the contact"

        qtbot.keyClick(box, Qt.Key.Key_Down)
        if box.view().isVisible():
            qtbot.keyClick(box.view(), Qt.Key.Key_Return)

        async def kept() -> Account | None:
            return await rooms.house.files.own.read(lambda own: own.accounts.get(ABLE.id))

        await until(lambda: card.account.recording is Recording.TODO)
        known = await kept()
        assert known is not None
        assert known.recording is Recording.TODO
        assert card_of(dialog, ABLE) is card
        assert dialog.focusWidget() is box


async def test_this_computer_records_nothing_in_a_crm(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        dialog = await open_accounts(qtbot, rooms)

        assert card_of(dialog, LOCAL).findChild(RecordingChoice) is None


def test_each_way_says_what_colleagues_see(qtbot: QtBot) -> None:
    sentences = {recording_sentence(one) for one in Recording}
    assert len(sentences) == len(Recording)

    choice = RecordingChoice(replace(ABLE, recording=Recording.EVENT))
    qtbot.addWidget(choice)

    assert choice.sentence() == recording_sentence(Recording.EVENT)


def test_a_way_that_the_portal_lost_gives_way_to_the_first(qtbot: QtBot) -> None:
    choice = RecordingChoice(replace(ABLE, recording=Recording.CARD))
    qtbot.addWidget(choice)

    assert choice.choice.value() is Recording.ACTIVITY
