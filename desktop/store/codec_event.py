"""Events as bytes: compact, quick to read, and tolerant of bytes from older versions.

See `codec` for how; here alone because a start reads events before anything else.
"""

import msgspec

from desktop.domain.attachment import Attachment
from desktop.domain.event import (
    Attendee,
    Event,
    EventKind,
    EventStatus,
    Participation,
    Priority,
    Recording,
    Reminder,
)
from desktop.domain.ids import RecordKind, UserId
from desktop.store.codec_time import (
    Day,
    Moment,
    Row,
    RuleRow,
    WhenRow,
    from_point,
    from_rule,
    from_when,
    to_point,
    to_rule,
    to_when,
)


class _Attendee(Row):
    user: str | None
    name: str
    email: str
    participation: Participation


class FileRow(Row):
    """A file as it is written."""

    name: str
    content: bytes
    remote_id: str


def from_files(files: tuple[Attachment, ...]) -> tuple[FileRow, ...]:
    """Files for the store."""
    return tuple(FileRow(one.name, one.content, one.remote_id) for one in files)


def to_files(rows: tuple[FileRow, ...]) -> tuple[Attachment, ...]:
    """What `from_files` was given."""
    return tuple(Attachment(row.name, row.content, row.remote_id) for row in rows)


class EventRow(Row, tag=0):
    """An event as it is written."""

    id: str
    account_id: str
    calendar_id: str
    summary: str
    when: WhenRow
    kind: EventKind
    record: RecordKind
    time_zone: str
    location: str
    description: str
    reminders: tuple[int, ...]
    priority: Priority
    contacts: tuple[str, ...]
    attendees: tuple[_Attendee, ...]
    organizer: str | None
    responsible: str | None
    status: EventStatus
    participation: Participation | None
    busy: bool
    private: bool
    completed: bool
    color: str
    recurrence: RuleRow | None
    excluded_dates: tuple[Day | Moment, ...]
    series_id: str | None
    original_start: Day | Moment | None
    read_only: bool
    uid: str
    away: bool = False
    recorded_as: Recording | None = None
    deal: str | None = None
    files: tuple[FileRow, ...] = ()
    incoming: bool = False


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(EventRow).decode


def event_to_bytes(event: Event) -> bytes:
    """``event`` with all its fields."""
    return _encode(_row_of(event))


def event_from_bytes(body: bytes) -> Event:
    """What `event_to_bytes` was given."""
    return event_of(_decode(body))


def _row_of(event: Event) -> EventRow:
    rule, original = event.recurrence, event.original_start
    return EventRow(
        event.id,
        event.account_id,
        event.calendar_id,
        event.summary,
        from_when(event.when),
        event.kind,
        event.record,
        event.time_zone,
        event.location,
        event.description,
        tuple(reminder.minutes_before for reminder in event.reminders),
        event.priority,
        event.contacts,
        tuple(_Attendee(a.user, a.name, a.email, a.participation) for a in event.attendees),
        event.organizer,
        event.responsible,
        event.status,
        event.participation,
        event.busy,
        event.private,
        event.completed,
        event.color,
        None if rule is None else from_rule(rule),
        tuple(from_point(point) for point in event.excluded_dates),
        event.series_id,
        None if original is None else from_point(original),
        event.read_only,
        event.uid,
        event.away,
        event.recorded_as,
        event.deal,
        from_files(event.files),
        event.incoming,
    )


def event_of(row: EventRow) -> Event:
    """What was written as ``row``."""
    # By position: a week has two hundred of these, and keywords cost a third of the time.
    return Event(
        row.id,  # type: ignore[arg-type]  # the six ids were of their own types when written
        row.account_id,  # type: ignore[arg-type]
        row.calendar_id,  # type: ignore[arg-type]
        row.summary,
        to_when(row.when),
        row.kind,
        row.record,
        row.time_zone,
        row.location,
        row.description,
        tuple(map(Reminder, row.reminders)),
        row.priority,
        row.contacts,  # type: ignore[arg-type]
        tuple(_to_attendee(attendee) for attendee in row.attendees) if row.attendees else (),
        row.organizer,  # type: ignore[arg-type]
        row.responsible,  # type: ignore[arg-type]
        row.status,
        row.participation,
        row.busy,
        row.private,
        row.completed,
        row.color,
        None if row.recurrence is None else to_rule(row.recurrence),
        tuple(map(to_point, row.excluded_dates)) if row.excluded_dates else (),
        row.series_id,  # type: ignore[arg-type]
        None if row.original_start is None else to_point(row.original_start),
        row.read_only,
        row.uid,
        row.away,
        row.recorded_as,
        row.deal,  # type: ignore[arg-type]
        to_files(row.files) if row.files else (),
        row.incoming,
    )


def _to_attendee(row: _Attendee) -> Attendee:
    return Attendee(_user(row.user), row.name, row.email, row.participation)


def _user(value: str | None) -> UserId | None:
    return None if value is None else UserId(value)
