"""Outbox: local changes that wait to be sent, and what became of those that were."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from desktop.domain.ids import AccountId, OpId, RecordKind
from desktop.domain.sync import OpState, OutboxEntry, Verb
from desktop.store.attempts import AttemptStore
from desktop.store.codec import record_from_bytes, record_to_bytes
from desktop.store.codec_scope import scope_from_bytes, scope_to_bytes
from desktop.store.codec_time import from_micros, micros
from desktop.store.database import Connection

_FIXED = "op_id, item_uid, account_id, kind, verb, made_at"
_MOVING = (
    "wish, base, state, reason, detail, needs_seq, sends, looks, absences, was_unknown,"
    " not_before, settled_at, audits_left, scope"
)
_SELECT = f"SELECT seq, {_FIXED}, {_MOVING} FROM op"  # noqa: S608
_UNFINISHED = "state NOT IN ('done', 'discarded', 'cancelled')"


class Outbox(AttemptStore):
    """Rows <-> `OutboxEntry`, ordered by ``seq``; never by a clock."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._db = connection

    def add(self, entry: OutboxEntry) -> OutboxEntry:
        """Appends an op; gives it with its ``seq``, which no later op ever has again."""
        moving = _moving(entry)
        marks = ",".join("?" * (6 + len(moving)))
        seq = self._db.execute(
            f"INSERT INTO op ({_FIXED}, {_MOVING}) VALUES ({marks})",  # noqa: S608
            (
                entry.op_id,
                entry.item_uid,
                entry.account_id,
                entry.kind.value,
                entry.verb.value,
                micros(entry.made_at),
                *moving,
            ),
        ).lastrowid
        return replace(entry, seq=seq)

    def get(self, op_id: OpId) -> OutboxEntry | None:
        """One op, in whatever state."""
        return self._first("WHERE op_id = ?", op_id)

    def update(self, entry: OutboxEntry) -> None:
        """Writes what can change in the life of an op: all but ids, kind and order.

        The verb follows the wish, for edit + delete is one deletion.
        """
        columns = ", ".join(f"{name.strip()} = ?" for name in ("verb", *_MOVING.split(",")))
        changed = self._db.execute(
            f"UPDATE op SET {columns} WHERE op_id = ?",  # noqa: S608
            (entry.verb.value, *_moving(entry), entry.op_id),
        ).rowcount
        if changed != 1:
            raise LookupError(f"no op {entry.op_id}")

    def unfinished(self, account_id: AccountId | None = None) -> tuple[OutboxEntry, ...]:
        """What still has to happen, of one account or of all, in order."""
        if account_id is None:
            return self._many(f"WHERE {_UNFINISHED} ORDER BY seq")
        return self._many(f"WHERE {_UNFINISHED} AND account_id = ? ORDER BY seq", account_id)

    def of_item(self, uid: str) -> tuple[OutboxEntry, ...]:
        """Every op of a record, finished ones too, in order."""
        return self._many("WHERE item_uid = ? ORDER BY seq", uid)

    def newest_of_item(self, uid: str) -> OutboxEntry | None:
        """The last op of a record."""
        return self._first("WHERE item_uid = ? ORDER BY seq DESC LIMIT 1", uid)

    def by_seq(self, seq: int) -> OutboxEntry | None:
        """The op that a ``needs_seq`` names."""
        return self._first("WHERE seq = ?", seq)

    def count_unfinished(self, account_id: AccountId | None = None) -> int:
        """How many ops wait, are under way or need the user."""
        (count,) = self._db.execute(
            f"SELECT count(*) FROM op WHERE {_UNFINISHED} AND (?1 IS NULL OR account_id = ?1)",  # noqa: S608
            (account_id,),
        ).fetchone()
        return int(count)

    def due_audits(self, now: datetime) -> tuple[OutboxEntry, ...]:
        """Finished ops whose outcome has to be looked at once more by now."""
        return self._many(
            "WHERE audits_left > 0 AND state = 'done' AND coalesce(not_before, 0) <= ?"
            " ORDER BY seq",
            micros(now),
        )

    def remove_finished(self, before: datetime) -> int:
        """Forgets finished ops made before ``before``; gives how many.

        Those that are still audited, or that an unfinished op needs, stay.
        """
        removed = self._db.execute(
            f"""DELETE FROM op WHERE finished AND audits_left = 0 AND made_at < ?
            AND seq NOT IN (SELECT needs_seq FROM op
                            WHERE needs_seq IS NOT NULL AND {_UNFINISHED})""",  # noqa: S608
            (micros(before),),
        ).rowcount
        return int(removed)

    def _first(self, rest: str, *values: object) -> OutboxEntry | None:
        row = self._db.execute(f"{_SELECT} {rest}", values).fetchone()
        return None if row is None else _entry(row)

    def _many(self, rest: str, *values: object) -> tuple[OutboxEntry, ...]:
        return tuple(map(_entry, self._db.execute(f"{_SELECT} {rest}", values)))


def _moving(entry: OutboxEntry) -> tuple[object, ...]:
    return (
        record_to_bytes(entry.wish),
        record_to_bytes(entry.base),
        entry.state.value,
        entry.reason,
        entry.detail,
        entry.needs_seq,
        entry.sends,
        entry.looks,
        entry.absences,
        entry.was_unknown,
        None if entry.not_before is None else micros(entry.not_before),
        None if entry.settled_at is None else micros(entry.settled_at),
        entry.audits_left,
        scope_to_bytes(entry.scope),
    )


def _entry(row: tuple[Any, ...]) -> OutboxEntry:
    return OutboxEntry(
        seq=row[0],
        op_id=OpId(row[1]),
        item_uid=row[2],
        account_id=AccountId(row[3]),
        kind=RecordKind(row[4]),
        verb=Verb(row[5]),
        made_at=from_micros(row[6]),
        wish=record_from_bytes(row[7]),
        base=record_from_bytes(row[8]),
        state=OpState(row[9]),
        reason=row[10],
        detail=row[11],
        needs_seq=row[12],
        sends=row[13],
        looks=row[14],
        absences=row[15],
        was_unknown=bool(row[16]),
        not_before=None if row[17] is None else from_micros(row[17]),
        settled_at=None if row[18] is None else from_micros(row[18]),
        audits_left=row[19],
        scope=scope_from_bytes(row[20]),
    )
