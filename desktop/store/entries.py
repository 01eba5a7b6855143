"""EntryReader: occurrences as a calendar shows them, from both layers."""

import json
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from functools import lru_cache
from operator import itemgetter

from desktop.domain.event import CalendarEntry, DeliveryMark, Event, Occurrence
from desktop.domain.ids import CalendarId, ContactId
from desktop.domain.occurrences import occurrences, original_day, zone_of
from desktop.domain.timespan import TimeSpan, When, resolve_wall_time, start_of_day
from desktop.store.codec_event import event_from_bytes
from desktop.store.database import Connection
from desktop.store.horizon import LOCAL_SERIES, horizon
from desktop.store.occurrence_table import (
    OccurrenceRow,
    Window,
    day_of,
    overlapping,
    rows_of,
    seconds,
)

DEFAULT_COLOR = "#5b7ddb"
"""Of an event whose calendar is not known (yet)."""

_SHOWN = "e.shown AND NOT e.gone"
_NOT_REPLACED = """NOT EXISTS (
    SELECT 1 FROM event AS x
    WHERE x.series_uid = e.uid AND x.original_day = o.original_day AND x.shown
)"""
_ROW = "o.size, o.start, o.n, o.original_day, o.end, e.mark, e.body"

Read = tuple[OccurrenceRow, str, bytes]
"""An occurrence, its mark and its event's body."""


