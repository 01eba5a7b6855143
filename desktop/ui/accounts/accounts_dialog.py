"""AccountsDialog: every account, and what can be done with each."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.account import Account
from desktop.domain.customs import Customs, zone_differs
from desktop.domain.errors import AppError
from desktop.domain.event import Calendar, Recording
from desktop.domain.sync import SyncPhase, SyncStatus
from desktop.services.accounts import AccountService
from desktop.services.changes import Change, Topic
from desktop.services.customs import CustomsService
from desktop.services.interchange.service import InterchangeService
from desktop.services.schedule import ScheduleService
from desktop.services.sign_in.moving import Move, move_of
from desktop.ui.accounts.account_card import AccountCard
from desktop.ui.accounts.exports import Export, Exporter, export_failed_text
from desktop.ui.accounts.move_sheet import MoveSheet
from desktop.ui.accounts.removal_sheet import RemovalSheet
from desktop.ui.accounts.welcome_dialog import WelcomeDialog
from desktop.ui.error_texts import text_for
from desktop.ui.feed import FeedSignals
from desktop.ui.interchange.import_dialog import ImportDialog
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.banner import NoticeBanner
from desktop.ui.widgets.buttons import QuietButton
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.folders import documents_folder
from desktop.ui.widgets.labels import title_label
from desktop.ui.widgets.measure import roomy

WIDTH_PX, HEIGHT_PX = 600, 520


class AccountsDialog(QDialog):
    """Connects the cards with the services and the dialogs that they ask for."""

    account_added = Signal(object)  # Account

    def __init__(
        self,
        accounts: AccountService,
        interchange: InterchangeService,
        schedule: ScheduleService,
        feed: FeedSignals,
        tasks: TaskRunner,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        parent: QWidget | None = None,
        *,
        session_only: bool = False,
        customs: CustomsService | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("accountsDialog")
        self.setWindowTitle(self.tr("Accounts"))
        self._accounts = accounts
        self._interchange = interchange
        self._schedule = schedule
        self._tasks = tasks
        self._clock = clock
        self._zone = zone
        self._session_only = session_only
        self._customs = customs
        self._status = SyncStatus(SyncPhase.LOCAL_ONLY)
        self._cards: list[AccountCard] = []
        self._list = QVBoxLayout()
        self._empty = EmptyState(
            "people",
            self.tr("No accounts yet"),
            self.tr("Connect your CRM, or work on this computer only."),
        )
        self._notice = NoticeBanner(closable=True)
        self._notice.hide()
        self._add = QuietButton(self.tr("Add account…"), icon_name="plus")
        self._add.setObjectName("addAccountButton")
        self._add.clicked.connect(self.add_account)
        self._exporter = Exporter(
            interchange, tasks, self, done=self._on_exported, failed=self._on_not_written
        )
        feed.changed.connect(self._on_change)
        self._arrange()

    def bring_up(self) -> None:
        """Open, with the accounts of now."""
        self._read()
        self.show()
        self.raise_()
        self.activateWindow()

    def show_status(self, status: SyncStatus) -> None:
        """Say how each account is doing."""
        self._status = status
        self._show_sync()

    def add_account(self) -> None:
        """Open the wizard for one more account."""
        self._welcome().open_doors()

    def sign_in(self, account: Account) -> None:
        """Open the wizard for a new key of ``account``."""
        self._welcome().open_sign_in(account)

    def confirm_move(self, account: Account, move: Move) -> None:
        """Ask whether the portal of ``account`` has really moved."""
        window = self if self.isVisible() else self.parentWidget()
        sheet = MoveSheet(account, move, self._accounts, self._tasks, window)
        sheet.finished.connect(sheet.deleteLater)
        sheet.ask()

    def mend(self, account: Account) -> None:
        """Do what ``account`` waits for: a word about its new address, or a new key."""
        move = move_of(account)
        if move is None:
            self.sign_in(account)
        else:
            self.confirm_move(account, move)

    def _welcome(self) -> WelcomeDialog:
        window = self if self.isVisible() else self.parentWidget()
        dialog = WelcomeDialog(self._accounts, self._tasks, window, session_only=self._session_only)
        dialog.added.connect(self.account_added)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _on_change(self, change: Change) -> None:
        if change.topic is Topic.ACCOUNTS and self.isVisible():
            self._read()

    def _read(self) -> None:
        self._tasks.start(self._accounts.all(), owner=self, done=self._show, failed=self._on_failed)

    def _show(self, accounts: tuple[Account, ...]) -> None:
        self._empty.setVisible(not accounts)
        if _otherwise(accounts) == _otherwise(card.account for card in self._cards):
            for card, account in zip(self._cards, accounts, strict=True):
                if card.account != account:
                    card.take(account)  # it keeps the focus, which a new card would not have
            self._read_customs()
            return
        for card in self._cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [self._card(account) for account in accounts]
        for card in self._cards:
            self._list.addWidget(card)
        self._show_sync()
        self._read_customs()

    def _read_customs(self) -> None:
        if self._customs is None:
            return
        for card in self._cards:
            asked = self._customs.of(card.account.id)
            self._tasks.start(asked, owner=card, done=partial(self._show_customs, card))

    def _show_customs(self, card: AccountCard, customs: Customs | None) -> None:
        there, here = card.account.time_zone, self._zone
        card.customs.show_customs(
            customs,
            followed=self._customs is not None and self._customs.follows(card.account.id),
            zones=(there, here.key) if zone_differs(there, here) else None,
        )

    def _on_customs_use(self, account: Account) -> None:
        if self._customs is not None:
            self._tasks.start(self._customs.use(account.id), owner=self, failed=self._on_failed)

    def _on_customs_keep(self, _account: Account) -> None:
        if self._customs is not None:
            self._customs.keep_own()

    def _card(self, account: Account) -> AccountCard:
        card = AccountCard(account)
        card.sign_in_requested.connect(self.sign_in)
        card.move_requested.connect(self.confirm_move)
        card.import_requested.connect(self._on_import)
        card.export_requested.connect(self._on_export)
        card.removal_requested.connect(self._on_removal)
        card.recording_chosen.connect(self._on_recording)
        card.customs_use_requested.connect(self._on_customs_use)
        card.customs_keep_requested.connect(self._on_customs_keep)
        return card

    def _show_sync(self) -> None:
        syncs = {sync.account_id: sync for sync in self._status.accounts}
        now = self._clock()
        for card in self._cards:
            card.show_sync(syncs.get(card.account.id), now)

    def _on_import(self, account: Account) -> None:
        dialog = QFileDialog(self, self.tr("Import"), documents_folder())
        dialog.setObjectName("importFileDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                self.tr("Calendars and contacts") + " (*.ics *.ical *.vcf *.vcard *.csv *.tsv)",
                self.tr("All files") + " (*)",
            ]
        )
        dialog.fileSelected.connect(partial(self._on_file_chosen, account))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file_chosen(self, account: Account, name: str) -> None:
        self._tasks.start(
            self._schedule.calendars(),
            owner=self,
            done=partial(self._open_import, account, Path(name)),
            failed=self._on_failed,
        )

    def _open_import(self, account: Account, path: Path, calendars: tuple[Calendar, ...]) -> None:
        own = [one for one in calendars if one.account_id == account.id and one.writable]
        dialog = ImportDialog(self._interchange, self._tasks, self._zone, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_file(path, own, {account.id: account.title})

    def _on_export(self, account: Account, export: Export) -> None:
        self._exporter.ask(account, export)

    def _on_exported(self, path: Path) -> None:
        self._notice.show_notice("success", self.tr("Written: {file}").format(file=path.name))

    def _on_not_written(self, error: AppError) -> None:
        self._notice.show_notice("error", export_failed_text(error))

    def _on_recording(self, account: Account, recording: Recording) -> None:
        self._tasks.start(
            self._accounts.set_recording(account.id, recording), owner=self, failed=self._on_failed
        )

    def _on_removal(self, account: Account) -> None:
        sheet = RemovalSheet(account, self._accounts, self._tasks, self)
        sheet.export_requested.connect(self._on_export)
        sheet.removed.connect(self._on_removed)
        sheet.finished.connect(sheet.deleteLater)
        sheet.ask()

    def _on_removed(self, account: Account) -> None:
        self._notice.show_notice(
            "success", self.tr("Removed: {account}").format(account=account.title)
        )
        self._read()

    def _on_failed(self, error: AppError) -> None:
        text = text_for(error)
        self._notice.show_notice("error", f"{text.title}. {text.body}")

    def _arrange(self) -> None:
        inner = QWidget()
        filled = QVBoxLayout(inner)
        filled.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(12)
        filled.addLayout(self._list)
        filled.addWidget(self._empty)
        filled.addStretch()
        self._empty.hide()
        scrolled = QScrollArea()
        scrolled.setWidget(inner)
        scrolled.setWidgetResizable(True)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        close = QuietButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addLayout(head)
        head.addWidget(title_label(self.tr("Accounts")), 1)
        head.addWidget(self._add)
        column.addWidget(self._notice)
        column.addWidget(scrolled, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignTrailing)
        self.resize(roomy(self, WIDTH_PX, HEIGHT_PX))


def _otherwise(accounts: Iterable[Account]) -> tuple[Account, ...]:
    """The accounts without what their cards can show by themselves."""
    return tuple(replace(account, recording=None) for account in accounts)
