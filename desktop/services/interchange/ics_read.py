"""Reads iCalendar files (RFC 5545): what can be used, and a list of what is damaged."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import tzinfo

from icalendar import Calendar as IcsCalendar

from desktop.domain.errors import Field, InvalidInputError
from desktop.domain.event import Event
from desktop.domain.ids import AccountId, CalendarId, EventId
from desktop.services.interchange.content import DamagedEntry, IcsContent
from desktop.services.interchange.ics_event import Component, DamagedError, EventReader
from desktop.services.interchange.texts import decode

MAX_COMPONENTS = 20_000
_BLOCK = re.compile(r"^BEGIN:(VEVENT|VTIMEZONE)\r?$", re.MULTILINE | re.IGNORECASE)


def read_ics(
    data: bytes,
    *,
    account_id: AccountId,
    calendar_id: CalendarId,
    zone: tzinfo,
    new_id: Callable[[], str],
) -> IcsContent:
    """The events of a file, as new events of a calendar. ``zone`` is for times without one.

    Raises `InvalidInputError` where the file as a whole cannot be read.
    """
    text, _ = decode(data)
    if "BEGIN:VCALENDAR" not in text.upper():
        raise InvalidInputError(Field.FILE, "unreadable")
    if text.upper().count("BEGIN:") > MAX_COMPONENTS:
        raise InvalidInputError(Field.FILE, "too large")
    reader = _Reader(EventReader(account_id, calendar_id, zone), new_id)
    name = ""
    for calendar in _calendars(text, reader.damaged):
        name = name or str(calendar.get("X-WR-CALNAME", ""))
        reader.take(calendar.walk("VEVENT"))
    return IcsContent(name, reader.joined(), tuple(reader.damaged))


def _calendars(text: str, damaged: list[DamagedEntry]) -> Iterable[Component]:
    """The file as a whole, or entry by entry where its structure is broken."""
    try:
        calendars = IcsCalendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError):
        return _salvaged(text, damaged)
    read = sum(len(calendar.walk("VEVENT")) for calendar in calendars)
    if read != len(re.findall(r"(?im)^BEGIN:VEVENT", text)):
        # The library leaves out a calendar that is not closed, without a word.
        return _salvaged(text, damaged)
    return calendars


def _salvaged(text: str, damaged: list[DamagedEntry]) -> list[Component]:
    zones: list[str] = []
    found: list[Component] = []
    starts = [match.start() for match in _BLOCK.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        block = text[start:end]
        kind = "VEVENT" if block.upper().startswith("BEGIN:VEVENT") else "VTIMEZONE"
        closed = re.search(rf"^END:{kind}\r?$", block, re.MULTILINE | re.IGNORECASE)
        if closed is None:
            damaged.append(DamagedEntry(_title_of(block), "not closed"))
            continue
        block = block[: closed.end()] + "\r\n"
        if kind == "VTIMEZONE":
            zones.append(block)
            continue
        try:
            found.append(
                IcsCalendar.from_ical(
                    f"BEGIN:VCALENDAR\r\n{''.join(zones)}{block}END:VCALENDAR\r\n"
                )
            )
        except (ValueError, IndexError, KeyError):
            damaged.append(DamagedEntry(_title_of(block), "unreadable"))
    return found


def _title_of(block: str) -> str:
    match = re.search(r"^SUMMARY[^:]*:(.*)$", block, re.MULTILINE | re.IGNORECASE)
    return match[1].strip()[:200] if match else ""


class _Reader:
    """Collects events, ties exceptions to their series, and lists what is damaged."""

    def __init__(self, reader: EventReader, new_id: Callable[[], str]) -> None:
        self._reader = reader
        self._new_id = new_id
        self._events: list[Event] = []
        self._masters: dict[str, EventId] = {}
        self._places: dict[tuple[str, str], int] = {}
        self.damaged: list[DamagedEntry] = []

    def take(self, components: Iterable[Component]) -> None:
        """Reads each component, or notes why it cannot be used."""
        for component in components:
            try:
                event = self._reader.read(component, EventId(self._new_id()))
            except DamagedError as problem:
                title = str(component.get("SUMMARY", ""))[:200]
                self.damaged.append(DamagedEntry(title, str(problem)))
                continue
            self._keep(event)
            if event.recurrence is not None and event.uid:
                self._masters[event.uid] = event.id

    def _keep(self, event: Event) -> None:
        """Later entries of a file stand for earlier ones of the same name."""
        name = (event.uid, str(event.original_start or ""))
        earlier = self._places.get(name) if event.uid else None
        if earlier is None:
            self._places[name] = len(self._events)
            self._events.append(event)
        else:
            self.damaged.append(DamagedEntry(self._events[earlier].summary[:200], "twice"))
            self._events[earlier] = event

    def joined(self) -> tuple[Event, ...]:
        """The events, exceptions tied to their series; those without one stand alone."""
        return tuple(self._tied(event) for event in self._events)

    def _tied(self, event: Event) -> Event:
        if event.original_start is None:
            return event
        master = self._masters.get(event.uid)
        if master is None:
            return replace(event, original_start=None)
        return replace(event, series_id=master)
