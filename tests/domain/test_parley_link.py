"""Links that open Parley come from outside: they show a day, and nothing else."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.parley_link import LONGEST, show_link, shown_moment

_zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.integers(0, 4_000_000_000), _zones)
def test_a_link_shows_the_moment_that_it_was_made_for(seconds, zone):
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(zone)

    assert shown_moment(show_link(moment)) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "parley://show",
        "parley://show?at=",
        "parley://show?at=tomorrow",
        "parley://show?at=2026-11-17T14:00:00",
        "parley://show?at=2026-11-17T14:00:00Z&at=2026-11-18T14:00:00Z",
        "parley://delete?at=2026-11-17T14:00:00Z",
        "https://show?at=2026-11-17T14:00:00Z",
        "parley://show?at=0001-01-01T00:00:00Z",
        "parley://[show?at=2026-11-17T14:00:00Z",
        "parley://show?at=2026-11-17T14:00:00Z&x=" + "x" * LONGEST,
    ],
)
def test_anything_else_shows_nothing(text):
    assert shown_moment(text) is None


@given(st.text(max_size=80).map(lambda rest: f"parley://{rest}"))
def test_no_link_is_too_odd(text):
    moment = shown_moment(text)

    assert moment is None or moment.tzinfo is not None
