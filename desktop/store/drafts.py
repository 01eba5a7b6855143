"""DraftStore: meetings that are being typed."""

from desktop.domain.ids import DraftId
from desktop.domain.meeting import MeetingDraft
from desktop.store.codec import draft_from_bytes, draft_to_bytes
from desktop.store.codec_time import micros
from desktop.store.database import Connection


class DraftStore:
    """Rows <-> `MeetingDraft`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, draft: MeetingDraft) -> None:
        """Keeps a draft as it is now."""
        at = None if draft.updated_at is None else micros(draft.updated_at)
        self._db.execute(
            """INSERT INTO draft (id, updated_at, body) VALUES (?,?,?) ON CONFLICT (id)
            DO UPDATE SET updated_at = excluded.updated_at, body = excluded.body""",
            (draft.id, at, draft_to_bytes(draft)),
        )

    def get(self, draft_id: DraftId) -> MeetingDraft | None:
        """One draft."""
        row = self._db.execute("SELECT body FROM draft WHERE id = ?", (draft_id,)).fetchone()
        return None if row is None else draft_from_bytes(row[0])

    def all(self) -> tuple[MeetingDraft, ...]:
        """Every draft, the one typed in last first."""
        rows = self._db.execute("SELECT body FROM draft ORDER BY updated_at DESC, rowid DESC")
        return tuple(draft_from_bytes(body) for (body,) in rows)

    def remove(self, draft_id: DraftId) -> None:
        """Booked or thrown away."""
        self._db.execute("DELETE FROM draft WHERE id = ?", (draft_id,))
