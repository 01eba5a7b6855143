"""CommentStore: rows <-> `Comment`, in two layers, by contact."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from desktop.domain.comment import Comment
from desktop.domain.event import DeliveryMark
from desktop.domain.ids import AccountId, CommentId, ContactId, RemoteId
from desktop.domain.sync import RemoteRecord
from desktop.store.cache_schema import OWN, SERVER
from desktop.store.codec import record_from_bytes, record_to_bytes
from desktop.store.database import Connection
from desktop.store.slices import marks, sliced


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment as a timeline shows it."""

    comment: Comment
    mark: DeliveryMark = DeliveryMark.SETTLED


class CommentStore:
    """The server's comments and, over them, those that are on their way."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def upsert_records(self, records: Iterable[RemoteRecord]) -> None:
        """Adds what a server gave, or writes it anew. Each record's own id is its uid already."""
        for record in records:
            if isinstance(record.record, Comment):
                self._put(record.record, SERVER, record.remote_id)

    def replace_of(
        self,
        contact_id: ContactId,
        records: Iterable[RemoteRecord],
        keep: AbstractSet[str] = frozenset(),
    ) -> None:
        """The server's newest comments of a contact: those that it had before are forgotten.

        ``keep`` names those that may have come after the question.
        """
        rows = self._db.execute(
            "SELECT uid FROM comment WHERE contact_uid = ? AND layer = ?", (contact_id, SERVER)
        ).fetchall()
        self.remove(uid for (uid,) in rows if uid not in keep)
        self.upsert_records(records)

    def put_own(self, comment: Comment, mark: DeliveryMark, *, gone: bool = False) -> None:
        """Lays a wish over the server's copy, or an own comment; ``gone`` hides it."""
        self._put(comment, OWN, None, mark, gone=gone)

    def drop_own(self, uid: str) -> None:
        """Takes the overlay off: the server's copy shows again, if there is one."""
        self._db.execute("DELETE FROM comment WHERE uid = ? AND layer = ?", (uid, OWN))

    def remove(self, uids: Iterable[str]) -> None:
        """Forgets the server's copies."""
        for part in sliced(list(uids)):
            self._db.execute(
                f"DELETE FROM comment WHERE layer = {SERVER:d} AND uid IN ({marks(part)})",  # noqa: S608
                part,
            )

    def remove_account(self, account_id: AccountId) -> None:
        """Forgets every comment of an account, overlays included."""
        self._db.execute("DELETE FROM comment WHERE account_id = ?", (account_id,))

    def get(self, comment_id: CommentId) -> Comment | None:
        """The comment as the screen shows it."""
        row = self._db.execute(
            "SELECT gone, body FROM comment WHERE uid = ? ORDER BY layer DESC LIMIT 1",
            (comment_id,),
        ).fetchone()
        return None if row is None or row[0] else _comment(row[1])

    def of_contact(self, contact_id: ContactId) -> tuple[CommentLine, ...]:
        """A contact's comments as the screen shows them, in no order."""
        rows = self._db.execute(
            "SELECT uid, mark, gone, body FROM comment WHERE contact_uid = ? ORDER BY layer",
            (contact_id,),
        ).fetchall()
        shown = {uid: (mark, gone, body) for uid, mark, gone, body in rows}
        lines = []
        for mark, gone, body in shown.values():
            comment = _comment(body)
            if not gone and comment is not None:
                lines.append(CommentLine(comment, DeliveryMark(mark)))
        return tuple(lines)

    def contacts_of(self, uids: Iterable[str]) -> frozenset[ContactId]:
        """In whose timelines these comments stand."""
        found: set[ContactId] = set()
        for part in sliced(list(uids)):
            rows = self._db.execute(
                f"SELECT contact_uid FROM comment WHERE uid IN ({marks(part)})",  # noqa: S608
                part,
            )
            found |= {ContactId(uid) for (uid,) in rows}
        return frozenset(found)

    def overlays(self) -> dict[str, DeliveryMark]:
        """Which comments have something of ours over them."""
        rows = self._db.execute("SELECT uid, mark FROM comment WHERE layer = ?", (OWN,))
        return {uid: DeliveryMark(mark) for uid, mark in rows}

    def _put(
        self,
        comment: Comment,
        layer: int,
        remote_id: RemoteId | None,
        mark: DeliveryMark = DeliveryMark.SETTLED,
        *,
        gone: bool = False,
    ) -> None:
        self._db.execute(
            """INSERT INTO comment VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (uid, layer) DO UPDATE SET
            account_id = excluded.account_id, contact_uid = excluded.contact_uid,
            remote_id = coalesce(excluded.remote_id, remote_id),
            mark = excluded.mark, gone = excluded.gone, body = excluded.body""",
            (
                comment.id,
                layer,
                comment.account_id,
                comment.contact,
                remote_id,
                mark.value,
                gone,
                record_to_bytes(comment),
            ),
        )


def _comment(body: bytes) -> Comment | None:
    record = record_from_bytes(body)
    return record if isinstance(record, Comment) else None
