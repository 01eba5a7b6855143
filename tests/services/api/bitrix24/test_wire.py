"""Rows of a list: all at once, or one after the other where little memory is to be held."""

import msgspec
import pytest

from desktop.domain.errors import OutcomeUnknownError
from desktop.services.api.bitrix24.calendar.calendar_rows import EVENTS

LONG = "Europe/Kaliningrad"
TOLD = [
    {"ID": "1", "NAME": "Talk", "TZ_FROM": LONG, "TZ_TO": LONG, "REMIND": [{"type": "min"}]},
    {"ID": "2", "NAME": "Talk", "TZ_FROM": LONG, "DATE_FROM_TS_UTC": 1_763_000_000, "COLOR": None},
]


def raw(told: object) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(told))


@pytest.mark.parametrize("told", [TOLD, {"1": TOLD[0], "7": TOLD[1]}, []])
def test_thrifty_rows_say_the_same(told):
    assert EVENTS.thrifty(raw(told)) == EVENTS.rows(raw(told))


def test_of_equal_texts_one_is_kept():
    first, second = EVENTS.thrifty(raw(TOLD))

    assert first.tz_from is first.tz_to is second.tz_from
    assert first.name is second.name
    assert EVENTS.rows(raw(TOLD))[0].name is not EVENTS.rows(raw(TOLD))[1].name


def test_what_is_no_record_is_left_out(caplog):
    rows = EVENTS.thrifty(raw([TOLD[0], "nothing", False]))

    assert [row.id for row in rows] == ["1"]
    assert "skipped" in caplog.text
    caplog.clear()


def test_what_is_no_list_is_no_answer():
    with pytest.raises(OutcomeUnknownError):
        EVENTS.thrifty(raw("nothing"))
