"""OutcomeSheet: held, no-show or moved; a note; the next step. Made for the keyboard."""

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import AppError
from desktop.domain.outcome import FOLLOW_UP_DAYS, Outcome, OutcomeReport
from desktop.domain.timespan import TimeSpan
from desktop.services.meeting_outcomes import OutcomeSubject
from desktop.ui import theme
from desktop.ui.error_texts import text_for
from desktop.ui.outcome.note_field import NoteField
from desktop.ui.outcome.texts import next_text, outcome_text, step_text, where_text, words_of
from desktop.ui.time_texts import when_text
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.buttons import PrimaryButton, QuietButton
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.labels import PlainLabel, small_label
from desktop.ui.widgets.measure import roomy
from desktop.ui.widgets.message_box import MessageBox
from desktop.ui.widgets.segmented import SegmentedControl

WIDTH_PX = 480
LETTERS = {
    Qt.Key.Key_H: Outcome.HELD,
    Qt.Key.Key_N: Outcome.NO_SHOW,
    Qt.Key.Key_M: Outcome.MOVED,
}
"""What chooses an outcome while the choice has the focus; 1 to 3 do, too."""

DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)


class OutcomeSheet(QDialog):
    """Shows a meeting, says what was noted of it."""

    saved = Signal(object)  # OutcomeReport
    days_chosen = Signal(int)  # after so many days the next step is wanted: tell when that is

    def __init__(
        self, clock: Callable[[], datetime], zone: tzinfo, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("outcomeSheet")
        self.setWindowTitle(self.tr("Outcome"))
        self._clock = clock
        self._zone = zone
        self._subject: OutcomeSubject | None = None
        self._next: TimeSpan | None = None
        self._save_when_found = False
        """Save was pressed while the next free hour was being looked for."""
        self._title = PlainLabel(wrap=True)
        self._title.setFont(theme.scaled(self._title.font(), 1.2, bold=True))
        self._when = PlainLabel(tone="muted", wrap=True)
        self.outcome = SegmentedControl(self.tr("Outcome"))
        self.outcome.setObjectName("outcomeChoice")
        for one in Outcome:
            self.outcome.add(one, outcome_text(one))
        self.outcome.chosen.connect(self._on_outcome_chosen)
        self.outcome.installEventFilter(self)
        self.note = NoteField()
        self._steps = QWidget()
        self.steps: Mapping[int, Chip] = {days: self._chip(days) for days in FOLLOW_UP_DAYS}
        self.then = small_label(wrap=True)
        self.then.setObjectName("outcomeThen")
        self._where = small_label(wrap=True)
        self.message = MessageBox("outcomeMessage")
        self.save = PrimaryButton(self.tr("Save"))
        self.save.setObjectName("outcomeSave")
        self.save.clicked.connect(self._on_save)
        self._cancel = QuietButton(self.tr("Cancel"))
        self._cancel.clicked.connect(self.reject)
        self._arrange()

    def ask(self, subject: OutcomeSubject) -> None:
        """Open for a meeting; one that can be closed was held unless somebody says otherwise."""
        self._subject = subject
        self._save_when_found = False
        self._title.setText(" ".join(subject.event.summary.split()) or self.tr("Untitled"))
        self._when.setText(when_text(subject.entry.when, self._clock(), self._zone))
        self.outcome.set_shown(Outcome.MOVED, subject.movable)
        self.outcome.set_value(Outcome.HELD)
        self.note.clear()
        self.note.setEnabled(subject.contact is not None or subject.in_text)
        self._where.setText(where_text(subject))
        self.message.clear()
        self._show_next(None)
        self.set_busy(False)
        self.open()
        self._fit()
        self._focus_choice()

    def show_next(self, days: int, when: TimeSpan) -> None:
        """After ``days`` there is room at ``when``."""
        if self.days() != days:
            return
        self._show_next(when)
        if self._save_when_found:
            self._on_save()

    def show_error(self, error: AppError) -> None:
        """It could not be kept."""
        self._save_when_found = False
        self.set_busy(False)
        self.message.say_error(text_for(error))

    def set_busy(self, busy: bool) -> None:
        """Whether it is being written."""
        self.save.setEnabled(not busy)

    def days(self) -> int:
        """After how many days the next step is; 0: there is none."""
        return next((days for days, chip in self.steps.items() if chip.isChecked()), 0)

    def report(self) -> OutcomeReport | None:
        """What is said so far; None before there is a meeting."""
        subject, outcome = self._subject, self.outcome.value()
        if subject is None or not isinstance(outcome, Outcome):
            return None
        words = words_of(outcome, subject, self._next, self._clock(), self._zone)
        return OutcomeReport(outcome, words, self.note.text().strip(), self._next)

    def _choose(self, outcome: Outcome) -> None:
        if outcome is Outcome.MOVED and (self._subject is None or not self._subject.movable):
            return
        self.outcome.set_value(outcome)
        self._on_outcome_chosen(outcome)
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_outcome_chosen(self, outcome: Outcome) -> None:
        announce(self, outcome_text(outcome))
        if outcome is Outcome.MOVED and not self.days():
            self._press(FOLLOW_UP_DAYS[2])
        self._show_next(self._next)

    def _press(self, days: int) -> None:
        chip = self.steps[days]
        chip.setChecked(not chip.isChecked())
        self._on_step(days)

    def _on_chip(self) -> None:
        pressed = self.sender()
        for days, chip in self.steps.items():
            if chip is pressed:
                self._on_step(days)

    def _on_step(self, days: int) -> None:
        """One step at most; the same one again takes it away."""
        for other, chip in self.steps.items():
            if other != days:
                chip.setChecked(False)
        self._show_next(None)
        if self.steps[days].isChecked():
            self.days_chosen.emit(days)

    def _show_next(self, when: TimeSpan | None) -> None:
        self._next = when
        if when is None and self.days():
            self.then.setText(self.tr("Looking for a free hour…"))
            return
        if when is None:
            for chip in self.steps.values():
                chip.setChecked(False)
        outcome = self.outcome.value()
        if isinstance(outcome, Outcome):
            self.then.setText(next_text(outcome, when, self._clock(), self._zone))
        self._fit()

    def _fit(self) -> None:
        """Take the height that the words and chips need, so that none is cut."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _on_save(self) -> None:
        report = self.report()
        if report is None or not self.save.isEnabled():
            return
        self._save_when_found = bool(self.days()) and self._next is None
        if self._save_when_found:
            return
        if report.outcome is Outcome.MOVED and report.next_when is None:
            self.message.say("warning", self.tr("Choose when it takes place instead."))
            return
        self.set_busy(True)
        self.saved.emit(report)

    def _focus_choice(self) -> None:
        for segment in self.outcome.findChildren(QWidget):
            if segment.focusPolicy() & Qt.FocusPolicy.TabFocus:
                segment.setFocus(Qt.FocusReason.PopupFocusReason)

    def _chip(self, days: int) -> Chip:
        chip = Chip(step_text(days), self._steps, checkable=True)
        chip.setObjectName(f"outcomeStep{days}")
        key = FOLLOW_UP_DAYS.index(days) + 1
        chip.setToolTip(f"{step_text(days)} (Ctrl+{key})")
        chip.clicked.connect(self._on_chip)
        return chip

    def _arrange(self) -> None:
        flow = FlowLayout(self._steps, gap_px=6)
        for chip in self.steps.values():
            flow.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        head = QVBoxLayout()
        head.setSpacing(4)
        column.addLayout(head)
        head.addWidget(self._title)
        head.addWidget(self._when)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(PlainLabel(self.tr("Outcome"), tone="muted"), 0, 0)
        grid.addWidget(self.outcome, 0, 1, Qt.AlignmentFlag.AlignLeading)
        grid.addWidget(self._label(self.tr("Note")), 1, 0, top)
        grid.addWidget(self.note, 1, 1)
        grid.addWidget(self._where, 2, 1)
        grid.addWidget(self._label(self.tr("Next step")), 3, 0, top)
        grid.addWidget(self._steps, 3, 1)
        grid.addWidget(self.then, 4, 1)
        column.addWidget(self.message)
        column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        row.addStretch()
        row.addWidget(self._cancel)
        row.addWidget(self.save)
        self.resize(roomy(self, WIDTH_PX, self.sizeHint().height()))

    def _label(self, text: str) -> PlainLabel:
        """Beside the first line of what may have several."""
        label = PlainLabel(text, tone="muted")
        label.setMinimumHeight(self.steps[FOLLOW_UP_DAYS[0]].sizeHint().height())
        return label

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.outcome and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            chosen = LETTERS.get(key)
            if chosen is None and key in DIGITS[: len(Outcome)] and not event.modifiers():
                chosen = list(Outcome)[DIGITS.index(key)]
            if event.type() == QEvent.Type.KeyPress and chosen is not None:
                self._choose(chosen)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = Qt.Key(event.key()), Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_save()
        elif key in DIGITS and event.modifiers() == control:
            self._press(FOLLOW_UP_DAYS[DIGITS.index(key)])
        else:
            super().keyPressEvent(event)
