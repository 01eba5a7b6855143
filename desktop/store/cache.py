"""CacheTables: the families of tables in cache.db, over one connection."""

from collections.abc import Callable
from datetime import datetime

from desktop.domain.ids import AccountId
from desktop.store.busy import BusyStore
from desktop.store.calendars import CalendarStore, UserStore
from desktop.store.comments import CommentStore
from desktop.store.contacts import ContactStore
from desktop.store.cursors import CursorStore
from desktop.store.database import Connection
from desktop.store.deals import DealStore
from desktop.store.dossiers import DossierStore
from desktop.store.events import EventStore


class CacheTables:
    """What can be fetched again. Only touched on the thread that owns the connection."""

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        self.connection = connection
        self.contacts = ContactStore(connection)
        self.events = EventStore(connection, clock)
        self.comments = CommentStore(connection)
        self.dossiers = DossierStore(connection)
        self.deals = DealStore(connection)
        self.busy = BusyStore(connection)
        self.calendars = CalendarStore(connection)
        self.users = UserStore(connection)
        self.cursors = CursorStore(connection)

    def remove_account(self, account_id: AccountId) -> None:
        """Forgets all that came from an account, overlays included."""
        self.contacts.remove_account(account_id)
        self.events.remove_account(account_id)
        self.comments.remove_account(account_id)
        self.dossiers.remove_account(account_id)
        self.deals.remove_account(account_id)
        self.busy.remove_account(account_id)
        self.calendars.remove_account(account_id)
        self.users.remove_account(account_id)
        self.cursors.remove_account(account_id)
