"""A dossier with something in every block."""

from datetime import timedelta
from decimal import Decimal

from desktop.domain.back_links import PortalPages
from desktop.domain.crm import (
    Block,
    BlockState,
    CompanyLink,
    Deal,
    Dossier,
    FieldType,
    Lead,
    OwnField,
    OwnValue,
    TimelineEntry,
    TimelineKind,
)
from desktop.domain.ids import CommentId, ContactId, DealId, RemoteId
from tests.builders import ACCOUNT, NOW

ALL = (Block.DEALS, Block.COMPANIES, Block.FIELDS, Block.TIMELINE)
PAGES = PortalPages("https://acme.bitrix24.com")


def entry(number: int) -> TimelineEntry:
    """A call some days ago."""
    at = NOW - timedelta(days=number)
    return TimelineEntry(TimelineKind.CALL, f"Call {number}", at, "Anna Titova")


FULL = Dossier(
    contact=ContactId("1"),
    deals=tuple(
        Deal(DealId(str(n)), ACCOUNT, f"Deal {n}", "New", Decimal(n), "EUR") for n in range(1, 7)
    ),
    leads=(Lead(RemoteId("5"), "Trade fair", "In progress"),),
    companies=(
        CompanyLink(RemoteId("4"), "Acme GmbH", True),
        CompanyLink(RemoteId("6"), "Acme Holding"),
    ),
    fields=(OwnValue(OwnField("UF_CRM_1", "Segment", FieldType.CHOICE), ("Enterprise",)),),
    timeline=(
        TimelineEntry(TimelineKind.COMMENT, "Prefers mornings", NOW, comment=CommentId("m1")),
        *(entry(n) for n in range(1, 8)),
    ),
    states={block: BlockState(NOW) for block in Block},
    blocks=ALL,
    pages=PAGES,
    remote_id=RemoteId("15"),
    commentable=True,
)
