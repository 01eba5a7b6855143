"""WebhookPage: where the address of a Bitrix24 webhook is pasted and checked as it is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import InvalidInputError
from desktop.services.accounts import AccountService
from desktop.services.sign_in.connection import ConnectionReport
from desktop.ui.accounts.app_page import asking_text
from desktop.ui.accounts.steps_box import StepsBox
from desktop.ui.accounts.webhook_field import WebhookField
from desktop.ui.input_texts import input_text
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import PlainLabel, Tone, small_label


class WebhookPage(QWidget):
    """A field, words beside it, and how to get an address. The secret leaves it only by `text`."""

    edited = Signal()
    submitted = Signal()

    def __init__(self, accounts: AccountService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accounts = accounts
        self._masked = ""
        self._field = WebhookField()
        self._field.textChanged.connect(self._on_changed)
        self._field.left.connect(self._on_left)
        self._field.returnPressed.connect(self.submitted)
        self._field.concealed_changed.connect(self._on_concealed)
        self._eye = IconButton("eye", self.tr("Show the address"), framed=True)
        self._eye.clicked.connect(self._on_eye)
        self._eye.hide()
        self._words = small_label(wrap=True)
        self._words.setObjectName("webhookMessage")
        self._help = StepsBox(
            self.tr("How to get one"),
            (
                self.tr(
                    "In Bitrix24 open Applications → Developer resources → Ready-made scenarios → "
                    "Other → Incoming webhook."
                ),
                self.tr(
                    "Tick the permissions CRM (crm), Calendar (calendar), Users (user) and Company "
                    "structure (department)."
                ),
                self.tr("Press Create, copy the address of the webhook and paste it here."),
            ),
            self.tr(
                "The address works like a password. It is kept in the keyring of this "
                "computer and nowhere else."
            ),
        )
        self._arrange()
        self._judge(strict=False)

    @property
    def valid(self) -> bool:
        """Whether what was typed can be tested."""
        return bool(self._masked)

    def text(self) -> str:
        """What was typed, secret and all."""
        return self._field.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self._field.reveal()
        self._field.setText("")  # unlike clear(), it leaves nothing to be brought back by Ctrl+Z
        self._judge(strict=False)

    def take_focus(self) -> None:
        """Put the caret where the address goes."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def conceal(self) -> None:
        """Hide the secret from whoever looks at the screen."""
        if self._masked:
            self._field.conceal(self._masked)

    def insist(self) -> bool:
        """Say in earnest what is wrong, and lead there; whether nothing is."""
        self._judge(strict=True)
        if not self.valid:
            self.take_focus()
        return self.valid

    def test_text(self) -> str:
        """What the button says that begins the test."""
        return self.tr("Test connection")

    def working_text(self) -> str:
        """What is being waited for."""
        return asking_text()

    async def test(self) -> ConnectionReport:
        """Asks the portal. Raises what `AccountService.test_webhook` raises."""
        return await self._accounts.test_webhook(self.text())

    def _on_changed(self, _text: str) -> None:
        self._judge(strict=False)
        self.edited.emit()

    def _on_left(self) -> None:
        if self._field.text().strip():
            self._judge(strict=True)
        if not self._eye.underMouse():
            self.conceal()

    def _on_concealed(self, concealed: bool) -> None:
        self._eye.setVisible(self.valid)
        self._eye.show_as(
            "eye" if concealed else "eye-off",
            self.tr("Show the address") if concealed else self.tr("Hide the code"),
        )

    def _on_eye(self) -> None:
        if self._field.shown_text() != self._field.text():
            self._field.reveal()
        else:
            self.conceal()

    def _judge(self, *, strict: bool) -> None:
        """Look at what was typed; only ``strict`` speaks of it as a mistake."""
        found = self._accounts.check_webhook(self._field.text())
        if isinstance(found, InvalidInputError):
            self._masked = ""
            self._say(input_text(found), "danger" if strict else "muted")
        else:
            self._masked = str(found)
            text = self.tr("Portal {host}, user {number}")
            self._say(text.format(host=found.host, number=found.user_id), "success")
        self._eye.setVisible(self.valid)
        wrong = "true" if strict and not self.valid else "false"
        if self._field.property("invalid") != wrong:
            self._field.setProperty("invalid", wrong)
            self._field.style().unpolish(self._field)
            self._field.style().polish(self._field)

    def _say(self, text: str, tone: Tone) -> None:
        self._words.set_tone(tone)
        self._words.setText(text)

    def _arrange(self) -> None:
        label = PlainLabel(self.tr("Address of the webhook"))
        label.setBuddy(self._field)
        self._field.setAccessibleName(label.whole_text())
        row = QHBoxLayout()
        row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label)
        column.addLayout(row)
        row.addWidget(self._field, 1)
        row.addWidget(self._eye)
        column.addWidget(self._words)
        column.addSpacing(8)
        column.addWidget(self._help)
        column.addStretch()
