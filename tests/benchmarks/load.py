"""The load: a profile with 20,000 contacts and 10,000 events, a fifth of them series.

The contacts and the events of the weeks around now are pulled from an emulated portal by the
program itself, so that it finds nothing to change there later; the other months are written into
the cache as a year of use would have left them.
"""

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.app import Application, create
from desktop.app.collector import Collector
from desktop.domain.account import Account
from desktop.domain.event import Event, EventKind
from desktop.domain.ids import (
    AccountId,
    CalendarId,
    EventId,
    RecordKind,
    RemoteId,
    Revision,
    server_uid,
)
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.sync import RemoteRecord, SyncPhase
from desktop.domain.timespan import TimeSpan
from desktop.services.changes import Topic
from desktop.services.sync.supervisor import SyncSupervisor
from desktop.store.cache import CacheTables
from desktop.ui.event_loop import AppLoop, make_application
from tests.servers.portal import Portal

CONTACTS = 20_000
EVENTS = 10_000
WEEKS = 104
EVERY_SERIES = 5
ZONE = "Europe/Berlin"
PATIENCE_S = 240.0
QUIET_S = 3.0
BEFORE, AFTER = timedelta(weeks=6), timedelta(weeks=18)
"""More than the horizon that an account pulls."""

_FREQUENCY = {Frequency.WEEKLY: "WEEKLY", Frequency.MONTHLY: "MONTHLY"}
_DAYS_BETWEEN = {Frequency.WEEKLY: 7, Frequency.MONTHLY: 31}


@dataclass(frozen=True, slots=True)
class Planned:
    """An event before it is anywhere."""

    number: int
    start: datetime
    minutes: int
    frequency: Frequency | None
    count: int

    @property
    def last(self) -> datetime:
        """When its last instance has ended, or a little later."""
        days = 0 if self.frequency is None else _DAYS_BETWEEN[self.frequency] * self.count
        return self.start + timedelta(days=days, minutes=self.minutes)


def planned(now: datetime) -> Iterator[Planned]:
    """All events, evenly over a year before and after ``now``, at quarters of working hours."""
    chance = random.Random(5)
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0)
    first = monday.replace(microsecond=0) - timedelta(weeks=WEEKS // 2)
    for number in range(EVENTS):
        day = first + timedelta(days=chance.randrange(WEEKS * 7))
        start = day + timedelta(minutes=15 * chance.randrange(6 * 4, 19 * 4))
        series = number % EVERY_SERIES == 0
        frequency = chance.choice((Frequency.WEEKLY, Frequency.MONTHLY)) if series else None
        minutes = chance.choice((30, 60, 60, 90))
        yield Planned(number, start, minutes, frequency, chance.randint(2, 10))


def near(event: Planned, now: datetime) -> bool:
    """Whether the portal has to have it, because it is looked at there."""
    return event.last > now - BEFORE and event.start < now + AFTER


def furnish(portal: Portal, now: datetime) -> int:
    """Put contacts and near events into the portal; how many events."""
    portal.control.seed_contacts(CONTACTS, responsible=7)
    count = 0
    for event in planned(now):
        if near(event, now):
            portal.control.add_event(**_params(event))
            count += 1
    portal.control.clear_requests()
    return count


def _params(event: Planned) -> dict[str, Any]:
    end = event.start + timedelta(minutes=event.minutes)
    params: dict[str, Any] = {
        "name": f"Meeting {event.number}",
        "description": "Agenda: prices, terms, next steps.",
        "start": f"{event.start:%Y-%m-%dT%H:%M:%S}+00:00",
        "end": f"{end:%Y-%m-%dT%H:%M:%S}+00:00",
        "timezone_from": ZONE,
        "timezone_to": ZONE,
    }
    if event.frequency is not None:
        rule = {"FREQ": _FREQUENCY[event.frequency], "INTERVAL": 1, "COUNT": event.count}
        params["rrule"] = rule
    return params


def _record(event: Planned, account: AccountId, calendar: CalendarId) -> RemoteRecord:
    remote_id = RemoteId(str(10_000_000 + event.number))
    record = Event(
        id=EventId(server_uid(account, RecordKind.EVENT, remote_id)),
        account_id=account,
        calendar_id=calendar,
        summary=f"Meeting {event.number}",
        when=TimeSpan(event.start, event.start + timedelta(minutes=event.minutes)),
        kind=EventKind.EVENT,
        time_zone=ZONE,
        description="Agenda: prices, terms, next steps.",
        recurrence=None
        if event.frequency is None
        else RecurrenceRule(event.frequency, count=event.count),
    )
    return RemoteRecord(RecordKind.EVENT, remote_id, Revision("1"), record)


class Gaps:
    """The longest time for which Qt's loop did not come round."""

    EVERY_MS = 1

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=self.EVERY_MS)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        """From now on."""
        self.longest_ms, self._last = 0.0, time.perf_counter()
        self._timer.start()

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self._last = now


async def _sign_in(application: Application, webhook: str) -> AccountId:
    accounts = application._running.backend.accounts
    report = await accounts.test_webhook(webhook)
    account: Account = await accounts.add_bitrix24(report)
    return account.id


async def _settled(supervisor: SyncSupervisor) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while supervisor.status().phase is not SyncPhase.UP_TO_DATE:
        if time.monotonic() > deadline:
            raise TimeoutError(f"the first sync did not end: {supervisor.status()}")
        await asyncio.sleep(0.05)


async def _fill_other_months(application: Application, account: AccountId, now: datetime) -> None:
    cache = application._running.backend.files.cache
    calendars = await cache.read(lambda tables: tables.calendars.all())
    calendar = next(one.id for one in calendars if one.account_id == account)
    far = [_record(one, account, calendar) for one in planned(now) if not near(one, now)]
    for first in range(0, len(far), 500):
        await cache.write(partial(_upsert, far[first : first + 500]))


def _upsert(records: list[RemoteRecord], tables: CacheTables) -> None:
    tables.events.upsert_records(records)


async def fill(profile: Path, webhook: str, now: datetime) -> dict[str, float]:
    """The program's first sync, watched; then the months that it did not ask for."""
    application = create(profile)
    application.window.show()
    await application.start()
    Collector(application.is_syncing, application.release_memory, application.window)
    gaps = Gaps()
    gaps.start()
    await asyncio.sleep(QUIET_S)
    quiet_ms = gaps.longest_ms
    gaps.start()
    started = time.perf_counter()
    account = await _sign_in(application, webhook)
    backend = application._running.backend
    await _settled(backend.supervisor)
    seconds = time.perf_counter() - started
    longest_ms = gaps.longest_ms
    await _fill_other_months(application, account, now)
    backend.feed.publish(Topic.EVENTS)
    count = await backend.files.cache.read(lambda tables: tables.contacts.count(account))
    if count != CONTACTS:
        raise RuntimeError(f"{count} contacts instead of {CONTACTS}")
    application.window.close()
    await application.close()
    return {"longest_gap_ms": longest_ms, "quiet_gap_ms": quiet_ms, "first_sync_s": seconds}


def main(profile: str, webhook: str, now: str) -> int:
    """Fill a profile; tell how the window felt meanwhile."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else make_application(["parley"])
    with asyncio.Runner(loop_factory=lambda: AppLoop(app)) as runner:
        moment = datetime.fromisoformat(now).astimezone(UTC)
        print(json.dumps(runner.run(fill(Path(profile), webhook, moment))))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
