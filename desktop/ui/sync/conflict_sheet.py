"""ConflictSheet: mine and theirs side by side; one of them goes on, the other is kept."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.contact import Contact
from desktop.domain.sync import Conflict, Record
from desktop.services.outbox import OutboxLine
from desktop.ui.sync.outbox_texts import when_text
from desktop.ui.widgets.buttons import PrimaryButton, QuietButton
from desktop.ui.widgets.labels import PlainLabel, title_label


class ConflictSheet(QDialog):
    """Shows both versions and asks which one stays."""

    resolved = Signal(object, str)  # OpId, "mine" or "theirs"

    def __init__(self, line: OutboxLine, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflictSheet")
        self.setWindowTitle(self.tr("Two versions"))
        self._line = line
        self._zone = zone
        mine = PrimaryButton(self.tr("Keep mine"))
        mine.clicked.connect(self._on_mine)
        theirs = QuietButton(self.tr("Keep theirs"))
        theirs.clicked.connect(self._on_theirs)
        later = QuietButton(self.tr("Decide later"))
        later.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(title_label(line.summary or self.tr("Two versions")))
        column.addWidget(
            PlainLabel(
                self.tr("It was changed here and on the server. The other version stays kept."),
                tone="muted",
                wrap=True,
            )
        )
        column.addLayout(self._versions(line.conflict))
        column.addStretch()
        buttons = QHBoxLayout()
        buttons.addWidget(later)
        buttons.addStretch()
        buttons.addWidget(theirs)
        buttons.addWidget(mine)
        column.addLayout(buttons)
        self.resize(560, self.sizeHint().height())

    def _versions(self, conflict: Conflict | None) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, heading in enumerate(("", self.tr("Mine"), self.tr("Theirs"))):
            grid.addWidget(PlainLabel(heading, tone="muted"), 0, place)
        mine = self._facts(conflict.mine if conflict else None)
        theirs = self._facts(conflict.theirs if conflict else None)
        names = list(dict.fromkeys([*mine, *theirs]))
        for row, name in enumerate(names, start=1):
            differ = mine.get(name, "") != theirs.get(name, "")
            grid.addWidget(PlainLabel(name, tone="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            for place, facts in enumerate((mine, theirs), start=1):
                label = PlainLabel(facts.get(name, "–"), tone="accent" if differ else "", wrap=True)
                grid.addWidget(label, row, place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def _facts(self, record: Record | None) -> dict[str, str]:
        if record is None:
            return {self.tr("Title"): self.tr("Deleted")}
        if isinstance(record, Contact):
            return {
                self.tr("Name"): record.name,
                self.tr("Company"): record.company,
                self.tr("Phone"): ", ".join(phone.value for phone in record.phones),
                self.tr("E-mail"): ", ".join(email.value for email in record.emails),
            }
        return {
            self.tr("Title"): record.summary,
            self.tr("When"): when_text(record.when, self._zone),
            self.tr("Where"): record.location,
            self.tr("Notes"): record.description,
        }

    def _on_mine(self) -> None:
        self.resolved.emit(self._line.entry.op_id, "mine")
        self.accept()

    def _on_theirs(self) -> None:
        self.resolved.emit(self._line.entry.op_id, "theirs")
        self.accept()
