"""Records as bytes: compact, quick to read, and tolerant of bytes from older versions.

Each struct is written as an array. Fields are only ever appended, with a default, so that what an
older version wrote can still be read.
"""

import msgspec

from desktop.domain.comment import Comment
from desktop.domain.contact import AddressKind, Contact, Email, Phone, PostalAddress
from desktop.domain.event import (
    Event,
    EventKind,
    Priority,
    Reminder,
)
from desktop.domain.ids import (
    AccountId,
    CalendarId,
    CommentId,
    ContactId,
    DealId,
    DraftId,
    EventId,
    UserId,
)
from desktop.domain.meeting import MeetingDraft
from desktop.domain.sync import Record
from desktop.domain.timespan import TimeSpan
from desktop.store.codec_event import (
    EventRow,
    FileRow,
    event_of,
    event_to_bytes,
    from_files,
    to_files,
)
from desktop.store.codec_time import (
    Moment,
    Row,
    RuleRow,
    WhenRow,
    from_moment,
    from_rule,
    from_when,
    to_moment,
    to_rule,
    to_when,
)


class _Address(Row):
    value: str
    kind: AddressKind
    remote_id: str


class _Contact(Row, tag=1):
    id: str
    account_id: str
    given_name: str
    second_name: str
    family_name: str
    company: str
    position: str
    phones: tuple[_Address, ...]
    emails: tuple[_Address, ...]
    address: tuple[str, str, str, str, str]
    time_zone: str
    notes: str
    responsible: str | None
    company_remote_id: str
    read_only: bool
    changed_at: Moment | None


class _Comment(Row, tag=2):
    id: str
    account_id: str
    contact: str
    text: str
    author: str | None
    made_at: Moment | None
    about: str | None


class _Draft(Row):
    id: str
    when: WhenRow
    time_zone: str
    calendar_id: str | None
    kind: EventKind
    title: str
    title_edited: bool
    contacts: tuple[str, ...]
    location: str
    description: str
    reminders: tuple[int, ...]
    priority: Priority
    responsible: str | None
    event_id: str | None
    new_phone: str
    without_communication: bool
    touched: bool
    updated_at: Moment | None
    timed: WhenRow | None = None
    attendees: tuple[str, ...] = ()
    recurrence: RuleRow | None = None
    deal: str | None = None
    busy: bool = True
    away: bool = False
    private: bool = False
    files: tuple[FileRow, ...] = ()


_encode = msgspec.msgpack.Encoder().encode
_decode_contact = msgspec.msgpack.Decoder(_Contact).decode
_decode_record = msgspec.msgpack.Decoder(EventRow | _Contact | _Comment).decode
_decode_draft = msgspec.msgpack.Decoder(_Draft).decode


def contact_to_bytes(contact: Contact) -> bytes:
    """``contact`` with all its fields."""
    return _encode(_from_contact(contact))


def contact_from_bytes(body: bytes) -> Contact:
    """What `contact_to_bytes` was given."""
    return _to_contact(_decode_contact(body))


def record_to_bytes(record: Record | None) -> bytes | None:
    """Any kind of record, told apart by its first element; None stays None."""
    if record is None:
        return None
    if isinstance(record, Event):
        return event_to_bytes(record)
    if isinstance(record, Contact):
        return contact_to_bytes(record)
    return _encode(_from_comment(record))


def record_from_bytes(body: bytes | None) -> Record | None:
    """What `record_to_bytes` was given."""
    if body is None:
        return None
    row = _decode_record(body)
    if isinstance(row, EventRow):
        return event_of(row)
    return _to_contact(row) if isinstance(row, _Contact) else _to_comment(row)


