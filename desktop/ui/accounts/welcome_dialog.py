"""WelcomeDialog: the wizard over the window, for one more account or a new sign-in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.domain.account import Account
from desktop.services.accounts import AccountService
from desktop.ui.accounts.welcome import WelcomeWizard
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.measure import roomy

WIDTH_PX, HEIGHT_PX = 640, 620


class WelcomeDialog(QDialog):
    """Closes itself when the account is there; closing it stops whatever is under way."""

    added = Signal(object)  # Account

    def __init__(
        self,
        accounts: AccountService,
        tasks: TaskRunner,
        parent: QWidget | None = None,
        *,
        session_only: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("accountDialog")
        self._accounts = accounts
        self._tasks = tasks
        self._session_only = session_only
        self._wizard: WelcomeWizard | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.finished.connect(self._on_finished)
        self.resize(roomy(self, WIDTH_PX, HEIGHT_PX))

    def open_doors(self) -> None:
        """Ask which kind of account to add."""
        self.setWindowTitle(self.tr("Add account"))
        self._fresh_wizard()
        self.open()

    def open_sign_in(self, account: Account) -> None:
        """Ask for a new key of ``account``."""
        self.setWindowTitle(self.tr("Sign in again"))
        self._fresh_wizard().sign_in_again(account)
        self.open()

    def _fresh_wizard(self) -> WelcomeWizard:
        """One that lives as long as the dialog is open: it holds a secret."""
        self._drop_wizard()
        wizard = WelcomeWizard(self._accounts, self._tasks, session_only=self._session_only)
        wizard.offer_cancel()
        wizard.added.connect(self._on_added)
        wizard.cancelled.connect(self.reject)
        self._column.addWidget(wizard)
        self._wizard = wizard
        return wizard

    def _drop_wizard(self) -> None:
        if self._wizard is not None:
            self._wizard.stop()
            self._column.removeWidget(self._wizard)
            self._wizard.deleteLater()
            self._wizard = None

    def _on_finished(self, _result: int) -> None:
        self._drop_wizard()

    def _on_added(self, account: Account) -> None:
        self.added.emit(account)
        self.accept()
