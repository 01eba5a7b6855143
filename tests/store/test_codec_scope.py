"""Which part of a series an op is about, there and back."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.sync import Scope, SeriesPart
from desktop.store.codec_scope import scope_from_bytes, scope_to_bytes
from tests.builders import make_event

MASTER = make_event("s", recurrence=RecurrenceRule(Frequency.WEEKLY, by_day=("MO",)))


@pytest.mark.parametrize("part", list(SeriesPart))
@pytest.mark.parametrize(
    "original",
    [
        date(2026, 11, 18),
        datetime(2026, 11, 18, 9, tzinfo=UTC),
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
    ],
)
@pytest.mark.parametrize("leaves", [True, False])
def test_a_scope_is_the_same_after_the_store(part, original, leaves):
    scope = Scope(part, MASTER, original, leaves)

    again = scope_from_bytes(scope_to_bytes(scope))

    assert again == scope
    assert again is not None
    assert type(again.original_start) is type(original)


def test_most_ops_have_none():
    assert scope_to_bytes(None) is None
    assert scope_from_bytes(None) is None
