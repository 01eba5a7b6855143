"""AppPage: signing in as an application, in the system's browser."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.errors import AppError, Field, InvalidInputError
from desktop.services.accounts import AccountService
from desktop.services.sign_in.app_sign_in import AppForm
from desktop.services.sign_in.browser_wait import BrowserWait
from desktop.services.sign_in.connection import ConnectionReport
from desktop.ui.accounts.app_fields import AppFields
from desktop.ui.accounts.paste_row import PasteRow
from desktop.ui.accounts.sign_in_texts import browser_pages
from desktop.ui.input_texts import input_text
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.buttons import LinkButton


class AppPage(QWidget):
    """What is typed, then a wait for the browser; secrets leave it only by `test`.

    ``open_url`` shows an address in the system's browser, and says whether it could.
    """

    edited = Signal()
    submitted = Signal()
    progressed = Signal(str)  # what is being waited for now

    def __init__(
        self,
        accounts: AccountService,
        parent: QWidget | None = None,
        *,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self._apps = accounts.apps
        self._open_url = open_url
        self._wait: BrowserWait | None = None
        self._by_hand = False
        self._fields = AppFields(self._apps)
        self._fields.edited.connect(self.edited)
        self._fields.submitted.connect(self.submitted)
        self._again = LinkButton(self.tr("Open the page once more"))
        self._again.setObjectName("oauthOpenAgainButton")
        self._again.clicked.connect(self._on_again)
        self._copy = LinkButton(self.tr("Copy its address"))
        self._copy.setObjectName("oauthCopyButton")
        self._copy.clicked.connect(self._on_copy)
        self._ways = QWidget()
        self._ways.hide()
        self._paste = PasteRow()
        self._paste.pasted.connect(self._on_pasted)
        self._arrange()

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return self._fields.empty

    def fill(self, form: AppForm | None) -> None:
        """Type what was typed at an earlier sign-in, unless the user has begun already."""
        if form is not None and self.empty:
            self._by_hand = form.by_hand
            self._fields.fill(form)

    def clear(self) -> None:
        """Forget what was typed."""
        self._by_hand = False
        self._fields.clear()
        self._paste.forget()

    def take_focus(self) -> None:
        """Put the caret where one begins."""
        self._fields.portal.take_focus()

    def conceal(self) -> None:
        """Hide the secret from whoever looks at the screen."""
        self._fields.conceal()

    def insist(self) -> bool:
        """Say in earnest what is wrong, and lead there; whether nothing is."""
        return self._fields.insist()

    def test_text(self) -> str:
        """What the button says that begins the test."""
        return self.tr("Sign in with the browser")

    def working_text(self) -> str:
        """What is being waited for at first."""
        if self._by_hand:
            return self.tr(
                "Sign in to your portal in the browser and let Parley in. It could not come back "
                "by itself the last time: then paste the address of the page you end on."
            )
        return self.tr(
            "Waiting for your browser: sign in to your portal there and let Parley in. "
            "It comes back here by itself."
        )

    async def test(self) -> ConnectionReport:
        """Opens the browser and waits. Raises what `AppSignIn.finish` raises."""
        wait = self._apps.ask(self._fields.form(), browser_pages(), self._on_arrived)
        self._wait = wait
        try:
            taken = await wait.open()
            self._show_waiting(True)
            if taken is not None:
                self._say_by_hand(taken)
            self._on_again()
            return await self._apps.finish(wait)
        finally:
            self._wait = None
            if isValid(self):
                self._show_waiting(False)
            await wait.close()

    def show_done(self, done: bool) -> None:
        """Whether one is signed in: then there is nothing to explain and nothing to paste."""
        self._paste.setVisible(not done)
        self._fields.show_help(not done and self._wait is None)

    def _say_by_hand(self, taken: InvalidInputError) -> None:
        """The browser cannot bring the answer, but a person can."""
        words = self.tr("Until then, paste the address of the page you end on below.")
        self.progressed.emit(f"{input_text(taken)} {words}")

    def _show_waiting(self, waiting: bool) -> None:
        self._fields.setEnabled(not waiting)
        self._fields.show_help(not waiting)
        self._ways.setVisible(waiting)
        self._paste.show_waiting(waiting)
        if waiting:
            self._paste.take_focus()

    def _on_again(self) -> None:
        if self._wait is not None and not self._open_url(QUrl(self._wait.url)):
            self.progressed.emit(
                self.tr(
                    "No browser could be opened. Copy the page's address and open it in one "
                    "yourself."
                )
            )

    def _on_copy(self) -> None:
        if self._wait is not None:  # for another browser; nothing in it is secret
            QGuiApplication.clipboard().setText(self._wait.url)
            announce(self, self.tr("Copied"))

    def _on_arrived(self) -> None:
        if isValid(self):
            self.progressed.emit(asking_text())

    def _on_pasted(self, text: str) -> None:
        if self._wait is None:
            self._paste.refuse(InvalidInputError(Field.SIGN_IN_CODE, "too early"))
            return
        try:
            self._wait.paste(text)
        except AppError as error:
            self._paste.refuse(error)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._fields)
        column.addWidget(self._ways, 0, Qt.AlignmentFlag.AlignLeading)
        row = QHBoxLayout(self._ways)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._again)
        row.addWidget(self._copy)
        column.addWidget(self._paste)


def asking_text() -> str:
    """What is being waited for once somebody is let in."""
    return QCoreApplication.translate(
        "Accounts", "Asking the portal who you are and what is allowed…"
    )
