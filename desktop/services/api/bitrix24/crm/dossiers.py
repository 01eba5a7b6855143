"""What the portal knows of a contact beside the card: read in one request, each part on its own."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

import msgspec

from desktop.domain.crm import (
    Block,
    CompanyLink,
    Deal,
    Lead,
    OwnField,
    OwnValue,
    TimelineEntry,
    newest_first,
)
from desktop.domain.errors import AppError, OutcomeUnknownError, RefusedError, Unreachable
from desktop.domain.ids import RemoteId
from desktop.domain.sync import RemoteRecord
from desktop.services.api.bitrix24.batch import Command, Result, Value
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.contacts.companies import Companies
from desktop.services.api.bitrix24.contacts.crm_family import OLD_FAMILY, Entity, Families, Family
from desktop.services.api.bitrix24.contacts.own_fields import fields_of, value_of
from desktop.services.api.bitrix24.contacts.wire_contacts import COMPANIES
from desktop.services.api.bitrix24.crm.directories import Directories
from desktop.services.api.bitrix24.crm.wire_comment import (
    COMMENT_SELECT,
    COMMENTS,
    OWNER,
    comment_record,
)
from desktop.services.api.bitrix24.crm.wire_crm import (
    DEAL_SELECT,
    DEALS,
    LEAD_SELECT,
    LEADS,
    LINKS,
    PAST,
    PAST_SELECT,
    PastRow,
    company_links,
    deal_of,
    lead_of,
    past_entry,
)
from desktop.services.api.bitrix24.envelope import BatchReply
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.probes import NO, YES
from desktop.services.api.bitrix24.values import as_id, as_int, as_text
from desktop.services.api.bitrix24.wire import CONTACT_TYPE, each
from desktop.services.api.port import RemoteDossier

TIMELINE_SHOWN = 20
FIRMS_NAMED = 3
FIELDS_FRESH = timedelta(hours=12)
BY_BINDING = "activities by binding"
_NOBODY = 2_147_483_647
"""An id that no contact has."""
_LAST_FIRST = ("DATE_MODIFY", "DESC")

T = TypeVar("T")
_MAP = msgspec.json.Decoder(dict[str, object] | list[object])


class Dossiers:
    """Reads dossiers. What does not change from contact to contact is remembered."""

    def __init__(
        self,
        client: Bitrix24Client,
        state: PortalState,
        companies: Companies,
        families: Families,
        directories: Directories,
    ) -> None:
        self._client = client
        self._state = state
        self._companies = companies
        self._families = families
        self._directories = directories

    async def read(
        self, remote: RemoteId, fields: tuple[OwnField, ...], *, watched: bool
    ) -> RemoteDossier:
        """One contact's. Raises where nothing at all could be read."""
        cards = await self._families.of(Entity.CONTACT)
        deals = await self._families.of(Entity.DEAL)
        by_binding = await self._state.probes.find(BY_BINDING)
        commands = {
            "deals": deals.page(
                Entity.DEAL, {"CONTACT_ID": remote, "CLOSED": "N"}, DEAL_SELECT, order=_LAST_FIRST
            ),
            **_about_firms(cards, remote),
            **_about_past(remote),
            **self._directories.commands(),
        }
        if cards is OLD_FAMILY:
            commands["leads"] = _open_leads(cards, remote)
        if by_binding is None:
            commands["nobody"] = _past(RemoteId(str(_NOBODY)))
        if fields:
            names = tuple(field.name for field in fields)
            commands["own"] = cards.page(Entity.CONTACT, {"=ID": remote}, ("ID", *names))
        reply = await self._client.batch(commands, watched=watched)
        self._directories.learn(reply)
        if by_binding is None:
            by_binding = await self._learn_binding(reply)
        return await self._told(reply, remote, fields, deals, by_binding == YES, watched)

    async def _told(
        self,
        reply: BatchReply,
        remote: RemoteId,
        fields: tuple[OwnField, ...],
        deal_family: Family,
        by_binding: bool,
        watched: bool,
    ) -> RemoteDossier:
        problems: dict[Block, AppError] = {}

        def part(block: Block, empty: T, value: T | AppError) -> T:
            if isinstance(value, AppError):
                problems.setdefault(block, value)
                return empty
            return value

        deals = part(Block.DEALS, (), await self._deals(reply, remote, deal_family, watched))
        no_firms: tuple[CompanyLink, ...] = ()
        companies = part(Block.COMPANIES, no_firms, self._firms(reply))
        no_past: tuple[TimelineEntry, ...] = ()
        past = part(Block.TIMELINE, no_past, _read_past(reply, remote, by_binding))
        no_notes: tuple[RemoteRecord, ...] = ()
        comments = part(Block.TIMELINE, no_notes, self._comments(reply, remote))
        no_values: tuple[OwnValue, ...] = ()
        own = part(Block.FIELDS, no_values, await self._own(reply, remote, fields))
        if len(problems) == len(Block) or (len(problems) == len(Block) - 1 and not fields):
            raise next(iter(problems.values()))
        told = {block: problem_of(error) for block, error in problems.items()}
        leads = self._leads(reply, remote)
        return RemoteDossier(deals, leads, companies, past, comments, own, told)

    async def _deals(
        self, reply: BatchReply, remote: RemoteId, family: Family, watched: bool
    ) -> tuple[Deal, ...] | AppError:
        try:
            rows = family.reader(DEALS).rows(reply.get("deals"))
        except AppError as error:
            return error
        # A portal that ignored the filter would tell everybody's deals.
        mine = [row for row in rows if as_id(row.contact_id) == remote]
        stages = await self._directories.stages(
            {as_text(row.category_id).strip() for row in mine}, watched=watched
        )
        account = self._state.account
        return tuple(each(mine, lambda row: deal_of(row, account, stages), "deal"))

    def _leads(self, reply: BatchReply, remote: RemoteId) -> tuple[Lead, ...]:
        raw = reply.find("leads")  # a portal without leads has none
        rows = LEADS.rows(raw) if raw is not None else []
        mine = [row for row in rows if as_id(row.contact_id) == remote]
        statuses = self._directories.lead_statuses
        return tuple(each(mine, lambda row: lead_of(row, statuses), "lead"))

    def _firms(self, reply: BatchReply) -> tuple[CompanyLink, ...] | AppError:
        try:
            links = LINKS.rows(reply.get("links"))
        except AppError as error:
            return error
        for number in range(FIRMS_NAMED):
            raw = reply.find(f"firm{number}")
            row = COMPANIES.row(raw) if raw is not None else None
            if row is not None:
                self._companies.learn([row])
        return company_links(links, self._companies.titles)

    def _comments(self, reply: BatchReply, remote: RemoteId) -> tuple[RemoteRecord, ...] | AppError:
        try:
            rows = COMMENTS.rows(reply.get("notes"))
        except AppError as error:
            return error
        mine = [row for row in rows if as_id(row.entity_id) == remote]
        account = self._state.account
        return tuple(each(mine, lambda row: comment_record(row, account), "comment"))

    async def _own(
        self, reply: BatchReply, remote: RemoteId, fields: Sequence[OwnField]
    ) -> tuple[OwnValue, ...] | AppError:
        if not fields:
            return ()
        try:
            raw = reply.get("own")
        except AppError as error:
            return error
        told = _card_in(raw, remote)
        return tuple(value_of(field, told.get(field.name)) for field in fields)

    async def fields(self) -> tuple[OwnField, ...]:
        """The portal's own fields of contacts."""
        family = await self._families.of(Entity.CONTACT)
        if family is OLD_FAMILY:
            reply = await self._client.call("crm.contact.fields", {})
        else:
            query = {"entityTypeId": CONTACT_TYPE, "useOriginalUfNames": "Y"}
            reply = await self._client.call("crm.item.fields", query)
        told = _decoded(reply.result)
        described = told.get("fields", told) if isinstance(told, dict) else {}
        return fields_of(described) if isinstance(described, dict) else ()

    async def _learn_binding(self, reply: BatchReply) -> str:
        """Whether the list of activities heeds its key for bindings: nobody's must be empty."""
        raw = reply.find("nobody")
        if raw is None:
            return NO
        answer = NO if PAST.rows(raw) else YES
        await self._state.probes.learn(BY_BINDING, answer)
        return answer


