"""WelcomeDialog: the wizard over the window, for one more account or a new sign-in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.domain.account import Account
from desktop.services.accounts import AccountService
from desktop.ui.accounts.welcome import WelcomeWizard
from desktop.ui.tasks import TaskRunner

WIDTH_PX, HEIGHT_PX = 640, 560


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
        self._wizard = WelcomeWizard(accounts, tasks, session_only=session_only)
        self._wizard.offer_cancel()
        self._wizard.added.connect(self._on_added)
        self._wizard.cancelled.connect(self.reject)
        self.finished.connect(self._wizard.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._wizard)
        self.resize(WIDTH_PX, HEIGHT_PX)

    def open_doors(self) -> None:
        """Ask which kind of account to add."""
        self.setWindowTitle(self.tr("Add account"))
        self._wizard.start_over()
        self.open()

    def open_sign_in(self, account: Account) -> None:
        """Ask for a new key of ``account``."""
        self.setWindowTitle(self.tr("Sign in again"))
        self._wizard.sign_in_again(account)
        self.open()

    def _on_added(self, account: Account) -> None:
        self.added.emit(account)
        self.accept()
