"""PushLoop: carries out what `decide` says, one request at a time, and tells it how it went."""

import logging
from datetime import datetime

from desktop.domain.contact import Contact
from desktop.domain.errors import (
    AppError,
    IdentityChangedError,
    OfflineError,
    OutcomeUnknownError,
    Refusal,
    RefusedError,
)
from desktop.domain.sync import OutboxEntry, RemoteRecord, Verb
from desktop.services.api.port import Pushed, RemoteAccount
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.sync.delivery_changes import PutAccount
from desktop.services.sync.delivery_values import (
    AccountFailed,
    Audit,
    Audited,
    Compared,
    CompareFirst,
    Effect,
    Event,
    Look,
    Looked,
    Probe,
    Probed,
    ProveSearch,
    ReadBack,
    ReadFailed,
    ReadFirst,
    SearchTested,
    Send,
    SendFailed,
    Sent,
    Started,
    Tick,
    WakeAt,
)
from desktop.services.sync.durable import Step, load_names, take_step
from desktop.services.sync.identity import check_account
from desktop.services.sync.names import Names
from desktop.services.sync.pulse import Pulse, sleep_until
from desktop.services.sync.screen import Screen, arrivals_of
from desktop.store.files import StoreFiles

log = logging.getLogger(__name__)

_FAILURES = (OfflineError, OutcomeUnknownError, RefusedError, IdentityChangedError)


