"""The blocks of a dossier as bytes, and back: deals, companies, the past, own fields."""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

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
from desktop.store.dossiers import DossierStore


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
_DECODE_DEAL = msgspec.msgpack.Decoder(Deal).decode
_DECODERS = {block: msgspec.msgpack.Decoder(kind) for block, kind in _TYPES.items()}


@dataclass(frozen=True, slots=True)
class StoredDossier:
    """What is here of one contact."""

    deals: Deals = field(default_factory=Deals)
    companies: Companies = field(default_factory=Companies)
    past: Past = field(default_factory=Past)
    fields: Fields = field(default_factory=Fields)
    states: dict[Block, BlockState] = field(default_factory=dict)


def deal_to_bytes(deal: Deal) -> bytes:
    """A deal for `DealStore`."""
    return _encode(deal)


def deals_of(bodies: Iterable[bytes]) -> tuple[Deal, ...]:
    """The deals that `deal_to_bytes` was given; what another version wrote is left out."""
    deals = []
    for body in bodies:
        with contextlib.suppress(msgspec.MsgspecError):
            deals.append(_DECODE_DEAL(body))
    return tuple(deals)


def replace_deals(block: Deals, deals: tuple[Deal, ...]) -> Deals:
    """The block with other deals."""
    return msgspec.structs.replace(block, deals=deals)


def put_block(
    store: DossierStore,
    contact_id: ContactId,
    account_id: AccountId,
    block: Block,
    content: Content,
    at: datetime,
) -> None:
    """What a block holds now; ``at`` is when it was read."""
    store.put(contact_id, account_id, block.value, _encode(content), at)


def dossier_of(store: DossierStore, contact_id: ContactId) -> StoredDossier:
    """All blocks of a contact; those never read are empty and without a state."""
    contents: dict[Block, Any] = {}
    states: dict[Block, BlockState] = {}
    for row in store.rows(contact_id):
        block = Block(row.block)
        states[block] = BlockState(row.at, row.problem)
        if row.at is None:
            continue
        try:
            contents[block] = _DECODERS[block].decode(row.body)
        except msgspec.MsgspecError:
            del states[block]  # written by another version: as good as never read
    return StoredDossier(
        deals=contents.get(Block.DEALS, Deals()),
        companies=contents.get(Block.COMPANIES, Companies()),
        past=contents.get(Block.TIMELINE, Past()),
        fields=contents.get(Block.FIELDS, Fields()),
        states=states,
    )
