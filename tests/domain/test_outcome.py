"""What became of a meeting."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.event import EventKind, EventStatus
from desktop.domain.ids import RecordKind
from desktop.domain.outcome import (
    Outcome,
    OutcomeReport,
    awaits_outcome,
    can_close,
    concluded,
    days_later,
)
from desktop.domain.timespan import TimeSpan
from tests.builders import make_days, make_event

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 10, 23, 14, tzinfo=BERLIN)
HOUR = TimeSpan(START, START + timedelta(hours=1))
MEETING = make_event(
    when=HOUR, record=RecordKind.ACTIVITY, kind=EventKind.MEETING, description="Offer"
)


@pytest.mark.parametrize("outcome", [Outcome.HELD, Outcome.NO_SHOW])
def test_an_activity_is_closed_whoever_came(outcome):
    after = concluded(MEETING, OutcomeReport(outcome, "Held: Demo"), in_text=False)

    assert after.completed
    assert after.description == "Offer"


def test_an_event_of_a_calendar_has_no_such_mark():
    event = make_event(when=HOUR)

    assert not can_close(event)
    assert concluded(event, OutcomeReport(Outcome.HELD, "Held"), in_text=False) == event


def test_a_moved_meeting_stays_open_at_its_new_time():
    later = days_later(MEETING, 7, BERLIN)
    after = concluded(MEETING, OutcomeReport(Outcome.MOVED, "Moved", "", later), in_text=False)

    assert after.when == later
    assert not after.completed


def test_days_are_counted_on_the_wall_clock_whatever_the_clocks_do():
    later = days_later(MEETING, 3, BERLIN)  # summer time ends in between

    assert later.start == datetime(2026, 10, 26, 14, tzinfo=BERLIN)
    assert later.start.astimezone(UTC) - START.astimezone(UTC) == timedelta(days=3, hours=1)
    assert later.duration == HOUR.duration


def test_the_next_step_after_a_whole_day_takes_an_hour():
    assert days_later(make_event(when=make_days()), 1, BERLIN).duration == timedelta(hours=1)


def test_words_without_a_timeline_are_kept_below_the_notes():
    report = OutcomeReport(Outcome.HELD, "Held: Demo", "Wants the offer")
    after = concluded(MEETING, report, in_text=True)

    assert after.description == "Offer\n\nHeld: Demo\nWants the offer"


def test_only_meetings_that_began_and_are_open_wait_for_an_outcome():
    begun = START + timedelta(minutes=1)

    assert awaits_outcome(MEETING, HOUR, begun)
    assert not awaits_outcome(MEETING, HOUR, START - timedelta(minutes=1))
    for odd in (
        make_event(when=HOUR, kind=EventKind.EVENT),
        make_event(when=HOUR, kind=EventKind.CALL, completed=True),
        make_event(when=HOUR, kind=EventKind.CALL, status=EventStatus.CANCELLED),
    ):
        assert not awaits_outcome(odd, HOUR, begun)
