"""The colleagues that were found, over the dialog and under the line that is typed in."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QListView

from desktop.domain.account import User
from desktop.ui.meeting.popup_list import PAD_PX, PopupList
from desktop.ui.widgets.avatar import avatar_pixmap
from desktop.ui.widgets.labels import PlainLabel

FACE_PX = 22
ROW_PAD_PX = 10
MOST_ROWS = 6
Index = QModelIndex | QPersistentModelIndex


class ColleagueModel(QAbstractListModel):
    """A snapshot of users."""

    def __init__(self) -> None:
        super().__init__()
        self._users: tuple[User, ...] = ()
        self._dpr = 1.0

    def show(self, users: tuple[User, ...], dpr: float) -> None:
        """Other users; their faces for screens with ``dpr`` pixels a point."""
        self.beginResetModel()
        self._users, self._dpr = users, dpr
        self.endResetModel()

    def user(self, index: Index) -> User | None:
        """Who stands there."""
        row = index.row()
        return self._users[row] if 0 <= row < len(self._users) else None

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._users)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        user = self.user(index)
        if user is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            email = user.email if user.email != user.name else ""
            return "  ·  ".join(part for part in (user.name, email) if part)
        if role == Qt.ItemDataRole.DecorationRole:
            return _face(user, self._dpr)
        if role == Qt.ItemDataRole.UserRole:
            return user
        return None


class ColleagueList(PopupList):
    """What was found; a `User` is picked."""

    def __init__(self) -> None:
        self._view = QListView()
        self._view.setObjectName("meetingAttendeeList")
        self._view.setProperty("kind", "rows")
        self._nobody = PlainLabel(tone="muted", wrap=True)
        self._nobody.setContentsMargins(8, 4, 8, 4)
        super().__init__(self._view, self._nobody)
        self._model = ColleagueModel()
        self._view.setAccessibleName(self.tr("Colleagues found"))
        self._view.setModel(self._model)
        self._view.setIconSize(QSize(FACE_PX, FACE_PX))
        self._view.setUniformItemSizes(True)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._view.setMouseTracking(True)
        self._view.clicked.connect(self._on_clicked)

    def show_users(self, users: tuple[User, ...], nobody: str) -> None:
        """Show who was found, or the sentence that nobody was."""
        self._model.show(users, self.devicePixelRatioF())
        self._view.setVisible(bool(users))
        self._nobody.setVisible(not users)
        self._nobody.setText(nobody)
        if users:
            self._view.setCurrentIndex(self._model.index(0))

    def current(self) -> User | None:
        """Who is under the cursor."""
        return self._model.user(self._view.currentIndex())

    def users(self) -> tuple[User, ...]:
        """Who is in the list."""
        rows = range(self._model.rowCount())
        found = (self._model.user(self._model.index(row)) for row in rows)
        return tuple(user for user in found if user is not None)

    def step(self, by: int) -> None:
        """Move the cursor, stopping at both ends."""
        row = max(0, min(self._model.rowCount() - 1, self._view.currentIndex().row() + by))
        self._view.setCurrentIndex(self._model.index(row))

    def _wanted_height(self, width: int) -> int:
        rows = min(MOST_ROWS, self._model.rowCount())
        if not rows:
            return self._nobody.heightForWidth(max(100, width)) + 4 * PAD_PX
        frame = 2 * self._view.frameWidth() + 3 * PAD_PX
        return rows * self._view.sizeHintForRow(0) + frame

    def _on_clicked(self, index: QModelIndex) -> None:
        user = self._model.user(index)
        if user is not None:
            self.picked.emit(user)


def _face(user: User, dpr: float) -> QIcon:
    picture = avatar_pixmap(user.name, user.id, FACE_PX, dpr)
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)  # not tinted where it is the current row
    return icon
