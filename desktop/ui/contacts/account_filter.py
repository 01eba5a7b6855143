"""AccountFilter: whose contacts are searched, where there are several accounts."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.account import Account
from desktop.domain.ids import AccountId
from desktop.ui.widgets.buttons import IconButton


class AccountFilter(IconButton):
    """Stands beside the search field; hidden while there is nothing to choose."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        name = QCoreApplication.translate("AccountFilter", "Search in one account")
        super().__init__("filter", name, parent, role="muted")
        self.setObjectName("contactAccountFilter")
        self._titles: dict[AccountId, str] = {}
        self.account_id: AccountId | None = None
        """The only account to search; None: all of them."""
        self._menu = QMenu(self)
        self._menu.setObjectName("contactAccountMenu")
        self._menu.triggered.connect(self._on_triggered)
        self.clicked.connect(self._on_clicked)
        self.hide()

    @property
    def title(self) -> str:
        """What the only account is called; empty for all of them."""
        return self._titles.get(self.account_id or AccountId(""), "")

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Offer these; one that is gone is no longer the only one."""
        self._titles = {one.id: one.title for one in accounts}
        self.setVisible(len(accounts) > 1)
        if self.account_id is not None and (
            self.account_id not in self._titles or len(accounts) < 2
        ):
            self.choose(None)

    def choose(self, account_id: AccountId | None) -> None:
        """Search in this account only, or in all of them."""
        if account_id != self.account_id:
            self.account_id = account_id
            self.chosen.emit()

    def _on_clicked(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        self._offer(group, self.tr("All accounts"), None)
        self._menu.addSeparator()
        for account_id, title in self._titles.items():
            self._offer(group, title.replace("&", "&&"), account_id)
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _offer(self, group: QActionGroup, text: str, account_id: AccountId | None) -> None:
        action = self._menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(account_id == self.account_id)
        action.setData(account_id)
        group.addAction(action)

    def _on_triggered(self, action: QAction) -> None:
        told = action.data()
        self.choose(AccountId(told) if told else None)
