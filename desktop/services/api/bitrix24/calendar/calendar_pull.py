"""Everything between two instants: calendar events, meetings and calls, as one list."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from desktop.domain.account import User
from desktop.domain.errors import AppError, OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event
from desktop.domain.ids import RemoteId
from desktop.domain.sync import RemoteRecord
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.activities import activity_query
from desktop.services.api.bitrix24.activities.activity_details import ActivityDetailsReader
from desktop.services.api.bitrix24.activities.pairing import (
    ActivityFacts,
    EventFacts,
    merged,
    paired,
    stands_for_itself,
    with_activities,
    without_aliases,
)
from desktop.services.api.bitrix24.activities.wire_activity import (
    ACTIVITIES,
    NO_DETAILS,
    ActivityDetails,
    ActivityRow,
    activity_record,
    owner_token,
)
from desktop.services.api.bitrix24.batch import LONGEST, PAGE, Command
from desktop.services.api.bitrix24.calendar.calendar_rows import EVENTS, SECTIONS, USERS, EventRow
from desktop.services.api.bitrix24.calendar.calendar_times import culture_of, is_series
from desktop.services.api.bitrix24.calendar.masters import proves_expansion, with_unfolded
from desktop.services.api.bitrix24.calendar.places import groups_met
from desktop.services.api.bitrix24.calendar.shared_calendars import (
    SharedCalendars,
    copies_in,
    with_copies,
)
from desktop.services.api.bitrix24.calendar.wire_calendar import (
    description_of,
    event_record,
    occurrence_of,
    tokens_of,
    user_of,
)
from desktop.services.api.bitrix24.client import Bitrix24Client, chain
from desktop.services.api.bitrix24.contacts.contacts_cursor import Segment
from desktop.services.api.bitrix24.contacts.contacts_query import pages, read_chain
from desktop.services.api.bitrix24.envelope import BatchReply
from desktop.services.api.bitrix24.markers import split_marker
from desktop.services.api.bitrix24.portal_state import USERS_FRESH, PortalState
from desktop.services.api.bitrix24.values import as_id
from desktop.services.api.bitrix24.wire import calls_calendar, each
from desktop.services.api.port import EventWindow, RemoteOccurrence

LONGEST_WINDOW = timedelta(days=120)
"""The portal does not page events: a wide window of daily series grows large."""

_MARGIN = timedelta(days=1)
_CHAINS = (
    ("a", 12, activity_query.mine),
    ("o", 4, activity_query.for_others),
    ("t", 6, activity_query.my_deadlines),
    ("p", 2, activity_query.deadlines_for_others),
)
"""The lists of activities: the name of each, its pages in the first request, and its commands."""
_SHORT = timedelta(days=60)
_USERS_STEPS = 10


class CalendarPull:
    """Reads windows of the user's calendar."""

    def __init__(
        self, client: Bitrix24Client, state: PortalState, clock: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._state = state
        self._clock = clock
        self._details = ActivityDetailsReader(client, state)
        self._shared = SharedCalendars(state)
        self._pages: dict[tuple[str, bool], int] = {}
        """How many pages of each list there were, in short windows and in long ones: so many are
        asked for the next time, for a request that asks for none is the smallest.
        """

    async def window(self, span: TimeSpan) -> EventWindow:
        """Everything that overlaps ``span``; a wide one is read in parts of at most 120 days."""
        parts = [await self._part(part) for part in _parts(span)]
        records = {(one.kind, one.remote_id): one for part in parts for one in part.records}
        occurrences = {
            (one.remote_id, one.original_start): one for part in parts for one in part.occurrences
        }
        return EventWindow(
            span,
            tuple(records.values()),
            tuple(occurrences.values()),
            self._state.calendars,
            self._state.users,
        )

    async def _part(self, span: TimeSpan) -> EventWindow:
        # The portal compares days, in a zone of its own: a day more on both sides.
        start, end = span.start.astimezone(UTC) - _MARGIN, span.end.astimezone(UTC) + _MARGIN
        reply = await self._client.batch(self._commands(start, end), watched=False)
        self._learn(reply)
        event_rows: list[EventRow] = []
        if _had(reply, "events"):
            event_rows = await asyncio.to_thread(EVENTS.thrifty, reply.get("events"))
        event_rows += self._shared.rows(reply)
        if news := groups_met(event_rows) - self._state.groups:
            self._state.groups |= news  # read with the next window
            self._state.shared_at = None
        activity_rows = await self._activities(reply, start, end)
        details = await self._details.of(activity_rows)
        return await asyncio.to_thread(self._read, span, event_rows, activity_rows, details)

    def _commands(self, start: datetime, end: datetime) -> dict[str, Command]:
        user = self._state.user
        owner = {"type": "user", "ownerId": str(user)}
        days = {"from": start.date().isoformat(), "to": end.date().isoformat()}
        commands = {
            "settings": Command("calendar.user.settings.get", {}),
            "sections": Command("calendar.section.get", owner),
            "events": Command("calendar.event.get", {**owner, **days}),
            **self._shared.commands(days, self._clock()),
        }
        for name, most, query in _CHAINS:
            steps = self._pages.get((name, end - start < _SHORT), most)
            commands |= query(name, user, start, end, after=0, steps=steps)
        fresh = self._state.users_at
        if fresh is None or self._clock() - fresh > USERS_FRESH:
            commands |= _user_pages(0, _USERS_STEPS)
        return commands

    def _learn(self, reply: BatchReply) -> None:
        settings = _object(reply, "settings")
        self._state.learn_settings(settings)
        self._shared.learn(reply, settings, self._clock())
        if (raw := reply.find("sections")) is not None:
            self._state.learn_sections(SECTIONS.rows(raw), settings)
        elif not _had(reply, "sections"):
            self._state.learn_sections([], settings)  # calls and meetings of the CRM have a place
        if "u0" in reply.results:
            rows, _left = read_chain(reply, chain("u", _USERS_STEPS), USERS, Segment(0))
            users: list[User] = each(rows, lambda row: user_of(row, self._state.account), "user")
            self._state.users = tuple(users)
            self._state.users_at = self._clock()
        elif "u0" in reply.errors:
            self._state.users_at = self._clock()  # no right to see colleagues: ask tomorrow

    async def _activities(
        self, reply: BatchReply, start: datetime, end: datetime
    ) -> list[ActivityRow]:
        """All chains, and what did not fit into them."""
        if not _had(reply, "a0"):
            return []
        found: dict[str, ActivityRow] = {}
        for name, most, query in _CHAINS:
            key = (name, end - start < _SHORT)
            steps = self._pages.get(key, most)
            rows, left = read_chain(reply, chain(name, steps), ACTIVITIES, Segment(0))
            count = len(rows)
            found |= {as_id(row.id): row for row in rows}
            while left is not None:
                commands = query(
                    name, self._state.user, start, end, after=left.after, steps=LONGEST
                )
                more = await self._client.batch(commands, watched=False)
                rows, left = read_chain(more, chain(name, LONGEST), ACTIVITIES, left)
                count += len(rows)
                found |= {as_id(row.id): row for row in rows}
            self._pages[key] = min(most, count // PAGE + 1)
        return list(found.values())

    def _read(
        self,
        span: TimeSpan,
        events: Sequence[EventRow],
        activities: Sequence[ActivityRow],
        details: Mapping[str, ActivityDetails],
    ) -> EventWindow:
        state = self._state
        state.culture = culture_of(events, state.zone, state.culture)
        context = state.calendar_context
        copies = copies_in(events)
        events = [row for row in events if as_id(row.id) not in copies.values()]
        singles = [row for row in events if not is_series(row)]
        series = [row for row in events if is_series(row)]
        masters = {as_id(row.id): row for row in reversed(series)}  # the first one of each stays
        occurrences: list[RemoteOccurrence] = each(
            series, lambda row: occurrence_of(row, context), "occurrence"
        )
        rows = {as_id(row.id): row for row in singles}
        found = each(
            [*rows.values(), *masters.values()], lambda r: event_record(r, context), "event"
        )
        read = with_copies(found, copies)
        heads = {one.remote_id: one for one in found}
        state.expands = state.expands or proves_expansion(occurrences, heads)
        if not state.expands and state.culture is not None:
            around = TimeSpan(span.start - _MARGIN, span.end + _MARGIN)
            occurrences = with_unfolded(occurrences, heads, around)
        # Without its calendar event in sight a meeting stands with the calls.
        place = state.activity_context(calls_calendar(state.account))
        timeline = each(
            activities,
            lambda row: activity_record(row, place, details.get(as_id(row.id), NO_DETAILS)),
            "activity",
        )
        records = _joined(
            {record.remote_id: record for record in read},
            {record.remote_id: record for record in timeline},
            rows,
            {as_id(row.id): row for row in activities},
        )
        return EventWindow(span, tuple(records), tuple(occurrences))


def _joined(
    events: Mapping[RemoteId, RemoteRecord],
    activities: Mapping[RemoteId, RemoteRecord],
    event_rows: Mapping[str, EventRow],
    activity_rows: Mapping[str, ActivityRow],
) -> list[RemoteRecord]:
    """Each meeting once, though the portal has it twice."""
    pairs = paired(
        [
            ActivityFacts(
                remote,
                event.summary,
                *_instants(event),
                str(event.responsible or ""),
                owner_token(activity_rows[remote]),
            )
            for remote, event in _events(activities)
        ],
        [
            EventFacts(
                remote,
                event.summary,
                *_instants(event),
                str(event.responsible or ""),
                _token_set(event_rows[remote]),
            )
            for remote, event in _events(events)
            if remote in event_rows and not event.all_day
        ],
    )
    upheld = {
        activity: event
        for activity, event in pairs.items()
        if stands_for_itself(events[event], ours=bool(_marker(event_rows[event])))
    }
    kept = {remote: event for remote, event in pairs.items() if remote not in upheld}
    joined = [
        merged(record, events[kept[remote]]) if remote in kept else record
        for remote, record in activities.items()
        if remote not in upheld
    ]
    return joined + with_activities(without_aliases(events, kept), upheld)


def _events(records: Mapping[RemoteId, RemoteRecord]) -> list[tuple[RemoteId, Event]]:
    return [
        (remote, record.record)
        for remote, record in records.items()
        if isinstance(record.record, Event)
    ]


def _instants(event: Event) -> tuple[datetime, datetime]:
    span = event.when.in_zone(UTC)
    return span.start, span.end


def _marker(row: EventRow) -> str:
    return split_marker(description_of(row))[1]


def _token_set(row: EventRow) -> frozenset[str] | None:
    tokens = tokens_of(row)
    return None if tokens is None else frozenset(tokens)


def _user_pages(after: int, steps: int) -> dict[str, Command]:
    commands = {}
    for name, command in pages(
        "u",
        "user.get",
        ("ID", "ACTIVE", "NAME", "LAST_NAME", "EMAIL", "TIME_ZONE"),
        after=after,
        steps=steps,
        where={"ACTIVE": "1", "USER_TYPE": "employee"},
    ).items():
        told = dict(command.params)
        commands[name] = Command(
            "user.get",
            {
                "FILTER": told["filter"],
                "sort": "ID",
                "order": "ASC",
                "select": told["select"],
                "start": -1,
            },
        )
    return commands


def _had(reply: BatchReply, name: str) -> bool:
    """Whether a part came. A permission that is missing leaves it out; anything else is raised."""
    error: AppError | None = reply.errors.get(name)
    if isinstance(error, RefusedError) and error.reason in (
        Refusal.MISSING_SCOPE,
        Refusal.UNSUPPORTED,
    ):
        return False
    reply.get(name)
    return True


def _object(reply: BatchReply, name: str) -> dict[str, object]:
    raw = reply.find(name)
    if raw is None:
        return {}
    try:
        value = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        raise OutcomeUnknownError from None
    return value if isinstance(value, dict) else {}


def _parts(span: TimeSpan) -> list[TimeSpan]:
    start, end = span.start.astimezone(UTC), span.end.astimezone(UTC)
    parts = []
    while start < end:
        until = min(end, start + LONGEST_WINDOW)
        parts.append(TimeSpan(start, until))
        start = until
    return parts
