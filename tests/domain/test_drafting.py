"""What becomes of a draft while it is being filled in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.domain.contact import Contact
from desktop.domain.drafting import (
    ENGLISH_TITLES,
    Title,
    TitleCode,
    follow_title,
    span_of,
    title_for,
    with_all_day,
    with_duration,
    with_end,
    with_start,
    with_title,
    with_zone,
)
from desktop.domain.event import EventKind
from desktop.domain.ids import AccountId, CalendarId, ContactId, DraftId
from desktop.domain.meeting import MeetingDraft
from desktop.domain.timespan import DateSpan, TimeSpan

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 11, 17, tzinfo=BERLIN)
ALEX = Contact(ContactId("alex"), AccountId("a"), given_name="Alex", family_name="Vronsky")
ANNA = Contact(ContactId("anna"), AccountId("a"), given_name="Anna", family_name="Vronskaya")
ACME = Contact(ContactId("acme"), AccountId("a"), company="Acme {0} GmbH")
NOBODY = Contact(ContactId("nobody"), AccountId("a"))


def _at(hour: int, minute: int = 0, day: datetime = TUESDAY) -> datetime:
    return day.replace(hour=hour, minute=minute)


AFTERNOON = TimeSpan(_at(14), _at(15))


def _draft(start: datetime = AFTERNOON.start, end: datetime = AFTERNOON.end) -> MeetingDraft:
    return MeetingDraft(DraftId("d"), TimeSpan(start, end), "Europe/Berlin", CalendarId("c"))


@pytest.mark.parametrize(
    ("kind", "contacts", "title"),
    [
        (EventKind.MEETING, [], "Meeting"),
        (EventKind.MEETING, [ALEX], "Meeting with Alex Vronsky"),
        (EventKind.MEETING, [ALEX, ANNA], "Meeting with Alex Vronsky and Anna Vronskaya"),
        (
            EventKind.MEETING,
            [ALEX, ANNA, ACME, replace(ALEX, given_name="Bo")],
            "Meeting with Alex Vronsky, Anna Vronskaya and 2 more",
        ),
        (EventKind.CALL, [], "Call"),
        (EventKind.CALL, [ACME], "Call Acme {0} GmbH"),
        (EventKind.CALL, [ALEX, NOBODY], "Call Alex Vronsky"),
        (EventKind.EVENT, [ALEX], ""),
    ],
)
def test_a_title_writes_itself(kind, contacts, title):
    assert title_for(kind, contacts).told(ENGLISH_TITLES) == title


def test_every_form_of_a_title_has_an_english_sentence():
    assert set(ENGLISH_TITLES) == set(TitleCode)


def test_another_language_may_order_the_names_as_it_likes():
    title = Title(TitleCode.MEETING_TWO, ("A", "B"))

    assert title.told({TitleCode.MEETING_TWO: "{second}, {first}: встреча"}) == "B, A: встреча"


def test_the_title_follows_the_people_until_it_is_written_by_hand():
    followed = follow_title(_draft(), [ALEX], ENGLISH_TITLES)
    assert followed.title == "Meeting with Alex Vronsky"
    assert follow_title(followed, [ANNA], ENGLISH_TITLES).title == "Meeting with Anna Vronskaya"

    written = with_title(followed, "Lunch")
    assert follow_title(written, [ANNA], ENGLISH_TITLES).title == "Lunch"
    emptied = with_title(written, "")
    assert follow_title(emptied, [ANNA], ENGLISH_TITLES).title == ""


def test_the_end_follows_the_start():
    moved = with_start(_draft(), _at(16, 30))

    assert moved.when == TimeSpan(_at(16, 30), _at(17, 30))
    assert moved.touched


def test_a_duration_is_kept_over_the_change_of_the_clocks():
    night = datetime(2026, 3, 28, 23, tzinfo=BERLIN)

    moved = with_start(_draft(_at(9), _at(13)), night)

    assert span_of(moved).duration == timedelta(hours=4)
    assert span_of(moved).end.hour == 4


def test_an_end_after_the_start_is_taken_as_it_is():
    change = with_end(_draft(), _at(17))

    assert change.draft.when == TimeSpan(_at(14), _at(17))
    assert not change.moved


@pytest.mark.parametrize("end", [_at(1), _at(14)])
def test_an_end_that_is_not_after_the_start_moves_to_the_next_day(end):
    change = with_end(_draft(), end)

    assert change.moved
    assert span_of(change.draft).end == end + timedelta(days=1)


def test_an_end_on_an_earlier_day_keeps_its_time_of_day():
    change = with_end(_draft(), _at(18, day=TUESDAY - timedelta(days=3)))

    assert change.moved
    assert span_of(change.draft).end == _at(18)


def test_a_duration_is_set_from_the_start():
    assert with_duration(_draft(), 45).when == TimeSpan(_at(14), _at(14, 45))


@pytest.mark.parametrize("minutes", [0, -15])
def test_no_duration_is_no_change(minutes):
    assert with_duration(_draft(), minutes) == _draft()


def test_all_day_and_back_keeps_the_times():
    draft = _draft()

    whole = with_all_day(draft, True)
    back = with_all_day(whole, False)

    assert whole.when == DateSpan(date(2026, 11, 17), date(2026, 11, 18))
    assert back.when == draft.when
    assert back.timed is None


def test_the_times_come_back_on_the_day_that_was_chosen_meanwhile():
    whole = with_start(with_all_day(_draft(), True), _at(0, day=TUESDAY + timedelta(days=2)))

    back = with_all_day(whole, False)

    assert back.when == TimeSpan(
        _at(14, day=TUESDAY + timedelta(days=2)), _at(15, day=TUESDAY + timedelta(days=2))
    )


def test_an_end_at_midnight_makes_no_second_day():
    late = _draft(_at(22), _at(0, day=TUESDAY + timedelta(days=1)))

    assert with_all_day(late, True).when == DateSpan(date(2026, 11, 17), date(2026, 11, 18))


def test_a_meeting_over_midnight_takes_both_days():
    late = _draft(_at(22), _at(1, day=TUESDAY + timedelta(days=1)))

    assert with_all_day(late, True).when == DateSpan(date(2026, 11, 17), date(2026, 11, 19))


def test_an_all_day_draft_that_never_had_times_gets_the_morning():
    days = replace(_draft(), when=DateSpan(date(2026, 11, 17), date(2026, 11, 18)))

    assert with_all_day(days, False).when == TimeSpan(_at(9), _at(10))


def test_all_day_twice_is_all_day_once():
    whole = with_all_day(_draft(), True)

    assert with_all_day(whole, True) == whole


def test_the_days_of_an_all_day_draft_move_and_stretch():
    whole = with_all_day(_draft(), True)

    longer = with_end(whole, _at(12, day=TUESDAY + timedelta(days=2))).draft
    shorter = with_end(longer, _at(12, day=TUESDAY - timedelta(days=5))).draft

    assert longer.when == DateSpan(date(2026, 11, 17), date(2026, 11, 20))
    assert shorter.when == DateSpan(date(2026, 11, 17), date(2026, 11, 18))
    assert with_duration(longer, 30) == longer


def test_another_zone_keeps_the_wall_clock():
    moved = with_zone(_draft(), "America/New_York")

    assert moved.time_zone == "America/New_York"
    assert span_of(moved).start == datetime(2026, 11, 17, 14, tzinfo=ZoneInfo("America/New_York"))
    assert span_of(moved).duration == timedelta(hours=1)


def test_an_unknown_zone_is_refused():
    with pytest.raises(KeyError):
        with_zone(_draft(), "Mars/Olympus")


def test_another_zone_leaves_the_dates_of_an_all_day_draft():
    whole = with_all_day(_draft(), True)

    assert with_zone(whole, "Asia/Tokyo").when == whole.when


instants = st.integers(0, 730 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(instants, st.integers(1, 3000), instants)
def test_moving_the_start_never_changes_the_duration(start, minutes, other):
    draft = _draft(start, start + timedelta(minutes=minutes))

    assert span_of(with_start(draft, other)).duration == timedelta(minutes=minutes)


@given(instants, instants)
def test_every_end_gives_a_meeting_that_ends_after_it_starts(start, end):
    draft = _draft(start, start + timedelta(hours=1))

    change = with_end(draft, end)

    span = span_of(change.draft)
    assert span.start == start
    assert timedelta(0) < span.duration
    assert change.moved == (end <= start)
    assert not change.moved or span.duration <= timedelta(hours=49)


@given(instants, st.integers(1, 3000))
def test_there_and_back_is_the_same_time(start, minutes):
    span = TimeSpan(start, start + timedelta(minutes=minutes))
    assume(start.astimezone(BERLIN).fold == 0)

    assert with_all_day(with_all_day(_draft(span.start, span.end), True), False).when == span
