"""CalendarStore and UserStore: the lists that an account's events belong to."""

from collections.abc import Iterable
from typing import Any

from desktop.domain.account import User
from desktop.domain.event import Calendar, CalendarKind
from desktop.domain.ids import AccountId, CalendarId, UserId
from desktop.store.database import Connection


class CalendarStore:
    """Rows <-> `Calendar`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def all(self) -> tuple[Calendar, ...]:
        """Every calendar of every account, each account's in the order its server gave."""
        rows = self._db.execute(
            """SELECT id, account_id, name, color, visible, writable, is_default,
            kind, external, changeable FROM calendar ORDER BY account_id, rowid"""
        )
        return tuple(map(_calendar, rows))

    def put(self, calendar: Calendar) -> None:
        """Adds a calendar or writes it anew."""
        self._db.execute(
            """INSERT INTO calendar VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET
            account_id = excluded.account_id, name = excluded.name, color = excluded.color,
            visible = excluded.visible, writable = excluded.writable,
            is_default = excluded.is_default, kind = excluded.kind,
            external = excluded.external, changeable = excluded.changeable""",
            (
                calendar.id,
                calendar.account_id,
                calendar.name,
                calendar.color,
                calendar.visible,
                calendar.writable,
                calendar.is_default,
                calendar.kind.value,
                calendar.external,
                calendar.changeable,
            ),
        )

    def replace(self, account_id: AccountId, calendars: Iterable[Calendar]) -> None:
        """These are all the calendars of the account now."""
        self._db.execute("DELETE FROM calendar WHERE account_id = ?", (account_id,))
        for calendar in calendars:
            self.put(calendar)

    def remove_account(self, account_id: AccountId) -> None:
        """Forgets the account's calendars."""
        self.replace(account_id, ())


class UserStore:
    """Rows <-> `User`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, account_id: AccountId) -> tuple[User, ...]:
        """The colleagues on an account, in the order its server gave."""
        rows = self._db.execute(
            "SELECT id, account_id, name, email, time_zone FROM user WHERE account_id = ?"
            " ORDER BY rowid",
            (account_id,),
        )
        return tuple(User(UserId(row[0]), AccountId(row[1]), *row[2:]) for row in rows)

    def replace(self, account_id: AccountId, users: Iterable[User]) -> None:
        """These are all the colleagues on the account now."""
        self.remove_account(account_id)
        self._db.executemany(
            "INSERT OR REPLACE INTO user VALUES (?,?,?,?,?)",
            [(u.id, u.account_id, u.name, u.email, u.time_zone) for u in users],
        )

    def remove_account(self, account_id: AccountId) -> None:
        """Forgets the account's users."""
        self._db.execute("DELETE FROM user WHERE account_id = ?", (account_id,))


def _calendar(row: tuple[Any, ...]) -> Calendar:
    identity, account_id, name, color, visible, writable, is_default, kind, external, may = row
    return Calendar(
        id=CalendarId(identity),
        account_id=AccountId(account_id),
        name=name,
        color=color,
        visible=bool(visible),
        writable=bool(writable),
        is_default=bool(is_default),
        kind=CalendarKind(kind),
        external=external,
        changeable=bool(may),
    )
