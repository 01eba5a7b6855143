"""One account's engine over the real store: what goes out, and what comes in."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.errors import OfflineError, OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import DeliveryMark, Event, Participation
from desktop.domain.ids import ContactId, EventId, RecordKind
from desktop.domain.sync import OpState, SyncPhase, Verb
from desktop.domain.timespan import TimeSpan
from desktop.services.changes import Topic
from desktop.services.sync.clock import utc_now
from desktop.services.sync.pulse import Pulse
from desktop.services.sync.push import PushLoop
from desktop.services.sync.recorder import Wish
from tests.builders import ACCOUNT, make_account, make_contact, make_event
from tests.services.sync.desk import QUICK, Desk

ACTIVITY = RecordKind.ACTIVITY


def soon(hours: float = 3) -> TimeSpan:
    start = utc_now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)
    return TimeSpan(start, start + timedelta(hours=1))


def meeting(uid: str = "m1", summary: str = "Demo", **more) -> Event:
    return make_event(uid, summary, more.pop("when", soon()), record=ACTIVITY, **more)


def create(event: Event) -> Wish:
    return Wish(event.record, Verb.CREATE, event.account_id, event.id, event)


async def shown(desk: Desk, uid: str) -> tuple[Event | None, DeliveryMark]:
    return await desk.files.cache.read(
        lambda cache: (cache.events.get(EventId(uid)), cache.events.mark_of(EventId(uid)))
    )


async def test_a_created_meeting_reaches_the_server_and_its_mark_settles(open_desk) -> None:
    async with open_desk() as desk:
        (entry,) = await desk.recorder.record([create(meeting())])
        assert (await shown(desk, "m1"))[1] is not DeliveryMark.SETTLED
        await desk.idle()

        edge = desk.edges[ACCOUNT]
        assert [one.verb for one in edge.pushed] == [Verb.CREATE]
        event, mark = await shown(desk, "m1")
        assert event is not None
        assert (event.summary, mark) == ("Demo", DeliveryMark.SETTLED)
        item = await desk.files.own.read(lambda own: own.items.get("m1"))
        assert item is not None
        assert item.remote_id == "1001"
        assert (await desk.op(entry.op_id)).state is OpState.DONE


async def test_a_pulled_copy_of_our_meeting_is_the_same_event(open_desk) -> None:
    async with open_desk() as desk:
        await desk.recorder.record([create(meeting())])
        await desk.idle()
        desk.supervisor.sync_now()
        await desk.idle()

        count = await desk.files.cache.read(lambda cache: cache.events.count())
        assert count == 1


async def test_an_edit_sends_only_after_reading_and_keeps_what_a_colleague_changed(
    open_desk,
) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        row = edge.put(meeting(location="Room 1"), "5")
        await desk.idle()
        seen, _mark = await shown(desk, row.record.id)
        assert seen is not None
        edge.put(meeting(location="Room 2"), "5")
        wish = replace(seen, summary="Negotiation")
        await desk.recorder.record([Wish(ACTIVITY, Verb.UPDATE, ACCOUNT, seen.id, wish, seen)])
        await desk.idle()

        arrived = edge.rows[ACTIVITY, row.remote_id].record
        assert isinstance(arrived, Event)
        assert (arrived.summary, arrived.location) == ("Negotiation", "Room 2")


async def test_both_sides_changing_one_field_asks_and_keeps_both(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        row = edge.put(meeting(), "5")
        await desk.idle()
        seen, _mark = await shown(desk, row.record.id)
        assert seen is not None
        edge.put(meeting(summary="Theirs"), "5")
        wish = replace(seen, summary="Mine")
        (entry,) = await desk.recorder.record(
            [Wish(ACTIVITY, Verb.UPDATE, ACCOUNT, seen.id, wish, seen)]
        )
        await desk.until(lambda: bool(desk.supervisor.status().attention))

        assert desk.supervisor.status().phase is SyncPhase.ATTENTION
        (line,) = await desk.outbox.lines()
        assert line.conflict is not None
        assert isinstance(line.conflict.theirs, Event)
        assert isinstance(line.conflict.mine, Event)
        assert (line.conflict.mine.summary, line.conflict.theirs.summary) == ("Mine", "Theirs")
        assert edge.pushed == []

        await desk.outbox.resolve(entry.op_id, "mine")
        await desk.idle()
        kept = edge.rows[ACTIVITY, row.remote_id].record
        assert isinstance(kept, Event)
        assert kept.summary == "Mine"


async def test_keeping_theirs_shows_theirs_and_remembers_mine(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        row = edge.put(meeting(), "5")
        await desk.idle()
        seen, _mark = await shown(desk, row.record.id)
        assert seen is not None
        edge.put(meeting(summary="Theirs"), "5")
        wish = replace(seen, summary="Mine")
        (entry,) = await desk.recorder.record(
            [Wish(ACTIVITY, Verb.UPDATE, ACCOUNT, seen.id, wish, seen)]
        )
        await desk.until(lambda: bool(desk.supervisor.status().attention))
        await desk.outbox.resolve(entry.op_id, "theirs")
        await desk.idle()

        event, mark = await shown(desk, seen.id)
        assert event is not None
        assert (event.summary, mark) == ("Theirs", DeliveryMark.SETTLED)
        versions = await desk.files.own.read(lambda own: own.versions.of(seen.id))
        assert [one.record.summary for one in versions if one.origin == "mine"] == ["Mine"]


async def test_a_deletion_hides_at_once_and_can_be_taken_back(open_desk) -> None:
    async with open_desk(timing=replace(QUICK, delete_delay_s=60.0)) as desk:
        row = desk.edges[ACCOUNT].put(meeting(), "5")
        await desk.idle()
        uid = row.record.id
        seen, _mark = await shown(desk, uid)
        (entry,) = await desk.recorder.record(
            [Wish(ACTIVITY, Verb.DELETE, ACCOUNT, uid, None, seen)]
        )
        assert (await shown(desk, uid))[0] is None

        assert await desk.recorder.take_back(entry.op_id)
        assert (await shown(desk, uid))[0] is not None
        await desk.idle()
        assert desk.edges[ACCOUNT].pushed == []


async def test_a_deletion_leaves_when_its_time_has_come(open_desk) -> None:
    async with open_desk() as desk:
        row = desk.edges[ACCOUNT].put(meeting(), "5")
        await desk.idle()
        seen, _mark = await shown(desk, row.record.id)
        await desk.recorder.record(
            [Wish(ACTIVITY, Verb.DELETE, ACCOUNT, row.record.id, None, seen)]
        )
        await desk.idle()

        assert desk.edges[ACCOUNT].rows == {}
        assert (await shown(desk, row.record.id))[0] is None


async def test_a_lost_answer_is_looked_up_and_nothing_is_sent_twice(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        edge.after = lambda call: OutcomeUnknownError() if call == "push create" else None
        await desk.recorder.record([create(meeting())])
        await desk.idle()

        assert len(edge.pushed) == 1
        assert len(edge.rows) == 1


async def test_a_refusal_parks_the_op_after_looking_and_an_edit_sends_it_again(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        edge.fail = lambda call: (
            RefusedError(Refusal.INVALID, text="no") if call == "push create" else None
        )
        (entry,) = await desk.recorder.record([create(meeting())])
        await desk.until(lambda: bool(desk.supervisor.status().attention))
        (item,) = desk.supervisor.status().attention
        assert (item.code, item.detail, item.summary) == ("parked", "invalid", "Demo")
        assert "look up" in edge.calls

        edge.fail = lambda _call: None
        (again,) = await desk.recorder.record(
            [Wish(ACTIVITY, Verb.UPDATE, ACCOUNT, "m1", meeting(summary="Better"), meeting())]
        )
        assert again.op_id == entry.op_id
        await desk.idle()
        assert [one.wish.summary for one in edge.pushed] == ["Better"]


async def test_a_meeting_waits_for_its_contact_and_carries_its_server_id(open_desk) -> None:
    async with open_desk() as desk:
        contact = make_contact("c-new", phone="+49 30 1234567")
        event = meeting(contacts=(ContactId("c-new"),))
        await desk.recorder.record(
            [
                Wish(RecordKind.CONTACT, Verb.CREATE, ACCOUNT, "c-new", contact),
                create(event),
            ]
        )
        await desk.idle()

        first, second = desk.edges[ACCOUNT].pushed
        assert first.kind is RecordKind.CONTACT
        assert second.wish is not None
        assert isinstance(second.wish, Event)
        assert second.wish.contacts == (f"{ACCOUNT}:contact:1001",)
        stored, _mark = await shown(desk, "m1")
        assert stored is not None
        assert stored.contacts == ("c-new",)


async def test_offline_keeps_everything_and_says_why(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        edge.fail = lambda _call: OfflineError()
        await desk.recorder.record([create(meeting())])
        await desk.until(lambda: desk.supervisor.status().phase is SyncPhase.OFFLINE)
        status = desk.supervisor.status()
        assert status.waiting == 1
        assert status.accounts[0].problem == "no answer"

        edge.fail = lambda _call: None
        await desk.idle()
        assert len(edge.rows) == 1


async def test_refused_credentials_hold_everything_until_somebody_signs_in(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        refused: Counter[str] = Counter()

        def refuse(call: str) -> RefusedError:
            refused[call] += 1
            return RefusedError(Refusal.SIGN_IN)

        edge.fail = refuse
        (entry,) = await desk.recorder.record([create(meeting())])
        await desk.until(
            lambda: [one.code for one in desk.supervisor.status().attention] == ["sign in"]
        )
        await desk.until(lambda: desk.supervisor.status().waiting == 1)
        assert (await desk.op(entry.op_id)).state is OpState.HELD
        await asyncio.sleep(0.1)
        # What reads and what writes may both have been about to ask; neither asks again.
        assert max(refused.values()) <= 2, f"a server that refuses us is asked in a loop: {refused}"

        edge.fail = lambda _call: None
        desk.supervisor.sync_now()
        await desk.idle()
        assert len(edge.rows) == 1


async def test_what_the_end_of_the_program_keeps_from_leaving_is_not_unknown(open_desk) -> None:
    async with open_desk(start=False) as desk:
        (entry,) = await desk.recorder.record([create(meeting())])
        edge = desk.edges[ACCOUNT]

        def stop_before_the_first_byte() -> None:
            if any(one.state is OpState.SENDING for one in pulse.unfinished):
                push.stop()

        pulse = Pulse(edge.account, desk.clock, QUICK, lambda: 0.5, stop_before_the_first_byte)
        push = PushLoop(edge, desk.files, desk.feed, pulse, "boot")
        await push.run()

        left = await desk.op(entry.op_id)
        assert (left.state, left.sends, left.was_unknown) == (OpState.QUEUED, 0, False)
        assert not edge.pushed


async def test_contacts_come_in_pages_and_a_killed_pull_goes_on_where_it_was(open_desk) -> None:
    async with open_desk(start=False) as desk:
        edge = desk.edges[ACCOUNT]
        for number in range(1, 131):
            edge.put(make_contact(name=f"Person {number}"), str(number))
        asked = iter(range(100))
        edge.fail = lambda call: OfflineError() if call == "contacts" and next(asked) == 2 else None
        await desk.supervisor.start()
        await desk.idle()

        count = await desk.files.cache.read(lambda cache: cache.contacts.count())
        assert count == 130
        assert edge.calls.count("contacts") == 4, "the two pages before the failure are kept"


async def test_a_deleted_contact_goes_after_a_sweep_and_a_question(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        for number in range(1, 6):
            edge.put(make_contact(name=f"Person {number}"), str(number))
        desk.supervisor.sync_now()
        await desk.idle()
        del edge.rows[RecordKind.CONTACT, "3"]
        desk.supervisor.sync_now()
        await desk.idle()

        assert "fetch" in edge.calls
        count = await desk.files.cache.read(lambda cache: cache.contacts.count())
        assert count == 4


async def test_a_suddenly_empty_calendar_is_not_believed(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        for number in range(1, 41):
            edge.put(meeting(when=soon(number)), str(number))
        desk.supervisor.sync_now()
        await desk.idle()
        edge.hidden = set(edge.rows)
        desk.supervisor.sync_now()
        await desk.idle()

        codes = [(one.code, one.summary) for one in desk.supervisor.status().attention]
        assert codes == [("suddenly empty", "calendar")]
        assert await desk.files.cache.read(lambda cache: cache.events.count()) == 40

        edge.rows.clear()
        desk.supervisor.accept_emptiness(ACCOUNT)
        await desk.until(lambda: not desk.supervisor.status().attention)
        await desk.idle()
        assert await desk.files.cache.read(lambda cache: cache.events.count()) == 0


async def test_an_event_moved_out_of_the_window_is_found_again(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        row = edge.put(meeting(), "5")
        desk.supervisor.sync_now()
        await desk.idle()
        far = soon(24 * 200)
        edge.put(meeting(when=far), "5")
        desk.supervisor.sync_now()
        await desk.idle()

        event, _mark = await shown(desk, row.record.id)
        assert event is not None
        assert event.when == far


async def test_a_declined_invitation_that_is_not_listed_stays_and_is_asked_for_once(
    open_desk,
) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        row = edge.put(meeting(participation=Participation.DECLINED), "5")
        desk.supervisor.sync_now()
        await desk.idle()
        edge.hidden.add((ACTIVITY, row.remote_id))
        edge.calls.clear()
        for _again in range(3):
            desk.supervisor.sync_now()
            await desk.idle()

        event, _mark = await shown(desk, row.record.id)
        assert event is not None
        assert edge.calls.count("fetch") == 1


async def test_a_pull_that_changes_nothing_is_silent(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        edge.put(meeting(), "5")
        edge.put(make_contact(), "6")
        desk.supervisor.sync_now()
        await desk.idle()
        desk.changes.clear()
        desk.supervisor.sync_now()
        await desk.idle()

        topics = {change.topic for change in desk.changes}
        assert not topics & {Topic.EVENTS, Topic.CONTACTS, Topic.CALENDARS}


async def test_one_account_down_leaves_the_other_working(open_desk) -> None:
    other = make_account("a2")
    async with open_desk(make_account(), other) as desk:
        desk.edges[ACCOUNT].fail = lambda _call: OfflineError()
        desk.edges[other.id].put(meeting("x", account="a2"), "5")
        await desk.recorder.record([create(meeting("y", account="a2"))])
        await desk.until(lambda: len(desk.edges[other.id].rows) == 2)
        phases = {one.account_id: one.phase for one in desk.supervisor.status().accounts}

        assert phases[ACCOUNT] in (SyncPhase.OFFLINE, SyncPhase.SYNCING)


@pytest.mark.expects_log
async def test_a_fault_of_ours_ends_neither_its_engine_nor_another(open_desk) -> None:
    other = make_account("a2")
    async with open_desk(make_account(), other) as desk:
        broken = desk.edges[ACCOUNT]
        faults = iter([ValueError("a bug"), ValueError("a bug")])
        broken.fail = lambda call: next(faults, None) if call == "events" else None
        desk.edges[other.id].put(meeting("x", account="a2"), "5")
        await desk.until(lambda: len(broken.windows) > 0)
        await desk.idle()

        assert len(desk.edges[other.id].windows) > 0


async def test_what_was_being_sent_when_the_program_died_is_looked_up(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        await desk.recorder.record([create(meeting("m0"))])
        await desk.idle()  # the search has been proved
        edge.gate = asyncio.Event()
        (entry,) = await desk.recorder.record([create(meeting())])
        await desk.until(lambda: edge.calls.count("push create") == 2)
    async with open_desk() as desk:
        assert (await desk.op(entry.op_id)).sends == 1
        edge.gate.set()
        await desk.idle()

        assert len(edge.rows) == 2
        assert len(edge.pushed) == 2
        attempts = await desk.files.own.read(lambda own: own.outbox.attempts(entry.seq))
        assert [one.outcome for one in attempts] == ["killed", "done"]


async def test_closing_waits_for_an_answer_that_comes_in_time(open_desk) -> None:
    async with open_desk() as desk:
        edge = desk.edges[ACCOUNT]
        edge.gate = asyncio.Event()
        (entry,) = await desk.recorder.record([create(meeting())])
        await desk.until(lambda: "push create" in edge.calls)
        asyncio.get_running_loop().call_later(0.05, edge.gate.set)
        await desk.supervisor.stop()

        assert (await desk.op(entry.op_id)).state is OpState.DONE
        assert edge.closed
