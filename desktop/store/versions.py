"""VersionStore: earlier copies of records, so that an overwritten one can be shown again."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.sync import Record
from desktop.store.codec import record_from_bytes, record_to_bytes
from desktop.store.codec_time import from_micros, micros
from desktop.store.database import Connection


@dataclass(frozen=True, slots=True)
class Version:
    """A copy as it was; ``origin`` says whose it was: a short code of the engine."""

    uid: str
    at: datetime
    origin: str
    record: Record


class VersionStore:
    """Rows <-> `Version`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, uid: str, at: datetime, origin: str, record: Record) -> None:
        """Keeps a copy."""
        self._db.execute(
            "INSERT INTO version (item_uid, account_id, at, origin, body) VALUES (?,?,?,?,?)",
            (uid, record.account_id, micros(at), origin, record_to_bytes(record)),
        )

    def of(self, uid: str) -> tuple[Version, ...]:
        """The kept copies of a record, the oldest first."""
        rows = self._db.execute(
            "SELECT at, origin, body FROM version WHERE item_uid = ? ORDER BY id", (uid,)
        )
        return tuple(
            Version(uid, from_micros(at), origin, record)
            for at, origin, body in rows
            if (record := record_from_bytes(body)) is not None
        )
