"""An account that waits for its user says so once, over the window, and not after it works."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.ids import AccountId
from desktop.domain.sync import AttentionItem, SyncPhase, SyncStatus
from desktop.ui.accounts.waiting_notice import WaitingNotice
from desktop.ui.notices import NoticeBar

ANNA = AttentionItem("sign in", AccountId("a1"), summary="Bitrix24 · Anna")
MOVED = AttentionItem("moved", AccountId("a2"), summary="crm.firm.de")


def status(*items: AttentionItem) -> SyncStatus:
    return SyncStatus(SyncPhase.ATTENTION, attention=items)


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    return bar


def test_the_way_out_stands_beside_the_words(qtbot: QtBot, bar: NoticeBar) -> None:
    notice = WaitingNotice(bar)
    notice.show_status(status(ANNA))

    assert "Bitrix24 · Anna" in bar.accessibleName()
    assert "kept" in bar.accessibleName()
    button = next(one for one in bar.findChildren(QPushButton) if one.text() == "Sign in")
    with qtbot.waitSignal(notice.acted) as acted:
        button.click()
    assert acted.args == [ANNA]


def test_what_was_closed_stays_closed_while_the_account_waits(bar: NoticeBar) -> None:
    notice = WaitingNotice(bar)
    notice.show_status(status(ANNA))
    bar.dismiss()

    notice.show_status(status(ANNA))

    assert bar.isHidden()


def test_it_goes_when_the_account_works_and_comes_when_it_fails_again(bar: NoticeBar) -> None:
    notice = WaitingNotice(bar)
    notice.show_status(status(ANNA))
    notice.show_status(status())
    gone = bar.isHidden()
    notice.show_status(status(ANNA))

    assert gone
    assert not bar.isHidden()


def test_another_notice_is_left_alone(bar: NoticeBar) -> None:
    notice = WaitingNotice(bar)
    notice.show_status(status(ANNA))
    bar.say("Written: meetings.ics", kind="success")

    notice.show_status(status())

    assert not bar.isHidden()


def test_each_account_is_told_of(bar: NoticeBar) -> None:
    notice = WaitingNotice(bar)
    notice.show_status(status(ANNA))
    notice.show_status(status(ANNA, MOVED))

    assert "crm.firm.de" in bar.accessibleName()


def test_other_troubles_are_the_panels(bar: NoticeBar) -> None:
    WaitingNotice(bar).show_status(status(AttentionItem("stopped", AccountId("a1"))))

    assert bar.isHidden()