class EntryReader:
    """Reads what `EventStore` writes."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def within(
        self, span: TimeSpan, zone: tzinfo, hidden: frozenset[CalendarId]
    ) -> tuple[CalendarEntry, ...]:
        """Everything that overlaps ``span``, whole days by their dates in ``zone``; by start."""
        rows = self.rows(span, zone, hidden)
        begins = lru_cache(maxsize=64)(lambda day: seconds(start_of_day(day, zone)))
        ordered = [
            (
                (begins(day_of(row.start)) if row.all_day else row.start, not row.all_day),
                row.start - row.end,
                entry.event.id,
                row.original_day,
                entry,
            )
            for (row, _mark, _body), entry in zip(rows, self._entries(rows), strict=True)
        ]
        ordered.sort(key=itemgetter(0, 1, 2, 3))
        return tuple(each[-1] for each in ordered)

    def rows(
        self, span: TimeSpan, zone: tzinfo, hidden: frozenset[CalendarId] = frozenset()
    ) -> list[Read]:
        """The same before it is decoded."""
        window = Window.of(span, zone)
        known = horizon(self._db)
        inside = known is None or (known[0] <= window.start and window.end <= known[1])
        source, values = overlapping(window)
        hide = f"AND e.calendar_id NOT IN ({','.join('?' * len(hidden))})" if hidden else ""
        series = "" if inside else f"AND e.expansion <> {LOCAL_SERIES:d}"
        found = self._db.execute(
            f"""SELECT {_ROW} FROM {source} CROSS JOIN event AS e ON e.n = o.n
            WHERE {_SHOWN} {hide} {series} AND (o.original_day = 0 OR {_NOT_REPLACED})""",  # noqa: S608
            [*values, *hidden],
        )
        rows = [(OccurrenceRow._make(row[:5]), row[5], row[6]) for row in found]
        return rows if inside else rows + self._beyond(span, window, hidden)

    def _beyond(self, span: TimeSpan, window: Window, hidden: frozenset[CalendarId]) -> list[Read]:
        """Series outside of the time that the table holds them for are expanded here and now."""
        replaced = {
            (uid, day)
            for uid, day in self._db.execute(
                "SELECT series_uid, original_day FROM event WHERE series_uid IS NOT NULL AND shown"
            )
        }
        series = self._db.execute(
            f"""SELECT e.n, e.mark, e.body FROM event AS e
            WHERE e.expansion = {LOCAL_SERIES:d} AND {_SHOWN}"""  # noqa: S608
        ).fetchall()
        rows: list[Read] = []
        for n, mark, body in series:
            event = event_from_bytes(body)
            if event.calendar_id in hidden:
                continue
            for row in rows_of(n, occurrences(event, span)):
                days_differ = row.all_day and not (
                    row.start < window.end_day and row.end > window.first_day
                )
                if not days_differ and (event.id, row.original_day) not in replaced:
                    rows.append((row, mark, body))
        return rows

    def of_contact(
        self, contact_id: ContactId, condition: str, values: Sequence[int], limit: int
    ) -> tuple[CalendarEntry, ...]:
        """Entries with a contact; ``condition`` is about ``o`` and orders them."""
        found = self._db.execute(
            f"""SELECT {_ROW} FROM event_contact AS c CROSS JOIN event AS e ON e.n = c.n
            CROSS JOIN occurrence AS o ON o.n = e.n
            WHERE c.contact_uid = ? AND {_SHOWN}
            AND (o.original_day = 0 OR {_NOT_REPLACED}) AND {condition} LIMIT ?""",  # noqa: S608
            [contact_id, *values, limit],
        )
        return tuple(self._entries([(OccurrenceRow(*r[:5]), r[5], r[6]) for r in found]))

    def of_event(self, event: Event, original: date | datetime | None) -> CalendarEntry | None:
        """One occurrence of an event, by its day where it is a series; the first one for None."""
        condition, values = "", [event.id]
        if original is not None:
            condition = "AND o.original_day = ?"
            values.append(original_day(event, original).toordinal())  # type: ignore[arg-type]
        found = self._db.execute(
            f"""SELECT {_ROW} FROM event AS e JOIN occurrence AS o ON o.n = e.n
            WHERE e.uid = ? AND {_SHOWN} {condition} ORDER BY o.start LIMIT 1""",  # noqa: S608
            values,
        ).fetchone()
        if found is None:
            return None
        return self._entries([(OccurrenceRow(*found[:5]), found[5], found[6])])[0]

    def entry_of(self, event: Event, occurrence: Occurrence, mark: DeliveryMark) -> CalendarEntry:
        """An occurrence that is in no table, dressed like the others."""
        names = self._contact_names([event])
        return _entry(occurrence, self._calendars(), names, mark)

    def _entries(self, rows: list[Read]) -> list[CalendarEntry]:
        events = {row.n: (event_from_bytes(body), DeliveryMark(mark)) for row, mark, body in rows}
        names = self._contact_names([event for event, _mark in events.values()])
        calendars = self._calendars()
        return [
            _entry(_occurrence(row, events[row.n][0]), calendars, names, events[row.n][1])
            for row, _mark, _body in rows
        ]

    def _calendars(self) -> dict[str, tuple[str, str]]:
        rows = self._db.execute("SELECT id, name, color FROM calendar")
        return {uid: (name, color) for uid, name, color in rows}

    def _contact_names(self, events: list[Event]) -> dict[str, str]:
        uids = {uid for event in events for uid in event.contacts}
        if not uids:
            return {}
        rows: list[tuple[str, str]] = self._db.execute(
            "SELECT uid, name FROM contact_name WHERE uid IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(uids)),),
        ).fetchall()
        return dict(rows)


def _entry(
    occurrence: Occurrence,
    calendars: dict[str, tuple[str, str]],
    names: dict[str, str],
    mark: DeliveryMark,
) -> CalendarEntry:
    event = occurrence.event
    name, color = calendars.get(event.calendar_id, ("", DEFAULT_COLOR))
    people = tuple(names[uid] for uid in event.contacts if uid in names)
    return CalendarEntry(occurrence, event.color or color, name, people, mark)


def _occurrence(row: OccurrenceRow, event: Event) -> Occurrence:
    if not row.original_day:
        return Occurrence(event, event.when, event.original_start)
    original: date | datetime = date.fromordinal(row.original_day)
    when: When
    if row.all_day:
        when = row.dates
    else:
        zone = zone_of(event)
        end_zone = event.when.end.tzinfo if isinstance(event.when, TimeSpan) else zone
        start = datetime.fromtimestamp(row.start, zone)
        when = TimeSpan(start, datetime.fromtimestamp(row.end, end_zone or zone))
        if start.date() != original:
            original = _moved_from(event, original, zone)
        else:
            original = start
    return Occurrence(event, when, original)


def _moved_from(event: Event, day: date, zone: tzinfo) -> datetime:
    """When an instance that its server moved would have begun."""
    at = event.when.start if isinstance(event.when, TimeSpan) else start_of_day(day, zone)
    return resolve_wall_time(datetime.combine(day, at.astimezone(zone).time()), zone)
