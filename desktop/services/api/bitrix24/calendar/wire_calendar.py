"""The portal's calendar events, calendars and colleagues as values of ours."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

import msgspec

from desktop.domain.account import User
from desktop.domain.event import (
    Attendee,
    Calendar,
    CalendarKind,
    Event,
    EventKind,
    EventStatus,
    Participation,
    Priority,
    Recording,
    Reminder,
)
from desktop.domain.ids import (
    AccountId,
    ContactId,
    DealId,
    EventId,
    RecordKind,
    RemoteId,
    Revision,
    UserId,
    server_uid,
)
from desktop.domain.recurrence import Frequency
from desktop.domain.sync import RemoteRecord
from desktop.domain.timespan import DateSpan
from desktop.services.api.bitrix24.calendar.calendar_rows import EventRow, SectionRow, UserRow
from desktop.services.api.bitrix24.calendar.calendar_times import TimeReader, is_series
from desktop.services.api.bitrix24.calendar.invited import ANSWERS, answers_mark
from desktop.services.api.bitrix24.calendar.places import KINDS, USER, calendar_at, place_of
from desktop.services.api.bitrix24.calendar.wire_recurrence import excluded, rule_of
from desktop.services.api.bitrix24.markers import split_marker
from desktop.services.api.bitrix24.plain import one_line, plain_rich
from desktop.services.api.bitrix24.values import as_flag, as_id, as_int, as_list, as_text
from desktop.services.api.bitrix24.wire import calls_calendar, contact_id
from desktop.services.api.port import RemoteOccurrence

DEFAULT_COLOR = "#9cbeee"

_LOCAL = "local"
_COLOR = re.compile(r"^#[0-9a-fA-F]{6}$")
_ROOM = re.compile(r"^calendar_(\d+)(?:_\d+)?$")
_CONTACT_TOKEN = re.compile(r"^C_(\d{1,15})$")
_DEAL_TOKEN = re.compile(r"^D_(\d{1,15})$")
_UNITS_MIN = {"min": 1, "hour": 60, "day": 24 * 60}
_LONGEST_REMINDER_MIN = 366 * 24 * 60
_PRIORITIES = {"high": Priority.HIGH, "low": Priority.LOW}
_FREQUENCIES = frozenset(one.value for one in Frequency)


@dataclass(frozen=True, slots=True)
class CalendarContext:
    """Whose calendar is read, and how."""

    account: AccountId
    user: UserId
    reader: TimeReader
    time_zone: str
    writable: Mapping[str, bool] = field(default_factory=dict)
    """Section to whether the user may change its events; a missing one is writable."""
    rooms: Mapping[str, str] = field(default_factory=dict)
    """The names of the meeting rooms by number."""


def event_record(row: EventRow, context: CalendarContext) -> RemoteRecord | None:
    """The server's copy of an event, of a series its master; None without an id or a time."""
    remote = as_id(row.id)
    when = context.reader.when(row)
    if not remote or when is None or as_flag(row.deleted):
        return None
    series = is_series(row)
    first = context.reader.first_of_series(row, when) if series else when
    master = as_id(row.recurrence_id)
    account = context.account
    meeting = as_flag(row.is_meeting)
    contacts, deal = contacts_of(row, account), deal_of(row)
    text, _marker = split_marker(description_of(row))
    section = section_id_of(row)
    asked = as_text(row.accessibility).lower()
    event = Event(
        id=EventId(server_uid(account, RecordKind.EVENT, RemoteId(remote))),
        account_id=account,
        calendar_id=(
            calendar_at(account, section, place_of(row)) if section else calls_calendar(account)
        ),
        summary=one_line(as_text(row.name)),
        when=first,
        kind=EventKind.MEETING if meeting or contacts else EventKind.EVENT,
        time_zone=_zone_name(row, context),
        location=location_of(row, context.rooms),
        description=text,
        reminders=reminders_of(row.remind),
        priority=_PRIORITIES.get(as_text(row.importance), Priority.NORMAL),
        contacts=contacts,
        attendees=_attendees(row),
        organizer=UserId(as_id(row.meeting_host)) if as_id(row.meeting_host) else None,
        responsible=_responsible(row),
        participation=_participation(row, context) if meeting else None,
        status=EventStatus.TENTATIVE if asked == "quest" else EventStatus.CONFIRMED,
        busy=asked != "free",
        away=asked == "absent",
        private=as_text(row.private_event).upper() in ("1", "Y"),
        color=_color(row.color),
        recurrence=rule_of(row, context.reader) if series else None,
        excluded_dates=excluded(row, context.reader, first) if series else (),
        series_id=_series(account, master),
        original_start=_original_start(row, context.reader) if master else None,
        read_only=_unreadable(row, series=series) or not _may_edit(row, context, section),
        uid=as_text(row.dav_xml_id),
        recorded_as=Recording.EVENT if contacts or deal else None,
        deal=deal,
    )
    return RemoteRecord(RecordKind.EVENT, RemoteId(remote), revision_of(row), event)