def draft_to_bytes(draft: MeetingDraft) -> bytes:
    """``draft`` with all its fields."""
    return _encode(
        _Draft(
            draft.id,
            from_when(draft.when),
            draft.time_zone,
            draft.calendar_id,
            draft.kind,
            draft.title,
            draft.title_edited,
            draft.contacts,
            draft.location,
            draft.description,
            tuple(reminder.minutes_before for reminder in draft.reminders),
            draft.priority,
            draft.responsible,
            draft.event_id,
            draft.new_phone,
            draft.without_communication,
            draft.touched,
            from_moment(draft.updated_at),
            None if draft.timed is None else from_when(draft.timed),
            draft.attendees,
            None if draft.recurrence is None else from_rule(draft.recurrence),
            draft.deal,
            draft.busy,
            draft.away,
            draft.private,
            from_files(draft.files),
        )
    )


def draft_from_bytes(body: bytes) -> MeetingDraft:
    """What `draft_to_bytes` was given."""
    row = _decode_draft(body)
    return MeetingDraft(
        id=DraftId(row.id),
        when=to_when(row.when),
        time_zone=row.time_zone,
        calendar_id=None if row.calendar_id is None else CalendarId(row.calendar_id),
        kind=row.kind,
        title=row.title,
        title_edited=row.title_edited,
        contacts=tuple(map(ContactId, row.contacts)),
        location=row.location,
        description=row.description,
        reminders=tuple(map(Reminder, row.reminders)),
        priority=row.priority,
        responsible=_user(row.responsible),
        event_id=None if row.event_id is None else EventId(row.event_id),
        new_phone=row.new_phone,
        without_communication=row.without_communication,
        timed=_timed(row.timed),
        touched=row.touched,
        updated_at=to_moment(row.updated_at),
        attendees=tuple(map(UserId, row.attendees)),
        recurrence=None if row.recurrence is None else to_rule(row.recurrence),
        deal=None if row.deal is None else DealId(row.deal),
        busy=row.busy,
        away=row.away,
        private=row.private,
        files=to_files(row.files),
    )


def _timed(row: WhenRow | None) -> TimeSpan | None:
    when = None if row is None else to_when(row)
    return when if isinstance(when, TimeSpan) else None


def _from_comment(comment: Comment) -> _Comment:
    return _Comment(
        comment.id,
        comment.account_id,
        comment.contact,
        comment.text,
        comment.author,
        from_moment(comment.made_at),
        comment.about,
    )


def _to_comment(row: _Comment) -> Comment:
    return Comment(
        id=CommentId(row.id),
        account_id=AccountId(row.account_id),
        contact=ContactId(row.contact),
        text=row.text,
        author=_user(row.author),
        made_at=to_moment(row.made_at),
        about=None if row.about is None else EventId(row.about),
    )


def _from_contact(contact: Contact) -> _Contact:
    address = contact.address
    return _Contact(
        contact.id,
        contact.account_id,
        contact.given_name,
        contact.second_name,
        contact.family_name,
        contact.company,
        contact.position,
        tuple(_Address(p.value, p.kind, p.remote_id) for p in contact.phones),
        tuple(_Address(e.value, e.kind, e.remote_id) for e in contact.emails),
        (address.street, address.city, address.region, address.postal_code, address.country),
        contact.time_zone,
        contact.notes,
        contact.responsible,
        contact.company_remote_id,
        contact.read_only,
        from_moment(contact.changed_at),
    )


def _to_contact(row: _Contact) -> Contact:
    return Contact(
        id=ContactId(row.id),
        account_id=AccountId(row.account_id),
        given_name=row.given_name,
        second_name=row.second_name,
        family_name=row.family_name,
        company=row.company,
        position=row.position,
        phones=tuple(Phone(p.value, p.kind, p.remote_id) for p in row.phones),
        emails=tuple(Email(e.value, e.kind, e.remote_id) for e in row.emails),
        address=PostalAddress(*row.address),
        time_zone=row.time_zone,
        notes=row.notes,
        responsible=_user(row.responsible),
        company_remote_id=row.company_remote_id,
        read_only=row.read_only,
        changed_at=to_moment(row.changed_at),
    )


def _user(value: str | None) -> UserId | None:
    return None if value is None else UserId(value)
