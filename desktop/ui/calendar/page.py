"""CalendarPage: which days are shown, and what stands in them."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo

from PySide6.QtCore import QLocale, QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import AppError
from desktop.domain.event import CalendarEntry
from desktop.domain.freebusy import WorkHours
from desktop.domain.ids import EventId
from desktop.domain.timespan import TimeSpan, When
from desktop.services.changes import Change, Topic
from desktop.ui.calendar.agenda_port import Agenda, Clock
from desktop.ui.calendar.hint_pill import HintPill
from desktop.ui.calendar.loader import EntryLoader
from desktop.ui.calendar.ranges import ViewName, days_of_view, range_text, turned, week_text
from desktop.ui.calendar.scene import days_of
from desktop.ui.calendar.week_view import WeekView
from desktop.ui.error_texts import text_for
from desktop.ui.feed import FeedSignals
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.banner import NoticeBanner

OriginalStart = date | datetime | None
RELOADED_TOPICS = (Topic.EVENTS, Topic.CALENDARS, Topic.ACCOUNTS, Topic.CONTACTS)


class CalendarPage(QWidget):
    """The middle of the window. Days change by `go_to`, `turn` and `set_view`.

    It is there from the first paint on; what is done with the events is `CalendarDeeds`.
    """

    open_requested = Signal(object, object)  # EventId, its original start or None
    new_requested = Signal(object)  # MeetingDraft
    event_selected = Signal(object, object)  # EventId or None, its original start or None
    done = Signal(str, str)  # what was done: "booked", "moved", "deleted", "duplicated"; the title
    days_changed = Signal(object, int)  # the first day shown, how many
    range_changed = Signal(str, str)  # the days in words, the week's number in words
    view_changed = Signal(str)  # "day", "work_week", "week"

    def __init__(
        self,
        tasks: TaskRunner,
        feed: FeedSignals,
        clock: Clock,
        zone: tzinfo,
        *,
        work: WorkHours | None = None,
        first_weekday: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._loaded = False
        self._clock = clock
        self._work = work or WorkHours()
        self._first_weekday = first_weekday or QLocale().firstDayOfWeek().value
        self._view_name = ViewName.WEEK
        self._zone = zone
        self._anchor = clock().astimezone(zone).date()
        self._awaited: EventId | None = None
        self.view = WeekView(self, clock=clock)
        self.view.set_zone(zone)
        self.view.set_work_hours(self._work)
        self.banner = NoticeBanner(self)
        self.banner.hide()
        self.pill = HintPill(self.view.viewport())
        self.loader = EntryLoader(tasks, zone, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self._connect(feed)
        self._show_days()

    def _connect(self, feed: FeedSignals) -> None:
        view = self.view
        view.event_activated.connect(self.open_requested)
        view.edit_requested.connect(self.open_requested)
        view.event_selected.connect(self.event_selected)
        view.page_requested.connect(self.turn)
        view.day_activated.connect(self._on_day_activated)
        view.refused.connect(self._on_refused)
        self.loader.loaded.connect(self._on_loaded)
        self.loader.failed.connect(self._on_load_failed)
        self.loader.waiting.connect(self._on_waiting)
        self.banner.acted.connect(self._on_retry)
        feed.changed.connect(self._on_changed)

    # Where in time

    def span(self) -> TimeSpan:
        """The days that are shown."""
        return self.loader.span()

    def show_first(self, entries: tuple[CalendarEntry, ...]) -> None:
        """Show what stands in these days before `start` asks for it."""
        self._on_loaded(entries)

    def start(self, agenda: Agenda) -> None:
        """Load what is shown, from now on."""
        self.loader.start(agenda)

    def show_today(self) -> None:
        """Go to today."""
        self.go_to(self._clock().astimezone(self._zone).date())

    def previous(self) -> None:
        """One page earlier."""
        self.turn(-1)

    def next(self) -> None:
        """One page later."""
        self.turn(1)

    def turn(self, pages: int) -> None:
        """Some pages later, or earlier."""
        self.go_to(turned(self._view_name, self._anchor, pages))

    def go_to(self, day: date) -> None:
        """Show the page that ``day`` is on."""
        self._anchor = day
        self._show_days()

    def set_view(self, name: str) -> None:
        """Show "day", "work_week" or "week"."""
        view = ViewName(name)
        if view is self._view_name:
            return
        self._view_name = view
        self._anchor = self._anchor_for(view)
        self._show_days()
        self.view_changed.emit(view.value)

    def view_name(self) -> str:
        """Which view is shown."""
        return self._view_name.value

    def anchor(self) -> date:
        """The day that the page was chosen by."""
        return self._anchor

    def reveal(self, event_id: EventId, when: When) -> None:
        """Go to an event and select it, as soon as it is loaded."""
        self.go_to(days_of(when, self._zone).first)
        self.select_when_loaded(event_id)

    def select_when_loaded(self, event_id: EventId) -> None:
        """Select an event as soon as it is there."""
        self._awaited = event_id
        self._select_awaited()

    def set_day_finder(self, day_at: Callable[[QPoint], date | None]) -> None:
        """Let events be dropped on days elsewhere; ``day_at`` takes a point of the screen."""
        viewport = self.view.viewport()
        self.view.drags.day_finder = lambda at: (
            None if viewport.rect().contains(at) else day_at(viewport.mapToGlobal(at))
        )

    def set_work_hours(self, work: WorkHours) -> None:
        """Other hours of work; the work week follows."""
        self._work = work
        self.view.set_work_hours(work)
        self._show_days()

    def set_first_weekday(self, weekday: int) -> None:
        """The day that weeks begin with, Monday 1."""
        self._first_weekday = weekday
        self._show_days()

    def _anchor_for(self, view: ViewName) -> date:
        """A single day is today where today is on the page."""
        today = self._clock().astimezone(self._zone).date()
        if view is ViewName.DAY and self.view.state.frame.index_of(today) is not None:
            return today
        return self._anchor

    def _show_days(self) -> None:
        first, count = days_of_view(
            self._view_name, self._anchor, self._work.days, self._first_weekday
        )
        self.view.show_days(first, count)
        self.range_changed.emit(range_text(first, count), week_text(first, count))
        self.days_changed.emit(first, count)
        self.loader.show_days(first, count)
        self._say_if_empty()

    # What is loaded

    def _on_loaded(self, entries: tuple[CalendarEntry, ...]) -> None:
        self._loaded = True
        self.banner.hide()
        self.view.show_entries(entries)
        self._select_awaited()
        self._say_if_empty()

    def _say_if_empty(self) -> None:
        state = self.view.state
        empty = self._loaded and not any(state.shows(entry.when) for entry in state.entries)
        self.pill.say(
            self.tr("Nothing here yet. Drag over a free hour to plan a meeting.") if empty else ""
        )

    def _on_waiting(self) -> None:
        if not self._loaded:
            self.pill.say(self.tr("Reading the calendar…"))

    def _on_load_failed(self, error: AppError) -> None:
        self.pill.say("")
        said = text_for(error)
        self.banner.show_notice("error", f"{said.title}. {said.body}", self.tr("Try again"))

    def _on_retry(self) -> None:
        self.banner.hide()
        self.loader.reload()

    def _on_changed(self, change: Change) -> None:
        if change.topic in RELOADED_TOPICS:
            self.loader.reload()

    def _select_awaited(self) -> None:
        awaited = self._awaited
        if awaited is None:
            return
        if any(entry.event.id == awaited for entry in self.view.state.entries):
            self._awaited = None
            self.view.select(awaited)

    # What the user does

    def _on_day_activated(self, day: date) -> None:
        self._anchor = day
        if self._view_name is ViewName.DAY:
            return
        self._view_name = ViewName.DAY
        self._show_days()
        self.view_changed.emit(self._view_name.value)

    def _on_refused(self, code: str) -> None:
        if code == "read_only":
            self.banner.show_notice("info", self.tr("This event is read only, so it stays put."))
