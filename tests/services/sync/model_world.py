"""A whole history in virtual time: a user, a store that may crash, and a model server.

The store's tables, what a user's action writes, and `take_step` are the real ones, over a SQLite
file in memory; only the loop around them is told here anew, because it is the loop that dies.
"""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from desktop.domain.account import Account, AccountState
from desktop.domain.errors import (
    IdentityChangedError,
    OfflineError,
    OutcomeUnknownError,
    RefusedError,
)
from desktop.domain.event import Event
from desktop.domain.ids import AccountId, EventId, OpId, RemoteId
from desktop.domain.sync import OpState, OutboxEntry, RemoteRecord, Verb
from desktop.services.sync import delivery_values as v
from desktop.services.sync.clock import SteadyClock
from desktop.services.sync.durable import apply_changes, load_names, load_snapshot, take_step
from desktop.services.sync.health import Health
from desktop.services.sync.merge import same_content
from desktop.services.sync.pulse import Pulse
from desktop.services.sync.recording import Wish, take_back, write_wishes
from desktop.services.sync.timing import Timing
from desktop.services.sync.words import Confirm, Discard, Resolve, Retry, Word, after_word
from desktop.store.own import OwnTables
from desktop.store.own_schema import OWN_STEPS
from tests.builders import make_account, make_event
from tests.services.sync.model_server import KIND, SETTLE_S, ModelServer, with_field

BEGIN = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)


class FaultFoundError(AssertionError):
    """An invariant does not hold."""


class CrashError(Exception):
    """The process is killed here."""


def open_tables() -> OwnTables:
    connection = sqlite.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    for step in OWN_STEPS:
        connection.executescript(step)
    return OwnTables(connection)


