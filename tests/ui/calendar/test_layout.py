import random
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.ui.calendar.layout import (
    EDGE_PX,
    LEAST_PX,
    Bar,
    Block,
    DayLayout,
    Place,
    clusters,
    lay_out_day,
    lay_out_lane,
    unfolded,
)

WIDTH = 240


@st.composite
def days(draw, behind: bool = True) -> list[Block]:
    count = draw(st.integers(0, 14))
    blocks = []
    for number in range(count):
        start = draw(st.integers(0, 95)) * 15
        length = draw(st.integers(1, 20)) * 15
        back = draw(st.booleans()) if behind else False
        end = min(1440, start + length)
        blocks.append(Block(f"e{number:02}", start, end, end - start, back))
    return blocks


def block(key: str, start: float, end: float, *, behind: bool = False) -> Block:
    first, last = round(start * 60), round(end * 60)
    return Block(key, first, last, last - first, behind)


def places(layout: DayLayout) -> dict[str, Place]:
    return {place.block.key: place for place in layout.places}


def meets(one: Place, other: Place) -> bool:
    a, b = one.block, other.block
    return (
        a.start < b.end
        and b.start < a.end
        and one.x < other.x + other.width
        and other.x < one.x + one.width
    )


@settings(max_examples=300)
@given(days())
def test_no_two_rectangles_of_the_same_layer_overlap(blocks):
    layout = lay_out_day(blocks, WIDTH)

    for one, other in combinations(layout.places, 2):
        if one.block.behind == other.block.behind:
            assert not meets(one, other)


@settings(max_examples=200)
@given(days(), st.randoms())
def test_the_order_of_arrival_changes_nothing(blocks, chance):
    shuffled = list(blocks)
    chance.shuffle(shuffled)

    assert lay_out_day(shuffled, WIDTH) == lay_out_day(blocks, WIDTH)


@settings(max_examples=200)
@given(days())
def test_every_event_is_placed_or_counted_exactly_once(blocks):
    layout = lay_out_day(blocks, WIDTH)

    shown = [place.block.key for place in layout.places]
    hidden = [key for more in layout.more for key in more.keys]
    assert sorted(shown + hidden) == sorted(block.key for block in blocks)


@settings(max_examples=200)
@given(days(), st.integers(60, 400))
def test_places_stay_inside_the_column_and_are_never_too_narrow(blocks, width):
    layout = lay_out_day(blocks, width)

    for place in layout.places:
        assert place.x >= 0
        assert place.x + place.width <= width
        assert place.width >= LEAST_PX - 1


@settings(max_examples=200)
@given(days(behind=False))
def test_only_members_of_a_cluster_shrink(blocks):
    layout = places(lay_out_day(blocks, WIDTH))

    for cluster in clusters(sorted(blocks, key=lambda one: one.order)):
        if len(cluster) == 1:
            assert layout[cluster[0].key].width == WIDTH


@settings(max_examples=200)
@given(days(behind=False), days(behind=False))
def test_what_stays_behind_takes_no_lane_from_the_others(busy, others):
    free = [Block(f"free-{one.key}", one.start, one.end, one.length, behind=True) for one in others]

    alone, together = places(lay_out_day(busy, WIDTH)), places(lay_out_day(busy + free, WIDTH))

    for one in busy:
        if one.key in alone and one.key in together:
            assert alone[one.key].width - together[one.key].width <= EDGE_PX
            assert together[one.key].x - alone[one.key].x <= EDGE_PX


@settings(max_examples=100)
@given(days(), st.integers(0, 13))
def test_taking_an_event_away_leaves_unrelated_ones_where_they_were(blocks, number):
    if not blocks:
        return
    gone = blocks[number % len(blocks)]
    left = [one for one in blocks if one is not gone]

    before, after = places(lay_out_day(blocks, WIDTH)), places(lay_out_day(left, WIDTH))

    groups = list(clusters(sorted(blocks, key=lambda one: (one.start, one.key))))
    related = next(group for group in groups if gone in group)
    for one in left:
        if one not in related:
            assert before.get(one.key) == after.get(one.key)


def test_two_that_overlap_share_the_column():
    layout = places(lay_out_day([block("a", 9, 10), block("b", 9.5, 11)], WIDTH))

    assert (layout["a"].x, layout["a"].width) == (0, 120)
    assert (layout["b"].x, layout["b"].width) == (120, 120)


def test_touching_ends_are_no_overlap():
    layout = places(lay_out_day([block("a", 9, 10), block("b", 10, 11)], WIDTH))

    assert layout["a"].width == layout["b"].width == WIDTH


def test_an_event_widens_over_columns_that_are_free_for_its_whole_time():
    blocks = [block("a", 9, 12), block("b", 9, 10), block("c", 9, 9.5), block("d", 10, 12)]

    layout = places(lay_out_day(blocks, WIDTH))

    assert layout["c"].width == 80
    assert (layout["d"].x, layout["d"].width) == (80, 160)


