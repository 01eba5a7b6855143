"""Calendars under the headings of their accounts, as a list model."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.domain.event import Calendar, CalendarKind
from desktop.domain.ids import AccountId
from desktop.ui.calendar_names import name_of

Index = QModelIndex | QPersistentModelIndex
Row = str | Calendar
"""A heading, or a calendar."""


class Subheading(str):
    """Names whose calendars follow, within those of an account."""

    __slots__ = ()


VALUE_ROLE = Qt.ItemDataRole.UserRole + 1
COLOR_ROLE = Qt.ItemDataRole.UserRole + 2
"""Of a heading: the colour of its account as #rrggbb, or empty."""
SUB_ROLE = Qt.ItemDataRole.UserRole + 3
"""Whether a heading stands within those of an account."""


class CalendarModel(QAbstractListModel):
    """A snapshot. Switching a calendar is a wish: the row changes when the wish comes back true."""

    visibility_requested = Signal(object, bool)  # CalendarId, whether it shall be visible
    account_visibility_requested = Signal(object, bool)  # CalendarIds, whether they shall be

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._owners: tuple[AccountId | None, ...] = ()
        """Of each row the account that it is the heading of."""
        self._colors: Mapping[AccountId, str] = {}

    def show(
        self,
        calendars: tuple[Calendar, ...],
        titles: Mapping[AccountId, str],
        colors: Mapping[AccountId, str] | None = None,
    ) -> None:
        """Show ``calendars`` under their accounts' titles, in the order of the titles.

        ``colors`` tells accounts apart, where there are several.
        """
        rows = tuple(_rows(calendars, titles))
        self._owners, self._colors = tuple(_owners(rows)), dict(colors or {})
        if [_key(row) for row in rows] == [_key(row) for row in self._rows]:
            # The same list with other marks: selection and focus stay where they are.
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def calendar(self, index: Index) -> Calendar | None:
        """The calendar of a row; None for a heading."""
        row = self._rows[index.row()] if index.isValid() else ""
        return row if isinstance(row, Calendar) else None

    def account_state(self, index: Index) -> Qt.CheckState | None:
        """Whether all, none or some of an account's calendars are shown, in its heading.

        None for other rows, and where there is but one account.
        """
        shown = {one.visible for one in self._of_heading(index)}
        if not shown:
            return None
        if len(shown) > 1:
            return Qt.CheckState.PartiallyChecked
        return Qt.CheckState.Checked if shown == {True} else Qt.CheckState.Unchecked

    def toggle(self, index: Index) -> None:
        """Wish a calendar shown that is hidden, or the other way round; all of an account."""
        calendar, state = self.calendar(index), self.account_state(index)
        if calendar is not None:
            self.visibility_requested.emit(calendar.id, not calendar.visible)
        elif state is not None:
            self._show_all(index, state is not Qt.CheckState.Checked)

    def _check_state(self, index: Index) -> Qt.CheckState | None:
        calendar = self.calendar(index)
        if calendar is None:
            return self.account_state(index)
        return Qt.CheckState.Checked if calendar.visible else Qt.CheckState.Unchecked

    def _show_all(self, index: Index, visible: bool) -> None:
        others = tuple(one.id for one in self._of_heading(index) if one.visible is not visible)
        self.account_visibility_requested.emit(others, visible)

    def _of_heading(self, index: Index) -> list[Calendar]:
        """The calendars that the heading of an account switches."""
        account = self._owners[index.row()] if index.isValid() else None
        several = len(set(self._owners) - {None}) > 1
        return [
            row
            for row in self._rows
            if several and isinstance(row, Calendar) and row.account_id == account
        ]

    # Qt overrides

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._check_state(index)
        if role == COLOR_ROLE:
            owner = self._owners[index.row()]
            return "" if owner is None else self._colors.get(owner, "")
        told = {
            VALUE_ROLE: row,
            SUB_ROLE: isinstance(row, Subheading),
            Qt.ItemDataRole.DisplayRole: row if isinstance(row, str) else name_of(row),
        }
        return told.get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.calendar(index) is None and self.account_state(index) is None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        calendar = self.calendar(index)
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        wanted = Qt.CheckState(value) == Qt.CheckState.Checked
        if calendar is not None:
            self.visibility_requested.emit(calendar.id, wanted)
        elif self.account_state(index) is not None:
            self._show_all(index, wanted)
        return False


def _rows(calendars: tuple[Calendar, ...], titles: Mapping[AccountId, str]) -> list[Row]:
    rows: list[Row] = []
    for account_id in dict.fromkeys((*titles, *(one.account_id for one in calendars))):
        own = [calendar for calendar in calendars if calendar.account_id == account_id]
        if own:
            rows += [titles.get(account_id, ""), *_shelves(own)]
    return rows


_MINE = (CalendarKind.OWN, CalendarKind.BOOKED)


def _shelves(calendars: list[Calendar]) -> list[Row]:
    """An account's calendars; where some are others' too, under whose they are."""
    shelves: dict[str, list[Calendar]] = {}
    for kind in CalendarKind:
        shelf = [one for one in calendars if one.kind is kind]
        if shelf:
            shelves.setdefault(_shelf_name(kind), []).extend(shelf)
    if len(shelves) == 1 and all(one.kind in _MINE for one in calendars):
        return list(calendars)
    rows: list[Row] = []
    for name, shelf in shelves.items():
        rows += [Subheading(name), *shelf]
    return rows


def _shelf_name(kind: CalendarKind) -> str:
    if kind is CalendarKind.GROUP:
        return QCoreApplication.translate("CalendarModel", "Groups")
    if kind is CalendarKind.COMPANY:
        return QCoreApplication.translate("CalendarModel", "Company")
    return QCoreApplication.translate("CalendarModel", "Mine")


def _owners(rows: tuple[Row, ...]) -> list[AccountId | None]:
    """Of each row the account that it is the heading of."""
    found: list[AccountId | None] = [None] * len(rows)
    title: int | None = None
    for number, row in enumerate(rows):
        if isinstance(row, Calendar):
            if title is not None:
                found[title] = row.account_id
            title = None
        elif not isinstance(row, Subheading):
            title = number
    return found


def _key(row: Row) -> str:
    return f"heading {row}" if isinstance(row, str) else f"calendar {row.id}"
