"""How far the series that we expand ourselves are in the table of occurrences."""

from datetime import UTC, datetime, timedelta

from desktop.domain.timespan import TimeSpan
from desktop.store.database import Connection

SINGLE, LOCAL_SERIES, SERVER_SERIES = 0, 1, 2
"""Who expands an event: nobody, we, its server."""

_BACK = timedelta(days=366)
_AHEAD = timedelta(days=2 * 366)
_RENEW_AFTER = timedelta(days=60)


def horizon(db: Connection) -> tuple[int, int] | None:
    """Seconds since 1970 between which the table is complete; None: no series was ever stored."""
    row = db.execute("SELECT value FROM fact WHERE name = 'horizon'").fetchone()
    if row is None:
        return None
    start, end = str(row[0]).split()
    return int(start), int(end)


def horizon_span(db: Connection) -> TimeSpan | None:
    """The same as a span."""
    known = horizon(db)
    if known is None:
        return None
    return TimeSpan(*(datetime.fromtimestamp(second, UTC) for second in known))


def set_horizon(db: Connection, now: datetime) -> TimeSpan:
    """From a year back to two years ahead."""
    start, end = (int((now + shift).timestamp()) for shift in (-_BACK, _AHEAD))
    db.execute("INSERT OR REPLACE INTO fact VALUES ('horizon', ?)", (f"{start} {end}",))
    return TimeSpan(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))


def is_old(db: Connection, now: datetime) -> bool:
    """Whether time has gone on so far that the table should be written on."""
    known = horizon(db)
    return known is not None and known[1] < int((now + _AHEAD - _RENEW_AFTER).timestamp())
