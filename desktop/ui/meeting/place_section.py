"""Where the meeting is kept and who is responsible for it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.account import Account
from desktop.domain.errors import Field
from desktop.domain.event import Calendar, Recording, may_move
from desktop.domain.ids import CalendarId, UserId
from desktop.domain.meeting import MeetingDraft
from desktop.domain.recording import recording_of
from desktop.ui.input_texts import problem_text
from desktop.ui.meeting.choices import CalendarChoice, ResponsibleChoice
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.meeting.field_note import FieldNote
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.labels import small_label


class PlaceSection(QWidget):
    """The calendar, the responsible, and in whose calendar the meeting lands."""

    def __init__(self, editor: MeetingEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._shown: object = None
        self.calendar = CalendarChoice()
        self.responsible = ResponsibleChoice()
        self.calendar.picked.connect(self._on_calendar_picked)
        self.responsible.picked.connect(self._on_responsible_picked)
        self.note = FieldNote()
        self.lands = small_label(wrap=True)
        self.mine = LinkButton(self.tr("Take it myself"))
        self.mine.setObjectName("meetingTakeItMyself")
        self.mine.clicked.connect(self._on_mine)
        self._landing = QWidget()
        self.recorded = small_label(wrap=True)
        self.recorded.setObjectName("meetingRecorded")
        self._arrange()

    def show_draft(self, draft: MeetingDraft) -> None:
        """Show where the draft is kept, and whose it is."""
        self._fill(draft)
        self._show_landing(draft)
        self._show_recorded(draft)
        wrong = [one for one in self._editor.problems() if one.field is Field.CALENDAR]
        if wrong:
            self.note.show_problem(problem_text(wrong[0].field, wrong[0].code))
        else:
            self.note.clear()

    def set_offered(self, offered: bool) -> None:
        """Whether both can be changed."""
        self.calendar.setEnabled(offered)
        self.responsible.setEnabled(offered)
        self.mine.setVisible(offered)

    def _fill(self, draft: MeetingDraft) -> None:
        around = self._editor.surroundings
        mine = self._mine_only(draft)
        shown = (around, draft.calendar_id, draft.responsible, draft.contacts, draft.event_id, mine)
        if shown == self._shown:
            return
        self._shown = shown
        calendars = [
            one
            for one in around.calendars
            if draft.event_id is None or self._may_move_to(one, draft)
        ]
        self.calendar.show_calendars(calendars, around.accounts, draft.calendar_id)
        account, users = around.account_of(draft), around.users_of(draft)
        able = account is not None and account.capabilities.responsible
        offered = able and bool(users) and not mine
        self.responsible.setVisible(offered)
        if offered and account is not None:
            usual = self._usual_text(draft, account)
            self.responsible.show_users(users, account.user_id, usual, draft.responsible)

    def _may_move_to(self, calendar: Calendar, draft: MeetingDraft) -> bool:
        """A booked event stays on its account, and among its calendars with whose it is."""
        around = self._editor.surroundings
        own = around.account_of(draft)
        now = next((one for one in around.calendars if one.id == draft.calendar_id), None)
        if own is None or now is None:
            return own is None or own.id == calendar.account_id
        return may_move(now, calendar)

    def _usual_text(self, draft: MeetingDraft, account: Account) -> str:
        contact = self._editor.surroundings.main_contact(draft)
        owner = None if contact is None else contact.responsible
        if owner is None or owner == account.user_id:
            return self.tr("Responsible: me")
        return self.tr("Responsible: {0}").format(self._user_name(draft, owner))

    def _show_landing(self, draft: MeetingDraft) -> None:
        other = self._somebody_else(draft)
        self._landing.setVisible(other is not None)
        if other is not None:
            words = self.tr("The meeting lands in the calendar of {0}.")
            self.lands.setText(words.format(self._user_name(draft, other)))

    def _mine_only(self, draft: MeetingDraft) -> bool:
        """Whether it becomes an event of my own calendar, which nobody else is responsible for."""
        if draft.event_id is not None:
            return draft.without_communication
        return self._recording(draft) is Recording.EVENT

    def _recording(self, draft: MeetingDraft) -> Recording | None:
        account = self._editor.surroundings.account_of(draft)
        main = self._editor.surroundings.main_contact(draft)
        calendars = self._editor.surroundings.calendars
        calendar = next((one for one in calendars if one.id == draft.calendar_id), None)
        return None if account is None else recording_of(draft, main, account, calendar)

    def _show_recorded(self, draft: MeetingDraft) -> None:
        """Say what the account's way of recording has no room for, and where that goes."""
        how = self._recording(draft) if draft.event_id is None else None
        sentences = {
            Recording.TODO: self.tr(
                "Recorded as a to-do among “Calls and activities”."
                " Its length, place and priority stand in its text."
            ),
            Recording.CARD: self.tr(
                "Recorded as a card in the timeline, shown among “Calls and activities”."
            ),
        }
        text = "" if how is None else sentences.get(how, "")
        self.recorded.setText(text)
        self.recorded.setVisible(bool(text))

    def _somebody_else(self, draft: MeetingDraft) -> UserId | None:
        """The responsible, where that is not me."""
        around = self._editor.surroundings
        account = around.account_of(draft)
        if account is None or not account.capabilities.responsible or self._mine_only(draft):
            return None
        contact = around.main_contact(draft)
        left_alone = None if contact is None else contact.responsible
        who = draft.responsible or left_alone
        return None if who is None or who == account.user_id else who

    def _user_name(self, draft: MeetingDraft, user: UserId) -> str:
        users = self._editor.surroundings.users_of(draft)
        name = next((one.name for one in users if one.id == user), "")
        return name or self.tr("a colleague")

    def _on_calendar_picked(self, calendar_id: CalendarId) -> None:
        self._editor.set_calendar(calendar_id)

    def _on_responsible_picked(self, user: UserId | None) -> None:
        self._editor.set_responsible(user)

    def _on_mine(self) -> None:
        account = self._editor.surroundings.account_of(self._editor.draft)
        if account is not None:
            self._editor.set_responsible(account.user_id)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        landing = QHBoxLayout(self._landing)
        landing.setContentsMargins(0, 0, 0, 0)
        landing.setSpacing(8)
        landing.addWidget(self.lands, 1)
        landing.addWidget(self.mine)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        row.addWidget(self.calendar, 1)
        row.addWidget(self.responsible, 1)
        column.addWidget(self.note)
        column.addWidget(self._landing)
        column.addWidget(self.recorded)
