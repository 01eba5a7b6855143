"""CustomsBox: what an account's server says is usual, and whether this computer goes by it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.customs import Customs
from desktop.ui.accounts.customs_texts import customs_text, zone_hint
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.labels import PlainLabel, small_label


class CustomsBox(QWidget):
    """A heading, a line with all of it, what is done with it, and the other choice."""

    use_requested = Signal()
    keep_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = small_label(wrap=True)
        self.told.setObjectName("customsTold")
        self.zone = small_label(wrap=True)
        self.zone.set_tone("warning")
        self.state = small_label()
        self.use = LinkButton(self.tr("Use"))
        self.use.setObjectName("customsUse")
        self.use.setAccessibleName(self.tr("Use the portal's hours and days"))
        self.use.clicked.connect(self.use_requested)
        self.keep = LinkButton(self.tr("Keep mine"))
        self.keep.setObjectName("customsKeep")
        self.keep.setAccessibleName(self.tr("Keep my own hours and days"))
        self.keep.clicked.connect(self.keep_requested)
        self._arrange()
        self.hide()

    def show_customs(
        self, customs: Customs | None, *, followed: bool, zones: tuple[str, str] | None = None
    ) -> None:
        """Show what was told; ``zones`` are the user's there and here, where they differ."""
        self.zone.setText("" if zones is None else zone_hint(*zones))
        self.zone.setVisible(zones is not None)
        if customs is not None:
            self.told.setText(customs_text(customs))
            self.state.setText(
                self.tr("Taken over, also when they change there.")
                if followed
                else self.tr("Not taken over.")
            )
        for part in (self._heading, self.told, self._choice):
            part.setVisible(customs is not None)
        self.use.setVisible(not followed)
        self.keep.setVisible(followed)
        self.setVisible(customs is not None or zones is not None)

    def _arrange(self) -> None:
        self._heading = PlainLabel(self.tr("Hours, days and reminders of the portal"), tone="muted")
        self._choice = QWidget()
        row = QHBoxLayout(self._choice)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.state)
        row.addWidget(self.use)
        row.addWidget(self.keep)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addWidget(self.told)
        column.addWidget(self._choice)
        column.addWidget(self.zone)
