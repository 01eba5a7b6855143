"""An activity and the calendar event that it caused are one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import Event
from desktop.domain.ids import CalendarId, RecordKind, RemoteId
from desktop.services.api.bitrix24.activities.pairing import (
    ActivityFacts,
    EventFacts,
    merged,
    paired,
    without_aliases,
)
from tests.builders import make_event, make_remote

START = datetime(2026, 11, 17, 11, tzinfo=UTC)
END = START + timedelta(hours=1)
ACTIVITY = ActivityFacts(RemoteId("999"), "Meeting with Alex", START, END, "7", "C_43")
EVENT = EventFacts(
    RemoteId("1246"), "Meeting  with Alex ", START, END, "7", frozenset({"C_43", "CO_12"})
)


def test_the_two_are_paired_by_owner_times_title_and_link():
    assert paired([ACTIVITY], [EVENT]) == {"999": "1246"}


def test_whatever_differs_keeps_them_apart():
    for other in (
        replace(EVENT, title="Another"),
        replace(EVENT, start=START - timedelta(minutes=1)),
        replace(EVENT, end=END + timedelta(minutes=1)),
        replace(EVENT, owner="12"),
        replace(EVENT, tokens=frozenset({"C_44"})),
        replace(EVENT, tokens=frozenset()),
    ):
        assert paired([ACTIVITY], [other]) == {}


def test_twins_are_paired_in_the_order_of_their_ids():
    second = replace(ACTIVITY, id=RemoteId("1000"))
    later = replace(EVENT, id=RemoteId("1300"))

    assert paired([second, ACTIVITY], [later, EVENT]) == {"999": "1246", "1000": "1300"}


def test_without_told_links_only_a_single_candidate_is_believed():
    untold = replace(EVENT, tokens=None)

    assert paired([ACTIVITY], [untold]) == {"999": "1246"}
    assert paired([ACTIVITY], [untold, replace(untold, id=RemoteId("1300"))]) == {}
    assert paired([ACTIVITY, replace(ACTIVITY, id=RemoteId("1000"))], [untold]) == {}


def test_the_pair_is_the_activity_in_the_events_calendar():
    activity = make_remote(make_event(record=RecordKind.ACTIVITY, location="Office"), "999")
    event = make_remote(
        make_event(calendar=CalendarId("a1:41"), color="#9dcf00", location="elsewhere"), "1246"
    )

    one = merged(activity, event)
    assert isinstance(activity.record, Event)
    assert one.record == replace(activity.record, calendar_id=CalendarId("a1:41"), color="#9dcf00")
    assert one.aliases == ((RecordKind.EVENT, "1246"),)
    assert one.revision == activity.revision
    assert without_aliases({RemoteId("1246"): event}, {RemoteId("999"): RemoteId("1246")}) == []


FACTS = st.tuples(
    st.integers(1, 40), st.sampled_from("AB"), st.sampled_from([0, 1]), st.sampled_from(["C_1", ""])
)


@given(st.lists(FACTS, unique_by=lambda f: f[0]), st.lists(FACTS, unique_by=lambda f: f[0]))
def test_no_event_is_taken_twice_and_order_changes_nothing(activities, events):
    ours = [
        ActivityFacts(
            RemoteId(str(n)),
            title,
            START + timedelta(hours=h),
            END + timedelta(hours=h),
            "7",
            token,
        )
        for n, title, h, token in activities
    ]
    theirs = [
        EventFacts(
            RemoteId(str(n)),
            title,
            START + timedelta(hours=h),
            END + timedelta(hours=h),
            "7",
            frozenset({token}) if token else None,
        )
        for n, title, h, token in events
    ]

    pairs = paired(ours, theirs)
    assert len(set(pairs.values())) == len(pairs)
    assert pairs == paired(ours[::-1], theirs[::-1])
