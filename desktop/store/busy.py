"""BusyStore: when colleagues are busy, as their servers said it, in weeks of UTC."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from desktop.domain.availability import BusyTime, Taken
from desktop.domain.ids import AccountId, UserId
from desktop.domain.timespan import TimeSpan
from desktop.store.codec_time import from_micros, micros
from desktop.store.database import Connection

Week = int
"""A Monday, as ``date.toordinal``."""

_Row = tuple[int, int, str]
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[_Row]).decode


class BusyStore:
    """One answer per colleague and week: the newest."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(
        self,
        account_id: AccountId,
        user: UserId,
        week: Week,
        times: Iterable[BusyTime],
        at: datetime,
    ) -> None:
        """All of that week that is taken; ``at`` is when it was asked."""
        rows = [(micros(one.span.start), micros(one.span.end), one.how.value) for one in times]
        self._db.execute(
            "INSERT OR REPLACE INTO busy VALUES (?,?,?,?,?)",
            (account_id, user, week, micros(at), _encode(rows)),
        )

    def of(
        self, account_id: AccountId, user: UserId, weeks: Iterable[Week]
    ) -> dict[Week, tuple[tuple[BusyTime, ...], datetime]]:
        """What is known of these weeks, and since when; a week that was never told is left out."""
        found = {}
        for week in weeks:
            row = self._db.execute(
                "SELECT at, body FROM busy WHERE account_id = ? AND user_id = ? AND week = ?",
                (account_id, user, week),
            ).fetchone()
            if row is not None:
                found[week] = (_times(row[1]), from_micros(row[0]))
        return found

    def drop_before(self, week: Week) -> None:
        """Forgets what is long over."""
        self._db.execute("DELETE FROM busy WHERE week < ?", (week,))

    def remove_account(self, account_id: AccountId) -> None:
        """Forgets all that an account's server told."""
        self._db.execute("DELETE FROM busy WHERE account_id = ?", (account_id,))


def _times(body: bytes) -> tuple[BusyTime, ...]:
    return tuple(
        BusyTime(TimeSpan(from_micros(start), from_micros(end)), Taken(how))
        for start, end, how in _decode(body)
    )