def problem_of(error: AppError) -> str:
    """Why a part could not be read, as a short code."""
    if isinstance(error, RefusedError):
        return error.reason.value
    return Unreachable.NO_ANSWER.value


def _about_firms(family: Family, remote: RemoteId) -> dict[str, Command]:
    return {
        "links": Command("crm.contact.company.items.get", {"id": remote}),
        **{
            f"firm{number}": OLD_FAMILY.get(Entity.COMPANY, Result(f"links[{number}][COMPANY_ID]"))
            for number in range(FIRMS_NAMED)
            if family is OLD_FAMILY
        },
    }


def _about_past(remote: RemoteId) -> dict[str, Command]:
    where = {"ENTITY_ID": remote, "ENTITY_TYPE": OWNER}
    return {
        "past": _past(remote),
        "notes": Command(
            "crm.timeline.comment.list",
            {"filter": where, "select": COMMENT_SELECT, "order": {"ID": "DESC"}},
        ),
    }


def _past(remote: RemoteId) -> Command:
    """Activities that are bound to a contact, whoever owns them, the newest first."""
    bound: list[Value] = [{"OWNER_TYPE_ID": CONTACT_TYPE, "OWNER_ID": remote}]
    return Command(
        "crm.activity.list",
        {
            "filter": {"BINDINGS": bound},
            "select": PAST_SELECT,
            "order": {"ID": "DESC"},
            "start": -1,
        },
    )


def _open_leads(family: Family, remote: RemoteId) -> Command:
    where = {"CONTACT_ID": remote, "STATUS_SEMANTIC_ID": "P"}
    return family.page(Entity.LEAD, where, LEAD_SELECT, order=_LAST_FIRST)


def _read_past(
    reply: BatchReply, remote: RemoteId, by_binding: bool
) -> tuple[TimelineEntry, ...] | AppError:
    try:
        rows = PAST.rows(reply.get("past"))
    except AppError as error:
        return error
    unique = {as_id(row.id): row for row in rows}
    known = [row for row in unique.values() if by_binding or _owned(row, remote)]
    return newest_first(tuple(each(known, past_entry, "activity")), TIMELINE_SHOWN)


def _owned(row: PastRow, remote: RemoteId) -> bool:
    return as_int(row.owner_type_id) == CONTACT_TYPE and as_id(row.owner_id) == remote


def _card_in(raw: msgspec.Raw, remote: RemoteId) -> Mapping[str, object]:
    """The only card of a list, if it is the one that was asked for."""
    told = _decoded(raw)
    rows = told.get("items", []) if isinstance(told, dict) else told
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and as_id(row.get("ID", row.get("id"))) == remote:
            return row
    return {}


def _decoded(raw: msgspec.Raw) -> dict[str, object] | list[object]:
    try:
        told: dict[str, object] | list[object] = _MAP.decode(raw)
    except msgspec.DecodeError:
        raise OutcomeUnknownError from None
    return told
