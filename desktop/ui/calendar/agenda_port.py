"""What the calendar asks of the services before anything is done in it."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from desktop.domain.event import CalendarEntry
from desktop.domain.timespan import TimeSpan

Clock = Callable[[], datetime]


class Agenda(Protocol):
    """`services.agenda.Agenda`, as far as the calendar needs it to be seen."""

    async def entries(self, span: TimeSpan) -> tuple[CalendarEntry, ...]:
        """What stands in the visible calendars."""
        ...
