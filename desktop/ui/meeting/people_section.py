"""Who a meeting is with, and the way out where nobody can be reached."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.booking import Problem
from desktop.domain.errors import Field
from desktop.domain.meeting import MeetingDraft
from desktop.ui.input_texts import problem_text
from desktop.ui.meeting.contact_picker import ContactPicker
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.meeting.field_note import FieldNote
from desktop.ui.meeting.parts import FormParts
from desktop.ui.meeting.texts import short_name
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel


class PeopleSection(QWidget):
    """The chips, and a box that asks for a number where the meeting's contact has none."""

    def __init__(
        self,
        editor: MeetingEditor,
        parts: FormParts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self.picker = ContactPicker(parts.contacts, parts.tasks, parts.clock, parts.zone)
        self.picker.contact_chosen.connect(editor.add_contact)
        self.picker.removal_requested.connect(editor.remove_contact)
        self.missing = MissingNumber(editor)
        self.note = FieldNote()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.picker, self.note, self.missing):
            column.addWidget(part)

    def show_draft(self, draft: MeetingDraft) -> None:
        """Show the draft's people."""
        self.picker.show_contacts(self._editor.contacts())
        self.missing.show_draft(draft)
        if not self.picker.left_over():
            self.note.clear()

    def complain_of_left_over(self) -> None:
        """What was typed is nobody: it must be chosen or cleared."""
        words = self.tr("Choose “{0}” from the list, or clear it.")
        self.note.show_problem(words.format(short_name(self.picker.left_over())))


class MissingNumber(QFrame):
    """A contact without phone and e-mail: type a number, or record a calendar event."""

    def __init__(self, editor: MeetingEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meetingMissingNumber")
        self.setProperty("notice", "warning")
        self._editor = editor
        self._text = PlainLabel(wrap=True)
        self.number = QLineEdit()
        self.number.setObjectName("meetingNewPhone")
        self.number.setAccessibleName(self.tr("Phone number"))
        self.number.setPlaceholderText(self.tr("Phone number, saved with the contact"))
        self.number.textEdited.connect(editor.set_new_phone)
        self.instead = LinkButton()
        self.instead.setObjectName("meetingWithoutCommunication")
        self.instead.clicked.connect(self._on_instead)
        self.note = FieldNote()
        self._arrange()
        self.hide()

    def show_draft(self, draft: MeetingDraft) -> None:
        """Ask, or show what was answered."""
        code = self._missing(draft)
        if code is None:
            self.hide()
            return
        contact = self._editor.surroundings.main_contact(draft)
        name = short_name(contact.name) if contact is not None else ""
        self._text.setText(self._sentence(code, name, draft))
        self.number.setHidden(draft.without_communication)
        if self.number.text() != draft.new_phone:
            self.number.setText(draft.new_phone)
        self.instead.setText(
            self.tr("Type a number instead")
            if draft.without_communication
            else self.tr("Record as a calendar event instead")
        )
        wrong = [one for one in self._editor.problems() if one.field is Field.PHONE]
        if wrong and not self.number.hasFocus():
            self.note.show_problem(problem_text(wrong[0].field, wrong[0].code))
        elif not wrong:
            self.note.clear()
        self.show()

    def complain(self, problem: Problem) -> None:
        """Say what has to be mended before the meeting can be booked."""
        self.note.show_problem(problem_text(problem.field, problem.code))

    def _sentence(self, code: str, name: str, draft: MeetingDraft) -> str:
        if draft.without_communication:
            return self.tr("It becomes a calendar event that is linked with {0}.").format(name)
        if code == "no phone":
            return self.tr("{0} has no phone number to call.").format(name)
        return self.tr("{0} has no phone number and no e-mail address.").format(name)

    def _missing(self, draft: MeetingDraft) -> str | None:
        """Why the draft could not be booked without an answer here."""
        unanswered = replace(draft, new_phone="", without_communication=False)
        if draft.event_id is not None:
            return None
        found = self._editor.surroundings.problems(unanswered)
        codes = [one.code for one in found if one.field is Field.CONTACT]
        return next((code for code in codes if code in ("unreachable", "no phone")), None)

    def _on_instead(self) -> None:
        without = not self._editor.draft.without_communication
        self._editor.set_without_communication(without)
        if not without:
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(head)
        head.addWidget(IconMark("phone", "warning"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._text, 1)
        column.addWidget(self.number)
        column.addWidget(self.note)
        column.addWidget(self.instead, 0, Qt.AlignmentFlag.AlignLeft)
