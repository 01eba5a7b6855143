"""Why an event can only be looked at, in words."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.account import AccountKind
from desktop.domain.event import CalendarEntry
from desktop.ui.meeting.surroundings import Surroundings

translate = QCoreApplication.translate


def why_read_only(entry: CalendarEntry, around: Surroundings) -> str:
    """The reason as a sentence; empty for an event that can be changed."""
    event = entry.event
    account = around.account(event.account_id)
    calendar = around.calendar(event.calendar_id)
    title = "" if account is None else account.title
    if event.recurring and account is not None and account.kind is not AccountKind.LOCAL:
        words = translate(
            "Meeting",
            "A repeating event of {0} can be changed there only.",
        )
        return words.format(title)
    if event.read_only:
        return translate("Meeting", "Only its organizer can change this event.")
    if calendar is None or not calendar.writable:
        name = entry.calendar_name if calendar is None else calendar.name
        return translate("Meeting", "The calendar “{0}” cannot be written.").format(name)
    return ""
