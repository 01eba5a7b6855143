"""The status line tells the truth: counts, ages, reasons, and never "up to date" too early."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Refusal, Unreachable
from desktop.domain.ids import AccountId
from desktop.domain.sync import AccountSync, AttentionItem, Progress, SyncPhase, SyncStatus
from desktop.ui import theme
from desktop.ui.sync.status import SyncStatusBar
from desktop.ui.sync.status_texts import age_text, problem_text, status_line
from tests.ui.children import child

NOW = datetime(2026, 11, 18, 10, 37, tzinfo=UTC)


def test_up_to_date_says_since_when(qapp: QApplication) -> None:
    status = SyncStatus(SyncPhase.UP_TO_DATE, last_success=NOW - timedelta(minutes=2))

    assert status_line(status, NOW).text == "Up to date · 2 min ago"


@pytest.mark.parametrize(
    ("waiting", "text"),
    [(0, "Offline"), (1, "Offline · 1 change waiting"), (3, "Offline · 3 changes waiting")],
)
def test_offline_counts_what_waits(qapp: QApplication, waiting: int, text: str) -> None:
    assert status_line(SyncStatus(SyncPhase.OFFLINE, waiting), NOW).text == text


@pytest.fixture
def english() -> Iterator[None]:
    """Numbers as they are written in the United States."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("qapp", "english")
def test_progress_has_numbers() -> None:
    progress = Progress(3400, 20000, "contacts")

    line = status_line(SyncStatus(SyncPhase.SYNCING, progress=progress), NOW)

    assert line.text == "Syncing contacts · 3,400 of 20,000"


def test_sending_counts_the_changes(qapp: QApplication) -> None:
    assert status_line(SyncStatus(SyncPhase.SYNCING, 2), NOW).text == "Sending 2 changes"


def test_attention_names_what_it_is_about(qapp: QApplication) -> None:
    item = AttentionItem("parked", summary="Demo <b>Acme</b>")

    line = status_line(SyncStatus(SyncPhase.ATTENTION, 1, attention=(item,)), NOW)

    assert (line.dot, line.text) == ("danger", "Needs attention · Demo <b>Acme</b>")


def test_without_an_account_nothing_is_called_saved(qapp: QApplication) -> None:
    assert status_line(SyncStatus(SyncPhase.LOCAL_ONLY), NOW).text == "No account yet"


def test_without_a_keyring_nothing_is_called_saved(qapp: QApplication) -> None:
    line = status_line(SyncStatus(SyncPhase.LOCAL_ONLY, session_only=True), NOW)

    assert line.text == "Kept until you close Parley"


def test_the_tip_says_why_and_when_again(qapp: QApplication) -> None:
    account = AccountSync(
        AccountId("a"),
        SyncPhase.OFFLINE,
        problem=Unreachable.NO_DNS.value,
        retry_at=NOW + timedelta(minutes=5),
    )

    tip = status_line(SyncStatus(SyncPhase.OFFLINE, accounts=(account,)), NOW).tip

    assert tip.startswith("The server's name is not known here. Next try at ")


@pytest.mark.parametrize("code", [*(u.value for u in Unreachable), *(r.value for r in Refusal)])
def test_every_problem_code_has_a_sentence(qapp: QApplication, code: str) -> None:
    assert problem_text(code).endswith(".")


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=5), "5 h ago"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(seconds=-5), "just now"),
    ],
)
def test_ages_are_told_in_the_unit_that_matters(
    qapp: QApplication, age: timedelta, text: str
) -> None:
    assert age_text(age) == text


def test_a_click_asks_for_the_details(qtbot: QtBot) -> None:
    bar = SyncStatusBar(lambda: NOW)
    qtbot.addWidget(bar)
    bar.show_status(SyncStatus(SyncPhase.OFFLINE, 1))
    button = child(bar, QPushButton, "syncStatus")

    with qtbot.waitSignal(bar.details_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert button.text() == "Offline · 1 change waiting"


def test_the_bar_shows_only_while_there_is_progress(qtbot: QtBot) -> None:
    bar = SyncStatusBar(lambda: NOW)
    qtbot.addWidget(bar)
    progress = child(bar, QProgressBar)

    bar.show_status(SyncStatus(SyncPhase.SYNCING, progress=Progress(5, 10, "contacts")))
    assert not progress.isHidden()
    assert (progress.value(), progress.maximum()) == (5, 10)

    bar.show_status(SyncStatus(SyncPhase.UP_TO_DATE, last_success=NOW))
    assert progress.isHidden()


@pytest.mark.parametrize("progress", [None, Progress(5, 10, "contacts")])
def test_the_words_are_shown_in_full_height(
    qapp: QApplication, qtbot: QtBot, progress: Progress | None
) -> None:
    theme.apply(qapp, "light")
    bar = SyncStatusBar(lambda: NOW)
    qtbot.addWidget(bar)
    bar.show_status(SyncStatus(SyncPhase.SYNCING, progress=progress))
    bar.resize(600, bar.sizeHint().height())
    bar.show()
    words = child(bar, QPushButton, "syncStatus")

    assert words.height() >= words.sizeHint().height()


def test_nothing_is_claimed_before_anything_is_known(qtbot: QtBot) -> None:
    bar = SyncStatusBar(lambda: NOW)
    qtbot.addWidget(bar)

    assert child(bar, QPushButton, "syncStatus").text() == "Opening your data"


def test_of_several_servers_the_one_that_is_out_of_reach_is_named() -> None:
    accounts = (
        AccountSync(AccountId("a"), SyncPhase.UP_TO_DATE),
        AccountSync(AccountId("b"), SyncPhase.OFFLINE, problem="no answer"),
        AccountSync(AccountId("c"), SyncPhase.LOCAL_ONLY),
    )
    titles = {AccountId("a"): "Acme", AccountId("b"): "Borealis", AccountId("c"): "Here"}
    status = SyncStatus(SyncPhase.OFFLINE, 1, accounts=accounts)

    line = status_line(status, NOW, titles)

    assert line.text == "Offline: Borealis · 1 change waiting"
    assert line.tip == "Borealis: The server does not answer."


def test_a_single_server_needs_no_name() -> None:
    accounts = (AccountSync(AccountId("b"), SyncPhase.OFFLINE, problem="no answer"),)
    status = SyncStatus(SyncPhase.OFFLINE, accounts=accounts)

    line = status_line(status, NOW, {AccountId("b"): "Borealis"})

    assert line.text == "Offline"
    assert line.tip == "The server does not answer."
