"""When a meeting is: dates, times, length, whole days; and what it means for the others."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, timedelta

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Field
from desktop.domain.timetext import ParsedTime
from desktop.ui.calendar.describe import day_text, length_text, time_text
from desktop.ui.input_texts import problem_text
from desktop.ui.meeting.date_field import DateField
from desktop.ui.meeting.editor import MeetingEditor, Notice
from desktop.ui.meeting.field_note import FieldNote
from desktop.ui.meeting.time_field import TimeField
from desktop.ui.meeting.typed_field import TypedField
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.labels import PlainLabel

DURATIONS_MIN = (15, 30, 45, 60, 90)


class WhenSection(QWidget):
    """The inputs of time, bound to an editor."""

    readability_changed = Signal()

    def __init__(
        self,
        editor: MeetingEditor,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self.start_day = DateField(self.tr("Start date"), today)
        self.start_time = TimeField(self.tr("Start time"))
        self.end_time = TimeField(self.tr("End time"))
        self.end_day = DateField(self.tr("End date"), today)
        self.all_day = QCheckBox(self.tr("All day"))
        for widget, name in (
            (self.start_day, "meetingStartDate"),
            (self.start_time, "meetingStartTime"),
            (self.end_time, "meetingEndTime"),
            (self.end_day, "meetingEndDate"),
            (self.all_day, "meetingAllDay"),
        ):
            widget.setObjectName(name)
        self._to = PlainLabel(self.tr("to"), tone="muted")
        self.chips = {minutes: self._chip(minutes) for minutes in DURATIONS_MIN}
        self._durations = QWidget()
        self.note = FieldNote()
        self._said: Notice | None = None
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Show the draft's times."""
        editor = self._editor
        span, whole = editor.span, editor.all_day
        self.start_day.show_day(editor.first_day())
        self.end_day.show_day(editor.last_day())
        self.start_time.show_time(span.start.time())
        self.end_time.show_time(span.end.time())
        self.start_time.setVisible(not whole)
        self.end_time.setVisible(not whole)
        self._durations.setVisible(not whole)
        self.all_day.setChecked(whole)
        for minutes, chip in self.chips.items():
            chip.setChecked(minutes == editor.duration_min())
        self._show_note()

    def set_offered(self, offered: bool) -> None:
        """Whether times can be changed."""
        self.start_day.set_offered(offered)
        self.end_day.set_offered(offered)
        for field in (self.start_time, self.end_time):
            field.setReadOnly(not offered)
        self.all_day.setEnabled(offered)
        for chip in self.chips.values():
            chip.setEnabled(offered)

    def offer_all_day(self, offered: bool) -> None:
        """Whether there are whole days here."""
        self.all_day.setVisible(offered)

    def fields(self) -> tuple[TypedField, ...]:
        """What is typed in, in the order of the form."""
        return self.start_day, self.start_time, self.end_time, self.end_day

    def commit(self) -> None:
        """Read what is still being typed."""
        for field in self.fields():
            field.commit()

    def unreadable(self) -> TypedField | None:
        """The first field that cannot be read."""
        return next((one for one in self.fields() if not one.readable), None)

    # What the user did

    def _on_start_entered(self, parsed: ParsedTime) -> None:
        if not self._editor.set_start_text(parsed):
            self.start_time.refuse()

    def _on_end_entered(self, parsed: ParsedTime) -> None:
        if not self._editor.set_end_text(parsed):
            self.end_time.refuse()

    def _on_chip(self) -> None:
        chip = self.sender()
        for minutes, own in self.chips.items():
            if own is chip:
                self._editor.set_duration(minutes)
        self.refresh()

    def _on_all_day(self, checked: bool) -> None:
        self._editor.set_all_day(checked)

    def _on_noticed(self, notice: Notice | None) -> None:
        self._said = notice
        self._show_note()

    def _on_readability(self, _readable: bool) -> None:
        self._show_note()
        self.readability_changed.emit()

    def _show_note(self) -> None:
        wrong = self.unreadable()
        if wrong is not None:
            self.note.show_problem(self._unreadable_text(wrong))
        elif self._said is Notice.END_MOVED:
            words = self.tr("That is before the start, so it ends on {0}.")
            self.note.show_notice(words.format(day_text(self._editor.last_day())))
        elif self._said is Notice.SKIPPED_HOUR:
            words = self.tr("The clocks skip that time on this day. It begins at {0}.")
            start = self._editor.span.start
            self.note.show_notice(words.format(time_text(start, start.tzinfo or UTC)))
        else:
            self.note.clear()

    def _unreadable_text(self, field: TypedField) -> str:
        if isinstance(field, DateField):
            return problem_text(Field.START, "unreadable date")
        which = Field.START if field is self.start_time else Field.END
        return problem_text(which, "unreadable")

    # Construction

    def _chip(self, minutes: int) -> Chip:
        last = minutes == DURATIONS_MIN[-1]
        chip = Chip(self.tr("{0} min").format(minutes) if last else str(minutes), checkable=True)
        chip.setAccessibleName(length_text(timedelta(minutes=minutes)))
        chip.clicked.connect(self._on_chip)
        return chip

    def _connect(self) -> None:
        self.start_day.day_entered.connect(self._editor.set_start_day)
        self.end_day.day_entered.connect(self._editor.set_end_day)
        self.start_time.entered.connect(self._on_start_entered)
        self.end_time.entered.connect(self._on_end_entered)
        self.all_day.clicked.connect(self._on_all_day)
        self._editor.noticed.connect(self._on_noticed)
        for field in self.fields():
            field.readability_changed.connect(self._on_readability)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(_flowing(self._times()))
        self._to.setMinimumHeight(self.start_time.sizeHint().height())
        below = QHBoxLayout()
        below.setSpacing(8)
        flow = FlowLayout(self._durations, gap_px=6)
        for chip in self.chips.values():
            flow.addWidget(chip)
        policy = self._durations.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._durations.setSizePolicy(policy)
        column.addLayout(below)
        below.addWidget(self._durations, 1)
        below.addWidget(self.all_day)
        column.addWidget(self.note)

    def _times(self) -> Iterator[QWidget]:
        yield from (self.start_day, self.start_time, self._to, self.end_time, self.end_day)

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)


def _flowing(widgets: Iterator[QWidget]) -> QWidget:
    """The widgets in a line, or in two where the window is narrow and the type large."""
    row = QWidget()
    flow = FlowLayout(row, gap_px=6)
    for widget in widgets:
        flow.addWidget(widget)
    return row
