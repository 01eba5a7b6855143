"""What travels in a sync: wishes on their way out, records and changes on their way in."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from desktop.domain.comment import Comment
from desktop.domain.contact import Contact
from desktop.domain.event import DeliveryMark, Event
from desktop.domain.ids import AccountId, OpId, RecordKind, RemoteId, Revision

Record = Event | Contact | Comment
"""What a wish or a server's copy can be."""


class Verb(Enum):
    """What an op wants from its server."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class OpState(Enum):
    """Where an op is in its life."""

    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    HELD = "held"
    PARKED = "parked"
    ASK = "ask"
    CONFLICT = "conflict"
    DONE = "done"
    DISCARDED = "discarded"
    CANCELLED = "cancelled"

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to the op."""
        return self in (OpState.DONE, OpState.DISCARDED, OpState.CANCELLED)

    @property
    def mark(self) -> DeliveryMark:
        """What the record of such an op shows on the screen."""
        return _MARKS[self]


_MARKS = {
    OpState.QUEUED: DeliveryMark.WAITING,
    OpState.HELD: DeliveryMark.WAITING,
    OpState.SENDING: DeliveryMark.SENDING,
    OpState.UNKNOWN: DeliveryMark.CHECKING,
    OpState.PARKED: DeliveryMark.TROUBLE,
    OpState.ASK: DeliveryMark.TROUBLE,
    OpState.CONFLICT: DeliveryMark.TROUBLE,
    OpState.DONE: DeliveryMark.SETTLED,
    OpState.DISCARDED: DeliveryMark.SETTLED,
    OpState.CANCELLED: DeliveryMark.SETTLED,
}


class SeriesPart(Enum):
    """Which part of a series an op of its own is about."""

    THIS = "this"
    """One occurrence becomes an event of its own: the op creates that."""
    NEXT = "next"
    """An occurrence and those after it become a series of their own: the op creates that."""
    LEFT_OUT = "left out"
    """The series should be without an occurrence by now: the op looks whether it is."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an op has to know of the series that it is about a part of."""

    part: SeriesPart
    master: Event
    """The series as the user saw it: what is made of it, and what it is put back to."""
    original_start: date | datetime
    leaves: bool = False
    """The occurrence is only taken out in order to be deleted."""


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """An op: one wish on its way to one account.

    ``wish`` is None for a deletion; ``base`` is the server's copy that the user was looking at,
    None for a create. Times are UTC.
    """

    seq: int
    """Order of making; 0 until the store has given one."""
    op_id: OpId
    item_uid: str
    account_id: AccountId
    kind: RecordKind
    verb: Verb
    wish: Record | None
    base: Record | None
    made_at: datetime
    state: OpState = OpState.QUEUED
    reason: str = ""
    """Why it is held, parked or asked about: a `Refusal` value, or a short code of the engine."""
    detail: str = ""
    """The server's own words, for *Details* only."""
    needs_seq: int | None = None
    """An op that must be DONE first, e.g. the contact that the meeting is with."""
    sends: int = 0
    """How often it was sent."""
    looks: int = 0
    """How often its outcome was looked up since it became unknown."""
    absences: int = 0
    """How often it was proved absent and queued again."""
    was_unknown: bool = False
    not_before: datetime | None = None
    settled_at: datetime | None = None
    """When an unknown send can no longer be under way on the server."""
    audits_left: int = 0
    scope: Scope | None = None
    """Of an op about a part of a series; None: it is about the whole record."""


@dataclass(frozen=True, slots=True)
class RemoteRecord:
    """A server's copy of a record.

    ``record.id`` is `server_uid` unless the plan knows a better one. ``marker`` is the op id that
    the server kept with it, ``aliases`` other records of the server that are the same thing
    (the calendar event that an activity caused).
    """

    kind: RecordKind
    remote_id: RemoteId
    revision: Revision
    record: Record
    marker: OpId | None = None
    aliases: tuple[tuple[RecordKind, RemoteId], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """The link between one of our records and the server's: row of ``item`` in the store."""

    uid: str
    account_id: AccountId
    kind: RecordKind
    remote_id: RemoteId | None = None
    base: Record | None = None
    base_revision: Revision | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sending of an op, durable before the first byte leaves. No payloads, no addresses."""

    op_seq: int
    number: int
    boot_id: str
    started_at: datetime
    last_byte_at: datetime | None = None
    outcome: str = ""
    http_status: int | None = None
    code: str = ""
    took_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both sides changed: all three copies are kept until the user has chosen."""

    op_seq: int
    base: Record | None
    mine: Record | None
    theirs: Record | None


class SyncPhase(Enum):
    """What the status bar says."""

    UP_TO_DATE = "up to date"
    SYNCING = "syncing"
    OFFLINE = "offline"
    ATTENTION = "attention"
    LOCAL_ONLY = "local only"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pull is; ``total`` is None while unknown."""

    done: int
    total: int | None
    what: str
    """"contacts" or "calendar"."""


@dataclass(frozen=True, slots=True)
class AttentionItem:
    """Something that only the user can mend. ``code`` chooses the sentence and the way out."""

    code: str
    account_id: AccountId | None = None
    op_id: OpId | None = None
    summary: str = ""
    """The title of the event or the name of the contact it is about."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AccountSync:
    """How one account is doing."""

    account_id: AccountId
    phase: SyncPhase
    progress: Progress | None = None
    last_success: datetime | None = None
    waiting: int = 0
    retry_at: datetime | None = None
    problem: str = ""
    """A short code: an `Unreachable` or `Refusal` value."""


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """The truth about sync: never UP_TO_DATE while an op is unfinished."""

    phase: SyncPhase
    waiting: int = 0
    progress: Progress | None = None
    last_success: datetime | None = None
    accounts: tuple[AccountSync, ...] = ()
    attention: tuple[AttentionItem, ...] = ()
    session_only: bool = False
    """Nothing outlives the program: there is no usable keyring."""
