"""Comparing and merging by groups of fields."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.contact import Contact, Phone
from desktop.domain.event import Attendee, Event, Participation, Priority
from desktop.domain.ids import ContactId, UserId
from desktop.services.sync.merge import differences, holds, merge, rebased, same_content
from tests.builders import FRIDAY, make_contact, make_event, make_span

words = st.sampled_from(["a", "b", "c"])
people = st.sets(st.sampled_from(["x", "y", "z"])).map(
    lambda names: tuple(ContactId(name) for name in sorted(names))
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    return make_event(
        "e1",
        draw(words),
        location=draw(words),
        priority=draw(st.sampled_from(Priority)),
        contacts=draw(people),
    )


@given(events(), events())
def test_a_change_of_one_side_is_taken_whichever_side_it_is(base: Event, changed: Event) -> None:
    assert same_content(merge(base, changed, base).record, changed)
    assert same_content(merge(base, base, changed).record, changed)
    assert merge(base, changed, base).conflicts == merge(base, base, changed).conflicts == ()


@given(events(), events(), events())
def test_a_group_conflicts_only_where_all_three_differ(
    base: Event, mine: Event, theirs: Event
) -> None:
    conflicts = set(merge(base, mine, theirs).conflicts)
    both = set(differences(base, mine)) & set(differences(base, theirs))
    expected = both & set(differences(mine, theirs)) - {"contacts"}

    assert conflicts == expected


@given(people, people, people)
def test_a_set_takes_what_either_side_added_and_drops_what_either_side_removed(
    base: tuple[ContactId, ...], mine: tuple[ContactId, ...], theirs: tuple[ContactId, ...]
) -> None:
    merged = merge(
        make_event(contacts=base), make_event(contacts=mine), make_event(contacts=theirs)
    ).record

    assert isinstance(merged, Event)
    was, ours, server = set(base), set(mine), set(theirs)
    assert set(merged.contacts) == (ours & server) | (ours - was) | (server - was)


@given(events(), events(), events())
def test_a_later_change_keeps_itself_on_a_new_foundation(
    wish: Event, was: Event, now: Event
) -> None:
    result = rebased(wish, was, now)

    for group in differences(wish, was):
        assert group not in differences(result, wish)
    assert set(differences(result, now)) <= set(differences(wish, was))


def test_start_end_and_days_are_one_group() -> None:
    base = make_event()
    mine = replace(base, when=make_span(hours=(12, 13)))
    theirs = replace(base, when=make_span(FRIDAY))

    assert merge(base, mine, theirs).conflicts == ("when",)


def test_trimmed_texts_and_line_ends_are_no_change() -> None:
    one = make_event(description="first\r\nsecond ")
    other = make_event(description="first\nsecond")

    assert same_content(one, other)


def test_another_name_for_the_zone_is_no_change_of_a_single_event() -> None:
    assert same_content(make_event(time_zone="UTC"), make_event(time_zone="Etc/UTC"))


def test_the_servers_ids_and_answers_of_members_are_kept() -> None:
    base = make_contact(phone="1")
    mine = replace(base, phones=(Phone("1"), Phone("2")))
    theirs = replace(base, phones=(Phone("1", remote_id="77"), Phone("3")))
    merged = merge(base, mine, theirs).record

    assert isinstance(merged, Contact)
    assert merged.phones == (Phone("1", remote_id="77"), Phone("2"), Phone("3"))


def test_an_answer_to_an_invitation_is_no_conflict() -> None:
    asked = Attendee(UserId("u"))
    said = Attendee(UserId("u"), participation=Participation.ACCEPTED)

    assert same_content(make_event(attendees=(asked,)), make_event(attendees=(said,)))


def test_a_wish_is_there_when_its_own_changes_are() -> None:
    base = make_event("e1", "old", location="old")
    wish = replace(base, summary="new")
    elsewhere = replace(wish, location="changed by a colleague")

    assert holds(elsewhere, base, wish)
    assert not holds(base, base, wish)
