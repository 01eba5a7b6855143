"""The values that `delivery.decide` reads and answers with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.account import Account
from desktop.domain.errors import (
    IdentityChangedError,
    OfflineError,
    OutcomeUnknownError,
    RefusedError,
)
from desktop.domain.ids import OpId, RecordKind, RemoteId
from desktop.domain.sync import OpState, OutboxEntry, RemoteRecord
from desktop.services.api.port import Pushed
from desktop.services.sync.delivery_changes import Change
from desktop.services.sync.health import Health
from desktop.services.sync.timing import Timing

Failed = OfflineError | OutcomeUnknownError | RefusedError | IdentityChangedError


class Reason:
    """Short codes of the engine, beside the values of `Refusal`, in ``OutboxEntry.reason``."""

    EDITED = "edited"
    """The op holds several edits: taking it back would take back more than one."""
    NOT_PROVED = "cannot be proved"
    """Whether it arrived cannot be found out: the search of this account is not known to work."""
    KEEPS_GETTING_LOST = "keeps getting lost"
    BOTH_CHANGED = "both changed"
    DELETED_THERE = "deleted there"
    EDITED_THERE = "edited there"
    NEEDS_LOST = "what it needs was dropped"
    COPY = "copy"
    """Removes a second copy that the network or the server made."""
    USER_SAYS_THERE = "the user says it is there"
    NOTHING_LEFT = "nothing to delete"
    NOT_BOUND = "not tied to the server"
    """The item has no row of the server that could be changed."""
    CREATE_DROPPED = "its creation was dropped"
    TWIN = "may exist already"
    """The server has somebody with the same number or address: the user decides."""
    DISTINCT = "another person"
    """The user says that it is not the one whom the server has."""


# --- what is known -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One account as its store and its running engine know it."""

    account: Account
    entries: tuple[OutboxEntry, ...]
    """Its unfinished ops, by ``seq``."""
    health: Health
    timing: Timing
    remote_ids: Mapping[str, RemoteId] = field(default_factory=dict)
    """Of the items that the entries, and the rows of the event, belong to."""
    bound: Mapping[tuple[RecordKind, RemoteId], str] = field(default_factory=dict)
    """Server rows of the event that are already tied to an item, and which."""
    needed: Mapping[int, OpState] = field(default_factory=dict)
    """How the finished ops that an entry needs have ended."""
    audits: tuple[OutboxEntry, ...] = ()
    """Finished creates that are still to be looked at for copies."""
    deleted: frozenset[str] = frozenset()
    """Items of the audits that the user has deleted, with success, in the meantime."""
    boot_id: str = ""
    closing: bool = False
    """Take no new work: only write down what has been answered."""


# --- what happened -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Started:
    """The engine begins: whatever was being sent is unknown now."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed, or the user has changed something."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The server's copy just before a write; None where it is gone."""

    op_id: OpId
    theirs: RemoteRecord | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Whom the server has that may be the person who is to be made."""

    op_id: OpId
    rows: tuple[RemoteRecord, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A write was answered: it is done."""

    op_id: OpId
    pushed: Pushed


@dataclass(frozen=True, slots=True)
class SendFailed:
    """A write was not answered, or refused."""

    op_id: OpId
    error: Failed


@dataclass(frozen=True, slots=True)
class ReadFailed:
    """A read on behalf of an op failed: before a write, a look, an audit."""

    op_id: OpId
    error: Failed


@dataclass(frozen=True, slots=True)
class Looked:
    """A complete and successful search for an op's marker, or a fetch of its record."""

    op_id: OpId
    rows: tuple[RemoteRecord, ...]
    asked_at: datetime
    """When the question was put: an answer proves nothing about later."""


@dataclass(frozen=True, slots=True)
class Audited:
    """A later search for copies of a finished create."""

    entry: OutboxEntry
    rows: tuple[RemoteRecord, ...]


@dataclass(frozen=True, slots=True)
class SearchTested:
    """A create whose answer came was searched by its marker."""

    op_id: OpId
    found: bool
    last: bool
    """It has had all the time that an index may need."""


@dataclass(frozen=True, slots=True)
class Probed:
    """A cheap read was answered."""


@dataclass(frozen=True, slots=True)
class AccountFailed:
    """A read that belongs to no op was refused or failed."""

    error: Failed


Event = (
    Started
    | Tick
    | ReadBack
    | Compared
    | Sent
    | SendFailed
    | ReadFailed
    | Looked
    | Audited
    | SearchTested
    | Probed
    | AccountFailed
)


# --- what to do ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadFirst:
    """Fetch the server's copy before it is overwritten."""

    entry: OutboxEntry
    remote_id: RemoteId


@dataclass(frozen=True, slots=True)
class CompareFirst:
    """Ask whether the person who is to be made exists already."""

    entry: OutboxEntry


@dataclass(frozen=True, slots=True)
class Send:
    """Carry out the op: one writing request. SENDING is durable when this is seen."""

    entry: OutboxEntry
    remote_id: RemoteId | None


@dataclass(frozen=True, slots=True)
class Look:
    """Find out what became of an unknown op."""

    entry: OutboxEntry
    remote_id: RemoteId | None


@dataclass(frozen=True, slots=True)
class Audit:
    """Search for copies of a finished create."""

    entry: OutboxEntry


@dataclass(frozen=True, slots=True)
class ProveSearch:
    """Search for a create that is certainly there."""

    entry: OutboxEntry
    last: bool


@dataclass(frozen=True, slots=True)
class Probe:
    """One cheap read: is the server there, are we welcome?"""


@dataclass(frozen=True, slots=True)
class WakeAt:
    """Nothing to do before this moment."""

    at: datetime


Effect = ReadFirst | CompareFirst | Send | Look | Audit | ProveSearch | Probe | WakeAt


@dataclass(frozen=True, slots=True)
class Decision:
    """What to remember, in one transaction, and then to do: at most one request."""

    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
