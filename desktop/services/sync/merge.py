"""Comparing and merging records by groups of fields: what is decided together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop.domain.comment import Comment
from desktop.domain.contact import Contact
from desktop.domain.event import Attendee, Event, Participation
from desktop.domain.occurrences import original_day
from desktop.domain.sync import Record


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that only make sense together. ``key`` tells values apart; a set merges by parts."""

    fields: tuple[str, ...]
    key: Callable[[Any], object]
    part: Callable[[Any], object] | None = None
    """For a tuple that is a set: what makes two of its members the same."""


@dataclass(frozen=True, slots=True)
class Merge:
    """``record`` has every change of both sides; in ``conflicts`` it has mine."""

    record: Record
    conflicts: tuple[str, ...]
    foreign: bool
    """The server's copy differs from what the user was looking at."""


def _plain(*fields: str) -> Group:
    return Group(fields, lambda record: tuple(getattr(record, name) for name in fields))


def _text(field: str) -> Group:
    # Servers trim texts and turn line ends; neither is a change.
    return Group(
        (field,), lambda record: "\n".join(str(getattr(record, field)).split("\r\n")).strip()
    )


def _set(field: str, part: Callable[[Any], object]) -> Group:
    return Group(
        (field,), lambda record: frozenset(part(one) for one in getattr(record, field)), part
    )


def _when(event: Event) -> object:
    zone = event.time_zone if event.recurrence is not None else ""
    return event.when, zone, event.recurrence


def _left_out(event: Event) -> object:
    # Days: servers tell no more, and a series that moves by an hour leaves out the same ones.
    return frozenset(original_day(event, one) for one in event.excluded_dates)


def _attendee(attendee: Attendee) -> object:
    return attendee.user or attendee.email.casefold() or attendee.name


def _answer(event: Event) -> object:
    # Who calls a meeting answers nothing: whether a server says so at all differs.
    given = event.participation
    return None if given is Participation.ORGANIZER else given


def _itself(value: object) -> object:
    return value


EVENT_GROUPS: Mapping[str, Group] = {
    "when": Group(("when", "time_zone", "recurrence"), _when),
    "left out": Group(("excluded_dates",), _left_out, _itself),
    "title": _text("summary"),
    "place": _text("location"),
    "description": _text("description"),
    "reminders": _set("reminders", _itself),
    "priority": _plain("priority"),
    "responsible": _plain("responsible"),
    "calendar": _plain("calendar_id"),
    "kind": _plain("kind"),
    "color": _plain("color"),
    "busy": _plain("busy", "away"),
    "private": _plain("private"),
    "status": _plain("status"),
    "completed": _plain("completed"),
    "attendees": _set("attendees", _attendee),
    "answer": Group(("participation",), _answer),
    "contacts": _set("contacts", _itself),
    "deal": _plain("deal"),
}

CONTACT_GROUPS: Mapping[str, Group] = {
    "name": _plain("given_name", "second_name", "family_name"),
    "company": _text("company"),
    "position": _text("position"),
    "phones": _set("phones", lambda phone: (phone.value.strip(), phone.kind)),
    "emails": _set("emails", lambda email: (email.value.strip().casefold(), email.kind)),
    "address": _plain("address"),
    "notes": _text("notes"),
    "responsible": _plain("responsible"),
}

COMMENT_GROUPS: Mapping[str, Group] = {"text": _text("text")}


def groups_of(record: Record) -> Mapping[str, Group]:
    """The groups of this kind of record."""
    if isinstance(record, Comment):
        return COMMENT_GROUPS
    return EVENT_GROUPS if isinstance(record, Event) else CONTACT_GROUPS


def differences(one: Record, other: Record) -> tuple[str, ...]:
    """The groups in which two copies differ."""
    return tuple(
        name for name, group in groups_of(one).items() if group.key(one) != group.key(other)
    )


