from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.calendar.geometry import (
    FOLD_PX,
    LEAST_HOUR_PX,
    MOST_HOUR_PX,
    Columns,
    Frame,
    Rect,
    Scale,
    edge_speed,
    opening_scroll,
    outside,
    zoomed,
)
from desktop.ui.calendar.walltime import wall_at
from tests.builders import MONDAY, TUESDAY

hours = st.floats(LEAST_HOUR_PX, MOST_HOUR_PX)


def make_frame(**changes: object) -> Frame:
    frame = Frame(MONDAY, Columns(50, 700, 7), Scale(60), head_px=40, lane_px=24, height_px=664)
    return replace(frame, **changes)  # type: ignore[arg-type]


@given(hours, st.integers(0, 1439))
def test_the_pixel_of_a_minute_is_under_that_minute(hour_px, minute):
    scale = Scale(hour_px)

    back = scale.minute_at(scale.y_of(minute))

    assert minute <= back <= minute + scale.minutes_of(1.001)


@given(hours, st.integers(0, 500), st.integers(0, 500), st.integers(0, 1440))
def test_folded_scales_still_grow(hour_px, before, after, minute):
    scale = Scale(hour_px, before, 1440 - after)

    assert scale.y_of(minute) <= scale.y_of(minute + 1)
    assert scale.y_of(0) == 0


def test_folded_hours_take_one_row_each():
    scale = Scale(60, 8 * 60, 19 * 60)

    assert scale.y_of(8 * 60) == FOLD_PX
    assert scale.height == FOLD_PX + 11 * 60 + FOLD_PX
    assert scale.minute_at(scale.y_of(9 * 60)) == pytest.approx(9 * 60 + 0.5)


@given(st.integers(0, 80), st.integers(1, 3000), st.integers(1, 31), st.booleans())
def test_columns_fill_the_width_without_gap_or_overlap(left, width, count, rtl):
    columns = Columns(left, width, count, rtl)

    edges = sorted(columns.of(index) for index in range(count))

    assert edges[0][0] == left
    assert sum(width for _, width in edges) == width
    for (x, column), (after, _) in pairwise(edges):
        assert x + column == after


@given(st.integers(0, 80), st.integers(31, 3000), st.integers(1, 31), st.booleans(), st.data())
def test_every_pixel_of_a_column_belongs_to_its_day(left, width, count, rtl, data):
    columns = Columns(left, width, count, rtl)
    index = data.draw(st.integers(0, count - 1))
    x, column = columns.of(index)

    assert columns.at(x) == index
    assert columns.at(x + column - 1) == index


def test_beside_the_columns_the_nearest_day_counts():
    columns = Columns(50, 700, 7)

    assert columns.at(0) == 0
    assert columns.at(5000) == 6


def test_right_to_left_the_first_day_is_on_the_right():
    columns = Columns(0, 700, 7, rtl=True)

    assert columns.of(0) == (600, 100)
    assert columns.at(650) == 0


def test_a_point_becomes_day_and_minute():
    frame = make_frame(scroll_px=480)

    assert frame.wall_at(160, 64) == pytest.approx(wall_at(TUESDAY, 480) + 0.5)


def test_rect_of_a_time_moves_with_the_scroll():
    frame = make_frame(scroll_px=480)

    assert frame.rect_of(1, 540, 600) == Rect(150, 124, 100, 60)


def test_opening_puts_the_present_at_a_third_of_the_height():
    frame = make_frame()

    scroll = opening_scroll(frame, 16 * 60, 3 * 60)

    assert frame.scale.y_of(16 * 60) - scroll == pytest.approx(0.35 * frame.grid.height, abs=1)


def test_opening_never_hides_the_start_of_work_when_both_fit():
    frame = make_frame()

    scroll = opening_scroll(frame, 14 * 60, 9 * 60)

    assert scroll <= frame.scale.y_of(9 * 60)
    assert frame.scale.y_of(14 * 60) < scroll + frame.grid.height


def test_without_today_work_begins_half_an_hour_below_the_edge():
    frame = make_frame()

    assert opening_scroll(frame, None, 9 * 60) == frame.scale.y_of(8 * 60 + 30)


def test_opening_stays_inside_the_day():
    frame = make_frame()

    assert opening_scroll(frame, 30, 9 * 60) == 0
    assert opening_scroll(frame, 23 * 60 + 50, 9 * 60) == frame.most_scroll


@given(hours, st.integers(0, 600), st.integers(64, 663), st.floats(0.5, 2))
def test_zooming_keeps_the_time_under_the_pointer(hour_px, scroll, anchor, factor):
    frame = make_frame(scale=Scale(hour_px))
    frame = replace(frame, scroll_px=min(scroll, frame.most_scroll))
    minute = frame.minute_at(anchor)

    after = zoomed(frame, hour_px * factor, anchor)

    assert LEAST_HOUR_PX <= after.scale.hour_px <= MOST_HOUR_PX
    if 0 < after.scroll_px < after.most_scroll:
        assert after.minute_at(anchor) == pytest.approx(minute, abs=after.scale.minutes_of(1.6))


@pytest.mark.parametrize(("depth", "speed"), [(-1, 0), (0, 0), (12, 14), (24, 24), (90, 24)])
def test_edge_scroll_gets_faster_with_depth(depth, speed):
    assert edge_speed(depth) == speed


def test_events_out_of_sight_are_counted_on_both_sides():
    rects = [Rect(0, 0, 9, 50), Rect(0, 90, 9, 20), Rect(0, 300, 9, 10), Rect(0, 200, 9, 10)]

    assert outside(rects, 100, 200) == (1, 2)


def test_rectangles_are_cut_to_what_they_share():
    assert Rect(0, 0, 10, 10).cut(Rect(5, 5, 10, 10)) == Rect(5, 5, 5, 5)
    assert Rect(0, 0, 10, 10).cut(Rect(10, 0, 5, 5)) is None
