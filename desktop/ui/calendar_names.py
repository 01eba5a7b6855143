"""What calendars are called: by their servers, or here where they exist in Parley only."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.event import Calendar
from desktop.domain.ids import CalendarId

_MADE_HERE = {"calls": "Calls and activities", "others": "Booked for others"}
"""By the end of their ids: they have no name that a server gave."""


def exists_here_only(calendar_id: CalendarId) -> bool:
    """Whether it holds what no calendar of the server does, as calls of its CRM."""
    return _ending(calendar_id) in _MADE_HERE


def name_by_id(calendar_id: CalendarId, name: str) -> str:
    """The calendar's name in the user's language, where it is ours to give."""
    given = _MADE_HERE.get(_ending(calendar_id))
    return name if given is None else QCoreApplication.translate("Calendars", given)


def name_of(calendar: Calendar) -> str:
    """The calendar's name in the user's language, where it is ours to give."""
    return name_by_id(calendar.id, calendar.name)


def _ending(calendar_id: CalendarId) -> str:
    _, colon, ending = calendar_id.rpartition(":")
    return ending if colon else ""