class PushLoop:
    """The writing side of one account."""

    def __init__(
        self,
        remote: RemoteAccount,
        files: StoreFiles,
        feed: ChangeFeed,
        pulse: Pulse,
        boot_id: str,
    ) -> None:
        self._remote = remote
        self._files = files
        self._feed = feed
        self._screen = Screen(files, feed)
        self._pulse = pulse
        self._boot_id = boot_id
        self._account_id = pulse.account.id
        self._stopping = False

    async def run(self) -> None:
        """Until it is cancelled or told to stop."""
        event: Event = Started()
        while True:
            step = await self._step(event)
            if self.stopping():
                await self._take_back(step.effects)
                return
            event = await self._perform(step.effects[0] if step.effects else None)
            if self.stopping() and isinstance(event, Tick | AccountFailed | Probed):
                return  # nothing that a new engine could not find out for itself

    async def _take_back(self, effects: tuple[Effect, ...]) -> None:
        """The end came after the note that an op is being sent, before its first byte left."""
        for effect in effects:
            if isinstance(effect, Send):
                await self._step(SendFailed(effect.entry.op_id, OfflineError()))

    def stop(self) -> None:
        """Take no new work; what is under way is finished and written down."""
        self._stopping = True
        self._pulse.push_wake.set()

    def stopping(self) -> bool:
        """Whether no new work is taken."""
        return self._stopping

    async def _step(self, event: Event) -> Step:
        pulse = self._pulse
        recordings = pulse.recordings
        step = await self._files.own.write(
            lambda own: take_step(
                own,
                self._account_id,
                event,
                pulse.health,
                pulse.timing,
                self._boot_id,
                pulse.clock(),
                closing=self.stopping(),
            )
        )
        pulse.fresh.note((arrival.uid for arrival in arrivals_of(step.changes)), pulse.clock())
        await self._screen.follow(step.changes)
        if any(isinstance(change, PutAccount) for change in step.changes):
            self._feed.publish(Topic.ACCOUNTS, account_id=self._account_id)
        # Only now: nothing may be called settled that the screen still shows as waiting.
        state_changed = pulse.account.state is not step.account.state
        pulse.account = step.account
        pulse.unfinished = step.unfinished
        pulse.recordings_read = recordings
        if state_changed:
            pulse.inbox.clear()  # it tells of the account as it was before
            pulse.wake()
        pulse.settle()
        pulse.changed()
        return step

    async def _perform(self, effect: Effect | None) -> Event:
        match effect:
            case None | WakeAt():
                return await self._rest(None if effect is None else effect.at)
            case Probe():
                return await self._probe()
            case Send():
                return await self._send(effect)
            case ReadFirst() | Look() | CompareFirst():
                return await self._ask(effect)
            case Audit():
                return await self._audit(effect)
            case ProveSearch():
                return await self._prove(effect)

    async def _rest(self, at: datetime | None) -> Event:
        pulse = self._pulse
        if not pulse.inbox and not pulse.check_wanted and not self.stopping():
            await sleep_until(pulse.push_wake, at, pulse.clock)
        if pulse.inbox:
            return pulse.inbox.popleft()
        if pulse.check_wanted and not self.stopping():
            return await self._probe()
        return Tick()

    async def _probe(self) -> Event:
        self._pulse.check_wanted = False
        event: Event
        try:
            await check_account(self._remote, self._files, self._feed, self._account_id)
        except _FAILURES as error:
            event = AccountFailed(error)
        else:
            event = Probed()
        self._pulse.take(event)
        return event

    async def _send(self, effect: Send) -> Event:
        names = await self._names()
        entry = effect.entry
        event: Event
        try:
            pushed = await self._remote.push(names.to_remote(entry), effect.remote_id)
            event = Sent(entry.op_id, await self._read_again(entry, pushed, names))
        except _FAILURES as error:
            if isinstance(error, RefusedError) and error.reason is Refusal.UNSUPPORTED:
                self._pulse.check_wanted = True  # what is offered has to be asked again
            event = SendFailed(entry.op_id, error)
        except Exception:
            # A fault of ours in the middle of a request: it may have arrived.
            log.exception("sending op %s failed", entry.seq)
            event = SendFailed(entry.op_id, OutcomeUnknownError())
        self._pulse.take(event, entry)
        return event

    async def _read_again(self, entry: OutboxEntry, pushed: Pushed, names: Names) -> Pushed:
        """The answer with the server's own version of what was written, if it can be had."""
        record = pushed.record
        if record is None and entry.verb is not Verb.DELETE:
            try:
                record = await self._remote.fetch(entry.kind, pushed.remote_id)
            except AppError:
                record = None  # the write is done; the next pull brings the copy
        if record is None:
            return pushed
        return Pushed(pushed.remote_id, names.to_local(record), record.revision)

    async def _read(self, effect: ReadFirst | Look) -> Event:
        names = await self._names()
        entry = effect.entry
        asked_at = self._pulse.clock()
        event: Event
        try:
            if isinstance(effect, Look) and entry.verb is Verb.CREATE:
                rows = await self._remote.look_up(names.to_remote(entry))
            elif effect.remote_id is None:
                rows = ()
            else:
                found = await self._remote.fetch(entry.kind, effect.remote_id)
                rows = () if found is None else (found,)
        except _FAILURES as error:
            event = ReadFailed(entry.op_id, error)
        except Exception:
            log.exception("reading for op %s failed", entry.seq)
            event = ReadFailed(entry.op_id, RefusedError(Refusal.OUR_BUG))
        else:
            local = tuple(names.to_local(row) for row in rows)
            event = _answer(effect, local, asked_at)
        self._pulse.take(event, entry if isinstance(effect, Look) else None)
        return event

    async def _ask(self, effect: ReadFirst | Look | CompareFirst) -> Event:
        if isinstance(effect, CompareFirst):
            return await self._compare(effect)
        return await self._read(effect)

    async def _compare(self, effect: CompareFirst) -> Event:
        names = await self._names()
        entry = effect.entry
        wish = names.to_remote(entry).wish
        event: Event
        try:
            rows = await self._remote.duplicates(wish) if isinstance(wish, Contact) else ()
            event = Compared(entry.op_id, tuple(names.to_local(row) for row in rows))
        except _FAILURES as error:
            event = ReadFailed(entry.op_id, error)
        except Exception:
            log.exception("comparing for op %s failed", entry.seq)
            event = ReadFailed(entry.op_id, RefusedError(Refusal.OUR_BUG))
        self._pulse.take(event)
        return event

    async def _audit(self, effect: Audit) -> Event:
        names = await self._names()
        entry = effect.entry
        event: Event
        try:
            rows = await self._remote.look_up(names.to_remote(entry))
            event = Audited(entry, tuple(names.to_local(row) for row in rows))
        except _FAILURES as error:
            event = ReadFailed(entry.op_id, error)
            if isinstance(error, RefusedError) and error.reason is not Refusal.BUSY:
                event = Audited(entry, ())  # it will not be answered later either
        self._pulse.take(event)
        return event

    async def _prove(self, effect: ProveSearch) -> Event:
        names = await self._names()
        event: Event
        try:
            rows = await self._remote.look_up(names.to_remote(effect.entry))
            event = SearchTested(effect.entry.op_id, bool(rows), effect.last)
        except _FAILURES as error:
            event = AccountFailed(error)
            if isinstance(error, RefusedError) and error.reason is not Refusal.BUSY:
                self._pulse.health = self._pulse.health.unproved()
        self._pulse.take(event)
        return event

    async def _names(self) -> Names:
        return await self._files.own.read(lambda own: load_names(own, self._account_id))


def _answer(effect: ReadFirst | Look, rows: tuple[RemoteRecord, ...], asked_at: datetime) -> Event:
    op_id = effect.entry.op_id
    if isinstance(effect, Look):
        return Looked(op_id, rows, asked_at)
    return ReadBack(op_id, rows[0] if rows else None)
