"""OutboxService: what waits to be sent, and the user's way out of every state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desktop.domain.errors import NotFoundError
from desktop.domain.event import Event
from desktop.domain.ids import AccountId, OpId, UserId
from desktop.domain.sync import Conflict, OutboxEntry
from desktop.domain.timespan import When
from desktop.services.changes import ChangeFeed
from desktop.services.sync.delivery_changes import Change
from desktop.services.sync.durable import apply_changes, load_snapshot
from desktop.services.sync.health import Health
from desktop.services.sync.screen import Screen
from desktop.services.sync.status import summary_of
from desktop.services.sync.timing import Timing
from desktop.services.sync.words import Confirm, Discard, Resolve, Retry, Word, after_word
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """An op as a list shows it."""

    entry: OutboxEntry
    account_title: str
    summary: str
    """The title of the event or the name of the contact."""
    when: When | None
    conflict: Conflict | None = None


class OutboxService:
    """Every state has a way out. ``wake`` is told whose outbox changed."""

    def __init__(
        self,
        files: StoreFiles,
        feed: ChangeFeed,
        clock: Callable[[], datetime],
        *,
        timing: Timing | None = None,
        wake: Callable[[AccountId], object] = lambda _account_id: None,
    ) -> None:
        self._files = files
        self._screen = Screen(files, feed)
        self._clock = clock
        self._timing = timing or Timing()
        self._wake = wake

    async def lines(self) -> tuple[OutboxLine, ...]:
        """Every op that is not finished, in the order of making."""
        return await self._files.own.read(_lines)

    async def user_names(self, account_id: AccountId) -> dict[UserId, str]:
        """What an account's colleagues are called."""
        users = await self._files.cache.read(lambda cache: cache.users.of(account_id))
        return {user.id: user.name for user in users if user.name}

    async def retry(self, op_id: OpId) -> None:
        """Sends a parked op again, a waiting one at once."""
        await self._say(op_id, lambda _own, _entry: Retry(op_id))

    async def discard(self, op_id: OpId) -> None:
        """Gives a change up; a copy of it is kept among the versions."""
        await self._say(op_id, lambda _own, _entry: Discard(op_id))

    async def confirm_sent(self, op_id: OpId, arrived: bool) -> None:
        """The user has looked whether it is there: not there, it is sent again."""
        await self._say(op_id, lambda _own, _entry: Confirm(op_id, arrived))

    async def resolve(self, op_id: OpId, keep: Literal["mine", "theirs"]) -> None:
        """Ends a conflict; the version that loses is kept."""

        def word(own: OwnTables, entry: OutboxEntry) -> Word:
            conflict = own.conflicts.get(entry.seq)
            if conflict is None:
                raise NotFoundError
            return Resolve(op_id, keep, conflict)

        await self._say(op_id, word)

    async def _say(self, op_id: OpId, word: Callable[[OwnTables, OutboxEntry], Word]) -> None:
        """Raises `NotFoundError` where there is no such op."""
        now = self._clock()

        def work(own: OwnTables) -> tuple[AccountId, tuple[Change, ...]]:
            entry = own.outbox.get(op_id)
            if entry is None:
                raise NotFoundError
            snapshot = load_snapshot(own, entry.account_id, Health(), self._timing, "", now)
            changes = after_word(snapshot, word(own, entry), now)
            apply_changes(own, changes)
            return entry.account_id, changes

        account_id, changes = await self._files.own.write(work)
        try:
            await self._screen.follow(changes)
        finally:
            self._wake(account_id)


def _lines(own: OwnTables) -> tuple[OutboxLine, ...]:
    titles = {account.id: account.title for account in own.accounts.all()}
    conflicts = {conflict.op_seq: conflict for conflict in own.conflicts.all()}
    return tuple(
        OutboxLine(
            entry=entry,
            account_title=titles.get(entry.account_id, ""),
            summary=summary_of(entry),
            when=_when(entry),
            conflict=conflicts.get(entry.seq),
        )
        for entry in own.outbox.unfinished()
    )


def _when(entry: OutboxEntry) -> When | None:
    record = entry.wish or entry.base
    return record.when if isinstance(record, Event) else None
