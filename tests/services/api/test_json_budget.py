"""Bodies that no honest server sends, and how long it takes to say so."""

import gc
import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.api.json_budget import (
    MAX_BYTES,
    MAX_DEPTH,
    BudgetError,
    check,
    collector_paused,
)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
        b'{"a":' * 65 + b"1" + b"}" * 65,
        b"[" + b"1," * 1_000_000 + b"1]",
        b"[" + b"[]," * 500_000 + b"[]]",
        b"[12345678901234567890]",
        b'{"a":-12345678901234567890}',
        b"[" * 4_000_000,
        b"[[]" * 1_000_000,
        b'"' + b"x" * MAX_BYTES + b'"',
    ],
    ids=["deep", "deep objects", "values", "lists", "digits", "negative", "open", "cut", "size"],
)
def test_bombs_are_refused_quickly(body):
    started = time.perf_counter()
    with pytest.raises(BudgetError):
        check(body)
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    "body",
    [
        b"[" * MAX_DEPTH + b"]" * MAX_DEPTH,
        b'["' + b"[" * 5_000 + b'"]',
        b'["12345678901234567890"]',
        b'["a, 12345678901234567890 b"]',
        b"[1234567890123456789]",
        b'["\\"[[[", "\\\\", "]"]',
        b"[0.1234567890123456789012345]",
        b'"' + b"," * 1_500_000 + b'"',
    ],
)
def test_honest_bodies_pass(body):
    check(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)


@given(JSON)
def test_whatever_is_small_passes_whatever_its_texts_hold(value):
    check(msgspec.json.encode(value))


@given(JSON, st.integers(65, 90))
def test_whatever_is_wrapped_too_deep_is_refused(value, depth):
    with pytest.raises(BudgetError):
        check(b"[" * depth + msgspec.json.encode(value) + b"]" * depth)


def test_the_collector_is_off_only_while_somebody_decodes():
    assert gc.isenabled()
    with collector_paused():
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
