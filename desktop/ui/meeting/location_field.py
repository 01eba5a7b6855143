"""Where a meeting is: any text, with the meeting rooms of the account to choose from."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.event import Recording
from desktop.domain.meeting import MeetingDraft
from desktop.domain.recording import recording_of
from desktop.ui.assets import icon
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.widgets.labels import small_label

_NAME_ROLE = Qt.ItemDataRole.UserRole + 1


class LocationField(QWidget):
    """A line with a list of rooms while one types, and whether the room will be booked."""

    def __init__(self, editor: MeetingEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._rooms: tuple[str, ...] = ()
        self.line = QLineEdit()
        self.line.setObjectName("meetingLocation")
        self.line.setAccessibleName(self.tr("Where"))
        self.line.setPlaceholderText(self.tr("Place or video link"))
        self.line.textEdited.connect(editor.set_location)
        end = QLineEdit.ActionPosition.TrailingPosition
        self.list_rooms = self.line.addAction(icon("chevron-down", "muted"), end)
        self.list_rooms.setText(self.tr("Meeting rooms"))
        self.list_rooms.setToolTip(self.tr("Meeting rooms"))
        self.list_rooms.setVisible(False)
        self.list_rooms.triggered.connect(self._on_list_wanted)
        self.note = small_label(wrap=True)
        self.note.setObjectName("meetingRoomNote")
        self.note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.note)
        self.setFocusProxy(self.line)

    def show_draft(self, draft: MeetingDraft) -> None:
        """Show the place, and offer the rooms of the draft's account."""
        if self.line.text() != draft.location:
            self.line.setText(draft.location)
            self.line.setCursorPosition(0)
        self._offer(self._editor.surroundings.rooms_of(draft))
        text = self._consequence(draft)
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def rooms(self) -> tuple[str, ...]:
        """The names that are offered."""
        return self._rooms

    def _offer(self, rooms: Sequence[str]) -> None:
        if tuple(rooms) == self._rooms:
            return
        self._rooms = tuple(rooms)
        words = self.tr("Place, room or video link") if rooms else self.tr("Place or video link")
        self.line.setPlaceholderText(words)
        self.list_rooms.setVisible(bool(rooms))
        self.line.setCompleter(self._completer() if rooms else None)  # type: ignore[arg-type]

    def _completer(self) -> QCompleter:
        completer = QCompleter(self.line)
        model = QStandardItemModel(completer)
        for name in self._rooms:
            item = QStandardItem(self.tr("Room: {0}").format(name))
            item.setData(name, _NAME_ROLE)
            model.appendRow(item)
        completer.setModel(model)
        completer.setCompletionRole(_NAME_ROLE)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._editor.set_location)
        return completer

    def _on_list_wanted(self) -> None:
        """All the rooms, whatever is typed."""
        completer = self.line.completer()
        if completer is not None:
            completer.setCompletionPrefix("")
            completer.complete()

    def _consequence(self, draft: MeetingDraft) -> str:
        """What becomes of the room that is named; empty for any other place."""
        folded = draft.location.strip().casefold()
        if not folded or folded not in {name.casefold() for name in self._rooms}:
            return ""
        around = self._editor.surroundings
        account, main = around.account_of(draft), around.main_contact(draft)
        calendar = around.calendar(draft.calendar_id)
        if account is None:
            return ""
        event = draft.event_id is not None and draft.without_communication
        how = recording_of(draft, main, account, calendar)
        if event or how in (None, Recording.EVENT):
            return self.tr("The room is booked with the meeting.")
        return self.tr(
            "The meeting will name the room, but only a calendar event books it: "
            "book it in Bitrix24 as well."
        )
