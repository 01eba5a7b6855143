"""UndoStep: what a user's action did to records, as a value that can be taken back and kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Protocol, TypeVar

import msgspec

from desktop.domain.contact import Contact
from desktop.domain.event import Event
from desktop.domain.ids import AccountId, OpId, RecordKind
from desktop.domain.sync import OutboxEntry, Record, Scope, SeriesPart, Verb
from desktop.services.sync.wish import Wish
from desktop.store.codec import record_from_bytes, record_to_bytes
from desktop.store.codec_scope import scope_from_bytes, scope_to_bytes
from desktop.store.own import OwnTables


class StepCode(Enum):
    """What the user did; the toast has a sentence for each."""

    BOOKED = "booked"
    EDITED = "edited"
    MOVED = "moved"
    DELETED = "deleted"
    DUPLICATED = "duplicated"
    CONTACT_ADDED = "contact added"
    CONTACT_EDITED = "contact edited"
    CONTACT_DELETED = "contact deleted"
    IMPORTED = "imported"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNANSWERED = "answer taken back"
    COMMENTED = "commented"
    COMMENT_DELETED = "comment deleted"
    OUTCOME = "outcome noted"


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record before and after an action; None where there was or is none."""

    account_id: AccountId
    uid: str
    before: Record | None
    after: Record | None
    op_id: OpId | None = None
    """The op that carries it, once it is recorded."""
    scope: Scope | None = None
    """Of a change of a part of a series that a server keeps."""

    @property
    def kind(self) -> RecordKind:
        """What the record is on its server."""
        record = self.after or self.before
        if record is None or isinstance(record, Contact):
            return RecordKind.CONTACT
        return record.record if isinstance(record, Event) else RecordKind.COMMENT

    def wish(self) -> Wish:
        """What the outbox is to carry out."""
        if self.before is None or self.cuts_out:
            verb = Verb.CREATE
        else:
            verb = Verb.DELETE if self.after is None else Verb.UPDATE
        base = None if verb is Verb.CREATE else self.before
        return Wish(self.kind, verb, self.account_id, self.uid, self.after, base, scope=self.scope)

    @property
    def cuts_out(self) -> bool:
        """Whether one of a series becomes a record of its own; ``before`` is how it looked."""
        return self.scope is not None and self.scope.part is SeriesPart.THIS

    def turned(self) -> "RecordChange":
        """The way back. What was cut out of a series stays a record of its own."""
        return replace(self, before=self.after, after=self.before, scope=None)

    @property
    def lasts(self) -> bool:
        """Whether there is no way back, once it has been carried out."""
        looks = self.scope is not None and self.scope.part is SeriesPart.LEFT_OUT
        return looks or (self.cuts_out and self.before == self.after)

    def onto(self, current: Record | None) -> "RecordChange | None":
        """The same change of a record that is ``current`` now; None where nothing is left to do.

        Only the fields that the change is about are set, so that what others changed meanwhile
        stays.
        """
        if self.cuts_out:
            return self._cut_onto(current)
        if self.after is None or current is None:
            return None if current == self.after else replace(self, before=current)
        if self.before is None:
            return replace(self, before=current)
        after = _with_changes(current, self.before, self.after)
        return None if after == current else replace(self, before=current, after=after)

    def _cut_onto(self, current: Record | None) -> "RecordChange | None":
        """Cut out again where it is part of its series; else it is a record like any other."""
        if current is None:
            return self
        return replace(self, scope=None).onto(current)


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One action: a code for its sentence, and the title or name that it was about."""

    code: StepCode
    summary: str
    changes: tuple[RecordChange, ...]

    def turned(self) -> "UndoStep":
        """The way back, last change first."""
        return replace(self, changes=tuple(c.turned() for c in reversed(self.changes)))

    def carried_by(self, entries: Sequence[OutboxEntry]) -> "UndoStep":
        """The step with the ops that carry its changes, in their order."""
        pairs = zip(self.changes, entries, strict=True)
        return replace(self, changes=tuple(replace(one, op_id=op.op_id) for one, op in pairs))

    def touches(self, account_id: AccountId) -> bool:
        """Whether it changed a record of that account."""
        return any(change.account_id == account_id for change in self.changes)


def nothing_else(_own: OwnTables) -> None:
    """Writes nothing beside the changes themselves."""


class History(Protocol):
    """`services.undo.UndoService`, as far as those need it who change records."""

    async def perform(
        self,
        code: StepCode,
        summary: str,
        changes: Sequence[RecordChange],
        also: Callable[[OwnTables], None] = nothing_else,
    ) -> UndoStep:
        """Makes ``changes`` durable, all or none, and remembers how to take them back."""
        ...


_R = TypeVar("_R", bound=Record)


def _with_changes(current: _R, before: Record, after: Record) -> _R:
    changed = {
        field.name: getattr(after, field.name)
        for field in fields(after)
        if getattr(before, field.name, None) != getattr(after, field.name)
        and hasattr(current, field.name)
    }
    return replace(current, **changed)


class _Change(msgspec.Struct, array_like=True):
    account_id: str
    uid: str
    before: bytes | None
    after: bytes | None
    op_id: str | None
    scope: bytes | None = None


class _Step(msgspec.Struct, array_like=True):
    code: StepCode
    summary: str
    changes: tuple[_Change, ...]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Step).decode


def step_to_bytes(step: UndoStep) -> bytes:
    """``step`` for the store."""
    changes = tuple(
        _Change(
            change.account_id,
            change.uid,
            record_to_bytes(change.before),
            record_to_bytes(change.after),
            change.op_id,
            scope_to_bytes(change.scope),
        )
        for change in step.changes
    )
    return _encode(_Step(step.code, step.summary, changes))


def step_from_bytes(body: bytes) -> UndoStep | None:
    """What `step_to_bytes` was given; None for bytes of another version: history may be lost."""
    try:
        row = _decode(body)
        changes = tuple(
            RecordChange(
                AccountId(change.account_id),
                change.uid,
                record_from_bytes(change.before),
                record_from_bytes(change.after),
                None if change.op_id is None else OpId(change.op_id),
                scope_from_bytes(change.scope),
            )
            for change in row.changes
        )
    except msgspec.MsgspecError:
        return None
    return UndoStep(row.code, row.summary, changes)
