"""EventStore: rows <-> `Event`, in two layers, by span."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from desktop.domain.event import CalendarEntry, DeliveryMark, Event, Occurrence
from desktop.domain.ids import AccountId, CalendarId, ContactId, EventId, RemoteId, Revision
from desktop.domain.occurrences import occurrences, original_day
from desktop.domain.sync import RemoteRecord
from desktop.domain.timespan import TimeSpan, start_of_day
from desktop.store.cache_schema import OWN, SERVER
from desktop.store.codec_event import event_from_bytes, event_to_bytes
from desktop.store.database import Connection
from desktop.store.entries import EntryReader
from desktop.store.horizon import (
    LOCAL_SERIES,
    SERVER_SERIES,
    SINGLE,
    horizon_span,
    is_old,
    set_horizon,
)
from desktop.store.occurrence_table import (
    ServerOccurrence,
    Window,
    insert,
    overlapping,
    rows_from_server,
    rows_of,
    seconds,
)
from desktop.store.slices import marks, sliced

_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)
_NEXT_LOOKED_AT = 20
"""So many of somebody's meetings may be off before the next one is not found."""


@dataclass(frozen=True, slots=True)
class _Row:
    event: Event
    remote_id: RemoteId | None = None
    revision: Revision | None = None
    mark: DeliveryMark = DeliveryMark.SETTLED
    gone: bool = False


