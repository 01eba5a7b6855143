"""What all wire readers share: rows of which one may be hostile, and the owner's letters."""

import logging
from collections.abc import Callable, Iterable
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from desktop.domain.errors import OutcomeUnknownError
from desktop.domain.ids import (
    AccountId,
    CalendarId,
    ContactId,
    RecordKind,
    RemoteId,
    UserId,
    server_uid,
)
from desktop.services.api.bitrix24.values import as_id

CONTACT_TYPE = 3
ORIGINATOR = "parley"
OWNER_LETTERS = {1: "L", 2: "D", 3: "C", 4: "CO"}

_HOSTILE = (ValueError, TypeError, OverflowError, ArithmeticError, LookupError)
_log = logging.getLogger(__name__)


class Row(Protocol):
    """Whatever has an id."""

    id: object


R = TypeVar("R")
W = TypeVar("W", bound=Row)
V = TypeVar("V")


class RowReader(Generic[R]):
    """Decodes a list of rows at once, and one by one where one of them is not a row at all."""

    def __init__(self, row_type: type[R]) -> None:
        self._all = msgspec.json.Decoder(list[row_type])  # type: ignore[valid-type]
        self._one = msgspec.json.Decoder(row_type)
        self._raw = msgspec.json.Decoder(list[msgspec.Raw] | dict[str, msgspec.Raw])

    def rows(self, raw: msgspec.Raw) -> list[R]:
        """The rows that could be read. Raises `OutcomeUnknownError` where it is no list."""
        return self.counted(raw)[0]

    def thrifty(self, raw: msgspec.Raw) -> list[R]:
        """As `rows`, for a long list that is kept for a while: of equal texts only one is kept.

        Most of what a portal says of an event it says of every event; one after the other they
        need half the memory. Takes longer: off the loop.
        """
        rows, _count = self._one_by_one(raw)
        return rows

    def counted(self, raw: msgspec.Raw) -> tuple[list[R], int]:
        """The rows that could be read, and how many there were: a page is full or it is not."""
        try:
            rows = self._all.decode(raw)
        except msgspec.DecodeError:
            return self._one_by_one(raw)
        return rows, len(rows)

    def row(self, raw: msgspec.Raw) -> R | None:
        """One row, or None for null, false and an empty list."""
        try:
            return self._one.decode(raw)
        except msgspec.DecodeError:
            return None

    def _one_by_one(self, raw: msgspec.Raw) -> tuple[list[R], int]:
        try:
            parts = self._raw.decode(raw)
        except msgspec.DecodeError:
            raise OutcomeUnknownError from None
        rows = []
        known: dict[str, str] = {}
        for part in parts.values() if isinstance(parts, dict) else parts:
            row = self.row(part)
            if row is not None:
                _share(row, known)
                rows.append(row)
            else:
                _log.warning("skipped something that is no record")
        return rows, len(parts)


def _share(row: Any, known: dict[str, str]) -> None:
    for name in row.__struct_fields__:
        value = getattr(row, name)
        if type(value) is str:
            shared = known.setdefault(value, value)
            if shared is not value:
                setattr(row, name, shared)


def each(rows: Iterable[W], read: Callable[[W], V | None], what: str) -> list[V]:
    """Every row's value; a row that cannot be read is left out and logged by its id alone."""
    values = []
    for row in rows:
        try:
            value = read(row)
        except _HOSTILE as error:
            _log.warning("skipped %s %s: %s", what, as_id(row.id) or "?", type(error).__name__)
            continue
        if value is not None:
            values.append(value)
    return values


def contact_id(account: AccountId, remote: str) -> ContactId:
    """The local id of a contact first seen on the portal."""
    return ContactId(server_uid(account, RecordKind.CONTACT, RemoteId(remote)))


def calendar_id(account: AccountId, section: str) -> CalendarId:
    """The local id of one of the portal's calendars."""
    return CalendarId(f"{account}:{section}")


def section_of(calendar: CalendarId) -> int | None:
    """The portal's number of a calendar; None for those that exist here only."""
    number = as_id(str(calendar).rpartition(":")[2])
    return int(number) if number else None


def calls_calendar(account: AccountId) -> CalendarId:
    """Where calls stand, and meetings whose calendar event is not to be seen."""
    return CalendarId(f"{account}:calls")


def others_calendar(account: AccountId) -> CalendarId:
    """Where stands what the user booked for colleagues."""
    return CalendarId(f"{account}:others")


def user_number(user: UserId | None) -> int | None:
    """The portal's number of a user; None where it is none."""
    number = as_id(str(user).rpartition(":")[2]) if user is not None else ""
    return int(number) if number else None
