"""Invented people and meetings: plausible, many-zoned, and nobody's."""

import re
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.event import Event, EventKind
from desktop.domain.ids import AccountId, CalendarId
from desktop.domain.localtime import local_time_of
from desktop.domain.sample import sample_events, sample_people
from desktop.domain.timespan import TimeSpan

ACCOUNT, CALENDAR = AccountId("s"), CalendarId("s:main")
BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 18)


def _events(today: date = TODAY) -> tuple[Event, ...]:
    people = sample_people(ACCOUNT)
    return sample_events(ACCOUNT, CALENDAR, people, today, BERLIN, "Europe/Berlin")


def test_there_are_forty_people_with_names_in_both_scripts():
    people = sample_people(ACCOUNT)

    assert len({one.id for one in people}) == 40
    assert sum(bool(re.search("[а-я]", one.family_name)) for one in people) >= 8
    assert len({one.name for one in people}) == 40


def test_they_live_in_several_zones():
    zones = {local.zone for one in sample_people(ACCOUNT) if (local := local_time_of(one))}

    assert len(zones) >= 6


def test_no_address_and_no_number_can_reach_anybody():
    invented = re.compile(
        r"\+49 (30|40) 1234 56|\+7 900 000-0|\+44 20 7946 00|\+1 (212|415) 555 01"
        r"|\+34 91 000 00|\+971 4 000 00"
    )
    people = sample_people(ACCOUNT)

    assert all(e.value.endswith("@example.com") for one in people for e in one.emails)
    assert all(invented.match(phone.value) for one in people for phone in one.phones)
    assert len({p.value for one in people for p in one.phones}) > 35


def test_some_lack_a_number_and_some_an_address_but_nobody_both():
    people = sample_people(ACCOUNT)

    assert any(not one.phones for one in people)
    assert any(not one.emails for one in people)
    assert all(one.reachable for one in people)


@pytest.mark.parametrize("day", range(7))
def test_the_calendar_is_filled_from_last_week_on_whatever_the_day_is(day):
    today = TODAY + timedelta(days=day)
    events = _events(today)

    single = [e for e in events if isinstance(e.when, TimeSpan) and e.recurrence is None]
    days = {e.when.start.astimezone(BERLIN).date() for e in single if isinstance(e.when, TimeSpan)}
    assert len(single) >= 40
    assert min(days) < today <= max(days)
    assert len({e.id for e in events}) == len(events)


def test_there_is_something_of_every_kind():
    events = _events()

    assert {event.kind for event in events} == set(EventKind)
    assert any(event.all_day for event in events)
    assert any(event.recurrence for event in events)


def test_all_belongs_to_the_one_account():
    people = {one.id for one in sample_people(ACCOUNT)}

    assert {one.account_id for one in sample_people(ACCOUNT)} == {ACCOUNT}
    assert {(e.account_id, e.calendar_id) for e in _events()} == {(ACCOUNT, CALENDAR)}
    assert all(set(e.contacts) <= people for e in _events())


def test_the_same_day_gives_the_same_sample():
    assert _events() == _events()


def test_meetings_are_within_the_day_and_do_not_overlap_by_more_than_an_hour():
    single = sorted(
        (e.when for e in _events() if isinstance(e.when, TimeSpan) and not e.recurrence),
        key=lambda span: span.start,
    )

    assert all(8 <= span.start.astimezone(BERLIN).hour < 18 for span in single)
    assert all(one.end - two.start <= timedelta(minutes=60) for one, two in pairwise(single))
