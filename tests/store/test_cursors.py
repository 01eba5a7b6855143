"""How far a pull has come."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ids import AccountId
from desktop.domain.timespan import TimeSpan
from desktop.store.cursors import merged
from tests.builders import ACCOUNT, NOW, make_calendar, make_user


def span(first, last):
    start = datetime(2026, 11, 1, tzinfo=UTC)
    return TimeSpan(start + timedelta(days=first), start + timedelta(days=last))


def test_a_cursor_belongs_to_account_and_collection(cache):
    cache.cursors.put(ACCOUNT, "contacts", "1")
    cache.cursors.put(ACCOUNT, "contacts", "2")

    assert cache.cursors.get(ACCOUNT, "contacts") == "2"
    assert cache.cursors.get(ACCOUNT, "events") is None

    cache.cursors.remove(ACCOUNT, "contacts")
    assert cache.cursors.get(ACCOUNT, "contacts") is None


def test_touching_windows_are_one(cache):
    cache.cursors.mark_covered(ACCOUNT, span(0, 7), NOW)
    cache.cursors.mark_covered(ACCOUNT, span(7, 14), NOW)
    cache.cursors.mark_covered(ACCOUNT, span(20, 21), NOW)

    assert cache.cursors.covered(ACCOUNT) == (span(0, 14), span(20, 21))


def test_the_age_of_a_window_is_that_of_the_pull_that_read_all_of_it(cache):
    cache.cursors.mark_covered(ACCOUNT, span(0, 14), NOW)
    cache.cursors.mark_covered(ACCOUNT, span(0, 7), NOW + timedelta(hours=1))

    assert cache.cursors.covered_at(ACCOUNT, span(1, 2)) == NOW + timedelta(hours=1)
    assert cache.cursors.covered_at(ACCOUNT, span(6, 8)) == NOW
    assert cache.cursors.covered_at(ACCOUNT, span(13, 15)) is None


def test_a_forgotten_account_has_neither(cache):
    cache.cursors.put(ACCOUNT, "contacts", "1")
    cache.cursors.mark_covered(ACCOUNT, span(0, 7), NOW)

    cache.remove_account(ACCOUNT)

    assert cache.cursors.get(ACCOUNT, "contacts") is None
    assert cache.cursors.covered(ACCOUNT) == ()


def test_calendars_and_users_are_replaced_whole(cache):
    cache.calendars.replace(ACCOUNT, [make_calendar("a"), make_calendar("b")])
    cache.calendars.replace(ACCOUNT, [make_calendar("b", "Other", visible=False)])
    cache.users.replace(ACCOUNT, [make_user("u1"), make_user("u2", email="x@y.example")])

    assert cache.calendars.all() == (make_calendar("b", "Other", visible=False),)
    assert cache.users.of(ACCOUNT) == (make_user("u1"), make_user("u2", email="x@y.example"))


def test_two_servers_may_have_users_of_the_same_number(cache):
    other = AccountId("a2")
    cache.users.replace(ACCOUNT, [make_user("7", "Anna Titova")])
    cache.users.replace(other, [make_user("7", "Boris Orlov", account_id=other)])

    assert [one.name for one in cache.users.of(ACCOUNT)] == ["Anna Titova"]
    assert [one.name for one in cache.users.of(other)] == ["Boris Orlov"]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9))))
def test_merging_keeps_exactly_what_was_covered(parts):
    spans = sorted((start, start + length) for start, length in parts)

    whole = merged(spans)

    inside = {point for start, end in spans for point in range(start, end)}
    assert {point for start, end in whole for point in range(start, end)} == inside
    assert all(one[1] < other[0] for one, other in pairwise(whole))
