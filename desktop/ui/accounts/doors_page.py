"""DoorsPage: the ways in. This computer unfolds below its card; the others lead on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.accounts.door_card import DoorCard
from desktop.ui.widgets.labels import PlainLabel

INDENT_PX = 56
LONGEST_NAME = 60


class DoorsPage(QWidget):
    """Says which door was taken; ``local_open`` tells whether this computer's is."""

    bitrix24_chosen = Signal()
    local_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bitrix24 = DoorCard(
            "globe",
            self.tr("Bitrix24"),
            self.tr("Contacts and calendar of your company's portal."),
        )
        self._bitrix24.setObjectName("addBitrix24Button")
        self._bitrix24.clicked.connect(self._on_bitrix24)
        self._scaletrade = DoorCard(
            "link",
            self.tr("ScaleTrade"),
            self.tr("Clients and calls of your trading desk."),
        )
        self._scaletrade.setObjectName("addScaleTradeButton")
        self._scaletrade.hide()  # this system is not spoken yet
        self._local = DoorCard(
            "computer",
            self.tr("This computer only"),
            self.tr("No server. Contacts from vCard or CSV, calendars from .ics files."),
            checkable=True,
        )
        self._local.setObjectName("addLocalButton")
        self._local.toggled.connect(self._on_toggled)
        self.sample = QCheckBox(self.tr("Fill it with sample data to try Parley"))
        self.sample.setObjectName("sampleDataCheck")
        self.sample.toggled.connect(self._on_sample)
        self.name = QLineEdit(self.tr("This computer"))
        self.name.setObjectName("localNameField")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(self.tr("Name of the account"))
        self._name_row = QFrame()
        self._arrange()
        self._settle()

    @property
    def local_open(self) -> bool:
        """Whether this computer is chosen."""
        return self._local.isChecked()

    def start_over(self) -> None:
        """No door is chosen."""
        self._local.setChecked(False)
        self.sample.setChecked(False)

    def take_focus(self) -> None:
        """Put the keyboard on the first door."""
        self._bitrix24.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_sample(self, wanted: bool) -> None:
        if wanted:
            self._local.setChecked(True)
        self._settle()

    def _on_bitrix24(self) -> None:
        self._local.setChecked(False)
        self.bitrix24_chosen.emit()

    def _on_toggled(self, chosen: bool) -> None:
        self._settle()
        self.local_toggled.emit(chosen)

    def _settle(self) -> None:
        # Sample data has an account of its own, with a name of its own.
        self._name_row.setVisible(self.local_open and not self.sample.isChecked())

    def _arrange(self) -> None:
        named = QHBoxLayout(self._name_row)
        named.setContentsMargins(0, 0, 0, 0)
        named.setSpacing(12)
        label = PlainLabel(self.tr("Name"), tone="muted")
        label.setBuddy(self.name)
        named.addWidget(label)
        named.addWidget(self.name, 1)
        below = QVBoxLayout()
        below.setContentsMargins(INDENT_PX, 0, 0, 0)
        below.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in (self._bitrix24, self._scaletrade, self._local):
            column.addWidget(card)
        column.addLayout(below)
        below.addWidget(self.sample)
        below.addWidget(self._name_row)
        column.addStretch()