class World:
    """One history. The same seed gives the same trace."""

    def __init__(self, seed: int, *, timing: Timing | None = None) -> None:
        self.chance = random.Random(seed)
        self.timing = timing or Timing()
        self.now = BEGIN
        self.wall_offset = timedelta()
        self.own = open_tables()
        self.trace: list[str] = []
        self.boot = 0
        self.crashing = self.chance.random() < 0.7
        self.accounts = [AccountId("a1"), AccountId("a2")][: self.chance.choice((1, 1, 2))]
        self.servers: dict[AccountId, ModelServer] = {}
        self.pulses: dict[AccountId, Pulse] = {}
        self.pending: dict[AccountId, v.Event] = {}
        self.wake: dict[AccountId, datetime] = {}
        self.acknowledged: dict[OpId, str] = {}
        self.user_ended: set[OpId] = set()
        self.user_said_absent: dict[OpId, list[datetime]] = {}
        self.uids: list[str] = []
        self.views: dict[str, Event] = {}
        """What the user sees of each record: possibly old."""
        self.seen_values: set[str] = set()
        self.foreign_values: set[str] = set()
        self.count = 0
        for name in self.accounts:
            server = ModelServer(name, self.chance)
            server.search_works = self.chance.random() < 0.85
            self.servers[name] = server
            self.own.accounts.put(make_account(name, settle_s=SETTLE_S))
        self._boot()

    # --- time ---------------------------------------------------------------------------------

    def pass_time(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        for server in self.servers.values():
            server.run_until(self.now)

    def wall(self) -> datetime:
        return self.now + self.wall_offset

    def _steady(self) -> datetime:
        return self.now

    def _steady_s(self) -> float:
        return self.now.timestamp()

    # --- transactions -------------------------------------------------------------------------

    def transact(self, work: Any) -> Any:
        """A durable transaction, or a crash before or after its commit."""
        connection = self.own.connection
        crash = self.chance.random() if self.crashing and not self._healed() else 1.0
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(self.own)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        if crash < 0.01:
            connection.execute("ROLLBACK")
            raise CrashError
        connection.execute("COMMIT")
        if crash < 0.02:
            raise CrashError
        return result

    def _healed(self) -> bool:
        return all(server.healthy for server in self.servers.values())

    # --- the engine ---------------------------------------------------------------------------

    def _boot(self) -> None:
        self.boot += 1
        for name in self.accounts:
            account = self.own.accounts.get(name)
            assert account is not None
            clock = SteadyClock(self._steady, self._steady_s)
            self.pulses[name] = Pulse(account, clock, self.timing, self.chance.random, lambda: None)
            self.pending[name] = v.Started()
            self.wake[name] = self.now

    def engine_step(self, name: AccountId) -> bool:
        """One decision and its request; False where there is nothing to do yet."""
        event = self.pending.pop(name, None)
        if event is None and self.wake[name] > self.now:
            return False
        event = event or v.Tick()
        pulse = self.pulses[name]
        step = self.transact(
            lambda own: take_step(
                own, name, event, pulse.health, self.timing, str(self.boot), self.now
            )
        )
        self._check_twice(name, event, pulse.health)
        pulse.account = step.account
        effect = step.effects[0] if step.effects else None
        self.trace.append(f"{self.now:%H:%M:%S} {name} {_short(event)} -> {_short(effect)}")
        if effect is None or isinstance(effect, v.WakeAt):
            self.wake[name] = self.now + timedelta(hours=30) if effect is None else effect.at
            return True
        self.pending[name] = self._perform(name, effect)
        self.wake[name] = self.now
        return True

    def _check_twice(self, name: AccountId, event: v.Event, health: Health) -> None:
        """S13: an answer that comes twice changes nothing the second time."""
        if isinstance(event, v.Started | v.Tick):
            return
        before = self._dump()
        take_step(
            self.own, name, event, health, self.timing, str(self.boot), self.now, closing=True
        )
        if self._dump() != before:
            self.fail("S13", f"{_short(event)} twice changes something")

    def _dump(self) -> list[Any]:
        tables = ("op", "item", "conflict", "account", "attempt")
        return [self.own.connection.execute(f"SELECT * FROM {t}").fetchall() for t in tables]

    def _perform(self, name: AccountId, effect: v.Effect) -> v.Event:
        self._maybe_crash()
        server, pulse = self.servers[name], self.pulses[name]
        event: v.Event
        entry: OutboxEntry | None = None
        match effect:
            case v.Send():
                entry = effect.entry
                self._before_arrival(server, entry)
                names = load_names(self.own, name)
                answer, took_s = server.push(names.to_remote(entry), effect.remote_id, self.now)
                self._after_arrival(server, entry)
                self._busy(took_s)
                if isinstance(answer, Exception):
                    event = v.SendFailed(entry.op_id, _failed(answer))
                else:
                    record = answer.record
                    local = None if record is None else names.to_local(record)
                    event = v.Sent(entry.op_id, replace(answer, record=local))
            case v.ReadFirst() | v.Look():
                entry = effect.entry
                event = self._read(server, effect)
            case v.Audit():
                rows, took_s = server.look_up(effect.entry, self.now)
                self._busy(took_s)
                if isinstance(rows, Exception):
                    event = v.ReadFailed(effect.entry.op_id, _failed(rows))
                else:
                    event = v.Audited(effect.entry, rows)
            case v.ProveSearch():
                rows, took_s = server.look_up(effect.entry, self.now)
                self._busy(took_s)
                if isinstance(rows, Exception):
                    event = v.AccountFailed(_failed(rows))
                else:
                    event = v.SearchTested(effect.entry.op_id, bool(rows), effect.last)
            case _:
                answer_, took_s = server.check()
                self._busy(took_s)
                event = v.Probed() if answer_ is None else v.AccountFailed(_failed(answer_))
        pulse.take(event, entry)
        self._maybe_crash()
        return event

    def _read(self, server: ModelServer, effect: v.ReadFirst | v.Look) -> v.Event:
        asked_at = self.now
        names = load_names(self.own, server.account_id)
        entry = effect.entry
        rows: tuple[RemoteRecord, ...] | Exception
        if isinstance(effect, v.Look) and entry.verb is Verb.CREATE:
            rows, took_s = server.look_up(names.to_remote(entry), self.now)
        elif effect.remote_id is None:
            rows, took_s = (), 0.0
        else:
            found, took_s = server.fetch(effect.remote_id)
            rows = found if isinstance(found, Exception) else (() if found is None else (found,))
        self._busy(took_s if isinstance(effect, v.Look) else 0.0)
        if isinstance(rows, Exception):
            return v.ReadFailed(entry.op_id, _failed(rows))
        local = tuple(names.to_local(row) for row in rows)
        if isinstance(effect, v.Look):
            return v.Looked(entry.op_id, local, asked_at)
        return v.ReadBack(entry.op_id, local[0] if local else None)

    def _busy(self, seconds: float) -> None:
        """While a request is under way the user goes on, and so does the server."""
        if seconds > 1 and self.chance.random() < 0.3 and not self._healed():
            part = self.chance.uniform(0, seconds)
            self.pass_time(part)
            self.user_acts()
            seconds -= part
        self.pass_time(seconds)

    def _maybe_crash(self) -> None:
        if self.crashing and not self._healed() and self.chance.random() < 0.01:
            raise CrashError

    # --- S6, S7, S8 at the server's door ----------------------------------------------------

    def _before_arrival(self, server: ModelServer, entry: OutboxEntry) -> None:
        stored = self.own.outbox.get(entry.op_id)
        if stored is None or stored.state is not OpState.SENDING:
            self.fail("S7", f"op {entry.seq} leaves without being written down as sending")
            return
        attempts = self.own.outbox.attempts(entry.seq)
        if not attempts or attempts[-1].outcome:
            self.fail("S7", f"op {entry.seq} leaves without an open attempt row")
        earlier = [
            other
            for other in self.own.outbox.of_item(entry.item_uid)
            if other.seq < entry.seq and not other.state.finished
        ]
        if earlier:
            self.fail("S6", f"op {entry.seq} overtakes {earlier[0].seq} of its item")

    def _after_arrival(self, server: ModelServer, entry: OutboxEntry) -> None:
        mine = [a for a in server.arrivals if a.uid == entry.item_uid and a.verb is Verb.CREATE]
        if entry.verb is not Verb.CREATE or len(mine) < 2 or mine[-1].at != self.now:
            return
        before, again = mine[-2], mine[-1]
        if before.op_id != again.op_id and before.outcome == "unknown":
            state = self.own.outbox.get(before.op_id)
            if state is None or not state.state.finished:
                self.fail("S8", "a create went out again under another marker")
        if before.outcome != "unknown" or before.op_id != again.op_id:
            return
        settled = before.last_byte + timedelta(seconds=SETTLE_S - 1)
        proofs = [at for at in server.searches.get(entry.op_id, []) if settled <= at <= again.at]
        words = [at for at in self.user_said_absent.get(entry.op_id, []) if at >= before.at]
        if not proofs and not words:
            self.fail("S8", f"create {entry.seq} went out again without proof of absence")

    # --- the user -----------------------------------------------------------------------------

    def user_acts(self) -> None:
        actions = [self._create] * 3 + [self._edit] * 4 + [self._delete, self._take_back]
        actions += [self._answer] * 2 + [self._colleague] * 2 + [self._pull] * 3 + [self._sign_in]
        self.chance.choice(actions)()
        for name in self.accounts:
            self.wake[name] = min(self.wake[name], self.now)

    def _record(self, wish: Wish) -> None:
        try:
            entries = self.transact(
                lambda own: write_wishes(own, (wish,), self.timing, self.wall())
            )
        except CrashError:
            self._boot()  # not acknowledged: it may or may not be there
            self.trace.append("crash while recording")
            self._adopt(wish.uid)
            return
        for entry in entries:
            self.acknowledged[entry.op_id] = entry.item_uid
            self.trace.append(f"{self.now:%H:%M:%S} user {_short(entry)}")
        self._adopt(wish.uid)

    def _adopt(self, uid: str) -> None:
        unfinished = [e for e in self.own.outbox.of_item(uid) if not e.state.finished]
        if unfinished and isinstance(unfinished[-1].wish, Event):
            self.views[uid] = unfinished[-1].wish
            self._see(unfinished[-1].wish)  # what was merged into it is on the screen

    def _value(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def _create(self) -> None:
        if len(self.uids) >= 6:
            return
        name = self.chance.choice(self.accounts)
        uid = new_uid_from(self.chance)
        event = make_event(uid, self._value("s"), account=name, location=self._value("l"))
        if self.chance.random() < 0.5:
            start = self.now + timedelta(hours=self.chance.uniform(-5, 30))
            event = replace(event, when=event.when.starting(start))
        self.uids.append(uid)
        self._record(Wish(KIND, Verb.CREATE, name, uid, event))

    def _living(self) -> list[str]:
        """Records that the user sees."""
        found = []
        for uid in self.uids:
            newest = self.own.outbox.newest_of_item(uid)
            item = self.own.items.get(uid)
            if newest is None or item is None or item.gone or uid not in self.views:
                continue
            gone_ops = newest.verb is Verb.DELETE and newest.state is not OpState.CANCELLED
            never = item.remote_id is None and not [
                e for e in self.own.outbox.of_item(uid) if not e.state.finished
            ]
            if not gone_ops and not never:
                found.append(uid)
        return found

    def _edit(self) -> None:
        living = self._living()
        if not living:
            return
        uid = self.chance.choice(living)
        seen = self.views[uid]
        name = self.chance.choice(("summary", "location"))
        wish = with_field(seen, name, self._value(name[0]))
        self._record(Wish(KIND, Verb.UPDATE, seen.account_id, uid, wish, seen))

    def _delete(self) -> None:
        living = self._living()
        if living:
            uid = self.chance.choice(living)
            seen = self.views[uid]
            self._record(Wish(KIND, Verb.DELETE, seen.account_id, uid, None, seen))

    def _take_back(self) -> None:
        unfinished = self.own.outbox.unfinished()
        if not unfinished:
            return
        entry = unfinished[-1]
        try:
            changed = self.transact(lambda own: take_back(own, entry.op_id))
        except CrashError:
            self._boot()
            self.user_ended.add(entry.op_id)
            return
        if changed:
            self.user_ended.add(entry.op_id)
            self.trace.append(f"{self.now:%H:%M:%S} user takes back {_short(entry)}")
            self._adopt(entry.item_uid)

    def _answer(self) -> None:
        """The user answers a question, truthfully."""
        asking = [e for e in self.own.outbox.unfinished() if self._word(e) is not None]
        if not asking:
            return
        entry = self.chance.choice(asking)
        word = self._word(entry)
        assert word is not None
        snapshot_of = entry.account_id

        def work(own: OwnTables) -> None:
            snapshot = load_snapshot(own, snapshot_of, Health(), self.timing, "", self.now)
            apply_changes(own, after_word(snapshot, word, self.now))

        try:
            self.transact(work)
        except CrashError:
            self._boot()
        self.trace.append(f"{self.now:%H:%M:%S} user says {type(word).__name__} of {entry.seq}")
        if isinstance(word, Confirm) and not word.arrived:
            self.user_said_absent.setdefault(entry.op_id, []).append(self.now)
        if isinstance(word, Discard):
            self.user_ended.add(entry.op_id)
        if isinstance(word, Resolve):
            if word.keep == "theirs":
                self.user_ended.add(entry.op_id)
            if isinstance(word.conflict.theirs, Event):
                self._see(word.conflict.theirs)

    def _word(self, entry: OutboxEntry) -> Word | None:
        if entry.state is OpState.PARKED:
            return Discard(entry.op_id) if self.chance.random() < 0.2 else Retry(entry.op_id)
        if entry.state is OpState.CONFLICT:
            conflict = self.own.conflicts.get(entry.seq)
            if conflict is None:
                self.fail("S5", f"op {entry.seq} is in conflict without its copies")
                return None
            keep = "mine" if self.chance.random() < 0.5 else "theirs"
            return Resolve(entry.op_id, keep, conflict)  # type: ignore[arg-type]
        if entry.state is OpState.ASK:
            return Confirm(entry.op_id, self._is_there(entry))
        return None

    def _is_there(self, entry: OutboxEntry) -> bool:
        server = self.servers[entry.account_id]
        if entry.verb is Verb.CREATE:
            return any(row.marker == entry.op_id for row in server.rows.values())
        item = self.own.items.get(entry.item_uid)
        row = None if item is None or item.remote_id is None else server.rows.get(item.remote_id)
        if entry.verb is Verb.DELETE:
            return row is None
        return row is not None and entry.wish is not None and same_content(row.event, entry.wish)

    def _colleague(self) -> None:
        """Somebody else works on the server; not between our read and our write."""
        server = self.servers[self.chance.choice(self.accounts)]
        rows = sorted(server.rows)
        if not rows:
            return
        remote_id = self.chance.choice(rows)
        if self.chance.random() < 0.15:
            server.delete(remote_id)
            self.trace.append(f"{self.now:%H:%M:%S} colleague deletes {remote_id}")
            return
        name = self.chance.choice(("summary", "location"))
        value = self._value("f")
        self.foreign_values.add(value)
        server.edit(remote_id, name, value)
        self.trace.append(f"{self.now:%H:%M:%S} colleague edits {remote_id} {name}={value}")

    def _pull(self) -> None:
        """The user sees what the server has, where nothing of theirs lies over it."""
        for uid in self.uids:
            if any(not e.state.finished for e in self.own.outbox.of_item(uid)):
                continue
            item = self.own.items.get(uid)
            if item is None or item.remote_id is None or item.gone:
                continue
            row = self.servers[item.account_id].rows.get(item.remote_id)
            if row is not None:
                self.views[uid] = replace(row.event, id=EventId(uid))
                self._see(row.event)

    def _see(self, event: Event) -> None:
        self.seen_values |= {event.summary, event.location}

    def _sign_in(self) -> None:
        for name in self.accounts:
            account: Account | None = self.own.accounts.get(name)
            if account is not None and account.state is not AccountState.ACTIVE:
                active = replace(account, state=AccountState.ACTIVE)
                try:
                    self.transact(lambda own, active=active: own.accounts.put(active))
                except CrashError:
                    self._boot()
                    return

    # --- the history ------------------------------------------------------------------------

    def live(self, actions: int = 14) -> None:
        """Troubled times, then healthy ones, then rest, then the audits."""
        for _ in range(actions):
            self.user_acts()
            self._jump_the_wall_clock()
            self._run(self.chance.choice((0.5, 5.0, 20.0, 120.0, 400.0)))
            self.check_always()
        self.heal()
        self._run(15 * 60.0)
        self.answer_everything()
        self.check_always()
        self.check_finished()
        self._run(26 * 3600.0)
        self.answer_everything()
        self.check_at_rest()

    def heal(self) -> None:
        for server in self.servers.values():
            server.healthy = True
            server.search_works = True
        self._sign_in()
        for name in self.accounts:
            # The network is back: what waits may go.
            pulse = self.pulses[name]
            pulse.health = replace(pulse.health, retry_at=None, failures=0, throttled=False)
            self.wake[name] = self.now

    def answer_everything(self) -> None:
        """The user comes back and decides whatever is asked, until nothing is open."""
        for _ in range(60):
            if not self.own.outbox.unfinished():
                return
            self._sign_in()
            self._answer()
            for name in self.accounts:
                self.wake[name] = self.now
            self._run(200.0)

    def _jump_the_wall_clock(self) -> None:
        if self.chance.random() < 0.15:
            self.wall_offset = timedelta(minutes=self.chance.uniform(-90, 90))

    def _run(self, seconds: float) -> None:
        """Lets engines and time go on."""
        end = self.now + timedelta(seconds=seconds)
        rounds = 0
        while self.now <= end:
            rounds += 1
            if rounds > 3000:
                self.fail("S9", "the engine spins")
            try:
                worked = [self.engine_step(name) for name in self.accounts]
            except CrashError:
                self.trace.append(f"{self.now:%H:%M:%S} crash")
                self.pass_time(self.chance.choice((0.1, 2.0, 60.0)))
                self._boot()
                continue
            if any(worked):
                continue
            at = min([end + timedelta(seconds=1), *self.wake.values()])
            self.pass_time(max(0.0, (at - self.now).total_seconds()))

    # --- invariants -------------------------------------------------------------------------

    def fail(self, invariant: str, text: str) -> None:
        raise FaultFoundError(f"{invariant}: {text}\n" + "\n".join(self.trace[-60:]))

    def check_always(self) -> None:
        for fault in self.own.check():
            self.fail("S16", fault)
        for name in self.accounts:
            sending = [e for e in self.own.outbox.unfinished(name) if e.state is OpState.SENDING]
            if len(sending) > 1:
                self.fail("S7", "two ops are being sent at once")
        for op_id in self.acknowledged:
            entry = self.own.outbox.get(op_id)
            if entry is None:
                self.fail("S1", f"acknowledged op {op_id} is gone")
        for server in self.servers.values():
            for uid, field, value in server.overwritten:
                if value in self.foreign_values and value not in self.seen_values:
                    self.fail("S5", f"{field} of {uid}: {value} was overwritten unseen")

    def check_finished(self) -> None:
        left = self.own.outbox.unfinished()
        if left:
            states = [f"{entry.seq} {entry.state.value} {entry.reason}" for entry in left]
            self.fail("S9", f"still unfinished with a healthy server: {states}")

    def check_at_rest(self) -> None:
        self.check_always()
        self.check_finished()
        for op_id in self.acknowledged:
            self._check_outcome(op_id)
        for server in self.servers.values():
            self._check_rows(server)

    def _check_outcome(self, op_id: OpId) -> None:
        entry = self.own.outbox.get(op_id)
        assert entry is not None
        dropped = entry.state is OpState.DISCARDED and entry.reason != v.Reason.CREATE_DROPPED
        if dropped and op_id not in self.user_ended:
            self.fail("S1", f"op {entry.seq} was dropped without the user's word")
        server = self.servers[entry.account_id]
        reached = {applied for _uid, applied, _verb in server.applied}
        if entry.state is OpState.CANCELLED and op_id in reached:
            self.fail("S2", f"cancelled op {entry.seq} reached the server")
        if (
            entry.state is OpState.DONE
            and entry.verb is Verb.CREATE
            and entry.reason != v.Reason.USER_SAYS_THERE
            and op_id not in reached
        ):
            self.fail("S1", f"create {entry.seq} is done, but never arrived")

    def _is_deleted(self, uid: str) -> bool:
        newest = self.own.outbox.newest_of_item(uid)
        done = newest is not None and newest.state is OpState.DONE and not newest.reason
        return newest is not None and done and newest.verb is Verb.DELETE

    def _check_rows(self, server: ModelServer) -> None:
        by_marker: dict[OpId, list[RemoteId]] = {}
        for row in server.rows.values():
            if row.marker is not None:
                by_marker.setdefault(row.marker, []).append(row.remote_id)
        for marker, remote_ids in by_marker.items():
            entry = self.own.outbox.get(marker)
            if entry is None:
                if marker in self.acknowledged:
                    self.fail("S4", f"a row of the unknown op {marker}")
                continue
            untouched = [
                r for r in remote_ids if not (server.rows[r].copy and server.rows[r].revision > 1)
            ]
            if len(untouched) > 1 and all(server.rows[r].revision == 1 for r in remote_ids):
                self.fail("S2", f"op {entry.seq} stands {len(remote_ids)} times on the server")
            untouched_rows = all(server.rows[r].revision == 1 for r in remote_ids)
            if untouched_rows and self._is_deleted(entry.item_uid):
                self.fail("S3", f"what op {entry.seq} made was deleted, and is there again")
        creates: dict[OpId, int] = {}
        for _uid, op_id, verb in server.applied:
            if verb is Verb.CREATE:
                creates[op_id] = creates.get(op_id, 0) + 1
        for op_id, times in creates.items():
            if times > 1 and op_id not in server.deleted:
                self.fail("S2", f"create {op_id} was carried out {times} times")


def new_uid_from(chance: random.Random) -> str:
    """Like `new_uid`, but the same in the same history."""
    return f"{chance.getrandbits(64):016x}"


def _failed(error: Exception) -> v.Failed:
    assert isinstance(
        error, OfflineError | OutcomeUnknownError | RefusedError | IdentityChangedError
    )
    return error


def _short(value: object) -> str:
    entry = getattr(value, "entry", value if isinstance(value, OutboxEntry) else None)
    seq = f" {entry.seq}:{entry.verb.value}:{entry.state.value}" if entry is not None else ""
    op = str(getattr(value, "op_id", ""))[:6]
    error = getattr(value, "error", "")
    return (
        f"{type(value).__name__}{seq} {op} {error!r:.60}"
        if error
        else (f"{type(value).__name__}{seq} {op}")
    )
