import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.calendar.dragging import (
    Edge,
    Snap,
    created,
    edge_under,
    moved,
    resized,
    slot_at,
    stepped,
)
from desktop.ui.calendar.walltime import DAY_MIN, wall_at
from tests.builders import MONDAY, TUESDAY, WEDNESDAY

QUARTERS = Snap(15)
PIXEL = 60 / 56


def at(hours: float, day=TUESDAY) -> float:
    return wall_at(day) + hours * 60


def hours(wall: float) -> float:
    return wall % DAY_MIN / 60


# Creating


def test_dragging_down_takes_the_slots_between():
    assert created(at(14.05), at(14.9), QUARTERS) == (at(14), at(15))


def test_dragging_up_works_too():
    assert created(at(14.9), at(14.05), QUARTERS) == (at(14), at(15))


def test_a_press_is_at_least_one_slot():
    assert created(at(14.05), at(14.05), QUARTERS) == (at(14), at(14.25))


def test_a_pointer_on_a_line_is_not_yet_beyond_it():
    snap = Snap(15, pixel=PIXEL)

    assert created(at(14), at(15) + PIXEL / 2, snap) == (at(14), at(15))


def test_shift_makes_steps_of_five_minutes():
    assert created(at(14), at(14) + 12, Snap(5)) == (at(14), at(14.25))


def test_the_end_is_drawn_to_a_neighbour():
    snap = Snap(15, magnets=(int(at(14)) + 50,), reach=6)

    assert created(at(14), at(14) + 52, snap) == (at(14), at(14) + 50)


def test_a_drag_over_midnight_makes_two_days():
    start, end = created(at(23), at(1, WEDNESDAY), QUARTERS)

    assert (start, end) == (at(23), at(1.25, WEDNESDAY))


@given(st.floats(0, 3000), st.floats(0, 3000), st.sampled_from([1, 5, 15]))
def test_what_is_created_covers_press_and_pointer(anchor, pointer, step):
    start, end = created(anchor, pointer, Snap(step))

    assert start <= min(anchor, pointer)
    assert end >= max(anchor, pointer)
    assert end - start >= step


# Moving


def test_moving_adds_whole_steps():
    assert moved(int(at(10)), 60, at(10.5), at(11.6), QUARTERS) == at(11)


def test_odd_starts_keep_their_own_grid():
    start = int(at(10)) + 5

    assert moved(start, 30, start, start + 16, QUARTERS) == start + 15


def test_moving_to_another_day_keeps_the_time():
    assert moved(int(at(10)), 60, at(10.5), at(10.5, WEDNESDAY), QUARTERS) == at(10, WEDNESDAY)


def test_what_lay_inside_a_day_stays_inside_one():
    assert moved(int(at(22)), 60, at(22.5), at(23.9), QUARTERS) == at(23)
    assert moved(int(at(1)), 60, at(1.9), at(0), QUARTERS) == at(0)


def test_a_start_is_drawn_to_the_end_of_a_neighbour():
    snap = Snap(15, magnets=(int(at(12)) + 50,), reach=6)

    assert moved(int(at(10)), 60, at(10), at(12) + 46, snap) == at(12) + 50


def test_an_end_is_drawn_to_the_start_of_a_neighbour():
    snap = Snap(15, magnets=(int(at(15)) + 5,), reach=6)

    assert moved(int(at(10)), 60, at(10), at(14) + 8, snap) == at(14) + 5


def test_the_present_attracts_only_where_it_is_nearer_than_a_step():
    snap = Snap(15, reach=6, now=int(at(14)) + 4)

    assert moved(int(at(10)), 60, at(10), at(14), snap) == at(14)
    assert moved(int(at(10)), 60, at(10), at(14) + 5, snap) == at(14) + 4


@given(st.integers(0, 1425), st.integers(15, 400), st.integers(0, 1439), st.integers(-2000, 4000))
def test_a_move_never_leaves_the_pointers_day(minute, length, grab, pointer):
    start = int(at(0)) + minute
    base = at(0)

    result = moved(start, length, base + grab, base + pointer, QUARTERS)

    assert (result - base) // DAY_MIN == pointer // DAY_MIN


def test_arrow_keys_carry_by_days_and_steps():
    assert stepped(int(at(10)), 60, 1, 15) == at(10.25, WEDNESDAY)
    assert stepped(int(at(0)), 60, 0, -15) == at(0)
    assert stepped(int(at(10)), 60, -1, 0) == at(10, MONDAY)


# Resizing


def test_the_end_follows_in_steps():
    assert resized(int(at(10)), int(at(11)), Edge.END, at(11), at(11.6), QUARTERS) == (
        at(10),
        at(11.5),
    )


def test_the_start_follows_in_steps():
    assert resized(int(at(10)), int(at(11)), Edge.START, at(10), at(9.2), QUARTERS) == (
        at(9.25),
        at(11),
    )


@given(st.floats(-600, 600), st.sampled_from(list(Edge)), st.integers(15, 240))
def test_resizing_never_flips(by, edge, length):
    start = int(at(10))
    end = start + length
    grab = start if edge is Edge.START else end

    first, last = resized(start, end, edge, grab, grab + by, QUARTERS)

    assert last - first >= 15
    assert (last == end) if edge is Edge.START else (first == start)


def test_a_shorter_event_than_a_step_may_stay_short():
    start = int(at(10))

    assert resized(start, start + 10, Edge.END, start + 10, start - 60, QUARTERS) == (
        start,
        start + 10,
    )


# Handles


@pytest.mark.parametrize(
    ("y", "edge"),
    [(100, Edge.START), (105, Edge.START), (106, None), (154, Edge.END), (159, Edge.END)],
)
def test_handles_are_six_pixels_inside_both_ends(y, edge):
    assert edge_under(y, 100, 60, selected=False) is edge


def test_low_events_have_handles_only_when_selected():
    assert edge_under(100, 100, 15, selected=False) is None
    assert edge_under(100, 100, 15, selected=True) is Edge.START
    assert edge_under(107, 100, 15, selected=True) is None


def test_a_torn_end_has_no_handle():
    assert edge_under(159, 100, 60, selected=False, ends=False) is None


def test_slots_begin_on_the_step():
    assert slot_at(at(10.4), 30) == at(10)