def same_content(one: Record, other: Record) -> bool:
    """Whether two copies say the same, whatever their ids."""
    return type(one) is type(other) and not differences(one, other)


def merge(base: Record, mine: Record, theirs: Record) -> Merge:
    """Three-way merge; a group that both sides changed, differently, is a conflict."""
    merged: Record = mine
    conflicts: list[str] = []
    foreign = False
    for name, group in groups_of(mine).items():
        was, ours, server = group.key(base), group.key(mine), group.key(theirs)
        if server == was:
            continue
        foreign = True
        if ours == was:
            merged = _taking(merged, group.fields, theirs)
        elif ours == server:
            continue
        elif group.part is not None:
            merged = _merged_set(merged, group, base, theirs)
        else:
            conflicts.append(name)
    return Merge(merged, tuple(conflicts), foreign)


def rebased(record: Record, was: Record, now: Record) -> Record:
    """``record``, made on top of ``was``, on top of ``now``: its own changes win."""
    result: Record = record
    for group in groups_of(record).values():
        if group.key(record) == group.key(was):
            result = _taking(result, group.fields, now)
    return result


def holds(theirs: Record, base: Record | None, wish: Record) -> bool:
    """Whether ``theirs`` has every change that leads from ``base`` to ``wish``."""
    changed = differences(base, wish) if base is not None else tuple(groups_of(wish))
    groups = groups_of(wish)
    return all(groups[name].key(theirs) == groups[name].key(wish) for name in changed)


def foundation(base: Record, seen: Record, wish: Record, waiting: Record) -> Record:
    """What a wish stands on that is laid over one that ``waiting`` already holds.

    ``base`` for the most part; for a group that was changed without having seen what ``waiting``
    has there, what was ``seen``: so that a foreign change merged into it is a conflict, not lost.
    """
    result: Record = base
    for group in groups_of(base).values():
        saw = group.key(seen)
        if group.key(wish) != saw and saw != group.key(waiting):
            result = _taking(result, group.fields, seen)
    return result


def filled(wish: Record, server: Record) -> Record:
    """``wish`` with what it left to the server: who is responsible, and an event's colour."""
    open_fields = [name for name in ("responsible", "color") if not getattr(wish, name, True)]
    return _taking(wish, tuple(open_fields), server)


def with_local_fields(server: Record, mine: Record) -> Record:
    """The server's copy with what only we know of the record."""
    if isinstance(server, Contact) and isinstance(mine, Contact):
        return replace(server, id=mine.id, time_zone=mine.time_zone or server.time_zone)
    if isinstance(server, Event) and isinstance(mine, Event):
        original = server.original_start
        if original is None and server.series_id is not None:
            original = mine.original_start  # told in the portal's own way of writing dates
        return replace(server, id=mine.id, original_start=original)
    if isinstance(server, Comment) and isinstance(mine, Comment):
        return replace(server, id=mine.id, contact=mine.contact, about=mine.about)
    return server


def _taking(record: Record, fields: tuple[str, ...], source: Record) -> Record:
    return _with(record, {name: getattr(source, name) for name in fields})


def _with(record: Record, values: dict[str, Any]) -> Record:
    if isinstance(record, Event):
        return replace(record, **values)
    if isinstance(record, Comment):
        return replace(record, **values)
    return replace(record, **values)


def _merged_set(mine: Record, group: Group, base: Record, theirs: Record) -> Record:
    """Adds and removes of both sides, in the order of mine, theirs after."""
    assert group.part is not None
    (field,) = group.fields
    was = {group.part(one) for one in getattr(base, field)}
    ours = {group.part(one): one for one in getattr(mine, field)}
    server = {group.part(one): one for one in getattr(theirs, field)}
    # The server's own copy of a member knows more of it: an id, an answer to an invitation.
    kept = [server.get(key, one) for key, one in ours.items() if key in server or key not in was]
    added = [one for key, one in server.items() if key not in ours and key not in was]
    return _with(mine, {field: (*kept, *added)})
