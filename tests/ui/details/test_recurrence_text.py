from datetime import UTC, date, datetime

import pytest

from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.ui.details.recurrence_text import recurrence_text
from tests.builders import MOSCOW, THURSDAY, make_days, make_span

DAILY, WEEKLY, MONTHLY, YEARLY = Frequency


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (RecurrenceRule(DAILY), "Every day"),
        (RecurrenceRule(DAILY, interval=3), "Every 3 days"),
        (RecurrenceRule(WEEKLY), "Every week on Thursday"),
        (RecurrenceRule(WEEKLY, by_day=("MO",)), "Every week on Monday"),
        (RecurrenceRule(WEEKLY, by_day=("MO", "WE", "FR")),
         "Every week on Monday, Wednesday and Friday"),
        (RecurrenceRule(WEEKLY, by_day=("MO", "TU", "WE", "TH", "FR")), "Every weekday"),
        (RecurrenceRule(WEEKLY, interval=2, by_day=("FR", "MO", "TU", "WE", "TH")),
         "Every 2 weeks from Monday to Friday"),
        (RecurrenceRule(MONTHLY), "Every month on day 19"),
        (RecurrenceRule(MONTHLY, by_month_day=(15,)), "Every month on day 15"),
        (RecurrenceRule(MONTHLY, by_month_day=(-1,)), "Every month on the last day"),
        (RecurrenceRule(MONTHLY, by_month_day=(-3,)), "Every month on day 2 before the end"),
        (RecurrenceRule(MONTHLY, by_day=("2TU",)), "Every month on the second Tuesday"),
        (RecurrenceRule(MONTHLY, by_day=("-1FR",)), "Every month on the last Friday"),
        (RecurrenceRule(MONTHLY, by_day=("MO",), by_set_pos=(1, 3)),
         "Every month on the first and third Monday"),
        (RecurrenceRule(MONTHLY, interval=6, by_month_day=(1,), by_month=(1, 7)),
         "Every 6 months on day 1 in January and July"),
        (RecurrenceRule(YEARLY), "Every year on 19 November"),
        (RecurrenceRule(YEARLY, by_month=(2,), by_month_day=(29,)), "Every year on 29 February"),
        (RecurrenceRule(YEARLY, by_month=(3,), by_day=("-1SU",)),
         "Every year on the last Sunday in March"),
        (RecurrenceRule(YEARLY, by_month=(2,), by_month_day=(-1,)),
         "Every year on the last day of February"),
    ],
)  # fmt: skip
def test_a_rule_is_said_as_a_person_would(rule: RecurrenceRule, words: str) -> None:
    assert recurrence_text(rule, make_span(THURSDAY), UTC) == words


def test_how_often_and_until_when_are_said() -> None:
    when = make_days(THURSDAY)
    often = RecurrenceRule(DAILY, count=10)
    until = RecurrenceRule(DAILY, until=date(2026, 12, 18))

    assert recurrence_text(often, when, UTC) == "Every day, 10 times"
    assert recurrence_text(until, when, UTC) == "Every day, until 18 December 2026"


def test_the_last_day_is_that_of_the_wall_clock() -> None:
    last = RecurrenceRule(DAILY, until=datetime(2026, 12, 17, 22, 30, tzinfo=UTC))

    assert recurrence_text(last, make_span(THURSDAY), MOSCOW).endswith("until 18 December 2026")
    assert recurrence_text(last, make_span(THURSDAY), UTC).endswith("until 17 December 2026")
