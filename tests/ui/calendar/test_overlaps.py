from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import CalendarEntry, EventStatus
from desktop.ui.calendar.describe import accessible_text
from desktop.ui.calendar.overlaps import double_booked
from desktop.ui.calendar.scene import key_of
from desktop.ui.calendar.view_state import ViewState
from tests.builders import MONDAY, MOSCOW, make_clock, make_days, make_span
from tests.ui.calendar.entries import make_entry


def at(name: str, start: float, end: float, **more: Any) -> CalendarEntry:
    return make_entry(name, when=make_span(MONDAY, hours=(start, end)), **more)


def ids(*entries: CalendarEntry) -> set[str]:
    return {event_id for event_id, _ in double_booked(entries)}


def test_events_that_share_time_are_double_booked_and_neighbours_are_not() -> None:
    assert ids(at("a", 10, 12), at("b", 11, 13), at("c", 13, 14)) == {"a", "b"}


def test_a_long_event_clashes_with_every_one_inside_it() -> None:
    assert ids(at("long", 9, 17), at("b", 10, 11), at("c", 12, 13)) == {"long", "b", "c"}


def test_what_takes_no_time_does_not_count() -> None:
    busy = at("busy", 10, 12)
    whole_day = make_entry("day", when=make_days(MONDAY))

    assert ids(busy, at("free", 10, 11, busy=False), whole_day) == set()
    assert ids(busy, at("off", 10, 11, status=EventStatus.CANCELLED)) == set()


def test_it_is_said_until_it_is_solved_or_over() -> None:
    first, second = at("a", 10, 12), at("b", 11, 13)
    clock = make_clock()
    state = ViewState(clock)
    state.take((first, second))
    assert state.clashes(first)
    assert "overlaps another event" in accessible_text(first, MOSCOW, clashes=True)

    clock.forward(hours=4)  # twelve o'clock: the first one is over
    assert not state.clashes(first)
    assert state.clashes(second)

    moved = replace(second.occurrence, when=make_span(MONDAY, hours=(14, 15)))
    state.take((first, replace(second, occurrence=moved)))
    assert state.double_booked == frozenset()


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=25))
def test_it_finds_what_comparing_all_pairs_finds(times: list[tuple[int, int]]) -> None:
    entries = [
        at(str(number), start / 2, (start + length) / 2)
        for number, (start, length) in enumerate(times)
    ]
    expected = {
        key_of(one)
        for one in entries
        for other in entries
        if one is not other and one.when.overlaps(other.when)  # type: ignore[arg-type]
    }

    assert double_booked(entries) == expected
