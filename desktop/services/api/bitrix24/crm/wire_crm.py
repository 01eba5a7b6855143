"""Deals, leads, companies and the past of a contact: the portal's rows as values."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from desktop.domain.crm import CompanyLink, Deal, Lead, TimelineEntry, TimelineKind
from desktop.domain.ids import AccountId, DealId, RemoteId
from desktop.services.api.bitrix24.plain import one_line
from desktop.services.api.bitrix24.values import as_flag, as_id, as_int, as_text, instant
from desktop.services.api.bitrix24.wire import RowReader

DEAL_SELECT = (
    "ID",
    "TITLE",
    "CATEGORY_ID",
    "STAGE_ID",
    "CONTACT_ID",
    "OPPORTUNITY",
    "CURRENCY_ID",
    "CLOSED",
    "DATE_MODIFY",
)
LEAD_SELECT = ("ID", "TITLE", "STATUS_ID", "STATUS_SEMANTIC_ID", "CONTACT_ID", "DATE_MODIFY")
PAST_SELECT = (
    "ID",
    "OWNER_ID",
    "OWNER_TYPE_ID",
    "TYPE_ID",
    "PROVIDER_ID",
    "SUBJECT",
    "START_TIME",
    "DEADLINE",
    "CREATED",
    "COMPLETED",
    "DIRECTION",
    "RESPONSIBLE_ID",
)
PAST_TYPES = {
    1: TimelineKind.MEETING,
    2: TimelineKind.CALL,
    3: TimelineKind.TASK,
    4: TimelineKind.EMAIL,
}
_PROVIDERS = {
    "CRM_TODO": TimelineKind.TASK,
    "CRM_TASKS_TASK": TimelineKind.TASK,
    "CRM_TASKS_TASK_COMMENT": TimelineKind.TASK,
    "CRM_EMAIL": TimelineKind.EMAIL,
    "CONFIGURABLE_REST_APP": TimelineKind.MEETING,
}
_INCOMING = 1
_LONGEST_AMOUNT = 24
_NOON = 12


class DealRow(msgspec.Struct, rename="upper"):
    """A deal as it comes; any value may have any type."""

    id: Any = None
    title: Any = None
    category_id: Any = None
    stage_id: Any = None
    contact_id: Any = None
    opportunity: Any = None
    currency_id: Any = None
    closed: Any = None
    date_modify: Any = None


class LeadRow(msgspec.Struct, rename="upper"):
    """A lead as it comes."""

    id: Any = None
    title: Any = None
    status_id: Any = None
    status_semantic_id: Any = None
    contact_id: Any = None
    date_modify: Any = None


class LinkRow(msgspec.Struct, rename="upper"):
    """What ties a contact to a company."""

    id: Any = None
    company_id: Any = None
    sort: Any = None
    is_primary: Any = None


class PastRow(msgspec.Struct, rename="upper"):
    """An activity, as far as a timeline tells it."""

    id: Any = None
    owner_id: Any = None
    owner_type_id: Any = None
    type_id: Any = None
    provider_id: Any = None
    subject: Any = None
    start_time: Any = None
    deadline: Any = None
    created: Any = None
    completed: Any = None
    direction: Any = None
    responsible_id: Any = None


class StatusRow(msgspec.Struct, rename="upper"):
    """An entry of one of the portal's directories."""

    id: Any = None
    entity_id: Any = None
    status_id: Any = None
    name: Any = None


DEALS = RowReader(DealRow)
LEADS = RowReader(LeadRow)
LINKS = RowReader(LinkRow)
PAST = RowReader(PastRow)
STATUSES = RowReader(StatusRow)


def deal_of(row: DealRow, account: AccountId, stages: Mapping[str, str]) -> Deal | None:
    """A deal; None where it is closed or has no id. ``stages``: id to name."""
    number, stage = as_id(row.id), as_text(row.stage_id).strip()
    if not number or as_flag(row.closed):
        return None
    return Deal(
        id=DealId(number),
        account_id=account,
        title=one_line(as_text(row.title)),
        stage=stages.get(stage, ""),
        amount=amount_of(row.opportunity),
        currency=as_text(row.currency_id).strip().upper()[:3],
        changed_at=instant(row.date_modify),
    )


def lead_of(row: LeadRow, statuses: Mapping[str, str]) -> Lead | None:
    """A lead that is being worked on."""
    number = as_id(row.id)
    if not number or as_text(row.status_semantic_id) in ("S", "F"):
        return None
    status = statuses.get(as_text(row.status_id).strip(), "")
    return Lead(RemoteId(number), one_line(as_text(row.title)), status)


def company_links(rows: Sequence[LinkRow], titles: Mapping[str, str]) -> tuple[CompanyLink, ...]:
    """The firms of a contact whose names are known, the main one first."""
    links = [
        CompanyLink(RemoteId(number), titles[number], as_flag(row.is_primary))
        for row in sorted(rows, key=lambda row: as_int(row.sort) or 0)
        if (number := as_id(row.company_id)) in titles
    ]
    return tuple(sorted(links, key=lambda link: not link.main))


def past_entry(row: PastRow) -> TimelineEntry | None:
    """An activity in a timeline; its author is a user's number here."""
    number = as_id(row.id)
    if not number:
        return None
    kind = PAST_TYPES.get(as_int(row.type_id) or 0)
    if kind is None:
        kind = _PROVIDERS.get(as_text(row.provider_id).strip().upper(), TimelineKind.OTHER)
    return TimelineEntry(
        kind=kind,
        text=one_line(as_text(row.subject)),
        at=instant(row.start_time) or instant(row.deadline) or instant(row.created),
        author=as_id(row.responsible_id),
        completed=as_flag(row.completed),
        incoming=as_int(row.direction) == _INCOMING,
        remote_id=RemoteId(number),
    )


def status_names(rows: Sequence[StatusRow]) -> dict[str, str]:
    """Id to name, as the portal's people have called them."""
    named = {as_text(row.status_id).strip(): one_line(as_text(row.name)) for row in rows}
    named.pop("", None)
    return named


def amount_of(value: object) -> Decimal | None:
    """A sum; None for nothing, and for what is no plain number. Zero is no amount."""
    text = as_text(value).strip()
    if not text or len(text) > _LONGEST_AMOUNT:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount else None


def crm_date(value: object) -> date | None:
    """A CRM date: a day without a zone, told as a moment that is midnight somewhere."""
    text = as_text(value).strip()
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return None
    if told.tzinfo is None or (told.hour, told.minute) == (0, 0):
        utc = told if told.tzinfo is None else told.astimezone(UTC)
        exact = (utc.hour, utc.minute, utc.second) == (0, 0, 0)
        return utc.date() if exact else told.date()
    utc = told.astimezone(UTC)
    if (utc.hour, utc.minute, utc.second) == (0, 0, 0):
        return utc.date()
    return told.date() + timedelta(days=1) if told.hour > _NOON else told.date()
