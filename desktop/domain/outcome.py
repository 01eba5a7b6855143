"""What became of a meeting, and what it leaves to do. All pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import Enum

from desktop.domain.event import Event, EventKind
from desktop.domain.ids import RecordKind
from desktop.domain.timespan import TimeSpan, resolve_wall_time

FOLLOW_UP_DAYS = (1, 3, 7, 14, 30)
"""After how many days a next step is offered."""


class Outcome(Enum):
    """How a meeting ended."""

    HELD = "held"
    NO_SHOW = "no-show"
    MOVED = "moved"
    """It takes place at another time instead."""


@dataclass(frozen=True, slots=True)
class OutcomeReport:
    """What the user says of a meeting."""

    outcome: Outcome
    words: str
    """The outcome as one line in the user's language: what colleagues read in the CRM."""
    note: str = ""
    next_when: TimeSpan | None = None
    """When the next step is; of a meeting that was moved: its new time."""

    @property
    def text(self) -> str:
        """The line and the note below it."""
        return "\n".join(part for part in (self.words.strip(), self.note.strip()) if part)


def can_close(event: Event, *, local: bool = False) -> bool:
    """Whether it has a mark that it is done: activities do, events of a CRM's calendar do not;
    on this computer (``local``) every single event does.
    """
    marked = event.record is RecordKind.ACTIVITY or (local and not event.recurring)
    return marked and not event.read_only


def concluded(event: Event, report: OutcomeReport, *, in_text: bool, local: bool = False) -> Event:
    """The event after its outcome; ``in_text``: the words find no other place than its notes."""
    if report.outcome is Outcome.MOVED:
        after = event if report.next_when is None else event.moved_to(report.next_when)
    else:
        after = replace(event, completed=True) if can_close(event, local=local) else event
    if not in_text or not report.text:
        return after
    notes = "\n\n".join(part for part in (event.description.strip(), report.text) if part)
    return replace(after, description=notes)


def days_later(event: Event, days: int, zone: tzinfo) -> TimeSpan:
    """The same hours of the day so many days later, on the wall clock of ``zone``."""
    span = event.when.in_zone(zone)
    wall = (span.start + timedelta(days=days)).replace(tzinfo=None)
    start = resolve_wall_time(wall, zone)
    length = span.duration if isinstance(event.when, TimeSpan) else timedelta(hours=1)
    return TimeSpan(start, start + length)


def awaits_outcome(event: Event, when: TimeSpan, now: datetime) -> bool:
    """Whether it is a meeting or a call that has begun and nobody has closed."""
    spoken = event.kind in (EventKind.MEETING, EventKind.CALL)
    return spoken and not event.completed and not event.off and when.start <= now
