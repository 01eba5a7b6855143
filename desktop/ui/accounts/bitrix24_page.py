"""Bitrix24Page: the two ways into a portal, and the one that is chosen."""

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.account import SignIn
from desktop.services.accounts import AccountService
from desktop.services.sign_in.app_sign_in import AppForm
from desktop.services.sign_in.connection import ConnectionReport
from desktop.ui.accounts.app_page import AppPage
from desktop.ui.accounts.webhook_page import WebhookPage
from desktop.ui.widgets.labels import small_label
from desktop.ui.widgets.segmented import SegmentedControl


class Bitrix24Page(QWidget):
    """A webhook, or an application; what is typed leaves it only by `test`."""

    edited = Signal()
    submitted = Signal()
    progressed = Signal(str)  # what is being waited for now

    def __init__(self, accounts: AccountService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ways = SegmentedControl(self.tr("How to sign in"))
        self._ways.setObjectName("signInWays")
        self._ways.add(SignIn.WEBHOOK, self.tr("With a webhook"))
        self._ways.add(SignIn.OAUTH, self.tr("With the browser"))
        self._ways.chosen.connect(self._on_chosen)
        self._about = small_label(wrap=True)
        self._webhook = WebhookPage(accounts)
        self._app = AppPage(accounts)
        for page in (self._webhook, self._app):
            page.edited.connect(self._on_edited)
            page.submitted.connect(self.submitted)
        self._app.progressed.connect(self.progressed)
        self._arrange()
        self.choose(SignIn.WEBHOOK)

    @property
    def _page(self) -> WebhookPage | AppPage:
        return self._app if self.way is SignIn.OAUTH else self._webhook

    @property
    def way(self) -> SignIn:
        """Which of the two is chosen."""
        value = self._ways.value()
        return value if isinstance(value, SignIn) else SignIn.WEBHOOK

    def choose(self, way: SignIn) -> None:
        """Show one way in."""
        self._ways.set_value(way)
        self._webhook.setVisible(way is SignIn.WEBHOOK)
        self._app.setVisible(way is SignIn.OAUTH)
        self._about.setText(
            self.tr(
                "Your company has registered Parley on its portal: you sign in as yourself, on "
                "the portal's own page."
            )
            if way is SignIn.OAUTH
            else self.tr("You make a key for yourself, in two minutes and without anybody's help.")
        )

    def fill(self, form: AppForm | None) -> None:
        """Type what was typed at an earlier sign-in through the browser."""
        self._app.fill(form)

    def show_state(self, *, working: bool, done: bool) -> None:
        """Whether a test is under way, or has gone well: then the way stays."""
        self._ways.setEnabled(not working)
        self._app.show_done(done)

    def clear(self) -> None:
        """Forget what was typed."""
        self._webhook.clear()
        self._app.clear()

    def take_focus(self) -> None:
        """Put the caret where one begins."""
        self._page.take_focus()

    def conceal(self) -> None:
        """Hide the secrets from whoever looks at the screen."""
        self._page.conceal()

    def insist(self) -> bool:
        """Say in earnest what is wrong, and lead there; whether nothing is."""
        return self._page.insist()

    def test_text(self) -> str:
        """What the button says that begins the test."""
        return self._page.test_text()

    def working_text(self) -> str:
        """What is being waited for at first."""
        return self._page.working_text()

    def test(self) -> Coroutine[Any, Any, ConnectionReport]:
        """Who we are there, and what is allowed."""
        return self._page.test()

    def _on_chosen(self, way: SignIn) -> None:
        self.choose(way)
        self.edited.emit()

    def _on_edited(self) -> None:
        # What is typed by other means than the keyboard shows which way is meant.
        if self.sender() is self._app and self.way is SignIn.WEBHOOK and not self._app.empty:
            self.choose(SignIn.OAUTH)
        self.edited.emit()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._ways)
        column.addWidget(self._about)
        column.addSpacing(4)
        column.addWidget(self._webhook)
        column.addWidget(self._app)
