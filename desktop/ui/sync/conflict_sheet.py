"""ConflictSheet: mine and theirs side by side; one of them goes on, the other is kept."""

from collections.abc import Mapping
from types import MappingProxyType
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.ids import UserId
from desktop.domain.sync import Conflict
from desktop.services.outbox import OutboxLine
from desktop.services.sync.delivery_values import Reason
from desktop.ui import theme
from desktop.ui.sync.outbox_texts import about_text, reason_text
from desktop.ui.sync.record_facts import compared, facts_of
from desktop.ui.widgets.buttons import PrimaryButton, PushButton, QuietButton
from desktop.ui.widgets.fitting_area import FittingArea
from desktop.ui.widgets.labels import PlainLabel, section_label, separator, title_label

WIDTH_PX, HIGHEST_PX = 640, 640


class ConflictSheet(QDialog):
    """Shows both versions, marks what differs, and asks which one stays.

    ``names`` are those of the account's colleagues.
    """

    resolved = Signal(object, str)  # OpId, "mine" or "theirs"

    def __init__(
        self,
        line: OutboxLine,
        zone: ZoneInfo,
        parent: QWidget | None = None,
        *,
        names: Mapping[UserId, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("conflictSheet")
        self._twin = line.entry.reason == Reason.TWIN
        """Not two versions of a record, but perhaps two records of a person."""
        self.setWindowTitle(self.tr("Same person?") if self._twin else self.tr("Two versions"))
        self._line = line
        self._zone = zone
        self._names = names
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title_label(about_text(line)))
        column.addWidget(PlainLabel(self._intro(), tone="muted", wrap=True))
        versions = self._versions(line.conflict)
        scrolled = FittingArea(versions)
        column.addWidget(scrolled, 1)
        buttons = QHBoxLayout()
        column.addLayout(buttons)
        self._add_buttons(buttons)
        scrolled.fit_dialog(self, WIDTH_PX, HIGHEST_PX)

    def _intro(self) -> str:
        why = reason_text(self._line.entry.reason)
        if self._twin:
            return self._twin_intro()
        kept = self.tr("Whichever you choose, the other version stays among the kept versions.")
        return " ".join(part for part in (why, kept) if part)

    def _twin_intro(self) -> str:
        words = self.tr(
            "The server has somebody with the same number or e-mail address. With the existing "
            "card your meetings and comments go on; what you typed stays among the kept versions."
        )
        others = self._line.entry.detail
        also = self.tr("Also alike: {names}.").format(names=others) if others else ""
        return " ".join(part for part in (words, also) if part)

    def _versions(self, conflict: Conflict | None) -> QWidget:
        mine, theirs = (conflict.mine, conflict.theirs) if conflict else (None, None)
        made_at = self._line.entry.made_at
        box = QFrame()
        box.setProperty("surface", "box")
        grid = QGridLayout(box)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        names = (self.tr("Mine"), self.tr("Theirs"))
        if self._twin:
            names = (self.tr("New"), self.tr("Existing"))
        for place, name in enumerate(names, start=1):
            grid.addWidget(section_label(name), 0, place)
        grid.addWidget(separator(), 1, 0, 1, 3)
        rows = compared(
            *(facts_of(one, self._zone, made_at, self._names) for one in (mine, theirs))
        )
        for row, (name, left, right) in enumerate(rows, start=2):
            grid.addWidget(PlainLabel(name, tone="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            differ = left != right
            for place, (text, gone) in enumerate(
                ((left, mine is None), (right, theirs is None)), start=1
            ):
                fact = self._gone(row) if gone else _fact(text, differ=differ)
                if differ:
                    fact.setAccessibleDescription(self.tr("The versions differ here"))
                grid.addWidget(fact, row, place, Qt.AlignmentFlag.AlignTop)
        for place in (1, 2):
            grid.setColumnStretch(place, 1)
        grid.setRowStretch(len(rows) + 2, 1)
        return box

    def _gone(self, row: int) -> PlainLabel:
        """The side that deleted it says so once."""
        return PlainLabel(self.tr("Deleted") if row == 2 else "", tone="danger")

    def _add_buttons(self, buttons: QHBoxLayout) -> None:
        mine_text, theirs_text = self.tr("Keep mine"), self.tr("Keep theirs")
        if self._twin:
            mine_text = self.tr("Create anyway")
            theirs_text = self.tr("Use the existing card")
        mine: PushButton = QuietButton(mine_text) if self._twin else PrimaryButton(mine_text)
        mine.setObjectName("keepMineButton")
        mine.clicked.connect(self._on_mine)
        theirs: PushButton = PrimaryButton(theirs_text) if self._twin else QuietButton(theirs_text)
        theirs.setObjectName("keepTheirsButton")
        theirs.clicked.connect(self._on_theirs)
        later = QuietButton(self.tr("Decide later"))
        later.clicked.connect(self.reject)
        buttons.setSpacing(8)
        buttons.addWidget(later)
        buttons.addStretch()
        for button in (mine, theirs) if self._twin else (theirs, mine):
            buttons.addWidget(button)

    def _on_mine(self) -> None:
        self.resolved.emit(self._line.entry.op_id, "mine")
        self.accept()

    def _on_theirs(self) -> None:
        self.resolved.emit(self._line.entry.op_id, "theirs")
        self.accept()


def _fact(text: str, *, differ: bool) -> PlainLabel:
    label = PlainLabel(text or "–", tone="" if differ else "muted", wrap=True)
    if differ:
        label.setFont(theme.scaled(label.font(), bold=True))
    return label
