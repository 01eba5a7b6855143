"""Where a meeting is: any text, with the meeting rooms of the account to choose from."""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.availability import Availability, hindrances
from desktop.domain.errors import AppError
from desktop.domain.event import Calendar, Recording
from desktop.domain.ids import CalendarId, UserId
from desktop.domain.meeting import MeetingDraft
from desktop.domain.recording import recording_of
from desktop.domain.timespan import DateSpan, When
from desktop.ui.assets import icon
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.meeting.parts import FormParts
from desktop.ui.time_texts import time_text
from desktop.ui.widgets.labels import small_label

_NAME_ROLE = Qt.ItemDataRole.UserRole + 1


class LocationField(QWidget):
    """A line with a list of rooms while one types, and whether the room will be booked."""

    def __init__(
        self, editor: MeetingEditor, parts: FormParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._parts = parts
        self._asked: tuple[CalendarId, When] | None = None
        self._asking: asyncio.Task[tuple[Availability, ...]] | None = None
        self._taken = ""
        self._free = False
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
        room = self._editor.surroundings.room_of(draft)
        if room is None:
            self._asked, self._taken, self._free = None, "", False
        else:
            self._ask(draft, room)
        self._say(draft)

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

    def _ask(self, draft: MeetingDraft, room: Calendar) -> None:
        """Look whether the room is free at that time, unless that is being looked at already."""
        availability, when = self._parts.availability, draft.when
        asked = (room.id, when)
        if availability is None or isinstance(when, DateSpan) or asked == self._asked:
            return
        if draft.event_id is not None:
            return  # its own booking would stand in the way
        self._asked, self._taken, self._free = asked, "", False
        self._asking = self._parts.tasks.start(
            availability.refresh(room.account_id, [UserId(str(room.id))], when),
            owner=self,
            done=self._on_told,
            failed=self._on_not_told,
            replaces=self._asking,
        )

    def _on_told(self, people: tuple[Availability, ...]) -> None:
        draft = self._editor.draft
        if isinstance(draft.when, DateSpan):
            return
        found = hindrances(draft.when, people)
        spans = found[0].spans if found and not found[0].unknown else ()
        if spans:
            zone = self._parts.zone
            times = ", ".join(
                f"{time_text(one.start.astimezone(zone))}–{time_text(one.end.astimezone(zone))}"
                for one in spans
            )
            self._taken = self.tr("The room is taken {times}.").format(times=times)
        else:
            self._taken = ""
            self._free = not found
        self._say(draft)

    def _on_not_told(self, _error: AppError) -> None:
        self._taken = self.tr("Whether the room is free is not known now.")
        self._say(self._editor.draft)

    def _say(self, draft: MeetingDraft) -> None:
        free = self.tr("The room is free then.") if self._free and not self._taken else ""
        words = (self._taken or free, self._consequence(draft))
        text = " ".join(one for one in words if one)
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _consequence(self, draft: MeetingDraft) -> str:
        """What becomes of the room that is named; empty for any other place."""
        around = self._editor.surroundings
        if around.room_of(draft) is None:
            return ""
        account, main = around.account_of(draft), around.main_contact(draft)
        calendar = around.calendar(draft.calendar_id)
        if account is None:
            return ""
        event = draft.event_id is not None and draft.without_communication
        how = recording_of(draft, main, account, calendar)
        if event or how in (None, Recording.EVENT):
            if self._taken:
                return self.tr("It is booked with the meeting all the same.")
            if self._free:
                return self.tr("It is booked with the meeting.")
            return self.tr("The room is booked with the meeting.")
        return self.tr(
            "The meeting will name the room, but only a calendar event books it: "
            "book it in Bitrix24 as well."
        )
