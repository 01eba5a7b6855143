"""A version of a record as named facts, so that two versions can be laid side by side."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desktop.domain.comment import Comment
from desktop.domain.contact import Contact
from desktop.domain.event import Event, EventKind, EventStatus, Participation, Priority
from desktop.domain.ids import UserId
from desktop.domain.sync import Record
from desktop.ui.time_texts import when_text

ALWAYS = 4
"""So many facts are shown even where both versions agree: what it is about."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Conflict", text)


_KINDS = {EventKind.MEETING: "Meeting", EventKind.CALL: "Call", EventKind.EVENT: "Event"}
_PRIORITIES = {Priority.LOW: "Low", Priority.NORMAL: "Normal", Priority.HIGH: "High"}
_STATUSES = {
    EventStatus.CONFIRMED: "Confirmed",
    EventStatus.TENTATIVE: "Tentative",
    EventStatus.CANCELLED: "Cancelled",
}


Names = Mapping[UserId, str]
NOBODY_KNOWN: Names = MappingProxyType({})


def facts_of(
    record: Record | None, zone: ZoneInfo, made_at: datetime, names: Names = NOBODY_KNOWN
) -> dict[str, str]:
    """What a version says, by name; nothing where the record was deleted.

    ``names`` are those of the account's colleagues.
    """
    if record is None:
        return {}
    if isinstance(record, Contact):
        return _of_contact(record, names)
    if isinstance(record, Comment):
        return {_tr("Comment"): record.text}
    return _of_event(record, zone, made_at, names)


def compared(mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Name, mine and theirs: the first facts, and every other one that differs.

    Beside a deleted version nothing is compared: then only the first facts are given.
    """
    deleted = not mine or not theirs
    names = list(dict.fromkeys([*mine, *theirs]))
    rows = [(name, mine.get(name, ""), theirs.get(name, "")) for name in names]
    return [
        row
        for place, row in enumerate(rows)
        if (row[1] or row[2]) and (place < ALWAYS or (row[1] != row[2] and not deleted))
    ]


def _of_contact(contact: Contact, names: Names) -> dict[str, str]:
    where = contact.address
    parts = (where.street, where.city, where.region, where.postal_code, where.country)
    called = (contact.given_name, contact.second_name, contact.family_name)
    return {
        _tr("Name"): " ".join(part for part in called if part),
        _tr("Company"): contact.company,
        _tr("Phone"): ", ".join(phone.value for phone in contact.phones),
        _tr("E-mail"): ", ".join(email.value for email in contact.emails),
        _tr("Position"): contact.position,
        _tr("Address"): ", ".join(part for part in parts if part),
        _tr("Time zone"): contact.time_zone,
        _tr("Notes"): contact.notes,
        _tr("Responsible"): _user(contact.responsible, names),
    }


def _of_event(event: Event, zone: ZoneInfo, made_at: datetime, names: Names) -> dict[str, str]:
    return {
        _tr("Title"): event.summary,
        _tr("When"): when_text(event.when, made_at, zone),
        _tr("Where"): event.location,
        _tr("Notes"): event.description,
        _tr("Kind"): _tr(_KINDS[event.kind]),
        _tr("Time zone"): event.time_zone,
        _tr("Reminders"): ", ".join(
            _tr("{n} min before").format(n=reminder.minutes_before) for reminder in event.reminders
        ),
        _tr("Priority"): _tr(_PRIORITIES[event.priority]),
        _tr("Status"): _tr(_STATUSES[event.status]),
        _tr("Shown as"): _shown_as(event),
        _tr("Private"): _yes(event.private),
        _tr("Completed"): _yes(event.completed),
        _tr("Repeats"): _yes(event.recurrence is not None),
        _tr("Contacts"): str(len(event.contacts)),
        _tr("My answer"): _answer(event),
        _tr("Colleagues"): _colleagues(event, names),
        _tr("Responsible"): _user(event.responsible, names),
    }


def _shown_as(event: Event) -> str:
    if event.away:
        return _tr("Out of office")
    return _tr("Busy") if event.busy else _tr("Free")


def _answer(event: Event) -> str:
    """The user's answer to an invitation; empty where nobody asked."""
    return {
        Participation.ACCEPTED: _tr("Accepted"),
        Participation.DECLINED: _tr("Declined"),
        Participation.TENTATIVE: _tr("Tentative"),
        Participation.NEEDS_ACTION: _tr("No answer yet"),
    }.get(event.participation or Participation.ORGANIZER, "")


def _colleagues(event: Event, names: Names) -> str:
    """Who is invited, by name."""
    people = (
        names.get(one.user or UserId("")) or one.name or one.email or _user(one.user, names)
        for one in event.attendees
    )
    return ", ".join(name for name in people if name)


def _user(user: UserId | None, names: Names) -> str:
    """A colleague's name; of a stranger the number, which still tells two apart."""
    if user is None:
        return ""
    return names.get(user) or _tr("Colleague {number}").format(number=user)


def _yes(value: bool) -> str:
    return _tr("Yes") if value else _tr("No")
