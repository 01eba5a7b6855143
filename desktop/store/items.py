"""ItemStore: which of our records is which of a server's."""

from typing import Any

from desktop.domain.ids import AccountId, RecordKind, RemoteId, Revision
from desktop.domain.sync import Item
from desktop.store.codec import record_from_bytes, record_to_bytes
from desktop.store.database import Connection

_COLUMNS = "uid, account_id, kind, remote_id, base, base_revision, gone"


class ItemStore:
    """Rows <-> `Item`. For a local account ``base`` is the record itself."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def get(self, uid: str) -> Item | None:
        """The link of one of our records."""
        return self._one("uid = ?", uid)

    def by_remote(
        self, account_id: AccountId, kind: RecordKind, remote_id: RemoteId
    ) -> Item | None:
        """The link of a server's record."""
        return self._one(
            "account_id = ? AND kind = ? AND remote_id = ?", account_id, kind.value, remote_id
        )

    def put(self, item: Item) -> None:
        """Adds the link or writes it anew. One server id links to one record only."""
        self._db.execute(
            f"""INSERT INTO item ({_COLUMNS}) VALUES (?,?,?,?,?,?,?)
            ON CONFLICT (uid) DO UPDATE SET account_id = excluded.account_id,
            kind = excluded.kind, remote_id = excluded.remote_id, base = excluded.base,
            base_revision = excluded.base_revision, gone = excluded.gone""",  # noqa: S608
            (
                item.uid,
                item.account_id,
                item.kind.value,
                item.remote_id,
                record_to_bytes(item.base),
                item.base_revision,
                item.gone,
            ),
        )

    def remove(self, uid: str) -> None:
        """Forgets the link; ops of it stay."""
        self._db.execute("DELETE FROM item WHERE uid = ?", (uid,))

    def of_account(self, account_id: AccountId, kind: RecordKind | None = None) -> tuple[Item, ...]:
        """Every link of an account, in the order of making."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM item WHERE account_id = ?1 AND (?2 IS NULL OR kind = ?2)"  # noqa: S608
            " ORDER BY rowid",
            (account_id, None if kind is None else kind.value),
        )
        return tuple(map(_item, rows))

    def links(self, account_id: AccountId) -> dict[tuple[RecordKind, RemoteId], str]:
        """Our uid of each server record that is linked."""
        rows = self._db.execute(
            "SELECT kind, remote_id, uid FROM item WHERE account_id = ? AND remote_id IS NOT NULL",
            (account_id,),
        )
        return {(RecordKind(kind), RemoteId(remote)): uid for kind, remote, uid in rows}

    def _one(self, condition: str, *values: str) -> Item | None:
        row = self._db.execute(
            f"SELECT {_COLUMNS} FROM item WHERE {condition}",  # noqa: S608
            values,
        ).fetchone()
        return None if row is None else _item(row)


def _item(row: tuple[Any, ...]) -> Item:
    uid, account_id, kind, remote_id, base, base_revision, gone = row
    return Item(
        uid=uid,
        account_id=AccountId(account_id),
        kind=RecordKind(kind),
        remote_id=None if remote_id is None else RemoteId(remote_id),
        base=record_from_bytes(base),
        base_revision=None if base_revision is None else Revision(base_revision),
        gone=bool(gone),
    )
