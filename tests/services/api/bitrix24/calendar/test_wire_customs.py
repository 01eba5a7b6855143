"""What is usual on a portal, whatever form it is told in."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given

from desktop.domain.customs import Customs
from desktop.domain.event import Reminder
from desktop.domain.freebusy import WorkHours
from desktop.services.api.bitrix24.calendar.wire_customs import clock, customs_of
from tests.servers.portal import Portal
from tests.services.api.bitrix24.hostile import ANY

PORTAL: dict[str, object] = {
    "work_time_start": "9",
    "work_time_end": "19",
    "week_holidays": ["SA", "SU"],
    "week_start": "MO",
    "year_holidays": "1.01,2.01,8.03",
    "year_workdays": "31.12",
}


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("9", time(9)),
        (9, time(9)),
        ("9.30", time(9, 30)),
        ("9.3", time(9, 30)),
        (9.3, time(9, 30)),
        ("09:45", time(9, 45)),
        ("19.00", time(19)),
        ("24", time(0)),
        ("24.00", time(0)),
        ("25", None),
        ("9.75", None),
        ("nine", None),
        ("", None),
        (None, None),
        (True, None),
    ],
)
def test_hours_are_read_in_all_their_forms(told, meant):
    assert clock(told) == meant


def test_the_companys_week_and_year_are_read():
    customs = customs_of(PORTAL, {})

    assert customs.work == WorkHours(
        time(9),
        time(19),
        frozenset({1, 2, 3, 4, 5}),
        frozenset({(1, 1), (1, 2), (3, 8)}),
        frozenset({(12, 31)}),
    )
    assert (customs.week_start, customs.reminders) == (1, None)


def test_ones_own_hours_go_before_the_companys():
    customs = customs_of(PORTAL, {"work_time_start": "10.00", "work_time_end": "18.30"})

    assert customs.work is not None
    assert (customs.work.start, customs.work.end) == (time(10), time(18, 30))
    assert customs.work.is_holiday(date(2027, 3, 8))


def test_guests_are_told_the_hours_alone():
    customs = customs_of({"work_time_start": 9, "work_time_end": 19}, {})

    assert customs == Customs(work=WorkHours(time(9), time(19)))


@pytest.mark.parametrize("days", [["FR", "SA"], {"0": "FR", "1": "SA"}, "FR,SA", "fr; sa"])
def test_days_off_come_as_a_list_a_map_or_a_text(days):
    work = customs_of({**PORTAL, "week_holidays": days}, {}).work

    assert work is not None
    assert work.days == {1, 2, 3, 4, 7}


def test_a_company_without_days_off_works_every_day():
    work = customs_of({**PORTAL, "week_holidays": []}, {}).work

    assert work is not None
    assert work.days == set(range(1, 8))


def test_days_that_no_year_has_are_left_out():
    told = {**PORTAL, "year_holidays": "29.02, 31.04; 1.1, x, 7.01.2026,", "year_workdays": None}
    work = customs_of(told, {}).work

    assert work is not None
    assert work.holidays == {(2, 29), (1, 1), (1, 7)}


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ([{"type": "min", "count": 15}], (Reminder(15),)),
        (
            [{"type": "hour", "count": "2"}, {"type": "day", "count": 1}],
            (Reminder(120), Reminder(1440)),
        ),
        ([], ()),
        ([{"type": "daybefore", "before": 1, "time": 600}], None),
    ],
)
def test_reminders_are_taken_and_unknown_kinds_are_no_none(told, meant):
    customs = customs_of({}, {"defaultReminders": {"withTime": told}})

    assert customs.reminders == meant
    assert customs.all_day_reminders is None


def test_a_zone_that_is_none_is_not_told():
    assert customs_of({}, {"timezoneName": "Europe/Riga"}).time_zone == "Europe/Riga"
    assert customs_of({}, {"timezoneName": "Europe/Atlantis"}).time_zone == ""


def test_hours_that_end_before_they_begin_are_no_hours():
    assert customs_of({"work_time_start": "19", "work_time_end": "9"}, {}).work is None


@given(ANY, ANY, ANY)
def test_no_value_of_any_type_breaks_it(one: Any, other: Any, third: Any):
    names = (*PORTAL, "defaultReminders", "timezoneName")
    told = dict(zip(names, (one, other, third) * 3, strict=False))

    assert isinstance(customs_of(told, told), Customs)


async def test_the_check_tells_them(portal: Portal, b24):
    portal.control.set_user_options(7, work_time_start="8.30", work_time_end="17.00")
    portal.control.configure(calendar_options={"week_start": "SU"})

    identity = await b24.check()

    customs = identity.customs
    assert (customs.work.start, customs.work.end) == (time(8, 30), time(17))
    assert (customs.week_start, customs.reminders) == (7, (Reminder(50),))
    assert customs.work.is_holiday(date(2027, 5, 9))


async def test_without_the_calendars_scope_nothing_is_told(portal: Portal, b24):
    portal.control.set_scopes("crm", "user")

    assert (await b24.check()).customs is None
