"""When colleagues are busy, by the service: from the cache, asked for once, never called free."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.account import Capabilities
from desktop.domain.availability import FRESH, BusyTime, Taken, taken_spans
from desktop.domain.errors import OfflineError, Refusal, RefusedError
from desktop.domain.freebusy import WorkHours, free_slots
from desktop.domain.ids import UserId
from desktop.domain.timespan import TimeSpan
from desktop.services.availability import ASKED_AGAIN, AvailabilityService
from desktop.services.sync.pull_busy import monday, week_span, weeks_of
from tests.builders import ACCOUNT, MONDAY, TUESDAY, Clock, make_account, make_span
from tests.services.sync.desk import desk_opener

ANNA, BORIS = UserId("a1:12"), UserId("a1:13")
ABLE = Capabilities(free_busy=True, attendees=True)
DAY = make_span(TUESDAY, hours=(0, 24))
MEETING = BusyTime(make_span(TUESDAY, hours=(14, 15)))
NIGHT = BusyTime(TimeSpan(make_span(MONDAY, hours=(-2, -1)).start, make_span().end), Taken.AWAY)


@pytest.fixture
def open_desk(tmp_path):
    def opened(**more):
        return desk_opener(tmp_path)(make_account(capabilities=ABLE), **more)

    return opened


async def prepared(desk, **busy):
    edge = desk.edges[ACCOUNT]
    edge.capabilities = ABLE
    await desk.idle()
    edge.busy = {ANNA: (MEETING,), BORIS: ()} | busy
    return edge


def service(desk, clock=None):
    return AvailabilityService(desk.files, desk.supervisor.busy, clock or desk.clock.wall)


async def test_nobody_is_known_before_anybody_was_asked(open_desk):
    async with open_desk() as desk:
        await prepared(desk)

        (anna,) = await service(desk).known(ACCOUNT, (ANNA,), DAY)

        assert (anna.times, anna.as_of, anna.fresh) == ((), None, False)


async def test_one_request_tells_of_all_and_then_it_is_known_without_a_network(open_desk):
    async with open_desk() as desk:
        edge = await prepared(desk)
        anna, boris = await service(desk).refresh(ACCOUNT, (ANNA, BORIS), DAY)
        assert (anna.times, anna.fresh, boris.times, boris.fresh) == ((MEETING,), True, (), True)
        assert [users for users, _span in edge.busy_asked] == [(ANNA, BORIS)]

        edge.fail = lambda _call: OfflineError()
        again = await service(desk).refresh(ACCOUNT, (ANNA, BORIS), DAY)

        assert again == (anna, boris)
        assert len(edge.busy_asked) == 1


async def test_whoever_the_server_leaves_out_stays_unknown(open_desk):
    async with open_desk() as desk:
        edge = await prepared(desk)
        del edge.busy[BORIS]

        anna, boris = await service(desk).refresh(ACCOUNT, (ANNA, BORIS), DAY)

        assert anna.fresh
        assert (boris.as_of, boris.fresh) == (None, False)


async def test_an_answer_that_is_still_believed_is_asked_for_anew(open_desk):
    async with open_desk() as desk:
        edge = await prepared(desk)
        clock = Clock(desk.clock.wall())
        await service(desk, clock).refresh(ACCOUNT, (ANNA,), DAY)
        clock.forward(seconds=(ASKED_AGAIN + timedelta(seconds=9)).total_seconds())
        assert (await service(desk, clock).known(ACCOUNT, (ANNA,), DAY))[0].fresh

        await service(desk, clock).refresh(ACCOUNT, (ANNA,), DAY)

        assert len(edge.busy_asked) == 2


@pytest.mark.parametrize("error", [OfflineError(), RefusedError(Refusal.FORBIDDEN)])
async def test_a_failed_question_leaves_what_was_known_as_old_as_it_is(open_desk, error):
    async with open_desk() as desk:
        edge = await prepared(desk)
        clock = Clock(desk.clock.wall())
        await service(desk, clock).refresh(ACCOUNT, (ANNA,), DAY)
        clock.forward(seconds=(FRESH + timedelta(minutes=1)).total_seconds())
        edge.fail = lambda _call: error

        with pytest.raises(type(error)):
            await service(desk, clock).refresh(ACCOUNT, (ANNA,), DAY)

        (anna,) = await service(desk, clock).known(ACCOUNT, (ANNA,), DAY)
        assert anna.times == (MEETING,)
        assert not anna.fresh
        assert anna.as_of is not None


async def test_without_a_connection_nobody_is_asked(open_desk):
    async with open_desk(start=False) as desk:
        with pytest.raises(OfflineError):
            await service(desk).refresh(ACCOUNT, (ANNA,), DAY)
        assert desk.edges[ACCOUNT].calls == []


async def test_an_account_that_cannot_tell_is_not_asked(tmp_path):
    async with desk_opener(tmp_path)(make_account(capabilities=Capabilities())) as desk:
        await desk.idle()

        (anna,) = await service(desk).refresh(ACCOUNT, (ANNA,), DAY)

        assert not anna.fresh
        assert desk.edges[ACCOUNT].busy_asked == []


async def test_what_goes_on_over_the_end_of_a_week_is_one_time(open_desk):
    async with open_desk() as desk:
        await prepared(desk)
        desk.edges[ACCOUNT].busy[ANNA] = (NIGHT,)
        both = TimeSpan(NIGHT.span.start - timedelta(days=1), NIGHT.span.end)

        (anna,) = await service(desk).refresh(ACCOUNT, (ANNA,), both)
        (later,) = await service(desk).known(ACCOUNT, (ANNA,), DAY.starting(NIGHT.span.end))

        assert anna.times == (NIGHT,)
        assert later.times == ()
        assert later.fresh


async def test_ten_people_and_a_fortnight_are_read_and_searched_for_a_slot_in_a_quarter_of_a_second(
    open_desk,
):
    people = tuple(UserId(f"a1:{number}") for number in range(20, 30))
    full = tuple(
        BusyTime(TimeSpan(start, start + timedelta(minutes=45)))
        for hour in range(14 * 24)
        for start in [DAY.start + timedelta(hours=hour)]
    )
    async with open_desk() as desk:
        edge = await prepared(desk)
        edge.busy = dict.fromkeys(people, full)
        fortnight = TimeSpan(DAY.start, DAY.start + timedelta(days=14))
        await service(desk).refresh(ACCOUNT, people, fortnight)

        began = time.process_time()
        known = await service(desk).known(ACCOUNT, people, fortnight)
        slots = free_slots(
            taken_spans(fortnight, known),
            DAY.start,
            timedelta(hours=1),
            WorkHours(),
            UTC,
            before=fortnight.end,
        )
        took_s = time.process_time() - began

        assert slots == ()  # at every hour somebody is busy
        assert sum(len(one.times) for one in known) == 10 * 14 * 24
        assert took_s < 0.25


async def test_removing_an_account_forgets_its_colleagues_time(open_desk):
    async with open_desk() as desk:
        await prepared(desk)
        await service(desk).refresh(ACCOUNT, (ANNA,), DAY)

        await desk.files.cache.write(lambda cache: cache.remove_account(ACCOUNT))

        (anna,) = await service(desk).known(ACCOUNT, (ANNA,), DAY)
        assert anna.as_of is None


def test_weeks_begin_on_monday_and_a_span_that_ends_with_one_needs_no_other():
    week = monday(TUESDAY)
    assert weeks_of(week_span(week)) == (week,)
    assert week_span(week).start == datetime(2026, 11, 16, tzinfo=UTC)
    assert weeks_of(TimeSpan(DAY.start, DAY.start + timedelta(days=14))) == (
        week,
        week + 7,
        week + 14,
    )
