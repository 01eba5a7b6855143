"""What a change of one of a series touches."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.domain.event import Event
from desktop.domain.ids import EventId
from desktop.domain.reach import (
    Reach,
    affected,
    instances,
    is_first,
    left_after,
    next_after,
    occurrence_on,
)
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.series import exception_of, without_occurrence
from desktop.domain.timespan import TimeSpan
from tests.builders import MONDAY, TUESDAY, WEDNESDAY, make_days, make_event, make_span

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 0, 0, tzinfo=UTC)


def _daily(**facts) -> Event:
    return make_event(
        when=make_span(MONDAY, hours=(10, 11), zone=BERLIN).in_zone(UTC),
        time_zone="Europe/Berlin",
        recurrence=RecurrenceRule(Frequency.DAILY, **facts),
    )


def _start(day: date) -> datetime:
    return make_span(day, hours=(10, 11), zone=BERLIN).start


def _days(choice) -> list[int]:
    return [one.start.day for one in choice.first if isinstance(one, TimeSpan)]


def test_this_is_one_whatever_follows():
    choice = affected(_daily(), (), _start(TUESDAY), Reach.THIS, NOW)

    assert (choice.count, _days(choice), choice.past) == (1, [17], 1)


def test_the_following_are_counted_from_the_chosen_one_on():
    choice = affected(_daily(count=5), (), _start(TUESDAY), Reach.FOLLOWING, NOW)

    assert (choice.count, _days(choice), choice.past) == (4, [17, 18, 19], 1)


def test_a_series_without_end_has_no_number():
    choice = affected(_daily(), (), _start(TUESDAY), Reach.ALL, NOW)

    assert (choice.count, _days(choice), choice.past) == (None, [16, 17, 18], 2)


def test_what_was_taken_out_or_changed_alone_is_told_apart():
    master = without_occurrence(_daily(count=5), _start(WEDNESDAY))
    moved = exception_of(master, _start(TUESDAY), make_span(TUESDAY), EventId("x"))

    choice = affected(master, (moved,), _start(MONDAY), Reach.ALL, NOW)

    assert (choice.count, _days(choice), choice.exceptions) == (3, [16, 19, 20], (moved,))


def test_an_exception_before_the_cut_is_not_within_reach():
    master = _daily(count=5)
    moved = exception_of(master, _start(MONDAY), make_span(MONDAY), EventId("x"))

    assert affected(master, (moved,), _start(TUESDAY), Reach.FOLLOWING, NOW).exceptions == ()


def test_whole_days_are_days_of_no_zone():
    master = make_event(
        when=make_days(MONDAY, 2),
        recurrence=RecurrenceRule(Frequency.WEEKLY, until=date(2026, 12, 1)),
    )

    assert [one.when for one in instances(master)] == [
        make_days(MONDAY + timedelta(days=n), 2) for n in (0, 7, 14)
    ]
    assert occurrence_on(master, date(2026, 11, 24)) is None


def test_the_first_one_is_first_even_where_its_predecessors_were_taken_out():
    master = without_occurrence(_daily(), _start(MONDAY))

    assert is_first(master, _start(TUESDAY))
    assert not is_first(master, _start(WEDNESDAY))


def test_those_that_are_left_are_counted_from_now():
    assert left_after(_daily(count=5), NOW) == 3
    assert left_after(_daily(count=2), NOW) == 0
    assert left_after(without_occurrence(_daily(count=5), _start(WEDNESDAY)), NOW) == 2
    assert left_after(_daily(), NOW) is None
    assert left_after(make_event(), NOW) is None
    assert left_after(_daily(count=1990), NOW) is None, "nobody counts so far"


def test_the_next_one_is_the_first_that_is_not_over():
    found = next_after(_daily(count=5), NOW)

    assert found is not None
    assert found.original_start == _start(WEDNESDAY)
    assert next_after(_daily(count=2), NOW) is None
