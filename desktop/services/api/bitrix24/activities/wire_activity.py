"""Activities of the CRM timeline as events of ours, and back: meetings, calls, to-dos, cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

import msgspec

from desktop.domain.attachment import Attachment
from desktop.domain.event import Event, EventKind, Priority, Recording, Reminder
from desktop.domain.ids import (
    AccountId,
    CalendarId,
    DealId,
    EventId,
    RecordKind,
    RemoteId,
    Revision,
    UserId,
    server_uid,
)
from desktop.domain.sync import RemoteRecord
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.activities import todo_text
from desktop.services.api.bitrix24.activities.crm_booking import LONGEST_MIN, USUAL_MIN, CrmBooking
from desktop.services.api.bitrix24.contacts.wire_contacts import marker_of
from desktop.services.api.bitrix24.plain import plain_bb, plain_text
from desktop.services.api.bitrix24.values import (
    as_flag,
    as_id,
    as_int,
    as_list,
    as_text,
    instant,
)
from desktop.services.api.bitrix24.wire import (
    CONTACT_TYPE,
    ORIGINATOR,
    OWNER_LETTERS,
    RowReader,
    calls_calendar,
    contact_id,
    others_calendar,
)

ACTIVITY_SELECT = (
    "ID",
    "OWNER_ID",
    "OWNER_TYPE_ID",
    "TYPE_ID",
    "PROVIDER_ID",
    "SUBJECT",
    "START_TIME",
    "END_TIME",
    "DEADLINE",
    "COMPLETED",
    "RESPONSIBLE_ID",
    "AUTHOR_ID",
    "PRIORITY",
    "NOTIFY_TYPE",
    "NOTIFY_VALUE",
    "DESCRIPTION",
    "DESCRIPTION_TYPE",
    "LOCATION",
    "LAST_UPDATED",
    "ORIGINATOR_ID",
    "ORIGIN_ID",
    "COMMUNICATIONS",
    "FILES",
    "DIRECTION",
)

MEETING = 1
CALL = 2
PROVIDED = 6
"""The type of everything that a provider named by ``PROVIDER_ID`` keeps."""
TODO_PROVIDER = "CRM_TODO"
CARD_PROVIDER = "CONFIGURABLE_REST_APP"
DEAL_TYPE = 2
INCOMING = 1
OUTGOING = 2

Bound = tuple[int, str]
"""A CRM object: the number of its type, and its id."""

_BB_CODE = 2
_HTML = 3
_NO_LENGTH = timedelta(minutes=USUAL_MIN)
_UNITS_MIN = {1: 1, 2: 60, 3: 24 * 60}
_KINDS = {MEETING: EventKind.MEETING, CALL: EventKind.CALL}
_PRIORITIES = {1: Priority.LOW, 2: Priority.NORMAL, 3: Priority.HIGH}


class ActivityRow(msgspec.Struct, rename="upper"):
    """An activity as it comes; any value may have any type."""

    id: Any = None
    owner_id: Any = None
    owner_type_id: Any = None
    type_id: Any = None
    provider_id: Any = None
    subject: Any = None
    start_time: Any = None
    end_time: Any = None
    deadline: Any = None
    completed: Any = None
    responsible_id: Any = None
    author_id: Any = None
    priority: Any = None
    notify_type: Any = None
    notify_value: Any = None
    description: Any = None
    description_type: Any = None
    location: Any = None
    last_updated: Any = None
    originator_id: Any = None
    origin_id: Any = None
    communications: Any = None
    files: Any = None
    direction: Any = None


ACTIVITIES = RowReader(ActivityRow)


@dataclass(frozen=True, slots=True)
class ActivityContext:
    """Whose activities are read, and where they stand in the calendar."""

    account: AccountId
    user: UserId
    time_zone: str
    meetings: CalendarId | None = None
    """The calendar that meetings of the user land in; None: not known."""
    application: bool = False
    """Signed in as an application, which may change the cards that it made."""


@dataclass(frozen=True, slots=True)
class ActivityDetails:
    """What of an activity of ours the lists do not tell."""

    bindings: tuple[Bound, ...] | None = None
    """Every CRM object that it belongs to; None: not asked."""
    title: str = ""
    card: CrmBooking | None = None
    """What a card says; None where it could not be read."""


NO_DETAILS = ActivityDetails()


def activity_record(
    row: ActivityRow, context: ActivityContext, details: ActivityDetails = NO_DETAILS
) -> RemoteRecord | None:
    """The server's copy of an activity; None where it has no time to stand in a calendar at."""
    remote = as_id(row.id)
    told = _told(row, details)
    when = None if told is None else _when(row, told.minutes)
    if not remote or told is None or when is None:
        return None
    account = context.account
    how = recording_of(row)
    event = Event(
        id=EventId(server_uid(account, RecordKind.ACTIVITY, RemoteId(remote))),
        account_id=account,
        calendar_id=_calendar(row, context),
        summary=" ".join((details.title or as_text(row.subject)).split()),
        when=when,
        kind=told.kind,
        record=RecordKind.ACTIVITY,
        time_zone=context.time_zone,
        location=told.place,
        description=told.note,
        reminders=told.reminders,
        priority=told.priority,
        contacts=tuple(contact_id(account, one) for one in contacts_of(row, details.bindings)),
        organizer=_user(row.author_id),
        responsible=_user(row.responsible_id),
        completed=as_flag(row.completed),
        recorded_as=how,
        deal=deal_of(row, details.bindings),
        files=files_of(row),
        incoming=told.kind is EventKind.CALL and as_int(row.direction) == INCOMING,
        read_only=how is None or (how is Recording.CARD and not _may_lay_out(row, context)),
    )
    return RemoteRecord(
        RecordKind.ACTIVITY,
        RemoteId(remote),
        revision_of(row),
        event,
        marker_of(row.originator_id, row.origin_id),
    )


