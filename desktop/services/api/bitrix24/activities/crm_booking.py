"""CrmBooking: what a to-do or a card says of a meeting beyond the fields that the portal lists."""

from dataclasses import dataclass
from datetime import timedelta

from desktop.domain.event import Event, EventKind, Priority, Reminder
from desktop.domain.timespan import TimeSpan

USUAL_MIN = 15
"""What an activity without an end is shown to take."""

LONGEST_MIN = 366 * 24 * 60


@dataclass(frozen=True, slots=True)
class CrmBooking:
    """The deadline is kept by the portal; how long it takes from there, and the rest, is here."""

    note: str = ""
    kind: EventKind = EventKind.EVENT
    minutes: int = USUAL_MIN
    reminders: tuple[Reminder, ...] = ()
    place: str = ""
    priority: Priority = Priority.NORMAL


def booking_of(event: Event) -> CrmBooking:
    """What of ``event`` has to be written down."""
    return CrmBooking(
        event.description.strip(),
        event.kind,
        minutes_of(event),
        event.reminders,
        " ".join(event.location.split()),
        event.priority,
    )


def minutes_of(event: Event) -> int:
    """How long it takes, at least a minute."""
    when = event.when
    length = when.duration if isinstance(when, TimeSpan) else timedelta(days=when.days)
    return min(max(int(length / timedelta(minutes=1)), 1), LONGEST_MIN)
