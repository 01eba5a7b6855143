"""A meeting while it is being typed, and what is wrong with it."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.attachment import Attachment
from desktop.domain.event import EventKind, Priority, Reminder
from desktop.domain.ids import CalendarId, ContactId, DealId, DraftId, EventId, UserId
from desktop.domain.recurrence import RecurrenceRule
from desktop.domain.timespan import TimeSpan, When

USUAL_REMINDER = Reminder(10)


def usual_reminders(_all_day: bool) -> tuple[Reminder, ...]:
    """Of a new meeting, until an account or the user says otherwise."""
    return (USUAL_REMINDER,)


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """What a user fills in. Booking turns it into an `Event`."""

    id: DraftId
    when: When
    time_zone: str
    """IANA name of the zone that the times were typed in."""
    calendar_id: CalendarId | None
    kind: EventKind = EventKind.MEETING
    title: str = ""
    title_edited: bool = False
    """The user wrote the title: it does not follow the contact any more."""
    contacts: tuple[ContactId, ...] = ()
    location: str = ""
    description: str = ""
    reminders: tuple[Reminder, ...] = (USUAL_REMINDER,)
    priority: Priority = Priority.NORMAL
    responsible: UserId | None = None
    """None: the contact's responsible at the time of sending."""
    event_id: EventId | None = None
    """The event that is being edited; None for a new one."""
    new_phone: str = ""
    """A number typed for a contact that has no way to be reached; stored with the contact first."""
    without_communication: bool = False
    """Record it as a calendar event linked to the contact, since there is no number."""
    timed: TimeSpan | None = None
    """The times that an all-day draft had before, for the way back."""
    touched: bool = False
    updated_at: datetime | None = None
    attendees: tuple[UserId, ...] = ()
    """The colleagues who are invited."""
    recurrence: RecurrenceRule | None = None
    deal: DealId | None = None
    busy: bool = True
    away: bool = False
    private: bool = False
    files: tuple[Attachment, ...] = ()
    """What is sent along; only a meeting or call of a contact keeps it."""
