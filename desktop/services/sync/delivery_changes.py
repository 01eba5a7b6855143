"""What a decision wants remembered, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.account import Account
from desktop.domain.ids import ContactId, RemoteId, Revision
from desktop.domain.sync import Attempt, Conflict, OutboxEntry, Record


@dataclass(frozen=True, slots=True)
class PutEntry:
    """The op is this now."""

    entry: OutboxEntry


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """Bytes are about to leave."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class CloseAttempt:
    """How a sending ended."""

    op_seq: int
    at: datetime
    outcome: str
    http_status: int | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Bind:
    """The item is this row of the server; ``base`` is the server's copy."""

    entry: OutboxEntry
    remote_id: RemoteId
    base: Record
    revision: Revision | None


@dataclass(frozen=True, slots=True)
class Forget:
    """The item is gone on the server."""

    uid: str


@dataclass(frozen=True, slots=True)
class PutConflict:
    """Both sides differ: keep all three."""

    conflict: Conflict


@dataclass(frozen=True, slots=True)
class DropConflict:
    """The user has chosen."""

    op_seq: int


@dataclass(frozen=True, slots=True)
class PutAccount:
    """The account's state or what is known about its search changed."""

    account: Account


@dataclass(frozen=True, slots=True)
class KeepVersion:
    """A copy that lost, kept for the user."""

    uid: str
    at: datetime
    origin: str
    record: Record


@dataclass(frozen=True, slots=True)
class RemoveCopy:
    """A new op that deletes a second row of a create."""

    entry: OutboxEntry
    remote_id: RemoteId


@dataclass(frozen=True, slots=True)
class Retie:
    """One person turned out to be another: what is being typed goes on with that one."""

    old: ContactId
    new: ContactId


Change = (
    PutEntry
    | OpenAttempt
    | CloseAttempt
    | Bind
    | Forget
    | PutConflict
    | DropConflict
    | PutAccount
    | KeepVersion
    | RemoveCopy
    | Retie
)