def occurrence_of(row: EventRow, context: CalendarContext) -> RemoteOccurrence | None:
    """One occurrence of a series. All-day ones are told as midnights in UTC."""
    remote = as_id(row.id)
    when = context.reader.when(row)
    if not remote or when is None:
        return None
    if isinstance(when, DateSpan):
        start, end = (datetime.combine(day, time(), UTC) for day in (when.first, when.end))
        day = when.first
    else:
        start, end = when.start, when.end
        day = start.astimezone(context.reader.zone_from(row)).date()
    return RemoteOccurrence(
        RecordKind.EVENT,
        RemoteId(remote),
        start,
        end,
        day.isoformat(),
        all_day=isinstance(when, DateSpan),
    )


def revision_of(row: EventRow) -> Revision:
    """The version, compared for equality only."""
    told = f"{as_text(row.version)}|{as_text(row.timestamp_x)}"
    answers = answers_mark(row)
    return Revision(f"{told}|{answers}" if answers else told)


def description_of(row: EventRow) -> str:
    """The description as plain text, with the marker line if there is one."""
    raw = as_text(row.raw_description)
    return plain_rich(raw or as_text(row.description))


def location_of(row: EventRow, rooms: Mapping[str, str]) -> str:
    """The place; a booked room comes as a code, and is told by its name where that is known."""
    text = as_text(row.location).strip()
    room = _ROOM.match(text)
    return rooms.get(room[1], "") if room else text


def contacts_of(row: EventRow, account: AccountId) -> tuple[ContactId, ...]:
    """The contacts that the event is linked to."""
    found = (_CONTACT_TOKEN.match(token) for token in tokens_of(row) or ())
    return tuple(contact_id(account, str(int(match[1]))) for match in found if match)


def deal_of(row: EventRow) -> DealId | None:
    """The first deal that the event is linked to."""
    found = (_DEAL_TOKEN.match(token) for token in tokens_of(row) or ())
    return next((DealId(str(int(match[1]))) for match in found if match), None)


def tokens_of(row: EventRow) -> tuple[str, ...] | None:
    """The CRM links, ``C_15``; None where the portal does not tell."""
    if row.uf_crm_cal_event is msgspec.UNSET:
        return None
    return tuple(as_text(token) for token in as_list(row.uf_crm_cal_event) if as_text(token))


def section_id_of(row: EventRow) -> str:
    """The number of the event's calendar."""
    return as_id(row.section_id) or as_id(row.sect_id)


def reminders_of(value: object) -> tuple[Reminder, ...]:
    """The reminders that we can show; other kinds stay on the server untouched."""
    minutes: dict[int, None] = {}
    for entry in as_list(value):
        if not isinstance(entry, dict):
            continue
        unit = _UNITS_MIN.get(as_text(entry.get("type")))
        count = as_int(entry.get("count"))
        if unit and count is not None and 0 <= count * unit <= _LONGEST_REMINDER_MIN:
            minutes[count * unit] = None
    return tuple(Reminder(count) for count in minutes)


def calendar_of(row: SectionRow, account: AccountId, default: str) -> Calendar | None:
    """A calendar; ``default`` is the number of the one that new meetings land in."""
    section = as_id(row.id)
    if not section:
        return None
    kind = KINDS.get(as_text(row.cal_type).lower(), CalendarKind.OWN)
    external = as_text(row.external_type).strip().lower()
    external = "" if external == _LOCAL else external
    perm = row.perm if isinstance(row.perm, dict) else {}
    may = as_flag(perm.get("edit_section")) and not external
    return Calendar(
        calendar_at(account, section, place_of(row)),
        account,
        one_line(as_text(row.name)),
        _color(row.color) or DEFAULT_COLOR,
        writable=may_write(row),
        is_default=section == default,
        kind=kind,
        external=external,
        changeable=may and kind is CalendarKind.OWN,
    )


