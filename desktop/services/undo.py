"""UndoService: carries out what changes records, and takes it back."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from desktop.domain.account import AccountKind
from desktop.domain.comment import Comment
from desktop.domain.contact import Contact
from desktop.domain.ids import AccountId, CommentId, ContactId, EventId
from desktop.domain.sync import OutboxEntry, Record
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.steps import (
    RecordChange,
    StepCode,
    UndoStep,
    nothing_else,
    step_from_bytes,
    step_to_bytes,
)
from desktop.services.sync.recorder import Recorder
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables

STEPS_REMEMBERED = 100
STEPS_KEPT = 50
"""The newest steps outlive the program."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo did. ``sent``: the change had left, and the opposite follows it."""

    step: UndoStep
    sent: bool = False


def _local_accounts(own: OwnTables) -> frozenset[AccountId]:
    accounts = own.accounts.all()
    return frozenset(one.id for one in accounts if one.kind is AccountKind.LOCAL)


class UndoService:
    """The history of one run, newest last; what was undone waits to be redone.

    Every action that can be taken back goes through `perform`. One at a time: undo waits for an
    action that is being written.
    """

    def __init__(self, files: StoreFiles, recorder: Recorder, feed: ChangeFeed) -> None:
        self._files = files
        self._recorder = recorder
        self._feed = feed
        self._done: list[UndoStep] = []
        self._undone: list[UndoStep] = []
        self._turn = asyncio.Lock()

    async def restore(self) -> None:
        """At start: the steps that the last run left."""
        bodies = await self._files.own.read(lambda own: own.undo.all())
        self._done = [step for body in bodies if (step := step_from_bytes(body)) is not None]
        self._feed.publish(Topic.UNDO)

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return bool(self._undone)

    @property
    def last(self) -> UndoStep | None:
        """What undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def next(self) -> UndoStep | None:
        """What redo would do again."""
        return self._undone[-1] if self._undone else None

    async def perform(
        self,
        code: StepCode,
        summary: str,
        changes: Sequence[RecordChange],
        also: Callable[[OwnTables], None] = nothing_else,
    ) -> UndoStep:
        """Makes ``changes`` durable, all or none, and remembers how to take them back.

        The history and ``also`` go into the same transaction; no changes make no history. Raises
        what `Recorder.record` does.
        """
        if not changes:
            await self._files.own.write(also)
            return UndoStep(code, summary, ())
        step = UndoStep(code, summary, tuple(changes))

        def write(own: OwnTables, entries: Sequence[OutboxEntry]) -> None:
            own.undo.push(step_to_bytes(step.carried_by(entries)))
            also(own)

        async with self._turn:
            entries = await self._recorder.record([one.wish() for one in changes], write)
            step = step.carried_by(entries)
            self._done.append(step)
            del self._done[:-STEPS_REMEMBERED]
            self._undone.clear()
        self._feed.publish(Topic.UNDO)
        return step

    async def undo(self) -> Undone | None:
        """Takes the newest step back; None where there is none.

        What has not left is withdrawn, what has left is followed by the opposite.
        """
        async with self._turn:
            if not self._done:
                return None
            step = self._done[-1]
            sent = await self._back(step)
            self._done.pop()
            self._undone.append(step)
            await self._keep()
        self._feed.publish(Topic.UNDO)
        return Undone(step, sent)

    async def redo(self) -> Undone | None:
        """Does again what was undone last; None where nothing was."""
        async with self._turn:
            if not self._undone:
                return None
            step = await self._record(await self._current(self._undone[-1]))
            self._undone.pop()
            self._done.append(step)
            await self._keep()
        self._feed.publish(Topic.UNDO)
        return Undone(step)

    async def forget_account(self, account_id: AccountId) -> None:
        """Drops the steps that touched a removed account."""
        async with self._turn:
            self._done = [step for step in self._done if not step.touches(account_id)]
            self._undone = [step for step in self._undone if not step.touches(account_id)]
            await self._keep()
        self._feed.publish(Topic.UNDO)

    async def _record(self, step: UndoStep) -> UndoStep:
        if not step.changes:
            return step
        entries = await self._recorder.record([change.wish() for change in step.changes])
        return step.carried_by(entries)

    async def _back(self, step: UndoStep) -> bool:
        """Whether the opposite of some change has to be sent to a server."""
        left = [one for one in reversed(step.changes) if not await self._withdrawn(one)]
        back = UndoStep(
            step.code, step.summary, tuple(change.turned() for change in left if not change.lasts)
        )
        back = await self._record(await self._current(back))
        local = await self._files.own.read(_local_accounts)
        return any(change.account_id not in local for change in back.changes)

    async def _withdrawn(self, change: RecordChange) -> bool:
        return change.op_id is not None and await self._recorder.take_back(change.op_id)

    async def _current(self, step: UndoStep) -> UndoStep:
        """The step with its changes told of the records as they are now."""
        told = [change.onto(await self._visible(change)) for change in step.changes]
        return replace(step, changes=tuple(change for change in told if change is not None))

    async def _visible(self, change: RecordChange) -> Record | None:
        example = change.after or change.before
        if isinstance(example, Contact):
            return await self._files.cache.read(lambda c: c.contacts.get(ContactId(change.uid)))
        if isinstance(example, Comment):
            return await self._files.cache.read(lambda c: c.comments.get(CommentId(change.uid)))
        return await self._files.cache.read(lambda c: c.events.get(EventId(change.uid)))

    async def _keep(self) -> None:
        bodies = [step_to_bytes(step) for step in self._done[-STEPS_KEPT:]]
        await self._files.own.write(lambda own: own.undo.replace(bodies))
