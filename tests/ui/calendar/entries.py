"""Calendar entries for tests."""

from typing import Any

from desktop.domain.event import CalendarEntry, DeliveryMark, Occurrence
from desktop.domain.timespan import When
from tests.builders import make_event


def make_entry(
    event_id: str = "e1",
    when: When | None = None,
    *,
    color: str = "#15803D",
    names: tuple[str, ...] = (),
    mark: DeliveryMark = DeliveryMark.SETTLED,
    original_start: Any = None,
    **more: Any,
) -> CalendarEntry:
    """An event as a calendar shows it."""
    event = make_event(event_id, when=when, **more)
    occurrence = Occurrence(event, event.when, original_start)
    return CalendarEntry(occurrence, color, "Work", names, mark)