class EventStore:
    """The server's copies and, over them, own events and unfinished wishes."""

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        self._db = connection
        self._clock = clock
        self._reader = EntryReader(connection)

    # writing

    def upsert_records(self, records: Iterable[RemoteRecord]) -> None:
        """Adds a server's copies or writes them anew. Each record's own id is its uid already."""
        rows = [
            _Row(record.record, record.remote_id, record.revision)
            for record in records
            if isinstance(record.record, Event)
        ]
        self._write(rows, SERVER)

    def put_own(self, event: Event, mark: DeliveryMark, *, gone: bool = False) -> None:
        """Lays a wish over the server's copy, or an own event; ``gone`` hides it."""
        self._write([_Row(event, mark=mark, gone=gone)], OWN)

    def drop_own(self, uid: str) -> None:
        """Takes the overlay off: the server's copy shows again, if there is one."""
        self._delete([uid], OWN)

    def remove(self, uids: Iterable[str]) -> None:
        """Forgets the server's copies."""
        self._delete(list(uids), SERVER)

    def remove_account(self, account_id: AccountId) -> None:
        """Forgets every event of an account, overlays included."""
        self._db.execute("DELETE FROM event WHERE account_id = ?", (account_id,))

    def replace_occurrences(
        self,
        uid: str,
        found: Iterable[ServerOccurrence],
        *,
        span: TimeSpan | None = None,
    ) -> None:
        """From now on the server's word about a series counts, not our own expansion.

        With ``span`` only the instances that overlap it are replaced, else all.
        """
        row = self._db.execute(
            "SELECT n, body, expansion FROM event WHERE uid = ? AND layer = ?", (uid, SERVER)
        ).fetchone()
        if row is None:
            return
        n, body, expansion = row
        if span is None or expansion != SERVER_SERIES:
            self._db.execute("DELETE FROM occurrence WHERE n = ?", (n,))
        else:
            window = Window.of(span, UTC)
            self._db.execute(
                "DELETE FROM occurrence WHERE n = ? AND start < ? AND end > ?",
                (n, window.end, window.start),
            )
        self._db.execute("UPDATE event SET expansion = ? WHERE n = ?", (SERVER_SERIES, n))
        insert(self._db, rows_from_server(n, event_from_bytes(body), found))

    def expand_anew(self, uid: EventId) -> None:
        """A server's series was changed by us: until it is read again, our own expansion counts."""
        row = self._db.execute(
            "SELECT n, body FROM event WHERE uid = ? AND layer = ? AND expansion = ?",
            (uid, SERVER, SERVER_SERIES),
        ).fetchone()
        if row is None:
            return
        n, body = row
        self._db.execute("DELETE FROM occurrence WHERE n = ?", (n,))
        insert(self._db, rows_of(n, self._expanded(event_from_bytes(body))))

    def keep_horizon(self) -> None:
        """Expands our series further when time has gone on; cheap when it has not."""
        now = self._clock()
        if not is_old(self._db, now):
            return
        span = set_horizon(self._db, now)
        series = self._db.execute(
            "SELECT n, body FROM event WHERE expansion = ?", (LOCAL_SERIES,)
        ).fetchall()
        for part in sliced(series):
            self._db.executemany("DELETE FROM occurrence WHERE n = ?", [(n,) for n, _body in part])
            for n, body in part:
                insert(self._db, rows_of(n, occurrences(event_from_bytes(body), span)))

    # reading

    def get(self, event_id: EventId) -> Event | None:
        """The event as the screen shows it; of a series the master."""
        return self._one(event_id, "shown AND NOT gone")

    def server_copy(self, event_id: EventId) -> Event | None:
        """What the server said last, without the overlay."""
        return self._one(event_id, f"layer = {SERVER:d}")

    def exceptions_of(self, series: EventId) -> tuple[Event, ...]:
        """The occurrences of a series that were changed alone, as the screen shows them."""
        rows = self._db.execute(
            "SELECT body FROM event WHERE series_uid = ? AND shown AND NOT gone ORDER BY n",
            (series,),
        )
        return tuple(event_from_bytes(body) for (body,) in rows)

    def mark_of(self, event_id: EventId) -> DeliveryMark:
        """How far its newest change is on its way."""
        row = self._db.execute(
            "SELECT mark FROM event WHERE uid = ? AND shown", (event_id,)
        ).fetchone()
        return DeliveryMark.SETTLED if row is None else DeliveryMark(row[0])

    def revision_of(self, uid: str) -> Revision | None:
        """The server's version of the copy that is kept."""
        row = self._db.execute(
            "SELECT revision FROM event WHERE uid = ? AND layer = ?", (uid, SERVER)
        ).fetchone()
        return None if row is None or row[0] is None else Revision(row[0])

    def overlays(self) -> dict[str, DeliveryMark]:
        """Which records have something of ours over them."""
        rows = self._db.execute("SELECT uid, mark FROM event WHERE layer = ?", (OWN,))
        return {uid: DeliveryMark(mark) for uid, mark in rows}

    def count(self, account_id: AccountId | None = None) -> int:
        """How many events the screen can show, of one account or of all."""
        (count,) = self._db.execute(
            "SELECT count(*) FROM event WHERE shown AND NOT gone"
            " AND (?1 IS NULL OR account_id = ?1)",
            (account_id,),
        ).fetchone()
        return int(count)

    def count_in(self, account_id: AccountId, calendar_id: CalendarId) -> int:
        """How many events of a calendar the screen can show; a series is one."""
        (count,) = self._db.execute(
            "SELECT count(*) FROM event WHERE shown AND NOT gone"
            " AND account_id = ? AND calendar_id = ?",
            (account_id, calendar_id),
        ).fetchone()
        return int(count)

    def all(self, account_id: AccountId | None = None) -> tuple[Event, ...]:
        """Every event that the screen can show, of one account or of all."""
        rows = self._db.execute(
            "SELECT body FROM event WHERE shown AND NOT gone"
            " AND (?1 IS NULL OR account_id = ?1) ORDER BY n",
            (account_id,),
        )
        return tuple(event_from_bytes(body) for (body,) in rows)

    def entries(
        self, span: TimeSpan, *, zone: tzinfo, hidden: frozenset[CalendarId] = frozenset()
    ) -> tuple[CalendarEntry, ...]:
        """What stands in the calendar: overlaid, expanded, sorted by start, whole days first.

        All-day events count where their dates meet those of ``span`` in ``zone``.
        """
        return self._reader.within(span, zone, hidden)

    def entry(
        self, event_id: EventId, original_start: date | datetime | None = None
    ) -> CalendarEntry | None:
        """One entry; of a series the instance of that day, or the first that is known."""
        event = self.get(event_id)
        if event is None:
            return None
        found = self._reader.of_event(event, original_start)
        if found is None and original_start is None:
            first = Occurrence(event, event.when, event.original_start)
            return self._reader.entry_of(event, first, self.mark_of(event_id))
        return found

    def uids_in(self, account_id: AccountId, span: TimeSpan) -> frozenset[str]:
        """The server's copies that overlap ``span`` for certain, whatever zone its days mean."""
        window = Window(
            seconds(span.start),
            seconds(span.end),
            seconds(span.start + _EAST),
            seconds(span.end - _WEST),
        )
        source, values = overlapping(window)
        rows = self._db.execute(
            f"""SELECT DISTINCT e.uid FROM {source} CROSS JOIN event AS e ON e.n = o.n
            WHERE e.layer = ? AND e.account_id = ?""",  # noqa: S608
            [*values, SERVER, account_id],
        )
        return frozenset(uid for (uid,) in rows)

    def next_for_contact(self, contact_id: ContactId, now: datetime) -> CalendarEntry | None:
        """The meeting under way or the next one that takes place."""
        found = self._reader.of_contact(
            contact_id, "o.end > ? ORDER BY o.start", [seconds(now)], limit=_NEXT_LOOKED_AT
        )
        return next((entry for entry in found if not entry.event.off), None)

    def last_for_contact(
        self, contact_id: ContactId, now: datetime, n: int
    ) -> tuple[CalendarEntry, ...]:
        """The last ``n`` meetings that are over, the newest first."""
        condition = "o.end <= ? ORDER BY o.start DESC"
        return self._reader.of_contact(contact_id, condition, [seconds(now)], limit=n)

    def met_between(
        self, span: TimeSpan, *, now: datetime | None = None
    ) -> dict[ContactId, datetime]:
        """When each contact is or was met in ``span``: the next time after ``now``, else the last.

        What was cancelled or declined is no meeting. Without ``now`` the last time in the span.
        """
        after = now or span.end
        met: dict[ContactId, datetime] = {}
        for entry in self.entries(span, zone=span.start.tzinfo or UTC):
            if entry.event.off:
                continue
            when = entry.when
            start = (
                when.start
                if isinstance(when, TimeSpan)
                else start_of_day(when.first, span.start.tzinfo or UTC)
            ).astimezone(UTC)
            for contact_id in entry.event.contacts:
                known = met.get(contact_id)
                if known is None or known < after:
                    met[contact_id] = start
        return met

    def days_with_events(self, first: date, end: date, zone: tzinfo) -> frozenset[date]:
        """The days from ``first`` on and before ``end`` that something stands in."""
        span = TimeSpan(start_of_day(first, zone), start_of_day(end, zone))
        days: set[date] = set()
        for row, _mark, _body in self._reader.rows(span, zone):
            if row.all_day:
                days.update(row.dates.dates())
                continue
            day = datetime.fromtimestamp(row.start, zone).date()
            last = datetime.fromtimestamp(max(row.start, row.end - 1), zone).date()
            while day <= last and day < end:
                days.add(day)
                day += timedelta(days=1)
        return frozenset(day for day in days if first <= day < end)

    def _one(self, uid: str, condition: str) -> Event | None:
        row = self._db.execute(
            f"SELECT body FROM event WHERE uid = ? AND {condition}",  # noqa: S608
            (uid,),
        ).fetchone()
        return None if row is None else event_from_bytes(row[0])

    def _write(self, rows: list[_Row], layer: int) -> None:
        for part in sliced(rows):
            latest = {row.event.id: row for row in part}
            old = self._stored(list(latest), layer)
            changed = [
                (row, body)
                for row in latest.values()
                if not _same(old.get(row.event.id), row, body := event_to_bytes(row.event))
            ]
            for row, body in changed:
                self._write_one(row, body, layer, old.get(row.event.id))
            self._show(list(latest))

    def _write_one(self, row: _Row, body: bytes, layer: int, old: tuple[Any, ...] | None) -> None:
        event = row.event
        by_server = old is not None and old[1] == SERVER_SERIES and event.recurrence is not None
        expansion = SERVER_SERIES if by_server else LOCAL_SERIES if event.recurrence else SINGLE
        exception_day = (
            None
            if event.original_start is None
            else original_day(event, event.original_start).toordinal()
        )
        (n,) = self._db.execute(
            """INSERT INTO event (uid, layer, account_id, calendar_id, remote_id, revision, mark,
            gone, shown, expansion, series_uid, original_day, body)
            VALUES (?,?,?,?,?,?,?,?,0,?,?,?,?) ON CONFLICT (uid, layer) DO UPDATE SET
            account_id = excluded.account_id, calendar_id = excluded.calendar_id,
            remote_id = coalesce(excluded.remote_id, remote_id),
            revision = coalesce(excluded.revision, revision), mark = excluded.mark,
            gone = excluded.gone, expansion = excluded.expansion,
            series_uid = excluded.series_uid, original_day = excluded.original_day,
            body = excluded.body RETURNING n""",
            (
                event.id,
                layer,
                event.account_id,
                event.calendar_id,
                row.remote_id,
                row.revision,
                row.mark.value,
                row.gone,
                expansion,
                event.series_id,
                exception_day,
                body,
            ),
        ).fetchone()
        if old is not None and old[-1] == body:
            return  # only revision or mark differ
        self._db.execute("DELETE FROM event_contact WHERE n = ?", (n,))
        self._db.executemany(
            "INSERT OR IGNORE INTO event_contact VALUES (?,?)", [(c, n) for c in event.contacts]
        )
        if not by_server:
            self._db.execute("DELETE FROM occurrence WHERE n = ?", (n,))
            insert(self._db, rows_of(n, self._expanded(event)))

    def _expanded(self, event: Event) -> tuple[Occurrence, ...]:
        if event.recurrence is None:
            return (Occurrence(event, event.when),)
        span = horizon_span(self._db) or set_horizon(self._db, self._clock())
        return occurrences(event, span)

    def _stored(self, uids: list[EventId], layer: int) -> dict[str, tuple[Any, ...]]:
        rows = self._db.execute(
            f"""SELECT uid, remote_id, expansion, revision, mark, gone, body FROM event
            WHERE layer = {layer:d} AND uid IN ({marks(uids)})""",  # noqa: S608
            uids,
        )
        return {row[0]: row[1:] for row in rows}

    def _delete(self, uids: list[str], layer: int) -> None:
        for part in sliced(uids):
            self._db.execute(
                f"DELETE FROM event WHERE layer = {layer:d} AND uid IN ({marks(part)})",  # noqa: S608
                part,
            )
            self._show(list(part))

    def _show(self, uids: list[Any]) -> None:
        """Of the two layers the upper one is shown."""
        self._db.execute(
            f"""UPDATE event SET shown =
            (layer = (SELECT max(layer) FROM event AS other WHERE other.uid = event.uid))
            WHERE uid IN ({marks(uids)})""",  # noqa: S608
            uids,
        )


def _same(old: tuple[Any, ...] | None, row: _Row, body: bytes) -> bool:
    if old is None:
        return False
    remote_id, _expansion, revision, mark, gone, old_body = old
    return bool(
        old_body == body
        and row.remote_id in (None, remote_id)
        and row.revision in (None, revision)
        and row.mark.value == mark
        and row.gone == bool(gone)
    )
