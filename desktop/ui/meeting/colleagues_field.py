"""Colleagues in the dialog: who is invited, and in a sentence what that makes of the meeting."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.account import Account, AccountKind
from desktop.domain.event import Recording
from desktop.domain.meeting import MeetingDraft
from desktop.domain.recording import recording_of, without_event_needs
from desktop.ui.meeting.colleague_picker import ColleaguePicker
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.meeting.field_note import FieldNote
from desktop.ui.widgets.labels import small_label


class ColleaguesField(QWidget):
    """The picker, or why there is none."""

    def __init__(self, editor: MeetingEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.picker = ColleaguePicker()
        self.picker.colleague_chosen.connect(editor.add_colleague)
        self.picker.removal_requested.connect(editor.remove_colleague)
        self.note = FieldNote()
        self.why = small_label(wrap=True)
        self.why.setObjectName("meetingAttendeesWhy")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.picker, self.note, self.why):
            column.addWidget(part)

    def show_draft(self, draft: MeetingDraft) -> None:
        """Show who is invited, what follows from it, and where nobody can be, why."""
        around = self._editor.surroundings
        account = around.account_of(draft)
        self.setVisible(account is not None and account.kind is not AccountKind.LOCAL)
        if account is None:
            return
        offered = account.capabilities.attendees and may_be_event(draft)
        self.picker.setVisible(offered)
        users = around.users_of(draft)
        self.picker.show_colleagues(users, account.user_id, draft.attendees)
        text = self._consequence(draft, account) if offered else self._reason(account)
        self.why.setText(text)
        self.why.setVisible(bool(text))
        if not self.picker.left_over():
            self.note.clear()

    def complain_of_left_over(self) -> None:
        """What was typed is nobody: it must be chosen or cleared."""
        words = self.tr("Choose “{0}” from the list, or clear it.")
        self.note.show_problem(words.format(self.picker.left_over()))

    def _consequence(self, draft: MeetingDraft, account: Account) -> str:
        main = self._editor.surroundings.main_contact(draft)
        if not draft.attendees or main is None or draft.event_id is not None:
            return ""
        usual = recording_of(without_event_needs(draft), main, account)
        if usual is Recording.EVENT:
            return ""
        words = self.tr("Only a calendar event has guests, so it becomes one, linked with {0}.")
        return words.format(main.name)

    def _reason(self, account: Account) -> str:
        if account.capabilities.attendees:
            return self.tr("A meeting that the CRM keeps as an activity cannot have guests.")
        lacking = account.capabilities.missing_scopes
        missing = [one for one in ("calendar", "user") if one in lacking]
        if not missing:
            return self.tr("{0} does not let you invite colleagues.").format(account.title)
        words = self.tr("To invite colleagues, ask the administrator for the permission: {0}.")
        return words.format(", ".join(missing))


def may_be_event(draft: MeetingDraft) -> bool:
    """Whether what only an event of a calendar can have can be asked for.

    A record that exists stays what it is.
    """
    return draft.event_id is None or draft.without_communication
