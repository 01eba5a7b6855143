"""The rare inputs, behind *More*; whether they are open is remembered."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.account import Account, AccountKind, Capabilities
from desktop.domain.errors import Field
from desktop.domain.event import Recording
from desktop.domain.meeting import MeetingDraft
from desktop.domain.recording import recording_of
from desktop.ui.assets import icon
from desktop.ui.input_texts import problem_text
from desktop.ui.meeting.choices import PriorityChoice, ShownAsChoice
from desktop.ui.meeting.colleagues_field import ColleaguesField, may_be_event
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.meeting.field_note import FieldNote
from desktop.ui.meeting.files_field import FilesField
from desktop.ui.meeting.repeat_field import RepeatField
from desktop.ui.meeting.zone_field import ZoneField
from desktop.ui.preferences import Preferences
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.labels import PlainLabel, small_label

OPEN = "meeting/more"


class MoreSection(QWidget):
    """Time zone and priority, and what the account cannot store."""

    unfolded = Signal()

    def __init__(
        self,
        editor: MeetingEditor,
        preferences: Preferences,
        today: Callable[[], date],
        tasks: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._preferences = preferences
        self.toggle = LinkButton()
        self.toggle.setObjectName("meetingMore")
        self.toggle.setCheckable(True)
        self.toggle.clicked.connect(self._on_toggled)
        self.zone = ZoneField()
        self.zone.zone_entered.connect(editor.set_zone)
        self.zone.readability_changed.connect(self._on_readability)
        self.zone_note = FieldNote()
        self._zone_label = PlainLabel(self.tr("Time zone"), tone="muted")
        self.priority = PriorityChoice()
        self._priority_label = PlainLabel(self.tr("Priority"), tone="muted")
        self.repeat = RepeatField(editor, today)
        self.repeat.picked.connect(editor.set_recurrence)
        self._repeat_label = PlainLabel(self.tr("Repeat"), tone="muted")
        self._repeat_label.setMinimumHeight(self.repeat.frequency.sizeHint().height())
        self.colleagues = ColleaguesField(editor)
        self._colleagues_label = PlainLabel(self.tr("Colleagues"), tone="muted")
        self.shown_as = ShownAsChoice()
        self.shown_as.picked.connect(self._on_shown_as)
        self.private = QCheckBox(self.tr("Private"))
        self.private.setObjectName("meetingPrivate")
        self.private.setToolTip(self.tr("Others see only that you are busy"))
        self.private.clicked.connect(editor.set_private)
        self._shown = QWidget()
        self._shown_label = PlainLabel(self.tr("Show as"), tone="muted")
        self.files = FilesField(tasks)
        self.files.files_changed.connect(editor.set_files)
        self._files_label = PlainLabel(self.tr("Files"), tone="muted")
        self._files_label.setMinimumHeight(self.files.add.sizeHint().height())
        self._why = small_label(wrap=True)
        self._box = QWidget()
        self._grid = QGridLayout(self._box)
        self._beside_labels = QWidget()
        self._arrange()
        self._show_open(preferences.get(OPEN) == "open")

    def show_draft(self, draft: MeetingDraft) -> None:
        """Show the draft's values, and say what its account has no room for."""
        self.zone.show_zone(draft.time_zone)
        self.zone.setEnabled(not self._editor.all_day)
        self.priority.take(draft.priority)
        able = self._editor.surroundings.capabilities(draft)
        for widget in (self.priority, self._priority_label):
            widget.setVisible(able.priority)
        self.repeat.show_draft(draft)
        repeats = self._may_repeat(draft)
        for part in (self.repeat, self._repeat_label):
            part.setVisible(repeats)
        self._show_colleagues(draft)
        self.files.show_draft(draft, kept=self._keeps_files(draft))
        self._files_label.setVisible(not self.files.isHidden())
        self._show_why(draft)

    def line_up(self, labels_px: int, gap_px: int) -> int:
        """Give labels as much room as those of the form have, or more where these need it.

        Returns the room that was given, for the form's own.
        """
        labels = (
            self._colleagues_label,
            self._zone_label,
            self._priority_label,
            self._repeat_label,
            self._shown_label,
            self._files_label,
        )
        needed = max(labels_px, *(label.sizeHint().width() for label in labels))
        self._grid.setColumnMinimumWidth(0, needed)
        self._grid.setHorizontalSpacing(gap_px)
        self._beside_labels.setFixedWidth(needed + gap_px)
        return needed

    def set_offered(self, offered: bool) -> None:
        """Whether the values can be changed."""
        self.zone.setReadOnly(not offered)
        self.priority.setEnabled(offered)
        self.repeat.set_offered(offered)
        self.colleagues.picker.set_offered(offered)
        self.shown_as.setEnabled(offered)
        self.private.setEnabled(offered)
        self.files.setEnabled(offered)

    def open(self) -> None:
        """Show the rare inputs now, without remembering it."""
        self._show_open(True)

    @property
    def opened(self) -> bool:
        """Whether the rare inputs are shown."""
        return self.toggle.isChecked()

    def _on_toggled(self, checked: bool) -> None:
        self._show_open(checked)
        if checked:
            self.unfolded.emit()
        self._preferences.put(OPEN, "open" if checked else "closed")

    def _show_open(self, opened: bool) -> None:
        self.toggle.setChecked(opened)
        self.toggle.setText(self._fold_text(opened))
        self.toggle.setIcon(icon("chevron-up" if opened else "chevron-down", "accent_text"))
        self._box.setVisible(opened)

    def _fold_text(self, opened: bool) -> str:
        return self.tr("Less") if opened else self.tr("More: colleagues, repeat, time zone")

    def _on_shown_as(self, shown: tuple[bool, bool]) -> None:
        self._editor.set_shown_as(*shown)

    def _show_colleagues(self, draft: MeetingDraft) -> None:
        self.colleagues.show_draft(draft)
        self._colleagues_label.setVisible(not self.colleagues.isHidden())
        self.shown_as.take((draft.busy, draft.away))
        self.private.setChecked(draft.private)
        for part in (self._shown, self._shown_label):
            part.setVisible(may_be_event(draft))

    def _keeps_files(self, draft: MeetingDraft) -> bool:
        """Whether a new draft becomes a meeting or call of the CRM: nothing else has files."""
        around = self._editor.surroundings
        account = around.account_of(draft)
        if account is None or draft.event_id is not None:
            return False
        how = recording_of(draft, around.main_contact(draft), account)
        return how is Recording.ACTIVITY and account.kind is AccountKind.BITRIX24

    def _on_readability(self, readable: bool) -> None:
        if readable:
            self.zone_note.clear()
        else:
            self.zone_note.show_problem(problem_text(Field.TIME_ZONE, "unknown"))

    def _may_repeat(self, draft: MeetingDraft) -> bool:
        """A meeting that is kept as an activity of a CRM stands alone; so does one of a series."""
        account = self._editor.surroundings.account_of(draft)
        able = self._editor.surroundings.capabilities(draft)
        if draft.recurrence is not None:
            return True
        kept = account is None or account.kind is AccountKind.LOCAL or able.series
        return kept and (draft.event_id is None or draft.without_communication)

    def _show_why(self, draft: MeetingDraft) -> None:
        account = self._editor.surroundings.account_of(draft)
        able = self._editor.surroundings.capabilities(draft)
        missing = [
            words
            for has, words in (
                (able.calls, self.tr("calls")),
                (able.priority, self.tr("a priority")),
                (able.all_day, self.tr("whole days")),
                (able.reminders > 0, self.tr("reminders")),
                (_keeps_series(account, able), self.tr("meetings that repeat")),
            )
            if not has
        ]
        if missing and account is not None:
            words = self.tr("{0} cannot store: {1}.")
            self._why.setText(words.format(account.title, ", ".join(missing)))
        self._why.setVisible(bool(missing))

    def _arrange(self) -> None:
        grid = self._grid
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setVerticalSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        self._colleagues_label.setMinimumHeight(self.priority.sizeHint().height())
        grid.addWidget(self._colleagues_label, 0, 0, top)
        grid.addWidget(self.colleagues, 0, 1)
        grid.addWidget(self._zone_label, 1, 0)
        grid.addWidget(self.zone, 1, 1)
        grid.addWidget(self.zone_note, 2, 1)
        grid.addWidget(self._priority_label, 3, 0)
        grid.addWidget(self.priority, 3, 1)
        grid.addWidget(self._repeat_label, 4, 0, top)
        grid.addWidget(self.repeat, 4, 1)
        grid.addWidget(self._shown_label, 5, 0)
        grid.addWidget(self._shown, 5, 1)
        shown = QHBoxLayout(self._shown)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(16)
        shown.addWidget(self.shown_as, 1)
        shown.addWidget(self.private)
        grid.addWidget(self._files_label, 6, 0, top)
        grid.addWidget(self.files, 6, 1)
        grid.addWidget(self._why, 7, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        column.addLayout(row)
        row.setSpacing(0)
        row.addWidget(self._beside_labels)
        row.addWidget(self.toggle)
        row.addStretch(1)
        column.addWidget(self._box)


def _keeps_series(account: Account | None, able: Capabilities) -> bool:
    return account is None or account.kind is AccountKind.LOCAL or able.series
