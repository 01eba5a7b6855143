"""Taking back and doing again: before and after a change has left, and over restarts."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.event import Priority
from desktop.domain.ids import DraftId, EventId
from desktop.domain.sync import OpState, Verb
from desktop.services.changes import Topic
from desktop.services.steps import RecordChange, StepCode, UndoStep, step_from_bytes, step_to_bytes
from desktop.services.undo import STEPS_KEPT, UndoService
from tests.builders import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    make_contact,
    make_draft,
    make_event,
    make_remote,
    make_span,
)
from tests.services.house import CRM, CRM_CALENDAR, LOCAL_CALENDAR, House, open_house

LOCAL_DRAFT = make_draft("d-home", calendar_id=LOCAL_CALENDAR.id, title="Lunch")
CRM_DRAFT = make_draft("d-crm", calendar_id=CRM_CALENDAR.id, title="Demo")


async def _get(house: House, event_id: str):
    return await house.files.cache.read(lambda cache: cache.events.get(EventId(event_id)))


async def _unfinished(house: House):
    return await house.files.own.read(lambda own: own.outbox.unfinished())


async def _deliver(house: House, event_id: str, remote_id: str = "100"):
    """Everything of the event has reached the server."""

    def done(own):
        for entry in own.outbox.of_item(event_id):
            if not entry.state.finished:
                own.outbox.update(replace(entry, state=OpState.DONE, sends=1))
        item = own.items.get(event_id)
        newest = own.outbox.newest_of_item(event_id)
        own.items.put(
            replace(item, remote_id=remote_id, base=newest.wish, gone=newest.wish is None)
        )
        return newest.wish

    copy = await house.files.own.write(done)

    def show(cache):
        if copy is None:
            cache.events.remove([event_id])
        else:
            cache.events.upsert_records([make_remote(copy, remote_id)])
        cache.events.drop_own(event_id)

    await house.files.cache.write(show)


async def test_at_first_there_is_nothing_to_take_back(tmp_path):
    async with open_house(tmp_path) as house:
        assert (house.undo.can_undo, house.undo.can_redo) == (False, False)
        assert await house.undo.undo() is None
        assert await house.undo.redo() is None


async def test_a_booking_is_taken_back_and_made_again(tmp_path):
    async with open_house(tmp_path) as house:
        event_id = await house.schedule.book(LOCAL_DRAFT)

        undone = await house.undo.undo()
        assert undone is not None
        assert (undone.step.code, undone.step.summary) == (StepCode.BOOKED, "Lunch")
        assert not undone.sent
        assert await _get(house, event_id) is None
        assert (house.undo.can_undo, house.undo.can_redo) == (False, True)

        await house.undo.redo()
        assert (await _get(house, event_id)).summary == "Lunch"
        assert (house.undo.can_undo, house.undo.can_redo) == (True, False)


async def test_what_has_not_left_is_withdrawn_without_a_trace_to_send(tmp_path):
    async with open_house(tmp_path) as house:
        event_id = await house.schedule.book(CRM_DRAFT)

        undone = await house.undo.undo()

        assert undone is not None
        assert not undone.sent
        assert await _unfinished(house) == ()
        assert await _get(house, event_id) is None


async def test_what_has_left_is_followed_by_the_opposite(tmp_path):
    async with open_house(tmp_path) as house:
        event_id = await house.schedule.book(CRM_DRAFT)
        await _deliver(house, event_id)
        await house.schedule.move(event_id, make_span(TUESDAY))
        await _deliver(house, event_id)

        undone = await house.undo.undo()

        assert undone is not None
        assert undone.sent
        (op,) = await _unfinished(house)
        assert op.wish.when == CRM_DRAFT.when
        assert (await _get(house, event_id)).when == CRM_DRAFT.when


async def test_a_deletion_is_taken_back_while_it_waits(tmp_path):
    async with open_house(tmp_path) as house:
        event_id = await house.schedule.book(CRM_DRAFT)
        await _deliver(house, event_id)
        await house.schedule.delete(event_id)
        assert await _get(house, event_id) is None

        await house.undo.undo()

        assert (await _get(house, event_id)).summary == "Demo"
        assert await _unfinished(house) == ()


async def test_a_deletion_that_was_carried_out_is_followed_by_a_new_record(tmp_path):
    async with open_house(tmp_path) as house:
        event_id = await house.schedule.book(CRM_DRAFT)
        await _deliver(house, event_id)
        await house.schedule.delete(event_id)
        await _deliver(house, event_id)

        undone = await house.undo.undo()

        assert undone is not None
        assert undone.sent
        assert (await _get(house, event_id)).summary == "Demo"
        (op,) = await _unfinished(house)
        assert (op.verb, op.wish.summary) == (Verb.CREATE, "Demo")


async def test_undo_leaves_alone_what_others_changed_meanwhile(tmp_path):
    async with open_house(tmp_path) as house:
        event_id = await house.schedule.book(CRM_DRAFT)
        await _deliver(house, event_id)
        await house.schedule.move(event_id, make_span(TUESDAY))
        await _deliver(house, event_id)
        there = replace(await _get(house, event_id), location="Hall 9", priority=Priority.HIGH)
        await house.files.cache.write(
            lambda cache: cache.events.upsert_records([make_remote(there)])
        )

        await house.undo.undo()

        event = await _get(house, event_id)
        assert event.when == CRM_DRAFT.when
        assert (event.location, event.priority) == ("Hall 9", Priority.HIGH)


async def test_undo_of_what_somebody_else_deleted_does_not_fail(tmp_path):
    async with open_house(tmp_path) as house:
        event_id = await house.schedule.book(CRM_DRAFT)
        await _deliver(house, event_id)
        await house.schedule.move(event_id, make_span(TUESDAY))
        await _deliver(house, event_id)
        await house.files.cache.write(lambda cache: cache.events.remove([event_id]))

        await house.undo.undo()
        assert (await _get(house, event_id)).when == CRM_DRAFT.when
        await house.undo.undo()
        assert await _get(house, event_id) is None


async def test_a_new_action_ends_what_could_be_done_again(tmp_path):
    async with open_house(tmp_path) as house:
        await house.schedule.book(LOCAL_DRAFT)
        await house.undo.undo()

        await house.schedule.book(replace(LOCAL_DRAFT, id=DraftId("d2")))

        assert not house.undo.can_redo


async def test_sixty_steps_go_back_and_forth(tmp_path):
    async with open_house(tmp_path) as house:
        event_id = await house.schedule.book(LOCAL_DRAFT)
        for minute in range(60):
            start = make_span(MONDAY, hours=(8 + minute / 12, 9 + minute / 12))
            await house.schedule.move(event_id, start)
        last = await _get(house, event_id)

        for _ in range(60):
            await house.undo.undo()
        assert (await _get(house, event_id)).when == LOCAL_DRAFT.when
        for _ in range(60):
            await house.undo.redo()
        assert await _get(house, event_id) == last


async def test_the_last_steps_survive_a_restart(tmp_path):
    async with open_house(tmp_path) as house:
        event_id = await house.schedule.book(LOCAL_DRAFT)
        for hour in range(8, 20):
            await house.schedule.move(event_id, make_span(FRIDAY, hours=(hour, hour + 1)))
        await house.undo.undo()
    async with open_house(tmp_path) as house:
        assert house.undo.last is not None
        assert house.undo.last.code is StepCode.MOVED
        for _ in range(11):
            await house.undo.undo()
        assert (await _get(house, event_id)).when == LOCAL_DRAFT.when


async def test_a_contact_comes_back_with_all_that_was_known(tmp_path):
    async with open_house(tmp_path) as house:
        alex = make_contact("alex", "Alex Vronsky", account="home", phone="+49 30 1")
        await house.contacts.save(alex, new=True)
        await house.contacts.delete(alex.id)

        await house.undo.undo()

        assert await house.contacts.get(alex.id) == alex


async def test_steps_of_a_removed_account_are_forgotten(tmp_path):
    async with open_house(tmp_path) as house:
        await house.schedule.book(LOCAL_DRAFT)
        await house.schedule.book(CRM_DRAFT)

        await house.undo.forget_account(CRM.id)

        assert house.undo.last is not None
        assert house.undo.last.summary == "Lunch"


async def test_each_change_of_the_history_is_told(tmp_path):
    async with open_house(tmp_path) as house:
        await house.schedule.book(LOCAL_DRAFT)
        house.topics()

        await house.undo.undo()

        assert Topic.UNDO in house.topics()


async def test_more_steps_than_are_kept_are_no_trouble(tmp_path):
    async with open_house(tmp_path) as house:
        event_id = await house.schedule.book(LOCAL_DRAFT)
        for number in range(STEPS_KEPT + 5):
            await house.schedule.move(event_id, make_span(hours=(8 + number % 9, 18)))
        kept = await house.files.own.read(lambda own: own.undo.all())

        assert len(kept) == STEPS_KEPT


def test_a_step_is_the_same_after_it_was_stored():
    event = make_event()
    change = make_change(None, event)
    step = UndoStep(StepCode.BOOKED, "Planning", (change, change.turned()))

    assert step_from_bytes(step_to_bytes(step)) == step


def test_bytes_of_another_version_are_no_step():
    assert step_from_bytes(b"\x93\x01") is None
    assert step_from_bytes(b"") is None


def make_change(before, after):
    from_one = after or before
    return RecordChange(from_one.account_id, from_one.id, before, after)


actions = st.lists(
    st.sampled_from(["book", "move", "edit", "delete", "undo", "redo"]), min_size=1, max_size=14
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(actions=actions, remote=st.booleans())
def test_undoing_everything_leads_to_an_empty_calendar(qloop, tmp_path_factory, actions, remote):
    folder = tmp_path_factory.mktemp("undo")
    qloop.run_until_complete(_play(folder, actions, remote))


async def _play(folder, actions, remote):
    calendar = CRM_CALENDAR if remote else LOCAL_CALENDAR
    async with open_house(folder) as house:
        for number, action in enumerate(actions):
            await _act(house, action, number, calendar.id)
        before = await _all(house)
        steps = 0
        while await house.undo.undo():
            steps += 1
        assert await _all(house) == []
        for _ in range(steps):
            await house.undo.redo()
        assert await _all(house) == before
        faults = await house.files.own.read(lambda own: own.check())
        assert faults == ()


async def _all(house: House):
    return await house.files.cache.read(
        lambda cache: sorted((e.id, e.summary, str(e.when)) for e in cache.events.all())
    )


async def _act(house: House, action: str, number: int, calendar_id) -> None:
    undo: UndoService = house.undo
    events = await house.files.cache.read(lambda cache: cache.events.all())
    target = events[number % len(events)].id if events else None
    if action == "undo":
        await undo.undo()
    elif action == "redo":
        await undo.redo()
    elif action == "book" or target is None:
        await house.schedule.book(
            make_draft(f"d{number}", title=f"Event {number}", calendar_id=calendar_id)
        )
    elif action == "move":
        await house.schedule.move(target, make_span(hours=(number, number + 1)))
    elif action == "edit":
        draft = await house.drafts.for_event(target)
        await house.schedule.book(replace(draft, title=f"Edited {number}"))
    else:
        await house.schedule.delete(target)
