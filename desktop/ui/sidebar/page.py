"""SidebarPage: the mini month and the list of calendars, with what they show."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.account import Account
from desktop.domain.event import Calendar
from desktop.domain.ids import CalendarId
from desktop.domain.timespan import DateSpan
from desktop.services.agenda import Agenda
from desktop.services.changes import Change, Topic
from desktop.ui.feed import FeedSignals
from desktop.ui.sidebar.calendar_list import CalendarPane
from desktop.ui.sidebar.mini_month import MiniMonth
from desktop.ui.tasks import TaskRunner

REFRESH_MS = 300
"""Changes come in flocks during a sync; the pane is read again once per flock."""

AccountsSource = Callable[[], Coroutine[Any, Any, tuple[Account, ...]]]


class SidebarPage(QObject):
    """Keeps both panes true; their widgets stand where the window puts them."""

    day_chosen = Signal(object)  # date
    account_requested = Signal()
    accounts_shown = Signal(object)  # tuple[Account, ...]

    def __init__(
        self,
        agenda: Agenda,
        accounts: AccountsSource,
        tasks: TaskRunner,
        feed: FeedSignals,
        clock: Callable[[], datetime],
        zone: tzinfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._agenda = agenda
        self._accounts = accounts
        self._tasks = tasks
        self._clock = clock
        self._zone = zone
        self._busy_task: asyncio.Task[Any] | None = None
        self._list_task: asyncio.Task[Any] | None = None
        self.mini_month = MiniMonth(self._today())
        self.calendars = CalendarPane()
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.start)
        self.mini_month.day_chosen.connect(self.day_chosen)
        self.mini_month.days_shown.connect(self._on_days_shown)
        self.calendars.visibility_requested.connect(self._on_visibility_requested)
        self.calendars.account_requested.connect(self.account_requested)
        feed.changed.connect(self._on_changed)

    def start(self) -> None:
        """Read what both show."""
        self.mini_month.set_today(self._today())
        self._on_days_shown(self.mini_month.shown_days())
        self._list_task = self._tasks.start(
            self._read_list(), owner=self, done=self._on_list_read, replaces=self._list_task
        )

    def show_visible(self, first: date, count: int) -> None:
        """Tint the days that the calendar shows."""
        self.mini_month.show_visible(DateSpan(first, first + timedelta(days=count)))

    def _today(self) -> date:
        return self._clock().astimezone(self._zone).date()

    async def _read_list(self) -> tuple[tuple[Account, ...], tuple[Calendar, ...]]:
        return await self._accounts(), await self._agenda.calendars()

    def _on_list_read(self, read: tuple[tuple[Account, ...], tuple[Calendar, ...]]) -> None:
        accounts, calendars = read
        self.calendars.show_calendars(
            calendars, {account.id: account.title for account in accounts}
        )
        self.accounts_shown.emit(accounts)

    def _on_days_shown(self, days: DateSpan) -> None:
        self._busy_task = self._tasks.start(
            self._agenda.days_with_events(days.first, days.end),
            owner=self,
            done=self.mini_month.show_busy,
            replaces=self._busy_task,
        )

    def _on_visibility_requested(self, calendar_id: CalendarId, visible: bool) -> None:
        self._tasks.start(self._agenda.set_calendar_visible(calendar_id, visible), owner=self)

    def _on_changed(self, change: Change) -> None:
        if change.topic in (Topic.EVENTS, Topic.CALENDARS, Topic.ACCOUNTS):
            self._refresh.start()
