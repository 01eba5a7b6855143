"""DossierStore: what servers know of contacts beside their cards, block by block."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from desktop.domain.crm import (
    Block,
    BlockState,
    CompanyLink,
    Deal,
    Lead,
    OwnValue,
    TimelineEntry,
)
from desktop.domain.ids import AccountId, ContactId
from desktop.store.codec_time import from_micros, micros
from desktop.store.database import Connection

T = TypeVar("T")


class Deals(msgspec.Struct):
    """The block of deals."""

    deals: tuple[Deal, ...] = ()
    leads: tuple[Lead, ...] = ()


class Companies(msgspec.Struct):
    """The block of companies."""

    companies: tuple[CompanyLink, ...] = ()


class Past(msgspec.Struct):
    """The block of the timeline, without comments: those have a table of their own."""

    entries: tuple[TimelineEntry, ...] = ()


class Fields(msgspec.Struct):
    """The block of own fields."""

    values: tuple[OwnValue, ...] = ()


Content = Deals | Companies | Past | Fields

_TYPES: dict[Block, type[Any]] = {
    Block.DEALS: Deals,
    Block.COMPANIES: Companies,
    Block.TIMELINE: Past,
    Block.FIELDS: Fields,
}
_encode = msgspec.msgpack.Encoder().encode
_DECODERS = {block: msgspec.msgpack.Decoder(kind) for block, kind in _TYPES.items()}
_NEVER = 0


@dataclass(frozen=True, slots=True)
class StoredDossier:
    """What is here of one contact."""

    deals: Deals = field(default_factory=Deals)
    companies: Companies = field(default_factory=Companies)
    past: Past = field(default_factory=Past)
    fields: Fields = field(default_factory=Fields)
    states: dict[Block, BlockState] = field(default_factory=dict)


class DossierStore:
    """The newest answer for each block, and why it is not newer."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(
        self,
        contact_id: ContactId,
        account_id: AccountId,
        block: Block,
        content: Content,
        at: datetime,
    ) -> None:
        """What a block holds now; ``at`` is when it was read."""
        self._db.execute(
            """INSERT INTO dossier VALUES (?,?,?,?,'',?) ON CONFLICT (contact_uid, block)
            DO UPDATE SET account_id = excluded.account_id, at = excluded.at, problem = '',
            body = excluded.body""",
            (contact_id, block.value, account_id, micros(at), _encode(content)),
        )

    def put_problem(
        self, contact_id: ContactId, account_id: AccountId, block: Block, problem: str
    ) -> None:
        """A block could not be read; what it held before stays, as old as it is."""
        self._db.execute(
            """INSERT INTO dossier VALUES (?,?,?,?,?,?) ON CONFLICT (contact_uid, block)
            DO UPDATE SET problem = excluded.problem""",
            (contact_id, block.value, account_id, _NEVER, problem, _encode(_TYPES[block]())),
        )

    def of(self, contact_id: ContactId) -> StoredDossier:
        """All blocks of a contact; those never read are empty and without a state."""
        rows = self._db.execute(
            "SELECT block, at, problem, body FROM dossier WHERE contact_uid = ?", (contact_id,)
        ).fetchall()
        contents: dict[Block, Any] = {}
        states: dict[Block, BlockState] = {}
        for name, at, problem, body in rows:
            block = Block(name)
            try:
                contents[block] = _DECODERS[block].decode(body)
            except msgspec.MsgspecError:
                continue  # written by another version: as good as never read
            as_of = None if at == _NEVER else from_micros(at)
            states[block] = BlockState(as_of, problem)
        return StoredDossier(
            deals=contents.get(Block.DEALS, Deals()),
            companies=contents.get(Block.COMPANIES, Companies()),
            past=contents.get(Block.TIMELINE, Past()),
            fields=contents.get(Block.FIELDS, Fields()),
            states=states,
        )

    def read_at(self, contact_id: ContactId) -> datetime | None:
        """When the oldest of its blocks was read or tried last; None: never."""
        (count, at) = self._db.execute(
            "SELECT count(*), min(at) FROM dossier WHERE contact_uid = ? AND problem = ''",
            (contact_id,),
        ).fetchone()
        return from_micros(at) if count else None

    def forget(self, contact_id: ContactId, block: Block) -> None:
        """As if a block had never been read."""
        self._db.execute(
            "DELETE FROM dossier WHERE contact_uid = ? AND block = ?", (contact_id, block.value)
        )

    def remove_account(self, account_id: AccountId) -> None:
        """Forgets all that an account's server told."""
        self._db.execute("DELETE FROM dossier WHERE account_id = ?", (account_id,))
