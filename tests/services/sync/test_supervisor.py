"""All engines together: starting, stopping, replacing, looking where the user looks."""

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

from desktop.domain.account import Account, AccountKind
from desktop.domain.errors import (
    KeyringError,
    KeyringState,
    OfflineError,
    Refusal,
    RefusedError,
    Unreachable,
)
from desktop.domain.ids import RecordKind
from desktop.domain.sync import OpState, SyncPhase, Verb
from desktop.domain.timespan import TimeSpan
from desktop.services.changes import Topic
from desktop.services.sync.clock import utc_now
from desktop.services.sync.recorder import Wish
from desktop.services.sync.supervisor import SyncSupervisor
from tests.builders import ACCOUNT, make_account, make_contact, make_event
from tests.services.sync.desk import QUICK, SELDOM
from tests.services.sync.edge import Edge

KIND = RecordKind.ACTIVITY


def create(uid: str = "m1") -> Wish:
    event = make_event(uid, record=KIND)
    return Wish(KIND, Verb.CREATE, event.account_id, uid, event)


async def test_nothing_but_this_computer_needs_no_engine(open_desk) -> None:
    async with open_desk(make_account("home", AccountKind.LOCAL)) as desk:
        assert desk.supervisor.status().phase is SyncPhase.LOCAL_ONLY
        assert desk.edges["home"].calls == []


async def test_a_first_sync_ends_up_to_date_and_is_remembered_over_a_restart(open_desk) -> None:
    async with open_desk() as desk:
        assert desk.supervisor.status().phase is SyncPhase.SYNCING
        await desk.idle()
        assert desk.supervisor.status().phase is SyncPhase.UP_TO_DATE
    async with open_desk(start=False) as desk:
        desk.edges[ACCOUNT].fail = lambda _call: OfflineError(Unreachable.NO_DNS)
        await desk.supervisor.start()
        await desk.until(lambda: desk.supervisor.status().phase is SyncPhase.OFFLINE)
        (account,) = desk.supervisor.status().accounts
        assert account.problem == "no such host name"
        assert account.last_success is not None


async def test_the_weeks_that_are_looked_at_are_read_first_and_with_a_margin(open_desk) -> None:
    start = utc_now() + timedelta(days=700)
    span = TimeSpan(start, start + timedelta(days=7))
    async with open_desk(start=False) as desk:
        desk.supervisor.want_window(span)
        await desk.supervisor.start()
        await desk.idle()

        first = desk.edges[ACCOUNT].windows[0]
        assert first.start < span.start
        assert span.end < first.end
        desk.supervisor.sync_now()
        await desk.idle()
        assert span in desk.edges[ACCOUNT].windows, "what was read once needs no margin"


async def test_turning_to_other_weeks_reads_them_at_once(open_desk) -> None:
    async with open_desk() as desk:
        await desk.idle()
        start = utc_now() + timedelta(days=300)
        span = TimeSpan(start, start + timedelta(days=7))
        desk.supervisor.want_window(span)
        edge = desk.edges[ACCOUNT]

        def read() -> bool:
            return any(window.start <= span.start < window.end for window in edge.windows)

        await desk.until(read)


