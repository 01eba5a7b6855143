"""What is known of colleagues' time: it is free only where that is known, and known lately."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.availability import (
    FRESH,
    Availability,
    BusyTime,
    Taken,
    aged,
    hindrances,
    shared,
    taken_spans,
    without,
)
from desktop.domain.freebusy import merged
from desktop.domain.ids import UserId
from desktop.domain.timespan import TimeSpan
from tests.builders import MONDAY, MOSCOW, NOW, make_span

ANNA, BORIS = UserId("12"), UserId("13")
DAY = make_span(MONDAY, hours=(0, 24))


def busy(start: float, end: float, how: Taken = Taken.BUSY) -> BusyTime:
    return BusyTime(make_span(MONDAY, hours=(start, end)), how)


def person(user: UserId = ANNA, *times: BusyTime, fresh: bool = True) -> Availability:
    return Availability(user, times, NOW if fresh else NOW - timedelta(hours=3), fresh)


@pytest.mark.parametrize(
    ("age", "fresh"),
    [
        (timedelta(), True),
        (FRESH, True),
        (FRESH + timedelta(seconds=1), False),
        (timedelta(seconds=-1), False),
        (None, False),
    ],
)
def test_only_a_new_answer_is_believed(age, fresh):
    known = Availability(ANNA, as_of=None if age is None else NOW - age)
    assert aged(known, NOW).fresh is fresh


def test_who_is_busy_and_of_whom_it_is_not_known_are_in_the_way():
    people = [
        person(ANNA, busy(9, 11), busy(11.5, 12, Taken.TENTATIVE)),
        person(BORIS, fresh=False),
        person(UserId("14")),
    ]

    anna, boris = hindrances(make_span(MONDAY, hours=(10, 12)), people)

    assert (anna.user, anna.how, anna.unknown) == (ANNA, Taken.BUSY, False)
    assert anna.spans == (make_span(MONDAY, hours=(9, 11)), make_span(MONDAY, hours=(11.5, 12)))
    assert (boris.user, boris.unknown) == (BORIS, True)
    assert boris.as_of == NOW - timedelta(hours=3)


def test_old_news_of_somebody_busy_is_told_as_busy():
    old = person(ANNA, busy(10, 11), fresh=False)

    (anna,) = hindrances(make_span(MONDAY, hours=(10, 11)), [old])

    assert not anna.unknown


def test_times_that_only_touch_a_plan_are_not_in_its_way():
    assert hindrances(make_span(MONDAY, hours=(11, 12)), [person(ANNA, busy(10, 11))]) == ()


def test_the_meeting_that_is_being_changed_is_left_out_once():
    twice = person(ANNA, busy(10, 11), busy(10, 11), busy(12, 13))

    left = without(twice, make_span(MONDAY, hours=(13, 14), zone=MOSCOW))

    assert left.times == (busy(10, 11), busy(12, 13))
    assert without(left, make_span(MONDAY, hours=(10, 12))) == left


def test_nothing_is_free_while_somebodys_time_is_not_known():
    people = [person(ANNA, busy(10, 11)), person(BORIS, fresh=False)]
    assert taken_spans(DAY, people) == (DAY,)


def test_the_busy_time_of_several_is_told_in_stretches_with_the_same_people():
    people = [person(ANNA, busy(9, 11), busy(11, 12)), person(BORIS, busy(10, 11, Taken.AWAY))]

    told = [(one.span, one.users, one.how) for one in shared(DAY, people)]

    assert told == [
        (make_span(MONDAY, hours=(9, 10)), (ANNA,), Taken.BUSY),
        (make_span(MONDAY, hours=(10, 11)), (ANNA, BORIS), Taken.AWAY),
        (make_span(MONDAY, hours=(11, 12)), (ANNA,), Taken.BUSY),
    ]


HOURS = st.tuples(st.integers(-20, 40), st.integers(1, 30)).map(
    lambda pair: BusyTime(
        TimeSpan(
            datetime(2026, 11, 16, tzinfo=UTC) + timedelta(hours=pair[0]),
            datetime(2026, 11, 16, tzinfo=UTC) + timedelta(hours=pair[0] + pair[1]),
        )
    )
)
PEOPLE = st.lists(st.lists(HOURS, max_size=4), max_size=4).map(
    lambda lists: [person(UserId(str(n)), *times) for n, times in enumerate(lists)]
)


@given(PEOPLE)
def test_stretches_cover_the_same_time_as_what_they_are_made_of(people):
    stretches = shared(DAY, people)

    covered = merged(one.span for one in stretches)
    clipped = [
        TimeSpan(max(span.start, DAY.start), min(span.end, DAY.end))
        for span in taken_spans(DAY, people)
    ]
    assert covered == tuple(clipped)
    for one, following in pairwise(stretches):
        assert one.span.end <= following.span.start


@given(PEOPLE)
def test_each_stretch_names_exactly_those_who_are_busy_all_of_it(people):
    for one in shared(DAY, people):
        inside = [p.user for p in people if any(t.span.overlaps(one.span) for t in p.times)]
        assert list(one.users) == inside


@given(PEOPLE, st.integers(0, 22))
def test_a_plan_without_hindrance_lies_outside_all_that_is_taken(people, hour):
    plan = make_span(MONDAY, hours=(hour, hour + 1))
    taken = taken_spans(DAY, people)
    assert bool(hindrances(plan, people)) is any(span.overlaps(plan) for span in taken)
