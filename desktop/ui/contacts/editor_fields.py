"""The parts of the contact editor: a labelled field with its complaint, and lists of addresses."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.contact import AddressKind
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.buttons import IconButton, LinkButton
from desktop.ui.widgets.labels import small_label

KIND_WIDTH_PX = 96


def kind_text(kind: AddressKind) -> str:
    """What an address is for, in words."""
    translate = QCoreApplication.translate
    return {
        AddressKind.WORK: translate("Contacts", "Work"),
        AddressKind.MOBILE: translate("Contacts", "Mobile"),
        AddressKind.HOME: translate("Contacts", "Home"),
        AddressKind.FAX: translate("Contacts", "Fax"),
        AddressKind.OTHER: translate("Contacts", "Other"),
    }[kind]


class Complaint(QWidget):
    """A field with room for what is wrong with it, in words, right below."""

    def __init__(self, field: QWidget) -> None:
        super().__init__()
        self.field = field
        self._words = small_label(tone="danger", wrap=True)
        self._words.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(field)
        column.addWidget(self._words)
        self.setFocusProxy(field)

    def complain(self, words: str) -> None:
        """Say what is wrong; empty: nothing is."""
        if words and words != self._words.whole_text():
            announce(self.field, words)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.field.setProperty("invalid", "true" if words else "false")
        self.field.setAccessibleDescription(words)
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)

    def words(self) -> str:
        """What is wrong; empty: nothing."""
        return "" if self._words.isHidden() else self._words.whole_text()


class AddressLine(QWidget):
    """One phone number or e-mail: the value, what it is for, and a way to take it out."""

    edited = Signal()
    removed = Signal()

    def __init__(
        self, name: str, kinds: tuple[AddressKind, ...], value: str, kind: AddressKind
    ) -> None:
        super().__init__()
        self.field = QLineEdit(value)
        self.field.setAccessibleName(name)
        self.complaint = Complaint(self.field)
        self._kind = QComboBox()
        self._kind.setAccessibleName(self.tr("Kind: {name}").format(name=name))
        self._kind.setMinimumWidth(KIND_WIDTH_PX)
        for offered in dict.fromkeys((*kinds, kind)):
            self._kind.addItem(kind_text(offered), offered)
        self._kind.setCurrentIndex(self._kind.findText(kind_text(kind)))
        remove = IconButton("close", self.tr("Remove"), role="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.complaint, 1)
        row.addWidget(self._kind)
        row.addWidget(remove)
        self.field.textChanged.connect(self.edited)
        self._kind.currentIndexChanged.connect(self.edited)
        remove.clicked.connect(self.removed)
        self.setFocusProxy(self.field)

    def value(self) -> str:
        """What is typed."""
        return self.field.text().strip()

    def kind(self) -> AddressKind:
        """What it is for."""
        kind = self._kind.currentData()
        return kind if isinstance(kind, AddressKind) else AddressKind.OTHER


class AddressLines(QWidget):
    """Several addresses of one sort; there is always one line to type into."""

    edited = Signal()

    def __init__(self, name: str, add_text: str, kinds: tuple[AddressKind, ...]) -> None:
        super().__init__()
        self._name, self._kinds = name, kinds
        self._lines: list[tuple[AddressLine, str]] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        add = LinkButton(add_text)
        add.clicked.connect(self._on_add_clicked)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        outer.addLayout(self._column)
        outer.addWidget(add)
        outer.setAlignment(add, outer.alignment())

    def show_values(self, values: tuple[tuple[str, AddressKind, str], ...]) -> None:
        """Fill in (value, kind, remote id)."""
        for value, kind, remote_id in values or (("", self._kinds[0], ""),):
            self._add(value, kind, remote_id)

    def values(self) -> tuple[tuple[str, AddressKind, str], ...]:
        """What is typed: (value, kind, remote id), empty lines left out."""
        return tuple(
            (line.value(), line.kind(), remote_id)
            for line, remote_id in self._lines
            if line.value()
        )

    def lines(self) -> tuple[AddressLine, ...]:
        """Every line, from the top."""
        return tuple(line for line, _ in self._lines)

    def _add(self, value: str, kind: AddressKind, remote_id: str) -> AddressLine:
        line = AddressLine(self._name, self._kinds, value, kind)
        line.edited.connect(self.edited)
        line.removed.connect(self._on_removed)
        self._lines.append((line, remote_id))
        self._column.addWidget(line)
        return line

    def _on_add_clicked(self) -> None:
        self._add("", self._kinds[0], "").field.setFocus()

    def _on_removed(self) -> None:
        gone = self.sender()
        for line, remote_id in tuple(self._lines):
            if line is gone:
                self._lines.remove((line, remote_id))
                line.hide()
                line.deleteLater()
        if not self._lines:
            self._add("", self._kinds[0], "")
        self.edited.emit()
