"""Which events are double-booked."""

from collections.abc import Iterable
from datetime import UTC, datetime

from desktop.domain.event import CalendarEntry
from desktop.domain.freebusy import busy_entries
from desktop.domain.timespan import TimeSpan
from desktop.ui.calendar.scene import Key, key_of


def double_booked(entries: Iterable[CalendarEntry]) -> frozenset[Key]:
    """The busy events that share time with another busy one; touching ends do not count."""
    found: set[Key] = set()
    running: list[tuple[datetime, Key]] = []
    for start, end, key in _by_start(entries):
        running = [(until, other) for until, other in running if until > start]
        if running:
            found.add(key)
            found.update(other for _, other in running)
        running.append((end, key))
    return frozenset(found)


def _by_start(entries: Iterable[CalendarEntry]) -> list[tuple[datetime, datetime, Key]]:
    timed = [
        (entry.when.start.astimezone(UTC), entry.when.end.astimezone(UTC), key_of(entry))
        for entry in busy_entries(entries)
        if isinstance(entry.when, TimeSpan)
    ]
    return sorted(timed, key=lambda one: one[:2])
