"""WelcomeWizard: the way to an account, in the middle of an empty window or in a dialog."""

import asyncio
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.account import Account, SignIn
from desktop.domain.errors import AppError
from desktop.services.accounts import AccountService
from desktop.services.sign_in.connection import ConnectionReport
from desktop.ui.accounts.bitrix24_page import Bitrix24Page
from desktop.ui.accounts.calm_column import CalmColumn
from desktop.ui.accounts.doors_page import DoorsPage
from desktop.ui.accounts.refused_texts import refused_text
from desktop.ui.accounts.report_texts import report_facts, report_kind, stranger_text
from desktop.ui.error_texts import text_for
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.buttons import QuietButton
from desktop.ui.widgets.facts_label import Fact
from desktop.ui.widgets.labels import PlainLabel, title_label
from desktop.ui.widgets.message_box import MessageBox


class WelcomeWizard(QWidget):
    """Two screens at most: which door, and for a server its key. `added` says that it is done."""

    added = Signal(object)  # Account
    cancelled = Signal()

    def __init__(
        self,
        accounts: AccountService,
        tasks: TaskRunner,
        parent: QWidget | None = None,
        *,
        session_only: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("welcomeWizard")
        self._accounts = accounts
        self._tasks = tasks
        self._session_only = session_only
        self._account: Account | None = None
        self._report: ConnectionReport | None = None
        self._work: asyncio.Task[Any] | None = None
        self._title = title_label("", 1.5)
        self._intro = PlainLabel(tone="muted", wrap=True)
        self._doors = DoorsPage()
        self._doors.bitrix24_chosen.connect(self._on_bitrix24)
        self._doors.local_toggled.connect(self._on_local_toggled)
        self._portal = Bitrix24Page(accounts)
        self._portal.edited.connect(self._on_edited)
        self._portal.submitted.connect(self._on_test)
        self._portal.progressed.connect(self._on_progressed)
        self._message = MessageBox("accountMessage")
        self._back = QuietButton(self.tr("Back"))
        self._back.setObjectName("accountBackButton")
        self._back.clicked.connect(self._on_back)
        self._cancel = QuietButton(self.tr("Cancel"))
        self._cancel.clicked.connect(self._on_cancel)
        self._cancel.hide()
        self._test = QuietButton()
        self._test.setObjectName("accountTestButton")
        self._test.clicked.connect(self._on_test)
        self._finish = QuietButton()
        self._finish.setObjectName("accountFinishButton")
        self._finish.clicked.connect(self._on_finish)
        self._page: QWidget = self._doors
        self._calm = CalmColumn()
        self._arrange()
        self.start_over()

    def offer_cancel(self) -> None:
        """Show a way out: there are accounts already."""
        self._cancel.show()

    def start_over(self) -> None:
        """Show the doors."""
        self._leave()
        self._account = None
        self._doors.start_over()
        self._show(self._doors)

    def sign_in_again(self, account: Account) -> None:
        """Ask for a new key of the same user on the same portal."""
        self._leave()
        self._account = account
        self._portal.choose(account.sign_in)
        self._show(self._portal)
        self._portal.take_focus()
        if account.sign_in is SignIn.OAUTH:
            self._tasks.start(
                self._accounts.apps.known_form(account),
                owner=self,
                done=self._portal.fill,
                failed=self._on_failed,
            )

    def stop(self) -> None:
        """End what is under way and forget what was typed."""
        self._leave()

    def _leave(self) -> None:
        self._stop_work()
        self._report = None
        self._portal.clear()
        self._message.clear()

    def _show(self, page: QWidget) -> None:
        # No stack: it would be as high as its highest page, whichever is shown.
        self._page = page
        self._doors.setVisible(page is self._doors)
        self._portal.setVisible(page is self._portal)
        again = self._account
        if page is self._doors:
            self._title.setText(self.tr("Welcome to Parley"))
            self._intro.setText(
                self.tr("Find the client, see the time, book the meeting. Where is your data?")
            )
        elif again is None:
            self._title.setText(self.tr("Connect Bitrix24"))
            self._intro.setText(self.tr("Nothing is changed on the portal by connecting."))
        else:
            self._title.setText(self.tr("Sign in again"))
            self._intro.setText(
                self.tr(
                    "{account}: sign in once more as {who}. Your waiting changes are kept and "
                    "sent afterwards."
                ).format(account=again.title, who=again.user_name or again.address)
            )
        self._settle()

    def _settle(self) -> None:
        """Offer what can be done now, and mark what comes next."""
        at_doors = self._page is self._doors
        working = self._working()
        self._back.setVisible(not at_doors and self._account is None)
        self._test.setVisible(not at_doors)
        self._test.setText(self.tr("Stop") if working else self._portal.test_text())
        self._portal.show_state(working=working, done=self._report is not None)
        self._finish.setVisible(not at_doors or self._doors.local_open)
        self._finish.setText(self._finish_text(at_doors))
        ready = self._doors.local_open if at_doors else self._report is not None
        self._finish.setEnabled(ready and not working)
        _mark(self._finish, primary=ready)
        _mark(self._test, primary=not ready and not working)
        if self._message.text():
            self._calm.bring_into_view(self._finish)

    def _finish_text(self, at_doors: bool) -> str:
        if at_doors:
            return self.tr("Start")
        return self.tr("Add account") if self._account is None else self.tr("Sign in")

    def _working(self) -> bool:
        return self._work is not None and not self._work.done()

    def _stop_work(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def _on_back(self) -> None:
        self.start_over()
        self._doors.take_focus()

    def _on_bitrix24(self) -> None:
        self._show(self._portal)
        self._portal.take_focus()

    def _on_local_toggled(self, _chosen: bool) -> None:
        self._message.clear()
        self._settle()

    def _on_cancel(self) -> None:
        self._leave()
        self.cancelled.emit()

    def _on_edited(self) -> None:
        self._stop_work()
        self._report = None
        self._message.clear()
        self._settle()

    def _on_test(self) -> None:
        if self._working():
            self._stop_work()
            self._message.say("info", self.tr("Stopped. Nothing was stored."))
            self._settle()
            return
        self._report = None
        if not self._portal.insist():
            self._message.clear()
            self._settle()
            return
        self._portal.conceal()
        self._message.say_working(self._portal.working_text())
        self._work = self._tasks.start(
            self._portal.test(),
            owner=self,
            done=self._on_tested,
            failed=self._on_refused,
        )
        self._settle()

    def _on_progressed(self, text: str) -> None:
        if self._working():
            self._message.say_working(text)

    def _on_refused(self, error: AppError) -> None:
        self._work = None
        self._message.say_error(refused_text(error))
        self._settle()

    def _on_tested(self, report: ConnectionReport) -> None:
        self._work = None
        wanted = self._account
        if wanted is not None and report.existing != wanted.id:
            self._message.say("error", stranger_text(report, wanted))
            self._settle()
            return
        self._report = report if report.usable else None
        facts, kind = report_facts(report), report_kind(report)
        if self._session_only:
            facts, kind = (*facts, Fact(self._session_text(), "warning", "warning")), "warning"
        self._message.say_facts(kind, facts)
        self._settle()
        if self._report is not None:
            self._finish.setFocus(Qt.FocusReason.OtherFocusReason)

    def _session_text(self) -> str:
        return self.tr(
            "This computer has no keyring that Parley can use: the key is kept only until you "
            "close Parley, which asks for it again at the next start."
        )

    def _on_finish(self) -> None:
        if self._page is self._doors:
            sample = self._doors.sample.isChecked()
            name = self.tr("Sample data") if sample else self._doors.name.text().strip()
            self._message.say_working(self.tr("Making room on this computer…"))
            work = self._accounts.add_local(
                sample=sample,
                title=name or self.tr("This computer"),
                calendar=self.tr("My calendar"),
            )
        elif self._report is not None:
            self._message.say_working(self.tr("Storing the key in the keyring…"))
            work = self._accounts.add_bitrix24(self._report)
        else:
            return
        self._work = self._tasks.start(
            work, owner=self, done=self._on_added, failed=self._on_failed
        )
        self._settle()

    def _on_added(self, account: Account) -> None:
        self._work = None
        self._leave()
        self.added.emit(account)

    def _on_failed(self, error: AppError) -> None:
        self._work = None
        self._message.say_error(text_for(error))
        self._settle()

    def _arrange(self) -> None:
        calm = self._calm
        calm.column.addWidget(self._title)
        calm.column.addWidget(self._intro)
        calm.column.addSpacing(8)
        calm.column.addWidget(self._doors)
        calm.column.addWidget(self._portal)
        calm.column.addWidget(self._message)
        calm.column.addSpacing(4)
        buttons = QHBoxLayout()
        calm.column.addLayout(buttons)
        self._add_buttons(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(calm)

    def _add_buttons(self, row: QHBoxLayout) -> None:
        row.setSpacing(8)
        row.addWidget(self._back)
        row.addStretch()
        for button in (self._cancel, self._test, self._finish):
            row.addWidget(button)


def _mark(button: QuietButton, *, primary: bool) -> None:
    """Paint the button as the next step, or as one of several."""
    kind = "primary" if primary else ""
    if button.property("kind") != kind:
        button.setProperty("kind", kind)
        button.style().unpolish(button)
        button.style().polish(button)
        button.updateGeometry()
