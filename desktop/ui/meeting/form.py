"""The left half of the dialog: every input in its row, bound to an editor."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.booking import Problem
from desktop.domain.errors import Field
from desktop.domain.event import EventKind, Priority, Reminder
from desktop.domain.meeting import MeetingDraft
from desktop.ui.input_texts import problem_text
from desktop.ui.meeting.choices import ReminderChoice
from desktop.ui.meeting.conflict_banner import ConflictBanner
from desktop.ui.meeting.deal_field import DealField
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.meeting.field_note import FieldNote
from desktop.ui.meeting.location_field import LocationField
from desktop.ui.meeting.more_section import MoreSection
from desktop.ui.meeting.notes_field import NotesField
from desktop.ui.meeting.others_line import OthersLine
from desktop.ui.meeting.parts import FormParts
from desktop.ui.meeting.people_section import PeopleSection
from desktop.ui.meeting.place_section import PlaceSection
from desktop.ui.meeting.when_section import WhenSection
from desktop.ui.meeting.zone_field import ZoneField
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.segmented import SegmentedControl

LABEL_GAP_PX = 16
ROW_GAP_PX = 12
LABEL_LEAST_PX = 76


class MeetingForm(QWidget):
    """Shows the editor's draft; what is typed goes to the editor at once."""

    submitted = Signal()

    def __init__(
        self, editor: MeetingEditor, parts: FormParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._make_words()
        self.when = WhenSection(editor, parts.today)
        self.others = OthersLine(parts)
        self.conflict = ConflictBanner()
        self.people = PeopleSection(editor, parts)
        self.deal = DealField(editor, parts)
        self.where = LocationField(editor, parts)
        self.location = self.where.line
        self.place = PlaceSection(editor)
        self.reminder = ReminderChoice()
        self.more = MoreSection(editor, parts.preferences, parts.today, parts.tasks)
        self._labels: dict[QWidget, PlainLabel] = {}
        self._arrange()
        self._connect()

    def show_draft(self, draft: MeetingDraft) -> None:
        """Show every value of the draft."""
        self.kind.set_value(draft.kind)
        _put(self.title, draft.title)
        self.where.show_draft(draft)
        if self.description.toPlainText() != draft.description:
            self.description.setPlainText(draft.description)
        self.when.refresh()
        self.others.show_draft(draft, self._editor.contacts())
        self.people.show_draft(draft)
        self.deal.show_draft(draft)
        self.place.show_draft(draft)
        self.reminder.show_reminders(draft.reminders)
        self.more.show_draft(draft)
        self._offer(draft)
        self._show_problems()

    def set_read_only(self, read_only: bool) -> None:
        """Show everything, change nothing."""
        for line in (self.title, self.location):
            line.setReadOnly(read_only)
        self.description.setReadOnly(read_only)
        self.kind.setEnabled(not read_only)
        self.reminder.setEnabled(not read_only)
        self.when.set_offered(not read_only)
        self.people.picker.set_offered(not read_only)
        self.deal.setEnabled(not read_only)
        self.place.set_offered(not read_only)
        self.more.set_offered(not read_only)

    def commit(self) -> None:
        """Read what is still being typed."""
        self.when.commit()
        self.zone.commit()

    def reset(self) -> None:
        """Forget what was typed and is no value: another draft comes."""
        self.people.picker.reset()
        self.more.colleagues.picker.reset()
        for field in (*self.when.fields(), self.zone):
            field.setModified(False)

    @property
    def zone(self) -> ZoneField:
        """The time zone, under *More*."""
        return self.more.zone

    def mend_first(self) -> bool:
        """Move the focus to the first input to mend; False where all is well."""
        wrong = self.when.unreadable()
        problems = list(self._editor.problems())
        if problems and problems[0].field is Field.TITLE:
            self._complain(problems[0])
        elif wrong is not None:
            _focus(wrong)
        elif self.people.picker.left_over():
            self.people.complain_of_left_over()
            _focus(self.people.picker)
        elif self.more.colleagues.picker.left_over():
            self.more.open()
            self.more.colleagues.complain_of_left_over()
            _focus(self.more.colleagues.picker)
        elif not self.zone.readable:
            self.more.open()
            _focus(self.zone)
        elif problems:
            self._complain(problems[0])
        else:
            return False
        return True

    def complain(self, field: Field, code: str) -> bool:
        """Say at its input what a service did not accept; False where there is no input."""
        if field not in self._inputs():
            return False
        self._complain(Problem(field, code))
        return True

    def _complain(self, problem: Problem) -> None:
        text = problem_text(problem.field, problem.code)
        if problem.field is Field.TITLE:
            self.title_note.show_problem(text)
        elif problem.field in (Field.START, Field.END):
            self.when.note.show_problem(text)
        elif problem.field is Field.PHONE or not self.people.missing.isHidden():
            self.people.missing.complain(problem)
        elif problem.field is Field.CONTACT:
            self.people.note.show_problem(text)
        elif problem.field is Field.CALENDAR:
            self.place.note.show_problem(text)
        if problem.field in (Field.TIME_ZONE, Field.REPEAT):
            self.more.open()
        _focus(self._inputs()[problem.field])

    def _inputs(self) -> dict[Field, QWidget]:
        missing = self.people.missing
        who = self.people.picker if missing.isHidden() else missing.number
        return {
            Field.TITLE: self.title,
            Field.START: self.when.start_day if self._editor.all_day else self.when.start_time,
            Field.END: self.when.end_day if self._editor.all_day else self.when.end_time,
            Field.TIME_ZONE: self.zone,
            Field.REPEAT: self.more.repeat.frequency,
            Field.CONTACT: who,
            Field.PHONE: missing.number,
            Field.CALENDAR: self.place.calendar,
        }

    def _show_problems(self) -> None:
        titles = [one for one in self._editor.problems() if one.field is Field.TITLE]
        if titles and self._editor.draft.title_edited:
            self.title_note.show_problem(problem_text(titles[0].field, titles[0].code))
        else:
            self.title_note.clear()

    def _offer(self, draft: MeetingDraft) -> None:
        """Show what the draft's account can store; the rest has no input."""
        able = self._editor.surroundings.capabilities(draft)
        plain = draft.kind is EventKind.EVENT
        self.kind.set_shown(EventKind.CALL, able.calls or draft.kind is EventKind.CALL)
        self.kind.set_shown(EventKind.EVENT, plain and draft.event_id is not None)
        self.when.offer_all_day(able.all_day or self._editor.all_day)
        self._show_row(self.reminder, able.reminders > 0)
        self._show_row(self.deal, self.deal.offered)

    def _show_row(self, widget: QWidget, shown: bool) -> None:
        widget.setVisible(shown)
        self._labels[widget].setVisible(shown)

    # Construction

    def _make_words(self) -> None:
        self.kind = SegmentedControl(self.tr("Kind"))
        self.kind.setObjectName("meetingKind")
        self.kind.add(EventKind.MEETING, self.tr("Meeting"))
        self.kind.add(EventKind.CALL, self.tr("Call"))
        self.kind.add(EventKind.EVENT, self.tr("Event"))
        self.title = QLineEdit()
        self.title.setObjectName("meetingTitle")
        self.title.setAccessibleName(self.tr("Title"))
        self.title.setPlaceholderText(self.tr("What it is about"))
        self.title_note = FieldNote()
        self.description = NotesField()

    def _connect(self) -> None:
        editor = self._editor
        self.kind.chosen.connect(self._on_kind_chosen)
        self.title.textEdited.connect(editor.set_title)
        self.title.returnPressed.connect(self.submitted)
        self.description.textChanged.connect(self._on_description_changed)
        self.conflict.slot_chosen.connect(editor.set_when)
        self.deal.offer_changed.connect(self._on_deals_known)
        self.reminder.picked.connect(self._on_reminder_picked)
        self.more.priority.picked.connect(self._on_priority_picked)
        editor.changed.connect(self.show_draft)

    def _on_deals_known(self) -> None:
        self._show_row(self.deal, self.deal.offered)

    def _on_kind_chosen(self, kind: EventKind) -> None:
        self._editor.set_kind(kind)

    def _on_description_changed(self) -> None:
        text = self.description.toPlainText()
        if text != self._editor.draft.description:
            self._editor.set_description(text)

    def _on_reminder_picked(self, reminders: tuple[Reminder, ...]) -> None:
        self._editor.set_reminders(reminders)

    def _on_priority_picked(self, priority: Priority) -> None:
        self._editor.set_priority(priority)

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        # Beside the day, wherever that is; margins do not turn round by themselves.
        rtl = self.isRightToLeft()
        grid.setContentsMargins(LABEL_GAP_PX if rtl else 0, 0, 0 if rtl else LABEL_GAP_PX, 0)
        grid.setHorizontalSpacing(LABEL_GAP_PX)
        grid.setVerticalSpacing(ROW_GAP_PX)
        grid.setColumnStretch(1, 1)
        left = Qt.AlignmentFlag.AlignLeft
        grid.addWidget(self.kind, 0, 1, left)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Title"), _stacked(self.title, self.title_note)),
            (self.tr("When"), _stacked(self.when, self.others, self.conflict, gap_px=8)),
            (self.tr("With"), self.people),
            (self.tr("Deal"), self.deal),
            (self.tr("Where"), self.where),
            (self.tr("Calendar"), self.place),
            (self.tr("Remind"), self.reminder),
            (self.tr("Notes"), self.description),
        )
        for number, (text, widget) in enumerate(rows, 1):
            self._labels[widget] = self._label(text)
            grid.addWidget(self._labels[widget], number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, number, 1)
        grid.addWidget(self.more, len(rows) + 1, 0, 1, 2)
        wide = max(LABEL_LEAST_PX, *(one.sizeHint().width() for one in self._labels.values()))
        grid.setColumnMinimumWidth(0, self.more.line_up(wide, LABEL_GAP_PX))
        grid.setRowStretch(len(rows), 1)

    def _label(self, text: str) -> PlainLabel:
        label = PlainLabel(text, tone="muted")
        label.setMinimumHeight(self.title.sizeHint().height())
        return label


def _stacked(*widgets: QWidget, gap_px: int = 4) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap_px)
    for widget in widgets:
        layout.addWidget(widget)
    return column


def _put(line: QLineEdit, text: str) -> None:
    if line.text() != text:
        line.setText(text)
        line.setCursorPosition(0)


def select_from_end(line: QLineEdit) -> None:
    """Select everything with the caret at the start, so that a long text shows its beginning."""
    line.setSelection(len(line.text()), -len(line.text()))


def _focus(widget: QWidget) -> None:
    typing = widget.hasFocus()
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(widget, QLineEdit) and not typing:
        widget.selectAll()
