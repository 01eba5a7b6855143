from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.calendar.geometry import Rect
from desktop.ui.calendar.placing import Side, placed

ROOM = Rect(0, 0, 1000, 700)


def test_it_stands_after_the_slot_where_there_is_room():
    place = placed(Rect(300, 200, 100, 56), 320, 240, ROOM)

    assert (place.x, place.side) == (402, Side.LEFT)


def test_it_stands_before_a_slot_at_the_edge():
    place = placed(Rect(850, 200, 100, 56), 320, 240, ROOM)

    assert (place.x, place.side) == (528, Side.RIGHT)


def test_right_to_left_the_other_side_comes_first():
    place = placed(Rect(500, 200, 100, 56), 320, 240, ROOM, rtl=True)

    assert place.side is Side.RIGHT


def test_a_slot_as_wide_as_the_page_leaves_it_below():
    place = placed(Rect(50, 200, 900, 56), 320, 240, ROOM)

    assert place.side is Side.NONE
    assert place.y >= 256


@given(st.integers(0, 900), st.integers(0, 650), st.integers(20, 140), st.integers(14, 600))
def test_it_is_inside_the_page_and_never_over_its_slot(x, y, width, height):
    slot = Rect(x, y, min(width, 1000 - x), min(height, 700 - y))

    place = placed(slot, 320, 240, ROOM)

    box = Rect(place.x, place.y, 320, 240)
    assert ROOM.cut(box) == box
    assert slot.cut(box) is None


@given(st.integers(0, 690))
def test_the_arrow_points_at_the_slot(y):
    slot = Rect(300, y, 100, 30)

    place = placed(slot, 320, 240, ROOM)

    assert 14 <= place.arrow_y <= 226
    if 50 < y < 600:
        assert slot.y <= place.y + place.arrow_y <= slot.bottom
