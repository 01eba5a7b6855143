"""The calendars of groups and of the company, read in the batch that reads the user's own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from desktop.domain.ids import RecordKind, RemoteId
from desktop.domain.sync import RemoteRecord
from desktop.services.api.bitrix24.batch import Command
from desktop.services.api.bitrix24.calendar.calendar_rows import (
    EVENTS,
    SECTIONS,
    EventRow,
    SectionRow,
)
from desktop.services.api.bitrix24.calendar.invited import stands_with_user
from desktop.services.api.bitrix24.calendar.places import (
    ALL_ROOMS,
    Place,
    closed,
    groups_in,
    section_commands,
)
from desktop.services.api.bitrix24.envelope import BatchReply
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.values import as_id


class SharedCalendars:
    """Asks for them, and remembers which are closed to the user."""

    def __init__(self, state: PortalState) -> None:
        self._state = state
        self._asked: tuple[Place, ...] = ()

    def commands(self, days: Mapping[str, str], now: datetime) -> dict[str, Command]:
        """Their events between two days, and now and then the lists of their calendars."""
        if self._state.shared_due(now):
            self._state.closed.clear()  # somebody may have been let in
        self._asked = self._state.shared_places
        events = {
            f"events_{place.name}": Command("calendar.event.get", {**place.params, **days})
            for place in self._asked
        }
        due = self._state.shared_due(now)
        return events | (section_commands((*self._asked, ALL_ROOMS)) if due else {})

    def learn(self, reply: BatchReply, settings: Mapping[str, object], now: datetime) -> None:
        """Which groups there are, which are closed, and whose calendars."""
        state = self._state
        if news := groups_in(settings) - state.groups:
            state.groups |= news
            state.shared_at = None
        found: list[SectionRow] = []
        told = False
        for place in (*self._asked, ALL_ROOMS):
            name = f"sections_{place.name}"
            if (raw := reply.find(name)) is not None:
                told = True
                found += SECTIONS.rows(raw)
            elif name in reply.errors and closed(reply, name):
                told = True
                state.closed.add(place)
        if told:
            state.shared = tuple(found)
            if all(place in self._asked for place in state.shared_places):
                state.shared_at = now

    def rows(self, reply: BatchReply) -> list[EventRow]:
        """Their events. Raises where only some of it came: the rest would look deleted."""
        rows: list[EventRow] = []
        for place in self._asked:
            name = f"events_{place.name}"
            if closed(reply, name):
                self._state.closed.add(place)
            else:
                rows += EVENTS.rows(reply.get(name))
        return rows


def copies_in(rows: Sequence[EventRow]) -> dict[RemoteId, RemoteId]:
    """Of which of these events the user's own copy is among them: event -> copy."""
    there = {as_id(row.id) for row in rows if not stands_with_user(row)}
    return {
        RemoteId(as_id(row.parent_id)): RemoteId(as_id(row.id))
        for row in rows
        if stands_with_user(row) and as_id(row.parent_id) in there
    }


def with_copies(
    records: Iterable[RemoteRecord], copies: Mapping[RemoteId, RemoteId]
) -> list[RemoteRecord]:
    """A group's meeting and the user's own copy of it are one record: the group's."""
    return [
        replace(one, aliases=((RecordKind.EVENT, copies[one.remote_id]),))
        if one.remote_id in copies
        else one
        for one in records
    ]
