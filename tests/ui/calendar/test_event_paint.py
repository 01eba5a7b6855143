"""Which signs an event wears."""

import pytest

from desktop.domain.event import DeliveryMark
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.ui.calendar.event_paint import badges_of
from tests.builders import MONDAY, make_span
from tests.ui.calendar.entries import make_entry

DAILY = RecurrenceRule(Frequency.DAILY)


@pytest.mark.parametrize(
    ("width", "badges"),
    [(120, ("private", "recurring")), (50, ("private",)), (30, ())],
)
def test_signs_give_way_to_the_words(width, badges):
    entry = make_entry("e1", make_span(MONDAY), private=True, recurrence=DAILY)

    assert badges_of(entry, width) == badges


def test_a_failure_is_shown_in_the_narrowest_event():
    entry = make_entry("e1", make_span(MONDAY), mark=DeliveryMark.TROUBLE)

    assert badges_of(entry, 20) == ("trouble",)
