"""ChangeFeed: which stored records changed, told to whoever shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from desktop.domain.ids import AccountId


class Topic(Enum):
    """The families of records that a page may have to read again."""

    CONTACTS = "contacts"
    EVENTS = "events"
    CALENDARS = "calendars"
    ACCOUNTS = "accounts"
    OUTBOX = "outbox"
    SYNC = "sync"
    DRAFTS = "drafts"
    UNDO = "undo"
    TIMELINE = "timeline"
    """What is known of contacts beside their cards; ``uids`` are theirs."""


@dataclass(frozen=True, slots=True)
class Change:
    """Records of ``topic`` changed; ``uids`` names them, or is empty where it may be any."""

    topic: Topic
    uids: frozenset[str] = frozenset()
    account_id: AccountId | None = None


class ChangeFeed:
    """Hands each change to every listener, at once and on the calling thread: the loop's."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Change], None]] = []

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Calls ``listener`` with each change, until the returned function is called."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def publish(self, topic: Topic, *uids: str, account_id: AccountId | None = None) -> None:
        """Tells every listener; one that unsubscribes meanwhile is not disturbed."""
        change = Change(topic, frozenset(uids), account_id)
        for listener in tuple(self._listeners):
            listener(change)
