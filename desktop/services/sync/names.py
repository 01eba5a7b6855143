"""Names: which of our records a server's row is, and how ours are called over there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from desktop.domain.comment import Comment
from desktop.domain.contact import Contact
from desktop.domain.event import Event
from desktop.domain.ids import (
    AccountId,
    CommentId,
    ContactId,
    EventId,
    OpId,
    RecordKind,
    RemoteId,
    server_uid,
)
from desktop.domain.sync import OutboxEntry, Record, RemoteRecord, Scope


@dataclass(frozen=True)
class Names:
    """The links of one account. Adapters speak in `server_uid`; the rest of Parley in uids."""

    account_id: AccountId
    links: Mapping[tuple[RecordKind, RemoteId], str]
    markers: Mapping[OpId, str]
    """Items whose create is on its way, by the marker that it carries."""

    def uid_of(self, row: RemoteRecord) -> str:
        """Our uid of a server's row: its link, its marker, or the one every machine would give."""
        linked = self.links.get((row.kind, row.remote_id))
        if linked is not None:
            return linked
        marked = None if row.marker is None else self.markers.get(row.marker)
        return marked or server_uid(self.account_id, row.kind, row.remote_id)

    def uid_at(self, kind: RecordKind, remote_id: RemoteId) -> str:
        """Our uid of the row with this id."""
        linked = self.links.get((kind, remote_id))
        return linked or server_uid(self.account_id, kind, remote_id)

    def address_of(self, uid: str) -> tuple[RecordKind, RemoteId] | None:
        """The server's row of one of our uids; None for what was never there."""
        return self._addresses.get(uid) or address_in(self.account_id, uid)

    def to_local(self, row: RemoteRecord) -> RemoteRecord:
        """The row, its record told in our uids."""
        return replace(row, record=self._renamed(row.record, self.uid_of(row), self._local))

    def to_remote(self, entry: OutboxEntry) -> OutboxEntry:
        """The op, its records told in the server's ids wherever they are known."""
        return replace(
            entry,
            wish=None if entry.wish is None else self._outward(entry.wish),
            base=None if entry.base is None else self._outward(entry.base),
            scope=None if entry.scope is None else self._scope(entry.scope),
        )

    def _scope(self, scope: Scope) -> Scope:
        master = self._outward(scope.master)
        return replace(scope, master=master) if isinstance(master, Event) else scope

    def _outward(self, record: Record) -> Record:
        return self._renamed(record, self._remote.get(record.id, record.id), self._remote)

    @cached_property
    def _addresses(self) -> dict[str, tuple[RecordKind, RemoteId]]:
        return {uid: address for address, uid in self.links.items()}

    @cached_property
    def _local(self) -> dict[str, str]:
        """Only where the two differ: most records are called the same on both sides."""
        return {
            server: uid
            for (kind, remote_id), uid in self.links.items()
            if (server := server_uid(self.account_id, kind, remote_id)) != uid
        }

    @cached_property
    def _remote(self) -> dict[str, str]:
        return {uid: server for server, uid in self._local.items()}

    @staticmethod
    def _renamed(record: Record, uid: str, table: Mapping[str, str]) -> Record:
        if isinstance(record, Contact):
            return record if record.id == uid else replace(record, id=ContactId(uid))
        if isinstance(record, Comment):
            contact, about = table.get(record.contact, record.contact), record.about
            return replace(
                record,
                id=CommentId(uid),
                contact=ContactId(contact),
                about=None if about is None else EventId(table.get(about, about)),
            )
        contacts = record.contacts
        if any(contact in table for contact in contacts):
            contacts = tuple(ContactId(table.get(one, one)) for one in contacts)
        series = record.series_id
        if series is not None:
            series = EventId(table.get(series, series))
        if (record.id, record.contacts, record.series_id) == (uid, contacts, series):
            return record
        return replace(record, id=EventId(uid), contacts=contacts, series_id=series)


def address_in(account_id: AccountId, uid: str) -> tuple[RecordKind, RemoteId] | None:
    """Reads a `server_uid` back; None for any other uid, or another account's."""
    for kind in RecordKind:
        head = server_uid(account_id, kind, RemoteId(""))
        if uid.startswith(head) and len(uid) > len(head):
            return kind, RemoteId(uid[len(head) :])
    return None