def revision_of(row: ActivityRow) -> Revision:
    """Another one for each change: robots of the portal change what was made in that second."""
    seen = (
        row.subject,
        row.start_time,
        row.end_time,
        row.deadline,
        row.completed,
        row.responsible_id,
    )
    told = "\x1f".join(as_text(value) for value in seen)
    return Revision(f"{as_text(row.last_updated)}|{crc32(told.encode('utf-8', 'replace')):08x}")


def recording_of(row: ActivityRow) -> Recording | None:
    """Which methods write it; None: those of another program."""
    kind, provider = as_int(row.type_id), as_text(row.provider_id)
    if kind in (MEETING, CALL):
        return Recording.ACTIVITY
    if kind != PROVIDED:
        return None
    return {TODO_PROVIDER: Recording.TODO, CARD_PROVIDER: Recording.CARD}.get(provider)


def contacts_of(row: ActivityRow, bindings: Sequence[Bound] | None = None) -> tuple[str, ...]:
    """The contacts' ids: the owner first, then those of the communications, then the bound ones.

    Where ``bindings`` are known they decide: an owner whose binding was moved away is none.
    """
    found: dict[str, None] = {}
    if as_int(row.owner_type_id) == CONTACT_TYPE and as_id(row.owner_id):
        found[as_id(row.owner_id)] = None
    for entry in as_list(row.communications):
        if isinstance(entry, dict) and as_int(entry.get("ENTITY_TYPE_ID")) == CONTACT_TYPE:
            remote = as_id(entry.get("ENTITY_ID"))
            if remote:
                found[remote] = None
    if bindings is None:
        return tuple(found)
    bound = {one for kind, one in bindings if kind == CONTACT_TYPE}
    first = [one for one in found if one in bound]
    return tuple(dict.fromkeys([*first, *(one for kind, one in bindings if kind == CONTACT_TYPE)]))


def deal_of(row: ActivityRow, bindings: Sequence[Bound] | None = None) -> DealId | None:
    """The deal that it belongs to: the first that it is bound to, else its owner."""
    if bindings is not None:
        return next((DealId(one) for kind, one in bindings if kind == DEAL_TYPE), None)
    if as_int(row.owner_type_id) == DEAL_TYPE and as_id(row.owner_id):
        return DealId(as_id(row.owner_id))
    return None


