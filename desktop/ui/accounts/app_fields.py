"""AppFields: which portal, which application of it, and how its administrator makes one."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from desktop.domain.errors import InvalidInputError
from desktop.services.app_sign_in import PORTS, USUAL_PORT, AppForm, AppSignIn
from desktop.ui.accounts.checked_field import CheckedField
from desktop.ui.accounts.steps_box import StepsBox
from desktop.ui.widgets.labels import PlainLabel, small_label


class AppFields(QWidget):
    """The key of the application leaves it only by `form`."""

    edited = Signal()
    submitted = Signal()

    def __init__(self, apps: AppSignIn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._apps = apps
        self.portal = CheckedField(
            self.tr("Address of the portal"),
            "oauthPortalField",
            self._judge_portal,
            placeholder="company.bitrix24.com",
        )
        self.client_id = CheckedField(
            self.tr("Application ID (client_id)"),
            "oauthClientIdField",
            self._judge_id,
            placeholder="local.650b1d4c5e6f71.12345678",
        )
        self.client_secret = CheckedField(
            self.tr("Application key (client_secret)"),
            "oauthClientSecretField",
            self._judge_key,
            secret=True,
        )
        self._port = QSpinBox()
        self._port.setObjectName("oauthPortField")
        self._port.setRange(*PORTS)
        self._port.setValue(USUAL_PORT)
        self._port.setAccessibleName(self.tr("Port on this computer"))
        self._port.valueChanged.connect(self._on_port)
        self._steps = StepsBox(
            self.tr("How your administrator makes one"),
            (
                self.tr(
                    "Open Applications → Developer resources → Ready-made scenarios → Other → "
                    "Local application, and tick “Application uses API only”."
                ),
                "",
                self.tr(
                    "Tick the permissions CRM (crm), Calendar (calendar), Users (user) and Company "
                    "structure (department), save, and copy ID and key into the fields above."
                ),
            ),
            self.tr(
                "Everybody signs in as themselves, on the portal's own page. The key and your "
                "sign-in are kept in the keyring of this computer and nowhere else."
            ),
        )
        for field in self._fields:
            field.edited.connect(self.edited)
            field.submitted.connect(self.submitted)
        self._arrange()
        self._on_port(USUAL_PORT)

    @property
    def _fields(self) -> tuple[CheckedField, ...]:
        return self.portal, self.client_id, self.client_secret

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(field.text() for field in self._fields)

    def form(self) -> AppForm:
        """What was typed, secret and all."""
        return AppForm(
            self.portal.text(),
            self.client_id.text(),
            self.client_secret.text(),
            self._port.value(),
        )

    def fill(self, form: AppForm) -> None:
        """Type what was typed at an earlier sign-in."""
        self.portal.set_text(form.portal.removeprefix("https://"))
        self.client_id.set_text(form.client_id)
        self.client_secret.set_text(form.client_secret)
        self._port.setValue(form.port)
        self.conceal()

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self._fields:
            with QSignalBlocker(field):
                field.set_text("")  # unlike clear(), it leaves nothing for Ctrl+Z
            field.conceal()

    def insist(self) -> bool:
        """Say in earnest what is wrong, and lead to the first of it; whether nothing is."""
        wrong = [field for field in self._fields if not field.insist()]
        if wrong:
            wrong[0].take_focus()
        return not wrong

    def conceal(self) -> None:
        """Hide the key from whoever looks at the screen."""
        self.client_secret.conceal()

    def show_help(self, shown: bool) -> None:
        """Whether to say how an application is made."""
        self._steps.setVisible(shown)

    def _judge_portal(self, text: str) -> str | InvalidInputError:
        found = self._apps.check_portal(text)
        if isinstance(found, InvalidInputError):
            return found
        return self.tr("Portal {host}").format(host=found.name)

    def _judge_id(self, text: str) -> str | InvalidInputError:
        return self._apps.check_id(text) or ""

    def _judge_key(self, text: str) -> str | InvalidInputError:
        return self._apps.check_key(text) or ""

    def _on_port(self, port: int) -> None:
        address = f"http://127.0.0.1:{port}/"
        self._steps.set_step(
            2,
            self.tr(
                "As the path of its handler enter {address}. Where Bitrix24 does not take that, "
                "enter your portal's own address: then you paste the page's address here."
            ).format(address=address),
        )
        self.edited.emit()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for field in self._fields:
            column.addWidget(field)
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        label = PlainLabel(self.tr("Port on this computer"))
        label.setBuddy(self._port)
        row.addWidget(label)
        row.addWidget(self._port)
        hint = self.tr("Where the browser comes back to; as the application's address says.")
        row.addWidget(small_label(hint, wrap=True), 1)
        column.addWidget(self._steps)
