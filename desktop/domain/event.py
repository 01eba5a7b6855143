"""Events: what stands in a calendar."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from desktop.domain.attachment import Attachment
from desktop.domain.ids import (
    AccountId,
    CalendarId,
    ContactId,
    DealId,
    EventId,
    RecordKind,
    UserId,
)
from desktop.domain.recurrence import RecurrenceRule
from desktop.domain.timespan import DateSpan, When


class EventKind(Enum):
    """What a salesperson does there; EVENT is anything that is neither meeting nor call."""

    MEETING = "meeting"
    CALL = "call"
    EVENT = "event"


class Participation(Enum):
    """An attendee's answer (RFC 5545 PARTSTAT)."""

    NEEDS_ACTION = "needs-action"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    ORGANIZER = "organizer"


class EventStatus(Enum):
    """RFC 5545 STATUS."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


class Priority(Enum):
    """How important; NORMAL is the default everywhere."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Recording(Enum):
    """How a CRM keeps a booked meeting, and so what colleagues see of it there."""

    ACTIVITY = "activity"
    """A meeting or call of the contact, with its end, place and number."""
    TODO = "todo"
    """A to-do of the contact with a deadline: it has no end and no place of its own."""
    CARD = "card"
    """A card in the contact's timeline that Parley lays out; only applications may make one."""
    EVENT = "event"
    """An event of the user's calendar that is linked to the contact."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """A colleague (``user``) or somebody known by address only."""

    user: UserId | None = None
    name: str = ""
    email: str = ""
    participation: Participation = Participation.NEEDS_ACTION


@dataclass(frozen=True, slots=True)
class Reminder:
    """Wants attention ``minutes_before`` the start (of the day, for an all-day event)."""

    minutes_before: int


@dataclass(frozen=True, slots=True)
class Event:
    """A VEVENT (RFC 5545), or a CRM activity that stands in the calendar like one.

    For a series it is the master: ``when`` is the first occurrence. An occurrence edited alone is
    an event of its own with ``series_id`` and ``original_start``.
    """

    id: EventId
    account_id: AccountId
    calendar_id: CalendarId
    summary: str
    when: When
    kind: EventKind = EventKind.EVENT
    record: RecordKind = RecordKind.EVENT
    time_zone: str = "UTC"
    """IANA name of the wall clock that the user thought in; all-day events keep it for later."""
    location: str = ""
    description: str = ""
    """Plain text."""
    reminders: tuple[Reminder, ...] = ()
    priority: Priority = Priority.NORMAL
    contacts: tuple[ContactId, ...] = ()
    """The people it is with; the first is whose record it is in the CRM."""
    attendees: tuple[Attendee, ...] = ()
    organizer: UserId | None = None
    responsible: UserId | None = None
    """Who must be there; None: the contact's responsible at the time of sending."""
    status: EventStatus = EventStatus.CONFIRMED
    participation: Participation | None = None
    """The account's own answer, where it is invited."""
    busy: bool = True
    private: bool = False
    completed: bool = False
    color: str = ""
    """``#rrggbb``, or empty: the calendar's."""
    recurrence: RecurrenceRule | None = None
    excluded_dates: tuple[date | datetime, ...] = ()
    series_id: EventId | None = None
    original_start: date | datetime | None = None
    read_only: bool = False
    uid: str = ""
    """The iCalendar UID where it came from a file or has one on its server."""
    away: bool = False
    """The user is out of office meanwhile, not only busy."""
    recorded_as: Recording | None = None
    """How the CRM keeps it, where it is a booking for a contact; None: as any event."""
    deal: DealId | None = None
    """The deal that it is about."""
    files: tuple[Attachment, ...] = ()
    incoming: bool = False
    """Of a call: the other side has called, or will."""

    @property
    def all_day(self) -> bool:
        """Whether it takes whole days."""
        return isinstance(self.when, DateSpan)

    @property
    def recurring(self) -> bool:
        """Whether it is a series or one of a series."""
        return self.recurrence is not None or self.series_id is not None

    @property
    def off(self) -> bool:
        """Whether it does not take place, or not with the user: cancelled or declined."""
        cancelled = self.status is EventStatus.CANCELLED
        return cancelled or self.participation is Participation.DECLINED

    @property
    def invited(self) -> bool:
        """Whether the user is only invited: the event is somebody else's, the answer is not."""
        mine = self.participation in (None, Participation.ORGANIZER)
        return self.read_only and not mine and self.status is not EventStatus.CANCELLED

    def moved_to(self, when: When) -> "Event":
        """The same event at another time."""
        return replace(self, when=when)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One instance of an event; ``original_start`` tells those of a series apart."""

    event: Event
    when: When
    original_start: date | datetime | None = None


class CalendarKind(Enum):
    """Whose calendar it is."""

    OWN = "own"
    GROUP = "group"
    """Of a group of colleagues."""
    COMPANY = "company"
    BOOKED = "booked"
    """No calendar there: what the user booked for colleagues, who have it in theirs."""
    ROOM = "room"
    """Not a calendar to look at but a meeting room, which a place can book."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A list of events within an account."""

    id: CalendarId
    account_id: AccountId
    name: str
    color: str
    """``#rrggbb``."""
    visible: bool = True
    writable: bool = True
    is_default: bool = False
    """Where a new meeting goes unless another one was used last."""
    kind: CalendarKind = CalendarKind.OWN
    external: str = ""
    """The service that a server copies it from, such as ``google``; empty: its own."""
    changeable: bool = False
    """The user may give it another name or colour on its server, and delete it there."""

    @property
    def lets_change(self) -> bool:
        """Whether what stands in it may be changed, also where nothing new can be put."""
        return self.writable or self.kind is CalendarKind.BOOKED


def may_move(before: Calendar, after: Calendar) -> bool:
    """Whether an event can go from one calendar to the other: a server keeps it with whom it was
    made for, and what two groups have are two meetings.
    """
    if before.account_id != after.account_id or before.kind is not after.kind:
        return False
    return before.id == after.id or before.kind is not CalendarKind.GROUP


class DeliveryMark(Enum):
    """How far the newest change of a record is on its way to the server."""

    SETTLED = "settled"
    WAITING = "waiting"
    SENDING = "sending"
    CHECKING = "checking"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An occurrence as a calendar shows it: with its colour, its people and its delivery."""

    occurrence: Occurrence
    color: str
    calendar_name: str = ""
    contact_names: tuple[str, ...] = ()
    mark: DeliveryMark = DeliveryMark.SETTLED

    @property
    def event(self) -> Event:
        """The event that occurs."""
        return self.occurrence.event

    @property
    def when(self) -> When:
        """When this occurrence is."""
        return self.occurrence.when
