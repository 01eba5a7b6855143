"""CalendarEdit: what a user does to a list of events itself, on its server. Pure."""

from dataclasses import dataclass

from desktop.domain.ids import CalendarId
from desktop.domain.sync import Verb

LONGEST_CALENDAR_NAME = 255


@dataclass(frozen=True, slots=True)
class CalendarEdit:
    """One calendar made, renamed and recoloured, or deleted with all that stands in it."""

    verb: Verb
    calendar_id: CalendarId | None = None
    """None for a new one."""
    name: str = ""
    color: str = ""
    """``#rrggbb``."""
