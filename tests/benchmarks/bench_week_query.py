"""P5: a week out of 10,000 events, a fifth of them series, to calendar entries in Python."""

import os
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from desktop.domain.event import Calendar, Event
from desktop.domain.ids import (
    AccountId,
    CalendarId,
    ContactId,
    EventId,
    RecordKind,
    RemoteId,
    Revision,
)
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.sync import RemoteRecord
from desktop.domain.timespan import DateSpan, TimeSpan, When
from desktop.store.cache import CacheTables
from desktop.store.cache_file import open_cache
from desktop.store.database import transaction
from tests.benchmarks.figures import Figure, p95, quietest, tell
from tests.benchmarks.people import people

EVENTS = 10_000
RUNS = 300
WARMING = 10
ZONE = ZoneInfo("Europe/Berlin")
FIRST = datetime(2025, 11, 17, tzinfo=UTC)
WEEKS = 104


def measure() -> list[Figure]:
    """The figures of this file."""
    with tempfile.TemporaryDirectory() as folder:
        (writer, reader, _search), _fresh = open_cache(Path(folder), os.urandom(32))
        tables = CacheTables(writer, lambda: FIRST + timedelta(weeks=52))
        with transaction(writer, writing=True):
            tables.contacts.upsert(people(2_000))
            for number in range(5):
                tables.calendars.put(
                    Calendar(CalendarId(f"cal{number}"), AccountId("a1"), "Work", "#3366cc")
                )
            tables.events.upsert_records(_records())
        read = CacheTables(reader, lambda: FIRST).events.entries
        worked: list[float] = []
        counts: list[int] = []

        def one_pass() -> list[float]:
            took: list[float] = []
            for run in range(RUNS + WARMING):
                week = FIRST + timedelta(weeks=run * 37 % WEEKS)
                span = TimeSpan(week, week + timedelta(days=7))
                started, begun = time.perf_counter(), time.thread_time()
                with transaction(reader, writing=False):
                    found = read(span, zone=ZONE)
                if run >= WARMING:
                    worked.append((time.thread_time() - begun) * 1000)
                    took.append((time.perf_counter() - started) * 1000)
                    counts.append(len(found))
            return took

        took = quietest(one_pass)
    beside = (
        f"{statistics.mean(counts):.0f} occurrences, p50 {statistics.median(took):.1f} ms, "
        f"processor time p95 {p95(worked):.1f} ms"
    )
    return [Figure("P5", "week query, 10,000 events, p95", p95(took), "ms", 5, 10, beside)]


def _records() -> list[RemoteRecord]:
    chance = random.Random(5)
    records = []
    for number in range(EVENTS):
        start = FIRST + timedelta(minutes=15 * chance.randrange(WEEKS * 7 * 96))
        when: When = TimeSpan(
            start.astimezone(ZONE),
            (start + timedelta(minutes=chance.choice((30, 60, 60, 90)))).astimezone(ZONE),
        )
        if chance.random() < 0.05:
            when = DateSpan(start.date(), start.date() + timedelta(days=chance.randint(1, 9)))
        series = number % 5 == 0
        event = Event(
            id=EventId(f"a1:event:{number}"),
            account_id=AccountId("a1"),
            calendar_id=CalendarId(f"cal{number % 5}"),
            summary=f"Meeting {number}",
            when=when,
            time_zone="Europe/Berlin",
            description="Agenda: prices, terms, next steps." * 3,
            contacts=(ContactId(f"a1:contact:{number % 2000}"),),
            recurrence=RecurrenceRule(
                chance.choice((Frequency.WEEKLY, Frequency.MONTHLY)), count=chance.randint(2, 10)
            )
            if series
            else None,
        )
        records.append(RemoteRecord(RecordKind.EVENT, RemoteId(str(number)), Revision("1"), event))
    return records


if __name__ == "__main__":
    tell(measure)
