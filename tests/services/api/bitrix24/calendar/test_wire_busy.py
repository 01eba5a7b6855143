"""When colleagues are busy, whatever the portal's reading of a series, its culture and zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.availability import BusyTime, Taken
from desktop.domain.timespan import TimeSpan, resolve_wall_time
from desktop.services.api.bitrix24.calendar.wire_busy import BUSY, busy_times, culture_of_busy
from desktop.services.api.bitrix24.culture import CULTURES, Culture
from tests.services.api.bitrix24.hostile import rows
from tests.services.api.bitrix24.samples import raw

MANAGUA = ZoneInfo("America/Managua")
BERLIN = ZoneInfo("Europe/Berlin")
DMY = Culture("DMY", ".")
ASKED = TimeSpan(datetime(2024, 11, 25, tzinfo=UTC), datetime(2024, 12, 16, tzinfo=UTC))
SAMPLE = {
    "ID": "1213",
    "NAME": "Demo",
    "DATE_FROM": "02.12.2024 11:00:00",
    "DATE_TO": "02.12.2024 12:00:00",
    "DATE_FROM_TS_UTC": "1733158800",
    "DATE_TO_TS_UTC": "1733162400",
    "DT_SKIP_TIME": "N",
    "TZ_FROM": "America/Managua",
    "TZ_TO": "America/Managua",
    "ACCESSIBILITY": "busy",
}
AT = TimeSpan(datetime(2024, 12, 2, 17, tzinfo=UTC), datetime(2024, 12, 2, 18, tzinfo=UTC))


def read(*told, culture=DMY, zone=BERLIN):
    return busy_times(BUSY.rows(raw(list(told))), ASKED, zone, culture)


def test_the_sample_is_read():
    assert read(SAMPLE) == (BusyTime(AT),)


def test_the_instant_tells_while_the_culture_is_not_known():
    assert read(SAMPLE, culture=None) == (BusyTime(AT),)


@pytest.mark.parametrize(
    ("word", "taken"),
    [
        ("busy", (BusyTime(AT),)),
        ("absent", (BusyTime(AT, Taken.AWAY),)),
        ("quest", (BusyTime(AT, Taken.TENTATIVE),)),
        ("free", ()),
        ("something new", (BusyTime(AT),)),
    ],
)
def test_only_free_takes_no_time(word, taken):
    assert read({**SAMPLE, "ACCESSIBILITY": word}) == taken


@pytest.mark.parametrize(
    "ts",
    [
        {},
        {"DATE_FROM_TS_UTC": "1732554000", "DATE_TO_TS_UTC": "1732557600"},
        {"DATE_FROM_TS_UTC": "1732554000", "DATE_TO_TS_UTC": "1766700000"},
        {"DATE_FROM_TS_UTC": "", "DATE_TO_TS_UTC": None},
    ],
)
def test_a_series_is_read_by_its_wall_clock_under_every_reading_of_the_instants(ts):
    assert read({**SAMPLE, **ts}) == (BusyTime(AT),)


def test_occurrences_that_all_tell_the_first_instant_are_not_known_without_the_culture():
    second = {**SAMPLE, "DATE_FROM": "09.12.2024 11:00:00", "DATE_TO": "09.12.2024 12:00:00"}

    assert read(SAMPLE, second, culture=None) is None
    found = read(SAMPLE, second)
    assert found is not None
    assert found[1].span.start == AT.start + timedelta(days=7)


def test_an_instant_outside_of_what_was_asked_for_tells_nothing():
    first = {**SAMPLE, "DATE_FROM_TS_UTC": "1700000000", "DATE_TO_TS_UTC": "1700003600"}
    assert read(first, culture=None) is None


def test_what_does_not_tell_when_makes_nobody_free():
    assert read({**SAMPLE, "DATE_FROM": "?", "DATE_FROM_TS_UTC": ""}) is None


@pytest.mark.parametrize("culture", [DMY, None])
def test_whole_days_block_from_midnight_to_midnight_in_their_zone_and_the_last_is_inside(culture):
    absence = {
        "ID": 5,
        "DATE_FROM": "02.12.2024",
        "DATE_TO": "03.12.2024",
        "DATE_FROM_TS_UTC": "1733097600",
        "DATE_TO_TS_UTC": "1733184000",
        "DT_SKIP_TIME": "Y",
        "TZ_FROM": "",
        "ACCESSIBILITY": "absent",
    }

    found = read(absence, culture=culture)

    start = datetime(2024, 12, 2, tzinfo=BERLIN).astimezone(UTC)
    assert found == (BusyTime(TimeSpan(start, start + timedelta(days=2)), Taken.AWAY),)


def test_of_a_doubled_hour_the_instant_knows_which():
    second = datetime(2024, 11, 3, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=1)
    told = {
        **SAMPLE,
        "DATE_FROM": "03.11.2024 01:30:00",
        "DATE_TO": "03.11.2024 02:30:00",
        "DATE_FROM_TS_UTC": str(int(second.timestamp())),
        "DATE_TO_TS_UTC": str(int(second.timestamp()) + 3600),
        "TZ_FROM": "America/New_York",
        "TZ_TO": "America/New_York",
    }
    asked = TimeSpan(second - timedelta(days=1), second + timedelta(days=1))

    found = busy_times(BUSY.rows(raw([told])), asked, BERLIN, DMY)

    assert found is not None
    assert found[0].span.start == second.astimezone(UTC)


WALL = st.datetimes(datetime(2024, 11, 26), datetime(2024, 12, 14)).map(  # noqa: DTZ001 - a wall clock
    lambda moment: moment.replace(second=0, microsecond=0)
)
WAYS = {
    "MDY": "%m{0}%d{0}%Y %H:%M:%S",
    "DMY": "%d{0}%m{0}%Y %H:%M:%S",
    "YMD": "%Y{0}%m{0}%d %H:%M:%S",
}


@given(
    WALL,
    st.integers(15, 600),
    st.sampled_from(CULTURES),
    st.sampled_from(["Europe/Berlin", "America/Managua", "Asia/Kolkata", "Pacific/Apia"]),
    st.sampled_from(["own", "first", ""]),
)
def test_every_time_survives_the_wire_in_every_culture_and_zone(
    wall, minutes, culture, zone, reading
):
    start = resolve_wall_time(wall, ZoneInfo(zone)).astimezone(UTC)
    end = start + timedelta(minutes=minutes)
    pattern = WAYS[culture.order].format(culture.separator)
    lag = timedelta(days=300) if reading == "first" else timedelta()

    def told(moment):
        return moment.astimezone(ZoneInfo(zone)).strftime(pattern)

    row = {
        "ID": "1",
        "DATE_FROM": told(start),
        "DATE_TO": told(end),
        "DATE_FROM_TS_UTC": str(int((start - lag).timestamp())) if reading else "",
        "DATE_TO_TS_UTC": str(int((end - lag).timestamp())) if reading else "",
        "TZ_FROM": zone,
        "TZ_TO": zone,
        "ACCESSIBILITY": "busy",
        "DT_SKIP_TIME": "N",
    }

    assert read(row, culture=culture) == (BusyTime(TimeSpan(start, end)),)


NAMES = tuple(name for name in SAMPLE if name != "ID")


@given(st.lists(rows(*NAMES), max_size=4), st.sampled_from([None, *CULTURES]))
def test_no_answer_breaks_the_reading_and_what_is_told_lies_in_what_was_asked(told, culture):
    entries = BUSY.rows(raw(told))
    known = culture_of_busy(entries, BERLIN, culture)

    found = busy_times(entries, ASKED, BERLIN, known)

    assert found is None or all(time.span.overlaps(ASKED) for time in found)
