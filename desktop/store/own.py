"""OwnTables: the families of tables in store.db, over one connection."""

from desktop.store.accounts import AccountStore
from desktop.store.conflicts import ConflictStore
from desktop.store.database import Connection
from desktop.store.drafts import DraftStore
from desktop.store.items import ItemStore
from desktop.store.outbox import Outbox
from desktop.store.settings import SettingStore
from desktop.store.undo import UndoStore
from desktop.store.versions import VersionStore


class OwnTables:
    """What cannot be fetched again. Only touched on the thread that owns the connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.accounts = AccountStore(connection)
        self.items = ItemStore(connection)
        self.outbox = Outbox(connection)
        self.conflicts = ConflictStore(connection)
        self.versions = VersionStore(connection)
        self.drafts = DraftStore(connection)
        self.settings = SettingStore(connection)
        self.undo = UndoStore(connection)

    def check(self) -> tuple[str, ...]:
        """What of the outbox does not hold, in words for a failing test; empty when all does."""
        faults = [
            f"dangling {row[0]}" for row in self.connection.execute("PRAGMA foreign_key_check")
        ]
        faults += [
            f"op {seq} needs the later {needs}"
            for seq, needs in self.connection.execute(
                "SELECT seq, needs_seq FROM op WHERE needs_seq >= seq"
            )
        ]
        faults += [
            f"finished create {op_id} has no server id"
            for (op_id,) in self.connection.execute(
                """SELECT op.op_id FROM op JOIN account ON account.id = op.account_id
                LEFT JOIN item ON item.uid = op.item_uid
                WHERE op.verb = 'create' AND op.state = 'done' AND account.kind <> 'local'
                AND item.uid IS NOT NULL AND item.remote_id IS NULL AND NOT item.gone"""
            )
        ]
        return tuple(faults)
