from datetime import UTC, date
from zoneinfo import ZoneInfo

from desktop.domain.event import EventStatus, Participation
from desktop.ui.calendar.geometry import Columns, Frame, Rect, Scale
from desktop.ui.calendar.scene import (
    BAR_PX,
    Scene,
    build,
    days_of,
    in_lane,
    is_free,
    key_of,
    lane_height,
    lane_of,
    lane_rows,
    pieces_of,
)
from tests.builders import FRIDAY, MONDAY, MOSCOW, THURSDAY, TUESDAY, make_days, make_span
from tests.ui.calendar.entries import make_entry


def make_frame(lane_px: int = 26, *, first: date = MONDAY, rtl: bool = False) -> Frame:
    return Frame(
        first,
        Columns(0 if rtl else 50, 700, 7, rtl),
        Scale(60),
        head_px=40,
        lane_px=lane_px,
        height_px=700,
    )


def scene_of(*entries, zone=UTC, frame: Frame | None = None) -> Scene:
    frame = frame or make_frame()
    lane = lane_of(entries, frame.first, 7, zone, 4)
    return build(entries, frame, zone, lane)


def test_an_event_stands_at_its_time_in_its_day():
    scene = scene_of(make_entry(when=make_span(TUESDAY, hours=(10, 11))))

    (box,) = scene.boxes
    assert box.rect == Rect(152, 600, 92, 59)
    assert (box.piece.index, box.piece.start, box.piece.end) == (1, 600, 660)


def test_the_zone_decides_day_and_time():
    scene = scene_of(make_entry(when=make_span(TUESDAY, hours=(22, 23))), zone=MOSCOW)

    (box,) = scene.boxes
    assert (box.piece.index, box.piece.start) == (2, 60)


def test_an_event_past_midnight_has_two_torn_pieces():
    span = make_span(TUESDAY, hours=(23, 25))

    first, second = pieces_of(span, UTC, make_frame())

    assert (first.index, first.start, first.end, first.begins, first.ends) == (
        1,
        1380,
        1440,
        True,
        False,
    )
    assert (second.index, second.start, second.end, second.begins, second.ends) == (
        2,
        0,
        60,
        False,
        True,
    )


def test_an_event_until_midnight_is_one_piece():
    (piece,) = pieces_of(make_span(TUESDAY, hours=(23, 24)), UTC, make_frame())

    assert (piece.start, piece.end, piece.ends) == (1380, 1440, True)


def test_an_event_within_the_doubled_hour_still_has_a_height():
    berlin = ZoneInfo("Europe/Berlin")
    sunday = date(2026, 10, 25)
    span = make_span(sunday, hours=(2.75, 3.25), zone=berlin)

    (piece,) = pieces_of(span, berlin, make_frame(first=sunday))

    assert piece.end > piece.start


def test_short_events_keep_a_readable_height():
    scene = scene_of(make_entry(when=make_span(hours=(10, 10 + 1 / 60))))

    assert scene.boxes[0].rect.height >= 14


def test_the_least_height_counts_for_overlaps():
    brief = make_entry("e1", make_span(hours=(10, 10 + 1 / 60)))
    after = make_entry("e2", make_span(hours=(10 + 5 / 60, 11)))

    one, other = scene_of(brief, after).boxes

    assert one.rect.right <= other.rect.x


def test_whole_days_and_long_events_stand_in_the_lane():
    entries = (
        make_entry("e1", make_days(TUESDAY, 2)),
        make_entry("e2", make_span(THURSDAY, hours=(10, 40))),
    )

    scene = scene_of(*entries, frame=make_frame(lane_height(1)))

    assert not scene.boxes
    assert [(bar.place.row, bar.place.first, bar.place.end) for bar in scene.bars] == [
        (0, 1, 3),
        (0, 3, 5),
    ]
    assert in_lane(entries[1].when)
    assert days_of(entries[1].when, UTC) == make_days(THURSDAY, 2)


def test_too_many_bars_leave_a_chip_for_the_day():
    entries = tuple(make_entry(f"e{number}", make_days(FRIDAY)) for number in range(6))

    scene = scene_of(*entries, frame=make_frame(lane_height(4)))

    assert len(scene.bars) == 3
    (chip,) = scene.bar_chips
    assert len(chip.keys) == 3
    assert chip.rect.y >= scene.bars[-1].rect.bottom


def test_right_to_left_mirrors_days_and_lanes():
    entries = (make_entry("e1"), make_entry("e2"))

    scene = scene_of(*entries, frame=make_frame(rtl=True))

    first, second = scene.boxes
    assert first.rect.x > second.rect.x
    assert first.rect.x >= 600


def test_sixty_at_once_leave_two_and_a_chip():
    scene = scene_of(*(make_entry(f"e{number:02}") for number in range(60)))

    assert len(scene.boxes) == 2
    (chip,) = scene.chips
    assert len(chip.keys) == 58
    assert chip.minute == 600


def test_declined_tentative_free_and_cancelled_events_stay_behind():
    assert is_free(make_entry(participation=Participation.DECLINED))
    assert is_free(make_entry(participation=Participation.TENTATIVE))
    assert is_free(make_entry(status=EventStatus.TENTATIVE))
    assert is_free(make_entry(status=EventStatus.CANCELLED))
    assert is_free(make_entry(busy=False))
    assert not is_free(make_entry())


def test_the_upper_of_two_boxes_is_hit():
    free = make_entry("e1", make_span(hours=(9, 12)), busy=False)
    busy = make_entry("e2", make_span(hours=(10, 11)))
    scene = scene_of(free, busy)
    upper = scene.boxes_of(key_of(busy))[0].rect

    hit = scene.box_at(upper.x + 5, upper.y + 5)

    assert hit is not None
    assert hit.key == key_of(busy)


def test_occurrences_of_one_series_are_told_apart():
    one = make_entry("e1", make_span(MONDAY), original_start=MONDAY)
    other = make_entry("e1", make_span(TUESDAY), original_start=TUESDAY)

    scene = scene_of(one, other)

    assert len({box.key for box in scene.boxes}) == 2


def test_the_lane_takes_four_rows_or_a_quarter():
    assert lane_rows(2000) == 4
    assert lane_rows(3 * BAR_PX * 4) == 3
    assert lane_rows(10) == 1
    assert lane_rows(2000, open_wide=True) > 4