def may_write(row: SectionRow) -> bool:
    """Whether the user may add to and change a calendar; not told: yes."""
    if not isinstance(row.perm, dict) or not row.perm:
        return True
    return as_flag(row.perm.get("add")) and as_flag(row.perm.get("edit"))


def user_of(row: UserRow, account: AccountId) -> User | None:
    """A colleague; somebody without a name is called by the e-mail address."""
    remote = as_id(row.id)
    if not remote:
        return None
    names = (as_text(row.name).strip(), as_text(row.last_name).strip())
    email = as_text(row.email).strip()
    name = " ".join(part for part in names if part) or email or f"#{remote}"
    return User(UserId(remote), account, name, email, as_text(row.time_zone).strip())


def default_section(settings: Mapping[str, object], user: str, own: Sequence[str]) -> str:
    """The calendar that CRM meetings land in, else the user's usual one, else the first."""
    usual = settings.get("defaultSections")
    named = (
        settings.get("crmSection"),
        usual.get(f"user{user}") if isinstance(usual, dict) else None,
        settings.get("lastUsedSection"),
        settings.get("meetSection"),
    )
    for value in named:
        if as_id(value) and as_id(value) in own:
            return as_id(value)
    return own[0] if own else ""


def _may_edit(row: EventRow, context: CalendarContext, section: str) -> bool:
    """Whether the user may change the event itself, not only the answer to an invitation."""
    remote, parent, host = as_id(row.id), as_id(row.parent_id), as_id(row.meeting_host)
    if row.is_accessible_to_user is False or (parent and parent != remote):
        return False
    if as_flag(row.is_meeting) and host and host != context.user:
        return False
    return context.writable.get(section, True)


def _unreadable(row: EventRow, *, series: bool) -> bool:
    """Whether it repeats in a way that we cannot tell, and so could only spoil."""
    return series and as_text(row.rrule.get("FREQ")).upper() not in _FREQUENCIES


def _responsible(row: EventRow) -> UserId | None:
    """Whose calendar it stands in; the owner of a group's is the group, and nobody."""
    place = place_of(row)
    owner = as_id(row.owner_id)
    if not owner or (place is not None and place.type != USER):
        return None
    return UserId(owner)


def _participation(row: EventRow, context: CalendarContext) -> Participation | None:
    """The user's answer. In a group's calendar the organizer's own copy is told, which has the
    user's in its list.
    """
    place = place_of(row)
    if place is not None and place.type != USER:
        for entry in as_list(row.attendee_list):
            if isinstance(entry, dict) and as_id(entry.get("id")) == context.user:
                return ANSWERS.get(as_text(entry.get("status")))
        return None
    return ANSWERS.get(as_text(row.meeting_status))


def _attendees(row: EventRow) -> tuple[Attendee, ...]:
    if not as_flag(row.is_meeting):
        return ()
    found = []
    for entry in as_list(row.attendee_list):
        if isinstance(entry, dict) and as_id(entry.get("id")):
            answer = ANSWERS.get(as_text(entry.get("status")), Participation.NEEDS_ACTION)
            found.append(Attendee(UserId(as_id(entry.get("id"))), participation=answer))
    return tuple(found)


def _original_start(row: EventRow, reader: TimeReader) -> date | datetime | None:
    """Which occurrence an event replaces: its day in the event's zone."""
    day = reader.date_of(row.original_date_from)
    if day is None and isinstance(row.relations, dict):
        day = reader.date_of(as_text(row.relations.get("COMMENT_XML_ID")).rpartition("_")[2])
    return day


def _series(account: AccountId, master: str) -> EventId | None:
    if not master:
        return None
    return EventId(server_uid(account, RecordKind.EVENT, RemoteId(master)))


def _zone_name(row: EventRow, context: CalendarContext) -> str:
    zone = context.reader.zone_from(row)
    return getattr(zone, "key", "") or context.time_zone or "UTC"


def _color(value: object) -> str:
    text = as_text(value).strip().lower()
    return text if _COLOR.match(text) else ""
