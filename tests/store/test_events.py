"""The calendar: layers, series, exceptions, whole days, long events."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.event import DeliveryMark, EventStatus, Participation
from desktop.domain.ids import CalendarId, ContactId, Revision
from desktop.domain.occurrences import occurrences
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.store.events import EventStore
from tests.builders import (
    ACCOUNT,
    FRIDAY,
    MONDAY,
    MOSCOW,
    NOW,
    TUESDAY,
    WEDNESDAY,
    make_calendar,
    make_clock,
    make_contact,
    make_days,
    make_event,
    make_remote,
    make_span,
)

WEEK = TimeSpan(datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC))
DAILY = RecurrenceRule(Frequency.DAILY)


def put(cache, *events):
    cache.events.upsert_records(make_remote(event, event.id) for event in events)


def shown(cache, span=WEEK, zone=UTC, **more):
    return [entry.event.summary for entry in cache.events.entries(span, zone=zone, **more)]


def days(cache, span=WEEK):
    return [entry.when.start.day for entry in cache.events.entries(span, zone=UTC)]


def test_an_event_comes_back_as_it_was(cache):
    event = make_event(location="Room 4", contacts=(ContactId("c1"),))
    put(cache, event)

    (entry,) = cache.events.entries(WEEK, zone=UTC)

    assert cache.events.get(event.id) == event
    assert (entry.event, entry.when, entry.occurrence.original_start) == (event, event.when, None)
    assert cache.events.revision_of(event.id) == Revision("r1")


def test_an_entry_wears_its_calendar_and_its_people(cache):
    cache.calendars.put(make_calendar(name="Sales", color="#112233"))
    cache.contacts.upsert([make_contact("c1", "Anna Petrova")])
    put(cache, make_event(contacts=(ContactId("c1"), ContactId("unknown"))))

    (entry,) = cache.events.entries(WEEK, zone=UTC)

    assert (entry.color, entry.calendar_name) == ("#112233", "Sales")
    assert entry.contact_names == ("Anna Petrova",)
    assert entry.mark is DeliveryMark.SETTLED


def test_an_event_of_its_own_colour_keeps_it(cache):
    cache.calendars.put(make_calendar())
    put(cache, make_event(color="#abcdef"))

    assert cache.events.entries(WEEK, zone=UTC)[0].color == "#abcdef"


def test_entries_go_by_start_and_whole_days_first(cache):
    put(
        cache,
        make_event("e1", "late", make_span(hours=(15, 16))),
        make_event("e2", "day", make_days(MONDAY)),
        make_event("e3", "short", make_span(hours=(0, 1))),
        make_event("e4", "long", make_span(hours=(0, 2))),
        make_event("e5", "two days", make_days(MONDAY, 2)),
    )

    assert shown(cache) == ["two days", "day", "long", "short", "late"]


@pytest.mark.parametrize(
    ("hours", "there"),
    [
        ((9, 10), False),
        ((9, 10.5), True),
        ((10.5, 10.75), True),
        ((11, 12), False),
        ((8, 20), True),
    ],
)
def test_a_span_is_half_open(cache, hours, there):
    put(cache, make_event(when=make_span(hours=hours)))

    assert bool(shown(cache, make_span(hours=(10, 11)))) is there


def test_a_wish_lies_over_the_servers_copy_until_it_is_dropped(cache):
    event = make_event()
    put(cache, event)
    cache.events.put_own(replace(event, summary="Mine"), DeliveryMark.SENDING)

    assert shown(cache) == ["Mine"]
    assert cache.events.mark_of(event.id) is DeliveryMark.SENDING
    assert cache.events.entries(WEEK, zone=UTC)[0].mark is DeliveryMark.SENDING
    assert cache.events.server_copy(event.id) == event
    assert cache.events.overlays() == {"e1": DeliveryMark.SENDING}

    cache.events.drop_own("e1")

    assert shown(cache) == ["Planning"]
    assert cache.events.mark_of(event.id) is DeliveryMark.SETTLED


def test_an_event_that_is_wished_gone_is_hidden(cache):
    put(cache, make_event())

    cache.events.put_own(make_event(), DeliveryMark.WAITING, gone=True)

    assert shown(cache) == []
    assert cache.events.get(make_event().id) is None
    assert cache.events.count() == 0


def test_a_mark_alone_changes(cache):
    cache.events.put_own(make_event(), DeliveryMark.WAITING)
    cache.events.put_own(make_event(), DeliveryMark.TROUBLE)

    assert [e.mark for e in cache.events.entries(WEEK, zone=UTC)] == [DeliveryMark.TROUBLE]


def test_hidden_calendars_are_left_out(cache):
    put(cache, make_event("e1", "a"), make_event("e2", "b", calendar="other"))

    assert shown(cache, hidden=frozenset({CalendarId("other")})) == ["a"]


def test_a_series_is_expanded_by_the_wall_clock(cache):
    zone = ZoneInfo("Europe/Berlin")
    put(
        cache,
        make_event(
            when=make_span(date(2026, 10, 20), hours=(9, 10), zone=zone),
            time_zone="Europe/Berlin",
            recurrence=RecurrenceRule(Frequency.WEEKLY),
        ),
    )
    span = TimeSpan(datetime(2026, 10, 19, tzinfo=zone), datetime(2026, 11, 2, tzinfo=zone))

    entries = cache.events.entries(span, zone=zone)

    assert [entry.when.start.hour for entry in entries] == [9, 9]
    assert [entry.occurrence.original_start for entry in entries] == [
        entry.when.start for entry in entries
    ]
    assert str(entries[0].when.start.tzinfo) == "Europe/Berlin"


def test_an_instance_that_was_edited_alone_takes_the_place_of_the_series(cache):
    series = make_event("s", "series", recurrence=DAILY)
    moved = make_event(
        "x",
        "moved",
        make_span(TUESDAY, hours=(15, 16)),
        series_id=series.id,
        original_start=make_span(TUESDAY).start.astimezone(MOSCOW),
    )
    put(cache, series, moved)

    tuesday = TimeSpan(make_span(TUESDAY, hours=(0, 1)).start, make_span(WEDNESDAY).start)
    assert shown(cache, tuesday) == ["moved"]
    assert len(shown(cache)) == 7


def test_an_edited_instance_that_is_wished_gone_does_not_bring_the_series_back(cache):
    series = make_event("s", "series", recurrence=RecurrenceRule(Frequency.DAILY, count=2))
    moved = make_event("x", "x", make_span(TUESDAY), series_id=series.id, original_start=TUESDAY)
    put(cache, series, moved)

    cache.events.put_own(moved, DeliveryMark.WAITING, gone=True)

    assert shown(cache) == ["series"]


def test_excluded_dates_are_left_out(cache):
    put(cache, make_event(recurrence=DAILY, excluded_dates=(TUESDAY, make_span(FRIDAY).start)))

    assert days(cache) == [16, 18, 19, 21, 22]


def test_a_wish_changes_a_whole_series(cache):
    series = make_event(recurrence=DAILY)
    put(cache, series)

    cache.events.put_own(
        replace(series, recurrence=RecurrenceRule(Frequency.DAILY, 2)), DeliveryMark.WAITING
    )

    assert days(cache) == [16, 18, 20, 22]


@pytest.mark.parametrize("years", [-30, 5, 40])
def test_series_go_on_beyond_what_the_table_holds(cache, years):
    first = date(2026 + min(years, 0), 1, 1)
    series = make_event("s", "series", make_span(first), recurrence=DAILY)
    hidden = make_event("h", "h", make_span(first), recurrence=DAILY, calendar="other")
    start = datetime(2026 + years, 3, 1, tzinfo=UTC)
    moved = make_event(
        "x",
        "moved",
        TimeSpan(start + timedelta(hours=20), start + timedelta(hours=21)),
        series_id=series.id,
        original_start=start.date(),
    )
    put(cache, series, hidden, moved)

    found = shown(
        cache, TimeSpan(start, start + timedelta(days=3)), hidden=frozenset({CalendarId("other")})
    )

    assert found == ["moved", "series", "series"]


def test_whole_days_of_a_series_are_asked_for_by_zone_beyond_the_table_too(cache):
    put(cache, make_event(when=make_days(MONDAY), recurrence=RecurrenceRule(Frequency.WEEKLY)))
    monday = MONDAY + timedelta(weeks=52 * 5)
    zone = ZoneInfo("Pacific/Kiritimati")

    assert shown(cache, make_span(monday, hours=(0, 24), zone=zone), zone) == ["Planning"]
    before = monday - timedelta(days=1)
    assert shown(cache, make_span(before, hours=(0, 24), zone=zone), zone) == []


def test_the_table_is_written_on_as_time_goes_by(cache):
    put(cache, make_event(recurrence=DAILY))
    clock = make_clock(NOW + timedelta(days=200))
    (before,) = cache.connection.execute("SELECT max(start) FROM occurrence").fetchone()

    EventStore(cache.connection, clock).keep_horizon()

    (after,) = cache.connection.execute("SELECT max(start) FROM occurrence").fetchone()
    assert after - before == 200 * 86_400
    assert days(cache) == [16, 17, 18, 19, 20, 21, 22]


def test_the_table_is_left_alone_while_it_is_fresh(cache):
    put(cache, make_event(recurrence=DAILY))
    before = cache.connection.total_changes

    cache.events.keep_horizon()

    assert cache.connection.total_changes == before


@dataclass(frozen=True)
class Given:
    """An instance as a server gives it."""

    start: datetime
    end: datetime
    original_start: str


def instance(day, hours=(10, 11), original=None):
    span = make_span(day, hours=hours)
    return Given(span.start, span.end, (original or day).isoformat())


def test_where_a_server_expands_its_word_counts(cache):
    put(cache, make_event("s", recurrence=DAILY))

    cache.events.replace_occurrences("s", [instance(MONDAY), instance(FRIDAY)])

    assert days(cache) == [16, 20]
    put(cache, make_event("s", "renamed", recurrence=DAILY))
    assert shown(cache) == ["renamed", "renamed"]


def test_an_instance_that_the_server_moved_remembers_when_it_was(cache):
    put(cache, make_event("s", recurrence=DAILY))

    cache.events.replace_occurrences("s", [instance(TUESDAY, (15, 16), original=MONDAY)])

    (entry,) = cache.events.entries(WEEK, zone=UTC)
    assert entry.when == make_span(TUESDAY, hours=(15, 16))
    assert entry.occurrence.original_start == make_span(MONDAY).start


def test_one_window_of_instances_can_be_replaced_alone(cache):
    put(cache, make_event("s", recurrence=DAILY))
    cache.events.replace_occurrences("s", [instance(MONDAY), instance(FRIDAY)])

    span = make_span(FRIDAY, hours=(0, 24))
    cache.events.replace_occurrences("s", [instance(FRIDAY, (12, 13))], span=span)

    assert [entry.when.start.hour for entry in cache.events.entries(WEEK, zone=UTC)] == [10, 12]


def test_instances_of_whole_days_last_as_long_as_the_series(cache):
    put(cache, make_event("s", when=make_days(MONDAY, 2), recurrence=DAILY))

    cache.events.replace_occurrences("s", [instance(FRIDAY)])

    assert [e.when for e in cache.events.entries(WEEK, zone=UTC)] == [make_days(FRIDAY, 2)]


def test_instances_of_nothing_are_not_kept(cache):
    cache.events.replace_occurrences("nobody", [instance(MONDAY)])

    assert cache.connection.execute("SELECT count(*) FROM occurrence").fetchone() == (0,)


@pytest.mark.parametrize(
    "name",
    [
        "Pacific/Kiritimati",
        "Asia/Tokyo",
        "Asia/Kathmandu",
        "Europe/Moscow",
        "Europe/Berlin",
        "America/St_Johns",
        "America/New_York",
        "Pacific/Pago_Pago",
    ],
)
def test_a_whole_day_is_found_on_its_date_in_every_zone_and_on_no_other(cache, name):
    zone = ZoneInfo(name)
    put(cache, make_event(when=make_days(TUESDAY)))

    found = [
        day
        for day in (MONDAY, TUESDAY, WEDNESDAY)
        if shown(cache, make_span(day, hours=(0, 24), zone=zone), zone)
    ]

    assert found == [TUESDAY]
    assert cache.events.days_with_events(MONDAY, FRIDAY, zone) == {TUESDAY}


def test_a_long_event_is_found_in_its_middle_without_a_look_at_all_before(cache):
    put(
        cache,
        make_event("long", "year", TimeSpan(NOW - timedelta(days=300), NOW + timedelta(days=60))),
        *(
            make_event(f"e{i}", "old", make_span(MONDAY - timedelta(days=i % 900 + 10)))
            for i in range(2_000)
        ),
    )
    steps = 0

    def count():
        nonlocal steps
        steps += 1

    cache.connection.set_progress_handler(count, 100)

    assert shown(cache) == ["year"]
    assert steps < 20


def test_the_uids_in_a_window_are_those_of_the_server(cache):
    put(
        cache,
        make_event("in"),
        make_event("out", when=make_span(MONDAY - timedelta(days=3))),
        make_event("day", when=make_days(TUESDAY)),
        make_event("edge", when=make_days(WEEK.end.date())),
        make_event("other", account="a2"),
    )
    cache.events.put_own(make_event("in", when=make_span(date(2030, 1, 1))), DeliveryMark.WAITING)
    cache.events.put_own(make_event("own"), DeliveryMark.WAITING)

    assert cache.events.uids_in(ACCOUNT, WEEK) == {"in", "day"}


def test_the_last_and_the_next_meetings_with_somebody(cache):
    anna = ContactId("anna")
    put(
        cache,
        make_event("e1", "old", make_span(MONDAY - timedelta(days=9)), contacts=(anna,)),
        make_event("e2", "older", make_span(MONDAY - timedelta(days=19)), contacts=(anna,)),
        make_event("e3", "next", make_span(TUESDAY), contacts=(anna,)),
        make_event("e4", "later", make_span(FRIDAY), contacts=(anna,)),
        make_event("e5", "other", make_span(MONDAY), contacts=(ContactId("boris"),)),
    )

    following = cache.events.next_for_contact(anna, NOW)
    assert following is not None
    assert following.event.summary == "next"
    last = cache.events.last_for_contact(anna, NOW, 5)
    assert [entry.event.summary for entry in last] == ["old", "older"]
    assert len(cache.events.last_for_contact(anna, NOW, 1)) == 1
    assert cache.events.next_for_contact(ContactId("nobody"), NOW) is None


def test_whom_one_meets_and_when(cache):
    anna, boris = ContactId("anna"), ContactId("boris")
    put(
        cache,
        make_event("e1", when=make_span(MONDAY, hours=(5, 6)), contacts=(anna, boris)),
        make_event("e2", when=make_span(TUESDAY), contacts=(anna,)),
        make_event("e3", when=make_span(FRIDAY), contacts=(anna,)),
    )

    assert cache.events.met_between(WEEK, now=NOW) == {
        anna: make_span(TUESDAY).start,
        boris: make_span(MONDAY, hours=(5, 6)).start,
    }
    assert cache.events.met_between(WEEK)[anna] == make_span(FRIDAY).start


@pytest.mark.parametrize(
    "off", [{"status": EventStatus.CANCELLED}, {"participation": Participation.DECLINED}]
)
def test_a_meeting_that_is_off_is_not_the_next(cache, off):
    anna = ContactId("anna")
    friday = make_span(FRIDAY)
    held = make_event("e2", "held", when=friday, contacts=(anna,))
    put(cache, make_event("e1", when=make_span(TUESDAY), contacts=(anna,), **off), held)

    following = cache.events.next_for_contact(anna, NOW)

    assert following is not None
    assert following.event.summary == "held"
    assert cache.events.met_between(WEEK, now=NOW) == {anna: friday.start}


def test_days_with_something_on_them(cache):
    put(
        cache,
        make_event("e1", when=make_span(MONDAY, hours=(22, 25))),
        make_event("e2", when=make_span(WEDNESDAY, hours=(22, 24))),
    )

    assert cache.events.days_with_events(MONDAY, FRIDAY, UTC) == {MONDAY, TUESDAY, WEDNESDAY}


def test_one_entry_by_its_day(cache):
    series = make_event("s", recurrence=DAILY)
    put(cache, series, make_event("e1", "single"))

    friday = cache.events.entry(series.id, make_span(FRIDAY).start)
    first = cache.events.entry(series.id)
    single = cache.events.entry(make_event("e1").id)

    assert friday is not None
    assert friday.when == make_span(FRIDAY)
    assert first is not None
    assert first.when == make_span(MONDAY)
    assert single is not None
    assert single.event.summary == "single"
    assert cache.events.entry(make_event("nobody").id) is None


def test_a_page_that_arrives_twice_changes_nothing(cache):
    put(cache, make_event("e1"), make_event("s", recurrence=DAILY))
    before = cache.connection.execute("SELECT * FROM occurrence").fetchall()

    put(cache, make_event("e1"), make_event("s", recurrence=DAILY))

    assert cache.connection.execute("SELECT * FROM occurrence").fetchall() == before


def test_an_account_is_forgotten_with_its_occurrences(cache):
    put(cache, make_event("e1", contacts=(ContactId("c1"),)), make_event("e2", account="a2"))
    cache.events.put_own(make_event("e3"), DeliveryMark.WAITING)

    cache.events.remove_account(ACCOUNT)

    assert [event.id for event in cache.events.all()] == ["e2"]
    assert cache.connection.execute("SELECT count(*) FROM occurrence").fetchone() == (1,)
    assert cache.connection.execute("SELECT count(*) FROM event_contact").fetchone() == (0,)


MINUTES = st.integers(-40_000, 40_000)
LENGTHS = st.sampled_from([1, 30, 60, 1440, 1441, 5_000, 20_000, 200_000])
START = datetime(2026, 11, 16, tzinfo=UTC)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(MINUTES, LENGTHS, st.booleans()), max_size=12),
    MINUTES,
    st.sampled_from([60, 1440, 10_080, 60_000]),
    st.sampled_from([UTC, MOSCOW, ZoneInfo("Pacific/Pago_Pago")]),
)
def test_a_span_holds_exactly_what_overlaps_it(cache, events, begin, length, zone):
    cache.events.remove_account(ACCOUNT)
    made = []
    for number, (at, minutes, all_day) in enumerate(events):
        start = START + timedelta(minutes=at)
        when = (
            make_days(start.date(), max(1, minutes // 1440))
            if all_day
            else TimeSpan(start, start + timedelta(minutes=minutes))
        )
        made.append(make_event(f"e{number}", when=when))
    put(cache, *made)
    asked = TimeSpan(
        START + timedelta(minutes=begin), START + timedelta(minutes=begin + length)
    ).in_zone(zone)
    last = (asked.end - timedelta(seconds=1)).astimezone(zone).date()
    asked_days = DateSpan(asked.start.date(), last + timedelta(days=1))

    found = {entry.event.id for entry in cache.events.entries(asked, zone=zone)}

    assert found == {
        event.id
        for event in made
        if (
            event.when.overlaps(asked_days)
            if isinstance(event.when, DateSpan)
            else event.when.overlaps(asked)
        )
    }


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(Frequency), st.integers(1, 4), st.integers(0, 1500))
def test_the_table_and_the_rule_say_the_same(cache, frequency, interval, ahead):
    cache.events.remove_account(ACCOUNT)
    event = make_event(
        when=make_span(date(2025, 1, 31), zone=MOSCOW),
        time_zone="Europe/Moscow",
        recurrence=RecurrenceRule(frequency, interval),
    )
    put(cache, event)
    start = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=ahead)
    span = TimeSpan(start, start + timedelta(days=70))

    assert [e.when for e in cache.events.entries(span, zone=UTC)] == [
        each.when for each in occurrences(event, span)
    ]
