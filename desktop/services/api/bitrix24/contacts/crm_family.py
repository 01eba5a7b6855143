"""The two families of CRM methods behind one face: ``crm.contact.*`` and ``crm.item.*``.

The old family reads faster, since one light ``select`` brings all phones; it is used wherever the
portal has it. Rows of the new one are told in the old one's names.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Generic, Protocol, TypeVar

import msgspec

from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.services.api.bitrix24.batch import PAGE, Command, Result, Value
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.contacts.crm_names import (
    new_fields,
    new_key,
    new_name,
    new_select,
    old_row,
)
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.wire import RowReader

R = TypeVar("R")

OLD, NEW = "crm.contact", "crm.item"
PROBE = "family of CRM methods"
_ITEM_LIST = "crm.item.list"
_ITEMS = msgspec.json.Decoder(dict[str, msgspec.Raw] | list[msgspec.Raw])
_ONE = msgspec.json.Decoder(dict[str, object])


class Entity(Enum):
    """What the CRM keeps cards of; the number is its ``entityTypeId``."""

    LEAD = 1
    DEAL = 2
    CONTACT = 3
    COMPANY = 4

    @property
    def word(self) -> str:
        """How the old family's methods call it."""
        return self.name.lower()


class Rows(Protocol[R]):
    """Reads rows of one type, whichever family sent them."""

    def rows(self, raw: msgspec.Raw) -> list[R]:
        """The rows that could be read."""
        ...

    def counted(self, raw: msgspec.Raw) -> tuple[list[R], int]:
        """The rows that could be read, and how many there were."""
        ...

    def row(self, raw: msgspec.Raw) -> R | None:
        """One row, or None where there is none."""
        ...


class Family(Protocol):
    """How one family is asked and read. Names of fields are the old family's."""

    def get(self, entity: Entity, number: Value) -> Command:
        """Reads one card."""
        ...

    def page(
        self,
        entity: Entity,
        where: Mapping[str, Value],
        select: Sequence[str],
        *,
        order: tuple[str, str] = ("ID", "ASC"),
        start: int = -1,
    ) -> Command:
        """Reads one page of cards; ``start`` -1: without counting them."""
        ...

    def last_id(self, name: str) -> Result:
        """The id in the last row of a full page that an earlier command read."""
        ...

    def field(self, name: str, field: str) -> Result:
        """A field of the card that an earlier command got."""
        ...

    def reader(self, rows: RowReader[R]) -> Rows[R]:
        """``rows`` for the answers of this family."""
        ...

    async def add(self, client: Bitrix24Client, entity: Entity, fields: dict[str, object]) -> str:
        """Makes a card; its id."""
        ...

    async def update(
        self, client: Bitrix24Client, entity: Entity, number: str, fields: dict[str, object]
    ) -> None:
        """Changes the given fields."""
        ...

    async def delete(self, client: Bitrix24Client, entity: Entity, number: str) -> None:
        """Deletes a card."""
        ...


class OldFamily:
    """``crm.<entity>.get``, ``list``, ``add``, ``update``, ``delete``."""

    def get(self, entity: Entity, number: Value) -> Command:
        """Reads one card."""
        return Command(f"crm.{entity.word}.get", {"id": number})

    def page(
        self,
        entity: Entity,
        where: Mapping[str, Value],
        select: Sequence[str],
        *,
        order: tuple[str, str] = ("ID", "ASC"),
        start: int = -1,
    ) -> Command:
        """Reads one page of cards."""
        by, way = order
        return Command(
            f"crm.{entity.word}.list",
            {"filter": dict(where), "order": {by: way}, "select": list(select), "start": start},
        )

    def last_id(self, name: str) -> Result:
        """The id in the last row of a full page."""
        return Result(f"{name}[{PAGE - 1}][ID]")

    def field(self, name: str, field: str) -> Result:
        """A field of a card."""
        return Result(f"{name}[{field}]")

    def reader(self, rows: RowReader[R]) -> Rows[R]:
        """The rows come as they are."""
        return rows

    async def add(self, client: Bitrix24Client, entity: Entity, fields: dict[str, object]) -> str:
        """Makes a card; its id."""
        return await client.card_add(f"crm.{entity.word}.add", {"fields": fields})

    async def update(
        self, client: Bitrix24Client, entity: Entity, number: str, fields: dict[str, object]
    ) -> None:
        """Changes the given fields."""
        await client.card_change(f"crm.{entity.word}.update", {"id": int(number), "fields": fields})

    async def delete(self, client: Bitrix24Client, entity: Entity, number: str) -> None:
        """Deletes; may time out although it works."""
        await client.card_change(f"crm.{entity.word}.delete", {"id": int(number)})


