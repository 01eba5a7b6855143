"""The small texts that services keep in store.db, because they name people or calendars."""

import json
from collections.abc import Iterable
from typing import Protocol

from desktop.domain.ids import AccountId
from desktop.store.settings import SettingStore

HIDDEN_CALENDARS = "hidden calendars"
LAST_CALENDAR = "last calendar"
PINNED_CONTACTS = "pinned contacts"
RECENT_CONTACTS = "recent contacts"
AWAITED_SEARCHES = "awaited searches"
NOTED_OUTCOMES = "noted outcomes"


def probes_name(account_id: AccountId) -> str:
    """Under which name the answers of an account's portal are kept."""
    return f"probes {account_id}"


def own_fields_name(account_id: AccountId) -> str:
    """Under which name stand the own fields that the user wants on the cards of an account."""
    return f"own fields {account_id}"


def customs_name(account_id: AccountId) -> str:
    """Under which name is kept what is usual on an account's server."""
    return f"customs {account_id}"


class KeepsTexts(Protocol):
    """`store.own.OwnTables`, as far as its texts go."""

    @property
    def settings(self) -> SettingStore:
        """The texts by name."""
        ...


def names_from(text: str | None) -> tuple[str, ...]:
    """A list of texts as `names_to` wrote it; empty for anything else."""
    try:
        names = json.loads(text or "[]")
    except ValueError:
        return ()
    return tuple(n for n in names if isinstance(n, str)) if isinstance(names, list) else ()


def names_to(names: Iterable[str]) -> str:
    """A list of texts as one text."""
    return json.dumps(list(names), ensure_ascii=False)


def drop_names_of(own: KeepsTexts, account_id: AccountId, uids: frozenset[str]) -> None:
    """Takes the records and calendars of an account that is removed out of the lists."""

    def belongs(text: str) -> bool:
        uid = text.rpartition(" ")[2]
        return uid in uids or uid.startswith(f"{account_id}:")

    for name in (HIDDEN_CALENDARS, PINNED_CONTACTS, RECENT_CONTACTS, NOTED_OUTCOMES):
        names = names_from(own.settings.get(name))
        left = [text for text in names if not belongs(text)]
        if len(left) < len(names):
            own.settings.put(name, names_to(left))
    own.settings.remove(probes_name(account_id))
    own.settings.remove(own_fields_name(account_id))
    own.settings.remove(customs_name(account_id))
    if belongs(own.settings.get(LAST_CALENDAR) or ""):
        own.settings.remove(LAST_CALENDAR)
