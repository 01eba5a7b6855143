"""Busy spans in, free slots out."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import (
    CalendarEntry,
    Event,
    EventStatus,
    Occurrence,
    Participation,
)
from desktop.domain.freebusy import (
    WorkHours,
    busy_spans,
    clashes,
    free_slots,
    merged,
    next_free_hour,
)
from desktop.domain.ids import AccountId, CalendarId, EventId
from desktop.domain.timespan import DateSpan, TimeSpan, When

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
ZONES = [BERLIN, NEW_YORK, ZoneInfo("Asia/Kathmandu"), ZoneInfo("Australia/Lord_Howe"), UTC]
TUESDAY = date(2026, 11, 17)
HOUR = timedelta(hours=1)
ALWAYS = WorkHours(time(0), time(0), frozenset(range(1, 8)))


def _at(hour: float, day: date = TUESDAY, zone=BERLIN) -> datetime:
    minutes = round(hour * 60)
    return datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=zone)


def _span(start: float, end: float, day: date = TUESDAY) -> TimeSpan:
    return TimeSpan(_at(start, day), _at(end, day))


def _entry(when: When, uid: str = "e", **facts) -> CalendarEntry:
    event = Event(EventId(uid), AccountId("a"), CalendarId("c"), "Demo", when, **facts)
    return CalendarEntry(Occurrence(event, when), "#112233")


def _starts(slots) -> list[str]:
    return [f"{slot.start:%a %H:%M}" for slot in slots]


def test_free_declined_cancelled_and_all_day_entries_take_no_time():
    entries = [
        _entry(_span(9, 10), busy=False),
        _entry(_span(10, 11), participation=Participation.DECLINED),
        _entry(_span(11, 12), status=EventStatus.CANCELLED),
        _entry(DateSpan(TUESDAY, TUESDAY + timedelta(days=1))),
    ]

    assert busy_spans(entries) == ()


def test_tentative_and_unanswered_entries_take_time():
    entries = [
        _entry(_span(9, 10), status=EventStatus.TENTATIVE),
        _entry(_span(12, 13), participation=Participation.NEEDS_ACTION),
    ]

    assert busy_spans(entries) == (_span(9, 10), _span(12, 13))


def test_overlapping_and_touching_spans_become_one():
    entries = [_entry(_span(11, 12)), _entry(_span(9, 10.5)), _entry(_span(10, 11))]

    assert busy_spans(entries) == (_span(9, 12),)


def test_the_event_that_is_moved_does_not_stand_in_its_own_way():
    series = _entry(_span(9, 10), "x", series_id=EventId("master"))

    assert busy_spans([_entry(_span(9, 10), "me"), series], ignoring=EventId("me")) == (
        _span(9, 10),
    )
    assert busy_spans([series], ignoring=EventId("master")) == ()


def test_an_overlap_is_a_clash_and_a_touching_end_is_none():
    before, over, after = (
        _entry(_span(9, 10), "before"),
        _entry(_span(10.5, 12), "over"),
        _entry(_span(11, 12), "after"),
    )

    assert clashes(_span(10, 11), [after, over, before]) == (over,)


def test_clashes_come_by_start():
    first, second = _entry(_span(9, 11), "first"), _entry(_span(10, 12), "second")

    assert clashes(_span(9, 12), [second, first]) == (first, second)


def test_an_all_day_plan_meets_nothing():
    day = DateSpan(TUESDAY, TUESDAY + timedelta(days=1))

    assert clashes(day, [_entry(_span(9, 10))]) == ()


def test_slots_begin_on_the_half_hour_and_avoid_what_is_busy():
    busy = (_span(9, 9.75), _span(11, 12))

    slots = free_slots(busy, _at(8), HOUR, WorkHours(), BERLIN)

    assert _starts(slots) == ["Tue 10:00", "Tue 12:00", "Tue 13:00"]


def test_slots_do_not_overlap_each_other():
    slots = free_slots((), _at(9), timedelta(minutes=45), WorkHours(), BERLIN, count=3)

    assert _starts(slots) == ["Tue 09:00", "Tue 10:00", "Tue 11:00"]


def test_after_work_the_next_working_day_begins():
    friday = date(2026, 11, 20)

    slots = free_slots((), _at(17.5, friday), HOUR, WorkHours(), BERLIN, count=1)

    assert slots == (_span(9, 10, date(2026, 11, 23)),)


def test_notice_is_kept_and_rounded_up_to_the_half_hour():
    slots = free_slots((), _at(9.2), HOUR, WorkHours(), BERLIN, count=1, notice=timedelta(hours=2))

    assert _starts(slots) == ["Tue 11:30"]


def test_slots_end_before_the_limit():
    slots = free_slots((), _at(15), HOUR, WorkHours(), BERLIN, count=9, before=_at(17))

    assert _starts(slots) == ["Tue 15:00", "Tue 16:00"]


def test_a_slot_longer_than_the_working_day_is_never_found():
    assert free_slots((), _at(9), timedelta(hours=10), WorkHours(), BERLIN) == ()


def test_a_slot_without_length_is_refused():
    with pytest.raises(ValueError, match="length"):
        free_slots((), _at(9), timedelta(0), WorkHours(), BERLIN)


def test_work_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ends after"):
        WorkHours(time(18), time(9))


def test_working_hours_cover_a_span_of_one_day_only():
    hours = WorkHours()

    assert hours.cover(_span(9, 18), BERLIN)
    assert not hours.cover(_span(8.5, 10), BERLIN)
    assert not hours.cover(TimeSpan(_at(17), _at(10, date(2026, 11, 18))), BERLIN)
    assert not hours.cover(_span(10, 11, date(2026, 11, 21)), BERLIN)


def test_the_next_free_hour_is_told_on_the_wall_clock():
    now = _at(9.1).astimezone(UTC)

    assert next_free_hour((_span(9, 10),), now, WorkHours(), BERLIN) == _span(10, 11)
    assert next_free_hour((), now, WorkHours(), BERLIN).start.tzinfo is BERLIN


def test_without_any_working_time_the_next_full_hour_is_taken():
    never = WorkHours(days=frozenset())

    assert next_free_hour((), _at(9.1), never, BERLIN) == _span(10, 11)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (TUESDAY, 24)]
)
def test_a_day_has_as_many_free_hours_as_its_clock_shows(day, hours):
    slots = free_slots(
        (), _at(0, day), HOUR, ALWAYS, BERLIN, count=99, before=_at(0, day + timedelta(days=1))
    )

    # Of a doubled hour only the first is offered: its wall time means one instant.
    assert len(slots) == min(hours, 24)


def test_in_the_gap_no_slot_begins():
    day = date(2026, 3, 29)

    slots = free_slots((), _at(1, day), HOUR, ALWAYS, BERLIN, count=2)

    assert _starts(slots) == ["Sun 01:00", "Sun 03:00"]


minutes = st.integers(0, 14 * 24 * 60)
spans = st.tuples(minutes, st.integers(1, 600)).map(
    lambda pair: TimeSpan(
        datetime(2026, 10, 19, tzinfo=UTC) + timedelta(minutes=pair[0]),
        datetime(2026, 10, 19, tzinfo=UTC) + timedelta(minutes=pair[0] + pair[1]),
    )
)


@given(st.lists(spans, max_size=25))
def test_merging_keeps_every_busy_instant_and_leaves_gaps(busy):
    joined = merged(busy)

    assert all(one.end < two.start for one, two in pairwise(joined))
    assert all(any(j.start <= span.start and span.end <= j.end for j in joined) for span in busy)
    assert merged(joined) == joined


@given(
    st.lists(spans, max_size=25),
    minutes,
    st.integers(5, 240),
    st.sampled_from(ZONES),
    st.sampled_from([WorkHours(), ALWAYS, WorkHours(time(7, 15), time(16, 45))]),
)
def test_every_free_slot_is_free_and_inside_working_hours(busy, at, length, zone, hours):
    after = datetime(2026, 10, 19, tzinfo=UTC) + timedelta(minutes=at)

    slots = free_slots(busy, after, timedelta(minutes=length), hours, zone, count=6)

    assert all(slot.duration == timedelta(minutes=length) for slot in slots)
    assert all(not slot.overlaps(span) for slot in slots for span in busy)
    assert all(slot.start.minute in (0, 30) for slot in slots)
    assert all(slot.start >= after and hours.cover(slot, zone) for slot in slots)
    starts = [slot.start.astimezone(UTC) for slot in slots]
    assert all(two - one >= timedelta(minutes=length) for one, two in pairwise(starts))