def files_of(row: ActivityRow) -> tuple[Attachment, ...]:
    """Its files by their ids: the portal tells neither their names nor, safely, their addresses."""
    told = (as_id(one.get("id")) for one in as_list(row.files) if isinstance(one, dict))
    return tuple(Attachment("", remote_id=number) for number in dict.fromkeys(told) if number)


def owner_token(row: ActivityRow) -> str:
    """How a calendar event names this activity's owner: ``C_15``; empty where it cannot."""
    letter = OWNER_LETTERS.get(as_int(row.owner_type_id) or 0, "")
    owner = as_id(row.owner_id)
    return f"{letter}_{owner}" if letter and owner else ""


def reminder_fields(reminders: Sequence[Reminder]) -> dict[str, object]:
    """The one reminder that an activity can have; 0 takes it away."""
    if not reminders:
        return {"NOTIFY_TYPE": 0, "NOTIFY_VALUE": 0}
    return {"NOTIFY_TYPE": 1, "NOTIFY_VALUE": max(0, reminders[0].minutes_before)}


def _told(row: ActivityRow, details: ActivityDetails) -> CrmBooking | None:
    """What the row says of itself, wherever its kind keeps that; None: nothing for a calendar."""
    kind, how = as_int(row.type_id), recording_of(row)
    text = description_text(row)
    plain = CrmBooking(
        text,
        _KINDS.get(kind or 0, EventKind.EVENT),
        USUAL_MIN,
        _reminders(row),
        as_text(row.location).strip(),
        _PRIORITIES.get(as_int(row.priority) or 0, Priority.NORMAL),
    )
    if how is Recording.ACTIVITY:
        return plain
    if how is Recording.TODO:
        return todo_text.read(text)[0]
    if how is Recording.CARD:
        return details.card or plain
    return plain if kind == PROVIDED else None


def _may_lay_out(row: ActivityRow, context: ActivityContext) -> bool:
    """Only the application that made a card may change it."""
    return context.application and as_text(row.originator_id) == ORIGINATOR


def _when(row: ActivityRow, minutes: int) -> TimeSpan | None:
    """From start to end; of what has only a deadline, as long from there as its text says."""
    start, end = instant(row.start_time), instant(row.end_time)
    if as_int(row.type_id) == PROVIDED:
        deadline = instant(row.deadline)
        if deadline is None or start is None or end is None or end <= start or start != deadline:
            return None if deadline is None else _lasting(deadline, timedelta(minutes=minutes))
        return TimeSpan(start, end)
    if start is None or end is None:
        start = end = start or end
    if start is None or end is None:
        return None
    return TimeSpan(start, end) if end > start else _lasting(start, _NO_LENGTH)


def _lasting(start: datetime, length: timedelta) -> TimeSpan | None:
    try:
        return TimeSpan(start, start + length)
    except OverflowError:
        return None


def _calendar(row: ActivityRow, context: ActivityContext) -> CalendarId:
    responsible = as_id(row.responsible_id)
    if responsible and responsible != context.user:
        return others_calendar(context.account)
    if as_int(row.type_id) == MEETING and context.meetings is not None:
        return context.meetings
    return calls_calendar(context.account)


def description_text(row: ActivityRow) -> str:
    """The description as plain text, however it was written."""
    text = as_text(row.description)
    written = as_int(row.description_type)
    if written == _HTML:
        return plain_text(text)
    return plain_bb(text) if written == _BB_CODE else text.replace("\r\n", "\n").strip()


def _reminders(row: ActivityRow) -> tuple[Reminder, ...]:
    unit = _UNITS_MIN.get(as_int(row.notify_type) or 0)
    count = as_int(row.notify_value)
    if unit is None or count is None or not 0 <= count * unit <= LONGEST_MIN:
        return ()
    return (Reminder(count * unit),)


def _user(value: object) -> UserId | None:
    return UserId(as_id(value)) if as_id(value) else None