async def test_closing_leaves_a_hanging_request_to_the_next_start(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        edge.gate = asyncio.Event()
        (entry,) = await desk.recorder.record([create()])
        await desk.until(lambda: "push create" in edge.calls)
        began = time.monotonic()
        await desk.supervisor.stop()

        assert time.monotonic() - began < SELDOM.close_s + 0.5
        assert (await desk.op(entry.op_id)).state is OpState.SENDING
        assert edge.closed


async def test_a_removed_account_is_left_alone_and_the_others_go_on(open_desk) -> None:
    async with open_desk(make_account(), make_account("a2")) as desk:
        await desk.idle()
        await desk.supervisor.remove_account(ACCOUNT)
        asked = len(desk.edges[ACCOUNT].calls)
        desk.supervisor.sync_now()
        await desk.idle()

        assert len(desk.edges[ACCOUNT].calls) == asked
        assert [one.account_id for one in desk.supervisor.status().accounts] == ["a2"]


async def test_a_new_secret_replaces_the_engine(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        edge.fail = lambda _call: RefusedError(Refusal.SIGN_IN)
        await desk.recorder.record([create()])
        await desk.until(
            lambda: [one.code for one in desk.supervisor.status().attention] == ["sign in"]
        )
        fresh = desk.edges[ACCOUNT] = Edge(edge.account)
        await desk.files.own.write(lambda own: own.accounts.put(make_account()))
        await desk.supervisor.add_account(make_account())
        await desk.idle()

        assert edge.closed
        assert len(fresh.rows) == 1


async def test_a_locked_keyring_is_said_and_tried_again(open_desk) -> None:
    async with open_desk(start=False) as desk:
        states = iter([KeyringState.LOCKED])

        async def connect(account: Account) -> Edge:
            state = next(states, None)
            if state is not None:
                raise KeyringError(state)
            edge: Edge = desk.edges[account.id]
            return edge

        supervisor = SyncSupervisor(
            desk.files,
            desk.feed,
            connect,
            timing=QUICK,
            polling=replace(SELDOM, restart_s=60),
            random=lambda: 0.5,
        )
        desk.supervisor = supervisor
        await supervisor.start()
        await desk.until(lambda: bool(supervisor.status().attention))
        (item,) = supervisor.status().attention
        assert (item.code, item.detail) == ("keyring", "locked")

        supervisor.sync_now()
        await desk.idle()
        await supervisor.stop()


async def test_what_waits_is_counted_before_there_is_a_connection(open_desk) -> None:
    async with open_desk(start=False) as desk:
        await desk.recorder.record([create()])
        desk.edges[ACCOUNT].fail = lambda _call: OfflineError()
        await desk.supervisor.start()
        await desk.until(lambda: desk.supervisor.status().waiting == 1)


async def test_a_recorded_wish_is_never_up_to_date(open_desk) -> None:
    async with open_desk() as desk:
        await desk.idle()
        seen: list[SyncPhase] = []
        desk.feed.subscribe(lambda _change: seen.append(desk.supervisor.status().phase))
        await desk.recorder.record([create()])
        assert desk.supervisor.status().phase is not SyncPhase.UP_TO_DATE
        await desk.idle()

        assert desk.supervisor.status().phase is SyncPhase.UP_TO_DATE
        assert SyncPhase.SYNCING in seen


async def test_waking_up_reads_what_is_looked_at(open_desk) -> None:
    async with open_desk() as desk:
        await desk.idle()
        edge = desk.edges[ACCOUNT]
        before = len(edge.windows)
        desk.supervisor.network_changed()
        await desk.until(lambda: len(edge.windows) > before)


async def test_a_first_contact_sync_tells_how_far_it_is(open_desk) -> None:
    async with open_desk(start=False) as desk:
        edge = desk.edges[ACCOUNT]
        for number in range(1, 121):
            edge.put(make_contact(), str(number))
        told: set[tuple[int, int | None]] = set()

        def listen(_change: object) -> None:
            progress = desk.supervisor.status().progress
            if progress is not None:
                told.add((progress.done, progress.total))

        desk.feed.subscribe(listen)
        await desk.supervisor.start()
        await desk.idle()

        assert told >= {(50, 120), (100, 120)}
        assert desk.supervisor.status().progress is None


async def test_a_part_that_may_not_be_read_is_named_and_the_rest_works(open_desk) -> None:
    async with open_desk(start=False) as desk:
        edge = desk.edges[ACCOUNT]
        edge.put(make_contact(), "1")
        edge.fail = lambda call: (
            RefusedError(Refusal.MISSING_SCOPE, subject="calendar") if call == "events" else None
        )
        await desk.supervisor.start()
        await desk.until(lambda: len(desk.supervisor.status().attention) == 2)

        codes = {(one.code, one.summary, one.detail) for one in desk.supervisor.status().attention}
        assert codes == {
            ("refused", "calendar", "missing scope"),
            ("refused", "horizon", "missing scope"),
        }
        await desk.until(lambda: Topic.CONTACTS in {one.topic for one in desk.changes})
        assert await desk.files.cache.read(lambda cache: cache.contacts.count()) == 1


async def test_status_is_told_only_when_it_is_another_one(open_desk) -> None:
    async with open_desk() as desk:
        await desk.idle()
        desk.changes.clear()
        desk.supervisor.local_change(ACCOUNT)
        await desk.until(lambda: desk.supervisor.status().phase is SyncPhase.UP_TO_DATE)

        told = [one for one in desk.changes if one.topic is Topic.SYNC]
        assert len(told) == 2, "waiting, and not waiting any more"
