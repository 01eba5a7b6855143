"""A server in virtual time that commits late, loses, duplicates, refuses and forgets."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from desktop.domain.errors import OfflineError, OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event
from desktop.domain.ids import AccountId, EventId, OpId, RecordKind, RemoteId, Revision, server_uid
from desktop.domain.sync import OutboxEntry, RemoteRecord, Verb
from desktop.services.api.port import Pushed

SETTLE_S = 90.0
KIND = RecordKind.ACTIVITY
FIELDS = ("summary", "location")


def with_field(event: Event, name: str, value: str) -> Event:
    """The event with another title or place."""
    if name == "summary":
        return replace(event, summary=value)
    return replace(event, location=value)


@dataclass
class Row:
    """A record over there. ``copy``: the network delivered its create twice."""

    remote_id: RemoteId
    marker: OpId | None
    event: Event
    revision: int = 1
    copy: bool = False


@dataclass(frozen=True)
class Arrival:
    """A writing request that reached the server."""

    op_id: OpId
    uid: str
    verb: Verb
    at: datetime
    last_byte: datetime
    outcome: str


@dataclass
class Late:
    """Something that the server or the network still does."""

    at: datetime
    act: Callable[[], None]


@dataclass
class ModelServer:
    """Every request takes time; ``healthy`` ones are answered at once."""

    account_id: AccountId
    chance: random.Random
    rows: dict[RemoteId, Row] = field(default_factory=dict)
    search_works: bool = True
    healthy: bool = False
    arrivals: list[Arrival] = field(default_factory=list)
    searches: dict[OpId, list[datetime]] = field(default_factory=dict)
    late: list[Late] = field(default_factory=list)
    deleted: set[OpId] = field(default_factory=set)
    """Markers of rows that are gone."""
    overwritten: list[tuple[str, str, str]] = field(default_factory=list)
    """Values that an update replaced: uid, field, value."""
    applied: list[tuple[str, OpId, Verb]] = field(default_factory=list)
    _next: int = 100

    def run_until(self, now: datetime) -> None:
        """Does what was late and is due."""
        due = sorted((one for one in self.late if one.at <= now), key=lambda one: one.at)
        self.late = [one for one in self.late if one.at > now]
        for one in due:
            one.act()

    # --- requests: each gives its answer and how long it took -----------------------------------

    def push(
        self, entry: OutboxEntry, remote_id: RemoteId | None, now: datetime
    ) -> tuple[Pushed | Exception, float]:
        """One writing request."""
        assert entry.account_id == self.account_id, "an op travelled to another account"
        fate = "ok" if self.healthy else self._fate()
        took_s = 65.0 if fate in ("late", "lost", "answer lost") else 0.2
        if fate in ("late", "lost", "answer lost") and self.chance.random() < 0.5:
            took_s = self.chance.uniform(0.1, 5)  # a reset, not a time-out
        if fate == "offline":
            return OfflineError(), 0.1
        outcome = "unknown" if fate in ("late", "lost", "answer lost") else fate
        last_byte = now + timedelta(seconds=min(took_s, 1.0))
        self.arrivals.append(
            Arrival(entry.op_id, entry.item_uid, entry.verb, now, last_byte, outcome)
        )
        if fate in _REFUSALS:
            return _refused(_REFUSALS[fate]), took_s
        if fate == "lost":
            return OutcomeUnknownError(), took_s
        if fate == "late":
            at = last_byte + timedelta(seconds=self.chance.uniform(1, SETTLE_S - 5))
            self.late.append(Late(at, lambda: self._carry_out_quietly(entry, remote_id)))
            return OutcomeUnknownError(), took_s
        result = self._carry_out(entry, remote_id)
        if fate == "answer lost":
            if entry.verb is Verb.CREATE and self.chance.random() < 0.3:
                delay = timedelta(seconds=self.chance.uniform(1, 500))
                self.late.append(Late(now + delay, lambda: self._duplicate(entry)))
            return OutcomeUnknownError(), took_s
        return result, took_s

    def look_up(
        self, entry: OutboxEntry, now: datetime
    ) -> tuple[tuple[RemoteRecord, ...] | Exception, float]:
        """Rows with the op's marker, lowest id first."""
        error = self._read_error()
        if error is not None:
            return error, 0.5
        if not self.search_works:
            return (), 0.2
        self.searches.setdefault(entry.op_id, []).append(now)
        rows = [row for row in self.rows.values() if row.marker == entry.op_id]
        return tuple(self.record(row) for row in sorted(rows, key=lambda r: int(r.remote_id))), 0.2

    def fetch(self, remote_id: RemoteId) -> tuple[RemoteRecord | Exception | None, float]:
        """One record."""
        error = self._read_error()
        if error is not None:
            return error, 0.5
        row = self.rows.get(remote_id)
        return (None if row is None else self.record(row)), 0.2

    def check(self) -> tuple[Exception | None, float]:
        """A cheap read."""
        error = self._read_error()
        return error, 0.2

    def record(self, row: Row) -> RemoteRecord:
        """The row as an adapter gives it."""
        uid = EventId(server_uid(self.account_id, KIND, row.remote_id))
        event = replace(row.event, id=uid)
        return RemoteRecord(
            KIND, row.remote_id, Revision(str(row.revision)), event, marker=row.marker
        )

    # --- what others do ---------------------------------------------------------------------

    def edit(self, remote_id: RemoteId, name: str, value: str) -> None:
        """A colleague changes a field."""
        row = self.rows[remote_id]
        row.event = with_field(row.event, name, value)
        row.revision += 1

    def delete(self, remote_id: RemoteId) -> None:
        """A colleague deletes a record."""
        row = self.rows.pop(remote_id, None)
        if row is not None and row.marker is not None:
            self.deleted.add(row.marker)

    # --- inside -----------------------------------------------------------------------------

    def _fate(self) -> str:
        kinds = (
            "ok", "late", "lost", "answer lost", "offline", "busy", "method busy", "invalid",
            "sign in", "stopped",
        )  # fmt: skip
        weights = (50, 9, 8, 11, 8, 5, 2, 4, 2, 1)
        return self.chance.choices(kinds, weights)[0]

    def _read_error(self) -> Exception | None:
        if self.healthy or self.chance.random() < 0.85:
            return None
        return self.chance.choice(
            [OfflineError(), OutcomeUnknownError(), _refused(Refusal.BUSY), OfflineError()]
        )

    def _carry_out(self, entry: OutboxEntry, remote_id: RemoteId | None) -> Pushed | Exception:
        if entry.verb is Verb.CREATE:
            assert isinstance(entry.wish, Event)
            row = Row(self._new_id(), entry.op_id, entry.wish)
            self.rows[row.remote_id] = row
            self.applied.append((entry.item_uid, entry.op_id, entry.verb))
            return Pushed(row.remote_id, self.record(row), Revision("1"))
        assert remote_id is not None
        row_now = self.rows.get(remote_id)
        if row_now is None:
            return _refused(Refusal.NOT_FOUND)
        self.applied.append((entry.item_uid, entry.op_id, entry.verb))
        if entry.verb is Verb.DELETE:
            self.delete(remote_id)
            return Pushed(remote_id)
        self._update(row_now, entry)
        return Pushed(remote_id, self.record(row_now), Revision(str(row_now.revision)))

    def _carry_out_quietly(self, entry: OutboxEntry, remote_id: RemoteId | None) -> None:
        # What a colleague wrote between our request and its late execution cannot be seen by us.
        seen = len(self.overwritten)
        self._carry_out(entry, remote_id)
        del self.overwritten[seen:]

    def _update(self, row: Row, entry: OutboxEntry) -> None:
        """Only the changed fields travel."""
        assert isinstance(entry.wish, Event)
        for name in FIELDS:
            wished = getattr(entry.wish, name)
            if entry.base is None or wished != getattr(entry.base, name):
                before = getattr(row.event, name)
                if before != wished:
                    self.overwritten.append((entry.item_uid, name, before))
                row.event = with_field(row.event, name, wished)
        row.revision += 1

    def _duplicate(self, entry: OutboxEntry) -> None:
        if any(row.marker == entry.op_id for row in self.rows.values()):
            assert isinstance(entry.wish, Event)
            row = Row(self._new_id(), entry.op_id, entry.wish, copy=True)
            self.rows[row.remote_id] = row

    def _new_id(self) -> RemoteId:
        self._next += 1
        return RemoteId(str(self._next))


_REFUSALS = {
    "busy": Refusal.BUSY,
    "method busy": Refusal.METHOD_BUSY,
    "invalid": Refusal.INVALID,
    "sign in": Refusal.SIGN_IN,
    "stopped": Refusal.STOPPED,
}


def _refused(reason: Refusal) -> RefusedError:
    return RefusedError(reason)