class NewFamily:
    """``crm.item.*`` with an ``entityTypeId``."""

    def get(self, entity: Entity, number: Value) -> Command:
        """Reads one card."""
        return Command(
            "crm.item.get",
            {"entityTypeId": entity.value, "id": number, "useOriginalUfNames": "Y"},
        )

    def page(
        self,
        entity: Entity,
        where: Mapping[str, Value],
        select: Sequence[str],
        *,
        order: tuple[str, str] = ("ID", "ASC"),
        start: int = -1,
    ) -> Command:
        """Reads one page of cards."""
        by, way = order
        return Command(
            _ITEM_LIST,
            {
                "entityTypeId": entity.value,
                "filter": {new_key(key): value for key, value in where.items()},
                "order": {new_name(by): way},
                "select": new_select(select),
                "start": start,
                "useOriginalUfNames": "Y",
            },
        )

    def last_id(self, name: str) -> Result:
        """The id in the last row of a full page."""
        return Result(f"{name}[items][{PAGE - 1}][id]")

    def field(self, name: str, field: str) -> Result:
        """A field of a card."""
        return Result(f"{name}[item][{new_name(field)}]")

    def reader(self, rows: RowReader[R]) -> Rows[R]:
        """Unpacks and renames what comes."""
        return _Renaming(rows)

    async def add(self, client: Bitrix24Client, entity: Entity, fields: dict[str, object]) -> str:
        """Makes a card; its id."""
        wanted = {"fields": new_fields(fields, adding=True), "useOriginalUfNames": "Y"}
        return await client.card_add("crm.item.add", {"entityTypeId": entity.value, **wanted})

    async def update(
        self, client: Bitrix24Client, entity: Entity, number: str, fields: dict[str, object]
    ) -> None:
        """Changes the given fields."""
        wanted = {"fields": new_fields(fields, adding=False), "useOriginalUfNames": "Y"}
        await client.card_change(
            "crm.item.update", {"entityTypeId": entity.value, "id": int(number), **wanted}
        )

    async def delete(self, client: Bitrix24Client, entity: Entity, number: str) -> None:
        """Deletes; it answers an empty list."""
        await client.call("crm.item.delete", {"entityTypeId": entity.value, "id": int(number)})


class _Renaming(Generic[R]):
    """Rows of the new family for a reader of the old one's."""

    def __init__(self, rows: RowReader[R]) -> None:
        self._rows = rows

    def rows(self, raw: msgspec.Raw) -> list[R]:
        return self.counted(raw)[0]

    def counted(self, raw: msgspec.Raw) -> tuple[list[R], int]:
        return self._rows.counted(_raw([_renamed(part) for part in _items(raw)]))

    def row(self, raw: msgspec.Raw) -> R | None:
        told = _decoded(raw)
        item = told.get("item") if isinstance(told, dict) else None
        return None if item is None else self._rows.row(_raw(_renamed(item)))


def _items(raw: msgspec.Raw) -> list[msgspec.Raw]:
    told = _decoded(raw)
    items = told.get("items") if isinstance(told, dict) else None
    if items is None:
        return []  # an empty map comes as an empty list
    parts = _decoded(items)
    return list(parts.values()) if isinstance(parts, dict) else parts


def _decoded(raw: msgspec.Raw) -> dict[str, msgspec.Raw] | list[msgspec.Raw]:
    try:
        told: dict[str, msgspec.Raw] | list[msgspec.Raw] = _ITEMS.decode(raw)
    except msgspec.DecodeError:
        raise OutcomeUnknownError from None
    return told


def _renamed(raw: msgspec.Raw) -> object:
    try:
        return old_row(_ONE.decode(raw))
    except msgspec.DecodeError:
        return None  # no record at all: the reader skips it


def _raw(value: object) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))


OLD_FAMILY: Family = OldFamily()
NEW_FAMILY: Family = NewFamily()


class Families:
    """Which family an account's portal has, asked once and remembered."""

    def __init__(self, client: Bitrix24Client, state: PortalState) -> None:
        self._client = client
        self._state = state

    async def of(self, entity: Entity = Entity.CONTACT) -> Family:
        """The family to use for ``entity``."""
        known = self._state.available
        method = "crm.deal.list" if entity is Entity.DEAL else "crm.contact.list"
        if not known or method in known or _ITEM_LIST not in known:
            return OLD_FAMILY
        answer = await self._state.probes.ask(PROBE, self._probe)
        return NEW_FAMILY if answer == NEW else OLD_FAMILY

    async def _probe(self) -> str:
        """The new family will do where it tells whole lists of phones, which it long did not."""
        query = {"entityTypeId": Entity.CONTACT.value, "select": ["*"], "start": -1}
        try:
            reply = await self._client.call(_ITEM_LIST, query)
        except RefusedError as error:
            if error.reason is Refusal.UNSUPPORTED:
                return OLD
            raise
        items = _items(reply.result)
        return NEW if not items or "fm" in _ONE.decode(items[0]) else OLD
