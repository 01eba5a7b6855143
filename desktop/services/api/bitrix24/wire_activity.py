"""Meetings and calls in the CRM timeline: the portal's activities as events of ours, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec

from desktop.domain.event import Event, EventKind, Priority, Reminder
from desktop.domain.ids import (
    AccountId,
    CalendarId,
    EventId,
    RecordKind,
    RemoteId,
    Revision,
    UserId,
    server_uid,
)
from desktop.domain.sync import RemoteRecord
from desktop.domain.timespan import TimeSpan
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
    OWNER_LETTERS,
    RowReader,
    calls_calendar,
    contact_id,
    others_calendar,
)
from desktop.services.api.bitrix24.wire_contacts import marker_of

ACTIVITY_SELECT = (
    "ID",
    "OWNER_ID",
    "OWNER_TYPE_ID",
    "TYPE_ID",
    "SUBJECT",
    "START_TIME",
    "END_TIME",
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
)

MEETING = 1
CALL = 2
_BB_CODE = 2
_HTML = 3
_NO_LENGTH = timedelta(minutes=15)
_UNITS_MIN = {1: 1, 2: 60, 3: 24 * 60}
_LONGEST_REMINDER_MIN = 366 * 24 * 60
_PRIORITIES = {1: Priority.LOW, 2: Priority.NORMAL, 3: Priority.HIGH}


class ActivityRow(msgspec.Struct, rename="upper"):
    """An activity as it comes; any value may have any type."""

    id: Any = None
    owner_id: Any = None
    owner_type_id: Any = None
    type_id: Any = None
    subject: Any = None
    start_time: Any = None
    end_time: Any = None
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


ACTIVITIES = RowReader(ActivityRow)


@dataclass(frozen=True, slots=True)
class ActivityContext:
    """Whose activities are read, and where they stand in the calendar."""

    account: AccountId
    user: UserId
    time_zone: str
    meetings: CalendarId | None = None
    """The calendar that meetings of the user land in; None: not known."""


def activity_record(row: ActivityRow, context: ActivityContext) -> RemoteRecord | None:
    """The server's copy of a meeting or a call; None where it is neither, or has no time."""
    remote = as_id(row.id)
    kind = as_int(row.type_id)
    when = _when(row)
    if not remote or kind not in (MEETING, CALL) or when is None:
        return None
    account = context.account
    event = Event(
        id=EventId(server_uid(account, RecordKind.ACTIVITY, RemoteId(remote))),
        account_id=account,
        calendar_id=_calendar(row, kind, context),
        summary=" ".join(as_text(row.subject).split()),
        when=when,
        kind=EventKind.MEETING if kind == MEETING else EventKind.CALL,
        record=RecordKind.ACTIVITY,
        time_zone=context.time_zone,
        location=as_text(row.location).strip(),
        description=_description(row),
        reminders=_reminders(row),
        priority=_PRIORITIES.get(as_int(row.priority) or 0, Priority.NORMAL),
        contacts=tuple(contact_id(account, one) for one in contacts_of(row)),
        organizer=_user(row.author_id),
        responsible=_user(row.responsible_id),
        completed=as_flag(row.completed),
    )
    return RemoteRecord(
        RecordKind.ACTIVITY,
        RemoteId(remote),
        Revision(as_text(row.last_updated)),
        event,
        marker_of(row.originator_id, row.origin_id),
    )


def contacts_of(row: ActivityRow) -> tuple[str, ...]:
    """The contacts' ids: the owner first, then those of the communications."""
    found: dict[str, None] = {}
    if as_int(row.owner_type_id) == CONTACT_TYPE and as_id(row.owner_id):
        found[as_id(row.owner_id)] = None
    for entry in as_list(row.communications):
        if isinstance(entry, dict) and as_int(entry.get("ENTITY_TYPE_ID")) == CONTACT_TYPE:
            remote = as_id(entry.get("ENTITY_ID"))
            if remote:
                found[remote] = None
    return tuple(found)


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


def _when(row: ActivityRow) -> TimeSpan | None:
    start, end = instant(row.start_time), instant(row.end_time)
    if start is None or end is None:
        start = end = start or end
    if start is None or end is None:
        return None
    return TimeSpan(start, end if end > start else start + _NO_LENGTH)


def _calendar(row: ActivityRow, kind: int, context: ActivityContext) -> CalendarId:
    responsible = as_id(row.responsible_id)
    if responsible and responsible != context.user:
        return others_calendar(context.account)
    if kind == MEETING and context.meetings is not None:
        return context.meetings
    return calls_calendar(context.account)


def _description(row: ActivityRow) -> str:
    text = as_text(row.description)
    written = as_int(row.description_type)
    if written == _HTML:
        return plain_text(text)
    return plain_bb(text) if written == _BB_CODE else text.replace("\r\n", "\n").strip()


def _reminders(row: ActivityRow) -> tuple[Reminder, ...]:
    unit = _UNITS_MIN.get(as_int(row.notify_type) or 0)
    count = as_int(row.notify_value)
    if unit is None or count is None or not 0 <= count * unit <= _LONGEST_REMINDER_MIN:
        return ()
    return (Reminder(count * unit),)


def _user(value: object) -> UserId | None:
    return UserId(as_id(value)) if as_id(value) else None
