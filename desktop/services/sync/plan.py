"""What a pull changes in the cache: a row of small values, pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from desktop.domain.ids import ContactId, RecordKind, RemoteId, Revision
from desktop.domain.sync import RemoteRecord
from desktop.services.api.port import EventWindow, RemoteOccurrence
from desktop.services.sync.names import Names

BELIEVED_LOSS = 20
BELIEVED_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Upsert:
    """The server's copy is this; its ids are ours."""

    uid: str
    row: RemoteRecord


@dataclass(frozen=True, slots=True)
class SetOccurrences:
    """A series occurs like this within the window."""

    uid: str
    occurrences: tuple[RemoteOccurrence, ...]


@dataclass(frozen=True, slots=True)
class Remove:
    """It is another record's double, or certainly gone."""

    uid: str


@dataclass(frozen=True, slots=True)
class Missing:
    """It was here and is not in a complete answer: to be confirmed before it goes."""

    uid: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """So much is missing that the answer is not believed."""

    missing: int
    known: int


PullChange = Upsert | SetOccurrences | Remove | Missing | Doubt


def unbelievable(missing: int, known: int) -> bool:
    """Lost rights, a wrong owner or a restored backup look like everything being deleted."""
    return missing > max(BELIEVED_LOSS, BELIEVED_SHARE * known)


def plan_rows(
    rows: Iterable[RemoteRecord],
    names: Names,
    known: Mapping[str, Revision | None],
    fresh: AbstractSet[str],
) -> Iterator[PullChange]:
    """``known``: revisions in the cache. ``fresh``: written by us since the question was put."""
    for row in rows:
        uid = names.uid_of(row)
        if uid in fresh or (uid in known and known[uid] == row.revision):
            continue
        yield Upsert(uid, names.to_local(row))


def plan_window(
    window: EventWindow,
    names: Names,
    within: AbstractSet[str],
    revisions: Mapping[str, Revision | None],
    fresh: AbstractSet[str] = frozenset(),
    *,
    believe: bool = False,
) -> tuple[PullChange, ...]:
    """``within``: what the cache has of the server in the window; ``revisions``: of what is known.

    A record that another one names as its alias is the same thing and is not shown twice.
    With ``believe`` the user has said that the server is right, however little it has.
    """
    doubles = {alias for row in window.records for alias in row.aliases}
    rows = _unique(row for row in window.records if (row.kind, row.remote_id) not in doubles)
    present = {names.uid_of(row) for row in rows}
    double_uids = {names.uid_at(kind, remote_id) for kind, remote_id in doubles} - present
    # Seen before its create was known to have arrived, it has been here under another name.
    double_uids |= {uid for uid in within - present if _renamed(uid, names)}
    missing = sorted(within - present - double_uids - fresh)
    changes: list[PullChange] = list(plan_rows(rows, names, revisions, fresh))
    changes += _occurrences(window, names)
    changes += (Remove(uid) for uid in sorted(double_uids & within))
    if unbelievable(len(missing), len(within)) and not believe:
        changes.append(Doubt(len(missing), len(within)))
    else:
        changes += (Missing(uid) for uid in missing)
    return tuple(changes)


def plan_sweep(
    existing: AbstractSet[RemoteId],
    cached: Mapping[RemoteId, ContactId],
    fresh: AbstractSet[str] = frozenset(),
    *,
    believe: bool = False,
) -> tuple[PullChange, ...]:
    """``existing``: ids of all contacts on the server; ``cached``: those that we hold."""
    missing = [
        Missing(uid)
        for remote_id, uid in cached.items()
        if remote_id not in existing and uid not in fresh
    ]
    if unbelievable(len(missing), len(cached)) and not believe:
        return (Doubt(len(missing), len(cached)),)
    return tuple(missing)


def _renamed(uid: str, names: Names) -> bool:
    """Whether the record of this uid is called otherwise by now."""
    address = names.address_of(uid)
    return address is not None and names.uid_at(*address) != uid


def _unique(rows: Iterable[RemoteRecord]) -> tuple[RemoteRecord, ...]:
    """A row that a server lists twice is one."""
    return tuple({(row.kind, row.remote_id): row for row in rows}.values())


def _occurrences(window: EventWindow, names: Names) -> Iterator[SetOccurrences]:
    found: dict[tuple[RecordKind, RemoteId], list[RemoteOccurrence]] = defaultdict(list)
    for occurrence in window.occurrences:
        found[occurrence.kind, occurrence.remote_id].append(occurrence)
    for (kind, remote_id), occurrences in found.items():
        yield SetOccurrences(names.uid_at(kind, remote_id), tuple(occurrences))
