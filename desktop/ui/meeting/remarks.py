"""What stands over the form of an event that exists: how far a change reaches, or why none is."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.account import AccountKind, Capabilities
from desktop.domain.event import CalendarEntry
from desktop.ui.calendar_names import name_of
from desktop.ui.meeting.surroundings import Surroundings

translate = QCoreApplication.translate


def why_read_only(entry: CalendarEntry, around: Surroundings) -> str:
    """The reason as a sentence; empty for an event that can be changed."""
    event = entry.event
    account = around.account(event.account_id)
    calendar = around.calendar(event.calendar_id)
    title = "" if account is None else account.title
    able = Capabilities() if account is None else account.capabilities
    local = account is None or account.kind is AccountKind.LOCAL
    if event.recurring and not local and not able.series:
        words = translate(
            "Meeting",
            "A repeating event of {0} can be changed there only.",
        )
        return words.format(title)
    if event.read_only:
        return translate("Meeting", "Only its organizer can change this event.")
    if calendar is None or not calendar.lets_change:
        name = entry.calendar_name if calendar is None else name_of(calendar)
        return translate("Meeting", "The calendar “{0}” cannot be written.").format(name)
    return ""


def reach_of_change(entry: CalendarEntry, original_start: date | datetime | None) -> str:
    """What a change of one of a series means for the others; empty where there are none."""
    if entry.event.recurrence is None:
        return ""
    if original_start is None:
        return translate("Meeting", "It repeats. A change is made to all of the series.")
    return translate("Meeting", "It repeats. When you save, you choose how far a change reaches.")
