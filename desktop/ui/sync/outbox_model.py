"""OutboxModel: the waiting changes, one row each."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.domain.sync import OpState
from desktop.services.outbox import OutboxLine
from desktop.ui.sync.outbox_texts import line_text

VALUE_ROLE = Qt.ItemDataRole.UserRole + 1
TROUBLE = (OpState.PARKED, OpState.ASK, OpState.CONFLICT)


class OutboxModel(QAbstractListModel):
    """A snapshot of `OutboxLine`s; the value role gives the line."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone
        self._lines: tuple[OutboxLine, ...] = ()

    def show(self, lines: Sequence[OutboxLine]) -> None:
        """Show other lines; the same ones change nothing."""
        if tuple(lines) == self._lines:
            return
        if [line.entry.op_id for line in lines] == [line.entry.op_id for line in self._lines]:
            self._lines = tuple(lines)
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def row_of(self, op_id: str) -> int:
        """Where an op stands; -1 where it does not."""
        ids = [str(line.entry.op_id) for line in self._lines]
        return ids.index(op_id) if op_id in ids else -1

    def first_in_trouble(self) -> int:
        """The row that needs the user most; -1 where none does."""
        states = [line.entry.state in TROUBLE for line in self._lines]
        return states.index(True) if True in states else -1

    def line(self, row: int) -> OutboxLine | None:
        """The line at ``row``."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    # Qt overrides

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == VALUE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line_text(line, self._zone)
        return None
