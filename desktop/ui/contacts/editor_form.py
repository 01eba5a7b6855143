"""The form of a contact: fields in, a `Contact` out, and what is wrong with it."""

from dataclasses import replace
from functools import lru_cache
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop.domain.account import Account
from desktop.domain.contact import AddressKind, Contact, Email, Phone, PostalAddress
from desktop.ui.contacts.editor_fields import AddressLines, Complaint
from desktop.ui.widgets.labels import PlainLabel

PHONE_KINDS = (
    AddressKind.WORK,
    AddressKind.MOBILE,
    AddressKind.HOME,
    AddressKind.FAX,
    AddressKind.OTHER,
)
EMAIL_KINDS = (AddressKind.WORK, AddressKind.HOME, AddressKind.OTHER)
FEWEST_DIGITS = 3
NOTES_LINES = 4


class ContactForm(QWidget):
    """Two columns: what it is, and the field. Complaints stand under the field they are about."""

    edited = Signal()

    def __init__(self, contact: Contact, accounts: tuple[Account, ...]) -> None:
        super().__init__()
        self._contact = contact
        self._given, self._second, self._family = (
            _line(self.tr("Given name"), contact.given_name),
            _line(self.tr("Second name"), contact.second_name),
            _line(self.tr("Family name"), contact.family_name),
        )
        self._company = _line(self.tr("Company"), contact.company)
        self._position = _line(self.tr("Position"), contact.position)
        self._phones = AddressLines(self.tr("Phone"), self.tr("Add a phone number"), PHONE_KINDS)
        self._emails = AddressLines(self.tr("E-mail"), self.tr("Add an e-mail"), EMAIL_KINDS)
        self._phones.show_values(tuple((p.value, p.kind, p.remote_id) for p in contact.phones))
        self._emails.show_values(tuple((e.value, e.kind, e.remote_id) for e in contact.emails))
        self._street = _line(self.tr("Street"), contact.address.street)
        self._code = _line(self.tr("Postal code"), contact.address.postal_code)
        self._city = _line(self.tr("City"), contact.address.city)
        self._country = _line(self.tr("Country"), contact.address.country)
        for field in (self._given, self._family, self._code, self._city):
            field.setPlaceholderText(field.accessibleName())
        self._zone = self._zone_box(contact.time_zone)
        self._zone_complaint = Complaint(self._zone)
        self._notes = QPlainTextEdit(contact.notes)
        self._notes.setAccessibleName(self.tr("Notes"))
        self._notes.setTabChangesFocus(True)
        self._notes.setFixedHeight(self._notes.fontMetrics().height() * NOTES_LINES + 16)
        self._account = self._account_box(accounts)
        self._name_complaint = Complaint(_side_by_side(self._given, self._family))
        self._arrange(choose_account=self._account.count() > 1)
        self._connect()
        self.setFocusProxy(self._given)

    def contact(self) -> Contact:
        """What is typed, as a contact; it may be incomplete."""
        account_id = self._account.currentData() or self._contact.account_id
        text = {
            "given_name": self._given,
            "second_name": self._second,
            "family_name": self._family,
            "company": self._company,
            "position": self._position,
        }
        return replace(
            self._contact,
            **{name: field.text().strip() for name, field in text.items()},  # type: ignore[arg-type]
            account_id=account_id,
            phones=tuple(Phone(*value) for value in self._phones.values()),
            emails=tuple(Email(*value) for value in self._emails.values()),
            address=self._address(),
            time_zone=self._zone_name(),
            notes=self._notes.toPlainText().strip(),
        )

    def check(self) -> QWidget | None:
        """Complain about what is wrong; the first field to mend, or None."""
        wrong: list[QWidget] = []
        nameless = not self.contact().name.strip()
        self._name_complaint.complain(
            self.tr("Enter a name, a company, a phone number or an e-mail.") if nameless else ""
        )
        if nameless:
            wrong.append(self._given)
        for line in self._phones.lines():
            bad = bool(line.value()) and sum(map(str.isdigit, line.value())) < FEWEST_DIGITS
            line.complaint.complain(self.tr("This is no phone number.") if bad else "")
            wrong += [line.field] * bad
        for line in self._emails.lines():
            bad = bool(line.value()) and not _looks_like_email(line.value())
            line.complaint.complain(
                self.tr("An e-mail has the form name@company.com.") if bad else ""
            )
            wrong += [line.field] * bad
        unknown = bool(self._zone_name()) and self._zone_name() not in known_zones()
        self._zone_complaint.complain(
            self.tr("Choose a zone from the list, e.g. Europe/Berlin.") if unknown else ""
        )
        wrong += [self._zone] * unknown
        return wrong[0] if wrong else None

    def _address(self) -> PostalAddress:
        return replace(
            self._contact.address,
            street=self._street.text().strip(),
            postal_code=self._code.text().strip(),
            city=self._city.text().strip(),
            country=self._country.text().strip(),
        )

    def _zone_name(self) -> str:
        text = self._zone.currentText().strip()
        return "" if text == self._automatic() else text

    def _automatic(self) -> str:
        return self.tr("From address or phone")

    def _zone_box(self, chosen: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("Time zone"))
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.addItem(self._automatic())
        box.addItems(sorted(zone for zone in known_zones() if "/" in zone))
        box.setCurrentText(chosen or self._automatic())
        completer = QCompleter(box.model(), box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        box.setCompleter(completer)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        return box

    def _account_box(self, accounts: tuple[Account, ...]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("Account"))
        for account in accounts:
            box.addItem(account.title, account.id)
            if account.id == self._contact.account_id:
                box.setCurrentIndex(box.count() - 1)
        return box

    def _arrange(self, *, choose_account: bool) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._code.setMaximumWidth(120)
        rows: list[tuple[str, QWidget]] = [
            (self.tr("Name"), self._name_complaint),
            (self.tr("Second name"), self._second),
            (self.tr("Company"), self._company),
            (self.tr("Position"), self._position),
            (self.tr("Phone"), self._phones),
            (self.tr("E-mail"), self._emails),
            (self.tr("Street"), self._street),
            (self.tr("City"), _side_by_side(self._code, self._city)),
            (self.tr("Country"), self._country),
            (self.tr("Time zone"), self._zone_complaint),
            (self.tr("Notes"), self._notes),
        ]
        if choose_account:
            rows.append((self.tr("Keep in"), self._account))
        for text, field in rows:
            label = PlainLabel(text, tone="muted")
            label.setContentsMargins(0, 7, 0, 0)
            form.addRow(label, field)

    def _connect(self) -> None:
        for field in self.findChildren(QLineEdit):
            field.textChanged.connect(self.edited)
        self._phones.edited.connect(self.edited)
        self._emails.edited.connect(self.edited)
        self._notes.textChanged.connect(self.edited)
        self._zone.currentTextChanged.connect(self.edited)
        self._account.currentIndexChanged.connect(self.edited)


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Every IANA zone of this system. Looking takes many files, so it is done once."""
    return frozenset(available_timezones())


def _line(name: str, value: str) -> QLineEdit:
    line = QLineEdit(value)
    line.setAccessibleName(name)
    return line


def _side_by_side(*fields: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for field in fields:
        row.addWidget(field, 1)
    return box


def _looks_like_email(text: str) -> bool:
    name, at, host = text.rpartition("@")
    return bool(name and at and "." in host.strip(".")) and " " not in text
