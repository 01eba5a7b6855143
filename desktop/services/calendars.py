"""CalendarService: the user's calendars on servers, made, renamed, recoloured and deleted."""

import re
from collections.abc import Callable
from typing import Protocol

from desktop.domain.account import Account, AccountKind
from desktop.domain.calendar_edit import LONGEST_CALENDAR_NAME, CalendarEdit
from desktop.domain.errors import Field, InvalidInputError, OfflineError
from desktop.domain.event import Calendar
from desktop.domain.ids import AccountId
from desktop.domain.sync import Verb
from desktop.store.files import StoreFiles

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


class EditsCalendars(Protocol):
    """Who changes an account's calendars."""

    @property
    def connected(self) -> bool:
        """Whether the server is likely to be reached."""
        ...

    async def carry_out(self, edit: CalendarEdit) -> None:
        """Does it now."""
        ...


class CalendarService:
    """``editor`` gives who changes an account's calendars, None while it is not connected."""

    def __init__(
        self, files: StoreFiles, editor: Callable[[AccountId], EditsCalendars | None]
    ) -> None:
        self._files = files
        self._editor = editor

    def connected(self, account_id: AccountId) -> bool:
        """Whether anything can be changed now."""
        editor = self._editor(account_id)
        return editor is not None and editor.connected

    async def places(self) -> tuple[Account, ...]:
        """The accounts whose calendars are changed here, in the order of adding."""
        accounts = await self._files.own.read(lambda own: own.accounts.all())
        return tuple(
            one
            for one in accounts
            if one.kind is AccountKind.BITRIX24 and one.capabilities.calendar
        )

    async def count(self, calendar: Calendar) -> int:
        """How many events of it are known here; a series is one."""
        account, wanted = calendar.account_id, calendar.id
        return await self._files.cache.read(lambda cache: cache.events.count_in(account, wanted))

    async def add(self, account_id: AccountId, name: str, color: str) -> None:
        """One more calendar. Raises `InvalidInputError`, `OfflineError` and refusals."""
        await self._do(account_id, CalendarEdit(Verb.CREATE, None, _name(name), _color(color)))

    async def change(self, calendar: Calendar, name: str, color: str) -> None:
        """Another name or colour, for everybody who sees it."""
        edit = CalendarEdit(Verb.UPDATE, calendar.id, _name(name), _color(color))
        await self._do(calendar.account_id, edit)

    async def delete(self, calendar: Calendar) -> None:
        """The calendar and all its events, for all who are invited to them."""
        await self._do(calendar.account_id, CalendarEdit(Verb.DELETE, calendar.id))

    async def _do(self, account_id: AccountId, edit: CalendarEdit) -> None:
        editor = self._editor(account_id)
        if editor is None:
            raise OfflineError
        await editor.carry_out(edit)


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise InvalidInputError(Field.TITLE, "empty")
    if len(name) > LONGEST_CALENDAR_NAME:
        raise InvalidInputError(Field.TITLE, "too long")
    return name


def _color(text: str) -> str:
    return text.lower() if _COLOR.fullmatch(text) else "#9cbeee"
