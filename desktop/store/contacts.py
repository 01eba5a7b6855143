"""ContactStore: rows <-> `Contact`, in two layers; search."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desktop.domain.contact import Contact, ContactHit
from desktop.domain.event import DeliveryMark
from desktop.domain.ids import AccountId, ContactId, RemoteId, Revision
from desktop.domain.phonedigits import NATIONAL_LENGTH, phone_digits, same_number
from desktop.domain.ranking import Acquaintance
from desktop.domain.sync import RemoteRecord
from desktop.store.cache_schema import OWN, SERVER
from desktop.store.codec import contact_from_bytes, contact_to_bytes
from desktop.store.contact_index import ContactIndex
from desktop.store.contact_search import ContactSearch
from desktop.store.database import Connection
from desktop.store.slices import marks, sliced


@dataclass(frozen=True, slots=True)
class _Row:
    contact: Contact
    remote_id: RemoteId | None
    revision: Revision | None
    mark: DeliveryMark = DeliveryMark.SETTLED
    gone: bool = False


class ContactStore:
    """The server's copies and, over them, own contacts and unfinished wishes."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._index = ContactIndex(connection)
        self._search = ContactSearch(connection)

    def upsert(self, contacts: Iterable[Contact], layer: int = SERVER) -> None:
        """Adds contacts or writes them anew, whatever their number."""
        self._write([_Row(contact, None, None) for contact in contacts], layer)

    def upsert_records(self, records: Iterable[RemoteRecord]) -> None:
        """The same for what a server gave, whose id and revision are kept with it.

        Each record's own id is its uid already.
        """
        rows = [
            _Row(record.record, record.remote_id, record.revision)
            for record in records
            if isinstance(record.record, Contact)
        ]
        self._write(rows, SERVER)

    def put_own(self, contact: Contact, mark: DeliveryMark, *, gone: bool = False) -> None:
        """Lays a wish over the server's copy, or an own contact; ``gone`` hides it."""
        self._write([_Row(contact, None, None, mark, gone)], OWN)

    def drop_own(self, uid: str) -> None:
        """Takes the overlay off: the server's copy shows again, if there is one."""
        self._delete([uid], OWN)

    def remove(self, ids: Iterable[str]) -> None:
        """Forgets the server's copies."""
        self._delete(list(ids), SERVER)

    def remove_account(self, account_id: AccountId) -> None:
        """Forgets every contact of an account, overlays included."""
        for layer in (OWN, SERVER):
            uids = self._db.execute(
                "SELECT uid FROM contact WHERE account_id = ? AND layer = ?", (account_id, layer)
            ).fetchall()
            self._delete([uid for (uid,) in uids], layer)

    def get(self, contact_id: ContactId) -> Contact | None:
        """The contact as the screen shows it."""
        return self.many([contact_id]).get(contact_id)

    def many(self, ids: Iterable[ContactId]) -> dict[ContactId, Contact]:
        """The contacts among ``ids`` that exist, as the screen shows them."""
        found: dict[ContactId, Contact] = {}
        for part in sliced(list(ids)):
            rows = self._db.execute(
                f"""SELECT uid, body FROM contact
                WHERE shown AND NOT gone AND uid IN ({marks(part)})""",  # noqa: S608
                part,
            )
            found.update((ContactId(uid), contact_from_bytes(body)) for uid, body in rows)
        return found

    def mark_of(self, contact_id: ContactId) -> DeliveryMark:
        """How far its newest change is on its way."""
        row = self._db.execute(
            "SELECT mark FROM contact WHERE uid = ? AND shown", (contact_id,)
        ).fetchone()
        return DeliveryMark.SETTLED if row is None else DeliveryMark(row[0])

    def server_copy(self, contact_id: ContactId) -> Contact | None:
        """What the server said last, without the overlay."""
        row = self._db.execute(
            "SELECT body FROM contact WHERE uid = ? AND layer = ?", (contact_id, SERVER)
        ).fetchone()
        return None if row is None else contact_from_bytes(row[0])

    def revision_of(self, contact_id: ContactId) -> Revision | None:
        """The server's version of the copy that is kept."""
        row = self._db.execute(
            "SELECT revision FROM contact WHERE uid = ? AND layer = ?", (contact_id, SERVER)
        ).fetchone()
        return None if row is None or row[0] is None else Revision(row[0])

    def remote_ids(self, account_id: AccountId) -> dict[RemoteId, ContactId]:
        """Our id of each contact that the server is known to have."""
        rows = self._db.execute(
            "SELECT remote_id, uid FROM contact"
            " WHERE account_id = ? AND layer = ? AND remote_id IS NOT NULL",
            (account_id, SERVER),
        )
        return {RemoteId(remote): ContactId(uid) for remote, uid in rows}

    def overlays(self) -> dict[str, DeliveryMark]:
        """Which records have something of ours over them."""
        rows = self._db.execute("SELECT uid, mark FROM contact WHERE layer = ?", (OWN,))
        return {uid: DeliveryMark(mark) for uid, mark in rows}

    def count(self, account_id: AccountId | None = None) -> int:
        """How many contacts the screen can show, of one account or of all."""
        (count,) = self._db.execute(
            "SELECT count(*) FROM contact WHERE shown AND NOT gone"
            " AND (?1 IS NULL OR account_id = ?1)",
            (account_id,),
        ).fetchone()
        return int(count)

    def all(self, account_id: AccountId | None = None) -> Iterator[Contact]:
        """Every contact that the screen can show, of one account or of all."""
        rows = self._db.execute(
            "SELECT body FROM contact WHERE shown AND NOT gone"
            " AND (?1 IS NULL OR account_id = ?1) ORDER BY n",
            (account_id,),
        )
        return (contact_from_bytes(body) for (body,) in rows)

    def by_phone_digits(self, digits: str) -> tuple[Contact, ...]:
        """Whose phone rings at this number, in whatever format either is written."""
        wanted = phone_digits(digits)
        ids = self._search.with_digits((wanted[-NATIONAL_LENGTH:],))
        found = self._by_n(ids)
        return tuple(
            contact
            for contact in found
            if any(same_number(phone_digits(p.value), wanted) for p in contact.phones)
        )

    def search(
        self,
        query: str,
        *,
        limit: int = 50,
        today: date,
        pinned: frozenset[ContactId] = frozenset(),
        met: Mapping[ContactId, datetime] | None = None,
        account_id: AccountId | None = None,
    ) -> tuple[ContactHit, ...]:
        """Whom ``query`` means, the likeliest first; an empty query means nobody.

        ``met`` says when the user meets or has met somebody: it goes by days around ``today``.
        With ``account_id`` nobody of other accounts is found.
        """
        search = self._search if account_id is None else ContactSearch(self._db, account_id)
        return search.search(query, limit, Acquaintance(pinned, met or {}, today))

    def _by_n(self, ids: list[int]) -> list[Contact]:
        found: list[Contact] = []
        for part in sliced(ids):
            rows = self._db.execute(
                f"SELECT body FROM contact WHERE n IN ({marks(part)}) ORDER BY n",  # noqa: S608
                part,
            )
            found += [contact_from_bytes(body) for (body,) in rows]
        return found

    def _write(self, rows: list[_Row], layer: int) -> None:
        for part in sliced(rows):
            latest = {row.contact.id: row for row in part}
            old = self._stored(list(latest), layer)
            changed = [
                (row, body)
                for row in latest.values()
                if not _same(old.get(row.contact.id), row, body := contact_to_bytes(row.contact))
            ]
            touched = [row.contact.id for row, _body in changed]
            self._index.take_out(touched)
            self._db.executemany(
                """INSERT INTO contact
                (uid, layer, account_id, remote_id, revision, mark, gone, shown, body)
                VALUES (?,?,?,?,?,?,?,0,?) ON CONFLICT (uid, layer) DO UPDATE SET
                account_id = excluded.account_id,
                remote_id = coalesce(excluded.remote_id, remote_id),
                revision = coalesce(excluded.revision, revision),
                mark = excluded.mark, gone = excluded.gone, body = excluded.body""",
                [
                    (
                        row.contact.id,
                        layer,
                        row.contact.account_id,
                        row.remote_id,
                        row.revision,
                        row.mark.value,
                        row.gone,
                        body,
                    )
                    for row, body in changed
                ],
            )
            self._index.put_in(touched, {body: row.contact for row, body in changed})

    def _stored(self, uids: list[ContactId], layer: int) -> dict[str, tuple[Any, ...]]:
        rows = self._db.execute(
            f"""SELECT uid, remote_id, revision, mark, gone, body FROM contact
            WHERE layer = {layer:d} AND uid IN ({marks(uids)})""",  # noqa: S608
            uids,
        )
        return {row[0]: row[1:] for row in rows}

    def _delete(self, uids: list[str], layer: int) -> None:
        for part in sliced(uids):
            self._index.take_out(part)
            self._db.execute(
                f"DELETE FROM contact WHERE layer = {layer:d} AND uid IN ({marks(part)})",  # noqa: S608
                part,
            )
            self._index.put_in(part)


def _same(old: tuple[Any, ...] | None, row: _Row, body: bytes) -> bool:
    if old is None:
        return False
    remote_id, revision, mark, gone, old_body = old
    return bool(
        old_body == body
        and row.remote_id in (None, remote_id)
        and row.revision in (None, revision)
        and row.mark.value == mark
        and row.gone == bool(gone)
    )
