"""Tolerant readers: the spellings of numbers, nothing, yes, and dates."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.api.bitrix24 import values

NOTHING: tuple[object, ...] = ("", None, False, [], {})
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize("value", [3, "3", " 3 ", "+3", 3.0])
def test_numbers_come_in_many_spellings(value):
    assert values.as_int(value) == 3


@pytest.mark.parametrize("value", [*NOTHING, True, "x", "3.5", 3.5, "٣", "9" * 20, 10**19, "--3"])
def test_what_is_no_number_is_none(value):
    assert values.as_int(value) is None


@pytest.mark.parametrize("value", ["Y", "y", "1", 1, True, "true"])
def test_yes_in_every_spelling(value):
    assert values.as_flag(value)


@pytest.mark.parametrize("value", [*NOTHING, "N", "0", 0, "no", 2])
def test_everything_else_is_no(value):
    assert not values.as_flag(value)


@pytest.mark.parametrize("value", [*NOTHING, 0, "0", -1, "-5"])
def test_zero_is_no_id(value):
    assert values.as_id(value) == ""


def test_control_marks_never_reach_a_text():
    assert values.as_text("a\x00b\x07c\nd\te\x7f") == "abc\nd\te"
    assert values.as_text("Ünïcode – 😀") == "Ünïcode – 😀"
    assert values.as_text(["x"]) == ""


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-08-20T15:30:00+03:00", datetime(2026, 8, 20, 12, 30, tzinfo=UTC)),
        ("2026-08-20T15:30:00-05:00", datetime(2026, 8, 20, 20, 30, tzinfo=UTC)),
        ("2026-08-20T15:30:00Z", datetime(2026, 8, 20, 15, 30, tzinfo=UTC)),
        ("2026-08-20T15:30:00", None),
        ("9999-12-31T00:00:00+01:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("20.08.2026 15:30", None),
        ("", None),
        (None, None),
        (5, None),
    ],
)
def test_an_instant_has_an_offset_and_a_year_that_can_be(text, moment):
    assert values.instant(text) == moment


@given(ANY)
def test_no_value_breaks_a_reader(value):
    values.as_int(value)
    values.as_float(value)
    values.as_flag(value)
    assert values.as_id(value) == "" or values.as_id(value).isdigit()
    assert "\x00" not in values.as_text(value)
    assert isinstance(values.as_list(value), list)
    moment = values.instant(value)
    assert moment is None or moment.tzinfo is UTC


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_an_instant_that_we_send_is_the_one_we_read(moment):
    whole = moment.replace(microsecond=0)
    if whole.utcoffset() is None or whole.utcoffset().total_seconds() % 60:
        return  # no server has an offset with seconds
    assert values.instant(values.wire_instant(moment)) == whole.astimezone(UTC)
