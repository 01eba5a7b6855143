"""The calendars of accounts on this computer: kept in store.db, shown from the cache."""

import json
from collections.abc import Iterable

from desktop.domain.event import Calendar
from desktop.domain.ids import AccountId, CalendarId
from desktop.store.own import OwnTables

FIRST_COLOR = "#4F46E5"


def first_calendar(account_id: AccountId, name: str) -> Calendar:
    """The calendar that a new account on this computer begins with."""
    return Calendar(
        id=CalendarId(f"{account_id}:main"),
        account_id=account_id,
        name=name,
        color=FIRST_COLOR,
        is_default=True,
    )


def calendars_in(own: OwnTables, account_id: AccountId) -> tuple[Calendar, ...]:
    """What `keep_calendars` was given."""
    rows = json.loads(own.settings.get(_name(account_id)) or "[]")
    return tuple(
        Calendar(
            id=CalendarId(row["id"]),
            account_id=account_id,
            name=row["name"],
            color=row["color"],
            is_default=row["is_default"],
        )
        for row in rows
    )


def keep_calendars(own: OwnTables, account_id: AccountId, calendars: Iterable[Calendar]) -> None:
    """These are all the calendars of the account now."""
    rows = [
        {"id": one.id, "name": one.name, "color": one.color, "is_default": one.is_default}
        for one in calendars
    ]
    own.settings.put(_name(account_id), json.dumps(rows, ensure_ascii=False))


def drop_calendars(own: OwnTables, account_id: AccountId) -> None:
    """The account is removed."""
    own.settings.remove(_name(account_id))


def _name(account_id: AccountId) -> str:
    return f"calendars of {account_id}"
