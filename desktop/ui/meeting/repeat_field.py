"""RepeatField: whether and how a meeting repeats, in words and with its next dates."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from itertools import islice

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from desktop.domain.booking import keeps_rule
from desktop.domain.meeting import MeetingDraft
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.repeating import (
    WEEKDAYS,
    dates,
    first_day,
    is_last_weekday,
    nth_weekday,
    settled,
    singles,
    zone_or_utc,
)
from desktop.domain.timespan import When
from desktop.ui.details.recurrence_text import recurrence_text
from desktop.ui.meeting.choices import Choice
from desktop.ui.meeting.date_field import DateField
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.meeting.field_note import FieldNote
from desktop.ui.meeting.repeat_plan import (
    FIFTH,
    LONGEST_INTERVAL,
    MOST,
    Ending,
    MonthDay,
    RepeatPlan,
    plan_of,
)
from desktop.ui.meeting.repeat_texts import (
    frequency_text,
    month_day_text,
    next_text,
    singles_text,
    unit_text,
)
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.labels import PlainLabel, small_label

PREVIEWED = 3
HALF_A_YEAR = timedelta(days=182)


class RepeatField(QWidget):
    """Shows the draft's rule; one that these inputs cannot say is kept as it is."""

    picked = Signal(object)  # RecurrenceRule, or None: once
    singles_wished = Signal(object)  # tuple[When, ...]: single meetings in place of the rule

    def __init__(
        self,
        editor: MeetingEditor,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._plan: RepeatPlan | None = None
        self._when: When | None = None
        self._shown: tuple[object, ...] = ()
        self._zone: tzinfo = zone_or_utc("UTC")
        self._singles: tuple[When, ...] = ()
        self.frequency = Choice("meetingRepeat", self.tr("Repeat"))
        self.frequency.picked.connect(self._on_frequency_picked)
        self.interval = _spin("meetingRepeatInterval", self.tr("Every so many"), LONGEST_INTERVAL)
        self.interval.valueChanged.connect(self._on_interval_changed)
        self._unit = PlainLabel()
        self.weekdays = _weekday_chips()
        for chip in self.weekdays.values():
            chip.clicked.connect(self._on_weekdays_clicked)
        self.month_day = Choice("meetingRepeatMonthDay", self.tr("On which day of the month"))
        self.month_day.picked.connect(self._on_month_day_picked)
        self.ending = Choice("meetingRepeatEnds", self.tr("Ends"))
        for ending, text in (
            (Ending.NEVER, self.tr("never ends")),
            (Ending.COUNT, self.tr("ends after")),
            (Ending.DAY, self.tr("ends on")),
        ):
            self.ending.add(text, ending)
        self.ending.picked.connect(self._on_ending_picked)
        self.count = _spin("meetingRepeatCount", self.tr("How many meetings"), MOST)
        self.count.valueChanged.connect(self._on_count_changed)
        self._times = PlainLabel(self.tr("meetings"))
        self.last = DateField(self.tr("Last day"), today)
        self.last.setObjectName("meetingRepeatUntil")
        self.last.day_entered.connect(self._on_last_entered)
        self.summary = small_label(wrap=True)
        self.summary.setObjectName("meetingRepeatSummary")
        self.note = FieldNote()
        self.instead = LinkButton()
        self.instead.setObjectName("meetingRepeatSingles")
        self.instead.clicked.connect(self._on_instead_clicked)
        self._box = QWidget()
        self._week = QWidget()
        self._arrange()

    def fields(self) -> tuple[QWidget, ...]:
        """Its inputs in the order of the Tab key."""
        return (
            self.frequency,
            self.interval,
            *self.weekdays.values(),
            self.month_day,
            self.ending,
            self.count,
            self.last,
            self.instead,
        )

    def show_draft(self, draft: MeetingDraft) -> None:
        """Show the draft's rule, what it comes to, and whether its account can keep it."""
        rule, account = draft.recurrence, self._editor.surroundings.account_of(draft)
        shown = (rule, draft.when, draft.time_zone, draft.event_id is None, account)
        if shown == self._shown:
            return  # another letter of the title
        self._shown = shown
        self._when, self._zone = draft.when, zone_or_utc(draft.time_zone)
        self._plan = None if rule is None else plan_of(rule, draft.when, self._zone)
        self._fill(rule)
        self._show_parts(rule)
        self._show_meaning(draft)

    def set_offered(self, offered: bool) -> None:
        """Whether the value can be changed."""
        for field in (self.frequency, self.interval, self.month_day, self.ending, self.count):
            field.setEnabled(offered)
        for chip in self.weekdays.values():
            chip.setEnabled(offered)
        self.last.set_offered(offered)
        self.instead.setEnabled(offered)

    # What is shown

    def _fill(self, rule: RecurrenceRule | None) -> None:
        chosen: object = None if rule is None else rule.frequency
        strange = rule is not None and self._plan is None
        self.frequency.clear()
        self.frequency.add(self.tr("Does not repeat"), None)
        for frequency in Frequency:
            self.frequency.add(frequency_text(frequency), frequency)
        if strange:
            self.frequency.add(self.tr("As it is"), rule)
            chosen = rule
        self._take_frequency(chosen)
        plan = self._plan
        if plan is None or self._when is None:
            return
        _put(self.interval, plan.interval)
        self._unit.setText(unit_text(plan.frequency, plan.interval))
        first = first_day(self._when, self._zone)
        named = plan.weekdays or (WEEKDAYS[first.weekday()],)
        for code, chip in self.weekdays.items():
            chip.setChecked(code in named)
        self._offer_month_days(first, plan.month_day)
        self.ending.take(plan.ending)
        _put(self.count, plan.count)
        self.last.show_day(plan.last or first + HALF_A_YEAR)

    def _take_frequency(self, value: object) -> None:
        rows = range(self.frequency.count())
        self.frequency.setCurrentIndex(
            next((row for row in rows if self.frequency.itemData(row) == value), 0)
        )

    def _offer_month_days(self, first: date, chosen: MonthDay) -> None:
        self.month_day.clear()
        offered = [MonthDay.NUMBER]
        if int(nth_weekday(first)[0]) < FIFTH:
            offered.append(MonthDay.NTH)
        if is_last_weekday(first):
            offered.append(MonthDay.LAST)
        for one in offered:
            self.month_day.add(month_day_text(one, first), one)
        self.month_day.take(chosen)

    def _show_parts(self, rule: RecurrenceRule | None) -> None:
        plan = self._plan
        self._box.setVisible(plan is not None)
        self.summary.setVisible(rule is not None)
        if plan is None:
            return
        self._week.setVisible(plan.frequency is Frequency.WEEKLY)
        self.month_day.setVisible(plan.frequency is Frequency.MONTHLY)
        for part in (self.count, self._times):
            part.setVisible(plan.ending is Ending.COUNT)
        self.last.setVisible(plan.ending is Ending.DAY)

    def _show_meaning(self, draft: MeetingDraft) -> None:
        """The rule in words with its next dates; that it cannot be kept, and what to do then."""
        rule = draft.recurrence
        self.note.clear()
        self.instead.hide()
        if rule is None:
            return
        kept, when = settled(rule, draft.when, self._zone)
        shown = list(islice(dates(kept, when, self._zone), PREVIEWED))
        words = recurrence_text(kept, when, self._zone)
        self.summary.setText(next_text(words, [first_day(one, self._zone) for one in shown]))
        account = self._editor.surroundings.account_of(draft)
        if not shown:
            self.note.show_problem(self.tr("With this end it never takes place."))
        elif account is not None and not keeps_rule(account, rule, draft.when, self._zone):
            self._singles = singles(rule, draft.when, self._zone)
            text = self.tr("{account} cannot keep this rule.")
            self.note.show_problem(text.format(account=account.title))
            self.instead.setText(singles_text(len(self._singles)))
            self.instead.setVisible(draft.event_id is None)

    # What is chosen

    def _on_frequency_picked(self, value: object) -> None:
        if value is None:
            self.picked.emit(None)
        elif isinstance(value, Frequency):
            ending = self._plan or RepeatPlan(value)
            self._tell(
                RepeatPlan(value, ending=ending.ending, count=ending.count, last=ending.last)
            )

    def _on_interval_changed(self, interval: int) -> None:
        self._change(interval=interval)

    def _on_weekdays_clicked(self) -> None:
        chosen = tuple(code for code, chip in self.weekdays.items() if chip.isChecked())
        self._change(weekdays=chosen)

    def _on_month_day_picked(self, month_day: MonthDay) -> None:
        self._change(month_day=month_day)

    def _on_ending_picked(self, ending: Ending) -> None:
        last = None
        if ending is Ending.DAY and self._when is not None:
            last = first_day(self._when, self._zone) + HALF_A_YEAR
        self._change(ending=ending, last=last)

    def _on_count_changed(self, count: int) -> None:
        self._change(count=count)

    def _on_last_entered(self, day: date) -> None:
        self._change(last=day)

    def _on_instead_clicked(self) -> None:
        self.singles_wished.emit(self._singles)

    def _change(self, **different: object) -> None:
        if self._plan is not None:
            self._tell(replace(self._plan, **different))  # type: ignore[arg-type]  # by name

    def _tell(self, plan: RepeatPlan) -> None:
        if self._when is None:
            return
        rule = plan.rule(self._when, self._zone)
        if rule == self._editor.draft.recurrence:
            self._fill(rule)  # the only day of a week cannot be taken away
        else:
            self.picked.emit(rule)

    # Construction

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.frequency)
        column.addWidget(self._box)
        column.addWidget(self.summary)
        column.addWidget(self.note)
        column.addWidget(self.instead, 0, Qt.AlignmentFlag.AlignLeading)
        rows = QVBoxLayout(self._box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        every = _row(rows)
        for widget in (PlainLabel(self.tr("every")), self.interval, self._unit):
            every.addWidget(widget)
        every.addWidget(self.month_day, 1)
        every.addStretch()
        rows.addWidget(self._week)
        flow = FlowLayout(self._week)
        for chip in self.weekdays.values():
            flow.addWidget(chip)
        ends = _row(rows)
        for part in (self.ending, self.count, self._times, self.last):
            ends.addWidget(part)
        ends.addStretch()


def _row(rows: QVBoxLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    rows.addLayout(row)
    return row


def _spin(name: str, accessible: str, most: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setObjectName(name)
    spin.setAccessibleName(accessible)
    spin.setRange(1, most)
    spin.setKeyboardTracking(False)
    return spin


def _put(spin: QSpinBox, value: int) -> None:
    if spin.value() != value:
        spin.blockSignals(True)
        spin.setValue(value)
        spin.blockSignals(False)


def _weekday_chips() -> dict[str, Chip]:
    """A switch for each day, in the order of the locale's week."""
    locale = QLocale()
    first = locale.firstDayOfWeek().value
    chips: dict[str, Chip] = {}
    for place in range(7):
        number = (first - 1 + place) % 7 + 1
        short = locale.standaloneDayName(number, QLocale.FormatType.ShortFormat)
        chip = Chip(short, checkable=True)
        chip.setObjectName(f"repeat{WEEKDAYS[number - 1]}")
        chip.setAccessibleName(locale.standaloneDayName(number, QLocale.FormatType.LongFormat))
        chips[WEEKDAYS[number - 1]] = chip
    return chips
