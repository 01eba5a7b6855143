"""What a search found, as a list model."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.contact import ContactHit, MatchReason
from desktop.domain.ids import ContactId

Index = QModelIndex | QPersistentModelIndex

HIT_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row's `ContactHit`."""

SECTION_ROLE = Qt.ItemDataRole.UserRole + 2
"""The `MatchReason` that a section of rows begins with at this row; None inside a section."""

SECTIONS = {
    MatchReason.PINNED,
    MatchReason.UPCOMING,
    MatchReason.RECENT,
    MatchReason.TYPO,
}
"""Reasons that get a heading of their own."""


class ContactModel(QAbstractListModel):
    """A snapshot of hits. ``spoken`` puts a row in words for screen readers."""

    def __init__(self, spoken: Callable[[ContactHit], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spoken = spoken
        self._hits: tuple[ContactHit, ...] = ()

    def show(self, hits: tuple[ContactHit, ...]) -> None:
        """Show the answer to a new question."""
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def refresh(self, hits: tuple[ContactHit, ...]) -> None:
        """Show a newer answer to the same question: who is shown stays put, new ones follow."""
        fresh = {hit.contact.id: hit for hit in hits}
        for row in reversed(range(len(self._hits))):
            if self._hits[row].contact.id not in fresh:
                self.beginRemoveRows(QModelIndex(), row, row)
                self._hits = self._hits[:row] + self._hits[row + 1 :]
                self.endRemoveRows()
        kept = tuple(fresh.pop(hit.contact.id) for hit in self._hits)
        if kept != self._hits:
            self._hits = kept
            self.dataChanged.emit(self.index(0), self.index(len(kept) - 1))
        if fresh:
            self.beginInsertRows(QModelIndex(), len(kept), len(kept) + len(fresh) - 1)
            self._hits = kept + tuple(fresh.values())
            self.endInsertRows()

    def hit(self, index: Index) -> ContactHit | None:
        """The hit of a row; None for an invalid index."""
        return self._hits[index.row()] if index.isValid() else None

    def hits(self) -> tuple[ContactHit, ...]:
        """Every row."""
        return self._hits

    def row_of(self, contact_id: ContactId) -> int | None:
        """Where a contact stands; None where it does not."""
        for row, hit in enumerate(self._hits):
            if hit.contact.id == contact_id:
                return row
        return None

    def has_sections(self) -> bool:
        """Whether any row begins a section."""
        return any(hit.reason in SECTIONS for hit in self._hits)

    def _section(self, row: int) -> MatchReason | None:
        reason = self._hits[row].reason
        if reason not in SECTIONS:
            return None
        return None if row and self._hits[row - 1].reason is reason else reason

    # Qt overrides

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.hit(index)
        if hit is None:
            return None
        if role == HIT_ROLE:
            return hit
        if role == SECTION_ROLE:
            return self._section(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.contact.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(hit)
        return None
