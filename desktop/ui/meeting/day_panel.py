"""The right half of the dialog: which day, arrows to its neighbours, and its strip."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.availability import shared
from desktop.domain.event import CalendarEntry, Event, Occurrence
from desktop.domain.freebusy import WorkHours
from desktop.domain.ids import AccountId, CalendarId, EventId
from desktop.domain.meeting import MeetingDraft
from desktop.domain.timespan import TimeSpan, When, day_span
from desktop.ui import theme
from desktop.ui.calendar.describe import day_text
from desktop.ui.calendar.scene import days_of
from desktop.ui.meeting.busy_texts import age_text
from desktop.ui.meeting.busy_watch import BusyKnown
from desktop.ui.meeting.slot_strip import SlotStrip
from desktop.ui.meeting.strip_stage import DayBusy, StripStage
from desktop.ui.widgets.buttons import IconButton, LinkButton
from desktop.ui.widgets.labels import PlainLabel, small_label


class DayPanel(QWidget):
    """A day with the draft's slot in it. It follows the slot, and can be leafed through."""

    when_changed = Signal(object)  # When
    day_shown = Signal(object)  # TimeSpan: the day whose events are asked for

    def __init__(
        self,
        clock: Callable[[], datetime],
        zone: tzinfo,
        work: Callable[[], WorkHours],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._stage = StripStage(clock, zone, work)
        self._draft: MeetingDraft | None = None
        self._slot_day: date | None = None
        self._edited_when: When | None = None
        self._known = BusyKnown()
        self._age = small_label(wrap=True)
        self._age.setObjectName("meetingBusyAge")
        self._age.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._age.hide()
        self.strip = SlotStrip(self._stage)
        self.strip.when_changed.connect(self.when_changed)
        self.strip.day_wished.connect(self.leaf)
        self._title = PlainLabel()
        self._title.setFont(theme.scaled(self._title.font(), bold=True))
        self._earlier = IconButton("chevron-left", self.tr("Previous day"), role="muted")
        self._later = IconButton("chevron-right", self.tr("Next day"), role="muted")
        self._earlier.clicked.connect(self._on_earlier)
        self._later.clicked.connect(self._on_later)
        self._back = LinkButton()
        self._back.clicked.connect(self._on_back)
        self._back.hide()
        self._arrange()

    @property
    def day(self) -> date:
        """The day that is shown."""
        return self._stage.day

    def span(self) -> TimeSpan:
        """The day that is shown, as instants."""
        return day_span(self._stage.day, self._stage.zone)

    def begin(self, edited_when: When | None) -> None:
        """Another draft comes. ``edited_when`` is when the event is that it edits."""
        self._edited_when = edited_when
        self._slot_day = None

    def show_draft(self, draft: MeetingDraft, color: str) -> None:
        """Draw the draft's slot; a slot on another day than before is followed there."""
        self._draft = draft
        self._stage.slot = _slot(draft, color)
        day = days_of(draft.when, self._stage.zone).first
        if day != self._slot_day:
            anew = self._slot_day is None
            self._slot_day = day
            self._go_to(day, always=anew)
        self.strip.show_slot()
        self._show_words()

    def show_entries(self, entries: tuple[CalendarEntry, ...]) -> None:
        """Draw what else is on that day; the edited event itself is the slot."""
        own = None if self._draft is None else self._draft.event_id
        self._stage.entries = tuple(
            entry
            for entry in entries
            if own is None or entry.event.id != own or not self._same_time(entry)
        )
        self.strip.show_entries()

    def show_busy(self, known: BusyKnown) -> None:
        """Draw when the invited colleagues are busy, and say how old that is."""
        self._known = known
        self._stage.busy = self._busy_today()
        self.strip.show_busy()
        self._age.setText(age_text(known, self._stage.now(), self._stage.zone))
        self._age.setVisible(bool(known.people))

    def _busy_today(self) -> DayBusy:
        known, day = self._known, self.span()
        if known.span is None or not known.people:
            return DayBusy()
        outside = not known.span.overlaps(day)
        unknown = outside or any(not one.fresh for one in known.people)
        return DayBusy(
            shared(day, known.people), known.names, unknown and (outside or not known.asking)
        )

    def settle(self) -> None:
        """The day's entries are known: open the strip where there is something to see."""
        self.strip.show_day()

    def leaf(self, days: int) -> None:
        """Look at another day; the slot stays where it is."""
        self._go_to(self._stage.day + timedelta(days=days))
        self._show_words()

    def set_read_only(self, read_only: bool) -> None:
        """Whether the slot can be dragged."""
        self.strip.set_read_only(read_only)

    def _same_time(self, entry: CalendarEntry) -> bool:
        """Of a series only the occurrence that is edited is the slot."""
        return not entry.event.recurring or entry.when == self._edited_when

    def _go_to(self, day: date, *, always: bool = False) -> None:
        if day == self._stage.day and not always:
            return
        self._stage.day = day
        self._stage.entries = ()
        self._stage.busy = self._busy_today()
        self.strip.show_day()
        self.day_shown.emit(self.span())

    def _show_words(self) -> None:
        self._title.setText(day_text(self._stage.day))
        elsewhere = self._slot_day is not None and not self._stage.slot_here()
        if elsewhere and self._slot_day is not None:
            words = self.tr("Back to {0}").format(day_text(self._slot_day))
            self._back.setText(words.replace("&", "&&"))
        self._back.setVisible(elsewhere)

    def _on_earlier(self) -> None:
        self.leaf(-1)

    def _on_later(self) -> None:
        self.leaf(1)

    def _on_back(self) -> None:
        if self._slot_day is not None:
            self._go_to(self._slot_day)
            self._show_words()

    def _arrange(self) -> None:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            self._earlier.show_as("chevron-right", self.tr("Previous day"))
            self._later.show_as("chevron-left", self.tr("Next day"))
        head = QHBoxLayout()
        head.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        head.addWidget(self._title, 1)
        head.addWidget(self._earlier)
        head.addWidget(self._later)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.strip, 1)
        column.addWidget(self._age)


def _slot(draft: MeetingDraft, color: str) -> CalendarEntry:
    """The draft as an entry that can be drawn among others."""
    event = Event(
        id=EventId(f"draft {draft.id}"),
        account_id=AccountId(""),
        calendar_id=draft.calendar_id or CalendarId(""),
        summary=draft.title,
        when=draft.when,
        kind=draft.kind,
        location=draft.location,
        time_zone=draft.time_zone,
    )
    return CalendarEntry(Occurrence(event, draft.when), color)
