"""One of a series, it and the following, all of it: changed, moved, deleted, and taken back."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from desktop.domain.account import Capabilities
from desktop.domain.errors import Field, InvalidInputError, ReadOnlyError
from desktop.domain.event import Event, EventKind, Recording
from desktop.domain.ids import EventId, RecordKind, RemoteId, Revision
from desktop.domain.reach import Reach
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.series import without_occurrence
from desktop.domain.sync import RemoteRecord, SeriesPart, Verb
from desktop.domain.timespan import TimeSpan
from desktop.services.series import SeriesAct, SeriesService
from desktop.services.steps import RecordChange, StepCode
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    make_contact,
    make_draft,
    make_event,
    make_span,
)
from tests.services.house import CRM, CRM_CALENDAR, LOCAL_CALENDAR, House, open_house

WEEK = TimeSpan(make_span(MONDAY, hours=(0, 1)).start, make_span(FRIDAY, hours=(23, 24)).end)
DAILY = RecurrenceRule(Frequency.DAILY, count=5)
SERIES = EventId("series")
PARTS = Capabilities(series=True, series_parts=True)
WHOLE = Capabilities(series=True)


def _service(house: House) -> SeriesService:
    return SeriesService(house.files, house.schedule, house.undo, house.feed, house.clock)


def _stand_up(**facts) -> Event:
    return make_event(
        SERIES, "Stand-up", kind=EventKind.EVENT, recurrence=DAILY, **{"account": "a1"} | facts
    )


async def _at_home(house: House) -> SeriesService:
    """Every day from Monday to Friday at ten, on this computer."""
    event = _stand_up(account="home", calendar=LOCAL_CALENDAR.id)
    await house.undo.perform(
        StepCode.BOOKED, "Stand-up", (RecordChange(event.account_id, event.id, None, event),)
    )
    return _service(house)


async def _at_the_portal(
    house: House, able: Capabilities = PARTS, series: Event | None = None
) -> SeriesService:
    """The same, in the CRM."""
    await house.add(replace(CRM, capabilities=able), CRM_CALENDAR)
    record = RemoteRecord(RecordKind.EVENT, RemoteId("7"), Revision("1"), series or _stand_up())
    await house.files.cache.write(lambda cache: cache.events.upsert_records([record]))
    return _service(house)


async def _week(house: House) -> list[str]:
    entries = await house.schedule.entries(WEEK)
    return [f"{e.when.in_zone(UTC).start:%a %H}" for e in entries]


async def _ops(house: House):
    return await house.files.own.read(lambda own: own.outbox.unfinished())


def _start(day):
    return make_span(day).start


USUAL = ["Mon 10", "Tue 10", "Wed 10", "Thu 10", "Fri 10"]
AT_THREE = (15, 16)


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (Reach.THIS, ["Mon 10", "Tue 10", "Wed 15", "Thu 10", "Fri 10"]),
        (Reach.FOLLOWING, ["Mon 10", "Tue 10", "Wed 15", "Thu 15", "Fri 15"]),
        (Reach.ALL, ["Mon 15", "Tue 15", "Wed 15", "Thu 15", "Fri 15"]),
    ],
)
@pytest.mark.parametrize("where", ["home", "portal", "old portal"])
async def test_a_move_reaches_as_far_as_was_chosen_and_is_one_step(
    tmp_path, where, reach, expected
):
    async with open_house(tmp_path) as house:
        series = await _open(house, where)

        await series.move(SERIES, _start(WEDNESDAY), make_span(WEDNESDAY, hours=AT_THREE), reach)

        assert await _week(house) == expected
        await house.undo.undo()
        assert await _week(house) == USUAL
        await house.undo.redo()
        assert await _week(house) == expected


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (Reach.THIS, ["Mon 10", "Tue 10", "Thu 10", "Fri 10"]),
        (Reach.FOLLOWING, ["Mon 10", "Tue 10"]),
        (Reach.ALL, []),
    ],
)
@pytest.mark.parametrize("where", ["home", "portal", "old portal"])
async def test_a_deletion_reaches_as_far_as_was_chosen_and_is_one_step(
    tmp_path, where, reach, expected
):
    async with open_house(tmp_path) as house:
        series = await _open(house, where)

        await series.delete(SERIES, _start(WEDNESDAY), reach)

        assert await _week(house) == expected
        await house.undo.undo()
        assert await _week(house) == USUAL


@pytest.mark.parametrize("where", ["home", "portal"])
async def test_those_that_are_over_stay_unless_they_are_named(tmp_path, where):
    async with open_house(tmp_path) as house:
        series = await _open(house, where)
        house.clock.forward(days=2)  # Wednesday morning

        await series.delete(SERIES, _start(THURSDAY), Reach.ALL)
        assert await _week(house) == ["Mon 10", "Tue 10"]
        await house.undo.undo()

        await series.delete(SERIES, _start(THURSDAY), Reach.ALL, past=True)
        assert await _week(house) == []


@pytest.mark.parametrize("where", ["home", "portal"])
async def test_what_was_changed_alone_stays_unless_it_is_told_to_go(tmp_path, where):
    async with open_house(tmp_path) as house:
        series = await _open(house, where)
        await series.move(SERIES, _start(THURSDAY), make_span(THURSDAY, hours=(18, 19)), Reach.THIS)
        at_three = make_span(TUESDAY, hours=AT_THREE)

        await series.move(SERIES, _start(TUESDAY), at_three, Reach.FOLLOWING)
        assert await _week(house) == ["Mon 10", "Tue 15", "Wed 15", "Thu 18", "Fri 15"]
        await house.undo.undo()

        await series.move(SERIES, _start(TUESDAY), at_three, Reach.ALL, keep=False)
        assert await _week(house) == ["Mon 15", "Tue 15", "Wed 15", "Thu 15", "Fri 15"]


async def test_the_following_of_the_first_are_all(tmp_path):
    async with open_house(tmp_path) as house:
        series = await _at_home(house)

        shown = await series.move(
            SERIES, _start(MONDAY), make_span(MONDAY, hours=AT_THREE), Reach.FOLLOWING
        )

        assert shown == SERIES
        assert await _week(house) == [one.replace("10", "15") for one in USUAL]


async def test_a_series_on_a_server_changes_by_one_request_for_its_part(tmp_path):
    async with open_house(tmp_path) as house:
        series = await _at_the_portal(house)

        await series.move(
            SERIES, _start(WEDNESDAY), make_span(WEDNESDAY, hours=AT_THREE), Reach.FOLLOWING
        )

        tail, ended = await _ops(house)
        assert (tail.verb, tail.scope.part) == (Verb.CREATE, SeriesPart.NEXT)
        assert (tail.scope.master.id, tail.scope.original_start) == (SERIES, _start(WEDNESDAY))
        assert (ended.verb, ended.scope, ended.needs_seq) == (Verb.UPDATE, None, tail.seq)


async def test_whether_a_server_leaves_out_of_the_rest_what_was_left_out_is_looked_at(tmp_path):
    async with open_house(tmp_path) as house:
        master = without_occurrence(_stand_up(), _start(THURSDAY))
        series = await _at_the_portal(house, series=master)

        await series.move(
            SERIES, _start(WEDNESDAY), make_span(WEDNESDAY, hours=AT_THREE), Reach.FOLLOWING
        )

        tail, look, _ended = await _ops(house)
        assert (tail.wish.excluded_dates, look.item_uid) == ((), tail.item_uid)
        assert look.scope.part is SeriesPart.LEFT_OUT
        assert await _week(house) == ["Mon 10", "Tue 10", "Wed 15", "Fri 15"]
        await house.undo.undo()
        assert await _week(house) == ["Mon 10", "Tue 10", "Wed 10", "Fri 10"]


async def test_one_of_a_series_is_cut_out_deleted_and_looked_for(tmp_path):
    async with open_house(tmp_path) as house:
        series = await _at_the_portal(house)

        await series.delete(SERIES, _start(WEDNESDAY), Reach.THIS)

        cut, gone, left = await _ops(house)
        assert (cut.verb, gone.verb, left.verb) == (Verb.CREATE, Verb.DELETE, Verb.UPDATE)
        assert cut.item_uid == gone.item_uid
        assert left.scope.part is SeriesPart.LEFT_OUT
        assert left.needs_seq == gone.seq
        assert cut.not_before == house.clock.now + timedelta(seconds=10)


async def test_a_portal_without_series_leaves_them_alone(tmp_path):
    async with open_house(tmp_path) as house:
        series = await _at_the_portal(house, Capabilities())

        with pytest.raises(ReadOnlyError):
            await series.delete(SERIES, _start(WEDNESDAY), Reach.THIS)


async def test_the_question_names_what_each_choice_touches(tmp_path):
    async with open_house(tmp_path) as house:
        series = await _at_home(house)
        house.clock.forward(days=2)

        question = await series.question(SERIES, _start(THURSDAY), SeriesAct.DELETE)

        assert question is not None
        assert [(one.reach, one.count, one.past) for one in question.choices] == [
            (Reach.THIS, 1, 0),
            (Reach.FOLLOWING, 2, 0),
            (Reach.ALL, 3, 2),
        ]
        assert not question.divided


async def test_a_series_with_a_contact_is_a_calendar_event_with_its_link(tmp_path):
    async with open_house(tmp_path) as house:
        recordings = (Recording.ACTIVITY, Recording.EVENT)
        able = replace(PARTS, recordings=recordings)
        await house.add(replace(CRM, capabilities=able), CRM_CALENDAR)
        alex = make_contact("alex", "Alex Vronsky", phone="+49 30 123456")
        await house.files.cache.write(lambda cache: cache.contacts.upsert([alex]))
        weekly = RecurrenceRule(Frequency.WEEKLY, by_day=("WE",))
        draft = make_draft("d", title="Review", contacts=(alex.id,), recurrence=weekly)

        event = (await house.schedule.entry(await house.schedule.book(draft))).event

        assert event.record is RecordKind.EVENT
        assert (event.contacts, event.recurrence) == ((alex.id,), weekly)
        assert event.when == make_span(WEDNESDAY), "the first one is a day of the rule"


async def test_what_is_no_series_is_not_asked_about(tmp_path):
    async with open_house(tmp_path) as house:
        series = _service(house)
        draft = make_draft("d", calendar_id=LOCAL_CALENDAR.id, title="Lunch")
        event_id = await house.schedule.book(draft)

        assert await series.question(event_id, None, SeriesAct.DELETE) is None


async def test_one_that_was_changed_alone_is_edited_alone_but_asked_about_when_it_goes(tmp_path):
    async with open_house(tmp_path) as house:
        series = await _at_home(house)
        alone = await series.move(
            SERIES, _start(TUESDAY), make_span(TUESDAY, hours=AT_THREE), Reach.THIS
        )

        assert await series.question(alone, None, SeriesAct.MOVE) is None
        question = await series.question(alone, None, SeriesAct.DELETE)
        assert question is not None
        await series.delete(alone, question.original_start, Reach.THIS)

        assert await _week(house) == ["Mon 10", "Wed 10", "Thu 10", "Fri 10"]


@pytest.mark.parametrize("where", ["home", "portal"])
async def test_a_draft_changes_the_following_with_their_rule(tmp_path, where):
    async with open_house(tmp_path) as house:
        series = await _open(house, where)
        draft = await house.drafts.for_event(SERIES, _start(WEDNESDAY))
        assert draft.recurrence == DAILY
        every_other = RecurrenceRule(Frequency.DAILY, 2, count=2)

        await series.save(
            replace(draft, title="Retro", recurrence=every_other),
            _start(WEDNESDAY),
            Reach.FOLLOWING,
        )

        entries = await house.schedule.entries(WEEK)
        assert [(e.event.summary, e.when.in_zone(UTC).start.day) for e in entries] == [
            ("Stand-up", 16),
            ("Stand-up", 17),
            ("Retro", 18),
            ("Retro", 20),
        ]


@pytest.mark.parametrize("where", ["home", "portal"])
async def test_what_does_not_repeat_any_more_ends_with_this_one(tmp_path, where):
    async with open_house(tmp_path) as house:
        series = await _open(house, where)
        draft = await house.drafts.for_event(SERIES, _start(WEDNESDAY))

        await series.save(replace(draft, recurrence=None), _start(WEDNESDAY), Reach.FOLLOWING)

        assert await _week(house) == ["Mon 10", "Tue 10", "Wed 10"]


async def test_a_rule_that_the_portal_cannot_keep_is_refused_before_anything_is_stored(tmp_path):
    async with open_house(tmp_path) as house:
        series = await _at_the_portal(house)
        draft = await house.drafts.for_event(SERIES, _start(WEDNESDAY))
        third = RecurrenceRule(Frequency.MONTHLY, by_day=("3WE",))

        with pytest.raises(InvalidInputError) as refused:
            await series.save(replace(draft, recurrence=third), _start(WEDNESDAY), Reach.ALL)

        assert (refused.value.field, refused.value.problem) == (Field.REPEAT, "not storable")
        assert await _ops(house) == ()


async def test_single_meetings_stand_in_for_a_rule_and_go_in_one_step(tmp_path):
    async with open_house(tmp_path) as house:
        await house.add(replace(CRM, capabilities=PARTS), CRM_CALENDAR)
        times = tuple(make_span(day) for day in (MONDAY, WEDNESDAY, FRIDAY))
        draft = make_draft("d", title="Review", recurrence=DAILY)

        first = await _service(house).book_singles(draft, times)

        assert first == "d"
        assert await _week(house) == ["Mon 10", "Wed 10", "Fri 10"]
        assert all(op.wish.recurrence is None for op in await _ops(house))
        await house.undo.undo()
        assert await _week(house) == []


async def _open(house: House, where: str) -> SeriesService:
    if where == "home":
        return await _at_home(house)
    return await _at_the_portal(house, PARTS if where == "portal" else WHOLE)
