"""AppFields: which portal, which application of it, and how its administrator makes one."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import Field, InvalidInputError
from desktop.services.sign_in.app_sign_in import PORTS, USUAL_PORT, AppForm, AppSignIn
from desktop.ui.accounts.checked_field import CheckedField
from desktop.ui.accounts.steps_box import StepsBox
from desktop.ui.input_texts import problem_text
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.labels import PlainLabel, small_label
from desktop.ui.widgets.measure import with_text

PORT_PX = 72


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
        self._port = QLineEdit(str(USUAL_PORT))
        self._port.setObjectName("oauthPortField")
        self._port.setMaxLength(5)
        self._port.setAccessibleName(self.tr("Port on this computer"))
        self._port.textChanged.connect(self._on_port)
        self._help = LinkButton()
        self._help.setObjectName("oauthHelpButton")
        self._help.clicked.connect(self._on_help)
        self._about_port = small_label(wrap=True)
        self._unfolded = False
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
        self._setup = QWidget()
        self._arrange()
        self._unfold(False)
        self._on_port(self._port.text())

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
            self._port_number(),
        )

    def fill(self, form: AppForm) -> None:
        """Type what was typed at an earlier sign-in."""
        self.portal.set_text(form.portal.removeprefix("https://"))
        self.client_id.set_text(form.client_id)
        self.client_secret.set_text(form.client_secret)
        self._port.setText(str(form.port))
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
        elif not self._port_fits():
            self._unfold(True)
            self._port.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong and self._port_fits()

    def conceal(self) -> None:
        """Hide the key from whoever looks at the screen."""
        self.client_secret.conceal()

    def show_help(self, shown: bool) -> None:
        """Whether to offer to say how an application is made."""
        self._help.setVisible(shown)
        self._setup.setVisible(shown and self._unfolded)

    def _judge_portal(self, text: str) -> str | InvalidInputError:
        found = self._apps.check_portal(text)
        if isinstance(found, InvalidInputError):
            return found
        return self.tr("Portal {host}").format(host=found.name)

    def _judge_id(self, text: str) -> str | InvalidInputError:
        return self._apps.check_id(text) or ""

    def _judge_key(self, text: str) -> str | InvalidInputError:
        return self._apps.check_key(text) or ""

    def _on_help(self) -> None:
        self._unfold(not self._unfolded)

    def _unfold(self, unfolded: bool) -> None:
        self._unfolded = unfolded
        self._setup.setVisible(unfolded)
        self._help.setText(
            self.tr("Hide how to register the application")
            if unfolded
            else self.tr("How an administrator registers the application")
        )

    def _port_number(self) -> int:
        text = self._port.text().strip()
        return int(text) if text.isascii() and text.isdigit() else 0

    def _port_fits(self) -> bool:
        return PORTS[0] <= self._port_number() <= PORTS[1]

    def _on_port(self, _text: str) -> None:
        fits = self._port_fits()
        self._about_port.set_tone("muted" if fits else "danger")
        self._about_port.setText(
            self.tr("Where the browser comes back to; as the application's address says.")
            if fits
            else problem_text(Field.PORT, "invalid")
        )
        address = f"http://127.0.0.1:{self._port_number() if fits else USUAL_PORT}/"
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
        column.addWidget(self._help, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._setup)
        whole = QVBoxLayout(self._setup)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        whole.addWidget(self._steps)
        whole.addLayout(row)
        label = PlainLabel(self.tr("Port on this computer"))
        label.setBuddy(self._port)
        row.addWidget(label)
        self._port.setFixedWidth(with_text(self, PORT_PX))
        row.addWidget(self._port)
        row.addWidget(self._about_port, 1)
