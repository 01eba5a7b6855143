"""Bytes and back."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.comment import Comment
from desktop.domain.contact import AddressKind, Contact, Email, Phone, PostalAddress
from desktop.domain.event import (
    Attendee,
    Event,
    EventKind,
    EventStatus,
    Participation,
    Priority,
    Recording,
    Reminder,
)
from desktop.domain.ids import (
    AccountId,
    CalendarId,
    CommentId,
    ContactId,
    DealId,
    EventId,
    RecordKind,
    UserId,
)
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.store.codec import (
    contact_from_bytes,
    contact_to_bytes,
    draft_from_bytes,
    draft_to_bytes,
    record_from_bytes,
    record_to_bytes,
)
from desktop.store.codec_event import event_from_bytes, event_to_bytes
from desktop.store.codec_time import from_micros, micros, zone_name, zone_named
from tests.builders import MONDAY, make_days, make_draft, make_event, make_span

ZONES = [UTC, ZoneInfo("Europe/Moscow"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")]
TEXT = st.text(max_size=20)
MOMENTS = st.datetimes(
    min_value=datetime(1950, 1, 1),  # noqa: DTZ001  hypothesis wants walls, and zones apart
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from(ZONES),
)
DATES = st.dates(date(1950, 1, 1), date(2100, 1, 1))
POINTS = DATES | MOMENTS


@st.composite
def whens(draw):
    if draw(st.booleans()):
        first = draw(DATES)
        return DateSpan(first, first + timedelta(days=draw(st.integers(1, 40))))
    start = draw(MOMENTS)
    length = timedelta(minutes=draw(st.integers(1, 10_000)))
    end = (start.astimezone(UTC) + length).astimezone(draw(st.sampled_from(ZONES)))
    return TimeSpan(start, end)


RULES = st.builds(
    RecurrenceRule,
    st.sampled_from(Frequency),
    st.integers(1, 999),
    until=st.none() | POINTS,
    by_day=st.lists(st.sampled_from(("MO", "2TU", "-1FR")), max_size=3).map(tuple),
    by_month_day=st.lists(st.integers(-31, 31), max_size=3).map(tuple),
    by_set_pos=st.lists(st.integers(-3, 3), max_size=2).map(tuple),
)
EVENTS = st.builds(
    Event,
    TEXT.map(EventId),
    TEXT.map(AccountId),
    TEXT.map(CalendarId),
    TEXT,
    whens(),
    kind=st.sampled_from(EventKind),
    record=st.sampled_from(RecordKind),
    time_zone=TEXT,
    location=TEXT,
    description=TEXT,
    reminders=st.lists(st.builds(Reminder, st.integers(0, 9999)), max_size=3).map(tuple),
    priority=st.sampled_from(Priority),
    contacts=st.lists(TEXT.map(ContactId), max_size=3).map(tuple),
    attendees=st.lists(
        st.builds(Attendee, st.none() | TEXT.map(UserId), TEXT, TEXT), max_size=2
    ).map(tuple),
    organizer=st.none() | TEXT.map(UserId),
    responsible=st.none() | TEXT.map(UserId),
    status=st.sampled_from(EventStatus),
    participation=st.none() | st.sampled_from(Participation),
    busy=st.booleans(),
    private=st.booleans(),
    completed=st.booleans(),
    color=TEXT,
    recurrence=st.none() | RULES,
    excluded_dates=st.lists(POINTS, max_size=3).map(tuple),
    series_id=st.none() | TEXT.map(EventId),
    original_start=st.none() | POINTS,
    read_only=st.booleans(),
    uid=TEXT,
    away=st.booleans(),
    recorded_as=st.none() | st.sampled_from(Recording),
    deal=st.none() | TEXT.map(DealId),
)
COMMENTS = st.builds(
    Comment,
    TEXT.map(CommentId),
    TEXT.map(AccountId),
    TEXT.map(ContactId),
    TEXT,
    st.none() | TEXT.map(UserId),
    st.none() | MOMENTS,
    st.none() | TEXT.map(EventId),
)
KINDS = st.sampled_from(AddressKind)
CONTACTS = st.builds(
    Contact,
    TEXT.map(ContactId),
    TEXT.map(AccountId),
    given_name=TEXT,
    second_name=TEXT,
    family_name=TEXT,
    company=TEXT,
    position=TEXT,
    phones=st.lists(st.builds(Phone, TEXT, KINDS, TEXT), max_size=3).map(tuple),
    emails=st.lists(st.builds(Email, TEXT, KINDS, TEXT), max_size=3).map(tuple),
    address=st.builds(PostalAddress, TEXT, TEXT, TEXT, TEXT, TEXT),
    time_zone=TEXT,
    notes=TEXT,
    responsible=st.none() | TEXT.map(UserId),
    company_remote_id=TEXT,
    read_only=st.booleans(),
    changed_at=st.none() | MOMENTS,
)


@given(EVENTS)
def test_an_event_comes_back_as_it_was(event):
    assert event_from_bytes(event_to_bytes(event)) == event


@given(CONTACTS)
def test_a_contact_comes_back_as_it_was(contact):
    assert contact_from_bytes(contact_to_bytes(contact)) == contact


@given(EVENTS | CONTACTS | COMMENTS)
def test_a_record_knows_what_it_is(record):
    assert record_from_bytes(record_to_bytes(record)) == record


def test_no_record_stays_none():
    assert record_from_bytes(record_to_bytes(None)) is None


@pytest.mark.parametrize("when", [make_span(zone=ZONES[1]), make_days(MONDAY, 3)])
def test_a_draft_comes_back_as_it_was(when):
    draft = make_draft(
        when=when,
        title="Call",
        contacts=(ContactId("c1"),),
        updated_at=make_span().start,
        attendees=(UserId("u1"), UserId("u2")),
        recurrence=RecurrenceRule(Frequency.WEEKLY, by_day=("MO", "WE")),
        deal=DealId("7"),
        busy=False,
        away=True,
        private=True,
    )

    assert draft_from_bytes(draft_to_bytes(draft)) == draft


def test_the_wall_clock_survives():
    event = make_event(when=make_span(zone=ZoneInfo("Europe/Moscow")))

    back = event_from_bytes(event_to_bytes(event))

    assert isinstance(back.when, TimeSpan)
    assert str(back.when.start.tzinfo) == "Europe/Moscow"
    assert back.when.start.hour == 10


@pytest.mark.parametrize("fold", [0, 1])
def test_both_hours_of_a_doubled_hour_survive(fold):
    start = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=fold)

    back = from_micros(micros(start), zone_named(zone_name(start)))

    assert (back, back.fold, back.utcoffset()) == (start, fold, start.utcoffset())


def test_a_fixed_offset_survives():
    start = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))

    back = from_micros(micros(start), zone_named(zone_name(start)))

    assert (back, back.utcoffset()) == (start, start.utcoffset())
