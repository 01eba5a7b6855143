"""BusyWatch: what is known of the invited colleagues' time while a meeting is planned."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.account import User
from desktop.domain.availability import Availability, taken_spans, without
from desktop.domain.errors import AppError
from desktop.domain.ids import AccountId, UserId
from desktop.domain.timespan import TimeSpan
from desktop.services.availability import AvailabilityService
from desktop.ui.tasks import TaskRunner

ASK_AFTER_MS = 400
"""Nobody is asked while times are still being dragged."""
AGE_MS = 60_000
_AHEAD = timedelta(days=14)
_BEYOND = timedelta(days=370)
_FARTHEST = timedelta(days=45)
"""A day that is looked at so far from the plan is not asked for."""


@dataclass(frozen=True, slots=True)
class BusyKnown:
    """What can be told now. Without colleagues there is nothing."""

    people: tuple[Availability, ...] = ()
    names: Mapping[UserId, str] = field(default_factory=dict)
    span: TimeSpan | None = None
    """The time that it is about; nothing is known outside of it."""
    asking: bool = False

    def taken(self) -> tuple[TimeSpan, ...]:
        """When not all of them are known to be free; what lies beyond the span counts too."""
        if self.span is None or not self.people:
            return ()
        beyond = TimeSpan(self.span.end, self.span.end + _BEYOND)
        return (*taken_spans(self.span, self.people), beyond)

    def known_since(self) -> datetime | None:
        """The time of the oldest answer; None where somebody's time was never told."""
        told = [one.as_of for one in self.people]
        return None if None in told else min(filter(None, told), default=None)


class BusyWatch(QObject):
    """Tells what the cache has at once, then what the server says.

    It asks where the cache is old, not before the user has come to rest, and nothing once it
    `stop`ped.
    """

    changed = Signal(object)  # BusyKnown

    def __init__(
        self,
        service: AvailabilityService | None,
        tasks: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._tasks = tasks
        self.known = BusyKnown()
        self._account: AccountId | None = None
        self._edited: tuple[TimeSpan, frozenset[UserId]] | None = None
        self._reading: asyncio.Task[tuple[Availability, ...]] | None = None
        self._asking: asyncio.Task[tuple[Availability, ...]] | None = None
        self._wait = self._timer(ASK_AFTER_MS, self._ask)
        self._wait.setSingleShot(True)
        self._age = self._timer(AGE_MS, self._on_aged)

    def begin(self, edited: tuple[TimeSpan, frozenset[UserId]] | None = None) -> None:
        """Another draft comes; ``edited``: when the meeting was that it changes, and whose
        calendars it stands in.
        """
        self.stop()
        self._edited = edited

    def look(
        self, account: AccountId | None, users: Sequence[User], plan: TimeSpan, day: TimeSpan
    ) -> None:
        """These are invited now; ``plan`` is when it would be, ``day`` what is looked at."""
        if account is None or not users or self._service is None:
            if self.known.people:
                self.stop()
                self.changed.emit(self.known)
            return
        span = _span_of(plan, day)
        ids = tuple(one.id for one in users)
        before = (self._account, tuple(one.user for one in self.known.people), self.known.span)
        if before == (account, ids, span):
            return
        self._account = account
        unknown = {one.user: one for one in self.known.people}
        people = tuple(unknown.get(one, Availability(one)) for one in ids)
        names = {one.id: one.name for one in users}
        self.known = BusyKnown(people, names, span, asking=True)
        self._age.start()
        self._read()
        self._wait.start()

    def stop(self) -> None:
        """Nobody looks any more; what is under way is not wanted."""
        self._wait.stop()
        self._age.stop()
        for task in (self._reading, self._asking):
            if task is not None:
                task.cancel()
        self.known = BusyKnown()
        self._account = None

    def questions(self) -> tuple[asyncio.Task[tuple[Availability, ...]] | None, ...]:
        """What has been asked and may not be answered yet."""
        return self._reading, self._asking

    @property
    def waiting(self) -> bool:
        """Whether the server is going to be asked as soon as the user rests."""
        return self._wait.isActive()

    def _read(self) -> None:
        service, span = self._service, self.known.span
        if service is None or span is None or self._account is None:
            return
        self._reading = self._tasks.start(
            service.known(self._account, self._users(), span),
            owner=self,
            done=self._on_read,
            replaces=self._reading,
        )

    def _ask(self) -> None:
        service, span = self._service, self.known.span
        if service is None or span is None or self._account is None:
            return
        self._asking = self._tasks.start(
            service.refresh(self._account, self._users(), span),
            owner=self,
            done=self._on_answered,
            failed=self._on_failed,
            replaces=self._asking,
        )

    def _on_read(self, people: tuple[Availability, ...]) -> None:
        self._show(people, asking=self.known.asking)

    def _on_answered(self, people: tuple[Availability, ...]) -> None:
        self._show(people, asking=False)

    def _on_failed(self, _error: AppError) -> None:
        # What is known stays, as old as it is: that is what is told, not the failure.
        self.known = replace(self.known, asking=False)
        self._read()

    def _on_aged(self) -> None:
        self._read()
        self._ask()

    def _show(self, people: tuple[Availability, ...], *, asking: bool) -> None:
        told = tuple(self._without_edited(one) for one in people)
        if told == self.known.people and asking is self.known.asking:
            self.changed.emit(self.known)
            return
        self.known = replace(self.known, people=told, asking=asking)
        self.changed.emit(self.known)

    def _without_edited(self, known: Availability) -> Availability:
        if self._edited is None or known.user not in self._edited[1]:
            return known
        return without(known, self._edited[0])

    def _users(self) -> tuple[UserId, ...]:
        return tuple(one.user for one in self.known.people)

    def _timer(self, interval_ms: int, ended: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.timeout.connect(ended)
        return timer


def _span_of(plan: TimeSpan, day: TimeSpan) -> TimeSpan:
    """Whole days of UTC around the plan and the day, and two weeks on for what is free instead."""
    start, end = (moment.astimezone(UTC) for moment in (plan.start, plan.end))
    other = day.in_zone(UTC)
    if abs(other.start - start) <= _FARTHEST:
        start, end = min(start, other.start), max(end, other.end)
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    last = end.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return TimeSpan(midnight, last + _AHEAD)