def test_the_longer_of_two_that_start_together_comes_first():
    layout = places(lay_out_day([block("a", 9, 10), block("b", 9, 12)], WIDTH))

    assert layout["b"].x < layout["a"].x


def test_too_many_for_the_width_become_a_chip():
    blocks = [block(f"e{number:02}", 9, 10) for number in range(60)]

    layout = lay_out_day(blocks, 100)

    assert [place.block.key for place in layout.places] == ["e00", "e01"]
    assert len(layout.more) == 1
    assert len(layout.more[0].keys) == 58
    assert layout.more[0].start == 9 * 60
    assert layout.more[0].x + layout.more[0].width <= 100


def test_a_busy_event_leaves_the_left_edge_of_what_is_behind_it_visible():
    layout = places(lay_out_day([block("free", 9, 12, behind=True), block("a", 10, 11)], WIDTH))

    assert (layout["free"].x, layout["free"].width) == (0, WIDTH)
    assert layout["a"].x == EDGE_PX
    assert layout["a"].x + layout["a"].width == WIDTH


def test_what_is_behind_is_painted_first():
    layout = lay_out_day([block("a", 9, 11), block("free", 10, 12, behind=True)], WIDTH)

    assert [place.block.key for place in layout.places] == ["free", "a"]


def test_ten_thousand_random_days_have_no_overlaps():
    chance = random.Random(20261116)
    for _ in range(10_000):
        blocks = []
        for number in range(chance.randint(2, 9)):
            start = chance.randrange(0, 92) * 15
            length = chance.choice((15, 30, 45, 60, 90, 240))
            end = min(1440, start + length)
            blocks.append(Block(str(number), start, end, end - start))
        layout = lay_out_day(blocks, WIDTH)
        assert not any(meets(one, other) for one, other in combinations(layout.places, 2))


# Whole days


bars = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 9)).map(lambda pair: pair), max_size=14
).map(
    lambda pairs: [
        Bar(f"b{number:02}", first, first + length) for number, (first, length) in enumerate(pairs)
    ]
)


@settings(max_examples=200)
@given(bars, st.integers(0, 14), st.integers(1, 8))
def test_no_two_bars_share_a_row_on_a_day(all_bars, first, most_rows):
    lane = lay_out_lane(all_bars, first, 7, most_rows)

    for one, other in combinations(lane.places, 2):
        if one.row == other.row:
            assert one.end <= other.first or other.end <= one.first
    assert lane.rows <= most_rows


@settings(max_examples=200)
@given(bars, st.randoms(), st.integers(1, 8))
def test_rows_do_not_depend_on_the_order_of_arrival(all_bars, chance, most_rows):
    shuffled = list(all_bars)
    chance.shuffle(shuffled)

    assert lay_out_lane(shuffled, 5, 7, most_rows) == lay_out_lane(all_bars, 5, 7, most_rows)


@settings(max_examples=200)
@given(bars, st.integers(1, 8))
def test_every_day_of_a_bar_is_shown_or_counted(all_bars, most_rows):
    lane = lay_out_lane(all_bars, 5, 7, most_rows)

    for column in range(7):
        wanted = {bar.key for bar in all_bars if bar.first <= 5 + column < bar.end}
        shown = {place.bar.key for place in lane.places if place.first <= column < place.end}
        hidden = {key for more in lane.more if more.column == column for key in more.keys}
        assert shown | hidden == wanted
        assert not shown & hidden


def test_a_bar_keeps_its_row_on_all_its_days():
    lane = lay_out_lane([Bar("a", 0, 2), Bar("b", 1, 6), Bar("c", 3, 4)], 0, 7, 4)

    rows = {place.bar.key: place.row for place in lane.places}
    assert rows == {"a": 0, "b": 1, "c": 0}


def test_a_bar_that_began_earlier_says_so():
    lane = lay_out_lane([Bar("a", -3, 2), Bar("b", 5, 12)], 0, 7, 4)

    first, second = lane.places
    assert (first.first, first.end, first.begins, first.ends) == (0, 2, False, True)
    assert (second.first, second.end, second.begins, second.ends) == (5, 7, True, False)


def test_beyond_the_cap_the_last_row_counts_the_rest():
    lane = lay_out_lane([Bar(str(number), 2, 3) for number in range(6)], 0, 7, 4)

    assert lane.rows == 4
    assert lane.total_rows == 6
    assert len(lane.places) == 3
    assert [(more.column, len(more.keys)) for more in lane.more] == [(2, 3)]


def test_scrolling_the_lane_moves_rows_up():
    lane = lay_out_lane([Bar(str(number), 2, 3) for number in range(6)], 0, 7, 99)

    moved = unfolded(lane, 2)

    assert [place.row for place in moved.places] == [0, 1, 2, 3]
