"""What a CRM knows of a contact beside the card: deals, firms, the past, and own fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import Enum
from operator import itemgetter

from desktop.domain.back_links import PortalPages
from desktop.domain.event import DeliveryMark
from desktop.domain.ids import AccountId, CommentId, ContactId, DealId, RemoteId

MOST_OWN_FIELDS = 6
"""So many fields of the portal's own may stand on a card."""


class Block(Enum):
    """The parts of a dossier: each is read, and ages, on its own."""

    DEALS = "deals"
    COMPANIES = "companies"
    TIMELINE = "timeline"
    FIELDS = "fields"


@dataclass(frozen=True, slots=True)
class Deal:
    """An open deal. ``amount`` is None where none is given, ``currency`` an ISO 4217 code."""

    id: DealId
    account_id: AccountId
    title: str
    stage: str = ""
    """The stage's name as the portal's people read it."""
    amount: Decimal | None = None
    currency: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody's interest that is not a deal yet."""

    remote_id: RemoteId
    title: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class CompanyLink:
    """A firm that a contact belongs to; one of them is the main one."""

    remote_id: RemoteId
    name: str
    main: bool = False


class TimelineKind(Enum):
    """What happened."""

    COMMENT = "comment"
    MEETING = "meeting"
    CALL = "call"
    EMAIL = "e-mail"
    TASK = "task"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something in a contact's past, or planned. Texts are plain."""

    kind: TimelineKind
    text: str
    at: datetime | None = None
    """UTC: when it takes or took place; of a comment when it was written."""
    author: str = ""
    """Who did or must do it: a name, or the user's id where that is not known."""
    completed: bool = True
    incoming: bool = False
    remote_id: RemoteId | None = None
    comment: CommentId | None = None
    mark: DeliveryMark = DeliveryMark.SETTLED


class FieldType(Enum):
    """How the value of an own field is to be read."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    MOMENT = "moment"
    MONEY = "money"
    CHOICE = "choice"
    LINK = "link"
    OTHER = "other"
    """A file, an employee, an element of another list: told as the portal spells it."""


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field that a portal has added to its contacts."""

    name: str
    """As the portal calls it: ``UF_CRM_…``."""
    title: str
    type: FieldType = FieldType.TEXT
    multiple: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    """Of a choice: id and label."""


@dataclass(frozen=True, slots=True)
class OwnValue:
    """What a contact has in an own field.

    Values are texts: labels of choices, ISO dates and moments, "yes" or "no", ``12.50|EUR``.
    """

    field: OwnField
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockState:
    """How fresh a block is, and why it is not fresher."""

    as_of: datetime | None = None
    """UTC; None: never read."""
    problem: str = ""
    """A value of `Refusal` or `Unreachable`; empty: nothing is the matter."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """All of it, as far as it is known here. Newest first."""

    contact: ContactId
    deals: tuple[Deal, ...] = ()
    leads: tuple[Lead, ...] = ()
    companies: tuple[CompanyLink, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    fields: tuple[OwnValue, ...] = ()
    states: Mapping[Block, BlockState] = field(default_factory=dict)
    blocks: tuple[Block, ...] = tuple(Block)
    """What an account of this kind can tell of a contact; the rest is not shown at all."""
    pages: PortalPages | None = None
    """Where its records can be seen in the browser."""
    remote_id: RemoteId | None = None
    """The contact's id over there; None while it has none."""
    commentable: bool = False
    """Whether the user can add to the timeline."""

    def state_of(self, block: Block) -> BlockState:
        """How fresh ``block`` is."""
        return self.states.get(block, BlockState())


def newest_first(entries: tuple[TimelineEntry, ...], limit: int) -> tuple[TimelineEntry, ...]:
    """The ``limit`` newest entries; those without a time come last."""
    dated = [(one.at, one.kind is TimelineKind.COMMENT, one) for one in entries if one.at]
    dated.sort(key=itemgetter(0, 1), reverse=True)
    undated = [one for one in entries if one.at is None]
    return tuple([*(one for _at, _later, one in dated), *undated][:limit])
