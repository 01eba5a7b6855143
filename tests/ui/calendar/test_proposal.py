from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.domain.event import EventStatus
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.ui.calendar.dragging import Edge, Snap
from desktop.ui.calendar.proposal import Drag, DragKind, Pointer, carried, proposed, worst_clash
from desktop.ui.calendar.walltime import wall_at
from tests.builders import MONDAY, MOSCOW, THURSDAY, TUESDAY, WEDNESDAY, make_days, make_span
from tests.ui.calendar.entries import make_entry

QUARTERS = Snap(15)
BERLIN = ZoneInfo("Europe/Berlin")


def at(day: date, hours: float = 0, *, lane: bool = False) -> Pointer:
    return Pointer(wall_at(day) + hours * 60, lane)


def drag(entry, grab: Pointer, kind: DragKind = DragKind.MOVE, edge: Edge = Edge.END) -> Drag:
    return Drag(kind, grab, entry, edge)


def test_an_empty_slot_becomes_a_span_in_the_zone():
    when = proposed(Drag(DragKind.CREATE, at(TUESDAY, 14)), at(TUESDAY, 14.9), QUARTERS, MOSCOW)

    assert when == make_span(TUESDAY, hours=(14, 15), zone=MOSCOW)


def test_days_of_the_lane_become_whole_days_in_either_direction():
    grab, pointer = at(THURSDAY, lane=True), at(TUESDAY, lane=True)

    assert proposed(Drag(DragKind.CREATE, grab), pointer, QUARTERS, UTC) == make_days(TUESDAY, 3)


def test_a_move_keeps_the_length_that_passes_across_a_clock_change():
    saturday, sunday = date(2026, 3, 28), date(2026, 3, 29)
    entry = make_entry(when=make_span(saturday, hours=(1, 4), zone=BERLIN))

    when = proposed(drag(entry, at(saturday, 1)), at(sunday, 1), QUARTERS, BERLIN)

    assert isinstance(when, TimeSpan)
    assert when.duration == timedelta(hours=3)
    assert when.end == datetime(2026, 3, 29, 3, tzinfo=UTC)


def test_an_event_cannot_be_put_into_the_missing_hour():
    saturday, sunday = date(2026, 3, 28), date(2026, 3, 29)
    entry = make_entry(when=make_span(saturday, hours=(2, 3), zone=BERLIN))

    when = proposed(drag(entry, at(saturday, 2)), at(sunday, 2), QUARTERS, BERLIN)

    assert isinstance(when, TimeSpan)
    assert (when.start.hour, when.start.minute) == (3, 0)


def test_hours_dropped_in_the_lane_become_a_day():
    entry = make_entry(when=make_span(MONDAY, hours=(10, 11)))

    when = proposed(drag(entry, at(MONDAY, 10)), at(WEDNESDAY, lane=True), QUARTERS, UTC)

    assert when == make_days(WEDNESDAY)


def test_a_day_dropped_among_hours_gets_a_time():
    entry = make_entry(when=make_days(MONDAY))
    held = Drag(DragKind.MOVE, at(MONDAY, lane=True), entry, usual_min=45)

    when = proposed(held, at(WEDNESDAY, 10.1), QUARTERS, UTC)

    assert when == make_span(WEDNESDAY, hours=(10, 10.75))


def test_whole_days_move_by_days():
    entry = make_entry(when=make_days(MONDAY, 2))

    when = proposed(drag(entry, at(TUESDAY, lane=True)), at(THURSDAY, lane=True), QUARTERS, UTC)

    assert when == make_days(WEDNESDAY, 2)


def test_a_span_longer_than_a_day_keeps_its_times():
    entry = make_entry(when=make_span(MONDAY, hours=(10, 36)))

    when = proposed(drag(entry, at(MONDAY, lane=True)), at(TUESDAY, lane=True), QUARTERS, UTC)

    assert when == make_span(TUESDAY, hours=(10, 36))


def test_dropping_where_it_was_is_the_very_same_time():
    entry = make_entry(when=make_span(MONDAY, hours=(10, 11)))

    assert proposed(drag(entry, at(MONDAY, 10.5)), at(MONDAY, 10.52), QUARTERS, UTC) is entry.when


def test_resizing_leaves_the_other_end_exactly_as_it_was():
    start = datetime(2026, 11, 16, 10, 0, 30, tzinfo=UTC)
    entry = make_entry(when=TimeSpan(start, start + timedelta(hours=1)))

    when = proposed(drag(entry, at(MONDAY, 11), DragKind.RESIZE), at(MONDAY, 12), QUARTERS, UTC)

    assert isinstance(when, TimeSpan)
    assert when.start == start
    assert when.end == datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


def test_whole_days_are_resized_by_days_and_never_vanish():
    entry = make_entry(when=make_days(TUESDAY, 2))
    held = drag(entry, at(WEDNESDAY, lane=True), DragKind.RESIZE)

    assert proposed(held, at(THURSDAY, lane=True), QUARTERS, UTC) == make_days(TUESDAY, 3)
    assert proposed(held, at(MONDAY, lane=True), QUARTERS, UTC) == make_days(TUESDAY, 1)


def test_the_first_day_can_be_pulled_too():
    entry = make_entry(when=make_days(TUESDAY, 2))
    held = drag(entry, at(TUESDAY, lane=True), DragKind.RESIZE, Edge.START)

    assert proposed(held, at(MONDAY, lane=True), QUARTERS, UTC) == make_days(MONDAY, 3)
    assert proposed(held, at(THURSDAY, lane=True), QUARTERS, UTC) == make_days(WEDNESDAY, 1)


def test_arrow_keys_carry_spans_and_days():
    assert carried(make_span(MONDAY), 1, 15, UTC) == make_span(TUESDAY, hours=(10.25, 11.25))
    assert carried(make_days(MONDAY), 7, 15, UTC) == DateSpan(
        MONDAY + timedelta(days=7), TUESDAY + timedelta(days=7)
    )


def test_the_worst_clash_is_the_longest():
    short = make_entry("e1", make_span(hours=(9, 10.25)))
    long = make_entry("e2", make_span(hours=(10.5, 12)))

    clash = worst_clash(make_span(hours=(10, 11)), (short, long), None)

    assert clash is not None
    assert (clash.entry.event.id, clash.minutes) == ("e2", 30)


def test_free_and_cancelled_events_do_not_clash():
    free = make_entry("e1", busy=False)
    cancelled = make_entry("e2", status=EventStatus.CANCELLED)

    assert worst_clash(make_span(), (free, cancelled), None) is None


def test_an_event_does_not_clash_with_itself():
    entry = make_entry("e1")

    assert worst_clash(make_span(hours=(10.5, 11.5)), (entry,), entry) is None
