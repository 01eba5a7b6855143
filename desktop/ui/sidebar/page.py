"""The mini month and the calendars with their services."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.account import Account
from desktop.domain.event import Calendar
from desktop.domain.ids import CalendarId
from desktop.domain.timespan import DateSpan, start_of_day
from desktop.services.changes import Change, Topic
from desktop.services.schedule import ScheduleService
from desktop.ui.feed import FeedSignals
from desktop.ui.sidebar.calendar_list import CalendarPane
from desktop.ui.sidebar.mini_month import MiniMonth
from desktop.ui.tasks import TaskRunner

AccountsSource = Callable[[], Coroutine[Any, Any, tuple[Account, ...]]]

REFRESH_MS = 300
LONGEST_WAIT = timedelta(hours=1)
"""A timer sleeps while the computer does, so midnight is looked for at least this often."""


class SidebarPage(QObject):
    """Owns two widgets that stand under the contact list, and keeps them true."""

    day_chosen = Signal(object)  # date
    account_requested = Signal()
    accounts_shown = Signal(object)  # tuple[Account, ...]

    def __init__(
        self,
        schedule: ScheduleService,
        accounts: AccountsSource,
        tasks: TaskRunner,
        feed: FeedSignals,
        clock: Callable[[], datetime],
        zone: tzinfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._schedule, self._accounts, self._tasks = schedule, accounts, tasks
        self._clock, self._zone = clock, zone
        self._days: asyncio.Task[frozenset[date]] | None = None
        self._lists: asyncio.Task[None] | None = None
        self._started = False
        self.month = MiniMonth(self._today())
        self.calendars = CalendarPane()
        self._refresh = self._timer(self._on_refresh_due)
        self._refresh.setInterval(REFRESH_MS)
        self._midnight = self._timer(self._on_midnight)
        self._connect(feed)

    def start(self) -> None:
        """Read everything, and go on following the changes."""
        self._started = True
        self._on_refresh_due()
        self._await_midnight()

    def show_visible(self, first: date, count: int) -> None:
        """Tint the days that the calendar shows."""
        self.month.show_visible(DateSpan(first, first + timedelta(days=count)))

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        return timer

    def _connect(self, feed: FeedSignals) -> None:
        self.month.day_chosen.connect(self.day_chosen)
        self.month.days_shown.connect(self._on_days_shown)
        self.calendars.visibility_requested.connect(self._on_visibility_requested)
        self.calendars.account_visibility_requested.connect(self._on_account_visibility)
        self.calendars.account_requested.connect(self.account_requested)
        feed.changed.connect(self._on_changed)

    def _today(self) -> date:
        return self._clock().astimezone(self._zone).date()

    def _on_changed(self, change: Change) -> None:
        shown = (Topic.EVENTS, Topic.CALENDARS, Topic.ACCOUNTS)
        if change.topic in shown and not self._refresh.isActive():
            self._refresh.start()

    def _on_refresh_due(self) -> None:
        self._on_days_shown(self.month.shown_days())
        self._lists = self._tasks.start(self._read_lists(), owner=self, replaces=self._lists)

    async def _read_lists(self) -> None:
        accounts = await self._accounts()
        calendars = await self._schedule.calendars()
        self._show_lists(accounts, calendars)

    def _show_lists(self, accounts: tuple[Account, ...], calendars: tuple[Calendar, ...]) -> None:
        colors = {a.id: a.color for a in accounts if a.color}
        self.calendars.show_calendars(
            calendars, {a.id: a.title for a in accounts}, colors if len(colors) > 1 else None
        )
        self.accounts_shown.emit(accounts)

    def _on_days_shown(self, days: DateSpan) -> None:
        if not self._started:
            return  # what was shown the last time is restored before there is a loop
        self._days = self._tasks.start(
            self._schedule.days_with_events(days.first, days.end),
            owner=self,
            done=self.month.show_busy,
            replaces=self._days,
        )

    def _on_visibility_requested(self, calendar_id: CalendarId, visible: bool) -> None:
        self._tasks.start(
            self._schedule.set_calendar_visible(calendar_id, visible),
            owner=self,
            done=self._on_visibility_kept,
        )

    def _on_account_visibility(self, calendar_ids: tuple[CalendarId, ...], visible: bool) -> None:
        self._tasks.start(
            self._schedule.set_calendars_visible(calendar_ids, visible),
            owner=self,
            done=self._on_visibility_kept,
        )

    def _on_visibility_kept(self, _result: None) -> None:
        self._on_refresh_due()

    def _await_midnight(self) -> None:
        now = self._clock()
        midnight = start_of_day(self._today() + timedelta(days=1), self._zone)
        wait = min(midnight - now, LONGEST_WAIT)
        self._midnight.start(max(1000, round(wait / timedelta(milliseconds=1))))

    def _on_midnight(self) -> None:
        self.month.set_today(self._today())
        self._await_midnight()
